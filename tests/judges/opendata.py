"""Judges the open data of a built site: the API below api/v1/ and the directory below hsds/, whichever are there.

    opendata.py DIR

- jsonschema: every file of the API has the form of the JSON Schema that it names, and every schema is one itself;
  every service and organisation of the directory has the form that HSDS 3.0 lists (tests/hsds/fields.txt).
- frictionless: the tabular package is as its datapackage.json says: types, keys between tables, quoting; and no field is
  empty that HSDS requires.
- dateutil expands the rules of all schedules: with the dates that their notes take out they give the days of
  centres/ID/hours.json, and, where the API is there too, the sessions of api/v1/sessions.json.
"""

import csv
import json
import re
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from frictionless import Package, system
from jsonschema import Draft202012Validator, FormatChecker
from report import Report

REPORT = Report()
ADDRESS = {"city", "state_province", "postal_code"}
FORMATS = FormatChecker(["date", "uuid"])


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


def hsds_validators(text):
    """One validator a table, made of the list of fields; no field but the listed ones may be there."""
    definitions = {}
    for table in re.split(r"\n(?=\w)", re.sub(r"(?m)^#.*\n", "", text).strip()):
        name, fields = table.split(":", 1)
        properties, required = {}, []
        for field in fields.split():
            key, kind = field.split("=")
            if key.endswith("*"):
                required.append(key := key[:-1])
            properties[key := key.removesuffix("+")] = form(kind)
        definitions[name] = {"type": "object", "properties": properties, "required": required,
                             "additionalProperties": False}
    return lambda table: Draft202012Validator({"$ref": f"#/$defs/{table}", "$defs": definitions},
                                              format_checker=FORMATS)


def required_in_tables(text):
    """The fields of each table that no record may leave empty."""
    for table in re.split(r"\n(?=\w)", re.sub(r"(?m)^#.*\n", "", text).strip()):
        name, fields = table.split(":", 1)
        yield name, [field.split("=")[0][:-1] for field in fields.split() if field.split("=")[0][-1] in "*+"]


def form(kind):
    if kind.startswith("["):
        return {"type": "array", "items": {"$ref": f"#/$defs/{kind[1:-1]}"}}
    if "|" in kind:
        return {"enum": [word.replace("_", " ") for word in kind.split("|")]}
    if kind in ("string", "number"):
        return {"type": kind}
    if kind in ("uuid", "date", "uri"):
        return {"type": "string", "format": kind}
    return {"$ref": f"#/$defs/{kind}"}


def hsds(top):
    base = top / "hsds"
    fields = (Path(__file__).parent.parent / "hsds" / "fields.txt").read_text(encoding="utf-8")
    validator = hsds_validators(fields)
    for kind, table in (("services", "service"), ("organizations", "organization")):
        of_table = validator(table)
        listed = read(base / f"{kind}.json")
        judge(f"{kind}.json", [] if len(listed["contents"]) == listed["total_items"] else ["wrong count"])
        names = {entry["id"] for entry in listed["contents"]}
        found = {path.stem for path in (base / kind).glob("*.json")}
        judge(f"files of {kind}", names ^ found)
        for path in sorted((base / kind).glob("*.json")):
            by_schema(str(path.relative_to(top)), read(path), of_table)
    with system.use_context(trusted=True):
        report = Package(str(base / "datapackage.json")).validate()
    for task in report.tasks:
        judge(f"table {task.name}", (f"{error.type}: {error.message}" for error in task.errors))
    judge("datapackage.json", (error.message for error in report.errors))
    required = dict(required_in_tables(fields))
    for resource in read(base / "datapackage.json")["resources"]:
        with open(base / resource["path"], encoding="utf-8", newline="") as rows:
            records = list(csv.DictReader(rows))
            # A site that nowhere says in which province it lies cannot say it here.
            written = {name for row in records for name in ADDRESS if row.get(name)}
            empty = [f"{row['id']}: no {name}" for row in records for name in required[resource["name"]]
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
        hsds(top)
    sys.exit(REPORT.end())


main()
