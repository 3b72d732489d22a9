"""The pages of schools and regions, on the seeded world: what is seen, and what cannot be."""

import csv
import io
import re
import zipfile

import pytest

from inspection import Findings
from program import send
from test_print import printed

WALKS = [(language, width) for language in ("zh-Hans", "en") for width in (360, 1280)]
IDS = [f"{language}-{width}" for language, width in WALKS]
NUMBER = re.compile(r"\d+±\d+")


@pytest.mark.parametrize("language, width", WALKS, ids=IDS)
def test_a_school_sees_at_once_what_to_train_first_and_who_is_missing(
    world, visit, language, width
):
    """On the first screen: the point, about how many people, how many and who have not finished."""
    visitor = visit(world, language=language, width=width)
    walk = Findings(visitor, f"{language}-{width}-school")
    world.enter(visitor, "school")
    unit, name, _ = world.unit("school")
    visitor.go("/school")
    assert visitor.page.url.endswith(f"/schools/{unit}")
    assert name in visitor.page.locator("h1").inner_text()
    finding = visitor.page.locator(".finding-text").inner_text()
    assert re.search(r"[ABC]\d+", finding) and NUMBER.search(finding), finding
    missing = world.missing(unit)
    assert str(len(missing)) in visitor.page.locator(".finding-missing").inner_text()
    shown = visitor.page.locator(".finding-names").inner_text()
    assert any(person in shown for person in missing), shown
    for selector in ("h1", ".finding-text", ".finding-missing", ".finding-names"):
        assert visitor.fits(selector), f"{selector} is below the first screen"
    assert visitor.page.locator(".simulated").is_visible()
    walk.look("report")
    if (language, width) in (WALKS[0], WALKS[-1]):
        _look_at_the_missing(walk, missing)
    walk.conclude()


def _look_at_the_missing(walk: Findings, missing: list[str]) -> None:
    visitor = walk.visitor
    visitor.press(".finding-names a >> nth=0")
    walk.look("people")
    visitor.press("main a[href$='/notice']")
    names = visitor.page.locator(".names").inner_text()
    assert all(person in names for person in missing)
    walk.look("notice")
    visitor.go("/desk")
    walk.look("desk")


def test_a_school_takes_its_tables_and_its_paper_away(world, visit):
    """Files say what the page says; the summary prints on four sheets, the reminder on two."""
    visitor = visit(world, width=1280)
    world.enter(visitor, "school")
    unit, name, _ = world.unit("school")
    visitor.go(f"/schools/{unit}")
    total = visitor.page.locator(".gaps-map .gaps-total td").all_inner_texts()
    files = {}
    for link in visitor.page.locator("a[href*='.csv'], a[href*='.xlsx']").all():
        with visitor.page.expect_download() as download:
            link.click()
        files[download.value.suggested_filename] = download.value.path().read_bytes()
    assert sorted(files) == ["progress.csv", "report.csv", "report.xlsx"]
    rows = list(csv.reader(io.StringIO(files["report.csv"].decode("utf-8-sig"))))
    sums = [row for row in rows if row[0] == "合计"]
    assert len(sums) == len(total) == 30
    for row, cell in zip(sums, total):
        if NUMBER.fullmatch(cell):
            assert f"{row[4]}±{row[5]}" == cell
    assert any(row[1] == name for row in csv.reader(io.StringIO(files["progress.csv"].decode())))
    with zipfile.ZipFile(io.BytesIO(files["report.xlsx"])) as workbook:
        assert name in workbook.read("xl/sharedStrings.xml").decode()
    sheets, text = printed(visitor, "school")
    assert "先补哪里" in text and "参与情况" in text and sheets <= 4
    missing = world.missing(unit)
    # Paper goes round: names stay on the list that is made for it.
    assert not any(person in text for person in missing)
    visitor.go(f"/schools/{unit}/people/notice")
    sheets, text = printed(visitor, "notice")
    assert all(person in text for person in missing) and sheets <= 2


