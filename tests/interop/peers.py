"""What every peer test needs: a practice exchange, profiles, derived site files, and results that are counted.

A test script makes a Checks, runs its checks through it and ends with sys.exit(checks.end()). Each check prints one line:
pass, FAIL or skip, with what was seen. Everything binds to 127.0.0.1 and lives in one temporary folder."""
import argparse
import json
import os
import pathlib
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOSPITAL = "1.2.410.100110.10.31991001"
REFERRAL = {"recipient": {"institution": HOSPITAL, "department": "1200"}, "reason": "안저 검사와 치료를 의뢰합니다.",
            "opinion": "혈당 조절이 불량하여 약제를 조정하고 있습니다.", "relay": {"status": "02", "clinical": "01"}}


class Skip(Exception):
    """Something this machine does not have; the message names it."""


class Wrong(Exception):
    """The peer or our side did not do what the standard says."""


class Clinic:
    """One profile and the program that works on it."""

    def __init__(self, place, data, site):
        self.place, self.data, self.site = place, data, site

    def at(self, site):
        return Clinic(self.place, self.data, site)

    def run(self, *words, check=True, timeout=120):
        command = [str(self.place.options.bin / "naructl"), "--data", str(self.data), "--site", str(self.site), "--json", *map(str, words)]
        done = subprocess.run(command, env=environment(), capture_output=True, timeout=timeout)
        if check and done.returncode != 0:
            raise Wrong(f"naructl {' '.join(words[:2])}: exit {done.returncode}: {(done.stderr or done.stdout).decode()[-400:]}")
        return done

    def json(self, *words, **more):
        return json.loads(self.run(*words, **more).stdout)


def environment():
    return dict(os.environ, NARU_PASSPHRASE="interop-only", NARU_SCRYPT_LOGN="10", LC_ALL="C.UTF-8")


def signature():
    """A white PNG with a black line: what a signature pad hands over."""
    rows = b"".join(b"\0" + bytes(0 if y == 20 else 255 for _ in range(120)) for y in range(40))

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 120, 40, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Checks:
    def __init__(self, title):
        self.title, self.failed = title, 0

    def run(self, name, work):
        """Result of work, or None when it failed or was skipped. A short string is shown."""
        try:
            found = work()
        except Skip as why:
            print(f"skip  {self.title}: {name}: {why}", flush=True)
            return None
        except (Wrong, OSError, ValueError, LookupError, subprocess.SubprocessError) as why:
            self.failed += 1
            print(f"FAIL  {self.title}: {name}: {type(why).__name__}: {why}".replace("\n", " "), flush=True)
            return None
        print(f"pass  {self.title}: {name}" + (f" ({found})" if isinstance(found, str) else ""), flush=True)
        return found if found is not None else True

    def end(self):
        return 1 if self.failed else 0


def options(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--bin", type=pathlib.Path, required=True, help="folder with naructl and naru-practice")
    parser.add_argument("--cache", type=pathlib.Path, default=ROOT / "build/interop", help="for jars, schemas and classes")
    parser.add_argument("--keep", action="store_true", help="leave the temporary folder")
    chosen = parser.parse_args()
    chosen.bin, chosen.cache = chosen.bin.resolve(), chosen.cache.resolve()
    chosen.cache.mkdir(parents=True, exist_ok=True)
    return chosen


class Workplace:
    """A temporary folder with a running practice exchange; everything started here is stopped at the end."""

    def __init__(self, chosen):
        self.options, self.processes = chosen, []

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="naru-interop-"))
        try:
            self.start_exchange()
        except BaseException:
            self.__exit__()
            raise
        return self

    def start_exchange(self):
        self.exchange, ready = self.folder / "exchange", self.folder / "ready.json"
        process = self.start([self.options.bin / "naru-practice", "--data", self.exchange, "--port", "0", "--ready-file", ready,
                              "--reply-delay", "1"], "practice.log")
        for _ in range(1200):
            if ready.exists() and ready.stat().st_size:
                break
            if process.poll() is not None:
                raise Wrong("the practice exchange did not start: " + (self.folder / "practice.log").read_text()[-400:])
            time.sleep(0.1)
        written = pathlib.Path(json.loads(ready.read_text())["site"])
        site = json.loads(written.read_text(encoding="utf-8"))
        site["tls"] = {name: str(written.parent / value) for name, value in site["tls"].items()}
        site["institutionsFile"] = str(written.parent / site["institutionsFile"])
        site["outbox"].update(holdSeconds=0, verifyGapSeconds=1)
        self.site = self.folder / "site.json"
        self.site.write_text(json.dumps(site, ensure_ascii=False), encoding="utf-8")

    def __exit__(self, *_):
        for process in reversed(self.processes):
            stop(process)
        if self.options.keep:
            print(f"# kept: {self.folder}", file=sys.stderr)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, command, log, **more):
        process = subprocess.Popen(command, stdout=open(self.folder / log, "ab"), stderr=subprocess.STDOUT, **more)
        self.processes.append(process)
        return process

    def read_site(self):
        return json.loads(self.site.read_text(encoding="utf-8"))

    def derived_site(self, name, change):
        """A copy of the exchange's site profile, changed by change(site)."""
        site = self.read_site()
        change(site)
        path = self.folder / f"site-{name}.json"
        path.write_text(json.dumps(site, ensure_ascii=False), encoding="utf-8")
        return path

    def clinic(self, name, site=None):
        return Clinic(self, self.folder / name, site or self.site)

    def import_sample(self, clinic):
        self.sample = clinic.json("patient", "import", ROOT / "resources/samples/fhir-bundle.json")
        return self.sample["id"]

    def give_consent(self, clinic, patient):
        drawn = self.folder / "signature.png"
        drawn.write_bytes(signature())
        clinic.run("consent", "give", "--patient", patient, "--identity-check", "idCard", "--signature", drawn)

    def hospital_site(self, name, change=lambda site: None):
        """The same exchange, seen by the hospital a referral goes to."""
        if not (self.exchange / "hospital.pem").exists():
            subprocess.run([str(self.options.bin / "naru-practice"), "certificate", "--data", str(self.exchange), "--institution",
                            HOSPITAL, "--name", "hospital"], check=True, capture_output=True)

        def as_hospital(site):
            site["clinic"].update(number="31991001", oid=HOSPITAL, name="한들대학교병원", kind="상급종합병원",
                                  department={"code": "1200", "name": "안과"})
            site["tls"].update(certificate=str(self.exchange / "hospital.pem"), key=str(self.exchange / "hospital.key"))
            change(site)
        return self.derived_site(name, as_hospital)

    def visitor(self, clinic):
        """The person of the sample, taken over by another institution under its own chart number."""
        known = self.sample["patient"]
        hand_over = {"format": "naru-handover", "version": 1, "patient": {
            "localId": {"extension": "H-77001"}, **{name: known[name] for name in ("name", "sex", "birthDate")}}}
        if known.get("phone"):
            hand_over["patient"]["phone"] = known["phone"]
        path = self.folder / "visitor.json"
        path.write_text(json.dumps(hand_over, ensure_ascii=False), encoding="utf-8")
        return clinic.json("patient", "import", path)["id"]


def stop(process):
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def need_program(*names):
    missing = [name for name in names if not shutil.which(name) and not pathlib.Path("/usr/sbin", name).exists()]
    if missing:
        raise Skip("not installed: " + " ".join(missing))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, process, seconds=30):
    for _ in range(seconds * 20):
        if process.poll() is not None:
            raise Wrong(f"the peer ended at its start with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise Wrong(f"nothing listens on port {port}")
