"""Judges pipelines by the JSON Schemas of GitHub's workflows and of GitLab CI (as PyPI `check-jsonschema` 0.39.0 has them).

The first is SchemaStore's (Apache 2.0), the second GitLab's (MIT); their licences lie beside them. Reads JSON: `pipelines`,
a list of `{schema, name, pipeline}`. Prints what differs and last `counted passed=N failed=M`.
"""

import json
import pathlib
import sys

import jsonschema

FOLDER = pathlib.Path(__file__).with_name("pipelines")


def main() -> int:
    passed = failed = 0
    for case in json.load(sys.stdin)["pipelines"]:
        schema = json.loads((FOLDER / f"{case['schema']}.schema.json").read_text(encoding="utf-8"))
        errors = jsonschema.Draft7Validator(schema).iter_errors(case["pipeline"])
        problems = [f"{case['name']}: {'/'.join(map(str, error.path))}: {error.message[:300]}" for error in errors]
        is_right = bool(problems) == case.get("wrong", False)
        print(*problems, sep="\n", end="\n" if problems else "")
        passed, failed = passed + is_right, failed + (not is_right)
    print(f"counted passed={passed} failed={failed}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
