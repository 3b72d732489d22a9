"""A form built and simulated: the blueprint edited, refused, saved, tried, used, put back; windows."""

import pytest

from inspection import Findings

WALKS = [("zh-Hans", 360), ("en", 1280)]
IDS = [f"{language}-{width}" for language, width in WALKS]
TEST = "/institution/forms/diagnostic-2.0"

WORDS = {
    "zh-Hans": {
        "unfilled": "组不出来", "limit": "曝光上限（%）：", "done": "做完了", "simulated": "以下全部来自模拟",
        "reason": "同一所学校的老师碰到的题太像", "back": "先看看再定", "opens": "2026-12-01 至 2026-12-20",
    },
    "en": {
        "unfilled": "cannot be filled", "limit": "Exposure limit (%):", "done": "Done",
        "simulated": "All of this is simulated", "reason": "Colleagues met the same items too often",
        "back": "Look at it once more", "opens": "2026-12-01 to 2026-12-20",
    },
}


def _finished(visitor, word: str) -> None:
    """Looks until the simulation is done, as a person would."""
    for _ in range(120):
        if word == visitor.page.locator(".lead").inner_text():
            return
        visitor.page.wait_for_timeout(500)
        visitor.page.reload()
    raise AssertionError(visitor.page.locator("main").inner_text())


@pytest.mark.parametrize("language, width", WALKS, ids=IDS)
def test_a_form_is_built_and_simulated(world, visit, language, width):
    """From the list of tests to the report, into service and back."""
    visitor = visit(world, language=language, width=width)
    walk = Findings(visitor, f"{language}-{width}-forms")
    words = WORDS[language]
    page = visitor.page
    world.enter(visitor, "institution")
    visitor.go("/institution/forms")
    walk.look("list")
    visitor.press(f"a[href='{TEST}']")
    for summary in page.locator("summary").all():
        summary.click()
    walk.look("blueprint")
    # More than the bank has: refused with the reason, what was typed stays.
    page.locator("[id='point.A']").fill("1")
    for box in page.locator("[id^='point.A.']").all():
        box.fill("")
    visitor.press(f"form[action='{TEST}'] button")
    assert words["unfilled"] in page.locator("#errors").inner_text()
    assert page.locator("[id='point.A']").input_value() == "1"
    walk.look("refused")
    visitor.go(TEST)
    assert page.locator("[id='point.A']").input_value() == "2"
    page.locator("#exposure").fill("35")
    page.locator("#enemies").fill("a1-01 a1-02\na2-01 a2-02 a2-03")
    visitor.press(f"form[action='{TEST}'] button")
    assert words["limit"] in page.locator("#release-title ~ ul").inner_text()
    walk.look("draft")
    page.locator("#teachers").fill("7")
    visitor.press(f"form[action='{TEST}/trials'] button")
    assert page.locator("#errors").count() == 1
    page.locator("#teachers").fill("120")
    page.locator("#seed").fill("4")
    visitor.press(f"form[action='{TEST}/trials'] button")
    assert f"{TEST}/trials/" in page.url
    _finished(visitor, words["done"])
    assert words["simulated"] in page.locator(".notice-note").inner_text()
    assert page.locator("svg.chart").count() == 4
    for summary in page.locator("figure summary").all():
        summary.click()
    walk.look("report")
    visitor.press(f"a[href='{TEST}']")
    page.locator("#reason").fill(words["reason"])
    visitor.press(f"form[action='{TEST}/release'] button[value=release]")
    assert page.url.endswith("/institution/releases")
    assert words["reason"] in page.locator(".release").first.inner_text()
    walk.look("released")
    page.locator(".release form input[name=reason]").fill(words["back"])
    visitor.press(".release form button")
    assert words["back"] in page.locator(".release").first.inner_text()
    walk.conclude()


@pytest.mark.parametrize("language, width", WALKS, ids=IDS)
def test_a_window_opens_a_test_for_a_county(world, visit, language, width):
    """A window is refused, added, shown and taken away, without the script too."""
    visitor = visit(world, language=language, width=width, javascript=language == "en")
    walk = Findings(visitor, f"{language}-{width}-windows") if language == "en" else None
    words = WORDS[language]
    page = visitor.page
    county = world.rows("SELECT name FROM unit WHERE kind = 'county' ORDER BY name")[0][0]
    world.enter(visitor, "institution")
    visitor.go(TEST)
    visitor.press(f"form[action='{TEST}/windows'] button")
    assert page.locator("#opens-error").count() == 1
    page.locator("#opens").fill("2026-12-01")
    page.locator("#closes").fill("2026-12-20")
    page.locator("#units").fill(county)
    visitor.press(f"form[action='{TEST}/windows'] button")
    added = page.locator(f"form.release:has-text('{words['opens']}')")
    assert added.count() == 1 and county in added.inner_text()
    if walk:
        walk.look("windows")
    visitor.press(f"form.release:has-text('{words['opens']}') button")
    assert added.count() == 0
    if walk:
        walk.conclude()
