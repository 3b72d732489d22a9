"""The seeded world of `bianque demo`: a city with three counties, 24 schools and its accounts."""

import os
import time
from pathlib import Path

from program import one_time_code
from service import Service
from visitor import Visitor

PASSWORD = "diagnose then prescribe"


PERSON = (
    "id, unit, staff_number, name, school_stage, subject, teaching_group, is_near_retirement,"
    " source_id, has_left, left_at, unnamed_at"
)


class World(Service):
    """One `bianque demo`. Everybody in it is simulated, and every page says so."""

    start_seconds = 240

    def __init__(self, binary: Path, folder: Path):
        super().__init__(binary, folder)
        self.keys: dict[str, str] = {}
        self.names: list[str] = []
        self._cookies: dict[str, str] = {}

    def command(self) -> list[str]:
        return [str(self.binary), "demo", "--port", "0"]

    def environment(self) -> dict[str, str]:
        # The world stands in a temporary folder of its own making; here it can be found.
        (self.folder / "tmp").mkdir(exist_ok=True)
        return os.environ | {"TMPDIR": str(self.folder / "tmp")}

    @property
    def database(self) -> Path:
        return next((self.folder / "tmp").glob("bianque-demo-*/bianque.sqlite"))

    def start(self) -> "World":
        super().start()
        for line in self.output().splitlines():
            if line.startswith("  "):
                login, key, _ = line.strip().split("\t")
                self.keys[login] = key
        deadline = time.monotonic() + 60
        while not self.rows("SELECT 1 FROM report_map WHERE framework = 'cn-2.0' LIMIT 1"):
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.1)
        self.names = self._proper_names()
        return self

    def _proper_names(self) -> list[str]:
        statement = """
            SELECT name FROM unit UNION SELECT name FROM teaching_group
            UNION SELECT name FROM person UNION SELECT name FROM staff_account
            UNION SELECT subject FROM person UNION SELECT school_stage FROM person"""
        names = {name for (name,) in self.rows(statement) if name}
        return sorted(names, key=len, reverse=True)

    # Who is in it

    def unit(self, login: str) -> tuple[str, str, str]:
        """The unit of a staff account: identifier, name and, of a school, its code."""
        statement = """
            SELECT unit.id, unit.name, unit.code FROM unit JOIN staff_account
            ON staff_account.unit = unit.id WHERE login = ?"""
        return self.rows(statement, login)[0]

    def missing(self, unit: str) -> list[str]:
        """The names of a school's teachers who are to take part and have not finished."""
        statement = """
            SELECT name FROM person WHERE unit = ? AND has_left = 0 AND is_near_retirement = 0
            AND NOT EXISTS (SELECT 1 FROM test_session
              WHERE test_session.person = person.id AND finished_at IS NOT NULL)"""
        return [name for (name,) in self.rows(statement, unit)]

    def roster(self) -> list[list[tuple]]:
        """Everything that a roster can change, but for when somebody was listed last."""
        columns = {"unit": "*", "teaching_group": "*", "person": PERSON}
        return [self.rows(f"SELECT {what} FROM {table} ORDER BY 1") for table, what in columns.items()]

    # Coming in

    def enter(self, visitor: Visitor, login: str) -> None:
        """Signs a member of staff in: at first by password and one-time code, then by the cookie.

        A one-time code works once, and nobody wants to wait for the next.
        """
        if login not in self._cookies:
            visitor.go("/sign-in/staff")
            page = visitor.page
            page.locator("#login").fill(login)
            page.locator("#password").fill(PASSWORD)
            page.locator("#otp").fill(one_time_code(self.keys[login], time.time()))
            visitor.press("main form button.button-large")
            assert page.url.endswith("/desk"), page.locator("main").inner_text()
            cookies = {one["name"]: one["value"] for one in visitor.context.cookies()}
            self._cookies[login] = cookies["bianque-account"]
        self.hold(visitor, self._cookies[login])

    def hold(self, visitor: Visitor, token: str) -> None:
        """Gives a browser a token of somebody who is signed in, or a forged one."""
        visitor.context.add_cookies(
            [{"name": "bianque-account", "value": token, "url": self.address}]
        )
