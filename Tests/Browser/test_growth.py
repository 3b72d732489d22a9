"""A teacher who comes back: other questions, and what has changed since."""

import pytest
from playwright.sync_api import expect

from inspection import Findings
from program import Program


@pytest.mark.parametrize(("language", "width"), [("zh-Hans", 360), ("en", 1280)])
def test_a_second_result_is_set_beside_the_first(service, visit, language, width):
    """The guess before the questions, then both results with their range and their table."""
    visitor = visit(service, language=language, width=width)
    walk = Findings(visitor, f"{language}-{width}-again")
    visitor.go("/start")
    visitor.page.locator("details.more summary").click()
    visitor.page.locator("select[name=self-XQ]").select_option("2")
    visitor.page.locator("select[name=self-PJ]").select_option("0")
    walk.look("start-guess")
    visitor.fill_start()
    visitor.press("main form button.button-large")
    first = visitor.session
    asked = set()
    for _ in range(4):
        asked.update(visitor.items())
        visitor.answer_stage()
        visitor.check()
        visitor.submit()
    # The same teacher, weeks later; the same browser in the test.
    again = Program(service.address, token=visitor.token).finish()
    visitor.go(f"/sessions/{first}/result")
    expect(visitor.page.locator("#self-title")).to_be_visible()
    assert visitor.page.locator("section[aria-labelledby=self-title] tbody tr").count() == 2
    expect(visitor.page.locator("#growth-title")).to_have_count(0)
    walk.look("result-first")
    visitor.go(f"/sessions/{again.id}/result")
    expect(visitor.page.locator("#growth-title")).to_be_visible()
    rows = visitor.page.locator("section[aria-labelledby=growth-title] tbody tr")
    assert rows.count() == 5, "the whole and four dimensions"
    assert visitor.page.locator("section[aria-labelledby=growth-title] svg circle").count() == 10
    known = {item["id"] for stage in again.stages for item in stage["items"]}
    assert len(asked) == 16 and not asked & known
    walk.look("result-second")
    walk.conclude()
