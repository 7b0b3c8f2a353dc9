#!/usr/bin/env python3
"""Orthanc as the image archive of the house: find, get, move, store, storage commitment, TLS, and a study of 2,000 instances both
ways with a kill of either side in the middle. `--instances N` makes that study smaller. The rates printed are of naructl as a
whole: over the network, sealed and durable."""
import json
import sys
import time

import peers
from house import STUDY, House, Place, Receiving, count_option, same, want
from long_studies import LongStudy
from orthanc import Orthanc, certificate, instance
from peers import Checks, Wrong, free_port
from throttle import Throttle


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
        alone.will_listen(port)
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


def cut_short(checks, place, port):
    """Orthanc ends a list at its limit without a word."""
    def whole():
        peer = Orthanc(place, "short", port, LimitFindInstances=10)
        files = [instance(STUDY, n) for n in range(1, 41)]
        peer.fill(part10 for _, _, part10 in files)
        house = House(place, "short-house")
        house.add_node(peer)
        job = house.json("image", "fetch", "--node", "short", "--study", STUDY)
        want(job["state"] == "done" and job["done"] == job["total"] == 40, str(job))
        peer.stop()
        return same({uid: data for uid, data, _ in files}, house.data_sets(STUDY))
    checks.run("a list of instances that the archive cuts short does not cut the study", whole)


def crowd(checks, place, port):
    """More studies than a list of ours has room for."""
    def limited():
        peer = Orthanc(place, "crowd", port)
        peer.fill(instance(f"2.25.7{n:05}", 1, 32)[2] for n in range(2100))
        house = House(place, "crowd-house")
        house.add_node(peer)
        found = house.json("image", "find", "--node", "crowd", "--modality", "CT")
        want(found["more"] and len(found["studies"]) == 2000, f"{len(found['studies'])} studies, more: {found['more']}")
        one = house.json("image", "find", "--node", "crowd", "--study", "2.25.702099")
        want(not one["more"] and len(one["studies"]) == 1, str(one))
        peer.stop()
        return "2,000 of 2,100, and it says that there are more"
    checks.run("C-FIND with more matches than fit", limited)


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


def long_studies(checks, place, port, total):
    study = LongStudy(checks, place, total)

    def archive(name, our_port=port):
        peer = Orthanc(place, name, our_port)
        gate = Throttle(peer.dicom)
        peer.door = gate.port
        return peer, gate
    peer, gate = archive("long")
    study.fill(peer)
    house = House(place, "long-house")
    house.add_node(peer)
    study.fetch("C-GET", peer, house, gate)
    peer.stop()
    gate = Throttle(port)  # before our storage provider
    peer = Orthanc(place, "long-move", gate.port)
    study.fill(peer)
    mover = House(place, "long-mover")
    mover.add_node(peer, "--retrieve", "move")
    mover.will_listen(port)
    study.fetch("C-MOVE", peer, mover, gate)
    peer.stop()
    peer, gate = archive("target")
    house.add_node(peer)
    study.send("C-STORE", peer, house, gate)
    peer.stop()


def main():
    total = count_option(2000)
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
        cut_short(checks, place, port)
        crowd(checks, place, port)
        secure(checks, place, port)
        long_studies(checks, place, port, total)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
