"""Every kind of question: answered by keyboard, saved, scored, and drawn without a fault."""

import json
import shutil

import pytest
from playwright.sync_api import expect

from inspection import Findings
from program import send
from service import ROOT, Service
from sheet import ANSWERS, SAMPLES, Sheet

STAGES = 3


@pytest.fixture(scope="module")
def samples(binary, tmp_path_factory):
    """A server on the bank with every kind of question."""
    folder = tmp_path_factory.mktemp("samples")
    bank = shutil.copytree(SAMPLES / "bank", folder / "bank")
    shutil.copytree(ROOT / "ItemBank" / "frameworks", bank / "frameworks")
    service = Service(binary, folder, bank=bank).start()
    yield service
    service.stop()
    assert not service.faults(), service.faults()


def stages(visitor):
    """The stages one after the other, each submitted after the caller is done with it."""
    visitor.begin()
    for stage in range(1, STAGES + 1):
        yield stage
        if "/check" not in visitor.page.url:
            visitor.check()
        visitor.submit()


def open_item(visitor, item: str) -> Sheet:
    """Goes on to the stage with an item."""
    for _ in stages(visitor):
        if item in visitor.items():
            return Sheet(visitor)
    raise AssertionError(f"{item} was not shown")


WALKS = [
    ("zh-Hans", 360, True),
    ("zh-Hans", 360, False),
    ("zh-Hans", 1280, True),
    ("zh-Hans", 1280, False),
]


@pytest.mark.parametrize("language, width, javascript", WALKS)
def test_the_best_answers_by_keyboard_score_the_highest_categories(
    samples, visit, language, width, javascript
):
    """No mouse, with and without script: each item is answered, kept and scored as it should be."""
    visitor = visit(samples, language=language, width=width, javascript=javascript)
    look = Findings(visitor, f"interactions-{width}-{'script' if javascript else 'plain'}")
    sheet, seen = Sheet(visitor), []
    for stage in stages(visitor):
        session = visitor.session
        look.look(f"stage-{stage}")
        for item in visitor.items():
            sheet.answer(item)
            seen.append(item)
            if javascript:
                visitor.expect_status("saved")
        if javascript:
            # Saved one by one: the form has nothing more to tell.
            kept = {item for item, *_ in samples.answers(session)}
            assert set(visitor.items()) <= kept
            visitor.page.reload()
        look.look(f"stage-{stage}-answered")
        visitor.check()
        look.look(f"check-{stage}")
        expect(visitor.page.locator(".summary .state-answered")).to_have_count(4)
    assert sorted(seen) == sorted(ANSWERS)
    body = samples.rows("SELECT body FROM session_result WHERE session = ?", session)
    evidence = {one["item"]: one for one in json.loads(body[0][0])["evidence"]}
    for item, answer in ANSWERS.items():
        assert evidence[item]["category"] == answer["category"], item
        assert evidence[item]["category"] == evidence[item]["maximum"], item
    visitor.press("main a.button-large")
    visitor.page.evaluate(
        "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
    )
    look.look("result")
    look.conclude()


@pytest.mark.parametrize("dark", [False, True])
def test_the_pages_in_english_and_in_the_dark_have_no_faults(samples, visit, dark):
    """The same stages for an English reader: Chinese is marked as such, every contrast holds."""
    visitor = visit(samples, language="en", width=360, dark=dark)
    look = Findings(visitor, f"interactions-en-{'dark' if dark else 'light'}")
    for stage in stages(visitor):
        look.look(f"stage-{stage}")
    look.conclude()


def test_half_an_order_stays_on_the_device_until_it_is_whole(samples, visit):
    """The page says what is missing, nothing is kept yet, a reload loses nothing."""
    visitor = visit(samples)
    sheet = open_item(visitor, "x04-order")
    item = sheet.item("x04-order")
    selects = item.locator("select")
    before = len(samples.answers(visitor.session))
    selects.nth(0).select_option("1")
    visitor.expect_status("held")
    expect(item.locator(".error")).to_contain_text("还有 3 项没有选序号")
    selects.nth(1).select_option("1")
    expect(item.locator(".error")).to_contain_text("有几项都选了 1")
    visitor.shoot("interactions-360-held", "order")
    assert len(samples.answers(visitor.session)) == before
    visitor.page.on("dialog", lambda dialog: dialog.accept())
    visitor.page.reload()
    assert [select.input_value() for select in selects.all()] == ["1", "1", "", ""]
    visitor.expect_status("held")
    for place in range(4):
        selects.nth(place).select_option(str(4 - place))
    visitor.expect_status("saved")
    expect(item.locator(".error")).to_be_empty()
    assert len(samples.answers(visitor.session)) > before


