#!/usr/bin/env python3
"""Orthanc's DICOMweb as the image archive of the house: search (QIDO-RS), retrieve (WADO-RS) and store (STOW-RS) through naructl,
plain and over TLS with certificates on both sides, and a study of 2,000 instances both ways with a kill of either side in the
middle. `--instances N` makes that study smaller."""
import json
import sys

import peers
from house import STUDY, House, Place, count_option, same, want
from long_studies import LongStudy
from orthanc import Orthanc, TlsRelay, certificate, instance, web_plugin
from peers import Checks, free_port
from throttle import Throttle

J2K, RLE = "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.5"


def server(place, name, **more):
    return Orthanc(place, name, free_port(), Plugins=[web_plugin()], DicomWeb={"Enable": True, "Root": "/dicom-web/"}, **more)


def steps(house, name, check=True):
    return json.loads(house.run("image", "node", "test", name, check=check).stdout)


def ordinary(checks, place):
    files = [instance(STUDY, n, series=1 + n % 2) for n in range(1, 41)]
    sent = {uid: data for uid, data, _ in files}
    clinic, other = House(place, "clinic"), House(place, "other")
    peer = checks.run("starts", lambda: server(place, "web"))
    if not peer:
        return
    clinic.add_web(peer)
    other.add_web(peer)

    def test():
        found = steps(clinic, "web")
        want([s["step"] for s in found] == ["settings", "dns", "tcp", "http", "query"] and all(s["ok"] for s in found), str(found))
        node = clinic.json("image", "node", "list")[0]
        want(node["web"] == peer.web, str(node))
    checks.run("node test", test)

    def store():
        clinic.import_files([part10 for _, _, part10 in files])
        job = clinic.json("image", "send", STUDY, "--node", "web")
        want(job["state"] == "done" and job["done"] == 40 and job["failed"] == 0, str(job))
        want(peer.count() == 40, f"{peer.count()} there")
        return same(sent, peer.data_sets())
    checks.run("STOW-RS", store)

    def again():
        job = clinic.json("image", "send", STUDY, "--node", "web")
        want(job["state"] == "done" and job["done"] == 40 and peer.count() == 40, f"{job}, {peer.count()} there")
    checks.run("STOW-RS of the same study again: nothing doubled", again)

    def search():
        for words in (["--name", "홍길동"], ["--name", "홍^길동"], ["--id", "P-1001"], ["--birth", "1970-01-01"],
                      ["--date", "20260301..20260303"], ["--modality", "CT", "--name", "홍*"], ["--study", STUDY]):
            found = other.json("image", "find", "--node", "web", *words)
            want(len(found["studies"]) == 1 and not found["more"], f"{words}: {found}")
            row = found["studies"][0]
            want(row["patientName"] == "홍^길동" and row["description"] == "흉부 CT" and row["instances"] == 40, str(row))
            want(row["birthDate"] == "19700101" and row["modalities"] == "CT" and row["series"] == 2, str(row))
        for words in (["--name", "김영희"], ["--date", "20250101..20250131"], ["--modality", "MR"]):
            want(other.run("image", "find", "--node", "web", *words, check=False).returncode == 1, f"{words} found something")
    checks.run("QIDO-RS, Korean names", search)

    def retrieve():
        job = other.json("image", "fetch", "--node", "web", "--study", STUDY)
        want(job["state"] == "done" and job["done"] == 40, str(job))
        return same(sent, other.data_sets(STUDY))
    checks.run("WADO-RS", retrieve)

    def some():
        house = House(place, "some")  # has most of one series and half of the other
        house.add_web(peer)
        house.import_files([part10 for n, (_, _, part10) in enumerate(files) if n % 2 or n < 4])
        job = house.json("image", "fetch", "--node", "web", "--study", STUDY)
        want(job["state"] == "done" and job["done"] == 40, str(job))
        return same(sent, house.data_sets(STUDY))
    checks.run("WADO-RS of what is missing", some)

    def compressed():
        study = STUDY + ".7"
        stored = [instance(study, n, series=1 + n % 2, syntax=(J2K, RLE)[n % 2]) for n in range(1, 9)]
        peer.fill(part10 for _, _, part10 in stored)
        house = House(place, "compressed")
        house.add_web(peer)
        want(house.json("image", "fetch", "--node", "web", "--study", study)["done"] == 8, "fetch")
        return same({uid: data for uid, data, _ in stored}, house.data_sets(study))
    checks.run("WADO-RS of JPEG 2000 and RLE, as they are stored", compressed)

    def audited():
        acts = {row["event"] for row in other.json("audit", "list")}
        want({"pacs.query", "pacs.fetch"} <= acts, str(acts))
        acts = {row["event"] for row in clinic.json("audit", "list")}
        want("pacs.send" in acts, str(acts))
    checks.run("audit", audited)

    def nothing():
        done = other.run("image", "fetch", "--node", "web", "--study", "2.25.404", check=False)
        want(done.returncode == 1 and json.loads(done.stdout)["error"] == "services.PacsNoStudy", done.stdout.decode())
        lost = House(place, "lost")
        lost.run("image", "node", "add", "web", "--web", peer.base + "/no-such-root")
        found = steps(lost, "web", check=False)
        want(found[-1]["step"] == "http" and not found[-1]["ok"], str(found))
        for wrong in ("ftp://127.0.0.1/", "https://me:secret@127.0.0.1/", "127.0.0.1:8042"):
            want(lost.run("image", "node", "add", "x", "--web", wrong, check=False).returncode == 2, wrong)
    checks.run("a study that is not there, a root that is not there, addresses that are none", nothing)
    peer.stop()

    def failing():
        done = other.run("image", "find", "--node", "web", "--name", "홍길동", check=False)
        want(done.returncode == 3 and b"net.Refused" in done.stdout, done.stdout.decode())
        want(steps(other, "web", check=False)[-1]["step"] == "tcp", "step")
    checks.run("an archive that is gone is named with its step", failing)


