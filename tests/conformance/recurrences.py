"""Judges which sessions are held against PyPI recurring-ical-events, which nobody here wrote.

Reads JSON, a list of cases. `calendar` is an iCalendar text, `window` its first and last day, and `held` the sessions
that we say begin in it, each as its start and its end. `rule` is the RRULE of the text, if it has one, and `first` its
first day within `valid` as we say, from which the text starts. Prints each case that differs, with its text, and last
`counted passed=N failed=M`. One case is one check.
"""

import datetime
import json
import sys
from collections import Counter

import icalendar
import recurring_ical_events
from dateutil.rrule import rrulestr


def dates(pair: list[str]) -> tuple[datetime.date, datetime.date]:
    first, last = map(datetime.date.fromisoformat, pair)
    return first, last


def held(case: dict) -> Counter:
    """The events of a case that begin in its window."""
    calendar = icalendar.Calendar.from_ical(case["calendar"])
    first, last = dates(case["window"])
    events = recurring_ical_events.of(calendar).between(first, last + datetime.timedelta(days=1))
    spans = [(event["DTSTART"].dt, event["DTEND"].dt) for event in events]
    # An event of the evening before may reach into the window.
    spans = [(start, end) for start, end in spans if first <= start.date() <= last]
    return Counter(f"{start:%Y-%m-%dT%H:%M}/{end:%Y-%m-%dT%H:%M}" for start, end in spans)


def first_day(case: dict) -> str | None:
    """The first day of a case's rule."""
    if case["rule"] is None:
        return None
    first, last = dates(case["valid"])
    rule = rrulestr(case["rule"], dtstart=datetime.datetime.combine(first, datetime.time()))
    found = next((start.date() for start in rule), None)
    return found.isoformat() if found and found <= last else None


def differences(case: dict) -> list[str]:
    problems = []
    if case["first"] != first_day(case):
        problems.append(f"first day of {case['rule']} in {case['valid']}: {case['first']}, judge: {first_day(case)}")
    ours, theirs = Counter(case["held"]), held(case)
    if ours != theirs:
        problems.append(f"only we: {list((ours - theirs).elements())}")
        problems.append(f"only the judge: {list((theirs - ours).elements())}")
    return problems


def main() -> int:
    passed = failed = 0
    for number, case in enumerate(json.load(sys.stdin)):
        problems = differences(case)
        if not problems:
            passed += 1
            continue
        failed += 1
        print(f"✗ case {number}, {' to '.join(case['window'])}")
        for problem in problems:
            print(f"    {problem}")
        print(case["calendar"])
    print(f"counted passed={passed} failed={failed}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
