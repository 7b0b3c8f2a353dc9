"""One practice exchange and the profiles that use it, for the journeys of this folder."""
import argparse
import json
import os
import pathlib
import ssl
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOSPITAL = "1.2.410.100110.10.31991001"
REFERRAL = {
    "recipient": {"institution": HOSPITAL, "department": "1200"},
    "reason": "안저 검사와 치료를 의뢰합니다.",
    "relay": {"status": "02", "clinical": "01"},
}
STATUS = {"done": 0, "no": 1, "usage": 2, "endpoint": 3, "permission": 4, "local": 5, "unknown": 6}


class Wrong(Exception):
    pass


def check(condition, text):
    if not condition:
        raise Wrong(text)


class Answer:
    def __init__(self, done):
        self.status, self.text, self.diagnostics = done.returncode, done.stdout.decode(), done.stderr.decode()

    @property
    def json(self):
        return json.loads(self.text)

    @property
    def code(self):
        """The stable code of a failure, empty when there is none."""
        try:
            return self.json["error"]["code"]
        except (ValueError, KeyError, TypeError):
            line = next((line for line in self.diagnostics.splitlines() if line.startswith("error: ")), "")
            return line[7:].split(": ")[0]


class Clinic:
    def __init__(self, bin_folder, data, site):
        self.bin, self.data, self.site = pathlib.Path(bin_folder), pathlib.Path(data), pathlib.Path(site)

    def run(self, *words, expect=None, timeout=120):
        command = [str(self.bin / "naructl"), "--data", str(self.data), "--site", str(self.site), "--json", *words]
        env = dict(os.environ, NARU_PASSPHRASE="journey-only", NARU_SCRYPT_LOGN="10", LC_ALL="C.UTF-8")
        answer = Answer(subprocess.run(command, env=env, capture_output=True, timeout=timeout))
        if expect is not None:
            check(answer.status in (expect if isinstance(expect, tuple) else (expect,)),
                  f"{' '.join(words[:2])}: exit {answer.status}, expected {expect}: {answer.diagnostics[-300:]}{answer.text[-300:]}")
        return answer

    def give_consent(self, patient):
        return self.run("consent", "give", "--patient", patient, "--signature", str(signature(self.data.parent)),
                        "--identity-check", "idCard")

    def referral(self, patient):
        file = self.data.parent / "referral.json"
        file.write_text(json.dumps(REFERRAL, ensure_ascii=False), encoding="utf-8")
        return self.run("document", "new", "referral", "--patient", patient, "--from", str(file), expect=0).json["draft"]

    def item(self, outbox):
        return self.run("outbox", "show", outbox, expect=0).json

    def settle(self, outbox, seconds=60):
        """Ordinary runs until the item has an end."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            item = self.item(outbox)
            if item["state"] in ("done", "rejected", "recalled"):
                return item
            self.run("outbox", "run")
            time.sleep(0.5)
        return self.item(outbox)

    def registered(self, patient, document):
        answer = self.run("document", "search", "--patient", patient, "--all")
        return [row for row in answer.json["documents"] if row["id"] == document] if answer.status in (0, 1) else []

    def exports(self, document):
        rows = self.run("audit", "list", "--limit", "100000", expect=0).json
        return [row for row in rows if row["event"] == "export.iti41" and row["outcome"] == "success" and row["object"] == document]


class Exchange:
    """naru-practice on free ports; `site` may be changed by the caller before it is used."""

    def __init__(self, bin_folder, folder, timeouts=5, reply_delay=100000):
        self.bin, self.folder, self.timeouts = pathlib.Path(bin_folder), pathlib.Path(folder), timeouts
        self.reply_delay = reply_delay
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self, port=0):
        ready = self.folder / "ready.json"
        ready.unlink(missing_ok=True)
        log = open(self.folder / "practice.log", "ab")
        self.process = subprocess.Popen(
            [str(self.bin / "naru-practice"), "--data", str(self.folder / "exchange"), "--port", str(port), "--ready-file", str(ready),
             "--reply-delay", str(self.reply_delay)], stdout=log, stderr=subprocess.STDOUT)
        for _ in range(1200):
            if ready.exists() and ready.stat().st_size:
                break
            check(self.process.poll() is None, "the practice exchange did not start")
            time.sleep(0.05)
        facts = json.loads(ready.read_text())
        self.port, self.site_file = facts["port"], pathlib.Path(facts["site"])

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def site(self, name="site.json", change=None):
        site = json.loads(self.site_file.read_text(encoding="utf-8"))
        site["tls"] = {key: str(self.site_file.parent / value) for key, value in site["tls"].items()}
        site["institutionsFile"] = str(self.site_file.parent / site["institutionsFile"])
        site["outbox"].update(holdSeconds=0, verifyGapSeconds=1)
        for endpoint in [site["endpoints"]["registry"], *site["endpoints"]["repositories"]]:
            endpoint["timeoutSeconds"] = self.timeouts
        if change:
            change(site)
        file = self.folder / name
        file.write_text(json.dumps(site, ensure_ascii=False), encoding="utf-8")
        return file

    def hospital(self, site):
        """The other side, with a certificate of its own: the exchange takes its chart numbers from nobody else."""
        subprocess.run([str(self.bin / "naru-practice"), "certificate", "--data", str(self.site_file.parent), "--institution",
                        HOSPITAL, "--name", "hospital"], check=True, capture_output=True)
        site["tls"].update(certificate=str(self.site_file.parent / "hospital.pem"), key=str(self.site_file.parent / "hospital.key"))
        site["clinic"].update(number="31991001", oid=HOSPITAL, name="한들대학교병원", kind="상급종합병원",
                              department={"code": "1200", "name": "안과"})

    def faults(self, spec):
        tls = ssl.create_default_context(cafile=str(self.site_file.parent / "ca.pem"))
        tls.check_hostname = False
        tls.load_cert_chain(str(self.site_file.parent / "clinic.pem"), str(self.site_file.parent / "clinic.key"))
        request = urllib.request.Request(f"https://127.0.0.1:{self.port}/admin/faults", data=spec.encode(),
                                         headers={"Content-Type": "text/plain"}, method="POST")
        with urllib.request.urlopen(request, context=tls, timeout=20) as answer:
            check(answer.status == 200, f"fault plan {spec} refused")


def signature(folder):
    """A white PNG with a black line."""
    path = pathlib.Path(folder) / "signature.png"
    rows = b"".join(b"\0" + bytes(0 if y == 20 else 255 for _ in range(120)) for y in range(40))

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 120, 40, 8, 0, 0, 0, 0))
                     + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
    return path


def main(journey):
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="naru-journey-") as name:
        try:
            return journey(options.bin.resolve(), pathlib.Path(name))
        except (Wrong, subprocess.TimeoutExpired) as problem:
            print("FAILED:", problem)
            return 1
