"""The boards on the wall say what the pages say: each cell of the table on the sheet has the words of the cell of the same
day and time on the page that the sheet's code leads to. Where the sheet is a list by day, each day has the words and the
times of that day on the page. An activity that was over on the day the sheet was made stands on the page alone.

    .test-tools/py/bin/python tests/judges/sheets.py DIR

The text is taken from the structure of the PDF, in the order in which a screen reader reads it (poppler's
`pdfinfo -struct-text`). Only boards in the site's first language are read: of a line with a hyphen, or with a letter of
traditional Mongolian that stands for two, poppler keeps only what stands before it.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html

from report import Report

# The words of a cell on the page, but for those that say that it is empty or are there for screen readers only.
WORDS = ".//text()[not(ancestor::*[contains(@class, 'visually-hidden') or @class='nothing'])]"


TIME = re.compile(r"\d\d?:\d\d–\d\d?:\d\d")


def letters(text: str) -> str:
    """A text without spaces and punctuation, which sheets and pages set differently."""
    return re.sub(r"[\W_]", "", text)


def structure_of(pdf: Path) -> list[str]:
    """The lines of a PDF's structure."""
    run = subprocess.run(["pdfinfo", "-struct-text", pdf], capture_output=True, check=True)
    return run.stdout.decode("utf-8", "replace").splitlines()


def tables_of(structure: list[str]) -> list[list[list[str]]]:
    """The tables of a PDF as rows of cells."""
    tables: list[list[list[str]]] = []
    for line in structure:
        text = line.strip()
        if re.match(r"Table\b", text):
            tables.append([])
        elif re.match(r"TR\b", text):
            tables[-1].append([])
        elif re.match(r"T[HD]\b", text):
            tables[-1][-1].append("")
        elif text.startswith('"') and tables and tables[-1] and tables[-1][-1]:
            tables[-1][-1][-1] += letters(text)
        elif re.match(r"H\d\b", text) and tables:
            tables.append([[""]])  # what follows a heading stands in no cell
    return tables


def page_of(site: Path, pdf: Path) -> Path:
    """The page that a sheet's code leads to."""
    run = subprocess.run(["pdfinfo", "-url", pdf], capture_output=True, text=True, check=True)
    urls = [line.split()[-1] for line in run.stdout.splitlines()[1:]]
    code = next(urlsplit(url).path.lstrip("/") for url in urls if "/p/" in url)
    stop = site / code / "index.html"
    on = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', stop.read_text("utf-8"))
    return (stop.parent / on[1]).resolve()


def cells(rows: list[list[str]]) -> dict[frozenset[str], Counter]:
    """The letters of each cell by its two heads: a table may lie on its side, and its head may be repeated."""
    found: dict[frozenset[str], Counter] = {}
    for row in rows:
        if row[0] == rows[0][0]:
            heads = row
            continue
        for head, cell in zip(heads[1:], row[1:]):
            found.setdefault(frozenset((head, row[0])), Counter()).update(cell)
    return found


def days_of(structure: list[str], days: set[str]) -> dict[str, str]:
    """The text below the heading of each day, where the week is a list."""
    heading, parts = False, [["", ""]]
    for line in structure:
        text = line.strip()
        if re.match(r"H\d\b", text):
            heading, depth = True, len(line) - len(line.lstrip())
            parts.append(["", ""])
        elif heading and not text.startswith('"') and len(line) - len(line.lstrip()) <= depth:
            heading = False
        if text.startswith('"'):
            parts[-1][0 if heading else 1] += text[1:-1]
    found: dict[str, str] = {}
    for head, below in parts:
        if letters(head) in days:
            found[letters(head)] = found.get(letters(head), "") + below
    return found