def test_half_an_order_in_a_plain_form_comes_back_with_the_remedy(samples, visit):
    """Without script: 422, the sentence above and beside, what was chosen still chosen."""
    visitor = visit(samples, javascript=False)
    sheet = open_item(visitor, "x04-order")
    sheet.item("x04-order").locator("select").nth(2).select_option("2")
    with visitor.page.expect_navigation() as navigation:
        visitor.page.locator("button[name=then][value=check]").click()
    assert navigation.value.status == 422
    item = sheet.item("x04-order")
    expect(item.locator(".error")).to_contain_text("还有 3 项没有选序号")
    expect(visitor.page.locator("#errors a")).to_contain_text("还有 3 项没有选序号")
    assert [one.input_value() for one in item.locator("select").all()] == ["", "", "2", ""]
    assert item.locator("select[aria-invalid]").count() == 3
    look = Findings(visitor, "interactions-360-refused")
    look.look("order")
    look.conclude()


@pytest.mark.parametrize("item", sorted(ANSWERS))
def test_not_sure_and_an_answer_take_turns(samples, visit, item):
    """Who ticks 我不确定 sees the answer go; who answers then sees the tick go."""
    visitor = visit(samples)
    sheet = open_item(visitor, item)
    sheet.answer(item)
    visitor.expect_status("saved")
    unsure = sheet.item(item).get_by_label("我不确定")
    unsure.focus()
    visitor.page.keyboard.press("Space")
    visitor.expect_status("saved")
    assert samples.answers(visitor.session)[-1][2] == 1
    filled = "(all) => all.filter((one) => one.checked || (one.type === 'text' && one.value)).length"
    assert sheet.item(item).locator("input").evaluate_all(filled) == 1
    sheet.answer(item)
    visitor.expect_status("saved")
    expect(unsure).not_to_be_checked()
    assert samples.answers(visitor.session)[-1][2] == 0


def test_answers_of_every_kind_wait_for_the_line_and_are_sent_once_it_is_back(samples, visit):
    """Offline the whole stage is answered; with the line back every answer is on the disk."""
    visitor = visit(samples)
    sheet = Sheet(visitor)
    for _ in stages(visitor):
        visitor.context.set_offline(True)
        for item in visitor.items():
            sheet.answer(item)
        visitor.expect_status("offline")
        session, before = visitor.session, len(samples.answers(visitor.session))
        visitor.context.set_offline(False)
        visitor.expect_status("saved")
        assert len(samples.answers(session)) == before + 4
    headers = {"Authorization": f"Bearer {visitor.token}"}
    result = send("GET", f"{samples.address}/api/v1/sessions/{session}/result", headers=headers)
    assert result.json()["overall"]["evidence"] == len(ANSWERS)


def test_an_answer_that_is_taken_back_is_sent_once(samples, visit):
    """A box is ticked and unticked: two savings, no answer left, and the page says it is saved."""
    visitor = visit(samples)
    for _ in stages(visitor):
        box = visitor.page.locator("[data-item] input[type=checkbox]:not([value=unsure])").first
        if box.count():
            break
    saved = []
    visitor.page.on(
        "request", lambda request: request.method == "PUT" and saved.append(request.url)
    )
    item = box.evaluate("box => box.closest('[data-item]').getAttribute('data-item')")
    box.check()
    visitor.expect_status("saved")
    box.uncheck()
    visitor.page.wait_for_timeout(1500)
    visitor.expect_status("saved")
    assert len(saved) == 2
    visitor.page.reload()
    assert not visitor.page.locator(f"[data-item='{item}'] input:checked").count()
