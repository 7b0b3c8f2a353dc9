#!/usr/bin/env python3
"""Images travel with the referral: a CT of one clinic reaches the archive of the exchange, its manifest the registry, and another
institution finds, fetches and has the same bytes; with every fault of the archive in between, with the sender killed at any moment,
alone and attached to a referral. When the patient takes the consent back, nobody finds or fetches anything. Ends with a table."""
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time

from clinic import HOSPITAL, REFERRAL, Clinic, Exchange, check, main, signature
from exchange_images import Source
from images import instance

NAME, BIRTH, PHONE = "나루아", "1961-03-02", "010-5555-0101"
FAULTS = ["refuse", "status=503", "html", "unknown", "reset@10", "truncate", "badlength", "stall=12"]


def chart(clinic, folder, number, name=NAME, birth=BIRTH):
    file = folder / f"person-{number}.json"
    file.write_text(json.dumps({"format": "naru-handover", "version": 1, "patient": {
        "localId": {"extension": number}, "name": name, "sex": "M", "birthDate": birth, "phone": PHONE}}, ensure_ascii=False),
        encoding="utf-8")
    return clinic.run("patient", "import", str(file), expect=0).json["id"]


def consent(clinic, patient):
    clinic.run("consent", "give", "--patient", patient, "--programme", "exchange,imaging", "--signature",
               str(signature(clinic.data.parent)), "--identity-check", "idCard", expect=0)
    clinic.run("outbox", "run", expect=0)


def study(clinic, folder, uid, count, patient, name="NARU^A==나루아", number="SHARE-1", birth="19610302", side=64):
    disc = folder / f"disc-{uid}"
    disc.mkdir()
    for i in range(1, count + 1):
        (disc / f"IM{i:05}").write_bytes(instance(i, study=uid, name=name, patient=number, birth=birth, side=side))
    words = ["--patient", patient] if patient else []
    clinic.run("image", "import", str(disc), *words, expect=0)
    row = next(row for row in clinic.run("image", "find", "--uid", uid, expect=0).json if row["studyUid"] == uid)
    return row["study"], {hashlib.sha256(file.read_bytes()).hexdigest() for file in disc.iterdir()}


def exported(clinic, folder, key):
    """The bytes of every image of a study, as they are stored."""
    out = folder / f"out-{time.monotonic_ns()}"
    clinic.run("image", "export", key, "-o", str(out), expect=0)
    return {hashlib.sha256(file.read_bytes()).hexdigest() for file in out.rglob("*") if file.is_file() and file.name != "DICOMDIR"}


def counts(source):
    return source.get("/admin/counts")


def fetched(hospital, folder, patient, uid, hashes, manifest=None):
    words = ["--manifest", manifest] if manifest else ["--study", uid]
    report = hospital.run("image", "fetch", "--patient", patient, *words, expect=0).json
    check(report["complete"] and report["expected"] == len(hashes), f"the other side fetches all: {report}")
    check(report["manifests"], f"by the manifest: {report}")
    check(exported(hospital, folder, report["study"]) == hashes, "the pixels are the same bytes")
    return report


def refusals(clinic, folder, patient, key):
    stranger = chart(clinic, folder, "SHARE-9", "다른이", "1980-01-01")
    answer = clinic.run("image", "share", key, "--patient", stranger, expect=1)
    check(answer.code == "services.ImageOtherChart", f"images of another chart: {answer.code}")
    loose, _ = study(clinic, folder, "2.25.970", 1, None, name="WHO^KNOWS", number="X-1", birth="19500101")
    check(clinic.run("image", "share", loose, "--patient", patient, expect=1).code == "services.StudyUnassigned", "nobody's images")
    wrong, _ = study(clinic, folder, "2.25.971", 1, patient, name="KIM^OTHER==김다른", birth="19800101")
    check(clinic.run("image", "share", wrong, "--patient", patient, expect=1).code == "services.ImagesOfAnother", "another person's")
    check(clinic.run("image", "share", "2.25.404", "--patient", patient, expect=1).code == "services.NoStudy", "no such study")
    check(clinic.run("image", "share", key, "--patient", patient, "--key", "1.2.3", expect=1).code == "services.NoSuchImage",
          "no such image")
    clinic.run("image", "share", key, expect=2)
    mine, _ = study(clinic, folder, "2.25.972", 1, stranger, name="DAREUN^I==다른이", number="SHARE-9", birth="19800101")
    check(clinic.run("image", "share", mine, "--patient", stranger, expect=1).code == "services.NoConsent", "no consent, no images")


