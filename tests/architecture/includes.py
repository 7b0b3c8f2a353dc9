#!/usr/bin/env python3
"""includes.py BUILD: every source of ui and app includes what it uses. BUILD was made with precompiled headers, which hide a
missing #include that stops the release build; here each source is read (not compiled) without them. core needs no such
reading: the fuzz targets are built from it without precompiled headers."""
import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Each drops itself and the next word.
PAIRS = {"-o", "-MF", "-MT", "-include"}


def reading(command):
    words, out = iter(shlex.split(command)), []
    for word in words:
        if word in PAIRS:
            next(words)
        elif word not in ("-MD", "-Winvalid-pch") and not word.endswith("ccache"):
            out.append(word)
    return out + ["-fsyntax-only"]


def missing(entry):
    done = subprocess.run(reading(entry["command"]), cwd=entry["directory"], capture_output=True, text=True)
    if done.returncode == 0:
        return []
    return [line for line in done.stderr.splitlines() if "error:" in line][:3] or [f"{entry['file']}: exit {done.returncode}"]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    entries = json.loads((pathlib.Path(sys.argv[1]) / "compile_commands.json").read_text(encoding="utf-8"))
    rooms = tuple(f"{ROOT}/{room}/" for room in ("ui", "app"))
    sources = [entry for entry in entries if entry["file"].startswith(rooms)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        errors = [line for lines in pool.map(missing, sources) for line in lines]
    for line in errors:
        print(line)
    print(f"{len(sources)} sources read without precompiled headers, {len(errors)} errors")
    return 1 if errors or not sources else 0


if __name__ == "__main__":
    sys.exit(main())
