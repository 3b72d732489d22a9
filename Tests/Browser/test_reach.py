"""Every page a teacher meets, at four widths, for every kind of reader.

320 px without sideways scroll, the reader's own text spacing, text twice as large, forced colours, the
tab key, labels and contrast in the light and in the dark. Pictures of every page and width are left in
`.build/screenshots/reach` to be looked at.
"""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

import reach
from program import Program
from visitor import SCREENSHOTS

WIDTHS = {320: 640, 360: 780, 768: 1024, 1280: 900}
UNFOLD = "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"


class Reach:
    """Looks at one page after another and gathers what is wrong."""

    def __init__(self, visitor):
        self.visitor = visitor
        self.page = visitor.page
        self.found: list[str] = []
        self.seen: list[str] = []

    def look(self, name: str) -> None:
        """Every check on the page that is open."""
        self.seen.append(name)
        page = self.page
        page.evaluate(UNFOLD)
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            self._note(f"{name} at {width}", reach.reflow(page))
            path = SCREENSHOTS / "reach" / self.visitor.language / f"{name}-{width}.png"
            page.screenshot(path=path, full_page=True, caret="initial")
        # 1280 at 200 % is 640; text alone twice as large on the same screen.
        self._note(f"{name}, text doubled", reach.styled(page, reach.DOUBLED))
        page.set_viewport_size({"width": 640, "height": 450})
        self._note(f"{name} at 200 %", reach.reflow(page))
        page.set_viewport_size({"width": 320, "height": 640})
        self._note(f"{name}, own spacing", reach.styled(page, reach.SPACING))
        self._note(name, reach.labels(page))
        for scheme in ("dark", "light"):
            # Colours that change slowly would be measured on their way.
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            self._note(f"{name}, {scheme}", reach.contrast(page))
        page.emulate_media(forced_colors="active")
        self._note(f"{name}, forced colours", reach.focus(page))
        path = SCREENSHOTS / "reach" / self.visitor.language / f"{name}-forced.png"
        page.screenshot(path=path, full_page=True, caret="initial")
        page.emulate_media(forced_colors="none")
        page.evaluate("document.querySelectorAll('[data-reached]').forEach((one) => {"
                      " delete one.dataset.reached; })")
        self._note(name, reach.focus(page))
        page.set_viewport_size({"width": 360, "height": 780})

    def _note(self, where: str, faults: list[str]) -> None:
        self.found += [f"{where}: {fault}" for fault in faults]

    def conclude(self) -> None:
        """Fails the test if anything was wrong."""
        if self.found:
            pytest.fail("\n".join(dict.fromkeys(self.found)), pytrace=False)


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_every_page_on_the_way_to_a_plan_is_for_everybody(service, visit, language):
    """Landing, start, stage, check, done, result, point, a further stage, plan, print and the rest."""
    visitor = visit(service, language=language)
    walk = Reach(visitor)
    for path, name in (("/", "landing"), ("/help", "help"), ("/sign-in", "sign-in"),
                       ("/activate", "activate"), ("/sign-in/staff", "staff-sign-in"),
                       ("/no/such/page", "not-found"), ("/start", "start")):
        visitor.go(path)
        walk.look(name)
    visitor.press("main form button.button-large")
    walk.look("start-errors")
    visitor.fill_start(environment=2, programme=1)
    visitor.press("main form button.button-large")
    walk.look("stage")
    visitor.answer_stage(unsure=1, skip=2)
    visitor.check()
    walk.look("check")
    visitor.go(f"/sessions/{visitor.session}/saved")
    walk.look("saved")
    visitor.go(f"/sessions/{visitor.session}/stages/3")
    walk.look("closed")
    session = visitor.adopt(Program(service.address, "C", token=visitor.token).finish())
    for path, name in (("done", "done"), ("result", "result"), ("result/points/A2", "point")):
        visitor.go(f"{session}/{path}")
        walk.look(name)
    visitor.go(f"{session}/result")
    visitor.press("form[action$='/further'] button")
    walk.look("further-stage")
    further = f"/sessions/{visitor.session}"
    visitor.answer_stage()
    visitor.check()
    visitor.submit()
    visitor.go(f"{further}/result")
    walk.look("further-result")
    visitor.press("#plan button")
    plan = visitor.page.url
    walk.look("plan")
    visitor.press("form[action$='/sheets'] button")
    walk.look("print")
    visitor.go(f"{plan}/courses")
    walk.look("plan-courses")
    visitor.press("main .links a, main li a")
    walk.look("plan-course")
    visitor.go(f"{session}/result")
    visitor.press("form[action$='/erasure'] button")
    walk.look("erased")
    assert len(walk.seen) >= 20
    walk.conclude()


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_teachers_own_pages_and_the_paper_form_are_for_everybody(world, visit, language):
    """My page, my data and who sees what; the school's form on paper, made, printed and keyed in."""
    visitor = visit(world, language=language)
    world.hold(visitor, _signed_in(world, visit, language))
    walk = Reach(visitor)
    for path, name in (("/me", "me"), ("/me/data", "data")):
        visitor.go(path)
        walk.look(name)
    walk.conclude()
    school = visit(world, language=language)
    world.enter(school, "school")
    unit, _, _ = world.unit("school")
    walk = Reach(school)
    school.go(f"/schools/{unit}/paper")
    walk.look("paper-forms")
    school.page.locator("label[for='environment']").click()
    school.page.locator("label[for='programme']").click()
    school.press("main form button.button-large")
    walk.look("paper-print")
    school.go(f"{school.page.url}/entry")
    walk.look("paper-entry")
    walk.conclude()


