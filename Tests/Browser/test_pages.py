"""The pages beside the main path, and every page in the dark: no fault a machine can see."""

import pytest

from inspection import faults
from program import Program

LANGUAGES = ["zh-Hans", "en"]
UNFOLD = "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"


def look(visitor, walk: str, name: str) -> list[str]:
    """Looks at the page the visitor has come to. Its status is no complaint of the page's."""
    visitor.shoot(walk, name)
    visitor.complaints = [c for c in visitor.complaints if "the server responded" not in c]
    found = [f"{name}: {fault}" for fault in faults(visitor)]
    visitor.complaints.clear()
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_beside_the_path_have_no_faults(service, visit, language):
    """Help, errors in the forms, closed, saved for later, erased, not found."""
    visitor = visit(service, language=language)
    walk, found = f"{language}-360-beside", []
    visitor.go("/help")
    found += look(visitor, walk, "help")
    visitor.go("/start")
    visitor.press("main form button.button-large")
    found += look(visitor, walk, "start-errors")
    visitor.fill_start(environment=2, programme=1)
    visitor.press("main form button.button-large")
    radio = visitor.page.locator("fieldset[data-item] input").first
    radio.evaluate("(radio) => { radio.value = 'broken'; radio.checked = true; }")
    visitor.press("button[name=then][value=check]")
    found += look(visitor, walk, "stage-errors")
    visitor.press("button[name=then][value=later]")
    found += look(visitor, walk, "saved")
    visitor.go(f"/sessions/{visitor.session}/stages/3")
    found += look(visitor, walk, "closed")
    visitor.go("/no/such/page")
    found += look(visitor, walk, "not-found")
    session = visitor.adopt(Program(service.address).finish())
    visitor.go(f"{session}/result")
    visitor.page.evaluate(UNFOLD)
    found += look(visitor, walk, "result-unfolded")
    visitor.press("form[action$='/erasure'] button")
    found += look(visitor, walk, "erased")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_in_the_dark_have_no_faults(service, visit, width):
    """With the device's dark colours every contrast holds, with everything unfolded."""
    visitor = visit(service, width=width, dark=True)
    walk, found = f"zh-Hans-{width}-dark", []
    program = Program(service.address, "B")
    session = visitor.adopt(program)
    visitor.go(f"{session}/stages/1")
    visitor.answer_stage(unsure=1, skip=2)
    found += look(visitor, walk, "stage")
    visitor.check()
    found += look(visitor, walk, "check")
    visitor.submit()
    program.stage = program.call("POST", "/stages/2", {}).json()["stage"]
    program.finish()
    for path, name in (("/", "landing"), ("/start", "start"), (f"{session}/result", "result")):
        visitor.go(path)
        found += look(visitor, walk, name)
    visitor.press("#plan button")
    visitor.page.evaluate(UNFOLD)
    found += look(visitor, walk, "plan")
    visitor.press("main a[href$='/print']")
    found += look(visitor, walk, "print")
    assert not found, "\n".join(found)


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
