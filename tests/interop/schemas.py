#!/usr/bin/env python3
"""Our documents and messages against the published schemas: CDA R2, ebXML RS 3.0 and XDS.b, HL7 v3 NE2008, DICOM audit.

A recording relay between naructl and the practice exchange keeps what both say; documents are what was really submitted."""
import collections
import json
import re
import subprocess
import sys
import time
import xml.dom.minidom

import jars
import peers
import recorder
from peers import Skip, Wrong

V3 = "schema/HL7V3/NE2008/multicacheschemas"
EB = "wsdl/schema/ebRS30"
# What the SOAP body may hold: which schema of which jar describes it.
SCHEMA_OF = {
    "ProvideAndRegisterDocumentSetRequest": (jars.XDS, "wsdl/schema/IHE/IHEXDSB.xsd"),
    "RetrieveDocumentSetRequest": (jars.XDS, "wsdl/schema/IHE/IHEXDSB.xsd"),
    "RetrieveDocumentSetResponse": (jars.XDS, "wsdl/schema/IHE/IHEXDSB.xsd"),
    "RegistryResponse": (jars.XDS, f"{EB}/rs.xsd"),
    "AdhocQueryRequest": (jars.XDS, f"{EB}/query.xsd"),
    "AdhocQueryResponse": (jars.XDS, f"{EB}/query.xsd"),
    "SubmitObjectsRequest": (jars.XDS, f"{EB}/lcm.xsd"),
    **{name: (jars.HL7V3, f"{V3}/{name}.xsd") for name in (
        "PRPA_IN201301UV02", "PRPA_IN201302UV02", "MCCI_IN000002UV01", "PRPA_IN201309UV02", "PRPA_IN201310UV02",
        "PRPA_IN201305UV02", "PRPA_IN201306UV02", "QUQI_IN000003UV01")},
}
TRANSACTIONS = {  # what must have been seen, so that silence is no success
    "ITI-41": "ProvideAndRegisterDocumentSetRequest", "ITI-18": "AdhocQueryRequest", "ITI-43": "RetrieveDocumentSetRequest",
    "ITI-44": "PRPA_IN201301UV02", "ITI-45": "PRPA_IN201309UV02", "ITI-47": "PRPA_IN201305UV02",
}
CONSENT = re.compile(rb'templateId root="1\.3\.6\.1\.4\.1\.19376\.1\.5\.3\.1\.1\.7"')
FORMS = {
    "referral": peers.REFERRAL,
    "return": {"recipient": {"institution": peers.HOSPITAL, "department": "1200"}, "reason": "치료를 마치고 회송합니다.",
               "opinion": "상태가 안정되었습니다.", "relay": {"transferType": "02", "transferClinical": "01"}},
    "reply": {"recipient": {"institution": peers.HOSPITAL, "department": "1200"}, "opinion": "경과가 좋습니다.", "plan": "3개월 뒤 재진"},
    "summary": {"opinion": "당뇨병과 고혈압으로 추적 중입니다."},
    "imaging": {"readings": [{"code": {"code": "HA101", "system": "1.2.410.100110.40.2.3.1", "display": "흉부 X-ray"},
                              "conclusion": "이상 소견 없음", "findings": "양측 폐야 정상", "examined": "2026-11-20"}]},
    "emergency": {"recipient": {"institution": peers.HOSPITAL, "department": "1200"}, "reason": "급성 흉통으로 전원합니다.",
                  "opinion": "심전도에 변화가 있습니다.", "transfer": {}},
}


