"""Twenty power cuts under load: no acknowledged answer is lost, and the file stays whole (R1)."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from program import Program, takes_one

ROUNDS = 20
THREADS = 8
SECONDS = 90


@dataclass
class Load:
    """What was acknowledged in a round, and whether the server still answers."""

    acknowledged: list[tuple[str, str, int]] = field(default_factory=list)
    is_over: bool = False

    def answer(self, program: Program) -> None:
        """Answers the items of the first stage, over and over, until nobody listens."""
        items = program.stage["items"]
        turn = 0
        while not self.is_over:
            item = items[turn % len(items)]
            choices = item["interactions"][0]["choices"] if takes_one(item) else []
            choice = choices[turn % len(choices)]["id"] if choices else None
            turn += 1
            try:
                reply = program.put(item["id"], choice)
            except OSError:
                return
            if reply.status == 429:
                # A session takes a bounded number of answers.
                return
            assert reply.status == 200, reply.text
            self.acknowledged.append((program.id, item["id"], program.sequence))


def test_twenty_kills_under_load_lose_no_acknowledged_answer(own_service):
    """Killed at a random moment twenty times; each time every answer with a 200 is there."""
    service = own_service
    chance = random.Random(20)
    deadline = time.monotonic() + SECONDS
    everything: set[tuple[str, str, int]] = set()
    rounds = 0
    while rounds < ROUNDS and (rounds < 5 or time.monotonic() < deadline):
        programs = [Program(service.address) for _ in range(THREADS)]
        load = Load()
        with ThreadPoolExecutor(THREADS) as pool:
            running = [pool.submit(load.answer, program) for program in programs]
            wanted = chance.randrange(10, 80)
            while len(load.acknowledged) < wanted and not all(t.done() for t in running):
                time.sleep(0.002)
            service.kill()
            load.is_over = True
        for thread in running:
            thread.result()
        assert load.acknowledged
        everything |= set(load.acknowledged)
        service.start()
        kept = set(
            service.rows(
                "SELECT session, item, sequence FROM session_event WHERE kind = 'responded'"
            )
        )
        assert everything <= kept, f"round {rounds + 1}: {len(everything - kept)} answers lost"
        assert service.rows("PRAGMA integrity_check") == [("ok",)]
        assert service.rows("PRAGMA foreign_key_check") == []
        rounds += 1
    assert rounds == ROUNDS, f"only {rounds} rounds in {SECONDS} seconds"
    print(f"{rounds} kills, {len(everything)} acknowledged answers, 0 lost")
