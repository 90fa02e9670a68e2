"""What other programs make of our calendars: `icalendar` reads them, `recurring-ical-events` expands them.

    python tests/conformance/calendars.py DIR EXPECTED.json

EXPECTED.json has a window of dates and for each calendar below DIR what takes place in it, as UTC times or whole days,
with its status, and titles that must be among the summaries:

    {"from": "2026-09-01", "until": "2027-08-31",
     "files": {"calendars/centres/x.ics": {"takes_place": ["2026-11-24T01:00Z 2026-11-24T03:30Z CONFIRMED",
                                                           "2026-10-01 CONFIRMED"], "titles": ["法律坐诊"]}}}
"""

import json
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import icalendar
import recurring_ical_events


def utc(time: datetime) -> str:
    return time.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%MZ")


def lines(event: icalendar.Event) -> list[str]:
    start, end, status = event["DTSTART"].dt, event["DTEND"].dt, event["STATUS"]
    if isinstance(start, datetime):
        return [f"{utc(start)} {utc(end)} {status}"]
    return [f"{start + timedelta(days=day)} {status}" for day in range((end - start).days)]


def problems(folder: str, name: str, wanted: dict, first: date, last: date) -> list[str]:
    calendar = icalendar.Calendar.from_ical((Path(folder) / name).read_bytes())
    found = [f"{component.name}: {error}" for component in calendar.walk() for error in component.errors]
    if not calendar.get("NAME") or calendar["NAME"] != calendar["X-WR-CALNAME"]:
        found.append("no name, or two")
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    events = calendar.walk("VEVENT")
    for event in events:
        named = {
            value.params["TZID"]
            for key in ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE")
            for value in (event[key] if isinstance(event.get(key), list) else [event.get(key)])
            if value is not None and "TZID" in value.params
        }
        found += [f"no VTIMEZONE of {zone}" for zone in named - zones]
    twice = Counter((str(e["UID"]), str(e.get("RECURRENCE-ID") and e["RECURRENCE-ID"].dt)) for e in events)
    found += [f"twice: {uid}" for uid, count in twice.items() if count > 1]
    summaries = {str(event["SUMMARY"]) for event in events}
    found += [f"no summary {title!r} among {summaries}" for title in wanted["titles"] if title not in summaries]

    inside = lambda line: str(first) <= line[:10] <= str(last)
    # A day more on either side, since the window is one of UTC.
    around = recurring_ical_events.of(calendar).between(first - timedelta(days=40), last + timedelta(days=40))
    expanded = Counter(line for event in around for line in lines(event) if inside(line))
    expected = Counter(wanted["takes_place"])
    found += [f"not there: {line}" for line in sorted((expected - expanded).elements())]
    found += [f"too many: {line}" for line in sorted((expanded - expected).elements())]
    return found


def judge(task: tuple) -> tuple[str, list[str]]:
    try:
        return task[1], problems(*task)
    except Exception as error:  # a calendar that cannot be read has failed
        return task[1], [f"{type(error).__name__}: {error}"]


def main() -> int:
    folder, expected = sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    first, last = date.fromisoformat(expected["from"]), date.fromisoformat(expected["until"])
    tasks = [(folder, name, wanted, first, last) for name, wanted in expected["files"].items()]
    failed = takes_place = 0
    with ProcessPoolExecutor() as pool:
        for name, found in pool.map(judge, tasks, chunksize=8):
            failed += bool(found)
            if found:
                print(f"✗ {name}")
                print("\n".join(f"    {problem}" for problem in found[:20]))
    takes_place = sum(len(wanted["takes_place"]) for wanted in expected["files"].values())
    print(f"{takes_place} in {len(tasks)} calendars")
    print(f"counted passed={len(tasks) - failed} failed={failed}")
    return 1 if failed or not tasks else 0


if __name__ == "__main__":
    sys.exit(main())
