"""Times reports at the size of a large city: how long the seeded world takes to be ready, the
night's snapshot of 100,000 stored results, and the page of a county with 500 schools over HTTP.

    python3 Benchmarks/reports.py .build/release/bianque

The results are those of the seeded world's simulated teachers, each many times, in the sessions and
schools of a county that is filled once into a copy of its database. Needs nothing but Python.
"""

import argparse
import http.client
import os
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Tests" / "Browser"))
from program import one_time_code  # noqa: E402

SCHOOLS, TEACHERS, GROUP = 500, 100_000, 14
PASSWORD = "diagnose then prescribe"


class Process:
    """A bianque that serves, with what it says."""

    def __init__(self, folder: Path, *command: str, environment: dict | None = None):
        self.output, self.log = folder / "output.txt", folder / "log.txt"
        with self.output.open("w") as out, self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, stdout=out, stderr=log, env=os.environ | (environment or {})
            )

    def wait_for(self, pattern: str, *, log: bool = False, seconds: int = 600) -> re.Match:
        """The first place where it says something."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := re.search(pattern, (self.log if log else self.output).read_text()):
                return found
            if self.process.poll() is not None:
                sys.exit(f"bianque ended:\n{self.log.read_text()}")
            time.sleep(0.02)
        sys.exit(f"never said {pattern}")

    @property
    def port(self) -> int:
        return int(self.wait_for(r"http://127\.0\.0\.1:(\d+)/").group(1))

    @property
    def peak_megabytes(self) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) // 1024

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(30)


def built_world(binary: str, folder: Path, login: str = "county") -> tuple[Path, str]:
    """Builds the seeded world; returns a copy of its data folder and the key of somebody's account."""
    temporary = folder / "tmp"
    temporary.mkdir()
    began = time.monotonic()
    demo = Process(folder, binary, "demo", "--port", "0", environment={"TMPDIR": str(temporary)})
    demo.wait_for(r"http://127")
    seconds = time.monotonic() - began
    demo.wait_for(r"framework=cn-2\.0 .*snapshot taken", log=True)
    print(f"bianque demo is ready after {seconds:.1f} s, {demo.peak_megabytes} MB at most")
    key = re.search(rf"^  {login}\t([^\t]+)\t", demo.output.read_text(), re.MULTILINE).group(1)
    source = next(temporary.glob("bianque-demo-*"))
    data = folder / "data"
    data.mkdir()
    with sqlite3.connect(source / "bianque.sqlite") as database:
        database.execute("VACUUM INTO ?", (str(data / "bianque.sqlite"),))
    shutil.copy2(source / "code.key", data / "code.key")
    demo.end()
    return data, key


