"""Judges score choices blind and set levels; the institution closes, reads and takes over."""

import re

import pytest

from bank_keys import asks_for_one_choice
from inspection import Findings
from service import ROOT

WALKS = [("zh-Hans", 360), ("en", 1280)]
IDS = [f"{language}-{width}" for language, width in WALKS]
JUDGES = [f"judge{number}" for number in range(1, 7)]

WORDS = {
    "zh-Hans": {
        "name": "浏览器里的一轮", "line": "浏览器里定线", "remark": "题干里的时间不清楚",
        "settled": "可以采用", "judge": "评委 ", "few": "数据不足",
    },
    "en": {
        "name": "A panel in the browser", "line": "Levels in the browser", "remark": "The time is not clear",
        "settled": "Can be used", "judge": "Judge ", "few": "not enough data",
    },
}


def _open(visitor, name: str, kind: str, judges: int) -> str:
    """Opens a panel of the ticked items; its address."""
    page = visitor.page
    page.locator("#name").fill(name)
    page.locator(f"label[for='kind-{kind}']").click()
    boxes = page.locator("input[name=judge]")
    wanted = [box for box in boxes.all() if "judge" in _label(page, box) or "评委" in _label(page, box)]
    for box in wanted[:judges]:
        page.locator(f"label[for='{box.get_attribute('id')}']").click()
    visitor.press("button[value=open]")
    assert re.search(r"/institution/panels/\d+$", page.url), page.locator("main").inner_text()
    return page.url.removeprefix(visitor.service.address)


def _label(page, box) -> str:
    return page.locator(f"label[for='{box.get_attribute('id')}']").inner_text().lower()


def _single_choices(page) -> list:
    """The boxes of items in the list whose choices judges can score."""
    folder = ROOT / "ItemBank" / "items"
    return [
        box for box in page.locator("input.select").all()
        for file in folder.glob(f"*/{box.get_attribute('value')}.xml")
        if asks_for_one_choice(file.read_text())
    ]


def _tick(visitor, count: int, skip: int = 0) -> None:
    """Ticks items in the list and asks for judges."""
    visitor.go("/institution/items?status=live")
    page = visitor.page
    for box in _single_choices(page)[skip : skip + count]:
        box.check()
    page.locator("details summary").first.click()
    visitor.press("button[value=prepare]")


@pytest.mark.parametrize("language, width", WALKS, ids=IDS)
def test_choices_are_scored_blind_and_the_key_follows(world, visit, language, width):
    """Opened from the list, scored by six judges, closed, and led to the change of a key."""
    words = WORDS[language]
    visitor = visit(world, language=language, width=width)
    walk = Findings(visitor, f"{language}-{width}-panel")
    page = visitor.page
    world.enter(visitor, "institution")
    _tick(visitor, 2, skip=4 if language == "en" else 0)
    walk.look("open")
    visitor.press("button[value=open]")
    assert page.locator("#errors li").count() == 2
    walk.look("open-faults")
    address = _open(visitor, words["name"] + f" {width}", "options", 6)
    walk.look("progress")
    # Each judge gives every choice other points than the key's by its place.
    for judge in JUDGES:
        world.enter(visitor, judge)
        visitor.go("/panels")
        if judge == "judge1":
            walk.look("judge-list")
        visitor.press(f".task a:has-text('{words['name']} {width}')")
        if judge == "judge1":
            walk.look("judge-overview")
        visitor.press("main a.button")
        for number in range(2):
            if judge == "judge1" and number == 0:
                walk.look("judge-item")
                visitor.press("main form[novalidate] button.button")
                assert page.locator(".scale .error").count() >= 4
                walk.look("judge-missing")
            texts = page.locator(".scale legend").all_inner_texts()
            for place in range(len(texts)):
                order = sorted(texts, key=lambda text: text.split(maxsplit=1)[-1])
                points = min(order.index(texts[place]), 4)
                page.locator(f"label[for='score-{place + 1}-{points}']").click()
            if judge == "judge6" and number == 0:
                # Which items stand first, and how many choices they have, other walks change.
                high = ", ".join(f".rung input:checked[value='{points}']" for points in (3, 4))
                low = page.locator(high).first.get_attribute("name")
                page.locator(f"label[for='{low}-1']").click()
                page.locator("#remark").fill(words["remark"])
            visitor.press("main form[novalidate] button.button")
            if judge == "judge1" and number == 0:
                walk.look("judge-next")
    world.enter(visitor, "institution")
    visitor.go(address)
    assert words["remark"] not in page.content()
    visitor.press("button[value=close]")
    assert page.locator("#errors").count() == 1
    page.locator("label[for='confirm-close']").click()
    visitor.press("button[value=close]")
    main = page.locator("main").inner_text()
    assert words["settled"] in main and words["remark"] in main
    assert not any(judge in main for judge in JUDGES)
    walk.look("results")
    visitor.press(".actions a[href*='what-if']")
    assert page.locator("#reason").input_value().startswith(("第", "Panel"))
    assert page.locator("#outcome-title").count() == 1
    walk.look("what-if")
    visitor.go("/institution/panel-guide")
    walk.look("guide")
    visitor.go("/institution/panels")
    walk.look("list")
    walk.conclude()


