"""Judges the open data of a built site: the API below api/v1/ and the directory below hsds/, whichever are there.

    opendata.py DIR [SCHEMAS]

- jsonschema: every file of the API has the form of the JSON Schema that it names, and every schema is one itself;
  every service and organisation of the directory has the form that HSDS 3.0 lists (tests/hsds/fields.txt), and, where
  SCHEMAS is a folder of the standard's own (`schema/` of its repository), the form that those ask for.
- frictionless: the tabular package is as its datapackage.json says: types, keys between tables, quoting; that says the
  same as HSDS's, and no field is empty that HSDS requires.
- dateutil expands the rules of all schedules: with the dates that their notes take out they give the days of
  centres/ID/hours.json, and, where the API is there too, the sessions of api/v1/sessions.json.
"""

import csv
import json
import re
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from frictionless import Package, system
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from report import Report

REPORT = Report()
ADDRESS = {"city", "state_province", "postal_code"}
FORMATS = FormatChecker(["date", "uuid", "email"])
JSON_FORMATS = {"uuid": "uuid", "date": "date", "time": "time", "instant": "date-time", "uri": "uri", "email": "email"}


@FORMATS.checks("time", ValueError)
def is_time(text):
    return not isinstance(text, str) or time.fromisoformat(text).tzinfo is not None


@FORMATS.checks("date-time", ValueError)
def is_instant(text):
    return not isinstance(text, str) or datetime.fromisoformat(text).tzinfo is not None


@FORMATS.checks("uri", ValueError)
def is_address(text):
    return not isinstance(text, str) or re.fullmatch(r"https?://[!-~]+", text) is not None


def judge(what, problems):
    REPORT.check(what, list(problems)[:5])


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def by_schema(what, value, validator):
    judge(what, (f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)))


def root_of(index):
    """The address below which the API says that the site stands."""
    return index["schema"].removesuffix("api/v1/schema/index.json")


def api(top):
    base = top / "api" / "v1"
    root = root_of(read(base / "index.json"))
    validators = {}
    for path in sorted((base / "schema").glob("*.json")):
        schema = read(path)
        judge(f"schema {path.name}", (e.message for e in Draft202012Validator(
            Draft202012Validator.META_SCHEMA).iter_errors(schema)))
        validators[path] = Draft202012Validator(schema, format_checker=FORMATS)
    for path in sorted(base.rglob("*.json")):
        if path.parent.name == "schema":
            continue
        value = read(path)
        by_schema(str(path.relative_to(top)), value, validators[top / value["schema"].removeprefix(root)])


class Field(NamedTuple):
    """A field of a table, as tests/hsds/fields.txt lists it."""

    name: str
    kind: str
    marks: str

    def in_json(self):
        if self.kind.startswith("["):
            return {"type": "array", "items": {"$ref": f"{self.kind[1:-1]}.json"}}
        if words := self.words():
            return {"enum": words}
        if self.kind in ("string", "number"):
            return {"type": self.kind}
        if self.kind in JSON_FORMATS:
            return {"type": "string", "format": JSON_FORMATS[self.kind]}
        return {"$ref": f"{self.kind}.json"}

    def words(self):
        return [word.replace("_", " ") for word in self.kind.split("|")] if "|" in self.kind else None

    def in_table(self):
        """What a data package has to say of it: type, format, whether it is required, unique, and its words."""
        plain = {"number": "number", "date": "date", "time": "time", "instant": "datetime"}.get(self.kind, "string")
        of_text = self.kind if self.kind in ("uuid", "uri", "email") else "default"
        return {"type": plain, "format": of_text, "required": self.required() and self.name not in ADDRESS,
                "unique": "!" in self.marks, "enum": self.words()}

    def required(self):
        return "*" in self.marks or "+" in self.marks


def hsds_tables():
    """The fields and the file of each table."""
    text = (Path(__file__).parent.parent / "hsds" / "fields.txt").read_text(encoding="utf-8")
    tables = {}
    for table in re.split(r"\n(?=\w)", re.sub(r"(?m)^#.*\n", "", text).strip()):
        head, fields = table.split(":", 1)
        name, file = head.split()
        parts = (re.fullmatch(r"(\w+)([*+!]*)=(.*)", field) for field in fields.split())
        tables[name] = file, [Field(name=part[1], kind=part[3], marks=part[2]) for part in parts]
    return tables


