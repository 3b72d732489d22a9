"""Bytes, requests and time of our pages beside a peer's question pages, on a rural line.

400 kbps and 400 ms by Chromium's own emulation, cache off, a phone's screen, one after the other on the
same machine; the median of several runs. The peer asks the very questions that ours asked, two pages of
four radio groups, as its own templates make them.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

from program import Program, takes_one
from service import Service
from test_budgets import LINE, Meter, walked
from visitor import Visitor

PEER = Path(__file__).resolve().parent / "peer"


def questions(address: str, count: int) -> list[dict]:
    """The first questions of single choice that our service asks, with their story."""
    found: list[dict] = []
    while len(found) < count:
        for stage in Program(address, "B").finish().stages:
            for item in filter(takes_one, stage["items"]):
                one = item["interactions"][0]
                found.append(
                    {
                        "prompt": f"{item.get('story') or ''}{one.get('prompt') or item['title']}",
                        "choices": [choice["label"] for choice in one["choices"]],
                    }
                )
    return found[:count]


class Peer:
    """oTree with its own server and a database in memory."""

    address_name = "oTree"

    def __init__(self, otree: Path, folder: Path, asked: list[dict]):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(PEER, folder)
        for name in ("_static", "_templates"):
            (folder / name).mkdir()
        (folder / "questions.json").write_text(json.dumps(asked, ensure_ascii=False))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        environment = os.environ | {
            "PEER_QUESTIONS": str(folder / "questions.json"),
            "OTREE_PRODUCTION": "1",
            # It starts its other half by name.
            "PATH": f"{otree.parent}:{os.environ['PATH']}",
        }
        self.process = subprocess.Popen(
            [str(otree), "prodserver1of2", str(self.port)], cwd=folder, env=environment,
            stdout=subprocess.DEVNULL, stderr=(folder / "log.txt").open("w"),
            # Both halves end together.
            start_new_session=True,
        )
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{self.address}/demo", timeout=2).close()
                return
            except OSError:
                assert self.process.poll() is None, (folder / "log.txt").read_text()
                assert time.monotonic() < deadline, (folder / "log.txt").read_text()
                time.sleep(0.2)

    def begin(self) -> str:
        """Makes a session for one person; returns where that person starts."""
        body = json.dumps({"session_config_name": "questions", "num_participants": 1}).encode()
        request = urllib.request.Request(
            f"{self.address}/api/sessions", data=body,
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())["session_wide_url"]

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(10)


def ours(browser, service: Service, **conditions) -> list[dict]:
    """The pages of one teacher, each loaded with nothing in the cache."""
    visitor = Visitor(browser, service)
    rows = walked(service, lambda _: visitor, **conditions)
    visitor.context.close()
    # The peer has no page that a stage is checked on.
    return [row for row in rows if row["page"] != "check"]


def peers(browser, peer: Peer, **conditions) -> list[dict]:
    """The peer's two question pages."""
    visitor = Visitor(browser, peer)
    meter = Meter(visitor, **conditions)
    start = peer.begin()
    page = visitor.page
    rows = [meter.measure("first page of questions", lambda: page.goto(start))]
    for name in ("q1", "q2", "q3", "q4"):
        page.locator(f"input[name={name}]").first.check()
    rows.append(
        meter.measure("next page of questions", lambda: visitor.press("button.otree-btn-next"),
                      cached=True)
    )
    visitor.context.close()
    return rows


def median(runs: list[list[dict]]) -> list[dict]:
    """Of several runs the median of each figure."""
    keys = ("bytes", "requests", "largest", "load", "task")
    return [
        {"page": rows[0]["page"]}
        | {key: statistics.median(row[key] for row in rows) for key in keys}
        for rows in zip(*runs)
    ]


def measured(walk, browser, pages, count: int) -> list[dict]:
    """Bytes and times over the slow line, the longest task on a processor four times slower."""
    rows = median([walk(browser, pages, line=LINE) for _ in range(count)])
    slow = median([walk(browser, pages, slower=4) for _ in range(count)])
    return [row | {"task": other["task"]} for row, other in zip(rows, slow, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--otree", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    shutil.rmtree(arguments.folder / "service", ignore_errors=True)
    service = Service(arguments.binary, arguments.folder / "service").start()
    peer = None
    try:
        peer = Peer(arguments.otree, arguments.folder / "peer", questions(service.address, 8))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
            )
            table = [
                ("Bianque", measured(ours, browser, service, arguments.runs)),
                ("oTree", measured(peers, browser, peer, arguments.runs)),
            ]
            browser.close()
    finally:
        if peer:
            peer.stop()
        service.stop()
    print("| | page | bytes | requests | largest paint | loaded | longest task |")
    print("|---|---|---|---|---|---|---|")
    for name, rows in table:
        for row in rows:
            print(
                f"| {name} | {row['page']} | {row['bytes']:,.0f} | {row['requests']:.0f} "
                f"| {row['largest'] / 1000:.2f} s | {row['load'] / 1000:.2f} s "
                f"| {row['task']:.0f} ms |"
            )


if __name__ == "__main__":
    main()
