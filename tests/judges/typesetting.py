"""How the lines of a sheet are set: what a careful printer of Chinese would not let pass.

Read back from the PDF: glyphs with their places, and the paragraph, heading or cell of the tagged structure that each
belongs to. So a line is what stands on one baseline within one of these, whatever pieces it was drawn in. Pages with
text on its side, as sheets in traditional Mongolian are, are left out.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pikepdf

# Signs that no line begins with, and signs that none ends with (GB/T 15834, JIS X 4051).
NEVER_FIRST = "、，。；：？！）》」』】〉…”"
NEVER_LAST = "（《「『【〈“"
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
TIME = re.compile(r"\d{1,2}:\d{2}")
TITLES = {"/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}
BLOCKS = TITLES | {"/P", "/TH", "/TD", "/LBody", "/Caption"}


@dataclass
class Glyph:
    text: str
    font: str
    width: float  # in thousandths of the type


@dataclass
class Block:
    """A paragraph, heading or cell: its lines, and whether it stands in a table."""

    kind: str
    tabular: bool
    lines: dict[tuple[int, float], list[Glyph]] = field(default_factory=dict)

    def texts(self) -> list[str]:
        lines = ("".join(glyph.text for glyph in line).strip() for line in self.lines.values())
        return [line for line in lines if line]


class Font:
    """What a font's codes stand for and how wide they are. Codes are two bytes (Identity-H)."""

    def __init__(self, font: pikepdf.Dictionary):
        self.name = str(font.BaseFont)
        self.texts: dict[int, str] = {}
        for kind, body in re.findall(rb"beginbf(char|range)(.*?)endbf", font.ToUnicode.read_bytes(), re.S):
            of = 2 if kind == b"char" else 3
            codes = re.findall(rb"<([0-9A-Fa-f]+)>", body)
            for entry in zip(*[iter(codes)] * of):
                first, last = int(entry[0], 16), int(entry[-2], 16)
                text = bytes.fromhex(entry[-1].decode()).decode("utf-16-be", "replace")
                for code in range(first, last + 1):
                    self.texts[code] = text[:-1] + chr(ord(text[-1]) + code - first) if text else ""
        descendant = font.DescendantFonts[0]
        self.widths = widths_said(descendant)
        self.default = float(descendant.get("/DW", 1000))

    def glyphs(self, shown: bytes) -> list[Glyph]:
        codes = [int.from_bytes(shown[at : at + 2]) for at in range(0, len(shown), 2)]
        return [Glyph(self.texts.get(code, ""), self.name, self.widths.get(code, self.default)) for code in codes]


def widths_said(font: pikepdf.Dictionary) -> dict[int, float]:
    """ISO 32000-1 §9.7.4.3: `c [w1 w2 …]` or `first last w`."""
    said: dict[int, float] = {}
    entries = list(font.get("/W", []))
    while entries:
        first = int(entries.pop(0))
        second = entries.pop(0)
        if isinstance(second, pikepdf.Array):
            said.update({first + i: float(width) for i, width in enumerate(second)})
        else:
            width = float(entries.pop(0))
            said.update({cid: width for cid in range(first, int(second) + 1)})
    return said


@lru_cache(maxsize=1)
def blocks(path: Path) -> list[Block]:
    """The paragraphs, headings and cells of a sheet."""
    with pikepdf.open(path) as pdf:
        if "/StructTreeRoot" not in pdf.Root:
            return []
        parents = numbers(pdf.Root.StructTreeRoot.get("/ParentTree", {}))
        found: dict[tuple[int, int], Block] = {}
        fonts: dict[tuple[int, int], Font] = {}
        for number, page in enumerate(pdf.pages):
            elements = parents.get(int(page.get("/StructParents", -1)), [])
            named = page.get("/Resources", {}).get("/Font", {})
            for key in named:
                fonts.setdefault(named[key].objgen, Font(named[key]))
            shown_there = list(shows(page))
            if not all(upright for _, _, _, _, upright in shown_there):
                continue
            for marked, font, shown, baseline, _ in shown_there:
                if marked is None or marked >= len(elements):
                    continue
                element, kind, tabular = block_of(elements[marked])
                if element is None:
                    continue
                block = found.setdefault(element, Block(kind, tabular))
                block.lines.setdefault((number, round(baseline)), []).extend(fonts[named[font].objgen].glyphs(shown))
        return list(found.values())