@pytest.mark.parametrize("language, width", WALKS, ids=IDS)
def test_a_county_compares_schools_in_bands(world, visit, language, width):
    """Schools in bands without ranks, quota by schools and by teachers, and cost by programme."""
    visitor = visit(world, language=language, width=width)
    walk = Findings(visitor, f"{language}-{width}-county")
    world.enter(visitor, "county")
    visitor.go("/regions")
    page = visitor.page
    unit, name, _ = world.unit("county")
    assert page.url.endswith(f"/regions/{unit}") and name in page.locator("h1").inner_text()
    for selector in ("h1", ".finding-text", ".finding-missing"):
        assert visitor.fits(selector), f"{selector} is below the first screen"
    assert page.locator("#bands-title").count() == 1
    schools = [found for (found,) in world.rows("SELECT name FROM unit WHERE parent = ?", unit)]
    compared = page.locator("section[aria-labelledby=bands-title]").inner_text()
    assert schools and all(school in compared for school in schools)
    assert not re.search(r"排名|第\s*\d+\s*名|\brank", compared)
    walk.look("report")
    page.locator("#programme").select_option("quanzhou-2016")
    visitor.press("form.choice button")
    assert "programme=quanzhou-2016" in page.url
    totals = page.locator("section:has(#participation-title) .gaps-total td")
    enrolled = int(totals.first.inner_text())
    # 80 hours at 3 yuan for everybody who is to take part (泉教人〔2016〕71号).
    assert str(enrolled * 240) in page.locator("section:has(#quota-title)").inner_text()
    walk.look("quanzhou")
    visitor.press("form.language button")
    assert "programme=quanzhou-2016" in page.url
    walk.conclude()


def test_nobody_can_be_singled_out_from_above(world, visit):
    """Neither by filters nor by other addresses; a group of four has no number of its own."""
    visitor = visit(world)
    world.enter(visitor, "county")
    unit, _, _ = world.unit("county")
    page = visitor.page
    statement = """
        SELECT person.unit, person.name, staff_number, teaching_group FROM person
        JOIN unit ON unit.id = person.unit
        WHERE unit.parent = ? AND teaching_group IS NOT NULL LIMIT 1"""
    school, teacher, number, group = world.rows(statement, unit)[0]
    visitor.go(f"/schools/{school}")
    plain = page.locator("main").inner_text()
    visitor.go(f"/schools/{school}?group={group}&staffNumber={number}&name={teacher}&k=1")
    assert page.locator("main").inner_text() == plain
    assert not any(name in plain for (name,) in world.rows("SELECT name FROM person"))
    refused = [
        f"/schools/{school}/people",
        f"/schools/{school}/people/export.csv",
        f"/groups/{group}/people",
        "/operator/audit",
        "/me/data",
    ]
    (other,) = world.rows("SELECT id FROM unit WHERE kind = 'county' AND id <> ? LIMIT 1", unit)[0]
    for path in [*refused, f"/regions/{other}"]:
        answer = visitor.go(path)
        assert answer.status == 403, path
        assert "不在你的范围里" in page.locator("main").inner_text()
    visitor.shoot("zh-Hans-360-county", "refused")
    assert visitor.go(f"/regions/{unit}?programme=none").status == 404
    _group_of_four_is_hidden(world, visit(world))


def _group_of_four_is_hidden(world, visitor) -> None:
    world.enter(visitor, "city")
    statement = """
        SELECT teaching_group.unit, teaching_group.name FROM person
        JOIN teaching_group ON teaching_group.id = teaching_group
        GROUP BY teaching_group HAVING count(*) = 4"""
    school, group = world.rows(statement)[0]
    visitor.go(f"/schools/{school}")
    rows = visitor.page.locator(f".gaps-map tr:has(th:text-matches('^\\\\s*{group}'))")
    assert rows.count() == 3
    cells = " ".join(rows.locator("td").all_inner_texts())
    assert cells and not re.search(r"\d", cells), cells


def test_a_forged_cookie_opens_nothing(world, visit):
    """A token that nobody was given leads to the page that asks to sign in."""
    visitor = visit(world)
    world.hold(visitor, "A" * 43)
    for login, path in (("school", "schools"), ("county", "regions")):
        unit, name, _ = world.unit(login)
        answer = visitor.go(f"/{path}/{unit}")
        text = visitor.page.locator("main").inner_text()
        assert answer.status == 401 and "请先登录" in text and name not in text
    reply = send("GET", f"{world.address}/school", headers={"Cookie": "bianque-account=x; x=y"})
    assert reply.status == 401
