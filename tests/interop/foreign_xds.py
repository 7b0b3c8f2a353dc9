#!/usr/bin/env python3
"""A foreign XDS.b registry and repository (IPF on Camel, CXF and Tomcat, peer/): submit, find, retrieve, replace.

Identity stays at the practice exchange; registry and repository of the site profile point at the peer. IPF's own request
validators judge what we send."""
import hashlib
import json
import pathlib
import subprocess
import sys
import time

import jars
import peers
from peers import Wrong

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = "2.25.298310187745812350071264490571120397003"


def build(chosen):
    peers.need_program("java", "javac")
    library = jars.peer_library(chosen.cache)
    classes = chosen.cache / "classes"
    sources = sorted((HERE / "peer/src").rglob("*.java"))
    done = subprocess.run(["javac", "-nowarn", "-d", str(classes), "-cp", f"{library}/*", *map(str, sources)], capture_output=True, text=True)
    if done.returncode != 0:
        raise Wrong(f"the peer does not compile: {done.stderr[-600:]}")
    return [f"{classes}:{library}/*"]


def start(place, class_path):
    port = place.folder / "peer.port"
    process = place.start(["java", "-Xmx300m", "-cp", class_path, "naru.interop.Peer", place.folder, place.exchange / "ca.pem",
                           place.exchange / "server.pem", place.exchange / "server.key", REPOSITORY], "peer.log")
    for _ in range(600):
        if port.exists():
            return int(port.read_text())
        if process.poll() is not None:
            raise Wrong("the peer did not start: " + (place.folder / "peer.log").read_text(errors="replace")[-500:])
        time.sleep(0.1)
    raise Wrong("the peer did not start within 60 s")


def at_peer(port, split=False):
    """The peer takes both transactions at /repository; split: each at its own address, as many repositories do."""
    def change(site):
        site["endpoints"]["registry"]["url"] = f"https://127.0.0.1:{port}/registry"
        site["endpoints"]["repositories"] = [{"id": REPOSITORY, "submit": True, "title": {"ko": "다른 저장소", "en": "Foreign repository"},
                                              "url": f"https://127.0.0.1:{port}/repository"}]
        if split:
            site["endpoints"]["repositories"][0].update(url=f"https://127.0.0.1:{port}/iti43", submitUrl=f"https://127.0.0.1:{port}/iti41")
    return change


class Journey:
    def __init__(self, place, port):
        self.place, self.port = place, port
        self.clinic = place.clinic("clinic", place.derived_site("foreign", at_peer(port)))
        self.hospital = place.clinic("hospital", place.hospital_site("hospital", at_peer(port)))
        self.patient = place.import_sample(self.clinic)
        self.sealed, self.visitor, self.entry = None, None, None

    def send(self):
        report = self.clinic.json("outbox", "run")
        open_items = [row for row in self.clinic.json("outbox", "list") if row["state"] != "done"]
        if open_items:
            raise Wrong(f"not registered: {[(row['kind'], row['state'], row['lastError']) for row in open_items]}")
        return report

    def consent(self):
        self.place.give_consent(self.clinic, self.patient)
        self.send()

    def referral(self):
        content = self.place.folder / "referral.json"
        content.write_text(json.dumps(peers.REFERRAL, ensure_ascii=False), encoding="utf-8")
        draft = self.clinic.json("document", "new", "referral", "--patient", self.patient, "--from", content)["draft"]
        self.sealed = self.clinic.json("document", "submit", draft)
        self.send()

    def search(self, who, patient, *more):
        return who.json("document", "search", "--patient", patient, *more)["documents"]

    def found(self):
        self.visitor = self.place.visitor(self.hospital)
        self.hospital.run("patient", "ids", self.visitor)
        self.hospital.run("consent", "status", "--patient", self.visitor, "--refresh")
        listed = [row for row in self.search(self.hospital, self.visitor, "--type", "referral") if row["id"] == self.sealed["documentId"]]
        if len(listed) != 1 or listed[0]["repository"] != REPOSITORY:
            raise Wrong(f"listed: {listed}")
        return listed[0]["title"]

    def same_bytes(self):
        path = self.place.folder / "received.xml"
        self.hospital.run("document", "retrieve", self.sealed["documentId"], "--patient", self.visitor, "-o", path)
        if hashlib.sha256(path.read_bytes()).hexdigest() != self.sealed["sha256"]:
            raise Wrong("what the hospital received is not what was sealed")
        return f"{path.stat().st_size} bytes, SHA-256 {self.sealed['sha256'][:16]}..."

    def replaced(self):
        changed = dict(peers.REFERRAL, reason="안저 검사와 치료를 의뢰합니다. 시력이 더 떨어졌습니다.")
        content = self.place.folder / "changed.json"
        content.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
        old = self.sealed["documentId"]
        self.clinic = self.clinic.at(self.place.derived_site("split", at_peer(self.port, split=True)))
        newer = self.clinic.json("document", "replace", old, content)
        self.send()
        rows = {row["id"]: row["status"].lower() for row in self.search(self.clinic, self.patient, "--all")}
        if "deprecated" not in rows.get(old, "") or "approved" not in rows.get(newer["documentId"], ""):
            raise Wrong(f"after the replacement: {rows}")
        current = [row["id"] for row in self.search(self.clinic, self.patient)]
        if old in current or newer["documentId"] not in current:
            raise Wrong(f"valid documents: {current}")

    def unknown_document(self):
        done = self.hospital.run("document", "retrieve", "1.2.3.4.5", "--patient", self.visitor, "-o", self.place.folder / "none.xml", check=False)
        if done.returncode not in (1, 3) or (self.place.folder / "none.xml").exists():
            raise Wrong(f"exit {done.returncode}: {done.stderr.decode()[-200:]}")


def main():
    chosen = peers.options(__doc__.splitlines()[0])
    checks = peers.Checks("foreign XDS")
    class_path = checks.run("IPF and the peer", lambda: build(chosen))
    if not class_path:
        return checks.end()
    with peers.Workplace(chosen) as place:
        port = checks.run("starts", lambda: start(place, class_path[0]))
        journey = port and checks.run("profile", lambda: Journey(place, port))
        if not journey:
            return checks.end()
        for name, step in (("consent submitted", journey.consent), ("referral submitted", journey.referral), ("found by the hospital", journey.found),
                           ("retrieved, identical", journey.same_bytes), ("replacement deprecates the first", journey.replaced),
                           ("unknown document", journey.unknown_document)):
            if not checks.run(name, step) and name != "replacement deprecates the first":
                break
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