@pytest.mark.parametrize("language, width", WALKS, ids=IDS)
def test_levels_are_set_in_two_rounds_and_by_bookmarks(world, visit, language, width):
    """Expected scores with a second round, then a booklet; borders, people and descriptors."""
    words = WORDS[language]
    visitor = visit(world, language=language, width=width)
    walk = Findings(visitor, f"{language}-{width}-levels")
    page = visitor.page
    for kind in ("angoff", "bookmark"):
        world.enter(visitor, "institution")
        _tick(visitor, 3, skip=12)
        name = f"{words['line']} {kind} {width}"
        address = _open(visitor, name, kind, 6)
        number = address.rsplit("/", 1)[-1]
        for turn in (1, 2) if kind == "angoff" else (1,):
            for place, judge in enumerate(JUDGES):
                world.enter(visitor, judge)
                for item in range(1, 4 if kind == "angoff" else 2):
                    visitor.go(f"/panels/{number}/items/{item}")
                    low = 1 + place * 0.1 if kind == "angoff" else 3 + place % 2
                    page.locator("#level-applying").fill(f"{low + turn - 1:g}")
                    page.locator("#level-innovating").fill(f"{low + 1.5:g}" if kind == "angoff" else f"{low + 4}")
                    if place == 0 and item == 1:
                        walk.look(f"{kind}-{turn}")
                    visitor.press("main form[novalidate] button.button")
                    assert page.locator("#errors").count() == 0, page.locator("main").inner_text()
            world.enter(visitor, "institution")
            visitor.go(address)
            if kind == "angoff" and turn == 1:
                walk.look("round-1")
                page.locator("label[for='confirm-second']").click()
                visitor.press("button[value=second]")
        page.locator("label[for='confirm-close']").click()
        visitor.press("button[value=close]")
        main = page.locator("main").inner_text()
        assert "±" in main and words["few"] not in main, main
        for summary in page.locator("main summary").all():
            summary.click()
        walk.look(f"{kind}-result")
    walk.conclude()


def test_a_judge_needs_no_script_and_reaches_nothing_else(world, visit):
    """Scores by the plain form; the institution's pages stay closed."""
    visitor = visit(world, javascript=False)
    world.enter(visitor, "institution")
    visitor.go("/institution/items?status=live")
    page = visitor.page
    identifier = _single_choices(page)[20].get_attribute("value")
    visitor.go(f"/institution/panels?item={identifier}")
    _open(visitor, "没有脚本", "options", 6)
    world.enter(visitor, "judge2")
    visitor.go("/panels")
    visitor.press(".task a:has-text('没有脚本')")
    visitor.press("main a.button")
    for place in range(page.locator(".scale").count()):
        page.locator(f"#score-{place + 1}-2").check()
    visitor.press("main form[novalidate] button.button")
    assert "1" in page.locator(".lead").inner_text()
    response = page.goto(world.address + "/institution/items")
    assert response.status == 403