def hsds_schemas(tables):
    """A schema a table, each in a document of the name that the standard gives it; only listed fields may be there."""
    return {f"{name}.json": {
        "type": "object",
        "properties": {field.name: field.in_json() for field in fields},
        "required": [field.name for field in fields if "*" in field.marks],
        "additionalProperties": False,
    } for name, (_, fields) in tables.items()}


def validator_of(documents, table):
    resources = ((name, DRAFT202012.create_resource(document)) for name, document in documents.items())
    registry = Registry().with_resources(resources).crawl()
    return Draft202012Validator({"$ref": f"{table}.json"}, registry=registry, format_checker=FORMATS)


def said_of(field):
    """What a field of a data package says, in the form of `Field.in_table`."""
    constraints = field.get("constraints", {})
    return {"type": field["type"], "format": field.get("format", "default"), "enum": constraints.get("enum"),
            "required": constraints.get("required", False), "unique": constraints.get("unique", False)}


def table_form(resource, tables):
    """In what a table's description differs from the standard's."""
    if resource["name"] not in tables:
        yield "HSDS has no such table"
        return
    file, fields = tables[resource["name"]]
    if Path(resource["path"]).name != file:
        yield f"{resource['path']} is called {file}"
    expected = {field.name: field.in_table() for field in fields}
    said = {field["name"]: said_of(field) for field in resource["schema"]["fields"]}
    for name in said.keys() - expected.keys():
        yield f"HSDS has no field {name}"
    for name in said.keys() & expected.keys():
        wrong = {key: value for key, value in said[name].items() if value != expected[name][key]}
        if wrong:
            yield f"{name} is said to be {wrong}, HSDS has {({key: expected[name][key] for key in wrong})}"
    for field in fields:
        if field.required() and field.name not in said:
            yield f"{field.name} is required"


def hsds(top, standard):
    base = top / "hsds"
    tables = hsds_tables()
    ours = hsds_schemas(tables)
    theirs = {path.name: read(path) for path in sorted(standard.glob("*.json"))} if standard else None
    for kind, table in (("services", "service"), ("organizations", "organization")):
        validators = [("", validator_of(ours, table))]
        if theirs is not None:
            validators.append((" by the standard's schemas", validator_of(theirs, table)))
        listed = read(base / f"{kind}.json")
        judge(f"{kind}.json", [] if len(listed["contents"]) == listed["total_items"] else ["wrong count"])
        names = {entry["id"] for entry in listed["contents"]}
        found = {path.stem for path in (base / kind).glob("*.json")}
        judge(f"files of {kind}", names ^ found)
        for path in sorted((base / kind).glob("*.json")):
            value = read(path)
            for how, validator in validators:
                by_schema(f"{path.relative_to(top)}{how}", value, validator)
    with system.use_context(trusted=True):
        report = Package(str(base / "datapackage.json")).validate()
    for task in report.tasks:
        judge(f"table {task.name}", (f"{error.type}: {error.message}" for error in task.errors))
    judge("datapackage.json", (error.message for error in report.errors))
    for resource in read(base / "datapackage.json")["resources"]:
        judge(f"form of table {resource['name']}", table_form(resource, tables))
        required = [field.name for field in tables.get(resource["name"], ("", []))[1] if field.required()]
        with open(base / resource["path"], encoding="utf-8", newline="") as rows:
            records = list(csv.DictReader(rows))
            # A site that nowhere says in which province it lies cannot say it here.
            written = {name for row in records for name in ADDRESS if row.get(name)}
            empty = [f"{row['id']}: no {name}" for row in records for name in required
                     if not row.get(name) and (name not in ADDRESS or name in written)]
        judge(f"required in {resource['name']}", empty)
    timetables(top, [read(path) for path in sorted((base / "services").glob("*.json"))],
               [read(path) for path in sorted((base / "organizations").glob("*.json"))])


def occurrences(schedules, first, last):
    """The rows with times, each with the days of a window on which it holds."""
    for row in schedules:
        if "opens_at" not in row:
            continue
        begins = max(first, date.fromisoformat(row.get("valid_from", first.isoformat())))
        ends = min(last, date.fromisoformat(row.get("valid_to", last.isoformat())))
        start = date.fromisoformat(row.get("dtstart", (first - timedelta(days=7)).isoformat()))
        names = ("freq", "interval", "count", "byday", "byweekno", "bymonthday", "wkst")
        rule = ";".join(f"{name.upper()}={row[name]}" for name in names if name in row)
        if "until" in row:
            rule += f";UNTIL={row['until'].replace('-', '')}"
        # Words without digits, then dates or spans, each with its reason, parted by semicolons.
        off = re.findall(r"(?:^\D*|; )(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?", row.get("notes", ""))
        spans = [(date.fromisoformat(a), date.fromisoformat(b or a)) for a, b in off]
        for moment in rrulestr(rule, dtstart=datetime.combine(start, time())):
            day = moment.date()
            if day > ends:
                break
            if day >= begins and not any(a <= day <= b for a, b in spans):
                yield day, row


