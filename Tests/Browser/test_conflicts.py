"""Twice, out of order, from another tab or another site: counted once, refused, or led on (R4)."""

import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from program import Program, send

NOT_FOUND = {"zh-Hans": "没有这个页面", "en": "No such page"}


@pytest.fixture(scope="module")
def service(choices):
    """One step of the visitor is one answer."""
    return choices


def test_a_double_click_submits_a_stage_once(service, visit):
    """An impatient double click on 提交本段 submits this stage and not the next one as well."""
    visitor = visit(service)
    visitor.begin()
    visitor.answer_stage()
    visitor.check()
    session = visitor.session
    visitor.page.locator("main form button.button-large").dblclick(no_wait_after=True)
    visitor.page.wait_for_url("**/stages/2")
    expect(visitor.page.locator("h1")).to_have_text("第 2 段，共 4 段")
    assert service.submissions(session) == [1]


def test_an_older_tab_does_not_undo_what_was_answered_since(service, visit):
    """A tab opened before the answers of another one sends its old page: the newer answers stay."""
    visitor = visit(service)
    visitor.begin()
    older, newer = visitor.page, visitor.tab()
    newer.goto(older.url)
    items = visitor.items()
    chosen = {item: visitor.choose(item, 3, newer) for item in items[:2]}
    visitor.expect_status("saved", newer)
    visitor.check()
    newer.reload()
    assert visitor.checked(newer) == chosen | dict.fromkeys(items[2:])


def test_an_older_tab_does_not_undo_a_change_of_its_own_answer(service, visit):
    """What one tab chose and another one changed since is not chosen again by the first's form."""
    visitor = visit(service)
    visitor.begin()
    older, newer = visitor.page, visitor.tab()
    item = visitor.items()[0]
    visitor.choose(item, 0, older)
    visitor.expect_status("saved", older)
    newer.goto(older.url)
    changed = visitor.choose(item, 3, newer)
    visitor.expect_status("saved", newer)
    visitor.check()
    newer.reload()
    assert visitor.checked(newer)[item] == changed


def test_an_older_tab_without_script_does_not_undo_what_was_answered_since(service, visit):
    """The same with plain forms, where only the form says what its page had shown."""
    visitor = visit(service, javascript=False)
    visitor.begin()
    older, newer = visitor.page, visitor.tab()
    newer.goto(older.url)
    items = visitor.items()
    chosen = {item: visitor.choose(item, 1, newer) for item in items[:2]}
    with newer.expect_navigation():
        newer.locator("button[name=then][value=check]").click()
    chosen[items[2]] = visitor.choose(items[2], 2, older)
    visitor.check()
    newer.goto(f"{service.address}/sessions/{visitor.session}/stages/1")
    assert visitor.checked(newer) == chosen | {items[3]: None}


def two_devices(service, visit):
    """A phone and a computer of one teacher at the same stage."""
    phone, computer = visit(service), visit(service, width=1280)
    phone.begin()
    computer.context.add_cookies(
        [{"name": "bianque", "value": phone.token, "url": service.address}]
    )
    computer.go(phone.page.url)
    return phone, computer


def test_two_devices_of_one_teacher_lose_no_answer(service, visit):
    """A phone and a computer at one stage: of one item the later answer counts, though both count alike."""
    phone, computer = two_devices(service, visit)
    items = phone.items()
    phone.choose(items[0], 0)
    phone.expect_status("saved")
    # The computer's first answer has the same number as the phone's, and is another one.
    chosen = {items[0]: computer.choose(items[0], 3)}
    computer.expect_status("saved")
    phone.context.set_offline(True)
    chosen[items[1]] = phone.choose(items[1], 1)
    chosen[items[2]] = computer.choose(items[2], 2)
    computer.expect_status("saved")
    phone.context.set_offline(False)
    phone.expect_status("saved")
    chosen[items[3]] = None
    for device in (phone, computer):
        device.page.reload()
        assert device.checked() == chosen


def test_a_choice_that_waited_for_a_line_does_not_undo_a_later_one(service, visit):
    """Chosen without a line on the phone, then otherwise on the computer: the computer's stands, on both."""
    phone, computer = two_devices(service, visit)
    item = phone.items()[0]
    phone.context.set_offline(True)
    phone.choose(item, 0)
    phone.expect_status("offline")
    phone.page.wait_for_timeout(1500)
    later = computer.choose(item, 3)
    computer.expect_status("saved")
    with phone.page.expect_navigation():
        phone.context.set_offline(False)
    assert phone.checked()[item] == later
    computer.page.reload()
    assert computer.checked()[item] == later


def test_a_slow_saving_does_not_undo_what_the_form_carried(service, visit):
    """A is under way, B is chosen and the form sent: B stands, though A's answer comes after the page."""
    visitor = visit(service)
    visitor.begin()
    item = visitor.items()[0]
    held = []
    visitor.page.route(
        "**/api/v1/**", lambda route: route.continue_() if held else held.append(route)
    )
    visitor.choose(item, 0)
    later = visitor.choose(item, 3)
    visitor.check()
    expect(visitor.page.locator("h1")).to_have_text("提交前看一遍：第 1 段")
    assert held, "the first choice was under way"
    held[0].continue_()
    visitor.page.wait_for_timeout(1500)
    visitor.go(f"/sessions/{visitor.session}/stages/1")
    assert visitor.checked()[item] == later


