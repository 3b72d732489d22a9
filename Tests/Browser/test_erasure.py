"""Erasing: nothing of the session can be reached any more, and nothing stays on the device."""

import pytest

from program import Program


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_erasing_leaves_nothing_to_find(service, visit, javascript):
    """After 删除我的全部自测 result and plan are gone, the link is cut and the device remembers nothing."""
    visitor = visit(service, javascript=javascript)
    session = visitor.adopt(Program(service.address).finish())
    visitor.go(f"{session}/result")
    visitor.press("#plan button")
    plan = visitor.page.url
    visitor.go(f"{session}/result")
    identifier = visitor.session
    remember = "(id) => localStorage.setItem('bianque.outbox.' + id, '[]')"
    visitor.page.evaluate(remember, identifier)
    visitor.press("form[action$='/erasure'] button")
    assert "已经删除" in visitor.page.locator("h1").inner_text()
    left = visitor.page.evaluate("Object.keys(localStorage)")
    assert [name for name in left if identifier in name] == []
    for path in (f"{session}/result", plan, f"{plan}/print", f"{session}/stages/1"):
        answer = visitor.go(path)
        assert answer is not None and answer.status == 404, path
    visitor.go("/")
    assert visitor.page.locator(f"a[href*='{identifier}']").count() == 0
    # The number that the person was told is nowhere any more; the answers stay without one.
    assert service.rows("SELECT id FROM test_session WHERE id = ?", identifier) == []
    for table in ("study_plan", "session_need", "session_result", "session_event"):
        assert service.rows(f"SELECT 1 FROM {table} WHERE session = ?", identifier) == []
    rows = service.rows(
        "SELECT token_hash, school_stage, subject FROM test_session WHERE erased_at IS NOT NULL"
    )
    assert rows and set(rows) == {(None, None, None)}


def test_the_device_forgets_a_session_that_is_finished(service, visit):
    """From the last page on, outbox and sequence of the session are gone from the device."""
    visitor = visit(service)
    visitor.begin()
    session = visitor.session
    visitor.answer_stage()
    names = "Object.keys(localStorage)"
    assert f"bianque.sequence.{session}" in visitor.page.evaluate(names)
    for _ in range(4):
        visitor.check()
        visitor.submit()
    assert visitor.page.url.endswith("/done")
    assert visitor.page.evaluate(names) == []
