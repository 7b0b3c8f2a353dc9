#!/usr/bin/env python3
"""Orthanc as the image archive of the house: find, get, move, store, storage commitment, TLS, and a study of 2,000 instances both
ways with a kill of either side in the middle. `--instances N` makes that study smaller. The rates printed are of naructl as a
whole: over the network, sealed and durable."""
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time

import peers
from orthanc import Orthanc, certificate, data_set, instance
from peers import Checks, Clinic, Wrong, free_port

STUDY = "2.25.9001"
BIG = "2.25.9002"


class Place:
    """What Orthanc and Clinic need of a workplace; there is no exchange here."""

    def __init__(self, options):
        self.options, self.processes = options, []
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="naru-pacs-"))

    start = peers.Workplace.start
    __exit__ = peers.Workplace.__exit__

    def __enter__(self):
        return self


class House(Clinic):
    """A profile without a site file."""

    def __init__(self, place, name):
        super().__init__(place, place.folder / name, None)

    def command(self, *words):
        return [str(self.place.options.bin / "naructl"), "--data", str(self.data), "--json", *map(str, words)]

    def run(self, *words, check=True, timeout=600):
        done = subprocess.run(self.command(*words), env=peers.environment(), capture_output=True, timeout=timeout)
        if check and done.returncode != 0:
            raise Wrong(f"naructl {' '.join(map(str, words[:3]))}: exit {done.returncode}: {(done.stderr or done.stdout).decode()[-400:]}")
        return done

    def begin(self, *words):
        return subprocess.Popen(self.command(*words), env=peers.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def add_node(self, peer, *more):
        self.run("image", "node", "add", peer.name, "--host", "127.0.0.1", "--port", peer.dicom, "--ae", "ORTHANC", "--our-ae",
                 "NARU", *more)

    def stored(self, study):
        return sum(row["instances"] for row in self.json("image", "find", "--uid", study)) if self.has(study) else 0

    def has(self, study):
        return bool(json.loads(self.run("image", "find", "--uid", study, check=False).stdout or b"[]"))

    def data_sets(self, study):
        out = {}
        for row in self.json("image", "find", "--uid", study):
            folder = self.place.folder / f"out-{time.monotonic_ns()}"
            self.run("image", "export", row["study"], "--output", folder)
            for path in folder.rglob("*"):
                if path.is_file() and path.name != "DICOMDIR":
                    part10 = path.read_bytes()
                    begin = part10.index(b"\x08\x00\x18\x00UI") + 6
                    length = int.from_bytes(part10[begin:begin + 2], "little")
                    out[part10[begin + 2:begin + 2 + length].rstrip(b"\0").decode()] = data_set(part10)
        return out

    def import_files(self, files):
        folder = self.place.folder / f"in-{time.monotonic_ns()}"
        folder.mkdir()
        for number, part10 in enumerate(files):
            (folder / f"{number}.dcm").write_bytes(part10)
        self.run("image", "import", folder)


class Receiving:
    """`naructl image listen` while the block runs."""

    def __init__(self, house, port, *more):
        self.house, self.port, self.more = house, port, more

    def __enter__(self):
        ready = self.house.place.folder / f"ready-{time.monotonic_ns()}"
        self.process = self.house.begin("image", "listen", "--port", self.port, "--address", "127.0.0.1", "--ready-file", ready, *self.more)
        for _ in range(400):
            if ready.exists():
                return self
            if self.process.poll() is not None:
                raise Wrong("image listen ended: " + self.process.stderr.read().decode()[-300:])
            time.sleep(0.05)
        raise Wrong("image listen is not ready")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.report = json.loads(self.process.communicate(timeout=60)[0] or b"{}")


def same(theirs, ours):
    if theirs.keys() != ours.keys():
        raise Wrong(f"{len(theirs)} instances there, {len(ours)} here")
    for uid, data in theirs.items():
        if ours[uid] != data:
            raise Wrong(f"{uid} differs")
    return f"{len(theirs)} instances, byte for byte"


def want(condition, what):
    if not condition:
        raise Wrong(what)


def ordinary(checks, place, port):
    files = [instance(STUDY, n) for n in range(1, 41)]
    sent = {uid: data for uid, data, _ in files}
    clinic, other = House(place, "clinic"), House(place, "other")
    peer = checks.run("starts", lambda: Orthanc(place, "orthanc", port))
    if not peer:
        return
    clinic.add_node(peer, "--commitment")
    other.add_node(peer)

    def test():
        steps = clinic.json("image", "node", "test", "orthanc")
        want([s["step"] for s in steps] == ["settings", "dns", "tcp", "association", "echo"], str(steps))
        want(all(s["ok"] for s in steps), str(steps))
    checks.run("node test", test)

    def store():
        clinic.import_files([part10 for _, _, part10 in files])
        job = clinic.json("image", "send", STUDY, "--node", "orthanc")
        want(job["state"] == "done" and job["done"] == 40 and job["failed"] == 0, str(job))
        return same(sent, peer.data_sets())
    checks.run("C-STORE", store)

    def find():
        for words in (["--name", "홍길동"], ["--name", "홍^길동"], ["--id", "P-1001"], ["--birth", "1970-01-01"],
                      ["--date", "20260301..20260303"], ["--modality", "CT", "--name", "홍*"]):
            found = other.json("image", "find", "--node", "orthanc", *words)
            want(len(found["studies"]) == 1, f"{words}: {found}")
            row = found["studies"][0]
            want(row["patientName"] == "홍^길동" and row["description"] == "흉부 CT" and row["instances"] == 40, str(row))
        want(other.run("image", "find", "--node", "orthanc", "--name", "김영희", check=False).returncode == 1, "found nobody")
    checks.run("C-FIND, Korean names in UTF-8", find)

    def get():
        job = other.json("image", "fetch", "--node", "orthanc", "--study", STUDY)
        want(job["state"] == "done" and job["done"] == 40, str(job))
        return same(sent, other.data_sets(STUDY))
    checks.run("C-GET", get)

    def move():
        mover = House(place, "mover")
        mover.add_node(peer, "--retrieve", "move")
        with Receiving(mover, port) as receiving:
            job = mover.json("image", "fetch", "--node", "orthanc", "--study", STUDY)
            want(job["state"] == "done" and job["done"] == 40, str(job))
        want(receiving.report["stored"] == 40, str(receiving.report))
        alone = House(place, "alone")  # without anybody listening: the fetch does it itself
        alone.add_node(peer, "--retrieve", "move")
        alone.run("image", "listen", "--port", port, "--address", "127.0.0.1", "--seconds", "0")
        job = alone.json("image", "fetch", "--node", "orthanc", "--study", STUDY)
        want(job["state"] == "done", str(job))
        return same(sent, mover.data_sets(STUDY))
    checks.run("C-MOVE with our storage provider", move)

    def receive():
        house = House(place, "receiver")
        house.add_node(peer)
        with Receiving(house, port) as receiving:
            study = peer.json("/studies")[0]
            peer.get("/modalities/naru/store", body=json.dumps(study).encode(), method="POST")
        want(receiving.report["stored"] == 40 and receiving.report["failed"] == 0, str(receiving.report))
        return same(sent, house.data_sets(STUDY))
    checks.run("C-STORE from the archive", receive)

    def stranger():
        house = House(place, "strict")  # knows no node
        with Receiving(house, port) as receiving:
            study = peer.json("/studies")[0]
            try:
                peer.get("/modalities/naru/store", body=json.dumps(study).encode(), method="POST")
                raise Wrong("an archive that nobody knows was let in")
            except OSError:
                pass
        want(receiving.report["stored"] == 0, str(receiving.report))
    checks.run("an archive that is not on the list is refused", stranger)

    def commitment():
        with Receiving(clinic, port):
            clinic.add_node(peer, "--commitment")
            job = clinic.json("image", "send", STUDY, "--node", "orthanc")
            job = [j for j in clinic.json("image", "jobs") if j["kind"] == "send"][0]
            for _ in range(200):  # the report comes on an association of the archive's own
                job = [j for j in clinic.json("image", "jobs") if j["kind"] == "send" and j["job"] == job["job"]][0]
                if job["committed"] >= 0:
                    break
                time.sleep(0.1)
        want(job["committed"] == 40, str(job))
        return "40 of 40, report on a second association"
    checks.run("storage commitment", commitment)

    def audited():
        acts = {row["event"] for row in other.json("audit", "list")}
        want({"pacs.query", "pacs.fetch"} <= acts, str(acts))
        acts = {row["event"] for row in clinic.json("audit", "list")}
        want({"pacs.send", "pacs.commit"} <= acts, str(acts))
    checks.run("audit", audited)
    peer.stop()

    def failing():
        done = other.run("image", "find", "--node", "orthanc", "--name", "홍길동", check=False)
        want(done.returncode == 3 and b"dimse.Tcp" in done.stdout, done.stdout.decode())
        steps = json.loads(other.run("image", "node", "test", "orthanc", check=False).stdout)
        want(steps[-1]["step"] == "tcp" and not steps[-1]["ok"], str(steps))
    checks.run("an archive that is gone is named with its step", failing)


def korean(checks, place, port):
    def find():
        peer = Orthanc(place, "korean", port, DefaultEncoding="Korean")
        peer.fill([instance(STUDY, n)[2] for n in range(1, 3)])
        house = House(place, "korean-house")
        house.add_node(peer, "--charset", "ISO 2022 IR 149")
        found = house.json("image", "find", "--node", "korean", "--name", "홍길동")
        want(found["studies"][0]["patientName"] == "홍^길동", str(found))
        peer.stop()
    checks.run("C-FIND in ISO 2022 IR 149, both ways", find)


def secure(checks, place, port):
    def tls():
        ours, our_key = certificate(place.folder, "ours")
        theirs, their_key = certificate(place.folder, "theirs")
        peer = Orthanc(place, "secure", port, DicomTlsEnabled=True, DicomTlsCertificate=str(theirs),
                       DicomTlsPrivateKey=str(their_key), DicomTlsTrustedCertificates=str(ours))
        house, other = House(place, "secure-house"), House(place, "secure-other")
        pem = ["--tls", "--certificate", ours, "--key", our_key, "--authorities", theirs]
        house.add_node(peer, *pem)
        other.add_node(peer, *pem, "--retrieve", "move")
        steps = house.json("image", "node", "test", "secure")
        want([s["step"] for s in steps] == ["settings", "dns", "tcp", "tls", "association", "echo"], str(steps))
        files = [instance(STUDY, n) for n in range(1, 21)]
        house.import_files([part10 for _, _, part10 in files])
        want(house.json("image", "send", STUDY, "--node", "secure")["done"] == 20, "send")
        with Receiving(other, port, *pem):
            want(other.json("image", "fetch", "--node", "secure", "--study", STUDY)["done"] == 20, "move")
        third = House(place, "secure-third")
        third.add_node(peer, *pem)
        want(third.json("image", "fetch", "--node", "secure", "--study", STUDY)["done"] == 20, "get")
        stranger = House(place, "secure-stranger")
        stranger.add_node(peer, "--tls", "--certificate", theirs, "--key", their_key, "--authorities", ours)
        steps = json.loads(stranger.run("image", "node", "test", "secure", check=False).stdout)
        want(steps[-1]["step"] == "tls" and not steps[-1]["ok"], str(steps))
        peer.stop()
        return same({uid: data for uid, data, _ in files}, third.data_sets(STUDY))
    checks.run("TLS with certificates on both sides: send, get, move; a stranger stops at the step tls", tls)


def killed(process, seen, least):
    """Kills the process once seen() says that it is under way."""
    for _ in range(4000):
        if seen() >= least:
            break
        if process.poll() is not None:
            raise Wrong("it ended before it could be killed: " + process.stdout.read().decode()[-300:])
        time.sleep(0.01)
    process.kill()
    process.wait()


def big_fetch(checks, place, port, total):
    files = [instance(BIG, n, series=1 + n % 4) for n in range(1, total + 1)]
    sent = {uid: data for uid, data, _ in files}
    peer = Orthanc(place, "big", port)
    peer.fill(part10 for _, _, part10 in files)
    house = House(place, "big-house")
    house.add_node(peer)
    progress = lambda: max((j["done"] for j in house.json("image", "jobs")), default=0)

    def ours():
        process = house.begin("image", "fetch", "--node", "big", "--study", BIG)
        killed(process, progress, total // 10)
        had = house.stored(BIG)
        want(0 < had < total, f"{had} of {total} when killed")
        return f"{had} of {total} durable when killed"
    if not checks.run("fetch: naructl killed in the middle", ours):
        return

    def theirs():
        before = progress()
        process = house.begin("image", "fetch", "--node", "big", "--study", BIG)
        base = house.stored(BIG)
        for _ in range(2000):
            if house.stored(BIG) > base or process.poll() is not None:
                break
            time.sleep(0.02)
        peer.kill()
        out, _ = process.communicate(timeout=120)
        want(process.returncode in (1, 3), f"exit {process.returncode} {out[-300:]}")
        job = json.loads(out)
        want(job.get("state") == "queued", str(job))
        return f"{house.stored(BIG)} of {total}, then {job['error']}"
    checks.run("fetch: the archive killed in the middle", theirs)

    def finish():
        peer.start()
        begin, had = time.monotonic(), house.stored(BIG)
        job = house.json("image", "fetch", "--node", "big", "--study", BIG)
        seconds = time.monotonic() - begin
        want(job["state"] == "done" and job["done"] == total, str(job))
        return same(sent, house.data_sets(BIG)) + f"; the last {total - had} in {seconds:.1f} s"
    checks.run("fetch: nothing lost", finish)
    peer.stop()
    big_send(checks, place, port, total, house, sent)


def big_send(checks, place, port, total, house, sent):
    peer = Orthanc(place, "target", port)
    house.add_node(peer)

    def ours():
        process = house.begin("image", "send", BIG, "--node", "target")
        killed(process, peer.count, total // 10)
        had = peer.count()
        want(0 < had < total, f"{had} of {total} when killed")
        return f"{had} of {total} there when killed"
    checks.run("send: naructl killed in the middle", ours)

    def theirs():
        process = house.begin("image", "send", BIG, "--node", "target")
        base = peer.count()
        for _ in range(4000):
            if peer.count() > base + total // 10 or process.poll() is not None:
                break
            time.sleep(0.005)
        had = peer.count()
        peer.kill()
        out, _ = process.communicate(timeout=120)
        want(process.returncode in (1, 3), f"exit {process.returncode} {out[-300:]}")
        want(json.loads(out).get("state") == "queued", str(out))
        return f"{had} of {total} there when killed"
    checks.run("send: the archive killed in the middle", theirs)

    def finish():
        peer.start()
        job = house.json("image", "send", BIG, "--node", "target")
        want(job["state"] == "done" and job["failed"] == 0, str(job))
        return same(sent, peer.data_sets())
    checks.run("send: nothing lost", finish)
    peer.stop()


def main():
    if "--instances" in sys.argv:
        at = sys.argv.index("--instances")
        total = int(sys.argv[at + 1])
        del sys.argv[at:at + 2]
    else:
        total = 2000
    checks = Checks("pacs")
    with Place(peers.options(__doc__)) as place:
        port = free_port()
        checks.run("Orthanc", lambda: peers.need_program("Orthanc"))
        try:
            peers.need_program("Orthanc")
        except peers.Skip:
            return checks.end()
        ordinary(checks, place, port)
        korean(checks, place, port)
        secure(checks, place, port)
        big_fetch(checks, place, port, total)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
