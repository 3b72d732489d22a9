"""The oldest browsers in schools stop at Chromium 69, some earlier: scripts keep to ES2015.

Two nets: a parser that knows nothing newer than ES2017, and a list of what ES2015 has not, methods and
globals included, which no parser can see.
"""

import re

import esprima
import pytest

from service import ROOT

STATIC = ROOT / "Web" / "static"
SCRIPT = STATIC / "answer.js"
SCRIPTS = sorted(STATIC.glob("*.js"))

NEWER = {
    "optional chaining": r"\?\.(?!\d)",
    "nullish coalescing": r"\?\?",
    "logical assignment": r"(\|\||&&)=",
    "exponentiation": r"\*\*",
    "async or await": r"\b(async|await)\b",
    "spread in an object": r"[{,]\s*\.\.\.",
    "catch without a name": r"\bcatch\s*\{",
    "a private or static field": r"(^|[\s{;])(#\w+|static\s+\w+\s*=)|this\.#",
    "a number with separators or a big one": r"\b\d+(_\d+)+\b|\b\d+n\b",
    "a method newer than ES2015": (
        r"\.(includes|padStart|padEnd|flat|flatMap|matchAll|replaceAll|at|finally|trimStart|"
        r"trimEnd|toSorted|toReversed|findLast)\(|Object\.(entries|values|fromEntries|hasOwn)\("
    ),
    "a global newer than ES2015": (
        r"\b(AbortController|structuredClone|queueMicrotask|globalThis|BroadcastChannel|"
        r"requestIdleCallback|IntersectionObserver|ResizeObserver|WeakRef|Intl)\b"
    ),
    "a DOM method newer than Chromium 54": (
        r"\.(replaceChildren|toggleAttribute|getAttributeNames|showModal|requestSubmit|"
        r"checkVisibility|scrollend)\(|\bcrypto\.randomUUID\b|\bnavigator\.locks\b"
    ),
    "a regular expression's look-behind or named group": r"\(\?<",
    "import or export": r"^\s*(import|export)\b|\bimport\(",
    "a selector that old browsers do not know": r":has\(|:is\(|:where\(",
    "evaluated text": r"\beval\(|new Function\(|document\.write\(|\.innerHTML\b",
}


def code(script: str) -> str:
    """The script without comments; strings stay, because selectors are in them."""
    script = re.sub(r"/\*.*?\*/", "", script, flags=re.DOTALL)
    return re.sub(r"(?<![:'\"])//[^\n]*", "", script)


def names(scripts):
    return [script.name for script in scripts]


@pytest.mark.parametrize("script", SCRIPTS, ids=names(SCRIPTS))
@pytest.mark.parametrize("feature", NEWER)
def test_a_script_uses_nothing_newer_than_es2015(feature, script):
    """What an old parser stumbles over takes the whole script away, saving included."""
    assert not re.findall(NEWER[feature], code(script.read_text()), re.MULTILINE)


@pytest.mark.parametrize("script", SCRIPTS, ids=names(SCRIPTS))
def test_a_parser_of_old_syntax_reads_the_script(script):
    """A whole parse, so that nothing the list does not know slips through."""
    assert esprima.parseScript(script.read_text()).body


@pytest.mark.parametrize(
    "line", ["a?.b", "a ?? b", "a ||= b", "class A { #b = 1 }", "try { } catch { }", "await a",
             "1_000", "for await (const a of b) { }"],
)
def test_the_parser_stumbles_over_newer_syntax(line):
    """Else it would prove nothing."""
    with pytest.raises(esprima.Error):
        esprima.parseScript(line)


@pytest.mark.parametrize(
    "line",
    ["a?.b", "a ?? b", "a ||= b", "async () => 1", "f({ ...a })", "try { } catch { }", "x.at(1)"],
)
def test_the_list_knows_newer_syntax(line):
    """The patterns above catch what they are for."""
    assert any(re.search(pattern, code(line), re.MULTILINE) for pattern in NEWER.values())


def test_the_script_says_how_it_is_to_be_read():
    """Strict mode, and no address outside the site."""
    script = SCRIPT.read_text()
    assert "'use strict'" in script
    assert not re.findall(r"https?://", code(script))