def faulty(exchange, clinic, source, folder, patient, fault, number):
    """The fault meets the archive; afterwards the images arrive once and the manifest is registered once."""
    uid = f"2.25.6{number:02}"
    key, hashes = study(clinic, folder, uid, 3, patient)
    before = counts(source)
    shared = clinic.run("image", "share", key, "--patient", patient, expect=0).json
    exchange.faults(f"store:{fault},times=1")
    clinic.run("outbox", "run", expect=(0, 1, 3, 6), timeout=60)
    seen = clinic.item(shared["outbox"])
    exchange.faults("")
    check(seen["state"] in ("queued", "done"), f"{fault}: nothing is lost: {seen}")
    item = clinic.settle(shared["outbox"])
    check(item["state"] == "done" and item["imagesStored"] == 3, f"{fault}: {item}")
    after = counts(source)
    check(after["storedImages"] - before["storedImages"] == 3 and after["documents"] - before["documents"] == 1
          and after["duplicates"] == before["duplicates"], f"{fault}: once: {before} {after}")
    check(len(clinic.exports(shared["studies"][0]["manifest"])) == 1, f"{fault}: one record of the export")
    return uid, hashes, seen["lastError"] or "-"


def killed(clinic, source, folder, patient, rounds=30):
    """`outbox run` killed at any moment until it is done."""
    uid = "2.25.700"
    key, hashes = study(clinic, folder, uid, 300, patient, side=128)
    before = counts(source)
    shared = clinic.run("image", "share", key, "--patient", patient, expect=0).json
    kills, seen = 0, []
    dice = random.Random(20261123)
    command = [str(clinic.bin / "naructl"), "--data", str(clinic.data), "--site", str(clinic.site), "outbox", "run"]
    env = dict(os.environ, NARU_PASSPHRASE="journey-only", NARU_SCRYPT_LOGN="10", LC_ALL="C.UTF-8")
    for _ in range(rounds):
        with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(dice.uniform(0.1, 0.5))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                kills += 1
        item = clinic.item(shared["outbox"])
        seen.append(item["imagesStored"])
        check(item["state"] in ("held", "queued", "sending", "unknown", "done"), f"killed: {item}")
        check(item["state"] in ("held", "queued") or item["imagesStored"] == 300, f"the manifest waits for every image: {item}")
        if item["state"] == "done":
            break
    check(seen == sorted(seen), f"what is acknowledged stays: {seen}")
    item = clinic.settle(shared["outbox"])
    check(item["state"] == "done" and item["imagesStored"] == 300, f"after {kills} kills: {item}")
    after = counts(source)
    check(after["storedImages"] - before["storedImages"] == 300 and after["documents"] - before["documents"] == 1
          and after["duplicates"] == before["duplicates"], f"once: {before} {after}")
    return uid, hashes, kills, seen


def referral(exchange, clinic, hospital, source, folder, patient, there):
    """Referral and images in one submission; the document's result links to the manifest."""
    key, hashes = study(clinic, folder, "2.25.800", 20, patient)
    file = folder / "referral.json"
    content = dict(REFERRAL, problems=[{"code": {"code": "E11.9", "system": "1.2.410.100110.40.2.3.2", "display": "2형 당뇨병"}}])
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    draft = clinic.run("document", "new", "referral", "--patient", patient, "--from", str(file), "--attach-study", key, expect=0).json
    attached = draft["studies"][0]
    check(attached["images"] == 20 and len(attached["manifest"]) == 64, f"attached: {attached}")
    sent = clinic.run("document", "submit", draft["draft"], expect=0).json
    before = counts(source)
    exchange.faults("store:status=503,times=1")
    clinic.run("outbox", "run", expect=(0, 1, 3, 6))
    check(clinic.item(sent["outbox"])["state"] == "queued" and counts(source)["documents"] == before["documents"],
          "images first, then the referral")
    check(clinic.run("image", "remove", key, expect=1).code == "services.ImagesWaiting", "what is on its way stays")
    exchange.faults("")
    item = clinic.settle(sent["outbox"])
    check(item["state"] == "done" and item["images"] == item["imagesStored"] == 20, f"sent: {item}")
    after = counts(source)
    check(after["documents"] - before["documents"] == 2 and after["submissionSets"] - before["submissionSets"] == 1,
          f"one submission set: {before} {after}")
    found = hospital.run("document", "search", "--patient", there, expect=0).json["documents"]
    check({row["id"] for row in found} >= {sent["documentId"], attached["manifest"]}, "both are found")
    row = next(row for row in found if row["id"] == attached["manifest"])
    check(row["manifest"] and row["studyUid"] == "2.25.800" and row["modalities"] == "CT", f"a manifest is known as one: {row}")
    hospital.run("document", "retrieve", sent["documentId"], "--patient", there, expect=0)
    shown = hospital.run("document", "show", sent["documentId"], "--format", "json", expect=0).json
    link = shown["manifests"][0]
    check(link["kosUid"] == attached["manifest"] and attached["manifest"] in link["viewerUrl"], f"the result links to it: {link}")
    fetched(hospital, folder, there, "2.25.800", hashes, manifest=link["kosUid"])
    return attached["manifest"]