def secured(place, name, ours, theirs, their_key):
    both = place.folder / f"{name}-server.pem"
    both.write_bytes(theirs.read_bytes() + their_key.read_bytes())
    return {"SslEnabled": True, "SslCertificate": str(both), "SslVerifyPeers": True, "SslTrustedClientCertificates": str(ours)}


def guarded(place, ours, our_key, theirs, their_key):
    """Orthanc with its own HTTPS; where that does not survive a request (Debian 12's 1.10.1 with OpenSSL 3), behind a relay."""
    peer = server(place, "secure", **secured(place, "secure", ours, theirs, their_key))
    peer.trust(theirs, ours, our_key)
    try:
        peer.json("/system")
        return peer, ""
    except OSError:
        if peer.process.wait(10) is None:
            raise
    peer = server(place, "secured")
    relay = TlsRelay(peer.http, theirs, their_key, ours)
    peer.name, peer.front = "secure", f"https://127.0.0.1:{relay.port}"
    return peer, ", through a TLS relay: this Orthanc crashes on HTTPS"


def secure(checks, place):
    def tls():
        ours, our_key = certificate(place.folder, "ours")
        theirs, their_key = certificate(place.folder, "theirs")
        peer, remark = guarded(place, ours, our_key, theirs, their_key)
        pem = ["--certificate", ours, "--key", our_key, "--authorities", theirs]
        house, other = House(place, "secure-house"), House(place, "secure-other")
        house.add_web(peer, *pem)
        other.add_web(peer, *pem)
        found = steps(house, "secure")
        names = ["settings", "dns", "tcp", "tls", "serverCertificate", "clientCertificate", "http", "query"]
        want([s["step"] for s in found] == names and all(s["ok"] for s in found), str(found))
        files = [instance(STUDY, n) for n in range(1, 21)]
        sent = {uid: data for uid, data, _ in files}
        house.import_files([part10 for _, _, part10 in files])
        want(house.json("image", "send", STUDY, "--node", "secure")["done"] == 20, "send")
        same(sent, peer.data_sets())
        row = other.json("image", "find", "--node", "secure", "--name", "홍길동")["studies"][0]
        want(row["patientName"] == "홍^길동" and row["instances"] == 20, str(row))
        want(other.json("image", "fetch", "--node", "secure", "--study", STUDY)["done"] == 20, "fetch")
        for name, step, words in (
                ("no certificate", "clientCertificate", ["--authorities", theirs]),
                ("another's", "clientCertificate", ["--certificate", theirs, "--key", their_key, "--authorities", theirs]),
                ("another authority", "serverCertificate", ["--certificate", ours, "--key", our_key, "--authorities", ours])):
            stranger = House(place, "stranger-" + name.replace(" ", "-"))
            stranger.add_web(peer, *words)
            found = steps(stranger, "secure", check=False)
            want(found[-1]["step"] == step and not found[-1]["ok"], f"{name}: {found}")
        peer.stop()
        return same(sent, other.data_sets(STUDY)) + remark
    checks.run("TLS with certificates on both sides: search, store, retrieve; three strangers stop at the certificate that is wrong", tls)


def long_studies(checks, place, total):
    study = LongStudy(checks, place, total)

    def archive(name):
        peer = server(place, name)
        gate = Throttle(peer.http)
        peer.front = f"http://127.0.0.1:{gate.port}"
        return peer, gate
    peer, gate = archive("long")
    study.fill(peer)
    house = House(place, "long-house")
    house.add_web(peer)
    study.fetch("WADO-RS", peer, house, gate)
    peer.stop()
    peer, gate = archive("target")
    house.add_web(peer)
    study.send("STOW-RS", peer, house, gate)
    peer.stop()


def main():
    total = count_option(2000)
    checks = Checks("dicomweb")
    with Place(peers.options(__doc__)) as place:
        def present():
            peers.need_program("Orthanc")
            web_plugin()
        if not checks.run("Orthanc with DICOMweb", present):
            return checks.end()
        ordinary(checks, place)
        secure(checks, place)
        long_studies(checks, place, total)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
