"""A teacher at a browser: the steps from the first page to the plan, as clicks."""

import re

from playwright.sync_api import Browser, Locator, Page, expect

from program import Program
from service import ROOT, Service

SCREENSHOTS = ROOT / ".build" / "screenshots"
HEIGHTS = {320: 640, 360: 780, 768: 1024, 1280: 900}
# What stands in the fields of an item.
STATE = """(item) => [...item.querySelectorAll('input, select')]
  .filter((one) => /radio|checkbox/.test(one.type) ? one.checked : one.value)
  .map((one) => one.value).join(' ')"""
LOCALES = {"zh-Hans": "zh-CN", "en": "en-GB"}


class Visitor:
    """One browser context with one page. Another tab is another `Page` of the same context."""

    def __init__(
        self,
        browser: Browser,
        service: Service,
        *,
        language: str = "zh-Hans",
        width: int = 360,
        javascript: bool = True,
        dark: bool = False,
    ):
        self.service = service
        self.language = language
        self.javascript = javascript
        self.context = browser.new_context(
            base_url=service.address,
            viewport={"width": width, "height": HEIGHTS[width]},
            locale=LOCALES[language],
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            device_scale_factor=1,
            has_touch=width < 600,
        )
        self.context.set_default_timeout(15_000)
        # Proper names that a page may hold in its own language.
        self.names: list[str] = getattr(service, "names", [])
        self.complaints: list[str] = []
        self.requested: list[str] = []
        self._opened: set[str] = set()
        self._shots = 0
        self.page = self.tab()

    def tab(self) -> Page:
        """Opens a page and listens to what it asks for and complains about."""
        page = self.context.new_page()
        page.on("request", self._note)
        page.on("pageerror", lambda error: self.complaints.append(f"pageerror: {error}"))
        page.on("console", self._listen)
        return page

    def _note(self, request) -> None:
        self.requested.append(request.url)
        # The script sends a form as the browser would.
        if request.is_navigation_request() or request.method == "POST":
            self._opened.add(request.url.split("#")[0])

    def _listen(self, message) -> None:
        # The status of a page that says what was wrong with a form is no fault of that page.
        told = "the server responded with a status of 4" in message.text
        if told and message.location["url"].split("#")[0] in self._opened:
            return
        # Nor is what an answer still lacks: the page says it beside the item.
        if "a status of 422" in message.text and "/responses/" in message.location["url"]:
            return
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    # Moving about

    def go(self, path: str):
        """Opens an address of the site."""
        return self.page.goto(path)

    def press(self, button: Locator | str) -> None:
        """Presses what leads to another page, and waits for that page."""
        target = self.page.locator(button).first if isinstance(button, str) else button
        folded = target.locator("xpath=ancestor::details[not(@open)]/summary")
        for summary in folded.all():
            summary.click()
        with self.page.expect_navigation():
            target.click()

    def begin(self, environment: int = 0, programme: int = 0) -> None:
        """From the first page through the four questions to the first stage."""
        self.go("/")
        self.press("main a[href='/start']")
        self.fill_start(environment, programme)
        self.press("main form button.button-large")

    def fill_start(self, environment: int = 0, programme: int = 0) -> None:
        """Answers the four questions of the start page."""
        page = self.page
        page.locator("label", has=page.locator("strong")).nth(environment).click()
        page.locator("#schoolStage").select_option("primary")
        page.locator("#subject").select_option("chinese")
        programmes = page.locator("input[name=programme]")
        page.locator(f"label[for='{programmes.nth(programme).get_attribute('id')}']").click()

    @property
    def session(self) -> str:
        """The session's identifier, from the address."""
        found = re.search(r"/sessions/([^/]+)/", self.page.url)
        assert found, self.page.url
        return found.group(1)

    @property
    def token(self) -> str:
        """The key to the session, from the cookie that scripts cannot read."""
        cookies = {cookie["name"]: cookie["value"] for cookie in self.context.cookies()}
        return cookies["bianque"]

    def fits(self, selector: str) -> bool:
        """Whether something is on the first screen, whole, before anybody scrolls."""
        box = self.page.locator(selector).first.bounding_box()
        assert box and self.page.evaluate("window.scrollY") == 0, selector
        return box["y"] >= 0 and box["y"] + box["height"] <= self.page.viewport_size["height"]

    def adopt(self, program: Program) -> str:
        """Takes over a session that a program began."""
        self.context.add_cookies(
            [{"name": "bianque", "value": program.token, "url": self.service.address}]
        )
        return f"/sessions/{program.id}"

    # Answering

    def items(self, page: Page | None = None) -> list[str]:
        """The items of the open stage, in order."""
        fieldsets = (page or self.page).locator("fieldset[data-item]").all()
        return [str(fieldset.get_attribute("data-item")) for fieldset in fieldsets]

    def choose(self, item: str, choice: int | None, page: Page | None = None) -> str:
        """Answers an item, by the place of its choice where it is one of several radio buttons.

        None means 我不确定. Returns the value that the form sends.
        """
        fieldset = (page or self.page).locator(f"fieldset[data-item='{item}']")
        if choice is not None and not fieldset.locator("input[type=radio][value=unsure]").count():
            return self._answer(fieldset, choice)
        option = fieldset.locator(".option-unsure") if choice is None else _options(fieldset, choice)
        option.locator("label").click()
        box = option.locator("input")
        expect(box).to_be_checked()
        return str(box.get_attribute("value"))

    def _answer(self, fieldset: Locator, place: int) -> str:
        """Answers an item of any other kind, with something that stands at a place."""
        for field in fieldset.locator("input[type=text]").all():
            field.fill(str(place + 1))
        orders = fieldset.locator(".row select").all()
        for index, select in enumerate(orders):
            select.select_option(str((index + place) % len(orders) + 1))
        for index, select in enumerate(fieldset.locator("select:not(.row select)").all()):
            options = select.locator("option").count() - 1
            select.select_option(index=(index + place) % options + 1)
        boxes = fieldset.locator("input[type=checkbox]:not([value=unsure]), input[type=radio]")
        if boxes.count():
            boxes.nth(place % boxes.count()).check()
        fieldset.press("Tab")
        return fieldset.evaluate(STATE)

    def expect_status(self, state: str, page: Page | None = None) -> None:
        """Waits until the line about saving says what it says in a state."""
        status = (page or self.page).locator("#save")
        expect(status).to_have_text(str(status.get_attribute(f"data-{state}")))

    def checked(self, page: Page | None = None) -> dict[str, str | None]:
        """What the page shows as chosen, by item."""
        found = {}
        for item in self.items(page):
            fieldset = (page or self.page).locator(f"fieldset[data-item='{item}']")
            found[item] = fieldset.evaluate(STATE) or None
        return found

    def answer_stage(self, *, skip: int | None = None, unsure: int | None = None) -> dict:
        """Answers the open stage by places that differ from item to item, as a form value each."""
        values = {}
        for index, item in enumerate(self.items()):
            if index == skip:
                continue
            values[item] = self.choose(item, None if index == unsure else index % 4)
            if self.javascript:
                self.expect_status("saved")
        return values

    def check(self) -> None:
        """From the stage to its check page."""
        self.press("button[name=then][value=check]")

    def submit(self) -> None:
        """From the check page to what comes next."""
        self.press("main form button.button-large")

    # Looking

    def shoot(self, walk: str, name: str) -> None:
        """Leaves a picture of the whole page for a person to look at."""
        self._shots += 1
        path = SCREENSHOTS / walk / f"{self._shots:02}-{name}.png"
        expect(self.page.locator(".is-far")).to_have_count(0)
        # Hiding the caret would need a style of Playwright's own, which the pages refuse.
        self.page.screenshot(path=path, full_page=True, caret="initial")


def _options(fieldset: Locator, place: int) -> Locator:
    """An option of radio buttons or of passages in a text."""
    return fieldset.locator(".option:not(.option-unsure), .mark").nth(place)
