"""What comes out of the printer: one or two sheets of A4 with everything on them."""

import re
import subprocess

import pytest

from bank_keys import leaks
from program import Program
from visitor import SCREENSHOTS

ENVIRONMENTS = "ABC"


def printed(visitor, name: str) -> tuple[int, str]:
    """Prints the page into a file, to be looked at; returns its sheets and text without spaces."""
    path = SCREENSHOTS / "print" / f"{name}.pdf"
    visitor.page.pdf(path=path, format="A4", print_background=True)
    information = _output("pdfinfo", path)
    pages = int(re.search(r"^Pages:\s+(\d+)", information, re.MULTILINE).group(1))
    return pages, re.sub(r"\s+", "", _output("pdftotext", path, "-"))


def _output(*command) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_result_and_plan_fit_on_two_sheets_each(service, visit, environment):
    """The result with its data table, and the plan with its courses, rules and signatures."""
    visitor = visit(service, width=1280)
    session = visitor.adopt(Program(service.address, environment).finish())
    visitor.go(f"{session}/result")
    sheets, text = printed(visitor, f"result-{environment}")
    assert "你的自测结果" in text and "最可能的水平" in text and "怎样看待这份结果" in text
    assert sheets <= 2
    visitor.press("#plan button")
    titles = [title.strip() for title in visitor.page.locator(".course h3").all_inner_texts()]
    visitor.press("form[action$='/sheets'] button")
    sheets, text = printed(visitor, f"plan-{environment}")
    assert "个人研修计划" in text and "六、签字" in text
    missing = [title for title in titles if re.sub(r"\s+", "", title) not in text]
    assert len(missing) < len(titles) / 2, missing
    assert titles and re.sub(r"\s+", "", titles[0]) in text
    assert sheets <= 2


def test_the_button_prints_with_the_data_table_open(service, visit):
    """打印结果 opens what is folded and meant for paper before the browser prints."""
    visitor = visit(service)
    session = visitor.adopt(Program(service.address).finish())
    visitor.page.add_init_script(
        "window.print = () => { window.prints = 1 + (window.prints || 0); }"
    )
    visitor.go(f"{session}/result")
    visitor.page.locator("[data-print]").click()
    assert visitor.page.evaluate("window.prints") == 1
    assert visitor.page.locator("details.print-open").count() >= 1
    assert visitor.page.locator("details.print-open:not([open])").count() == 0


@pytest.mark.parametrize("environment", [1, 2, 3])
def test_a_form_on_paper_fits_on_four_sheets(world, visit, environment):
    """Sixteen questions with their stories, letters and boxes, the code on every stage; no key."""
    school = visit(world, width=1280)
    world.enter(school, "school")
    unit, _, _ = world.unit("school")
    school.go(f"/schools/{unit}/paper")
    suffix = "" if environment == 1 else f"-{environment}"
    school.page.locator(f"label[for='environment{suffix}']").click()
    school.page.locator("label[for='programme']").click()
    school.press("main form button.button-large")
    code = school.page.locator("main strong.code-text").first.inner_text()
    sheets, text = printed(school, f"paper-{environment}")
    assert sheets <= 4
    assert text.count(code) >= 6, "on the first sheet, on every stage and beside the boxes"
    assert "第16题" in text and "答题栏" in text
    letters = school.page.locator(".handout-item .letter").count()
    assert letters >= 16 * 3
    assert not leaks(school.page.content())
