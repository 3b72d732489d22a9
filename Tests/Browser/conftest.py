"""What the tests share: one server, one Chromium, a browser context for each test."""

import json
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from xdist.scheduler import LoadScopeScheduling

from bank_keys import asks_for_one_choice
from service import ROOT, Service
from visitor import Visitor
from world import World


def pytest_addoption(parser):
    parser.addoption("--binary", required=True, type=Path, help="the built bianque")


# The tests that are tried in the seeded world, by their names: `world` is among their fixtures.
IN_THE_WORLD = {
    name
    for file in Path(__file__).parent.glob("test_*.py")
    for name, fixtures in re.findall(r"^def (test_\w+)\(([^)]*)\)", file.read_text(), re.MULTILINE)
    if "world" in re.findall(r"\w+", fixtures)
}


class WorldTogether(LoadScopeScheduling):
    """One process makes the seeded world and runs all that is tried in it; the others take the rest."""

    def _split_scope(self, nodeid: str) -> str:
        name = nodeid.split("::")[-1].split("[")[0]
        return "world" if name in IN_THE_WORLD else nodeid


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_make_scheduler(config, log):
    """Shares the tests out among the processes."""
    return WorldTogether(config, log)


@pytest.fixture
def measured_pages(record_property):
    """Where pages measured on a slow line are noted for the table after the run."""
    rows: list[dict] = []
    yield rows
    record_property("pages", rows)


def pytest_terminal_summary(terminalreporter):
    """Shows what was measured. Times are for a person to read: no test asserts them."""
    # A report is what comes back of a test from whichever process ran it.
    reports = [one for some in terminalreporter.stats.values() for one in some]
    rows = [
        row
        for report in reports
        if getattr(report, "when", None) == "teardown"
        for name, noted in report.user_properties
        if name == "pages"
        for row in noted
    ]
    if rows:
        terminalreporter.section("400 kbps, 400 ms; longest task with a processor four times slower")
        terminalreporter.write_line("page           bytes  requests   LCP ms  load ms  task ms")
    for row in rows:
        terminalreporter.write_line(
            f"{row['page']:12}{row['bytes']:8}{row['requests']:10}"
            f"{row['largest']:9.0f}{row['load']:9.0f}{row['task']:9.0f}"
        )


@pytest.fixture(scope="session")
def binary(pytestconfig) -> Path:
    """The server that is tested."""
    return pytestconfig.getoption("--binary")


@pytest.fixture(scope="session")
def service(binary, tmp_path_factory):
    """A server for all tests that do not kill theirs. It may log no error by the end."""
    service = Service(binary, tmp_path_factory.mktemp("service")).start()
    yield service
    service.stop()
    assert not service.faults(), service.faults()


@pytest.fixture(scope="session")
def choices_bank(tmp_path_factory) -> Path:
    """The shipped bank with nothing in its test but items that take one choice.

    For what is about saving and sending: there one step of the visitor is one answer.
    """
    bank = shutil.copytree(ROOT / "ItemBank", tmp_path_factory.mktemp("choices") / "bank")
    test = bank / "tests" / "diagnostic-2.0.xml"
    kept = []
    for line in test.read_text().splitlines(keepends=True):
        named = re.search(r'<qti-assessment-item-ref .*href="([^"]+)"', line)
        if named is None or asks_for_one_choice((test.parent / named.group(1)).read_text()):
            kept.append(line)
    test.write_text("".join(kept))
    # Too few items are left to choose among: forms are drawn.
    blueprint = bank / "tests" / "diagnostic-2.0.blueprint.json"
    rules = json.loads(blueprint.read_text())
    rules.pop("selection")
    blueprint.write_text(json.dumps(rules))
    return bank


@pytest.fixture(scope="session")
def choices(binary, tmp_path_factory, choices_bank):
    """A server on the bank of single choices."""
    service = Service(binary, tmp_path_factory.mktemp("choices-service"), choices_bank).start()
    yield service
    service.stop()
    assert not service.faults(), service.faults()


@pytest.fixture(scope="session")
def world(binary, tmp_path_factory):
    """The seeded world: a city with its schools, teachers, results and accounts."""
    world = World(binary, tmp_path_factory.mktemp("world")).start()
    yield world
    world.stop()
    assert not world.faults(), world.faults()


@pytest.fixture
def own_service(binary, tmp_path, choices_bank):
    """A server of the test's own, to kill, on the bank of single choices."""
    service = Service(binary, tmp_path / "service", choices_bank).start()
    yield service
    service.stop()
    assert not service.faults(), service.faults()


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, headless."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser):
    """Opens visitors: `visit(service, language="en", width=1280)`, closed after the test."""
    visitors: list[Visitor] = []

    def open_visitor(service: Service, **settings) -> Visitor:
        visitor = Visitor(browser, service, **settings)
        visitors.append(visitor)
        return visitor

    yield open_visitor
    for visitor in visitors:
        visitor.context.close()
