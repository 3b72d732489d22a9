"""The plan in a teacher's hands: changed, taken back, changed in two tabs, printed, checked."""

import re

import pytest

from inspection import Findings
from program import Program
from test_print import printed
from visitor import SCREENSHOTS

UNFOLD = "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
WALKS = [("zh-Hans", 360, True), ("zh-Hans", 1280, True), ("en", 1280, False)]
CARDS = ".course"


def courses(page) -> list[str]:
    """The courses of the plan on a page, in order."""
    return [str(card.get_attribute("id"))[len("course-") :] for card in page.locator(CARDS).all()]


def press(visitor, page, selector: str) -> None:
    """Presses a button of a plan's page in any tab, unfolding what hides it."""
    target = page.locator(selector).first
    for summary in target.locator("xpath=ancestor::details[not(@open)]/summary").all():
        summary.click()
    with page.expect_navigation():
        target.click()


def button(course: str, change: str) -> str:
    """The selector of a button of a course."""
    return f"#course-{course} button[value={change}]"


@pytest.mark.parametrize("language, width, javascript", WALKS)
def test_a_plan_is_changed_taken_back_printed_and_checked(
    service, visit, language, width, javascript
):
    """Lock, exclude, swap, wish, two tabs, undo, print, verify; every page without a fault."""
    visitor = visit(service, language=language, width=width, javascript=javascript)
    walk = Findings(visitor, f"{language}-{width}-plan" + ("" if javascript else "-no-js"))
    session = visitor.adopt(Program(service.address).finish())
    page = visitor.page
    visitor.go(f"{session}/result")
    visitor.press("#plan form button:not(.button-quiet)")
    first = courses(page)
    kept, gone = first[1], first[-1]
    press(visitor, page, button(kept, "lock"))
    walk.look("locked")
    assert page.locator(f"#course-{kept}.course-locked").count() == 1
    press(visitor, page, button(gone, "exclude"))
    assert gone not in courses(page)
    assert page.locator("#change li").count() >= 3
    walk.look("excluded")
    swapped = next(one for one in courses(page) if page.locator(button(one, "replace")).count())
    # Without its fragment: with one, going there again would not ask for the page.
    plan = page.url.split("#")[0]
    visitor.go(f"{plan}/courses/{swapped}")
    walk.look("replacements")
    wanted = str(page.locator("input[name=with]").first.get_attribute("value"))
    visitor.press("button[value=replace]")
    assert wanted in courses(page) and swapped not in courses(page)
    before = courses(page)

    # Two tabs of one plan: what is about different courses is joined.
    other = visitor.tab()
    other.goto(plan)
    free = [one for one in courses(page) if one not in (kept, wanted)]
    press(visitor, other, button(free[0], "exclude"))
    press(visitor, page, button(free[1], "exclude"))
    assert free[0] not in courses(page) and free[1] not in courses(page)
    # What is about the same thing is asked about, and nothing typed is lost.
    other.goto(plan)
    page.locator("#wishes > summary").click()
    page.locator("#hours").fill("53")
    press(visitor, page, "button[value=budget]")
    if not other.locator("#wishes[open]").count():
        other.locator("#wishes > summary").click()
    other.locator("#hours").fill("54.5")
    with other.expect_navigation():
        other.locator("button[value=budget]").click()
    assert other.locator("input[name=hours]").get_attribute("value") == "54.5"
    visitor.page, first_tab = other, page
    walk.look("conflict")
    visitor.press("main form button.button:not(.button-quiet)")
    assert other.locator("#hours").input_value() == "54.5"
    visitor.page = page = first_tab
    visitor.go(plan)
    for _ in range(4):
        press(visitor, page, "#change button[value=undo]")
    assert courses(page) == before
    page.evaluate(UNFOLD)
    walk.look("history")

    page.locator("#start").fill("2026-09-01")
    page.locator("#end").fill("2027-01-31")
    with page.expect_navigation():
        page.locator("button[value=dates]").click()
    visitor.press("form[action$='/sheets'] button")
    walk.look("sheet")
    code = page.locator(".proof .code-text").inner_text()
    visitor.go(f"/v/{code}")
    walk.look("verified")
    titles = len(page.locator("main tbody tr").all())
    assert titles == len(before)
    page.go_back()
    visitor.go(page.locator("main a.button-quiet").get_attribute("href"))
    press(visitor, page, button(next(one for one in before if one not in (kept, wanted)), "lock"))
    visitor.go(f"/v/{code}")
    walk.look("changed-since")
    assert page.locator(".notice-warning").count() == 1
    walk.conclude()


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_course_that_is_not_there_is_looked_up_and_brought_in(service, visit, language):
    """Search, reason, cost, and the course is in the plan."""
    visitor = visit(service, language=language)
    walk = Findings(visitor, f"{language}-360-course")
    session = visitor.adopt(Program(service.address).finish())
    page = visitor.page
    visitor.go(f"{session}/result")
    visitor.press("#plan form button:not(.button-quiet)")
    plan, planned = page.url, courses(page)
    visitor.press("a[href$='/courses']")
    walk.look("search")
    page.locator("#q").fill("A1")
    visitor.press("main form[role=search] button")
    walk.look("found")
    link = next(
        one for one in page.locator(".task-name").all()
        if str(one.get_attribute("href")).rsplit("/", 1)[1] not in planned
    )
    course = str(link.get_attribute("href")).rsplit("/", 1)[1]
    visitor.press(link)
    walk.look("reason")
    visitor.press("button[value=lock]")
    assert course in courses(page)
    assert page.url.split("#")[0] == plan.split("#")[0]
    walk.conclude()


