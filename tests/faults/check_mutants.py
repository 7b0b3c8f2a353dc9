#!/usr/bin/env python3
"""Whether each mistake of mutants.tsv still fits the sources: one that fits nowhere proves nothing about the kill engine."""
import pathlib
import sys

from engine import ROOT, read_mutants

wrong = 0
mutants = read_mutants(pathlib.Path(__file__).with_name("mutants.tsv"))
for name, changes in mutants.items():
    for file, search, _ in changes:
        count = (ROOT / file).read_text(encoding="utf-8").count(search)
        if count != 1:
            print(f"{name}: {file}: the search text occurs {count} times: {search.strip()[:70]}")
            wrong += 1
print(f"{len(mutants)} mistakes, {wrong} that do not fit")
sys.exit(1 if wrong or not mutants else 0)
