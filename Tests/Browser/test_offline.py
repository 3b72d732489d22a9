"""The line fails in the middle: nothing is lost, nothing counted twice, the words are true (R2)."""

import pytest
from playwright.sync_api import expect


@pytest.fixture(scope="module")
def service(choices):
    """One step of the visitor is one answer."""
    return choices


def test_a_stage_goes_on_without_a_network_and_is_sent_in_when_it_is_back(service, visit):
    """Answers given offline are kept on the device and come to the server once each."""
    visitor = visit(service)
    visitor.begin()
    items = visitor.items()
    chosen = {items[0]: visitor.choose(items[0], 1)}
    visitor.expect_status("saved")
    visitor.context.set_offline(True)
    visitor.expect_status("offline")
    expect(visitor.page.locator("#save-offline")).to_be_visible()
    chosen[items[1]] = visitor.choose(items[1], None)
    visitor.choose(items[2], 0)
    chosen[items[2]] = visitor.choose(items[2], 3)
    visitor.expect_status("offline")
    assert visitor.page.locator("#save.is-saved").count() == 0
    assert len(service.answers(visitor.session)) == 1
    visitor.shoot("zh-Hans-360-offline", "stage")
    visitor.context.set_offline(False)
    visitor.expect_status("saved")
    expect(visitor.page.locator("#save-offline")).to_be_hidden()
    kept = service.answers(visitor.session)
    # The first choice for the third item was taken back before it could be sent.
    assert [item for item, *_ in kept] == items[:3]
    assert visitor.checked() == chosen | {items[3]: None}
    visitor.page.reload()
    assert visitor.checked() == chosen | {items[3]: None}


def test_what_was_not_sent_is_there_after_the_page_is_opened_again(service, visit):
    """The outbox is on the device, not in the page: a new tab shows and sends it."""
    visitor = visit(service)
    visitor.begin()
    items, address = visitor.items(), visitor.page.url
    visitor.page.route("**/responses/*", lambda route: route.abort())
    chosen = visitor.choose(items[3], 2)
    visitor.expect_status("waiting")
    assert service.answers(visitor.session) == []
    visitor.page.close(run_before_unload=False)
    visitor.page = visitor.tab()
    visitor.page.goto(address)
    assert visitor.checked()[items[3]] == chosen
    visitor.expect_status("saved")
    assert [item for item, *_ in service.answers(visitor.session)] == [items[3]]


def test_a_lost_answer_of_the_server_makes_no_second_answer(service, visit):
    """The server has the choice but its word is lost: the page sends again, one event is kept."""
    visitor = visit(service)
    visitor.begin()
    statuses = []

    def swallow(route) -> None:
        statuses.append(route.fetch().status)
        if len(statuses) == 1:
            route.abort()
        else:
            route.continue_()

    visitor.page.route("**/responses/*", swallow)
    item = visitor.items()[0]
    visitor.choose(item, 1)
    visitor.expect_status("waiting")
    assert len(service.answers(visitor.session)) == 1
    visitor.expect_status("saved")
    assert statuses == [200, 200]
    assert len(service.answers(visitor.session)) == 1


def test_a_form_that_could_not_be_sent_loses_nothing(service, visit):
    """The line fails at 看一遍，再提交: from the first page 继续 leads back to every choice."""
    visitor = visit(service)
    visitor.begin()
    items = visitor.items()
    visitor.context.set_offline(True)
    chosen = {item: visitor.choose(item, 1) for item in items}
    visitor.expect_status("offline")
    visitor.page.locator("button[name=then][value=check]").click()
    visitor.context.set_offline(False)
    visitor.go("/")
    visitor.press("main a[href*='/stages/1']")
    assert visitor.checked() == chosen
    visitor.expect_status("saved")
    visitor.check()
    expect(visitor.page.locator(".summary .state-answered")).to_have_count(4)
    assert sorted(item for item, *_ in service.answers(visitor.session)) == sorted(items)


