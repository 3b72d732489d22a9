"""An item written in the browser: with and without the script, by one author and by two."""

import re

import pytest

from inspection import Findings

WALKS = [("zh-Hans", 360), ("en", 1280)]
IDS = [f"{language}-{width}" for language, width in WALKS]

CHOICES = [
    ("课前让学生各写一个不懂的问题，按想法归类，再定从哪里讲起。", "3"),
    ("用上次单元测验的平均分判断起点，平均分高就加快进度讲新课。", "1"),
    ("布置十道新课预习题，家长当晚在群里拍照上传，第二天公布名单。", "0"),
    ("上课先做五道与前备知识有关的小题，统计正确率后再讲新课内容。", "2"),
]


def _write(page, identifier: str) -> None:
    """Fills in an item with nothing wrong."""
    page.locator("#point").select_option("A1")
    page.locator("#stage").fill("初中")
    page.locator("#scenario").fill("你教七年级数学，下周学“一元一次方程”。全班48人，离上课还有三天。")
    page.locator("#question").fill("要为新课找准起点，哪种做法最有效？")
    for letter, (text, score) in zip("abcd", CHOICES):
        page.locator(f"#choice-{letter}").fill(text)
        page.locator(f"#score-{letter}").select_option(score)
        page.locator(f"#feedback-{letter}").fill("下一步可以再看一看，哪类想法最多。")
        if score != "3":
            page.locator(f"#misconception-{letter}").fill("以总分代替学情")
    page.locator("#id").fill(identifier)
    page.locator("#title").fill("新课前怎样摸底")


def _then(name: str) -> str:
    return f"#draft button[value='{name}']"


@pytest.mark.parametrize("language, width", WALKS, ids=IDS)
def test_an_editor_writes_an_item_and_hands_it_in(world, visit, language, width):
    """From the list of items to the list of versions, with a refusal on the way."""
    visitor = visit(world, language=language, width=width)
    walk = Findings(visitor, f"{language}-{width}-drafts")
    world.enter(visitor, "institution")
    visitor.go("/institution/items")
    visitor.press("form[action='/institution/drafts'] button")
    page = visitor.page
    walk.look("new")
    page.locator("#question").fill("要为新课找准起点，哪种做法最有效？")
    visitor.press(_then("hand-in"))
    assert page.locator("#errors li").count() >= 5
    assert page.locator("#errors a[href='#choice-a']").count() >= 1
    walk.look("refused")
    page.locator("#errors a[href='#point']").click()
    assert page.evaluate("document.activeElement.id") == "point"
    identifier = f"walk-{language.lower()}-{width}"
    _write(page, identifier)
    page.locator("#choice-d").fill(CHOICES[3][0].replace("小题", "小题（发在微信群）"))
    visitor.press(_then("check"))
    assert page.locator("#choice-d-findings .warned").count() >= 1
    walk.look("checked")
    page.locator("#choice-d").fill(CHOICES[3][0])
    visitor.press(_then("add"))
    assert page.locator("#choice-f").count() == 1
    visitor.press(_then("preview"))
    assert page.locator(".preview input[type=radio]").count() == 5
    walk.look("preview")
    visitor.press(".actions a.button")
    visitor.press(_then("hand-in"))
    assert page.url.endswith("/hand-in")
    walk.look("hand-in")
    visitor.press("main form button.button")
    assert page.locator("#errors").count() == 1
    walk.look("no-reason")
    page.locator("#reason").fill("补学情分析的题")
    visitor.press("main form button.button")
    assert page.url.endswith("/institution/releases")
    assert identifier in page.locator(".release").first.inner_text()
    visitor.go(f"/institution/items/{identifier}")
    visitor.press("form[action='/institution/drafts'] button")
    assert page.locator("#question").input_value().startswith("要为新课")
    assert page.locator("input#id").count() == 0
    walk.look("edition")
    page.locator("details.more summary").click()
    page.locator("#reason").fill("先不改")
    visitor.press("form[action$='/deletion'] button")
    walk.look("drafts")
    walk.conclude()


