#!/usr/bin/env python3
"""Kills naructl at points spread over sealing and sending a referral, then lets it recover, and counts what went wrong.

For each state: a copy of a prepared profile, a fresh draft, one killed process (sealing or sending, call number and mode
drawn evenly over all of them), then ordinary runs until the outbox has settled. The exchange and the audit trail are the
oracle: the document must be registered exactly once, its export audited, the trail intact.

Prints the seed, then: states N, lost N, duplicated N, unaudited N, corrupt N, mutants c/t. Exit 1 when anything but states
is not 0."""
import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOSPITAL = "1.2.410.100110.10.31991001"
REFERRAL = {
    "recipient": {"institution": HOSPITAL, "department": "1200"},
    "reason": "안저 검사와 치료를 의뢰합니다.",
    "relay": {"status": "02", "clinical": "01"},
}


class Failure(Exception):
    pass


def environment(**more):
    env = dict(os.environ, NARU_PASSPHRASE="fault-engine-only", NARU_SCRYPT_LOGN="10", LC_ALL="C.UTF-8", **more)
    # The sanitizer's runtime wants to be first; a preloaded shim in front of it is on purpose here.
    env["ASAN_OPTIONS"] = "verify_asan_link_order=0:detect_leaks=0:" + env.get("ASAN_OPTIONS", "")
    return env


class Clinic:
    """One profile and the program that works on it."""

    def __init__(self, options, data, site):
        self.options, self.data, self.site = options, pathlib.Path(data), site

    def run(self, *words, env=None, check=True, timeout=60):
        command = [str(self.options.bin / "naructl"), "--data", str(self.data), "--site", str(self.site), "--json", *words]
        done = subprocess.run(command, env=env or environment(), capture_output=True, timeout=timeout)
        if check and done.returncode not in (0, 1, 3, 6):
            raise Failure(f"{' '.join(words[:2])}: exit {done.returncode}: {done.stderr.decode()[-400:]}")
        return done

    def json(self, *words, **more):
        return json.loads(self.run(*words, **more).stdout)


def start_exchange(options, folder):
    ready = folder / "ready.json"
    process = subprocess.Popen(
        [str(options.bin / "naru-practice"), "--data", str(folder / "exchange"), "--port", "0", "--ready-file", str(ready),
         "--reply-delay", "100000"],
        stdout=open(folder / "practice.log", "wb"), stderr=subprocess.STDOUT, env=environment())
    for _ in range(1200):
        if ready.exists() and ready.stat().st_size:
            break
        if process.poll() is not None:
            raise Failure("the practice exchange did not start: " + (folder / "practice.log").read_text()[-400:])
        time.sleep(0.1)
    site_file = pathlib.Path(json.loads(ready.read_text())["site"])
    site = json.loads(site_file.read_text(encoding="utf-8"))
    site["tls"] = {name: str(site_file.parent / value) for name, value in site["tls"].items()}
    site["institutionsFile"] = str(site_file.parent / site["institutionsFile"])
    # An absent document is sent again as soon as the rules allow it.
    site["outbox"].update(holdSeconds=0, verifyGapSeconds=1)
    for repository in site["endpoints"]["repositories"]:
        repository["timeoutSeconds"] = 5
    mine = folder / "site.json"
    mine.write_text(json.dumps(site, ensure_ascii=False), encoding="utf-8")
    return process, mine


def prepare(options, folder, site):
    clinic = Clinic(options, folder / "base", site)
    patient = clinic.json("patient", "import", str(ROOT / "resources/samples/fhir-bundle.json"))["id"]
    clinic.run("consent", "give", "--patient", patient, "--signature", str(signature(folder)), "--identity-check", "idCard")
    report = clinic.json("outbox", "run")
    if report.get("done") != 2:
        raise Failure(f"the consents were not registered: {report}")
    (folder / "referral.json").write_text(json.dumps(REFERRAL, ensure_ascii=False), encoding="utf-8")
    return patient


def signature(folder):
    """A white PNG with a black line."""
    import struct
    import zlib
    path = folder / "signature.png"
    rows = b"".join(b"\0" + bytes(0 if y == 20 else 255 for _ in range(120)) for y in range(40))

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 120, 40, 8, 0, 0, 0, 0))
                     + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
    return path


def shim(options, at=None, mode=None, count=None):
    more = {"LD_PRELOAD": str(options.lib / "libnaru_fault_shim.so")}
    if at:
        more.update(NARU_KILL_AT=str(at), NARU_KILL_MODE=mode)
    if count:
        more["NARU_KILL_COUNT"] = str(count)
    return environment(**more)


def measure(options, folder, site, patient):
    """How many calls each of the two steps makes when nothing goes wrong."""
    clinic = Clinic(options, folder / "measure", site)
    shutil.copytree(folder / "base", clinic.data)
    draft = clinic.json("document", "new", "referral", "--patient", patient, "--from", str(folder / "referral.json"))["draft"]
    counts = []
    for words in (["document", "submit", draft], ["outbox", "run"]):
        count = folder / "count"
        done = clinic.run(*words, env=shim(options, count=count))
        if done.returncode != 0:
            raise Failure(f"{words[:2]} failed without a fault: {done.stderr.decode()[-300:]}")
        counts.append(int(count.read_text()))
    shutil.rmtree(clinic.data)
    return counts


