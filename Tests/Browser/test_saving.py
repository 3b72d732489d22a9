"""An answer that the page calls saved is on the disk, whatever happens to the server (R1)."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from program import Program, send

THREADS = 8
ANSWERS = 200


@pytest.fixture(scope="module")
def service(choices):
    """One step of the visitor is one answer."""
    return choices


def test_saved_is_said_only_after_the_servers_answer(service, visit):
    """While the answer is under way the page says so; 已保存 comes with the 200."""
    visitor = visit(service)
    visitor.begin()
    held = []
    visitor.page.route("**/responses/*", lambda route: held.append(route))
    item = visitor.items()[0]
    with visitor.page.expect_request("**/responses/*"):
        visitor.choose(item, 2)
    visitor.expect_status("saving")
    assert service.answers(visitor.session) == []
    assert visitor.page.locator("#save.is-saved").count() == 0
    with visitor.page.expect_response("**/responses/*") as answer:
        held[0].continue_()
    assert answer.value.status == 200
    visitor.expect_status("saved")
    assert [kept[0] for kept in service.answers(visitor.session)] == [item]


def test_answers_survive_a_killed_server_between_any_two_of_them(own_service, visit):
    """Twelve answers over three stages, a kill -9 before each: all are kept, the result comes."""
    service = own_service
    visitor = visit(service)
    visitor.begin()
    session, chosen = visitor.session, {}
    for stage in range(1, 5):
        for index, item in enumerate(visitor.items()):
            if stage < 4:
                service.kill()
            # Every other answer is given while nobody listens; the page tries again by itself.
            if stage < 4 and index % 2:
                chosen[item] = visitor.choose(item, None if index == 3 else index)
                visitor.expect_status("waiting")
                service.start()
            else:
                if stage < 4:
                    service.start()
                chosen[item] = visitor.choose(item, index)
            visitor.expect_status("saved")
        assert visitor.checked() == {item: chosen[item] for item in visitor.items()}
        visitor.check()
        visitor.submit()
    kept = service.answers(session)
    assert [item for item, *_ in kept] == list(chosen)
    assert [bool(unsure) for _, _, unsure, _ in kept] == [
        value == "unsure" for value in chosen.values()
    ]
    assert service.submissions(session) == [1, 2, 3, 4]
    visitor.press("main a.button-large")
    expect(visitor.page.locator("h1")).to_have_text("你的自测结果")
    headers = {"Authorization": f"Bearer {visitor.token}"}
    path = f"{service.address}/api/v1/sessions/{session}/result"
    result = send("GET", path, headers=headers)
    assert result.status == 200
    assert result.json()["overall"]["evidence"] == len(chosen)


def test_every_acknowledged_answer_outlives_a_kill_under_load(own_service):
    """Of 200 answers over 8 connections none with a 200 is missing after a kill -9 half way."""
    service = own_service
    programs = [Program(service.address) for _ in range(THREADS)]
    acknowledged: list[tuple[str, str, int]] = []
    half_way = threading.Event()

    def answer(program: Program) -> None:
        items = program.stage["items"]
        for turn in range(ANSWERS // THREADS):
            item = items[turn % len(items)]
            choices = item["interactions"][0]["choices"]
            try:
                reply = program.put(item["id"], choices[turn % len(choices)]["id"])
            except OSError:
                return
            assert reply.status == 200, reply.text
            acknowledged.append((program.id, item["id"], program.sequence))
            if len(acknowledged) >= ANSWERS // 2:
                half_way.set()

    with ThreadPoolExecutor(THREADS) as pool:
        running = [pool.submit(answer, program) for program in programs]
        assert half_way.wait(30)
        service.kill()
    for thread in running:
        thread.result()
    assert ANSWERS // 2 <= len(acknowledged) < ANSWERS
    service.start()
    kept = set(service.rows("SELECT session, item, sequence FROM session_event"))
    assert set(acknowledged) <= kept
    # At most the one answer of each connection that was under way is kept without a word.
    assert len(kept) - len(acknowledged) <= THREADS
    assert service.rows("PRAGMA integrity_check") == [("ok",)]
    program = programs[0].finish()
    assert program.call("GET", "/result").status == 200


def test_the_same_answer_sent_again_after_a_restart_is_one_answer(own_service):
    """The page cannot know whether its answer arrived: sending it twice keeps one."""
    service = own_service
    program = Program(service.address)
    item = program.stage["items"][0]
    choice = item["interactions"][0]["choices"][0]["id"]
    assert program.put(item["id"], choice, sequence=7).json() == {"saved": 7}
    service.kill()
    service.start()
    assert program.put(item["id"], choice, sequence=7).json() == {"saved": 7}
    kept = service.answers(program.id)
    assert [(kept_item, sequence) for kept_item, sequence, *_ in kept] == [(item["id"], 7)]
    assert json.loads(kept[0][3])