def fill(database: sqlite3.Connection) -> None:
    """Puts one county with 500 schools of very different size into the database."""
    dice = random.Random(3)
    for table in ("report_map", "report_block", "report_snapshot"):
        database.execute(f"DELETE FROM {table}")
    columns = [row[1] for row in database.execute("PRAGMA table_info(test_session)")]
    sessions = database.execute(
        f"SELECT {', '.join('test_session.' + name for name in columns)}, session_result.body,"
        " session_result.finished_at, session_need.body FROM test_session"
        " JOIN session_result ON session_result.session = id"
        " JOIN session_need ON session_need.session = id"
    ).fetchall()
    places = {name: columns.index(name) for name in ("id", "person", "token_hash")}
    (city,) = database.execute("SELECT id FROM unit WHERE kind = 'city'").fetchone()
    database.execute(
        "INSERT INTO unit (id, kind, parent, name) VALUES ('bench', 'county', ?, '基准县')",
        (city,),
    )
    weights = [0.05 + dice.random() for _ in range(SCHOOLS)]
    count = 0
    for school, weight in enumerate(weights):
        size = round(TEACHERS * weight / sum(weights)) if school < SCHOOLS - 1 else TEACHERS - count
        unit = f"bench-{school}"
        database.execute(
            "INSERT INTO unit (id, kind, parent, name, code) VALUES (?, 'school', 'bench', ?, ?)",
            (unit, f"基准第{school + 1}小学", f"x{school}"),
        )
        groups = [f"{unit}-{group}" for group in range(max(1, size // GROUP))]
        database.executemany(
            "INSERT INTO teaching_group (id, unit, name) VALUES (?, ?, ?)",
            [(group, unit, f"第{place}组") for place, group in enumerate(groups)],
        )
        for place in range(size):
            person, *row = f"{unit}-p{place}", *dice.choice(sessions)
            database.execute(
                "INSERT INTO person (id, unit, staff_number, name, teaching_group,"
                " is_near_retirement, has_left) VALUES (?, ?, ?, ?, ?, 0, 0)",
                (person, unit, f"T{place}", f"教师{place}", groups[place % len(groups)]),
            )
            *session, body, finished, need = row
            session[places["id"]] = f"s-{person}"
            session[places["person"]] = person
            session[places["token_hash"]] = dice.randbytes(32)
            marks = ", ".join("?" * len(session))
            database.execute(
                f"INSERT INTO test_session ({', '.join(columns)}) VALUES ({marks})", session
            )
            database.execute(
                "INSERT INTO session_result (session, body, finished_at) VALUES (?, ?, ?)",
                (f"s-{person}", body, finished),
            )
            database.execute(
                "INSERT INTO session_need (session, body) VALUES (?, ?)", (f"s-{person}", need)
            )
        count += size
    database.execute(
        "UPDATE staff_account SET unit = 'bench', totp_used_step = 0 WHERE login = 'county'"
    )
    print(f"{count} teachers with a result each in {SCHOOLS} schools")


def make_yesterday(database: sqlite3.Connection) -> None:
    """Makes the snapshot that is there one of the day before, so that the next night comes."""
    for table in ("snapshot", "block", "map"):
        database.execute(f"DROP TRIGGER report_{table}_is_final")
        database.execute(f"UPDATE report_{table} SET day = day - 1")


def take_snapshot(binary: str, folder: Path, data: Path, night: str) -> Process:
    """Serves the filled database; returns the service once it has taken its snapshot."""
    serve = Process(folder, binary, "serve", "--port", "0", "--data", str(data))
    found = serve.wait_for(r"framework=cn-2\.0 seconds=([\d.]+).*snapshot taken", log=True)
    seconds, memory = float(found.group(1)), serve.peak_megabytes
    print(f"takeSnapshot, {night}: {seconds:.1f} s, {memory} MB at most")
    return serve


class Reader:
    """A browser without a screen: cookies, one form, many pages."""

    def __init__(self, port: int):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: str | None = None, **headers: str):
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **headers}
        self.connection.request(method, path, body, headers)
        reply = self.connection.getresponse()
        content = reply.read()
        for cookie in reply.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return reply.status, content

    def sign_in(self, login: str, key: str) -> None:
        form = {"login": login, "password": PASSWORD, "otp": one_time_code(key, time.time())}
        status, content = self.ask(
            "POST", "/sign-in/staff", urlencode(form),
            **{"Content-Type": "application/x-www-form-urlencoded"},
        )
        if status != 303:
            sys.exit(f"signing in gave {status}: {content.decode()[:400]}")

    def time(self, name: str, path: str, runs: int, **headers: str) -> None:
        times, size = [], 0
        for _ in range(runs):
            began = time.perf_counter()
            status, content = self.ask("GET", path, **headers)
            times.append((time.perf_counter() - began) * 1000)
            size = len(content)
            if status != 200:
                sys.exit(f"{path} gave {status}")
        print(
            f"{name}: median {statistics.median(times):.0f} ms, slowest of {runs}"
            f" {max(times):.0f} ms, {size // 1024} KB"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", nargs="?", default=str(ROOT / ".build/release/bianque"))
    binary = parser.parse_args().binary
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, key = built_world(binary, folder)
        with sqlite3.connect(data / "bianque.sqlite") as database:
            fill(database)
        take_snapshot(binary, folder, data, "the first night").end()
        with sqlite3.connect(data / "bianque.sqlite") as database:
            make_yesterday(database)
        serve = take_snapshot(binary, folder, data, "the next night, nobody new")
        reader = Reader(serve.port)
        reader.sign_in("county", key)
        compressed = {"Accept-Encoding": "gzip"}
        reader.time("county page, compressed", "/regions/bench", 20, **compressed)
        reader.time("county page, plain", "/regions/bench", 10)
        reader.time("a school's page, compressed", "/schools/bench-0", 10, **compressed)
        reader.time("county table as CSV", "/regions/bench/report.csv", 5, **compressed)
        reader.time("county tables as XLSX", "/regions/bench/report.xlsx", 5)
        serve.end()


if __name__ == "__main__":
    main()
