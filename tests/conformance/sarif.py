"""Judges SARIF logs by the JSON Schema of SARIF 2.1.0 (as npm `@microsoft/jest-sarif` has it, MIT).

Reads JSON: `logs`, a list. Prints what differs and last `counted passed=N failed=M`, a log counting once.
"""

import json
import pathlib
import sys

import jsonschema

SCHEMA = pathlib.Path(__file__).with_name("sarif-2.1.0.schema.json")


def main() -> int:
    judge = jsonschema.Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    passed = failed = 0
    for log in json.load(sys.stdin)["logs"]:
        problems = [f"{'/'.join(map(str, error.path))}: {error.message}" for error in judge.iter_errors(log)]
        print(*problems, sep="\n", end="\n" if problems else "")
        passed, failed = passed + (not problems), failed + bool(problems)
    print(f"counted passed={passed} failed={failed}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
