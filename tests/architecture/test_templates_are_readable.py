"""The structure of a page shows in its template.

Each block-level element begins on a line of its own, or with the one it fills.

What a line may hold is counted, not guessed from indentation: `<li><form …>` is a line, `<tr><th>…</th><td>…</td></tr>`
is three.
"""

import re

import pytest

from tests.architecture.sources import named, templates, text_of

LONGEST_LINE = 160
MOST_BLOCKS = 2
BLOCK = re.compile(
    r"<(?:address|article|aside|blockquote|body|caption|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html"
    r"|legend|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?=[\s>{])"
)


def faults(text: str) -> list[tuple[int, str]]:
    """Numbers of the lines that pack too much, and what is wrong with each."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > LONGEST_LINE:
            found.append((number, f"{len(line)} characters"))
        blocks = len(BLOCK.findall(line))
        if blocks > MOST_BLOCKS:
            found.append((number, f"{blocks} block-level elements"))
    return found


@pytest.mark.parametrize(
    "line",
    [
        "<p>" + "word " * 32 + "</p>",
        "<ul><li><p>a</p></li></ul>",
        "<tr{% if x %} hidden{% endif %}><td>a</td><td>b</td></tr>",
    ],
)
def test_a_packed_line_is_found(line: str) -> None:
    assert [number for number, _ in faults(f"<main>\n{line}\n</main>")] == [2]


@pytest.mark.parametrize(
    "line",
    ["<li><form method='post'>", "<p><a href='/'>a</a><b>b</b><span>c</span></p>", "<path/><thing><delta><ultra>"],
)
def test_a_plain_line_passes(line: str) -> None:
    assert not faults(line)


def test_each_line_of_a_template_can_be_read() -> None:
    packed = [f"{named(path)}:{number}: {fault}" for path in templates() for number, fault in faults(text_of(path))]
    assert not packed, "\n".join(packed)
