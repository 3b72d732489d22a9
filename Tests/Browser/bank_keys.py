"""What the shipped bank keeps to itself, read from its files: keys, feedback, rubrics, tags."""

import html
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from service import ROOT

BANK = ROOT / "ItemBank"
# The elements whose words a teacher reads beside the lines of the text.
OFFERED = (
    "qti-simple-choice",
    "qti-simple-associable-choice",
    "qti-gap-text",
    "qti-hottext",
    "qti-inline-choice",
)


@dataclass
class ItemKey:
    """The secrets of one item."""

    id: str
    title: str
    # By the text of the choice, because that is what a browser is shown.
    scores: dict[str, float]
    letters: dict[str, str]
    feedback: list[str]
    rubric: list[str]
    tags: list[str]
    # Whether one choice is the whole answer.
    takes_one: bool
    shown: list[str] = field(default_factory=list)

    @property
    def best(self) -> str:
        """The text of the choice with the highest score."""
        return max(self.scores, key=self.scores.__getitem__)


def plain(text: str) -> str:
    """A text without markup, character references and white space, to be searched in."""
    return _squeezed(re.sub(r"<[^>]+>", "", text))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", html.unescape(text))


def _text(element: ElementTree.Element) -> str:
    return plain("".join(element.itertext()))


def _all(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in root.iter() if element.tag.endswith("}" + name)]


@cache
def item_keys() -> dict[str, ItemKey]:
    """The secrets of every item of the bank, by identifier."""
    tags = _tags()
    keys = [_item_key(path, tags) for path in sorted((BANK / "items").rglob("*.xml"))]
    return {key.id: key for key in keys}


def _item_key(path: Path, tags: dict[str, list[str]]) -> ItemKey:
    root = ElementTree.parse(path).getroot()
    mapping = {
        str(entry.get("map-key")): float(str(entry.get("mapped-value")))
        for entry in _all(root, "qti-map-entry")
    }
    letters = {_text(c): str(c.get("identifier")) for c in _all(root, "qti-simple-choice")}
    if not mapping:
        mapping = {_text(value): 1.0 for value in _all(root, "qti-value")}
    rubrics = _all(root, "qti-rubric-block")
    body = _all(root, "qti-item-body")[0]
    key = ItemKey(
        id=str(root.get("identifier")),
        title=str(root.get("title")),
        scores={text: mapping.get(letter, 0.0) for text, letter in letters.items()},
        letters=letters,
        feedback=[_text(feedback) for feedback in _all(root, "qti-modal-feedback")],
        rubric=[_text(line) for rubric in rubrics for line in _lines(rubric)],
        tags=tags.get(str(root.get("identifier")), []),
        takes_one=_takes_one(root),
    )
    for rubric in rubrics:
        body.remove(rubric)
    parts = [*_lines(body), *(part for name in OFFERED for part in _all(body, name))]
    key.shown = [_text(part) for part in parts]
    return key


def _takes_one(root: ElementTree.Element) -> bool:
    kinds = [part.tag for part in root.iter() if part.tag.endswith("-interaction")]
    cardinalities = [part.get("cardinality") for part in _all(root, "qti-response-declaration")]
    return [kind.split("}")[1] for kind in kinds] == ["qti-choice-interaction"] and (
        cardinalities == ["single"]
    )


def _lines(element: ElementTree.Element) -> list[ElementTree.Element]:
    return [part for name in ("p", "li", "qti-prompt") for part in _all(element, name)]


def _tags() -> dict[str, list[str]]:
    tags: dict[str, list[str]] = {}
    for resource in _all(ElementTree.parse(BANK / "imsmanifest.xml").getroot(), "resource"):
        words = [_text(keyword) for keyword in _all(resource, "keyword")]
        tags[str(resource.get("identifier")).removeprefix("R-")] = [
            word.split(":", 2)[2] for word in words if word.startswith("tag:")
        ]
    return tags


@cache
def shown_texts() -> list[str]:
    """What a teacher is meant to read of the bank, the longest first."""
    shown = {text for key in item_keys().values() for text in key.shown if text}
    for path in (BANK / "stimuli").rglob("*.xml"):
        root = ElementTree.parse(path).getroot()
        shown |= {_text(line) for line in _lines(root)} | {plain(str(root.get("title")))}
    return sorted(shown - {""}, key=len, reverse=True)


@cache
def secret_texts() -> dict[str, str]:
    """Every text that may not leave the server before the end, with where it comes from."""
    secrets: dict[str, str] = {}
    for key in item_keys().values():
        for kind in ("feedback", "rubric", "tags"):
            secrets |= {text: f"{kind} of {key.id}" for text in getattr(key, kind) if text}
    return secrets


def leaks(body: str) -> list[str]:
    """The secrets that occur in something that was sent, be it in text, attribute or comment."""
    found = [*_secrets_in(plain(body)), *_secrets_in(_squeezed(body))]
    words = r"SCORE|FEEDBACK|\bmapped|map-key|map-entry|rubric|qti-|correct-response|tag:"
    return found + [f"the word {word}" for word in re.findall(words, body)]


def _secrets_in(sent: str) -> list[str]:
    # A tag may be a phrase of a story as well: what is meant to be read is taken out first.
    for text in shown_texts():
        if text in sent:
            sent = sent.replace(text, "")
    return [f"{where}: {text}" for text, where in secret_texts().items() if text in sent]


def asks_for_one_choice(item: str) -> bool:
    """Whether the text of an item asks for one of its choices and nothing else."""
    kinds = re.findall(r"<qti-([a-z-]+)-interaction", item)
    return kinds == ["choice"] and 'cardinality="multiple" base-type' not in item
