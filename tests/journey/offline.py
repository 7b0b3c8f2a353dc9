#!/usr/bin/env python3
"""A clinic without network on the first day: a patient nobody knows yet, consent, a referral. Everything is sealed and held;
when the exchange can be reached, the patient is identified first, and exactly what was sealed arrives, once, in order. Then a
withdrawal while offline: what was sealed before it does not leave any more."""
import sys

from clinic import ROOT, Clinic, Exchange, check, main


def journey(bin_folder, folder):
    with Exchange(bin_folder, folder) as exchange:
        port = exchange.port
        clinic = Clinic(bin_folder, folder / "clinic", exchange.site())
        exchange.stop()
        patient = clinic.run("patient", "import", str(ROOT / "resources/samples/fhir-bundle.json"), expect=0).json["id"]
        given = clinic.give_consent(patient)
        check(given.status == 0, f"consent offline: exit {given.status} {given.code}")
        sealed = clinic.run("document", "submit", clinic.referral(patient), expect=0).json
        rows = clinic.run("outbox", "list", expect=0).json
        check(len(rows) == 3 and all(row["state"] == "held" for row in rows), f"offline: {[row['state'] for row in rows]}")
        check(all(row["lastError"] == "services.NotIdentified" for row in rows), "held rows do not say why")
        clinic.run("outbox", "run", expect=3)
        check(clinic.item(sealed["outbox"])["state"] == "held", "a held item moved without the patient being known")
        search = clinic.run("document", "search", "--patient", patient, expect=3).json
        check(search["offline"] and search["partial"], "offline search does not say so")

        exchange.start(port)
        clinic.run("outbox", "run")
        item = clinic.settle(sealed["outbox"])
        check(item["state"] == "done" and item["attempts"] == 1, f"back online: {item['state']} after {item['attempts']} attempts")
        rows = clinic.run("outbox", "list", expect=0).json
        check(all(row["state"] == "done" for row in rows), f"back online: {[row['state'] for row in rows]}")
        check(item["sha256"] == sealed["sha256"], "other bytes than sealed")
        check(len(clinic.registered(patient, sealed["documentId"])) == 1, "not registered once")
        exports = clinic.exports(sealed["documentId"])
        check(len(exports) == 1, f"audited {len(exports)} times: {clinic.run('audit', 'list', '--limit', '14').text}")

        exchange.stop()
        second = clinic.run("document", "submit", clinic.referral(patient), expect=0).json
        withdrawn = clinic.run("consent", "withdraw", "--patient", patient, "--signature", str(folder / "signature.png"),
                               "--identity-check", "idCard")
        check(withdrawn.status == 0, f"withdrawal offline: exit {withdrawn.status} {withdrawn.code}")
        exchange.start(port)
        clinic.run("outbox", "run")
        item = clinic.settle(second["outbox"])
        check(item["state"] == "rejected" and item["lastError"] == "services.NoConsent", f"after withdrawal: {item['state']} {item['lastError']}")
        check(not clinic.exports(second["documentId"]), "a document left after the withdrawal")
        refused = clinic.run("document", "search", "--patient", patient)
        check(refused.status == 1 and all(row["outcome"] == "no-consent" for row in refused.json["sources"]), "search after withdrawal")
        check(clinic.run("audit", "verify", expect=0).json["intact"], "the audit trail is broken")
    print("offline: held, identified, sent once; stopped by a withdrawal")
    return 0


if __name__ == "__main__":
    sys.exit(main(journey))
