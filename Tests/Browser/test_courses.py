"""Courses in the institution's hands: demand, gains, one course in a form, a sheet that comes back."""

import datetime
import json
import sqlite3

import pytest

from inspection import Findings

WALKS = [("zh-Hans", 360), ("en", 1280)]
IDS = [f"{language}-{width}" for language, width in WALKS]


def _count(world, courses: list[str]) -> None:
    """Keeps figures of demand as a night would, in place of those of the world's few plans."""
    day = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8)))
    year = day.year - 1 if day.month == 1 else day.year
    term = f"{year}-{'spring' if 2 <= day.month <= 7 else 'autumn'}"
    ranges = {course: [5 * place, 5 * place + 4] for place, course in enumerate(courses)}
    body = json.dumps({"people": list(range(80)), "ranges": ranges, "numbers": {}})
    with sqlite3.connect(world.database, timeout=30) as connection:
        for (county,) in connection.execute("SELECT id FROM unit WHERE kind = 'county'").fetchall():
            connection.execute(
                "INSERT INTO course_demand (framework, unit, term, day, taken_at, body)"
                " SELECT 'cn-2.0', ?, ?, coalesce(max(day), 0) + 1, ?, ? FROM course_demand",
                (county, term, "2026-01-01T00:00:00.000Z", body),
            )


@pytest.mark.parametrize("language, width", WALKS, ids=IDS)
def test_demand_gains_and_the_draw_are_read_and_set(world, visit, language, width):
    """From the catalogue to demand, a smaller region, a search, the file; gains; the draw off and on."""
    visitor = visit(world, language=language, width=width)
    walk = Findings(visitor, f"{language}-{width}-courses")
    world.enter(visitor, "institution")
    visitor.go("/institution/courses")
    visitor.press("main p a[href='/institution/courses/demand']")
    page = visitor.page
    assert page.locator("tbody tr").count() > 60
    _count(world, page.locator("table.items tbody .code-text").all_inner_texts()[:9])
    visitor.go("/institution/courses/demand")
    # Three counties with forty to forty-four plans each.
    assert "120–132" in page.locator("table.items tbody tr").first.inner_text()
    whole = page.locator("table").first.inner_text()
    walk.look("demand")
    page.locator("#region").select_option(index=1)
    visitor.press("form.filters:not([role]) button")
    assert "region=" in page.url
    assert page.locator("table").first.inner_text() != whole
    page.locator("#q").fill("A1")
    visitor.press("form[role=search] button")
    assert 1 <= page.locator("table.items tbody tr").count() <= 50 and "region=" in page.url
    walk.look("demand-found")
    with page.expect_download() as download:
        page.locator("a[href*='demand.csv']").click()
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) > 60 and lines[0].count(",") == 11
    visitor.press(".notes a[href='/institution/courses/gains']")
    visitor.press("button[value=look]")
    assert page.locator("[role=status]").count() == 1
    walk.look("gains")
    before = page.locator("#draw-title ~ p strong").inner_text()
    visitor.press("button[name=draw]")
    assert page.locator("#draw-title ~ p strong").inner_text() != before
    walk.look("gains-off")
    visitor.press("button[name=draw]")
    assert page.locator("#draw-title ~ p strong").inner_text() == before
    walk.conclude()


@pytest.mark.parametrize("language, width", WALKS, ids=IDS)
def test_a_course_is_edited_and_a_refused_sheet_comes_back(world, visit, language, width, tmp_path):
    """A fault beside its field, a change kept; a sheet with a fault, its column of errors, mended."""
    visitor = visit(world, language=language, width=width)
    walk = Findings(visitor, f"{language}-{width}-course-form")
    world.enter(visitor, "institution")
    visitor.go("/institution/courses/demand")
    visitor.press("table.items tbody tr:first-child a")
    page = visitor.page
    walk.look("form")
    hours = page.locator("#hours").input_value()
    page.locator("#hours").fill("x")
    visitor.press("main form button.button")
    assert page.locator("#hours-fault").count() == 1 and page.locator("#errors").count() == 1
    assert page.locator("#hours").input_value() == "x"
    walk.look("form-fault")
    page.locator("#hours").fill(hours)
    page.locator("#enrolled").fill("120")
    page.locator("#completed").fill("9" + str(width % 10))
    visitor.press("main form button.button")
    assert page.locator(".notice-done").count() == 1
    walk.look("form-kept")

    visitor.go("/institution/courses")
    with page.expect_download() as download:
        page.locator("a[href='/institution/courses.csv']").click()
    sheet = download.value.path().read_text(encoding="utf-8-sig")
    spoilt = tmp_path / "courses.csv"
    spoilt.write_text(sheet.replace(",video,online,", ",film,online,"), encoding="utf-8")
    page.locator("#file").set_input_files(str(spoilt))
    visitor.press("button[value=look]")
    assert page.locator(".notice-refused").count() == 1
    assert page.locator(".notice-refused li").count() == 50
    walk.look("refused")
    with page.expect_download() as download:
        page.locator(".notice-refused a[href^='/institution/returned/']").click()
    back = download.value.path().read_text(encoding="utf-8-sig")
    assert back.startswith(("错误,", "errors,"))
    mended = tmp_path / "mended.csv"
    mended.write_text(back.replace(",film,online,", ",video,online,"), encoding="utf-8")
    visitor.go("/institution/courses")
    page.locator("#file").set_input_files(str(mended))
    visitor.press("button[value=look]")
    assert page.locator(".notice-refused").count() == 0
    walk.conclude()
