#!/usr/bin/env python3
"""Adds up a ctest JUnit file: Qt Test programs count by their functions, everything else as one test.

Prints "N passed, N failed, N skipped" and exits 1 when anything failed or nothing ran."""
import re
import sys
import xml.etree.ElementTree as ET

TOTALS = re.compile(r"Totals: (\d+) passed, (\d+) failed, (\d+) skipped")


def main() -> int:
    passed = failed = skipped = 0
    for case in ET.parse(sys.argv[1]).getroot().iter("testcase"):
        broken = case.get("status") == "fail" or case.find("failure") is not None
        output = "".join(case.find("system-out").itertext()) if case.find("system-out") is not None else ""
        totals = TOTALS.findall(output)
        if totals:
            passed += sum(int(t[0]) for t in totals)
            failed += sum(int(t[1]) for t in totals)
            skipped += sum(int(t[2]) for t in totals)
            if broken and not any(int(t[1]) for t in totals):
                failed += 1  # crashed, leaked or timed out after its tests
        elif broken:
            failed += 1
        elif case.get("status") in ("notrun", "disabled") or case.find("skipped") is not None:
            skipped += 1
        else:
            passed += 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
