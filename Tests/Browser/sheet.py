"""A stage with every kind of question, answered at the keyboard by what is read on the page."""

import json

from playwright.sync_api import Locator, expect

from service import ROOT
from visitor import Visitor

SAMPLES = ROOT / "Tests" / "TestSupport" / "Fixtures" / "interactions"
ANSWERS = {
    answer["item"]: answer for answer in json.loads((SAMPLES / "answers.json").read_text())
}


class Sheet:
    """The items of a visitor's open stage."""

    def __init__(self, visitor: Visitor):
        self.visitor = visitor

    def item(self, item: str) -> Locator:
        """One item."""
        return self.visitor.page.locator(f"fieldset[data-item='{item}']")

    def answer(self, item: str) -> None:
        """Gives the best answer, touching nothing but keys."""
        answer, fieldset = ANSWERS[item], self.item(item)
        for label in answer["ticks"]:
            self.tick(fieldset.get_by_label(label, exact=True))
        for source, targets in answer["grid"].items():
            group = fieldset.get_by_role("group", name=source, exact=True)
            for target in targets:
                self.tick(group.get_by_label(target, exact=True))
        for label, text in answer["places"].items():
            self.choose(fieldset.get_by_label(label, exact=True), text)
        for label, text in answer["texts"].items():
            field = fieldset.get_by_label(label, exact=True)
            self._reach(field)
            self.visitor.page.keyboard.type(text)
            self.visitor.page.keyboard.press("Tab")

    def tick(self, box: Locator) -> None:
        """Takes a radio button or a box with the space bar."""
        self._reach(box)
        self.visitor.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def choose(self, select: Locator, text: str) -> None:
        """Goes down a select box with the arrow until the words are there."""
        self._reach(select)
        options = [option.strip() for option in select.locator("option").all_inner_texts()]
        for _ in range(options.index(text)):
            self.visitor.page.keyboard.press("ArrowDown")
        assert select.evaluate("(one) => one.selectedOptions[0].text") == text

    def _reach(self, control: Locator) -> None:
        """Goes to a control with the tab key, as somebody without a mouse does."""
        keyboard = self.visitor.page.keyboard
        control.evaluate("(one) => one.closest('fieldset').focus()")
        focused = "(one) => document.activeElement === one"
        for _ in range(40):
            if control.evaluate(focused):
                return
            if control.evaluate(
                "(one) => one.type === 'radio' && document.activeElement.name === one.name"
            ):
                keyboard.press("ArrowDown")
            else:
                keyboard.press("Tab")
        raise AssertionError("no key leads to " + control.evaluate("(one) => one.outerHTML"))