def by_day(board) -> dict[str, tuple[Counter, Counter]]:
    """The letters and the times of each day of the page's table: a session without a time has that of its row."""
    rows = board.xpath(".//tr")
    heads = [letters("".join(cell.xpath(WORDS))) for cell in rows[0].xpath("./th")]
    found: dict[str, tuple[Counter, Counter]] = {}
    for row in rows[1:]:
        usual = TIME.findall("".join(row.xpath("./th//text()")))
        for head, cell in zip(heads[1:], row.xpath("./td")):
            words, times = found.setdefault(head, (Counter(), Counter()))
            for session in cell.xpath(".//li[contains(@class, 'session')]"):
                text = "".join(session.xpath(WORDS))
                times.update(TIME.findall(text) or usual)
                words.update(letters(TIME.sub("", text)))
    return {head: said for head, said in found.items() if said[0]}


def listed(structure: list[str], board) -> list[str]:
    """Where a list by day says something else than the page."""
    meant = by_day(board)
    said = {
        day: (Counter(letters(TIME.sub("", text))), Counter(TIME.findall(text)))
        for day, text in days_of(structure, set(meant)).items()
    }
    none = (Counter(), Counter())
    wrong = []
    for day in sorted({*said, *meant}):
        for on_sheet, on_page in zip(said.get(day, none), meant.get(day, none)):
            if on_sheet != on_page:
                more = [" ".join(sorted((a - b).elements())) for a, b in ((on_page, on_sheet), (on_sheet, on_page))]
                wrong.append(f"{day}: only on the page {more[0]!r}, only on the sheet {more[1]!r}")
    return wrong if meant else ["the board of the page is empty"]


def without_what_is_over(board, tree, structure: list[str]) -> None:
    """Takes from the page's table the activities whose period ended before the day on which a sheet was made."""
    text = "".join(line.strip()[1:-1] for line in structure if line.strip().startswith('"')).replace(" ", "")
    year, month, day = re.search(r"制表(\d+)年(\d+)月(\d+)日", text).groups()
    made = f"{year}-{month:0>2}-{day:0>2}"
    over = set()
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        said = json.loads(script)
        of_page = said if isinstance(said, list) else said.get("@graph", [said])
        for event in [event for it in of_page for event in it.get("subEvent", [])]:
            if event.get("endDate", made) < made:
                over.add(urlsplit(event["url"]).path.rstrip("/").rsplit("/", 1)[-1])
    for session in board.xpath(".//li[contains(@class, 'session')]"):
        links = {part for href in session.xpath(".//a/@href") for part in href.split("/")}
        if links & over:
            session.getparent().remove(session)


def differences(site: Path, pdf: Path) -> list[str]:
    said: dict[frozenset[str], Counter] = {}
    structure = structure_of(pdf)
    for table in tables_of(structure):
        if table and len(table[0]) > 2:
            for key, cell in cells(table).items():
                said.setdefault(key, Counter()).update(cell)
    tree = html.parse(str(page_of(site, pdf)), html.HTMLParser(encoding="utf-8")).getroot()
    board = tree.xpath("//table[contains(@class, 'board')]")[0]
    without_what_is_over(board, tree, structure)
    if not said:
        return listed(structure, board)
    rows = [[letters("".join(cell.xpath(WORDS))) for cell in row.xpath("./th|./td")] for row in board.xpath(".//tr")]
    meant = cells(rows)
    none = Counter()
    wrong = []
    for key in sorted({*said, *meant}, key=sorted):
        on_sheet, on_page = said.get(key, none), meant.get(key, none)
        if on_sheet != on_page:
            more = ["".join((a - b).elements()) for a, b in ((on_page, on_sheet), (on_sheet, on_page))]
            wrong.append(f"{'/'.join(sorted(key))}: only on the page {more[0]!r}, only on the sheet {more[1]!r}")
    return wrong if sum(len(cell) for cell in meant.values()) else ["the board of the page is empty"]


def main() -> int:
    site = Path(sys.argv[1]).resolve()
    report = Report()
    boards = sorted(site.glob("posters/*-weekly-board-*.pdf"))
    with ThreadPoolExecutor(2) as pool:
        for pdf, wrong in zip(boards, pool.map(lambda pdf: differences(site, pdf), boards)):
            report.check(f"{pdf.relative_to(site)} and its page", wrong)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
