"""Times what an item editor waits for: the lists and pages of the workbench over HTTP, and what if.

    python3 Benchmarks/desk.py .build/release/bianque [.build/release/bank-benchmark] [--sessions 62000]

First in the seeded world with its analysed sessions; then in the same world with its finished sessions
many times over, about a million answers of teachers of their own; then, with the second program, after
5,000 more items were imported. Needs nothing but Python.
"""

import argparse
import os
import random
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from reports import ROOT, Process, Reader, built_world

COMPRESSED = {"Accept-Encoding": "gzip"}


def look(reader: Reader, name: str, item: str) -> None:
    """Times the pages that are opened most."""
    reader.time(f"{name}: what hurts today", "/institution", 10, **COMPRESSED)
    reader.time(f"{name}: list of items", "/institution/items", 20, **COMPRESSED)
    search = "/institution/items?q=" + quote("学情")
    reader.time(f"{name}: … found by two characters", search, 20, **COMPRESSED)
    reader.time(f"{name}: an item's page", f"/institution/items/{item}", 20, **COMPRESSED)


def counted(database: sqlite3.Connection) -> str:
    (sessions,) = database.execute("SELECT count(*) FROM session_result").fetchone()
    (answers,) = database.execute(
        "SELECT count(*) FROM session_event WHERE kind = 'responded'"
    ).fetchone()
    return f"{sessions:,} finished sessions, {answers:,} answers"


class Copies:
    """The finished sessions of a stopped service once more, under other names and of other teachers.

    Every table that tells of a session gets its rows: form, chosen stages, events, result, what
    reports count. The answer sheets are left out: the night writes them.
    """

    ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"

    def __init__(self, database: sqlite3.Connection):
        self.database = database
        self.dice = random.Random(7)

    def name(self) -> str:
        """A random identifier, as the service makes them."""
        return "".join(self.dice.choices(self.ALPHABET, k=16))

    def copy(self, table: str, key: str, **otherwise: str) -> None:
        """Copies the rows of a table, with other values in some columns."""
        names = [row[1] for row in self.database.execute(f"PRAGMA table_info({table})")]
        values = [otherwise.get(name, f"original.{name}") for name in names]
        self.database.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)}"
            f" FROM copy JOIN {table} AS original ON original.{key} = copy.session"
        )

    def fill(self, wanted: int) -> None:
        rows = self.database.execute(
            "SELECT id, person FROM test_session JOIN session_result ON session = id"
            " WHERE continues IS NULL AND person IS NOT NULL"
        ).fetchall()
        self.database.execute("PRAGMA cache_size = -200000")
        self.database.execute(
            "CREATE TEMP TABLE copy (session TEXT, person TEXT, new_session TEXT, new_person TEXT,"
            " token BLOB)"
        )
        have = len(rows)
        while have < wanted:
            self.database.execute("DELETE FROM copy")
            self.database.executemany(
                "INSERT INTO copy VALUES (?, ?, ?, ?, ?)",
                [
                    (*row, self.name(), self.name(), self.dice.randbytes(32))
                    for row in rows[: wanted - have]
                ],
            )
            have += min(len(rows), wanted - have)
            self.database.execute(
                "INSERT INTO person (id, unit, staff_number, name, school_stage, subject,"
                " teaching_group, is_near_retirement, has_left) SELECT new_person, unit, new_person,"
                " name, school_stage, subject, teaching_group, is_near_retirement, has_left"
                " FROM copy JOIN person ON person.id = copy.person"
            )
            self.copy(
                "test_session", "id", id="new_session", person="new_person", token_hash="token"
            )
            for table in ("stage_selection", "session_event", "session_result", "session_need"):
                self.copy(table, "session", session="new_session")
        for table in ("item_statistics", "item_analysis"):
            self.database.execute(f"DELETE FROM {table}")


def serve(binary: str, folder: Path, data: Path, key: str) -> tuple[Process, Reader]:
    service = Process(folder, binary, "serve", "--port", "0", "--data", str(data))
    reader = Reader(service.port)
    with sqlite3.connect(data / "bianque.sqlite") as database:
        database.execute("UPDATE staff_account SET totp_used_step = 0")
    reader.sign_in("institution", key)
    return service, reader


def wait_for_night(service: Process, reader: Reader) -> None:
    """Waits until the night's work on items is done and says what it took."""
    began = time.monotonic()
    seconds = service.wait_for(r"seconds=([\d.]+).*items analysed", log=True, seconds=1800).group(1)
    ticks = Path(f"/proc/{service.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    processor = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
    print(
        f"the night on its items: {float(seconds):.1f} s, {service.peak_megabytes} MB at most; with"
        f" reports and the start {time.monotonic() - began:.1f} s, {processor:.1f} s of processor time"
    )
    # The service has closed a line that was silent for so long.
    reader.connection.close()


def ask_what_if(reader: Reader, service: Process, items: list[str]) -> None:
    """Asks about one item after the other, and about the last one again: that is known by then."""
    for item, which in zip([*items[:3], items[2]], ("first", "second", "third", "third again")):
        path = f"/institution/what-if?item={item}&state.{item}=retired"
        reader.time(f"what if an item were retired, {which}", path, 1)
    _, page = reader.ask("GET", path)
    said = re.search(r' id="outcome-title">(.*?)</h2>\s*<p[^>]*>(.*?)</p>', page.decode())
    print("  it says:", said.group(1), said.group(2))
    print(f"  {service.peak_megabytes} MB at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", nargs="?", default=str(ROOT / ".build/release/bianque"))
    parser.add_argument("benchmark", nargs="?", help="bank-benchmark, for 5,000 items")
    parser.add_argument("--sessions", type=int, default=62_000, help="about 16 answers each")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, key = built_world(asked.binary, folder, login="institution")
        with sqlite3.connect(data / "bianque.sqlite") as database:
            print(counted(database))
        service, reader = serve(asked.binary, folder, data, key)
        _, page = reader.ask("GET", "/institution/items")
        found = re.findall(rb'href="/institution/items/([^"?/]+)"', page)
        items = list(dict.fromkeys(name.decode() for name in found))
        look(reader, "seeded world", items[0])
        ask_what_if(reader, service, items)
        service.end()
        with sqlite3.connect(data / "bianque.sqlite") as database:
            Copies(database).fill(asked.sessions)
            print(counted(database))
        service, reader = serve(asked.binary, folder, data, key)
        wait_for_night(service, reader)
        look(reader, "many answers", items[0])
        ask_what_if(reader, service, items)
        service.end()
        if asked.benchmark is None:
            return
        bank = folder / "bank"
        subprocess.run([asked.benchmark, "write", str(bank)], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(
            [asked.binary, "bank", "import", str(bank), "--data", str(data), "--json"],
            cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
        )
        shutil.rmtree(bank)
        service, reader = serve(asked.binary, folder, data, key)
        wait_for_night(service, reader)
        look(reader, "5,000 items more", items[0])
        ask_what_if(reader, service, items)
        service.end()


if __name__ == "__main__":
    main()
