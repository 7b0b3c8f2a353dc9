"""Every C++ file is as clang-format writes it (.clang-format, Debian's version: the output differs between versions).
    format.py [--fix]"""
import pathlib
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parents[2]
VERSION = "version 14."


def sources():
    bad = ROOT / "tests" / "architecture" / "bad"  # wrong on purpose
    for folder in ("core", "ui", "app", "tests"):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in (".cpp", ".h") and bad not in file.parents:
                yield str(file)


def run(files, *options):
    return subprocess.run(["clang-format", *options, *files], capture_output=True, text=True)


def main():
    if not shutil.which("clang-format"):
        print("skipped: clang-format is not installed")
        return 77
    version = subprocess.run(["clang-format", "--version"], capture_output=True, text=True).stdout
    if VERSION not in version:
        print("skipped: another clang-format:", version.strip())
        return 77
    files = list(sources())
    parts = [files[i:i + 40] for i in range(0, len(files), 40)]
    options = ["-i"] if "--fix" in sys.argv else ["--dry-run"]
    with ThreadPoolExecutor(2) as pool:
        told = "".join(done.stderr for done in pool.map(lambda part: run(part, *options), parts))
    wrong = sorted({str(pathlib.Path(line.split(":")[0]).relative_to(ROOT)) for line in told.splitlines() if "[-Wclang-format" in line})
    for name in wrong:
        print("not formatted:", name)
    print(f"{len(files)} files, {len(wrong)} not formatted")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