def _signed_in(world, visit, language: str) -> str:
    """The token of a teacher who has just opened an account."""
    school = visit(world, language=language)
    world.enter(school, "school")
    unit, _, code = world.unit("school")
    statement = """
        SELECT staff_number FROM person WHERE unit = ? AND notice_at IS NULL
        AND is_near_retirement = 0 ORDER BY staff_number LIMIT 1"""
    number = world.rows(statement, unit)[0][0]
    school.go(f"/schools/{unit}/people")
    school.page.locator("summary", has=school.page.locator("xpath=..//input")).first.click()
    school.page.locator("#staffNumber").fill(number)
    school.press("form:has(#staffNumber) button")
    activation = school.page.locator(".code-card .code-text").nth(1).inner_text()
    teacher = visit(world, language=language)
    teacher.go("/activate")
    teacher.page.locator("#school").fill(code)
    teacher.page.locator("#code").fill(activation)
    teacher.page.locator("label[for=notice]").click()
    teacher.press("main form button.button-large")
    cookies = {one["name"]: one["value"] for one in teacher.context.cookies()}
    return cookies["bianque-account"]


def test_an_expired_sign_in_loses_no_answer(world, visit):
    """The sign-in runs out in the middle of a stage: the page says so, keeps the answer, sends it later."""
    visitor = visit(world)
    token = _signed_in(world, visit, "zh-Hans")
    world.hold(visitor, token)
    visitor.go("/start")
    visitor.fill_start()
    visitor.press("main form button.button-large")
    items, address = visitor.items(), visitor.page.url
    visitor.choose(items[0], 1)
    visitor.expect_status("saved")
    _let_run_out(world, True)
    chosen = visitor.choose(items[1], 2)
    visitor.expect_status("expired")
    expect(visitor.page.locator("#save-expired a[href='/sign-in']")).to_be_visible()
    # An item of several boxes is saved with each of them.
    assert {item for item, *_ in world.answers(visitor.session)} == {items[0]}
    visitor.press("button[name=then][value=check]")
    assert "登录" in visitor.page.locator("h1").inner_text()
    # As if the teacher had signed in again; the way from there is that of every day.
    _let_run_out(world, False)
    visitor.go("/me")
    visitor.press(f"a[href='{address.removeprefix(world.address)}']")
    visitor.expect_status("saved")
    assert visitor.checked()[items[1]] == chosen
    assert {item for item, *_ in world.answers(visitor.session)} == set(items[:2])


def _let_run_out(world, is_over: bool) -> None:
    """Sets back when the newest sign-in of a teacher was last used, as hours of nothing would."""
    seen = "'2020-01-01T00:00:00.000Z'" if is_over else "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
    with closing(sqlite3.connect(world.database, timeout=10)) as database:
        database.execute(
            f"UPDATE access_session SET seen_at = {seen} WHERE token_hash = (SELECT token_hash"
            " FROM access_session WHERE person IS NOT NULL ORDER BY started_at DESC LIMIT 1)"
        )
        database.commit()