def numbers(tree) -> dict[int, pikepdf.Object]:
    """A number tree (ISO 32000-1 §7.9.7) as a dictionary."""
    entries = list(tree.get("/Nums", []))
    all_of = {int(key): value for key, value in zip(entries[::2], entries[1::2])}
    for kid in tree.get("/Kids", []):
        all_of |= numbers(kid)
    return all_of


def block_of(element) -> tuple[tuple[int, int] | None, str, bool]:
    """The paragraph, heading or cell around an element, and whether that stands in a table."""
    block, kind, tabular = None, "", False
    while isinstance(element, pikepdf.Dictionary) and "/S" in element:
        name = str(element.S)
        if block is None and name in BLOCKS:
            block, kind = element.objgen, name
        tabular = tabular or name == "/Table"
        element = element.get("/P")
    return block, kind, tabular


def shows(page):
    """What a page shows: number of the marked content, font, codes, height of the baseline, whether it is upright."""
    marks: list = []
    stack: list = []
    upright, up, height = True, 1.0, 0.0
    font, line, at = None, 0.0, 0.0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                properties = operands[1] if len(operands) > 1 else {}
                number = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
                marks.append(None if number is None else int(number))
            case "EMC":
                marks.pop()
            case "q":
                stack.append((upright, up, height))
            case "Q":
                upright, up, height = stack.pop()
            case "cm":
                upright = upright and float(operands[1]) == 0
                height += up * float(operands[5])
                up *= float(operands[3])
            case "BT":
                line = at = 0.0
            case "Tf":
                font = str(operands[0])
            case "Tm":
                line = at = float(operands[5])
            case "Td" | "TD":
                line = at = line + float(operands[1])
            case "Tj" | "TJ":
                pieces = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
                shown = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
                marked = next((mark for mark in reversed(marks) if mark is not None), None)
                yield marked, font, shown, height + up * at, upright


def line_breaks(path: Path) -> list[str]:
    """Lines that begin or end with a sign that must not stand there."""
    problems = []
    for block in blocks(path):
        lines = block.texts()
        for before, after in zip(lines, lines[1:]):
            if after[0] in NEVER_FIRST:
                problems.append(f"a line begins with {after[0]}: {before[-8:]} / {after[:8]}")
            if before[-1] in NEVER_LAST:
                problems.append(f"a line ends with {before[-1]}: {before[-8:]} / {after[:8]}")
    return problems


def figures(path: Path) -> list[str]:
    """Times in tables whose figures differ in width, so that they do not stand below each other."""
    widths: dict[str, dict[str, float]] = {}
    for block in blocks(path):
        for line in block.lines.values() if block.tabular else ():
            if TIME.search("".join(glyph.text for glyph in line)):
                for glyph in line:
                    if glyph.text.isdecimal() and glyph.text.isascii():
                        widths.setdefault(glyph.font, {})[glyph.text] = glyph.width
    return [
        f"figures of times differ in width in {font}: {dict(sorted(those.items()))}"
        for font, those in widths.items()
        if max(those.values()) - min(those.values()) > 1
    ]


def last_lines(path: Path) -> list[str]:
    """Titles with a single Chinese letter on their last line."""
    problems = []
    for block in blocks(path):
        lines = block.texts()
        if block.kind not in TITLES or len(lines) < 2 or re.search(r"\w{2}", lines[-1]):
            continue
        if HAN.search(lines[-1]):
            problems.append(f"a title ends with a line of one letter: {' / '.join(lines)}")
    return problems


CHECKS = {"line breaks": line_breaks, "figures": figures, "last lines": last_lines}
