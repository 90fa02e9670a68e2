"""Judges what every day of 2007 to 2026 is against PyPI chinesecalendar, which nobody here wrote.

Reads JSON: `days`, from a date to `holiday`, `makeup_workday` or `ordinary`, and `replaced`, the days off of which
our files name the make-up workday. Prints each day that differs and last `counted passed=N failed=M`. A day is right
if both agree on whether people work, whether it belongs to a holiday, and whether it is worked for one; a replaced
day is right if the judge has it as one in lieu.
"""

import datetime
import json
import sys

import chinese_calendar

FIRST, LAST = datetime.date(2007, 1, 1), datetime.date(2026, 12, 31)

# Weekend days beside a holiday, on which nobody works either way. The notices count the first ones among the days off
# (6月4日至6日放假公休，共3天) and the judge does not; of the second ones they only say that they follow (与周末连休),
# or nothing, and the judge counts them.
ONLY_IN_THE_NOTICE = ["2011-06-05", "2012-06-23", "2015-09-05"]
ONLY_IN_THE_JUDGE = [
    *["2014-04-06", "2019-04-06", "2019-04-07", "2019-06-08", "2019-06-09", "2019-09-14", "2019-09-15"],
    *["2023-12-30", "2023-12-31"],
]


def differences(date: datetime.date, kind: str) -> list[str]:
    """What the judge says otherwise about one day."""
    off = chinese_calendar.holidays.get(date)
    worked = chinese_calendar.workdays.get(date)
    said = f"we have {kind}, the judge " + (off or worked or "an ordinary day")
    works = {"holiday": False, "makeup_workday": True, "ordinary": date.weekday() < 5}[kind]
    known = {True: ONLY_IN_THE_NOTICE, False: ONLY_IN_THE_JUDGE}[kind == "holiday"]
    agreed = [
        works == chinese_calendar.is_workday(date),
        (kind == "makeup_workday") == (worked is not None),
        (kind == "holiday") == (off is not None) or date.isoformat() in known,
    ]
    return [] if all(agreed) else [f"{date} {date:%a}: {said}"]


def main() -> int:
    given = json.load(sys.stdin)
    problems, passed = [], 0
    days = [FIRST + datetime.timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    for date in days:
        found = differences(date, given["days"][date.isoformat()])
        problems += found
        passed += not found
    for date in map(datetime.date.fromisoformat, given["replaced"]):
        if chinese_calendar.is_in_lieu(date):
            passed += 1
        else:
            problems.append(f"{date}: a workday makes up for it, and the judge does not have it as a day in lieu")
    for problem in problems:
        print(f"✗ {problem}")
    ours = {date for date in days if given["days"][date.isoformat()] != "ordinary"}
    theirs = {date for date in days if date in chinese_calendar.holidays or date in chinese_calendar.workdays}
    print(f"special days: {len(ours)} in the notices, {len(theirs)} in the judge, {len(ours & theirs)} in both")
    print(f"counted passed={passed} failed={len(problems)}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