def validate(place, schema, pieces):
    """pieces: {name: XML bytes}. Raises with the first complaint of each kind."""
    folder = place.folder / "xml"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, content in pieces.items():
        (folder / name).write_bytes(content)
    bad = collections.Counter()
    names = sorted(pieces)
    for at in range(0, len(names), 200):
        done = subprocess.run(["xmllint", "--nonet", "--huge", "--noout", "--schema", str(schema), *names[at:at + 200]], cwd=folder,
                              capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            complaints = [re.sub(r"^[^:]*:\d+: ", "", line) for line in done.stderr.splitlines()
                          if not line.endswith("validates") and "parser warning" not in line]
            bad.update(complaints or [f"xmllint ended with {done.returncode}"])
    if bad:
        raise Wrong(f"{len(pieces)} checked; " + " | ".join(f"{count}x {line[:400]}" for line, count in bad.most_common(6)))
    return f"{len(pieces)} valid"


def write_forms(place, clinic, patient, told):
    for form, content in FORMS.items():
        path = place.folder / f"{form}.json"
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        draft = clinic.json("document", "new", form, "--patient", patient, "--from", path)["draft"]
        done = clinic.run("document", "submit", draft, check=False)
        if done.returncode != 0:
            told.append(f"{form} not sealed: {(done.stdout + done.stderr).decode()[-500:]}")
            continue
        if form == "summary":
            first = json.loads(done.stdout)["documentId"]
            clinic.run("outbox", "run")
            clinic.run("document", "replace", first, path)
    clinic.run("outbox", "run", check=False)


def wait_for_answers(clinic):
    """The hospital's return letter to the referral: what is fetched with ITI-43."""
    for _ in range(40):
        clinic.run("document", "answers", check=False)
        sent = [row["id"] for row in clinic.json("outbox", "list") if row["kind"] == "referral"]
        if all(clinic.json("outbox", "show", item).get("answeredBy") for item in sent):
            return
        time.sleep(0.5)
    raise Wrong("a referral was not answered")


def work(place, clinic):
    """One clinic's day: everything that makes a message or a document. Returns complaints."""
    told = []
    clinic.run("patient", "find", "--name", "김", check=False)
    for sample in ("fhir-bundle.json", "naru.json"):
        patient = clinic.json("patient", "import", peers.ROOT / "resources/samples" / sample)["id"]
        clinic.run("patient", "ids", patient)
        clinic.run("patient", "ids", patient)
        place.give_consent(clinic, patient)
        clinic.run("outbox", "run", check=False)
        write_forms(place, clinic, patient, told)
        listed = clinic.json("document", "search", "--patient", patient, "--all")["documents"]
        if listed:
            clinic.run("document", "deprecate", listed[0]["id"], "--reason", "schema", check=False)
            clinic.run("outbox", "run", check=False)
        wait_for_answers(clinic)
        clinic.run("consent", "withdraw", "--patient", patient, "--identity-check", "idCard", "--reason", "이사", "--signature",
                   place.folder / "signature.png")
        clinic.run("outbox", "run", check=False)
        time.sleep(1.1)  # both samples are one person: within one second the withdrawal counts, because it protects
    left = [(row["kind"], row["state"], row["lastError"]) for row in clinic.json("outbox", "list") if row["state"] != "done"]
    return told + [f"not sent: {row}" for row in left]


def sorted_out(seen):
    """{root element: {file name: XML}} and {file name: document submitted}."""
    messages, documents, answers = collections.defaultdict(dict), {}, {}
    for number, (_, kind, body, _, answer_kind, answer) in enumerate(seen):
        name, _, text, attached = recorder.payload(kind, body)
        messages[name][f"{number:04}-request.xml"] = text
        documents.update({f"{number:04}-{i}.xml": document for i, document in enumerate(attached)})
        name, _, text, attached = recorder.payload(answer_kind, answer)
        messages[name][f"{number:04}-answer.xml"] = text
        answers.update({f"{number:04}-{i}.xml": document for i, document in enumerate(attached)})
    return messages, documents, answers


def seeded(place):
    """The documents of the practice exchange's world, as they lie in its repositories."""
    found = {path.name + ".xml": path.read_bytes() for path in (place.exchange / "documents").rglob("*") if path.is_file()}
    return {name: content for name, content in found.items() if b"ClinicalDocument" in content[:4000]}


def bppc_valid(place, cache, pieces):
    """IHE's Schematron for consents: the rules that a schema cannot say."""
    peers.need_program("java")
    command, sheet = jars.schematron(cache, jars.CDA, "schematron/ihe_bppc_20090518/BPPC.sch")
    sources, results = place.folder / "bppc", place.folder / "bppc-results"
    sources.mkdir()
    results.mkdir()
    for name, content in pieces.items():
        (sources / name).write_bytes(content)
    subprocess.run([*command, f"-s:{sources}", f"-xsl:{sheet}", f"-o:{results}"], check=True, capture_output=True, timeout=300)
    bad, judged = collections.Counter(), 0
    for path in results.iterdir():
        report = xml.dom.minidom.parse(str(path))
        svrl = "http://purl.oclc.org/dsdl/svrl"
        judged += bool(report.getElementsByTagNameNS(svrl, "fired-rule"))
        for failed in report.getElementsByTagNameNS(svrl, "failed-assert"):
            bad[" ".join("".join(node.firstChild.data for node in failed.getElementsByTagNameNS(svrl, "text")).split())] += 1
    if bad or judged != len(pieces):
        raise Wrong(f"{judged} of {len(pieces)} judged; " + " | ".join(f"{count}x {text}" for text, count in bad.most_common(6)))
    return f"{judged} valid"


def refuses(check, good):
    """A check that lets everything through checks nothing."""
    broken = good.replace(b"<effectiveTime", b"<effectiveTimes", 1)
    try:
        check({"broken.xml": broken})
    except Wrong:
        return
    raise Wrong("a broken document passed")


def messages_valid(place, cache, messages, name):
    if name not in SCHEMA_OF:
        raise Wrong("no schema is known for it")
    coordinates, path = SCHEMA_OF[name]
    schema = jars.unpacked(cache, coordinates, ("schema/", "wsdl/")) / path
    if not schema.exists():
        raise Skip(f"{path} is not in the jar")
    if schema.name == "IHEXDSB.xsd":
        # One of its imports imports the same namespace again from xcf.xsd; libxml2 reads a namespace from one place only.
        whole = schema.with_name("whole.xsd")
        whole.write_text(re.sub(r"(<xs:schema[^>]*>)", r'\1<xs:include schemaLocation="xcf.xsd"/>', schema.read_text(encoding="utf-8"), count=1),
                         encoding="utf-8")
        schema = whole
    return validate(place, schema, messages[name])


def audit_valid(place, cache, clinic):
    schema = jars.unpacked(cache, jars.AUDIT, ("dicom",)) / "dicom2017c.xsd"
    path = place.folder / "trail.xml"
    clinic.run("audit", "export", path)
    lines = path.read_bytes().splitlines()
    return validate(place, schema, {f"{number:05}.xml": line for number, line in enumerate(lines)})


def main():
    chosen = peers.options(__doc__.splitlines()[0])
    checks = peers.Checks("schemas")
    if not checks.run("xmllint", lambda: peers.need_program("xmllint")):
        return checks.end()
    with peers.Workplace(chosen) as place:
        relay = recorder.Recorder(place)
        clinic = place.clinic("clinic", place.derived_site("recorded", relay.redirect))

        def a_day():
            told = work(place, clinic)
            if told:
                raise Wrong("; ".join(told))
        checks.run("every form written and sent", a_day)
        messages, documents, answered = sorted_out(relay.seen)

        def seen():
            missing = [f"{number} ({name})" for number, name in TRANSACTIONS.items() if name not in messages]
            if missing:
                raise Wrong("never sent: " + ", ".join(missing))
            return f"{len(relay.seen)} exchanges"
        checks.run("every transaction seen", seen)
        cda = "schema/cdar2/infrastructure/cda/CDA.xsd"

        def cda_valid(pieces):
            return validate(place, jars.unpacked(chosen.cache, jars.CDA, ("schema/",)) / cda, pieces)
        checks.run("CDA R2: documents we submitted", lambda: cda_valid(documents))
        checks.run("CDA R2: documents we retrieved", lambda: cda_valid(answered))
        checks.run("CDA R2: documents of the practice exchange", lambda: cda_valid(seeded(place)))
        checks.run("CDA R2: a broken document is refused", lambda: refuses(cda_valid, min(documents.values(), key=len)))
        consents = {name: content for name, content in {**documents, **seeded(place)}.items() if CONSENT.search(content)}
        checks.run("IHE BPPC Schematron: consents and withdrawals", lambda: bppc_valid(place, chosen.cache, consents))
        for name in sorted(messages):
            checks.run(name, lambda name=name: messages_valid(place, chosen.cache, messages, name))
        checks.run("DICOM audit: the trail", lambda: audit_valid(place, chosen.cache, clinic))
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
