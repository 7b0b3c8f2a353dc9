#!/usr/bin/env python3
"""Bad input through naructl: every hostile file of tests/data and some made here, each in a process of its own.

The answer has to be one clear word: a verdict (exit 0 or 1) or one line "error: CODE: sentence" with a documented exit
status, within 2 s and 512 MB (a sanitizer build gets more of both), never a crash, and never the patient's name in a
diagnostic."""
import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENTED = {0, 1, 2, 3, 4, 5, 6}


def made_here(folder):
    """Files too large or too dull for the repository, named for their fault."""
    head = b'<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3">'
    laughs = b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a0 \"ha\">" + b"".join(
        b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1)) * 10) for n in range(1, 12)) + b"]><ClinicalDocument>&a11;</ClinicalDocument>"
    files = {
        "billion-laughs.xml": laughs,
        "attributes-40000.xml": head + b"<section " + b" ".join(b'a%d="1"' % n for n in range(40000)) + b"/></ClinicalDocument>",
        "depth-10000.xml": head + b"<section>" * 10000 + b"</section>" * 10000 + b"</ClinicalDocument>",
        "text-70-MB.xml": head + b"<title>" + b"x" * (70 * 1024 * 1024) + b"</title></ClinicalDocument>",
        "elements-3-million.xml": head + b"<br/>" * 3_000_000 + b"</ClinicalDocument>",
        "random-bytes.xml": bytes((n * 7919 + n // 251) % 256 for n in range(200_000)),
        "nothing.xml": b"",
        "..%2f..%2fetc%2fpasswd.xml": b"root:x:0:0:",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return sorted(folder / name for name in files)


def run(command, env, seconds, megabytes):
    """Exit status, output, diagnostics, seconds of this one child: its own processor time, so that a busy machine is no finding;
    waiting counts too, by the load of the machine. The address space is not limited: sanitizers reserve terabytes."""
    started, before = time.monotonic(), used()
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        out, err = process.communicate(timeout=seconds * 10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return None, "", f"no answer in {seconds * 10} s", time.monotonic() - started
    waiting = max(1, 2 * os.getloadavg()[0] / os.cpu_count())  # how many wait for one processor
    took = max(used() - before, (time.monotonic() - started) / waiting)
    return process.returncode, out.decode(errors="replace"), err.decode(errors="replace"), took


def used():
    """Processor seconds of all children that have ended."""
    sum_of = resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum_of.ru_utime + sum_of.ru_stime


def peak(command, env):
    """Peak memory in MB, of a second run under a parent that has no other child."""
    script = ("import resource,subprocess,sys; subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL);"
              "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    return int(subprocess.run([sys.executable, "-c", script, *command], env=env, capture_output=True, check=True).stdout) / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--factor", type=float, default=1, help="how much slower and larger this build may be")
    options = parser.parse_args()
    env = dict(os.environ, NARU_PASSPHRASE="hostile-only", NARU_SCRYPT_LOGN="10", LC_ALL="C.UTF-8")
    failures, count, slowest, largest = [], 0, (0.0, ""), (0.0, "")
    with tempfile.TemporaryDirectory(prefix="naru-hostile-") as name:
        folder = pathlib.Path(name)
        documents = sorted((ROOT / "tests/data/cda/hostile").iterdir()) + made_here(folder)
        hand_overs = sorted((ROOT / "tests/data/handover/hostile").iterdir()) + made_here(folder)
        cases = [(["document", "validate"], file) for file in documents] + [(["document", "show", "--format", "html"], file) for file in documents]
        cases += [(["--data", str(folder / "profile"), "patient", "import"], file) for file in hand_overs]
        for words, file in cases:
            command = [str(options.bin / "naructl"), *words, str(file)]
            status, out, err, seconds = run(command, env, 2 * options.factor, 512 * options.factor)
            what = f"{' '.join(words[-2:])} {file.name}"
            count += 1
            errors = [line for line in err.splitlines() if line.startswith("error: ")]
            slowest = max(slowest, (seconds, what))
            if status not in DOCUMENTED:
                failures.append(f"{what}: exit {status}: {err.strip()[-200:]}")
            elif len(errors) > 1 or (not errors and status > 1):
                failures.append(f"{what}: exit {status} with {len(errors)} error lines")
            elif seconds > 2 * options.factor:
                failures.append(f"{what}: {seconds:.1f} s")
            elif "홍길동" in err or "김나루" in err:
                failures.append(f"{what}: the diagnostics name a patient")
            if file.stat().st_size > 1_000_000:
                megabytes = peak(command, env)
                largest = max(largest, (megabytes, what))
                if megabytes > 512 * options.factor:
                    failures.append(f"{what}: {megabytes:.0f} MB")
    for failure in failures:
        print("!", failure)
    print(f"slowest {slowest[0]:.2f} s ({slowest[1]}), largest {largest[0]:.0f} MB ({largest[1]})")
    print(f"{count - len(failures)} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
