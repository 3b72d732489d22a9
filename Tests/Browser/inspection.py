"""What has to hold on every page, whatever it shows."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from visitor import Visitor

AXE = Axe()
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HTML_LANGUAGE = {"zh-Hans": "zh-CN", "en": "en"}

# What a page shows that no reader may ever see: a text without an entry, a gap left unfilled.
UNFINISHED = re.compile(r"⟨|⟩|%\{|\{\{|\}\}|\bundefined\b|\bnull\b|\bNaN\b|Optional\(")

HAN = "\u4e00-\u9fff"
# Half-width marks beside a Chinese character, and two marks in a row.
HALF_WIDTH = re.compile(
    rf"[{HAN}][,;:!?]|[,;:!?][{HAN}]|[{HAN}]\.(?=\s|$|[{HAN}])|[{HAN}]\(|\)[{HAN}]"
)
DOUBLED = re.compile(r"[，。；：、！？]{2,}|[，。；：、！？“（]\s+\S|\s[，。；：、！？]|（）|“”")

_TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent.closest('script, style, noscript') || !node.textContent.trim()) continue;
    found.push([parent.closest('[lang]').lang, node.textContent.trim()]);
  }
  for (const element of document.querySelectorAll('[aria-label], [alt], [title], [data-saved]')) {
    const lang = element.closest('[lang]').lang;
    for (const attribute of element.attributes) {
      if (/^(aria-label|alt|title|data-(idle|saving|saved|offline|waiting|refused|held|expired|leave))$/
        .test(attribute.name)) found.push([lang, attribute.value]);
    }
  }
  return found;
}"""

_STRUCTURE = """() => {
  const root = document.documentElement;
  const radios = [...document.querySelectorAll('input[type=radio]')];
  const wide = [...document.querySelectorAll('body *')].filter((element) =>
    element.getBoundingClientRect().right > root.clientWidth + 1 && !element.closest('.scroll'))
    .slice(0, 5).map((element) => element.tagName + '.' + element.className);
  return {
    lang: root.lang,
    title: document.title,
    headings: document.querySelectorAll('h1').length,
    sideways: root.scrollWidth > root.clientWidth ? wide.join(' ') || 'something' : '',
    unlabelled: radios.filter((radio) =>
      ![...radio.labels].some((label) => label.textContent.trim())).map((radio) => radio.id),
    doubled: [...document.querySelectorAll('[id]')].map((element) => element.id)
      .filter((id, index, ids) => ids.indexOf(id) !== index),
  };
}"""


def faults(visitor: Visitor, page: Page | None = None) -> list[str]:
    """Everything that is wrong with the page the visitor looks at; empty when all is well."""
    page = page or visitor.page
    structure = page.evaluate(_STRUCTURE)
    found = []
    if structure["lang"] != HTML_LANGUAGE[visitor.language]:
        found.append(f"the language is {structure['lang']!r}")
    if structure["headings"] != 1:
        found.append(f"{structure['headings']} first-level headings")
    if structure["sideways"]:
        found.append(f"scrolls sideways: {structure['sideways']}")
    if structure["unlabelled"]:
        found.append(f"radio buttons without a label: {structure['unlabelled']}")
    if structure["doubled"]:
        found.append(f"identifiers used twice: {structure['doubled']}")
    found += _text_faults(visitor, page, structure["title"])
    found += visitor.complaints
    found += [
        f"asks another origin: {url}"
        for url in visitor.requested
        if not url.startswith((visitor.service.address + "/", "data:"))
    ]
    if visitor.javascript:
        found += _accessibility_faults(page)
    return found


class Findings:
    """What is wrong on the pages of a walk, told at its end, each fault once with its pages."""

    def __init__(self, visitor: Visitor, walk: str):
        self.visitor = visitor
        self.walk = walk
        self.pages: dict[str, dict[str, None]] = {}

    def look(self, page_name: str) -> None:
        """Takes a picture of the page and looks for faults in it."""
        self.visitor.shoot(self.walk, page_name)
        for fault in faults(self.visitor):
            self.pages.setdefault(fault, {})[page_name] = None
        self.visitor.complaints.clear()

    def conclude(self) -> None:
        """Fails the test if anything was wrong."""
        if self.pages:
            lines = [f"{', '.join(pages)}: {fault}" for fault, pages in self.pages.items()]
            pytest.fail("\n".join(lines), pytrace=False)


def _text_faults(visitor: Visitor, page: Page, title: str) -> list[str]:
    found = []
    texts = page.evaluate(_TEXTS) + [[HTML_LANGUAGE[visitor.language], title]]
    names = re.compile("|".join(map(re.escape, visitor.names))) if visitor.names else None
    for language, text in texts:
        if UNFINISHED.search(text):
            found.append(f"unfinished text: {text[:80]!r}")
        # Names of people and places are in no language of the page (WCAG 3.1.2).
        if names and language == "en":
            text = names.sub("Name", text)
        if HALF_WIDTH.search(text):
            found.append(f"half-width marks in Chinese: {text[:80]!r}")
        if DOUBLED.search(text):
            found.append(f"marks doubled or beside a space: {text[:80]!r}")
        if language == "en" and re.search(rf"[{HAN}，。；：！？、（）]", text):
            found.append(f"Chinese not marked as such on an English page: {text[:80]!r}")
    return found


def _accessibility_faults(page: Page) -> list[str]:
    results = AXE.run(page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}})
    return [
        f"axe {violation['id']} ({violation['impact']}): {violation['nodes'][0]['html'][:160]}"
        f" and {len(violation['nodes']) - 1} more: {violation['nodes'][0]['failureSummary']}"
        for violation in results.response["violations"]
    ]
