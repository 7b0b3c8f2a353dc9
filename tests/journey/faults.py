#!/usr/bin/env python3
"""Every fault of the practice exchange against sending, searching and retrieving: what the clinic sees, and that nothing is
lost or registered twice. Ends with a table: fault, transaction, observed state, code."""
import json
import sys
import time

from clinic import ROOT, Clinic, Exchange, check, main

# Fault, and whether the exchange did the work behind it (README of app/practice).
FAULTS = [("refuse", False), ("reset@0", True), ("reset@200", True), ("stall=8", True), ("status=503", False), ("status=500", False),
          ("html", False), ("fault", False), ("truncate", True), ("badlength", True), ("badboundary", True), ("unknown", True)]


def send(exchange, clinic, patient, fault, worked):
    """With the registry out of reach the outcome stays open; afterwards it is looked up before anything is repeated."""
    sealed = clinic.run("document", "submit", clinic.referral(patient), expect=0).json
    exchange.faults(f"submit:{fault},times=1;query:refuse")
    first = clinic.run("outbox", "run", expect=(0, 3, 6))
    before = clinic.item(sealed["outbox"])
    exchange.faults("")
    if before["state"] == "unknown":
        check(first.status == 6, f"{fault}: unknown, but exit {first.status}")
    if before["state"] != "done":
        check(before["lastError"], f"{fault}: {before['state']} without a code")
        check(before["attemptList"] and before["attemptList"][0]["endpoint"].startswith("https://") and before["attemptList"][0]["detail"],
              f"{fault}: the attempt does not say where and why")
    item = clinic.settle(sealed["outbox"])
    check(item["state"] == "done", f"{fault}: ended {item['state']} {item['lastError']}")
    attempts = 1 if worked else 2
    check(item["attempts"] == attempts, f"{fault}: {item['attempts']} attempts, expected {attempts}")
    listed = clinic.registered(patient, sealed["documentId"])
    check(len(listed) == 1, f"{fault}: registered {len(listed)} times")
    check(len(clinic.exports(sealed["documentId"])) == 1, f"{fault}: exports in the audit trail {len(clinic.exports(sealed['documentId']))}")
    outcomes = ",".join(row["outcome"] for row in item["attemptList"])
    return sealed, f"{before['state']} -> {item['state']} ({outcomes})", before["lastError"] or "-"


def search(exchange, clinic, patient, fault, document):
    exchange.faults(f"query:{fault},times=1")
    answer = clinic.run("document", "search", "--patient", patient, expect=(0, 3))
    exchange.faults("")
    codes = sorted({row["error"] for row in answer.json["partial"]})
    if answer.status == 3:  # never "nothing found"
        check(not answer.json["documents"] or answer.json["offline"], f"search {fault}: rows of a failed search")
        check(codes and all(codes), f"search {fault}: a failure without a code")
    else:
        check(any(row["id"] == document for row in answer.json["documents"]), f"search {fault}: success without the document")
    again = clinic.run("document", "search", "--patient", patient, expect=0)
    check(sum(row["id"] == document for row in again.json["documents"]) == 1, f"search after {fault}: not listed once")
    check(not again.json["partial"], f"search after {fault}: {again.json['partial']}")
    return "failed" if answer.status else "found", ",".join(codes) or "-"


def retrieve(exchange, hospital, visitor, fault, sealed):
    document = sealed["documentId"]
    exchange.faults(f"retrieve:{fault},times=1")
    answer = hospital.run("document", "retrieve", document, "--patient", visitor, expect=(0, 3))
    exchange.faults("")
    if answer.status:
        check(answer.code, f"retrieve {fault}: a failure without a code")
        here = hospital.run("document", "local", "--patient", visitor)
        check(document not in here.text, f"retrieve {fault}: half a document was kept")
    again = hospital.run("document", "retrieve", document, "--patient", visitor, expect=0)
    check(again.json["sha256"] == sealed["sha256"], f"retrieve after {fault}: other bytes than sealed")
    return "failed, then whole" if answer.status else "whole", answer.code or "-"


def repository_down(exchange, clinic, patient, sealed):
    """One repository that does not listen: its state is told, the rest is shown."""
    def change(site):
        site["endpoints"]["repositories"][1]["url"] = "https://127.0.0.1:1/repository/2"
    half = Clinic(clinic.bin, clinic.data, exchange.site("half.json", change))
    answer = half.run("document", "search", "--patient", patient, expect=0).json
    check(any(row["id"] == sealed["documentId"] for row in answer["documents"]), "repository down: documents are hidden")
    check([row["error"] for row in answer["partial"]] == ["net.Refused"], f"repository down: partial is {answer['partial']}")
    return "partial", "net.Refused"


def journey(bin_folder, folder):
    table, problems = [], []

    def step(fault, transaction, work):
        started = time.monotonic()
        try:
            *rest, observed, code = work()
            table.append((fault, transaction, observed, code, time.monotonic() - started))
            return rest[0] if rest else None
        except Exception as problem:  # the table is for reading: the other rows still count
            problems.append(f"{transaction} {fault}: {problem}")
            table.append((fault, transaction, "WRONG", str(problem)[:60], time.monotonic() - started))
            exchange.faults("")
            return None

    with Exchange(bin_folder, folder) as exchange:
        clinic = Clinic(bin_folder, folder / "clinic", exchange.site())
        imported = clinic.run("patient", "import", str(ROOT / "resources/samples/fhir-bundle.json"), expect=0).json
        patient = imported["id"]
        clinic.give_consent(patient)
        check(clinic.run("outbox", "run", expect=0).json["done"] == 2, "the consents were not registered")
        hospital = Clinic(bin_folder, folder / "hospital", exchange.site("hospital.json", exchange.hospital))
        visitor_file = folder / "visitor.json"
        who = imported["patient"]
        visitor_file.write_text(json.dumps({"format": "naru-handover", "version": 1, "patient": {
            "localId": {"extension": "H-77001"}, "name": who["name"], "sex": who["sex"], "birthDate": who["birthDate"],
            "phone": who.get("phone", "")}}, ensure_ascii=False), encoding="utf-8")
        visitor = hospital.run("patient", "import", str(visitor_file), expect=0).json["id"]
        hospital.run("consent", "status", "--patient", visitor, "--refresh", expect=0)
        last = None
        for fault, worked in FAULTS:
            sealed = step(fault, "send", lambda: send(exchange, clinic, patient, fault, worked))
            last = sealed or last
            if last:
                step(fault, "search", lambda: search(exchange, clinic, patient, fault, last["documentId"]))
            if sealed:
                step(fault, "retrieve", lambda: retrieve(exchange, hospital, visitor, fault, sealed))
        if last:
            step("one repository down", "search", lambda: repository_down(exchange, clinic, patient, last))
        for profile in (clinic, hospital):
            if not profile.run("audit", "verify", expect=0).json["intact"]:
                problems.append("an audit trail is broken")
    print(f"{'fault':20} {'transaction':12} {'observed':46} {'code':24} seconds")
    for fault, transaction, observed, code, seconds in table:
        print(f"{fault:20} {transaction:12} {observed:46} {code:24} {seconds:.1f}")
    for problem in problems:
        print("!", problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(journey))
