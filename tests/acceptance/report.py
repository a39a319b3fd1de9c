"""Counts checks, tells of those that fail, and hands the counts on to `run`; the twin of report.mjs."""

import os


class Report:
    def __init__(self, name):
        self.name = name
        self.passed = self.failed = 0

    def check(self, what, faults):
        """One check: it has passed where there are no faults."""
        if not faults:
            self.passed += 1
            return
        self.failed += 1
        print(f"FAIL {self.name}: {what}")
        for fault in faults[:10]:
            print(f"     {fault}")
        if len(faults) > 10:
            print(f"     … and {len(faults) - 10} more")

    def finish(self):
        """The script's exit code; a script that has checked nothing has failed."""
        print(f"{self.name}: {self.passed} checks passed, {self.failed} failed")
        if counts := os.environ.get("ACCEPTANCE_COUNTS"):
            with open(counts, "a", encoding="utf-8") as file:
                file.write(f"{self.passed} {self.failed}\n")
        return 1 if self.failed or not self.passed else 0
