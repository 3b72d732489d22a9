"""A calibration in the browser: begun, watched, compared, published, and put back."""

import re
import time
from datetime import date, timedelta

import pytest

from inspection import Findings

WALKS = [("zh-Hans", 360), ("en", 1280)]
IDS = [f"{language}-{width}" for language, width in WALKS]

WORDS = {
    "zh-Hans": {"published": "已启用", "kind": "校准", "reason": "先把题干核对一遍再用"},
    "en": {"published": "In use", "kind": "calibration", "reason": "The items are to be read again first"},
}
# A debug build scores thousands of sessions anew while a page is waited for.
PATIENCE = 120_000
RUN_SECONDS = 90


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


@pytest.mark.parametrize("language, width", WALKS, ids=IDS)
def test_a_calibration_is_run_looked_at_published_and_put_back(world, visit, language, width):
    """The days of a fortnight, progress, each item before and after, who is affected, and the way back."""
    visitor = visit(world, language=language, width=width)
    walk = Findings(visitor, f"{language}-{width}-calibration")
    words = WORDS[language]
    page = visitor.page
    page.set_default_timeout(PATIENCE)
    world.enter(visitor, "institution")
    (before,) = world.rows("SELECT version FROM bank_in_service WHERE name = 'public'")[0]
    visitor.go("/institution/calibrations")
    # What cannot be done is said beside its field, and nothing begins.
    page.locator("#minimum").fill("3")
    visitor.press("main form button.button")
    assert page.locator("#errors a[href='#minimum']").count() == 1
    walk.look("refused")
    page.locator("#from").fill((date.today() - timedelta(days=14)).isoformat())
    page.locator("#minimum").fill("40")
    visitor.press("main form button.button")
    address = re.search(r"/institution/calibrations/\d+$", page.url)
    assert address, page.locator("main").inner_text()
    deadline = time.monotonic() + RUN_SECONDS
    watched = 0
    while page.locator("progress").count():
        assert time.monotonic() < deadline, page.locator("main").inner_text()
        if watched == 0:
            assert 0 <= int(page.locator("progress").get_attribute("value")) < 100
            walk.look("progress")
        watched += 1
        page.wait_for_timeout(1_000)
        visitor.press("form a.button")
    assert watched > 0, "a run of thousands of answers is seen while it is at work"
    # Against the last parameters: as many lines as items, and what it would change for people.
    shown = page.locator("main").inner_text()
    (results,) = world.rows("SELECT count(*) FROM calibration_run WHERE status = 'finished'")[0]
    assert results >= 1
    page.locator("details.more summary").click()
    rows = page.locator("details.more tbody tr")
    assert rows.count() > 20, shown
    first = rows.first.locator("td").all_inner_texts()
    assert int(first[0]) >= 40 and first[1] != "–" and first[2] != first[1]
    assert page.locator("figure svg").count() == 1
    effect = page.locator(".notice-note").inner_text()
    assert any(number > 500 for number in _numbers(effect)), effect
    walk.look("finished")
    visitor.press("button[value=publish]")
    assert words["published"] in page.locator("p.lead").inner_text()
    walk.look("published")
    (after,) = world.rows("SELECT version FROM bank_in_service WHERE name = 'public'")[0]
    assert after != before
    visitor.go("/institution/releases")
    release = page.locator(".release").first
    assert words["kind"] in release.inner_text()
    walk.look("releases")
    release.locator("input[name=reason]").fill(words["reason"])
    visitor.press(release.locator("form button"))
    assert words["reason"] in page.locator(".release").first.inner_text()
    (now,) = world.rows("SELECT version FROM bank_in_service WHERE name = 'public'")[0]
    assert now == before
    walk.conclude()
