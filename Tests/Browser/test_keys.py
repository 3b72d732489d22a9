"""No answer before the end carries a key, and nothing on the page is a hint to one (K1)."""

import re

import pytest

from bank_keys import item_keys, leaks, plain, secret_texts
from chance import probability
from program import Program

SESSIONS = 40


class Recorder:
    """Keeps every body that a page was sent, by address."""

    def __init__(self, page):
        self.bodies: list[tuple[str, str]] = []
        self.page = page
        page.on("requestfinished", self._keep)

    def stop(self) -> None:
        """Keeps nothing more: what comes after the last stage may tell everything."""
        self.page.remove_listener("requestfinished", self._keep)

    def _keep(self, request) -> None:
        response = request.response()
        if response.status not in range(300, 400):
            self.bodies.append((request.url, response.body().decode()))


def test_the_bank_has_secrets_to_look_for():
    """The search below would find nothing in an empty list: the bank's files must yield one."""
    keys = item_keys()
    assert len(keys) >= 48
    assert all(len(set(key.scores.values())) > 1 for key in keys.values() if key.takes_one)
    assert len(secret_texts()) > 6 * len(keys)
    key = keys["a1-01"]
    assert leaks(f"<p>{key.feedback[0]}</p>") and leaks(f"“{key.tags[0]}”")
    assert leaks(key.rubric[0]) and not leaks(key.shown[0])
    assert leaks(f"<!-- {key.feedback[1]} -->") and leaks(f'<p title="{key.feedback[2]}"></p>')


def test_no_byte_before_the_end_tells_a_key(service, visit):
    """Pages, script, styles and JSON of a whole session hold no feedback, rubric, tag or score."""
    visitor = visit(service)
    recorder = Recorder(visitor.page)
    visitor.begin(environment=2)
    for stage in range(1, 5):
        visitor.answer_stage()
        visitor.check()
        if stage < 4:
            visitor.submit()
    recorder.stop()
    bodies = recorder.bodies
    kinds = {re.sub(r".*\.|.*/", "", url) for url, _ in bodies}
    assert {"css", "js"} <= kinds and len(bodies) > 20
    found = [(url, leak) for url, body in bodies for leak in leaks(body)]
    assert not found


def test_a_choice_is_sent_under_a_name_that_is_not_the_authors(service, visit):
    """The values of the page's choices are 12 hexadecimal digits or 我不确定, never a letter."""
    visitor = visit(service)
    visitor.begin()
    radios = visitor.page.locator("fieldset[data-item] input[type=radio]").all()
    assert len(radios) >= 4 * 5
    for radio in radios:
        assert re.fullmatch(r"[0-9a-f]{12}|unsure", str(radio.get_attribute("value")))
        assert re.fullmatch(r"q\d+-(\d+|unsure)", str(radio.get_attribute("id")))


@pytest.fixture(scope="module")
def sessions(service) -> list[Program]:
    """Forty sessions answered through the API, the environments in turn."""
    return [Program(service.address, "ABC"[number % 3]).finish() for number in range(SESSIONS)]


def presented(sessions: list[Program]):
    """Every item as it was presented: its identifier and its choices in order."""
    for session in sessions:
        for body in session.stages:
            for item in body["items"]:
                yield item["id"], item["interactions"][0]["choices"]


def test_no_answer_of_the_api_before_the_end_tells_a_key(sessions):
    """Of the forty sessions no body before the last stage holds a secret of the bank."""
    bodies = {body for session in sessions for body in session.bodies}
    assert len(bodies) >= 4 * SESSIONS
    assert not [leak for body in bodies for leak in leaks(body)]


def test_the_best_choice_stands_in_every_place_alike(service, sessions):
    """χ² over the places of the best choice, p > .001; a second draw settles an unlucky first."""
    first = probability(places(sessions))
    if first <= 0.001:
        again = [Program(service.address, "ABC"[number % 3]).finish() for number in range(SESSIONS)]
        assert probability(places(again)) > 0.001, first


def places(sessions: list[Program]) -> dict[int, list[int]]:
    """How often the best choice stood in each place, by the number of choices."""
    counts: dict[int, list[int]] = {}
    for item, choices in presented(sessions):
        labels = [plain(choice["label"]) for choice in choices]
        place = labels.index(item_keys()[item].best)
        counts.setdefault(len(labels), [0] * len(labels))[place] += 1
    return counts


def test_the_name_of_a_choice_is_the_same_for_everybody_and_orders_nothing(sessions):
    """Names of choices do not change between sessions, and sorted they do not sort the scores."""
    names: dict[tuple[str, str], str] = {}
    for item, choices in presented(sessions):
        for choice in choices:
            known = names.setdefault((item, plain(choice["label"])), choice["id"])
            assert known == choice["id"]
    assert len(set(names.values())) == len(names)
    ranks: dict[int, list[int]] = {}
    for item, key in item_keys().items():
        labels = sorted(
            (label for label in key.scores if (item, label) in names),
            key=lambda label: names[item, label],
        )
        if labels:
            counts = ranks.setdefault(len(labels), [0] * len(labels))
            counts[labels.index(key.best)] += 1
    assert probability(ranks) > 0.001, ranks
