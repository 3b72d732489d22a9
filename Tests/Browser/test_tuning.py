"""A wrong key mended by way of what it would change, watched, and put back."""

import re

import pytest

from inspection import Findings

WALKS = [("zh-Hans", 360), ("en", 1280)]
IDS = [f"{language}-{width}" for language, width in WALKS]

WORDS = {
    "zh-Hans": {"key": "疑似答案有误", "reason": "两个选项的分值写反了", "back": "先核对再改"},
    "en": {"key": "Key may be wrong", "reason": "Two choices had each other's points", "back": "Check again first"},
}


# A debug build scores thousands of sessions anew while a page is waited for.
PATIENCE = 180_000


def _analyse(visitor) -> None:
    visitor.go("/institution")
    visitor.press("form[action='/institution/analyses'] button")


@pytest.mark.parametrize("language, width", WALKS, ids=IDS)
def test_a_wrong_key_is_mended_watched_and_put_back(world, visit, language, width):
    """From today's list to the cure, its effect, the new version, and the way back."""
    visitor = visit(world, language=language, width=width)
    walk = Findings(visitor, f"{language}-{width}-tuning")
    words = WORDS[language]
    world.enter(visitor, "institution")
    visitor.page.set_default_navigation_timeout(PATIENCE)
    visitor.go("/institution")
    page = visitor.page
    row = page.locator(f".findings li:has-text('{words['key']}')").first
    item = row.locator("a[href^='/institution/items/']").first.get_attribute("href").split("/")[-1]
    row.locator("a[href^='/institution/what-if']").click()
    walk.look("what-if")
    # The choice that able teachers take gets the best worth, the one keyed best takes its place.
    points = {box.get_attribute("id"): box for box in page.locator("input[type=number]").all()}
    assert len(points) >= 4
    full = max(int(box.input_value()) for box in points.values())
    best = next(box for box in points.values() if int(box.input_value()) == full)
    worst = min(points.values(), key=lambda box: int(box.input_value()))
    low = worst.input_value()
    best.fill(low)
    worst.fill(str(full))
    visitor.press("form[method=get] button")
    assert page.locator("#outcome-title").count() == 1
    affected = [int(number) for number in re.findall(r"\d+", page.locator("#outcome-title + p").inner_text())]
    assert affected[0] > 500 and affected[1] > 5
    walk.look("effect")
    # Without a reason nothing changes.
    visitor.press("form[method=post] button.button:not(.button-quiet)")
    assert page.locator("#errors").count() == 1
    walk.look("no-reason")
    page.locator("#reason").fill(words["reason"])
    visitor.press("form[method=post] button.button:not(.button-quiet)")
    assert page.url.endswith("/institution/releases")
    assert words["reason"] in page.locator(".release").first.inner_text()
    assert item in page.locator(".release").first.inner_text()
    walk.look("releases")
    _analyse(visitor)
    walk.look("today-after")
    visitor.go("/institution/releases")
    page.locator(".release form input[name=reason]").fill(words["back"])
    visitor.press(".release form button")
    assert words["back"] in page.locator(".release").first.inner_text()
    _analyse(visitor)
    assert item in page.locator(".findings").inner_text()
    walk.conclude()
