"""Axe, the checker of accessibility, in a page: serious faults of structure, and colours, each look of a text once."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SERIOUS = ("serious", "critical")
# Ready in every document of a window, and compiled when it is first asked for.
INSTALL = "window.installAxe = () => { if (!window.axe) { AXE } };".replace("AXE", Axe().axe_script)
# Without fetching every style sheet once more. Only violations leave the browser, and only what is serious is looked
# for: measured on every page, the rest is a quarter of axe's time.
STRUCTURE = """async (serious) => {
    const rules = { "color-contrast": { enabled: false } };
    for (const rule of axe._audit.rules) if (!serious.includes(rule.impact)) rules[rule.id] = { enabled: false };
    const results = await axe.run(document, { resultTypes: ["violations"], preload: false, rules });
    return results.violations;
}"""
# Look of a text: its tag, classes and states, the computed properties that its colour and size come from, and those of
# everything it stands in that paints or dims something behind it. Only texts that can be seen have one, and those of
# more than a character: of less axe gives no verdict.
LOOKS = """() => {
    const STATES = ["type",
        ...["current", "pressed", "selected", "expanded", "disabled", "invalid"].map((name) => `aria-${name}`)];
    const OF_TEXT = ["color", "font-size", "font-weight", "text-shadow", "-webkit-text-fill-color"];
    const BEHIND = {
        "background-color": "rgba(0, 0, 0, 0)", "background-image": "none", opacity: "1", filter: "none",
        "mix-blend-mode": "normal",
    };
    const behind = new Map();
    const whatIsBehind = (one) => {
        if (!one) return "";
        if (!behind.has(one)) {
            const style = getComputedStyle(one);
            const painted = Object.entries(BEHIND).filter(([name, none]) => style.getPropertyValue(name) !== none)
                .map(([name]) => style.getPropertyValue(name));
            behind.set(one, whatIsBehind(one.parentElement) + (painted.length ? `/${painted}` : ""));
        }
        return behind.get(one);
    };
    const lookOf = (one) => {
        const style = getComputedStyle(one);
        return [one.tagName, one.getAttribute("class"), ...STATES.map((name) => one.getAttribute(name)),
            ...OF_TEXT.map((name) => style.getPropertyValue(name)), whatIsBehind(one)].join("|");
    };
    const hash = (text) => {
        let a = 0xdeadbeef, b = 0x41c6ce57;
        for (let i = 0; i < text.length; i++) {
            const c = text.charCodeAt(i);
            a = Math.imul(a ^ c, 2654435761);
            b = Math.imul(b ^ c, 1597334677);
        }
        return (a >>> 0).toString(36) + (b >>> 0).toString(36);
    };
    const texts = new Set(document.querySelectorAll("input, select, textarea"));
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const one = walker.currentNode.parentElement;
        if (walker.currentNode.data.trim() && one.textContent.trim().length > 1) texts.add(one);
    }
    const isSeen = (one) => {
        const place = one.getBoundingClientRect();
        const isOnPage = place.right + scrollX > 0 && place.bottom + scrollY > 0 && place.width > 1 && place.height > 1;
        return isOnPage && one.checkVisibility({ visibilityProperty: true });
    };
    window.looks = new Map();
    for (const one of texts) if (isSeen(one)) window.looks.set(one, hash(lookOf(one)));
    return [...new Set(window.looks.values())];
}"""
# Of the texts whose look is `wanted`: what is wrong with their colours; the looks that axe let pass, or that have a
# picture behind them, which axe can't measure; the looks it gave no verdict on where they stand now.
COLOURS = """async (wanted) => {
    const among = new Set(wanted);
    const include = [...window.looks].filter(([, look]) => among.has(look)).map(([one]) => one);
    const options = { runOnly: ["color-contrast"], preload: false, elementRef: true, selectors: false };
    const results = await axe.run({ include }, { ...options, resultTypes: ["violations", "passes", "incomplete"] });
    const told = ({ impact, id, help, nodes }) =>
        ({ impact, id, help, nodes: nodes.map(({ html }) => ({ target: [html] })) });
    const PICTURES = ["bgGradient", "bgImage", "imgNode"];
    const open = results.incomplete.flatMap(({ nodes }) => nodes);
    const looks = (nodes) => [...new Set(nodes.map(({ element }) => window.looks.get(element)).filter(Boolean))];
    const isPicture = ({ any }) => PICTURES.includes(any[0].data?.messageKey);
    const settled = [...results.passes.flatMap(({ nodes }) => nodes), ...open.filter(isPicture)];
    return [results.violations.map(told), looks(settled), looks(open.filter((node) => !isPicture(node)))];
}"""
# So often a look is measured without a verdict, because something else lies over it, before it counts as known.
TRIES = 3


class Looks:
    """Looks of texts whose colours need no measuring again."""

    def __init__(self) -> None:
        self._settled: set[str] = set()
        self._tries: Counter[str] = Counter()

    def unknown(self, looks: Iterable[str]) -> list[str]:
        return [look for look in looks if look not in self._settled and self._tries[look] < TRIES]

    def add(self, settled: Iterable[str], tried: Iterable[str]) -> None:
        self._settled.update(settled)
        self._tries.update(tried)


def serious_faults(page: Page, known: Looks) -> list[str]:
    """Serious and critical violations on the page as it stands, in words. Texts of a known look aren't measured."""
    page.evaluate("installAxe()")
    violations: list[dict[str, Any]] = page.evaluate(STRUCTURE, SERIOUS)
    if unknown := known.unknown(page.evaluate(LOOKS)):
        wrong, settled, tried = page.evaluate(COLOURS, unknown)
        violations += wrong
        known.add(settled, tried)
    return [_told(violation) for violation in violations if violation["impact"] in SERIOUS]


def _told(violation: dict[str, Any]) -> str:
    places = "; ".join(" ".join(map(str, node["target"])) for node in violation["nodes"][:5])
    return f"{violation['impact']} {violation['id']}: {violation['help']} – {places}"