@pytest.mark.parametrize("manner", ["first", "last", "unsure"])
def test_pages_of_very_different_teachers_are_true_and_useful(service, visit, manner):
    """Everybody gets courses, a sentence about needs and no empty page."""
    choose = {
        "first": lambda choices: choices[0]["id"],
        "last": lambda choices: choices[-1]["id"],
        "unsure": lambda choices: None,
    }[manner]
    visitor = visit(service)
    walk = Findings(visitor, f"zh-Hans-360-teacher-{manner}")
    session = visitor.adopt(Program(service.address, "B").finish(choose))
    visitor.go(f"{session}/result")
    visitor.press("#plan form button:not(.button-quiet)")
    walk.look("plan")
    assert courses(visitor.page)
    assert visitor.page.locator(".plan-summary p").count() >= 2
    walk.conclude()


@pytest.mark.parametrize("programme", ["jiangsu-2020", "ziyuan-2020", "quanzhou-2016"])
def test_the_sheet_of_every_programme_fits_on_two_pages(service, visit, programme):
    """Courses, tasks, the programme's own template, signatures and the code, nothing cut."""
    visitor = visit(service, width=1280)
    page = visitor.page
    if programme == "quanzhou-2016":
        visitor.go("/start?test=diagnostic-2014")
        visitor.fill_start(programme=1)
        visitor.press("main form button.button-large")
        while page.locator("fieldset[data-item]").count():
            visitor.press("button[name=then][value=check]")
            visitor.submit()
        visitor.press("main a.button-large")
    else:
        visitor.go(f"{visitor.adopt(Program(service.address).finish())}/result")
    page.locator(f"label[for='{page.locator(f'input[value={programme}]').get_attribute('id')}']").click()
    visitor.press("#plan form button:not(.button-quiet)")
    page.locator("#wishes > summary").click()
    page.locator("#start").fill("2026-09-01")
    page.locator("#end").fill("2027-01-31")
    with page.expect_navigation():
        page.locator("button[value=dates]").click()
    titles = [title.strip() for title in page.locator(".course h3").all_inner_texts()]
    visitor.press("form[action$='/sheets'] button")
    sheets, text = printed(visitor, f"sheet-{programme}")
    assert sheets <= 2
    assert "六、签字" in text and re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", text)
    found = [title for title in titles if re.sub(r"\s+", "", title)[:8] in text]
    assert len(found) >= len(titles) * 0.8, set(titles) - set(found)
    page.screenshot(path=SCREENSHOTS / "print" / f"sheet-{programme}.png", full_page=True)
