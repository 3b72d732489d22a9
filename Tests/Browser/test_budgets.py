"""Bytes and steadiness on a rural line: 400 kbps, 400 ms, nothing in the cache (decision 3).

And on a slow phone: the longest task of a page with a processor four times slower. Times depend on the machine: they are shown in a table after the run and never asserted.
"""

import re

from program import Program, send

KILOBYTE = 1024
LINE = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400 * 1000 / 8,
    "uploadThroughput": 400 * 1000 / 8,
}
NO_LIMIT = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
MEASURES = """
  window.shifts = []; window.largest = 0; window.tasks = [0];
  const named = (node) => node ? node.id || node.className || named(node.parentNode) : 'nothing';
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    if (!entry.hadRecentInput) window.shifts.push(`${entry.value.toFixed(4)} by ` +
      entry.sources.map(({ node }) => named(node)).join(', '));
  })).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    window.largest = entry.startTime;
  })).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    window.tasks.push(entry.duration);
  })).observe({ type: 'longtask', buffered: true });
  // A page that the script puts in the place of another is there with the second frame after.
  window.addEventListener('click', () => {
    window.pressed = performance.now(); window.tasks = [0]; window.shifts = [];
  }, true);
  addEventListener('DOMContentLoaded', () => new MutationObserver(() =>
    requestAnimationFrame(() => requestAnimationFrame(() => {
      window.replaced = performance.now() - window.pressed;
    }))).observe(document.documentElement, { childList: true }));
"""
# When a page that a browser loaded was there, or one that took the place of another.
SHOWN = "window.replaced || performance.getEntriesByType('navigation')[0].loadEventEnd"
PAINTED = "window.replaced || window.largest"


class Meter:
    """Counts what a page's load takes over a line, with a processor so many times slower."""

    def __init__(self, visitor, line=None, slower=1):
        self.visitor = visitor
        self.sizes: dict[str, int] = {}
        self.urls: dict[str, str] = {}
        visitor.page.add_init_script(MEASURES)
        self.cdp = visitor.context.new_cdp_session(visitor.page)
        self.cdp.on("Network.requestWillBeSent", self._sent)
        self.cdp.on("Network.loadingFinished", self._finished)
        self.cdp.send("Network.enable")
        self.cdp.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.cdp.send("Network.emulateNetworkConditions", line or NO_LIMIT)
        self.cdp.send("Emulation.setCPUThrottlingRate", {"rate": slower})

    def _sent(self, event) -> None:
        self.urls[event["requestId"]] = event["request"]["url"]

    def _finished(self, event) -> None:
        self.sizes[event["requestId"]] = event["encodedDataLength"]

    def measure(self, name: str, step, cached: bool = False) -> dict:
        """Takes a step to another page; `cached` leaves out the files a browser keeps."""
        self.sizes.clear()
        self.urls.clear()
        step()
        self.visitor.page.wait_for_load_state("networkidle")
        # Long tasks are told of later than they end.
        self.visitor.page.wait_for_timeout(300)
        counted = {
            self.urls[request]: size
            for request, size in self.sizes.items()
            # What the page before had begun is not this one's.
            if request in self.urls and not (cached and "/static/" in self.urls[request])
        }
        page = self.visitor.page
        return {
            "page": name,
            "bytes": sum(counted.values()),
            "requests": len(counted),
            "shifts": page.evaluate("window.shifts"),
            "largest": page.evaluate(PAINTED),
            "load": page.evaluate(SHOWN),
            # A browser tells of tasks from 50 ms on; 0 means that none was that long.
            "task": page.evaluate("Math.max(...window.tasks)"),
        }


def walked(service, visit, **conditions) -> list[dict]:
    """The measures of the pages between the first question and the plan."""
    visitor = visit(service)
    program = Program(service.address, "B")
    session = visitor.adopt(program)
    meter = Meter(visitor, **conditions)
    rows = [meter.measure("first stage", lambda: visitor.go(f"{session}/stages/1"))]
    visitor.answer_stage()
    rows.append(meter.measure("check", visitor.check, cached=True))
    rows.append(meter.measure("next stage", visitor.submit, cached=True))
    program.stage = program.call("POST", "/stages/2", {}).json()["stage"]
    program.finish()
    rows.append(meter.measure("result", lambda: visitor.go(f"{session}/result"), cached=True))
    rows.append(meter.measure("plan", lambda: visitor.press("#plan button"), cached=True))
    return rows


def test_pages_keep_to_their_budgets_on_a_slow_line(service, visit, measured_pages):
    """The first stage ≤ 50 KB in ≤ 4 requests, the next ≤ 20, result ≤ 15, plan ≤ 20; CLS 0."""
    table = measured_pages
    table += walked(service, visit, line=LINE)
    for row, slow in zip(table, walked(service, visit, slower=4), strict=True):
        row["task"] = slow["task"]
    first = table[0]
    assert first["bytes"] <= 50 * KILOBYTE and first["requests"] <= 4
    limits = {"next stage": 20, "result": 15, "plan": 20}
    over = [row for row in table if row["bytes"] > limits.get(row["page"], 50) * KILOBYTE]
    assert not over
    assert {row["page"]: row["shifts"] for row in table if row["shifts"]} == {}


def test_the_styles_and_the_script_are_small_and_kept(service):
    """CSS ≤ 8 KB and script ≤ 6 KB as sent with gzip; a browser asks for them once in a year."""
    page = send("GET", f"{service.address}/start").text
    for pattern, limit in ((r"/static/[^\"]+\.css", 8), (r"/static/[^\"]+\.js", 6)):
        addresses = set(re.findall(pattern, page))
        assert len(addresses) == 1
        url = service.address + addresses.pop()
        file = send("GET", url, headers={"Accept-Encoding": "gzip"})
        assert file.headers["content-encoding"] == "gzip"
        assert "immutable" in file.headers["cache-control"]
        assert len(file.body) <= limit * KILOBYTE


def test_pages_are_sent_compressed(service):
    """Rural lines reach the service without a proxy in front: it compresses by itself."""
    for path in ("/", "/start", "/help", "/api/v1/tests", "/no/such/page"):
        reply = send("GET", service.address + path, headers={"Accept-Encoding": "gzip"})
        assert reply.headers.get("content-encoding") == "gzip", path
        assert len(reply.body) <= 8 * KILOBYTE
