"""Teachers' accounts and rosters, on the seeded world."""

import json

import pytest

from inspection import Findings
from program import Program

WALKS = [("zh-Hans", 360), ("en", 1280)]
IDS = [f"{language}-{width}" for language, width in WALKS]


@pytest.mark.parametrize("language, width", WALKS, ids=IDS)
def test_a_teacher_opens_an_account_and_owns_the_record(world, visit, language, width):
    """From the printed sheet to diagnosis, claim, who sees what, export and erasure."""
    school = visit(world, language=language, width=width)
    walk = Findings(school, f"{language}-{width}-account")
    world.enter(school, "school")
    unit, _, code = world.unit("school")
    number = _unopened(world, unit)
    school.go(f"/schools/{unit}/people")
    school.page.locator("summary", has=school.page.locator("xpath=..//input")).first.click()
    school.page.locator("#staffNumber").fill(number)
    school.press("form:has(#staffNumber) button")
    activation = school.page.locator(".code-card .code-text").nth(1).inner_text()
    walk.look("sheet")
    walk.conclude()

    teacher = visit(world, language=language, width=width)
    walk = Findings(teacher, f"{language}-{width}-teacher")
    session = teacher.adopt(Program(world.address).finish())
    teacher.go("/activate")
    teacher.page.locator("#school").fill(code)
    teacher.page.locator("#code").fill(activation)
    teacher.press("main form button.button-large")
    assert teacher.page.locator("#notice").is_checked() is False
    walk.look("notice-unread")
    teacher.page.locator("label[for=notice]").click()
    teacher.press("main form button.button-large")
    walk.look("activated")
    teacher.go("/me")
    walk.look("me-claim")
    teacher.press("form[action$='/claim'] button")
    assert teacher.page.locator(f"a[href='{session}/result']").count() >= 1
    walk.look("me")
    teacher.go("/me/data")
    walk.look("data")
    own = _row(teacher, number)
    school.go(f"/schools/{unit}/people")
    assert own == _row(school, number)
    with teacher.page.expect_download() as download:
        teacher.page.locator("a[href$='export.json']").click()
    record = json.loads(download.value.path().read_text())
    assert session.rsplit("/", 1)[1] in json.dumps(record)
    teacher.press("form[action$='/erasure'] button")
    walk.look("erased")
    assert teacher.go(f"{session}/result").status == 404
    assert teacher.go("/me").status == 401
    walk.conclude()
    school.page.reload()
    finished = {"zh-Hans": "完成", "en": "Finished"}[language]
    assert finished in own and finished + "</" not in _row(school, number)


def _unopened(world, unit: str) -> str:
    statement = """
        SELECT staff_number FROM person WHERE unit = ? AND notice_at IS NULL
        AND is_near_retirement = 0 AND NOT EXISTS (SELECT 1 FROM test_session
          WHERE test_session.person = person.id AND finished_at IS NOT NULL)
        ORDER BY staff_number DESC LIMIT 1"""
    return world.rows(statement, unit)[0][0]


def _row(visitor, number: str) -> str:
    own = visitor.page.locator(f"td:text-is('{number}')")
    # On the teacher's own page each standard has a row; the school shows the first one's first.
    return visitor.page.locator("table.people tr", has=own).first.inner_html()


HEADER = "工号,姓名,学校,学段,学科,教研组\n"


def _faulty(name: str) -> dict[str, tuple[bytes, list[str]]]:
    """Rosters with one fault each, and what the page has to say of it in Chinese and English."""
    good = f"N1,新来的,{name},小学,语文,语文组\n"
    many = "工号,姓名,学校\n" + "".join(f"{row},a,b\n" for row in range(200_000))
    return {
        "duplicate": ((HEADER + good + good).encode(), ["第 3 行", "Line 3"]),
        "unknown-school": (
            (HEADER + "N1,新来的,没有的学校,小学,语文,\n").encode(),
            ["没有叫“没有的学校”的单位", "No unit is called"],
        ),
        "encoding": ((HEADER + good).encode("utf-16-le"), ["CSV", "CSV"]),
        "broken-encoding": (HEADER.encode() + b"N1,\xff\xfe\xff,x,,,\n", ["编码", "encoding"]),
        "formula": (
            (HEADER + f"N1,=cmd|' /C calc'!A0,{name},小学,语文,\n").encode(),
            ["第 2 行第 2 列", "Line 2, column 2"],
        ),
        "too-many": (many.encode(), ["按学校或区县分成几个文件", "Split it by school or county"]),
    }


@pytest.mark.parametrize("language, width", WALKS, ids=IDS)
def test_a_faulty_roster_is_refused_with_its_places_and_changes_nothing(
    world, visit, language, width
):
    """Each fault is told where it is; a good file is kept once and then changes nothing."""
    visitor = visit(world, language=language, width=width)
    walk = Findings(visitor, f"{language}-{width}-roster")
    world.enter(visitor, "school")
    unit, name, _ = world.unit("school")
    # What a fault quotes from the file is the file's.
    visitor.names = [*visitor.names, "没有的学校", "姓名"]
    # Who comes in here stands on the lists of later tests.
    if "新来的" not in world.names:
        world.names.append("新来的")
    before = world.roster()
    place = ["zh-Hans", "en"].index(language)
    for fault, (content, words) in _faulty(name).items():
        _upload(visitor, unit, content, "keep")
        text = visitor.page.locator(".notice-refused").inner_text()
        assert words[place] in text, f"{fault}: {text[:300]}"
        assert world.roster() == before, fault
        if fault in ("duplicate", "unknown-school"):
            walk.look(fault)
    good = (HEADER + f"N{width},新来的,{name},小学,语文,语文组\n").encode("gb18030")
    _upload(visitor, unit, good, "look")
    assert world.roster() == before
    _upload(visitor, unit, good, "keep")
    assert visitor.page.locator(".notice-kept td").nth(4).inner_text() == "1"
    after = world.roster()
    assert after != before
    _upload(visitor, unit, good, "keep")
    # Nobody new, nobody changed, everybody as before.
    numbers = visitor.page.locator(".notice-kept tbody td").all_inner_texts()
    assert numbers[3:5] == ["0", "0"] and world.roster() == after
    walk.look("again")
    walk.conclude()


def _upload(visitor, unit: str, content: bytes, then: str) -> None:
    visitor.go(f"/schools/{unit}/roster")
    sheet = {"name": "roster.csv", "mimeType": "text/csv", "buffer": content}
    visitor.page.locator("#file").set_input_files(sheet)
    visitor.press(f"button[name=then][value={then}]")
