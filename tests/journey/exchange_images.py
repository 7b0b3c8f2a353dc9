#!/usr/bin/env python3
"""From an imaging report to its images: found, retrieved, its study fetched from the exchange's imaging source, shown; fetched
again without anything new; and every fault of the practice exchange in between, after which a later fetch completes. Ends with
two tables: how long the images took, and what each fault looked like."""
import json
import ssl
import sys
import time
import urllib.request

from clinic import Clinic, Exchange, check, main, signature

FAULTS = ["refuse", "reset@0", "reset@200", "stall=12", "status=503", "status=500", "html", "fault", "truncate", "badlength",
          "badboundary", "unknown"]


def tag(row, name):
    return str((row.get(name, {}).get("Value") or [""])[0])


class Source:
    """The imaging source as another program sees it."""

    def __init__(self, exchange):
        self.base = f"https://127.0.0.1:{exchange.port}"
        self.tls = ssl.create_default_context(cafile=str(exchange.site_file.parent / "ca.pem"))
        self.tls.check_hostname = False
        self.tls.load_cert_chain(str(exchange.site_file.parent / "clinic.pem"), str(exchange.site_file.parent / "clinic.key"))

    def get(self, path):
        with urllib.request.urlopen(self.base + path, context=self.tls, timeout=60) as answer:
            return json.loads(answer.read())

    def studies(self):
        people = {local["extension"]: person for person in self.get("/admin/seed")["patients"] for local in person["localIds"]}
        for row in self.get("/dicomweb/studies"):
            yield {"uid": tag(row, "0020000D"), "modality": tag(row, "00080061"), "images": int(tag(row, "00201208")),
                   "person": people[tag(row, "00100020")]}


def chart(clinic, folder, person, number):
    """The same person here, as the index knows them: name, birth date, sex and telephone identify."""
    birth = person["birth"]
    birth = f"{birth[:4]}-{birth[4:6]}-{birth[6:8]}" if len(birth) == 8 else birth
    known = clinic.run("patient", "find", "--name", person["name"], "--birth", birth, expect=0).json[0]
    file = folder / f"person-{number}.json"
    file.write_text(json.dumps({"format": "naru-handover", "version": 1, "patient": {
        "localId": {"extension": f"IMG-{number}"}, "name": person["name"], "sex": person["sex"], "birthDate": birth,
        "phone": known["phone"]}}, ensure_ascii=False), encoding="utf-8")
    return clinic.run("patient", "import", str(file), expect=0).json["id"]


def consent(clinic, patient):
    clinic.run("consent", "give", "--patient", patient, "--programme", "exchange,imaging", "--signature",
               str(signature(clinic.data.parent)), "--identity-check", "idCard", expect=0)
    clinic.run("outbox", "run", expect=0)


def study_of_report(clinic, patient, wanted):
    """The study UID as a person would come by it: out of the imaging report."""
    found = clinic.run("document", "search", "--patient", patient, expect=0).json["documents"]
    for row in found:
        got = clinic.run("document", "retrieve", row["id"], "--patient", patient, expect=(0, 1, 3))
        if got.status:
            continue
        shown = clinic.run("document", "show", row["id"], "--format", "json", expect=0).json
        lines = "\n".join(section.get("narrative", "") for section in shown["sections"]).splitlines()
        if wanted in lines:  # a line of its own in the reading
            return wanted
    check(False, f"no report among {len(found)} documents names the study")


def fetch(clinic, patient, study, expect=0):
    return clinic.run("image", "fetch", "--patient", patient, "--study", study, expect=expect)