def journey(bin_folder, folder):
    with Exchange(bin_folder, folder) as exchange:
        def quick(site):
            for endpoint in site["endpoints"]["imaging"]:
                endpoint.update(timeoutSeconds=6, direct=False)

        def other(site):
            quick(site)
            exchange.hospital(site)
        clinic = Clinic(bin_folder, folder / "clinic", exchange.site(change=quick))
        hospital = Clinic(bin_folder, folder / "hospital", exchange.site("hospital.json", change=other))
        source = Source(exchange)
        patient = chart(clinic, folder, "SHARE-1")
        key, hashes = study(clinic, folder, "2.25.500", 120, patient)
        check(clinic.run("image", "share", key, "--patient", patient, expect=1).code == "services.NoConsent", "before consent")
        consent(clinic, patient)
        started = time.monotonic()
        shared = clinic.run("image", "share", key, "--patient", patient, "--to", HOSPITAL, expect=0).json
        check(shared["images"] == 120, f"all images: {shared}")
        item = clinic.settle(shared["outbox"])
        seconds = time.monotonic() - started
        check(item["state"] == "done" and item["kind"] == "images" and item["imagesStored"] == 120, f"shared: {item}")
        there = chart(hospital, folder, "H-77")
        check(hospital.run("image", "fetch", "--patient", there, "--study", "2.25.500", expect=1).code == "services.NoConsent",
              "no images before the other side has consent")
        consent(hospital, there)
        report = fetched(hospital, folder, there, "2.25.500", hashes)
        # Two images of another study, no more.
        some, _ = study(clinic, folder, "2.25.501", 5, patient)
        part = clinic.run("image", "share", some, "--patient", patient, "--key", "2.25.501.1.2", "--key", "2.25.501.1.4", expect=0).json
        check(clinic.settle(part["outbox"])["imagesStored"] == 2, "chosen images alone")
        got = hospital.run("image", "fetch", "--patient", there, "--study", "2.25.501", expect=0).json
        check(got["expected"] == got["stored"] == 2, f"two came: {got}")
        refusals(clinic, folder, patient, key)
        manifest = referral(exchange, clinic, hospital, source, folder, patient, there)
        table = []
        for number, fault in enumerate(FAULTS):
            uid, theirs, code = faulty(exchange, clinic, source, folder, patient, fault, number)
            table.append((fault, code))
            fetched(hospital, folder, there, uid, theirs)
        uid, theirs, kills, seen = killed(clinic, source, folder, patient)
        fetched(hospital, folder, there, uid, theirs)
        # A manifest that is no longer valid opens nothing.
        late = Clinic(bin_folder, folder / "late", exchange.site("late.json", change=other))
        again = chart(late, folder, "H-77")
        consent(late, again)
        clinic.run("document", "deprecate", manifest, "--reason", "wrong study", expect=0)
        clinic.run("outbox", "run", expect=0)
        check(late.run("image", "fetch", "--patient", again, "--study", "2.25.800", expect=1).code == "services.StudyNotOffered",
              "cancelled: nothing to fetch")
        # Withdrawn: not found, not retrievable, in a profile that has nothing of it.
        clinic.run("consent", "withdraw", "--patient", patient, "--reason", "no longer", "--signature",
                   str(signature(folder)), "--identity-check", "idCard", expect=0)
        clinic.run("outbox", "run", expect=0)
        rows = late.run("document", "search", "--patient", again, expect=(0, 1)).json["documents"]
        check(not [row for row in rows if row["manifest"]], "withdrawn: no manifest is found")
        answer = late.run("image", "fetch", "--patient", again, "--study", "2.25.500", expect=1)
        check(answer.code in ("services.StudyNotOffered",), f"withdrawn: nothing to fetch: {answer.code}")
        late.run("image", "fetch", "--patient", again, "--manifest", manifest, expect=(1, 3))
        check(not late.run("image", "find", expect=(0, 1)).json, "withdrawn: nothing came")
        answer = clinic.run("image", "share", some, "--patient", patient, expect=1)
        check(answer.code == "services.NoConsent", f"withdrawn: nothing leaves: {answer.code}")
        trail = [row for row in clinic.run("audit", "list", "--limit", "100000", expect=0).json if row["event"] == "image.share"]
        check({row["outcome"] for row in trail} >= {"success"} and len({row["outcome"] for row in trail}) > 1,
              "images that left are in the trail, and attempts that failed")
        for one in (clinic, hospital, late):
            check(one.run("audit", "verify", expect=0).json["intact"], "the trail is whole")
    print(f"shared 120 images in {seconds:.1f} s, fetched: first after {report['firstMs']} ms, last {report['lastMs']} ms")
    print(f"killed {kills} times; acknowledged after each round: {seen}")
    for fault, code in table:
        print(f"{fault:12} {code}")
    return 0


if __name__ == "__main__":
    sys.exit(main(journey))