def expand(schedules, first, last):
    """The stretches of open time on each day of a window, as (date, opens, closes)."""
    days = occurrences(schedules, first, last)
    return {(day.isoformat(), row["opens_at"][:5], row["closes_at"][:5]) for day, row in days}


def wrong_clocks(schedules, first, last, zone):
    """Days on which a row has another offset than the zone."""
    for day, row in occurrences(schedules, first, last):
        opens = time.fromisoformat(row["opens_at"])
        ours = datetime.combine(day, opens.replace(tzinfo=zone)).utcoffset()
        if opens.utcoffset() != ours or row["timezone"] != ours / timedelta(hours=1):
            yield f"{day}: {row['opens_at']} and {row['timezone']}, the zone is at {ours}"


def difference(ours, theirs):
    return [f"only by rule: {one}" for one in sorted(ours - theirs)] + [
        f"only by date: {one}" for one in sorted(theirs - ours)]


def clock(minutes):
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def timetables(top, services, organizations):
    locations = {}
    for organization in organizations:
        for location in organization.get("locations", []):
            locations[location["id"]] = location
    for location in locations.values():
        path = top / "centres" / unquote(location["url"]).split("/centres/")[-1].split("/")[0] / "hours.json"
        if not path.exists():
            judge(f"hours of {location['name']}", location.get("schedules", []))
            continue
        hours = read(path)
        first, last = date.fromisoformat(hours["from"]), date.fromisoformat(hours["until"])
        theirs = set()
        for number, state in enumerate(hours["days"]):
            day = (first + timedelta(days=number)).isoformat()
            for open_time in hours["states"][state]["open"]:
                theirs.add((day, clock(open_time[0]), clock(open_time[1])))
        ours = expand(location.get("schedules", []), first, last)
        # Of a day whose public holidays are not announced a rule need not say anything, and nothing else.
        announced = (hours["not_announced_from"] or "9999")[:4]
        said = {day for day, _, _ in ours} | {
            (first + timedelta(days=number)).isoformat() for number, state in enumerate(hours["days"])
            if "why" in hours["states"][state]}
        theirs = {one for one in theirs if one[0] < announced or one[0] in said}
        judge(f"hours of {location['name']}", difference(ours, theirs))
        # A whole year, so that clocks change twice.
        zone, year = ZoneInfo(hours["time_zone"]), first + timedelta(days=365)
        judge(f"clocks of {location['name']}", wrong_clocks(location.get("schedules", []), first, year, zone))
    sessions = top / "api" / "v1" / "sessions.json"
    if not sessions.exists():
        return
    listed = read(sessions)
    language = read(top / "api" / "v1" / "index.json")["languages"][0]["tag"]
    first, last = (date.fromisoformat(listed["days"][end]) for end in ("from", "until"))
    theirs, ours = {}, {}
    for item in listed["items"]:
        if item["status"] in ("held", "changed", "extra", "moved-here"):
            at = (item["date"], item["starts_at"][11:16], item["ends_at"][11:16])
            theirs.setdefault((item["title"][language], item["centre"]), set()).add(at)
    for service in services:
        if "program" not in service:
            continue
        for there in service["service_at_locations"]:
            centre = unquote(there["location"]["url"]).split("/centres/")[-1].split("/")[0]
            times = expand(there.get("schedules", []), first, last)
            if times:
                ours.setdefault((service["name"], centre), set()).update(times)
    for key in sorted(ours.keys() | theirs.keys()):
        judge(f"sessions of {key[0]!r} at {key[1]}", difference(ours.get(key, set()), theirs.get(key, set())))


def main():
    top = Path(sys.argv[1])
    if (top / "api" / "v1" / "index.json").exists():
        api(top)
    if (top / "hsds" / "datapackage.json").exists():
        hsds(top, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
    sys.exit(REPORT.end())


main()