def whole(clinic, folder, source, patient, chosen, times):
    study = study_of_report(clinic, patient, chosen["uid"])
    started = time.monotonic()
    report = fetch(clinic, patient, study).json
    wall = time.monotonic() - started
    check(report["complete"] and report["stored"] == report["expected"] == chosen["images"] and report["known"] == 0,
          f"a whole study: {report} of {chosen['images']}")
    times.append((chosen["modality"], chosen["images"], report["firstMs"], report["lastMs"], wall))
    rows = clinic.run("image", "find", "--patient", patient, expect=0).json
    row = next(row for row in rows if row["studyUid"] == study)
    check(row["instances"] == chosen["images"] and row["match"] == "matched", f"in the chart: {row}")
    detail = clinic.run("image", "find", "--study", row["study"], "--instances", expect=0).json
    images = [image for series in detail["seriesRows"] for image in series["instanceRows"]]
    listed = {tag(one, "00080018") for one in source.get(f"/dicomweb/studies/{study}/instances")}
    check({image["sopUid"] for image in images} == listed, "the same images as the source has")
    png = folder / "image.png"
    clinic.run("image", "render", "--instance", images[len(images) // 2]["instance"], "-o", str(png), expect=0)
    check(png.read_bytes()[:4] == b"\x89PNG", "an image can be shown")
    again = fetch(clinic, patient, study).json
    check(again["complete"] and again["stored"] == 0 and again["known"] == chosen["images"], f"nothing new: {again}")
    return row["study"]


def faulty(exchange, clinic, patient, chosen, fault, after):
    """The fault meets the list of images (after=0) or the images themselves (after=1)."""
    for row in clinic.run("image", "find", "--uid", chosen["uid"], expect=(0, 1)).json or []:
        clinic.run("image", "remove", row["study"], expect=0)
    exchange.faults(f"retrieve:{fault},times=1" + (f",after={after}" if after else ""))
    first = fetch(clinic, patient, chosen["uid"], expect=(0, 1, 3))
    exchange.faults("")
    if first.status:
        check(first.code and not first.code.startswith("base."), f"{fault}: no clear error: {first.text}")
    else:
        check(first.json["complete"], f"{fault}: success without all images")
    report = fetch(clinic, patient, chosen["uid"]).json
    check(report["complete"] and report["known"] + report["stored"] == chosen["images"], f"after {fault}: {report}")
    return first.code or "-", report["known"]


def cut(exchange, clinic, patient, chosen, fault, keeps):
    """A transfer that ends in its middle keeps what came; the next fetch brings the rest, each image once. A reset also throws
    away what waits in the socket, which on a slow machine is all of it: then only the counts must be honest."""
    for row in clinic.run("image", "find", "--uid", chosen["uid"], expect=(0, 1)).json or []:
        clinic.run("image", "remove", row["study"], expect=0)
    exchange.faults(f"retrieve:{fault},times=1,after=1")
    first = fetch(clinic, patient, chosen["uid"], expect=3)
    exchange.faults("")
    report = first.json
    check(report["failed"] > 0 and (report["stored"] > 0 or not keeps), f"a cut transfer keeps what came: {report}")
    check(report["stored"] + report["failed"] == report["expected"] == chosen["images"], f"honest counts: {report}")
    listed = sum(row["instances"] for row in clinic.run("image", "find", "--uid", chosen["uid"], expect=(0, 1)).json or [])
    check(listed == report["stored"], f"{listed} listed, {report['stored']} told")
    rest = fetch(clinic, patient, chosen["uid"]).json
    check(rest["complete"] and rest["known"] == listed and rest["stored"] == chosen["images"] - listed, f"the rest: {rest}")
    return first.code, listed


def refusals(clinic, folder, source, patient, chosen):
    stranger = next(one["person"] for one in source.studies() if one["person"]["id"] != chosen["person"]["id"]
                    and one["person"]["name"] != chosen["person"]["name"])
    other = chart(clinic, folder, stranger, 900)
    check(fetch(clinic, other, chosen["uid"], expect=1).code == "services.NoConsent", "no consent, no images")
    consent(clinic, other)
    check(fetch(clinic, other, chosen["uid"], expect=1).code == "services.ImageOtherChart", "images of another chart stay there")
    for row in clinic.run("image", "find", "--uid", chosen["uid"], expect=0).json:
        clinic.run("image", "remove", row["study"], expect=0)
    check(fetch(clinic, other, chosen["uid"], expect=1).code == "services.ImagesOfAnother", "another person's images are refused")
    clinic.run("image", "find", "--uid", chosen["uid"], expect=1)
    check(fetch(clinic, patient, "2.25.404", expect=1).code == "services.StudyNotOffered", "a study nobody has")
    check(fetch(clinic, patient, "../2", expect=2).code == "services.BadStudyUid", "not a UID")
    check(clinic.run("image", "fetch", "--study", "2.25.404", expect=2).code, "whose images?")


def journey(bin_folder, folder):
    times, table = [], []
    with Exchange(bin_folder, folder) as exchange:
        def patient_site(site):
            for endpoint in site["endpoints"]["imaging"]:
                endpoint["timeoutSeconds"] = 8
        clinic = Clinic(bin_folder, folder / "clinic", exchange.site(change=patient_site))
        source = Source(exchange)
        studies = sorted(source.studies(), key=lambda one: -one["images"])
        charts = {}

        def chart_of(one):
            key = one["person"]["id"]
            if key not in charts:
                charts[key] = chart(clinic, folder, one["person"], len(charts) + 1)
                check(fetch(clinic, charts[key], one["uid"], expect=1).code == "services.NoConsent", "no images before consent")
                consent(clinic, charts[key])
            return charts[key]

        for modality in ("MR", "CT"):
            chosen = next(one for one in studies if one["modality"] == modality)
            whole(clinic, folder, source, chart_of(chosen), chosen, times)
        big = next(one for one in studies if one["modality"] == "MR")
        for fault, keeps in (("truncate", True), ("reset@1500000", False)):
            table.append((fault, "images", *cut(exchange, clinic, chart_of(big), big, fault, keeps)))
        small = min((one for one in studies if one["images"] > 1), key=lambda one: one["images"])
        patient = chart_of(small)
        for fault in FAULTS:
            for after, what in ((0, "list"), (1, "images")):
                table.append((fault, what, *faulty(exchange, clinic, patient, small, fault, after)))
        refusals(clinic, folder, source, patient, small)
        trail = [row for row in clinic.run("audit", "list", "--limit", "100000", expect=0).json if row["event"] == "image.fetch"]
        check({row["outcome"] for row in trail} >= {"success"} and len({row["outcome"] for row in trail}) > 1,
              "fetches are in the trail, with their outcome")
        check(clinic.run("audit", "verify", expect=0).json["intact"], "the trail is whole")
    print(f"{'study':8} {'images':>6} {'first ms':>9} {'last ms':>9} {'command s':>10}")
    for modality, images, first, last, wall in times:
        print(f"{modality:8} {images:6} {first:9} {last:9} {wall:10.1f}")
    print(f"{'fault':16} {'meets':8} {'code':28} kept")
    for fault, what, code, kept in table:
        print(f"{fault:16} {what:8} {code:28} {kept}")
    return 0


if __name__ == "__main__":
    sys.exit(main(journey))
