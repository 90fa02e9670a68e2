"""Tables: Python's own CSV reader reads both forms in its strict mode and finds the same rows, and frictionless finds
every plain table as `tables/datapackage.json` describes it: columns, types, ids that are unique, ids that lead somewhere.

    python tests/judges/tables.py DIR
"""

import csv
import io
import json
import sys
from pathlib import Path

from frictionless import Package, system
from report import Report

FORMULAS = tuple("=+-@＝＋－＠\t\r\n")


def rows_of(path: Path, spreadsheet: bool) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8")
    if spreadsheet != text.startswith("\ufeff"):
        raise ValueError("a byte order mark is where it should not be, or is missing")
    ending = "\r\n" if spreadsheet else "\n"
    if not text.endswith(ending):
        raise ValueError(f"the last row does not end in {ending!r}")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def unguarded(cell: str) -> str:
    return cell.removeprefix("'")


def runs(cell: str) -> bool:
    if not cell.startswith(FORMULAS):
        return False
    try:
        float(cell)
    except ValueError:
        return True
    return False


def problems_of(folder: Path, name: str) -> list[str]:
    try:
        plain = rows_of(folder / "plain" / f"{name}.csv", spreadsheet=False)
        guarded = rows_of(folder / f"{name}.csv", spreadsheet=True)
    except (OSError, ValueError, csv.Error) as error:
        return [str(error)]
    problems = [f"row {n} has {len(row)} cells" for n, row in enumerate(plain) if len(row) != len(plain[0])]
    if len(set(plain[0])) != len(plain[0]):
        problems.append(f"two columns have one name: {plain[0]}")
    problems += [f"a spreadsheet would run {cell!r}" for row in guarded for cell in row if runs(cell)]
    if [[unguarded(cell) for cell in row] for row in guarded] != plain:
        problems.append("the two forms differ")
    return problems


def main() -> int:
    folder = Path(sys.argv[1]) / "tables"
    description = folder / "datapackage.json"
    report = Report()
    names = [resource["name"] for resource in json.loads(description.read_text(encoding="utf-8"))["resources"]]
    for name in names:
        report.check(f"tables/{name}.csv", problems_of(folder, name))
    found = {path.stem for path in [*folder.glob("*.csv"), *folder.glob("plain/*.csv")]}
    report.check("tables that are not described", sorted(found - set(names)))
    # What is on this disk is read, and nothing is fetched.
    system.trusted = True
    validated = Package(str(description)).validate()
    report.check("tables/datapackage.json", [error.message for error in validated.errors])
    for task in validated.tasks:
        report.check(f"frictionless: {task.name}", [error.message for error in task.errors])
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
