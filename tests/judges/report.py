"""What every judge in Python says in the same way, as report.mjs does: one block for each thing that failed, and a
last line `counted passed=N failed=N` that tests/run adds up."""


class Report:
    def __init__(self) -> None:
        self.passed = 0
        self.failed = 0

    def check(self, subject: str, problems: list[str]) -> None:
        """One check: no problems means it passed."""
        if not problems:
            self.passed += 1
            return
        self.failed += 1
        print(f"✗ {subject}")
        for problem in problems[:20]:
            print(f"    {problem}")

    def end(self) -> int:
        """Ends the judge. Nothing judged is a failure: an empty folder must not look like a good site."""
        if self.passed + self.failed == 0:
            self.check("nothing to judge", ["no file of this kind in the folder"])
        print(f"counted passed={self.passed} failed={self.failed}")
        return 1 if self.failed else 0
