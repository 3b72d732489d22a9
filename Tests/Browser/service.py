"""The server under test: started, killed and restarted as a process of its own."""

import re
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 30


class Service:
    """One `bianque serve` with its own data folder and the shipped courses and pages.

    The bank is the shipped one as well, unless another folder is given.
    """

    def __init__(self, binary: Path, folder: Path, bank: Path | None = None):
        self.binary = binary
        self.folder = folder
        self.bank = bank
        self.port = 0
        self.process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        """The origin of its pages, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    start_seconds = START_SECONDS

    def command(self) -> list[str]:
        """What is run."""
        folder = str(self.folder / "data")
        arguments = [str(self.binary), "serve", "--port", str(self.port), "--data", folder]
        return arguments + (["--bank", str(self.bank)] if self.bank else [])

    def environment(self) -> dict[str, str] | None:
        """The environment it is run in; none means that of the tests."""
        return None

    @property
    def database(self) -> Path:
        """Where its data is."""
        return self.folder / "data" / "bianque.sqlite"

    def output(self) -> str:
        """What it wrote to standard output since the last start."""
        return (self.folder / "output.txt").read_text()

    def start(self) -> "Service":
        """Starts on a free port, or after a stop on the same port as before."""
        self.folder.mkdir(parents=True, exist_ok=True)
        output = self.folder / "output.txt"
        # The log goes on over restarts; the output is the address of this start alone.
        with output.open("w") as out, (self.folder / "log.txt").open("a") as log:
            self.process = subprocess.Popen(
                self.command(), cwd=ROOT, stdout=out, stderr=log, env=self.environment()
            )
        deadline = time.monotonic() + self.start_seconds
        while time.monotonic() < deadline:
            found = re.search(r"http://127\.0\.0\.1:(\d+)", output.read_text())
            if found and self._is_listening():
                self.port = int(found.group(1))
                return self
            assert self.process.poll() is None, f"the server ended: {self.log()}"
            time.sleep(0.01)
        raise AssertionError(f"the server did not start: {self.log()}")

    def _is_listening(self) -> bool:
        return self.log().count("listening on") > self._starts

    _starts = 0

    def kill(self) -> None:
        """Ends it as a power cut would: no signal handler, nothing flushed."""
        assert self.process is not None
        self._starts = self.log().count("listening on")
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Ends it in order; does nothing when it was killed."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def log(self) -> str:
        """What it wrote to standard error since the first start."""
        path = self.folder / "log.txt"
        return path.read_text() if path.exists() else ""

    def faults(self) -> list[str]:
        """Lines of the log that say that something went wrong."""
        return [line for line in self.log().splitlines() if re.search(r" (error|critical) ", line)]

    def rows(self, statement: str, *values: object) -> list[tuple]:
        """Reads from its database, beside it and without changing anything."""
        path = self.database.as_uri()
        with closing(sqlite3.connect(f"{path}?mode=ro", uri=True, timeout=10)) as database:
            return database.execute(statement, values).fetchall()

    def answers(self, session: str) -> list[tuple]:
        """The kept answers of a session in order: (item, sequence, is unsure, response)."""
        return self.rows(
            "SELECT item, sequence, is_unsure, response FROM session_event"
            " WHERE session = ? AND kind = 'responded' ORDER BY position",
            session,
        )

    def submissions(self, session: str) -> list[int]:
        """The stages of a session that were submitted, in order."""
        rows = self.rows(
            "SELECT stage FROM session_event"
            " WHERE session = ? AND kind = 'stage_submitted' ORDER BY position",
            session,
        )
        return [stage for (stage,) in rows]