@pytest.mark.parametrize("language, width", WALKS, ids=IDS)
def test_two_authors_of_one_draft_lose_nothing(world, visit, language, width):
    """The second save shows both texts; part by part, either is taken."""
    first = visit(world, language=language, width=width)
    second = visit(world, language=language, width=width, javascript=False)
    walk = Findings(first, f"{language}-{width}-two-authors")
    world.enter(first, "institution")
    world.enter(second, "institution")
    first.go("/institution/drafts")
    first.press("form[action='/institution/drafts'] button")
    _write(first.page, f"two-{language.lower()}-{width}")
    first.press(_then("save"))
    address = first.page.url
    second.go(address)
    second.page.locator("#question").fill("第二个人的问题？")
    second.press(_then("save"))
    # The script meets the other text first, stops by itself, and says so.
    told = first.page.locator("#draft").get_attribute("data-conflict")
    first.page.locator("#choice-a").fill("第一个人的选项，课前让学生写问题。")
    first.page.locator("#draft-state", has_text=told).wait_for()
    assert first.page.locator("#choice-a").input_value().startswith("第一个人")
    walk.look("told")
    first.press(_then("save"))
    page = first.page
    assert page.locator("fieldset.card").count() == 2
    assert page.locator("#theirs-question").is_checked()
    assert page.locator("#mine-choice-a").is_checked()
    walk.look("conflict")
    first.press("button[value='merge']")
    assert page.locator("#question").input_value() == "第二个人的问题？"
    assert page.locator("#choice-a").input_value().startswith("第一个人")
    page.locator("details.more summary").click()
    page.locator("#reason").fill("试过了")
    first.press("form[action$='/deletion'] button")
    walk.conclude()


def test_the_script_keeps_what_is_written_and_shows_what_to_look_at(world, visit):
    """Nobody presses anything: the text is kept, the finding appears, the caret stays."""
    visitor = visit(world)
    world.enter(visitor, "institution")
    visitor.go("/institution/drafts")
    visitor.press("form[action='/institution/drafts'] button")
    page = visitor.page
    # Of a text that is not whole yet only what lacks is said.
    _write(page, "written-by-itself")
    before = page.locator("#draft-state").inner_text()
    page.locator("#question").fill("")
    with page.expect_response(lambda reply: reply.request.method == "POST"):
        page.locator("#question").press_sequentially("哪种做法最有效?请选一项")
    page.locator("#question-findings .warned").wait_for()
    assert page.evaluate("document.activeElement.id") == "question"
    state = page.locator("#draft-state").inner_text()
    assert state != before and re.search(r"\d\d:\d\d", state)
    page.reload()
    assert page.locator("#question").input_value() == "哪种做法最有效?请选一项"
    # Without a line it says so, and goes on when there is one again.
    visitor.context.set_offline(True)
    page.locator("#title").fill("断网时写的")
    failed = page.locator("#draft").get_attribute("data-failed")
    page.locator("#draft-state", has_text=failed).wait_for()
    visitor.context.set_offline(False)
    page.locator("#title").fill("断网时写的，又连上了")
    page.wait_for_function("!document.getElementById('draft-state').textContent.includes('…')")
    page.locator("#draft-state", has_text=re.compile(r"\d\d:\d\d")).wait_for()
    page.reload()
    assert page.locator("#title").input_value() == "断网时写的，又连上了"
    page.locator("details.more summary").click()
    page.locator("#reason").fill("试过了")
    visitor.press("form[action$='/deletion'] button")


def test_the_script_is_small(world, visit):
    """At most 6 KB as sent, and only on this page."""
    visitor = visit(world)
    world.enter(visitor, "institution")
    visitor.go("/institution/drafts")
    assert "draft-" not in str(visitor.page.evaluate("[...document.scripts].map((one) => one.src)"))
    visitor.press("form[action='/institution/drafts'] button")
    sources = visitor.page.evaluate("[...document.scripts].map((one) => one.src)")
    script = next(source for source in sources if "/static/draft-" in source)
    reply = visitor.context.request.get(script, headers={"Accept-Encoding": "gzip"})
    assert reply.status == 200 and len(reply.body()) <= 6 * 1024
