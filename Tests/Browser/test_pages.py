"""The pages beside the main path, and every page in the dark: no fault a machine can see."""

import pytest

from inspection import Findings
from program import Program

LANGUAGES = ["zh-Hans", "en"]
UNFOLD = "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_beside_the_path_have_no_faults(service, visit, language):
    """Help, errors in the forms, closed, saved for later, erased, not found."""
    visitor = visit(service, language=language)
    walk = Findings(visitor, f"{language}-360-beside")
    visitor.go("/help")
    walk.look("help")
    visitor.go("/start")
    visitor.press("main form button.button-large")
    walk.look("start-errors")
    # Items may be ones whose fields are numbers, which cannot hold such a value; once in a while all are.
    radio = visitor.page.locator("fieldset[data-item] input[type=radio]").first
    for _ in range(5):
        visitor.fill_start(environment=2, programme=1)
        visitor.press("main form button.button-large")
        if radio.count():
            break
        visitor.go("/start")
    radio.evaluate("(radio) => { radio.value = 'broken'; radio.checked = true; }")
    visitor.press("button[name=then][value=check]")
    walk.look("stage-errors")
    visitor.press("button[name=then][value=later]")
    walk.look("saved")
    visitor.go(f"/sessions/{visitor.session}/stages/3")
    walk.look("closed")
    visitor.go("/no/such/page")
    walk.look("not-found")
    session = visitor.adopt(Program(service.address).finish())
    visitor.go(f"{session}/result")
    visitor.page.evaluate(UNFOLD)
    walk.look("result-unfolded")
    visitor.press("form[action$='/erasure'] button")
    walk.look("erased")
    walk.conclude()


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_in_the_dark_have_no_faults(service, visit, width):
    """With the device's dark colours every contrast holds, with everything unfolded."""
    visitor = visit(service, width=width, dark=True)
    walk = Findings(visitor, f"zh-Hans-{width}-dark")
    program = Program(service.address, "B")
    session = visitor.adopt(program)
    visitor.go(f"{session}/stages/1")
    visitor.answer_stage(unsure=1, skip=2)
    walk.look("stage")
    visitor.check()
    walk.look("check")
    visitor.submit()
    program.stage = program.call("POST", "/stages/2", {}).json()["stage"]
    program.finish()
    for path, name in (("/", "landing"), ("/start", "start"), (f"{session}/result", "result")):
        visitor.go(path)
        walk.look(name)
    visitor.press("#plan button")
    visitor.page.evaluate(UNFOLD)
    walk.look("plan")
    visitor.press("form[action$='/sheets'] button")
    walk.look("print")
    walk.conclude()


def test_the_language_button_keeps_the_page_and_the_answers(service, visit):
    """In the middle of a stage the other language shows the same stage with the same choices."""
    visitor = visit(service)
    visitor.begin()
    chosen = visitor.answer_stage(skip=3)
    address, items = visitor.page.url, visitor.items()
    visitor.press("form.language button")
    assert visitor.page.url == address
    assert visitor.page.evaluate("document.documentElement.lang") == "en"
    assert visitor.checked() == chosen | {items[3]: None}
    visitor.press("form.language button")
    assert visitor.page.evaluate("document.documentElement.lang") == "zh-CN"
