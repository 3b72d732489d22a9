"""Whether a page can be used by everybody: checks beside axe, each its own few lines (WCAG 2.2)."""

from playwright.sync_api import Page

# Text nodes whose contrast is below what their size asks for (1.4.3), computed from the colours that
# are really painted; boxes to fill in whose border does not stand out (1.4.11).
_CONTRAST = """() => {
  const parse = (text) => {
    const parts = text.match(/[\\d.]+/g).map(Number);
    return [...parts.slice(0, 3), parts.length > 3 ? parts[3] : 1];
  };
  const luminance = (rgb) => rgb.slice(0, 3).map((value) => value / 255)
    .map((value) => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, place) => sum + value * [0.2126, 0.7152, 0.0722][place], 0);
  const ratio = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (element) => {
    for (let node = element; node; node = node.parentElement) {
      const colour = parse(getComputedStyle(node).backgroundColor);
      if (colour[3] > 0.99) return colour;
    }
    return [255, 255, 255, 1];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || element.closest('script, noscript, .away, svg, option')) continue;
    if (!element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const contrast = ratio(parse(style.color), ground(element));
    if (contrast < least - 0.01) {
      found.push(`${contrast.toFixed(2)}:1 for ${node.textContent.trim().slice(0, 24)}`);
    }
  }
  document.querySelectorAll('select, input:not([type=hidden]):not([type=radio]):not([type=checkbox])')
    .forEach((box) => {
      const contrast = ratio(parse(getComputedStyle(box).borderTopColor), ground(box.parentElement));
      if (contrast < 3) found.push(`border ${contrast.toFixed(2)}:1 of ${box.name}`);
    });
  return [...new Set(found)].slice(0, 6);
}"""

_UNLABELLED = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
  .filter((box) => !box.getAttribute('aria-label') && !box.getAttribute('aria-labelledby')
    && ![...(box.labels || [])].some((label) => label.textContent.trim()))
  .map((box) => `${box.tagName} ${box.name}`)"""

_SIDEWAYS = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  return [...document.querySelectorAll('body *')].filter((element) =>
    element.getBoundingClientRect().right > root.clientWidth + 1 && !element.closest('.scroll'))
    .slice(0, 4).map((element) => `${element.tagName}.${element.className}`).concat('something');
}"""

# Text that is cut off by its own box, or drawn beyond its picture.
_CLIPPED = """() => {
  const found = [];
  document.querySelectorAll('main *, header *, footer *').forEach((element) => {
    const style = getComputedStyle(element);
    const isCut = ['hidden', 'clip'].includes(style.overflowX) && !element.closest('.away, svg');
    if (isCut && (element.scrollWidth > element.clientWidth + 1
        || element.scrollHeight > element.clientHeight + 1)) {
      found.push(`cut off: ${element.tagName}.${element.className}`);
    }
  });
  document.querySelectorAll('svg text').forEach((text) => {
    const [box, frame] = [text.getBoundingClientRect(), text.ownerSVGElement.getBoundingClientRect()];
    if (box.right > frame.right + 2 || box.left < frame.left - 2) {
      found.push(`beyond its picture: ${text.textContent}`);
    }
  });
  return found.slice(0, 6);
}"""

# What readers set for themselves (1.4.12), and text twice as large without the rest (1.4.4). A sheet
# that a script makes is not what the pages' policy is about.
_STYLE = """(rules) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = rules ? [sheet] : [];
}"""
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important;"
    " word-spacing: .16em !important } p { margin-bottom: 2em !important }"
)
DOUBLED = "html { font-size: 212.5% !important }"

_FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const shown = [element, element.nextElementSibling, element.closest('label')].filter(Boolean);
  const isRinged = shown.some((one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  });
  const box = element.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)];
  const top = document.elementFromPoint(Math.max(x, 1), Math.max(y, 1));
  const isCovered = !!top && !!top.closest('.bar') && !element.closest('.bar');
  const name = element.outerHTML.slice(0, 90);
  if (element.dataset.reached) return { again: true };
  element.dataset.reached = '1';
  return { name, isRinged, isCovered, isSeen: box.bottom > 0 && box.top < innerHeight };
}"""


def labels(page: Page) -> list[str]:
    """Boxes without a label."""
    return [f"no label: {one}" for one in page.evaluate(_UNLABELLED)]


def contrast(page: Page) -> list[str]:
    """Texts and borders that do not stand out from their ground."""
    return [f"contrast {one}" for one in page.evaluate(_CONTRAST)]


def reflow(page: Page) -> list[str]:
    """Whether anything but a table's own frame scrolls sideways."""
    return [f"scrolls sideways: {one}" for one in page.evaluate(_SIDEWAYS)]


def styled(page: Page, rules: str) -> list[str]:
    """What is lost when a reader sets a style over the page's."""
    page.evaluate(_STYLE, rules)
    found = page.evaluate(_SIDEWAYS) + page.evaluate(_CLIPPED)
    page.evaluate(_STYLE, "")
    return found


def focus(page: Page, most: int = 120) -> list[str]:
    """Goes through the page with the tab key: every stop is ringed, in sight and uncovered."""
    page.evaluate("document.activeElement && document.activeElement.blur(); window.scrollTo(0, 0)")
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUSED)
        if stop is None or stop.get("again"):
            break
        if not stop["isRinged"]:
            found.append(f"focus is not shown: {stop['name']}")
        if stop["isCovered"] or not stop["isSeen"]:
            found.append(f"focus is out of sight: {stop['name']}")
    return found[:6]