def settle(clinic, draft):
    """Ordinary use after the crash: send what is there; a draft that is still a draft is sealed again."""
    items = []
    for attempt in range(30):
        time.sleep(1 if attempt > 2 else 0)
        items = [row for row in clinic.json("outbox", "list") if row["kind"] == "referral"]
        if not items:
            done = clinic.run("document", "submit", draft)
            if done.returncode != 0:
                return None, f"neither an outbox item nor a usable draft: {done.stderr.decode()[-200:]}"
            continue
        if all(row["state"] == "done" for row in items):
            return items, None
        clinic.run("outbox", "run")
    return items, f"the outbox did not settle: {[row['state'] for row in items]} {[row['lastError'] for row in items]}"


def one_state(options, folder, site, patient, number, step, at, mode):
    clinic = Clinic(options, folder / f"state-{number}", site)
    found = {"lost": 0, "duplicated": 0, "unaudited": 0, "corrupt": 0, "what": ""}
    try:
        shutil.copytree(folder / "base", clinic.data)
        draft = clinic.json("document", "new", "referral", "--patient", patient, "--from", str(folder / "referral.json"))["draft"]
        if step == "send":
            clinic.run("document", "submit", draft)
            words = ["outbox", "run"]
        else:
            words = ["document", "submit", draft]
        killed = clinic.run(*words, env=shim(options, at, mode), check=False)
        found["killed"] = killed.returncode == -signal.SIGKILL
        items, problem = settle(clinic, draft)
        if problem:
            found.update(lost=1, what=problem)
            return found
        if len(items) != 1:
            found.update(duplicated=1, what=f"{len(items)} outbox items for one draft")
        document = items[0]["documentId"]
        rows = clinic.json("document", "search", "--patient", patient, "--all")["documents"]
        listed = [row for row in rows if row["id"] == document]
        # The same bytes under another id are a second referral, too.
        listed += [row for row in rows if listed and row["id"] != document and row["hash"] == listed[0]["hash"]]
        if not listed:
            found.update(lost=1, what="the registry does not have it")
        if len(listed) > 1:
            found.update(duplicated=1, what=f"registered {len(listed)} times")
        exports = [row for row in clinic.json("audit", "list", "--limit", "100000")
                   if row["event"] == "export.iti41" and row["outcome"] == "success" and row["object"] == document]
        if not exports:
            found.update(unaudited=1, what="no audit record of the export")
        if not clinic.json("audit", "verify")["intact"]:
            found.update(corrupt=1, what="the audit trail is broken")
    except (Failure, json.JSONDecodeError, subprocess.TimeoutExpired) as problem:
        found.update(corrupt=1, what=str(problem))
    finally:
        shutil.rmtree(clinic.data, ignore_errors=True)
    if found["what"]:
        found["what"] = f"state {number}: killed in {step} at call {at} ({mode}): {found['what']}"
    return found


def plan(counts, states, seed):
    """Every state a different point, spread evenly over both steps and the three modes."""
    points = [("seal", at, mode) for at in range(1, counts[0] + 1) for mode in ("before", "after", "torn")]
    points += [("send", at, mode) for at in range(1, counts[1] + 1) for mode in ("before", "after", "torn")]
    random.Random(seed).shuffle(points)
    return [points[i % len(points)] for i in range(states)]


def read_mutants(file):
    """Name -> [(file, search, replacement)]."""
    mutants = {}
    for line in file.read_text(encoding="utf-8").splitlines()[0:]:
        if not line or line.startswith("#") or line.startswith("name\t"):
            continue
        name, path, search, replacement = line.split("\t")
        unescape = lambda text: text.replace("\\n", "\n").replace("\\t", "\t")
        mutants.setdefault(name, []).append((path, unescape(search), unescape(replacement)))
    return mutants


class Tree:
    """A copy of the sources beside its build folder, in the places they have here, so that ccache knows the objects."""

    def __init__(self, options, folder):
        build = options.bin.parent
        common = pathlib.Path(os.path.commonpath([ROOT, build]))
        self.source = folder / "tree" / (ROOT.relative_to(common) if common != ROOT else "naru")
        self.build = self.source / build.relative_to(ROOT) if common == ROOT else folder / "tree" / build.relative_to(common)
        tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
        for name in filter(None, tracked):
            if (ROOT / name).is_file():
                (self.source / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.source / name)
        self.env = dict(os.environ, CCACHE_BASEDIR=str(folder / "tree"), CCACHE_NOHASHDIR="1")
        launcher = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
        generator = ["-G", "Ninja"] if shutil.which("ninja") else []
        wanted = ("CMAKE_BUILD_TYPE", "CMAKE_CXX_FLAGS_DEBUG", "NARU_WERROR")
        kept = [line for line in (build / "CMakeCache.txt").read_text().splitlines() if line.split(":")[0] in wanted]
        self.command("cmake", "-S", self.source, "-B", self.build, *generator, *[f"-D{line}" for line in kept],
                     "-DNARU_GUI=OFF", "-DBUILD_TESTING=OFF", *launcher)
        self.make()

    def command(self, *words):
        done = subprocess.run([str(word) for word in words], env=self.env, capture_output=True)
        if done.returncode:
            raise Failure(f"{words[0]}: {done.stdout.decode()[-1500:]}{done.stderr.decode()[-500:]}")

    def make(self):
        self.command("cmake", "--build", self.build, "--target", "naructl", "--parallel", os.cpu_count() or 2)

    def mutate(self, changes):
        """Returns what puts the tree back."""
        before = {}
        for name, search, replacement in changes:
            file = self.source / name
            text = file.read_text(encoding="utf-8")
            before.setdefault(file, text)
            if text.count(search) != 1:
                for path, old in before.items():
                    path.write_text(old, encoding="utf-8")
                raise Failure(f"{name}: the search text occurs {text.count(search)} times: {search[:60]}")
            file.write_text(text.replace(search, replacement), encoding="utf-8")
        return before


