"""Times what is done to a bank of 5,000 items, each piece of work in a process of its own, beside
lxml reading the same files: wall time, processor time and the most memory held.

lxml does what a script does that somebody writes: parse every item, look up its declarations,
choices and mapping, read the statistics. Nothing is checked, made safe or kept.
"""

import os
import shutil
import sys
import time
from pathlib import Path

CP = "{http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1}"
QTI = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"


def read_item(etree, path: Path) -> tuple[str, dict[str, float]]:
    """The identifier of an item, and what each choice is worth."""
    root = etree.parse(path).getroot()
    mapping = {
        entry.get("map-key"): float(entry.get("mapped-value"))
        for entry in root.iter(QTI + "qti-map-entry")
    }
    choices = [choice.get("identifier") for choice in root.iter(QTI + "qti-simple-choice")]
    return root.get("identifier"), {choice: mapping.get(choice, 0) for choice in choices}


def read_with_lxml(folder: Path) -> None:
    from lxml import etree

    manifest = etree.parse(folder / "imsmanifest.xml").getroot()
    items = [
        read_item(etree, folder / found.get("href"))
        for found in manifest.iter(CP + "resource")
        if found.get("type", "").startswith("imsqti_item")
    ]
    statistics = sum(1 for _ in etree.parse(folder / "usage.xml").getroot())
    assert len(items) == 5_000 and statistics > 5_000


def timed(name: str, items: int, arguments: list[str], may_refuse: bool = False) -> None:
    """Runs a command and prints a row of the table."""
    start = time.perf_counter()
    with open(os.devnull, "w") as nowhere:
        process = os.posix_spawn(
            arguments[0],
            arguments,
            os.environ,
            file_actions=[(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1)],
        )
        _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    if code != 0 and not may_refuse:
        sys.exit(f"{name} ended with {code}: {' '.join(arguments)}")
    processor = usage.ru_utime + usage.ru_stime
    print(
        f"| {name} | {seconds:.1f} s | {processor:.1f} s | {items / seconds:,.0f} | "
        f"{usage.ru_maxrss // 1024} MB |",
        flush=True,
    )


def main() -> None:
    if sys.argv[1] == "lxml":
        return read_with_lxml(Path(sys.argv[2]))
    command, benchmark, work = sys.argv[1:4]
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    bank, data, archive = (os.path.join(work, name) for name in ("bank", "data", "bank.zip"))
    os.spawnv(os.P_WAIT, benchmark, [benchmark, "write", bank])
    print("| work on 5,000 items | wall | processor | items/s | most memory |")
    print("|---|---|---|---|---|", flush=True)
    timed("`bank check`", 5_000, [command, "bank", "check", bank])
    taking = [command, "bank", "import", bank, "--data", data, "--json"]
    timed("`bank import` into an empty database", 5_000, taking)
    timed("… the same again: nothing changes", 5_000, taking)
    timed("`bank export --usage`", 5_000, [command, "bank", "export", "--data", data, "--usage",
                                             "--to", archive])
    timed("`bank import` of that zip: nothing changes", 5_000,
          [command, "bank", "import", archive, "--data", data, "--json"])
    timed("lxml in Python: parse and look up, no checks", 5_000,
          [sys.executable, os.path.abspath(__file__), "lxml", bank])
    print(flush=True)
    os.spawnv(os.P_WAIT, benchmark, [benchmark, "score"])


if __name__ == "__main__":
    main()
