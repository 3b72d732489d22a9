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
    """The line fails at 检查本段: from the first page 继续 leads back to every choice."""
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
