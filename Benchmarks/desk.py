"""Times what an item editor waits for: the lists and pages of the workbench over HTTP, and what if.

    python3 Benchmarks/desk.py .build/release/bianque [.build/release/bank-benchmark]

First in the seeded world with its analysed sessions; then, with the second program, in the same world
after 5,000 more items were imported. Needs nothing but Python.
"""

import argparse
import re
import shutil
import sqlite3
import subprocess
import tempfile
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


def serve(binary: str, folder: Path, data: Path, key: str) -> tuple[Process, Reader]:
    service = Process(folder, binary, "serve", "--port", "0", "--data", str(data))
    reader = Reader(service.port)
    with sqlite3.connect(data / "bianque.sqlite") as database:
        database.execute("UPDATE staff_account SET totp_used_step = 0")
    reader.sign_in("institution", key)
    return service, reader


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", nargs="?", default=str(ROOT / ".build/release/bianque"))
    parser.add_argument("benchmark", nargs="?", help="bank-benchmark, for 5,000 items")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, key = built_world(asked.binary, folder, login="institution")
        with sqlite3.connect(data / "bianque.sqlite") as database:
            (sessions,) = database.execute("SELECT count(*) FROM session_result").fetchone()
            (answers,) = database.execute(
                "SELECT count(*) FROM session_event WHERE kind = 'responded'"
            ).fetchone()
        print(f"{sessions} finished sessions, {answers} answers")
        service, reader = serve(asked.binary, folder, data, key)
        _, page = reader.ask("GET", "/institution/items")
        item = re.search(rb'href="/institution/items/([^"?/]+)"', page).group(1).decode()
        look(reader, "seeded world", item)
        reader.time("what if an item were retired", f"/institution/what-if?item={item}&state.{item}=retired", 3)
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
        look(reader, "5,000 items more", item)
        service.end()


if __name__ == "__main__":
    main()
