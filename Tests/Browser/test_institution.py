"""The institution's workbench, on the seeded world with its planted faults."""

import re

import pytest

from inspection import Findings

WALKS = [("zh-Hans", 360), ("en", 1280)]
IDS = [f"{language}-{width}" for language, width in WALKS]


def _planted(world) -> dict[str, str]:
    """The spoilt items by what is wrong with them, as the demo says."""
    found = re.findall(r"^· (\S+) (.+)$", world.output(), re.MULTILINE)
    return {fault: item for item, fault in found}


@pytest.mark.parametrize("language, width", WALKS, ids=IDS)
def test_an_editor_finds_the_planted_wrong_key_from_the_first_page(world, visit, language, width):
    """From the desk to what hurts most, its item with all figures, and the item as teachers see it."""
    visitor = visit(world, language=language, width=width)
    walk = Findings(visitor, f"{language}-{width}-institution")
    world.enter(visitor, "institution")
    visitor.go("/desk")
    visitor.press("a[href='/institution']")
    walk.look("today")
    planted = _planted(world)
    assert len(planted) == 4, planted
    page = visitor.page
    shown = page.locator(".findings").inner_text()
    for fault, item in planted.items():
        assert item in shown, (fault, shown)
    wrong = next(item for fault, item in planted.items() if "得分" in fault or "key" in fault)
    row = page.locator(".findings li", has=page.locator(f"a[href='/institution/items/{wrong}']"))
    word = {"zh-Hans": "疑似答案有误", "en": "Key may be wrong"}[language]
    assert row.filter(has_text=word).count() == 1
    visitor.press(f".findings li:has-text('{word}') a[href='/institution/items/{wrong}']")
    assert page.locator("svg.chart").count() >= 2
    assert page.locator(".preview input[type=radio]").count() >= 5
    for summary in page.locator("figure summary").all():
        summary.click()
    walk.look("item")
    walk.conclude()


def _tried_out(world) -> set[str]:
    """The items that are tried out in the seeded world, as the demo says."""
    line = re.search(r"^(?:试测中|Tried out).*[：:] ?(.+)$", world.output(), re.MULTILINE)
    return set(line.group(1).split())


@pytest.mark.parametrize("language, width", WALKS, ids=IDS)
def test_what_is_ready_to_be_calibrated_has_the_answers_for_it(world, visit, language, width):
    """From the first page to the items that are ready; each has its answers in the database."""
    visitor = visit(world, language=language, width=width)
    walk = Findings(visitor, f"{language}-{width}-pilots")
    world.enter(visitor, "institution")
    visitor.go("/institution")
    visitor.press("a[href*='flag=pilotReady']")
    walk.look("ready")
    page = visitor.page
    word = {"zh-Hans": "试测", "en": "tried out"}[language]
    tried = _tried_out(world)
    assert len(tried) == 4
    visitor.go("/institution/items?flag=pilotReady&status=pilot")
    rows = page.locator("table.items tbody tr")
    assert rows.count() == 4
    for row in rows.all():
        item = row.locator("a[href^='/institution/items/']").first.get_attribute("href").split("/")[-1]
        assert item in tried and word in row.inner_text(), row.inner_text()
        (answers,) = world.rows(
            "SELECT count(DISTINCT session) FROM session_event JOIN session_result USING (session)"
            " WHERE kind = 'responded' AND item = ?",
            item,
        )[0]
        assert answers >= 200
        # Nobody's result holds it.
        assert world.rows("SELECT 1 FROM session_result WHERE body LIKE ? LIMIT 1", f'%"{item}"%') == []
    walk.conclude()


@pytest.mark.parametrize("language, width", WALKS, ids=IDS)
def test_items_are_found_by_two_characters_filtered_and_paged(world, visit, language, width):
    """A word of two characters, one that is nowhere, a flag, the next page."""
    visitor = visit(world, language=language, width=width)
    walk = Findings(visitor, f"{language}-{width}-items")
    world.enter(visitor, "institution")
    visitor.go("/institution/items")
    page = visitor.page
    assert page.locator("table.items tbody tr").count() == 50
    walk.look("items")
    visitor.press(".pages a:last-of-type")
    assert "page=2" in page.url
    page.locator("#q").fill("平衡")
    visitor.press(".filters button")
    found = page.locator("table.items tbody tr")
    assert 1 <= found.count() < 50 and "a1-13" in found.all_inner_texts().__str__()
    walk.look("found")
    page.locator("#q").fill("不会有的词")
    visitor.press(".filters button")
    assert found.count() == 0
    visitor.go("/institution/items?flag=suspectedKey")
    assert 1 <= found.count() <= 3
    visitor.go("/institution/items?point=nonsense&page=99&flag=unheard")
    assert found.count() == 0
    walk.conclude()


def test_without_the_script_the_pages_work_as_well(world, visit):
    """Search by the form alone, an item, and a new analysis."""
    visitor = visit(world, javascript=False)
    world.enter(visitor, "institution")
    visitor.go("/institution/items?q=手机")
    assert visitor.page.locator("table.items tbody tr").count() >= 1
    visitor.press("table.items tbody tr:first-child a")
    assert visitor.page.locator("#preview").count() == 1
    visitor.go("/institution")
    visitor.press("form[action='/institution/analyses'] button")
    assert visitor.page.url.endswith("/institution")
    numbers = world.rows("SELECT max(number) FROM item_analysis")
    assert numbers[0][0] >= 2