def test_a_stage_submitted_twice_counts_once_and_leads_on(service, visit):
    """A second tab on the check page submits again: it is told so and led to the open stage."""
    visitor = visit(service)
    visitor.begin()
    visitor.answer_stage()
    visitor.check()
    session, other = visitor.session, visitor.tab()
    other.goto(visitor.page.url)
    visitor.submit()
    with other.expect_navigation() as navigation:
        other.locator("main form button.button-large").click()
    assert navigation.value.status == 409
    expect(other.locator("h1")).to_have_text("这一段已经交了")
    with other.expect_navigation():
        other.locator("main a.button").click()
    assert other.url.endswith(f"/sessions/{session}/stages/2")
    assert service.submissions(session) == [1]


def test_going_back_to_a_closed_stage_leads_on(service, visit):
    """The browser's way back shows no form of a closed stage that could still be sent."""
    visitor = visit(service)
    visitor.begin()
    first = visitor.page.url
    visitor.answer_stage()
    visitor.check()
    visitor.submit()
    visitor.page.go_back()
    expect(visitor.page.locator("h1")).to_have_text("提交前看一遍：第 2 段")
    visitor.page.go_back()
    closed = visitor.go(first)
    assert closed is not None and closed.status == 409
    visitor.press("main a.button")
    assert visitor.page.url.endswith("/stages/2")
    early = visitor.go(first.replace("/stages/1", "/stages/4"))
    assert early is not None and early.status == 409
    expect(visitor.page.locator("h1")).to_have_text("还没有轮到这一段")
    assert service.submissions(visitor.session) == [1]


@pytest.mark.parametrize("language", NOT_FOUND)
def test_a_foreign_session_and_an_unknown_address_look_alike(service, visit, language):
    """Whoever has not the token gets the page of an address that does not exist."""
    owner = Program(service.address)
    finished = Program(service.address).finish()
    visitor = visit(service, language=language)
    visitor.begin()
    for path in (
        f"/sessions/{owner.id}/stages/1",
        f"/sessions/{owner.id}/check",
        f"/sessions/{finished.id}/result",
        "/sessions/nobody/stages/1",
        "/plans/nobody",
        "/no/such/page",
        "/static/..%2F..%2FPackage.swift",
        "/%E6%89%81",
    ):
        answer = visitor.go(path)
        assert answer is not None and answer.status == 404, path
        expect(visitor.page.locator("h1")).to_have_text(NOT_FOUND[language])
    headers = {"Authorization": f"Bearer {visitor.token}"}
    url = f"{service.address}/api/v1/sessions/{finished.id}/result"
    assert send("GET", url, headers=headers).status == 404


@pytest.mark.parametrize("value", ["A", "0" * 12, "<script>", "未知"])
def test_a_value_that_is_no_choice_brings_the_stage_back_with_the_phrase(service, visit, value):
    """The stage again, 422, the phrase beside the item and in the summary; nothing is kept."""
    visitor = visit(service, javascript=False)
    visitor.begin()
    items = visitor.items()
    visitor.choose(items[0], 1)
    radio = visitor.page.locator(f"fieldset[data-item='{items[0]}'] input:checked")
    radio.evaluate("(radio, value) => { radio.value = value; }", value)
    with visitor.page.expect_navigation() as navigation:
        visitor.page.locator("button[name=then][value=check]").click()
    assert navigation.value.status == 422
    message = "第 1 题的答案没有存上，请重新选择"
    expect(visitor.page.locator("#q1 .error")).to_have_text(message)
    expect(visitor.page.locator("#errors a[href='#q1']")).to_have_text(message)
    assert visitor.page.title().startswith("错误：")
    assert service.answers(visitor.session) == []
    assert visitor.page.locator("script:not([src])").count() == 0


class ForeignPage(BaseHTTPRequestHandler):
    """A page of another site with a form that sends itself to ours."""

    target = ""

    def do_GET(self) -> None:
        body = (
            f"<form method=post action='{self.target}'><input name=lang value=en></form>"
            "<script>document.forms[0].submit()</script>"
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_) -> None:
        """Says nothing."""


def test_a_form_on_another_site_is_refused(service, visit):
    """A page elsewhere that posts in the visitor's name gets 403, and nothing changes."""
    visitor = visit(service)
    visitor.begin()
    session = visitor.session
    handler = type("Page", (ForeignPage,), {})
    handler.target = f"{service.address}/sessions/{session}/erasure"
    with HTTPServer(("127.0.0.1", 0), handler) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        with visitor.page.expect_response(re.compile(r"/erasure$")) as answer:
            visitor.page.goto(f"http://127.0.0.1:{site.server_address[1]}/")
        site.shutdown()
    assert answer.value.status == 403
    rows = service.rows("SELECT erased_at FROM test_session WHERE id = ?", session)
    assert rows == [(None,)]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {},
    ],
    ids=["origin", "no origin", "cross-site", "same-site", "no secret"],
)
def test_a_post_from_elsewhere_is_refused_by_each_fence(service, headers):
    """Origin, the browser's own word and the form's secret each refuse for themselves."""
    program = Program(service.address)
    body = urlencode({"then": "submit"}).encode()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    cookie = {"Cookie": f"bianque={program.token}"}
    url = f"{service.address}/sessions/{program.id}/stages/1"
    assert send("POST", url, body, form | cookie | headers).status == 403
    assert service.submissions(program.id) == []