def test_a_form_whose_way_is_cut_leaves_the_page_and_goes_on_at_the_next_press(service, visit):
    """The line swallows 看一遍，再提交: no error page of the browser, every choice in sight, a word."""
    visitor = visit(service)
    visitor.begin()
    page, address = visitor.page, visitor.page.url
    chosen = visitor.answer_stage()
    page.route("**/stages/1", lambda route: route.abort())
    page.locator("button[name=then][value=check]").click()
    expect(page.locator("#save-unsent")).to_be_visible()
    visitor.shoot("zh-Hans-360-offline", "unsent")
    assert page.url == address
    assert visitor.checked() == chosen
    page.unroute("**/stages/1")
    visitor.check()
    expect(page.locator(".summary .state-answered")).to_have_count(len(chosen))


def test_a_submission_whose_reply_is_lost_counts_once_and_leads_on(service, visit):
    """The server has the stage but its page is lost: pressed again, the teacher is led on."""
    visitor = visit(service, language="en")
    visitor.begin()
    visitor.answer_stage()
    visitor.check()
    page, session = visitor.page, visitor.session

    def swallow(route) -> None:
        assert route.fetch().status == 200
        route.abort()

    page.route("**/stages/1", swallow)
    page.locator("main form button.button-large").click()
    expect(page.locator("#save-unsent")).to_be_visible()
    assert service.submissions(session) == [1]
    page.unroute("**/stages/1")
    visitor.submit()
    visitor.press("main a.button")
    assert page.url.endswith("/stages/2")
    assert service.submissions(session) == [1]


def test_offline_the_check_page_says_that_submitting_has_to_wait(service, visit):
    """提交本段 without a network is no dead button: the page says why nothing happens."""
    visitor = visit(service)
    visitor.begin()
    visitor.answer_stage()
    visitor.check()
    visitor.context.set_offline(True)
    visitor.page.locator("main form button.button-large").click()
    expect(visitor.page.locator("#save-offline")).to_be_visible()
    visitor.context.set_offline(False)
    visitor.submit()
    assert visitor.page.url.endswith("/stages/2")


def test_the_next_page_takes_the_place_of_this_one(service, visit):
    """One request brings it: title, address, focus and the way back are those of a page opened."""
    visitor = visit(service)
    visitor.begin()
    page = visitor.page
    visitor.answer_stage()
    page.evaluate("window.stayed = true")
    for step, path, heading in (
        (visitor.check, "/check", "提交前看一遍：第 1 段"),
        (visitor.submit, "/stages/2", "第 2 段，共 4 段"),
    ):
        visitor.requested.clear()
        step()
        assert [url.rsplit("/", 2)[1] for url in visitor.requested] == ["stages"]
        assert page.url.endswith(path)
        assert heading in page.title()
        expect(page.locator("h1")).to_have_text(heading)
        expect(page.locator("h1")).to_be_focused()
        assert page.evaluate("window.stayed && window.scrollY === 0")
    chosen = visitor.answer_stage()
    page.reload()
    assert visitor.checked() == chosen
    page.go_back()
    expect(page.locator("h1")).to_have_text("提交前看一遍：第 2 段")
    visitor.press("main form a.button-quiet")
    assert visitor.checked() == chosen


@pytest.mark.parametrize("missing", ["DOMParser", "URLSearchParams"])
def test_a_browser_that_cannot_replace_a_page_opens_the_next(service, visit, missing):
    """An engine of a school's old computer sends the form by itself."""
    visitor = visit(service)
    visitor.page.add_init_script(f"delete window.{missing}")
    visitor.begin()
    visitor.answer_stage()
    visitor.page.evaluate("window.stayed = true")
    visitor.check()
    expect(visitor.page.locator(".summary .state-answered")).to_have_count(4)
    visitor.submit()
    assert visitor.page.url.endswith("/stages/2")
    assert visitor.page.evaluate("window.stayed") is None


def test_a_page_of_a_newer_release_is_opened_with_its_own_files(service, visit):
    """A service renewed in the middle of a stage answers with other files: the browser loads them."""
    visitor = visit(service)
    visitor.begin()
    visitor.answer_stage()
    visitor.check()
    page = visitor.page

    def renew(route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('rel="stylesheet" href="',
                                                                  'rel="stylesheet" href="/new'))

    page.route("**/stages/1", renew)
    page.evaluate("window.stayed = true")
    visitor.submit()
    expect(page.locator("h1")).to_have_text("第 2 段，共 4 段")
    assert page.evaluate("window.stayed") is None
    assert service.submissions(visitor.session) == [1]
