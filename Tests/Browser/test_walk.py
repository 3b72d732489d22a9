"""The main path, in eight ways: phone and desk, with and without script, Chinese and English."""

import pytest

from inspection import Findings

WALKS = [
    (language, width, javascript)
    for language in ("zh-Hans", "en")
    for width in (360, 1280)
    for javascript in (True, False)
    # Without script the pages are the same: one look at each width and in each language.
    if javascript or (language == "en") == (width == 1280)
]


def name(language: str, width: int, javascript: bool) -> str:
    return f"{language}-{width}-{'script' if javascript else 'plain'}"


class Walk(Findings):
    """A visitor who looks closely at every page on the way."""

    def press(self, button, page_name: str) -> None:
        self.visitor.press(button)
        self.look(page_name)

    def answer_everything(self) -> None:
        """Four stages; one answer of 我不确定 in the first, none for one item in the second."""
        visitor = self.visitor
        for stage in range(1, 5):
            self.look(f"stage-{stage}")
            visitor.answer_stage(unsure=1 if stage == 1 else None, skip=3 if stage == 2 else None)
            if stage == 1:
                self.look("stage-1-answered")
            visitor.check()
            self.look(f"check-{stage}")
            visitor.submit()

    def change_plan(self) -> None:
        """Keeps one course, does without another, takes a third for a replacement."""
        locators = self.visitor.page.locator
        locked = locators(".course").nth(1).get_attribute("id")
        self.press(locators(".course button[value=lock]").nth(1), "plan-locked")
        assert locators(f"#{locked}.course-locked").count() == 1
        button = locators(".course button[value=exclude]").last
        excluded = self.value_beside(button, "course")
        self.press(button, "plan-excluded")
        assert locators(self.card(excluded)).count() == 0
        assert locators(".excluded li").count() == 1
        button = locators(".course button[value=replace]").first
        wanted, replaced = (self.value_beside(button, name) for name in ("with", "course"))
        self.press(button, "plan-replaced")
        assert locators(self.card(wanted)).count() == 1
        assert locators(self.card(replaced)).count() == 0
        assert locators(f"#{locked}.course-locked").count() == 1

    @staticmethod
    def value_beside(button, name: str) -> str:
        """The value of a hidden field in a button's form."""
        field = button.locator(f"xpath=ancestor::form//input[@name='{name}']")
        return field.get_attribute("value")

    @staticmethod
    def card(course: str) -> str:
        """The selector of a course of the plan."""
        return f".course input[name=course][value='{course}']"


@pytest.mark.parametrize("language, width, javascript", WALKS, ids=[name(*walk) for walk in WALKS])
def test_a_teacher_comes_from_the_first_page_to_a_printed_plan(
    service, visit, language, width, javascript
):
    """The whole path works, and no page of it has a fault that a machine can see."""
    visitor = visit(service, language=language, width=width, javascript=javascript)
    walk = Walk(visitor, name(language, width, javascript))
    visitor.go("/")
    walk.look("landing")
    walk.press("main a[href='/start']", "start")
    visitor.fill_start(environment=1, programme=0)
    visitor.press("main form button.button-large")
    walk.answer_everything()
    walk.look("done")
    session = visitor.session
    assert service.submissions(session) == [1, 2, 3, 4]
    assert len({item for item, *_ in service.answers(session)}) == 15
    walk.press("main a.button-large", "result")
    walk.press("#plan form button:not(.button-quiet)", "plan")
    walk.change_plan()
    walk.press("form[action$='/sheets'] button", "print")
    visitor.go("/")
    walk.look("landing-again")
    walk.conclude()