def run_mutants(options):
    mutants = read_mutants(options.mutants)
    caught = 0
    with tempfile.TemporaryDirectory(prefix="naru-mutants-") as name:
        folder = pathlib.Path(name)
        exchange, site = start_exchange(options, folder)
        try:
            tree = Tree(options, folder)
            patient = prepare(options, folder, site)
            for number, (title, changes) in enumerate(mutants.items()):
                started = time.monotonic()
                before = tree.mutate(changes)
                try:
                    tree.make()
                    found, states = hunt(argparse.Namespace(**{**vars(options), "bin": tree.build / "bin"}), folder, site, patient)
                finally:
                    for path, text in before.items():
                        path.write_text(text, encoding="utf-8")
                caught += bool(found)
                print(f"# {'caught' if found else 'SURVIVED'} after {states} states, {time.monotonic() - started:.0f} s: {title}: "
                      f"{found.split(': ', 1)[-1] if found else ''}", flush=True)
        finally:
            exchange.terminate()
            exchange.wait(20)
    print(f"mutants {caught}/{len(mutants)}")
    return 0 if caught == len(mutants) else 1


def hunt(options, folder, site, patient):
    """States until one goes wrong."""
    try:
        counts = measure(options, folder, site, patient)
    except Failure as problem:
        shutil.rmtree(folder / "measure", ignore_errors=True)
        return f"without any fault: {problem}", 0
    points = plan(counts, options.states, options.seed)
    # The end of sending is where states and audit meet; half of the states look there.
    tail = [("send", at, mode) for at in range(counts[1], max(0, counts[1] - 120), -1) for mode in ("before", "torn")]
    points = [point for pair in zip(points, tail * (len(points) // len(tail) + 1)) for point in pair][:options.states]
    with concurrent.futures.ThreadPoolExecutor(options.workers) as pool:
        for start in range(0, len(points), options.workers):
            jobs = [pool.submit(one_state, options, folder, site, patient, start + i, *point)
                    for i, point in enumerate(points[start:start + options.workers])]
            for job in jobs:
                found = job.result()
                if found["what"]:
                    return found["what"], start + len(jobs)
    return "", len(points)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--lib", type=pathlib.Path, required=True)
    parser.add_argument("--states", type=int, default=500)
    parser.add_argument("--workers", type=int, default=max(2, os.cpu_count() or 2))
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--mutants", type=pathlib.Path, nargs="?", const=pathlib.Path(__file__).with_name("mutants.tsv"),
                        help="build each mistake of the table into a copy and let the engine find it")
    options = parser.parse_args()
    options.bin, options.lib = options.bin.resolve(), options.lib.resolve()
    if options.mutants:
        return run_mutants(options)
    totals = {"lost": 0, "duplicated": 0, "unaudited": 0, "corrupt": 0}
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="naru-faults-") as name:
        folder = pathlib.Path(name)
        exchange, site = start_exchange(options, folder)
        try:
            patient = prepare(options, folder, site)
            counts = measure(options, folder, site, patient)
            print(f"# seed {options.seed}, calls: sealing {counts[0]}, sending {counts[1]}", flush=True)
            killed = 0
            with concurrent.futures.ThreadPoolExecutor(options.workers) as pool:
                jobs = [pool.submit(one_state, options, folder, site, patient, number, *point)
                        for number, point in enumerate(plan(counts, options.states, options.seed))]
                for job in concurrent.futures.as_completed(jobs):
                    found = job.result()
                    killed += found.get("killed", False)
                    for kind in totals:
                        totals[kind] += found[kind]
                    if found["what"]:
                        print("!", found["what"], flush=True)
        finally:
            exchange.terminate()
            exchange.wait(20)
    print(f"# killed {killed} of {options.states} processes in {time.monotonic() - started:.0f} s")
    print(f"states {options.states}")
    for kind, count in totals.items():
        print(f"{kind} {count}")
    return 1 if any(totals.values()) or killed < options.states * 0.9 else 0


if __name__ == "__main__":
    sys.exit(main())
