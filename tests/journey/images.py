#!/usr/bin/env python3
"""Images in the terminal: a disc and an archive are taken in, found, looked at, given to a chart, written to a new disc and removed;
an import that is killed at any moment leaves whole images and a profile that goes on."""
import argparse
import hashlib
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import time
import zipfile

from clinic import ROOT, Answer, check

CT = "1.2.840.10008.5.1.4.1.1.2"
EXPLICIT = "1.2.840.10008.1.2.1"
HAND_OVER = ROOT / "resources/samples/naru.json"


def element(tag, vr, value):
    if isinstance(value, int):
        value = struct.pack("<H", value)
    if isinstance(value, str):
        value = value.encode()
    if len(value) % 2:
        value += b"\0" if vr in ("UI", "OB", "OW") else b" "
    head = struct.pack("<HH", tag >> 16, tag & 0xFFFF) + vr.encode()
    long = vr in ("OB", "OW", "SQ", "UN", "UT")
    return head + (b"\0\0" + struct.pack("<I", len(value)) if long else struct.pack("<H", len(value))) + value


def instance(number, study="2.25.500", name="KIM^NARU==김^나루", patient="20261122-017", birth="19610302", side=64):
    """A slice of a CT series whose pixels nobody can guess."""
    series, uid = study + ".1", f"{study}.1.{number}"
    noise = random.Random(uid).randbytes(side * side * 2)
    data = b"".join(element(*each) for each in (
        (0x00080005, "CS", "ISO_IR 192"), (0x00080016, "UI", CT), (0x00080018, "UI", uid), (0x00080020, "DA", "20261120"),
        (0x00080060, "CS", "CT"), (0x00081030, "LO", "CHEST"), (0x00100010, "PN", name), (0x00100020, "LO", patient),
        (0x00100030, "DA", birth), (0x00100040, "CS", "M"), (0x0020000D, "UI", study), (0x0020000E, "UI", series),
        (0x00200011, "IS", "1"), (0x00200013, "IS", str(number)), (0x00200032, "DS", f"0\\0\\{number}"),
        (0x00200037, "DS", "1\\0\\0\\0\\1\\0"), (0x00280002, "US", 1), (0x00280004, "CS", "MONOCHROME2"),
        (0x00280010, "US", side), (0x00280011, "US", side), (0x00280030, "DS", "0.7\\0.7"), (0x00280100, "US", 16),
        (0x00280101, "US", 16), (0x00280102, "US", 15), (0x00280103, "US", 1), (0x7FE00010, "OW", noise)))
    meta = b"".join(element(*each) for each in (
        (0x00020001, "OB", b"\0\1"), (0x00020002, "UI", CT), (0x00020003, "UI", uid), (0x00020010, "UI", EXPLICIT),
        (0x00020012, "UI", "2.25.99")))
    return b"\0" * 128 + b"DICM" + element(0x00020000, "UL", struct.pack("<I", len(meta))) + meta + data


class Clinic:
    def __init__(self, bin_folder, data):
        self.bin, self.data = pathlib.Path(bin_folder), data
        self.env = dict(os.environ, LC_ALL="C.UTF-8", NARU_SCRYPT_LOGN="10", NARU_PASSPHRASE="test-only")

    def command(self, *words):
        return [str(self.bin / "naructl"), "--data", str(self.data), "--json", *map(str, words)]

    def run(self, *words, expect=0):
        answer = Answer(subprocess.run(self.command(*words), env=self.env, capture_output=True, timeout=120,
                                       stdin=subprocess.DEVNULL))
        check(answer.status == expect, f"{' '.join(map(str, words))}: exit {answer.status}, expected {expect}: "
                                       f"{answer.diagnostics[-300:]}{answer.text[-300:]}")
        return answer.json

    def sealed(self):
        return [file for file in (self.data / "images").rglob("*") if file.is_file()]


def journey(bin_folder, folder):
    clinic = Clinic(bin_folder, folder / "data")
    patient = clinic.run("patient", "import", HAND_OVER)["id"]
    disc = folder / "disc"
    (disc / "DICOM").mkdir(parents=True)
    for number in range(1, 6):
        (disc / "DICOM" / f"IM{number}").write_bytes(instance(number))
    (disc / "README.TXT").write_text("Viewer for Windows")
    report = clinic.run("image", "import", disc)
    check(report["stored"] == 5 and report["notDicom"] == 1 and not report["faults"], f"import of a disc: {report}")
    check(clinic.run("image", "import", disc)["known"] == 5, "a second import knows them")
    study = report["studies"][0]

    rows = clinic.run("image", "find", "--patient", patient)
    check(len(rows) == 1 and rows[0]["match"] == "matched" and rows[0]["instances"] == 5, f"found in the chart: {rows}")
    detail = clinic.run("image", "find", "--study", study, "--instances")
    images = detail["seriesRows"][0]["instanceRows"]
    check([row["number"] for row in images] == [1, 2, 3, 4, 5], "instances are in order")
    facts = clinic.run("image", "info", "--instance", images[0]["instance"])[0]
    check(facts["rows"] == 64 and facts["patientName"].startswith("KIM^NARU"), f"info of a stored image: {facts}")
    png = folder / "one.png"
    clinic.run("image", "render", "--instance", images[0]["instance"], "-o", png)
    check(png.read_bytes().startswith(b"\x89PNG"), "a stored image is rendered")

    # Somebody else's images, in an archive: into no chart, and loud once a person puts them into this one.
    other = folder / "other.zip"
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/b/1", instance(1, "2.25.600", "PARK^HANEUL==박^하늘", "H-1", "19800101"))
    stranger = clinic.run("image", "import", other)["studies"][0]
    check(len(clinic.run("image", "find", "--unmatched")) == 1, "another patient's images are in no chart")
    loud = clinic.run("image", "assign", stranger, "--patient", patient, expect=1)
    check(loud["match"] == "mismatch" and loud["differing"] == ["birthDate", "name"], f"a wrong chart is told: {loud}")
    clinic.run("image", "assign", stranger, "--nobody")

    out = folder / "out"
    written = clinic.run("image", "export", study, "-o", out)
    check(written["instances"] == 5 and written["dicomdir"], f"export: {written}")
    digests = {hashlib.sha256(file.read_bytes()).digest() for file in (out / "DICOM").rglob("IM*")}
    check(digests == {hashlib.sha256(file.read_bytes()).digest() for file in (disc / "DICOM").iterdir()}, "the bytes are the same")
    clinic.run("image", "export", study, "-o", folder / "out.zip")
    clinic.run("image", "export", study, "-o", out, expect=1)
    clinic.run("image", "remove", study)
    clinic.run("image", "remove", study, expect=1)
    again = clinic.run("image", "import", out)
    check(again["stored"] == 5 and again["missing"] == 0, f"our own disc comes back whole: {again}")
    check(clinic.run("audit", "verify")["intact"], "the trail is whole")
    trail = [row["event"] for row in clinic.run("audit", "list")]
    for act in ("import", "open", "export", "assign", "remove"):
        check(f"image.{act}" in trail, f"image.{act} is in the trail")
    names = " ".join(str(file) for file in clinic.data.rglob("*"))
    check("NARU" not in names.replace(str(clinic.data), "") and "2.25." not in names, "file names tell nothing")


def killed(bin_folder, folder, rounds, seed):
    """kill -9 in the middle of an import: what is listed is whole, and importing again brings the rest, each once."""
    disc = folder / "big"
    disc.mkdir()
    for number in range(1, 401):
        (disc / f"{number:04}").write_bytes(instance(number, "2.25.700"))
    clock = random.Random(seed)
    clinic = Clinic(bin_folder, folder / "killed")
    clinic.run("image", "find", expect=1)
    begun = time.monotonic()
    clinic.run("image", "import", disc)
    whole = time.monotonic() - begun
    clinic.run("image", "remove", clinic.run("image", "find")[0]["study"])
    midway = 0
    for _ in range(rounds):
        program = subprocess.Popen(clinic.command("image", "import", disc), env=clinic.env, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        time.sleep(clock.uniform(0.1, 1.0) * whole)
        program.kill()
        program.wait()
        rows = subprocess.run(clinic.command("image", "find"), env=clinic.env, capture_output=True, timeout=60)
        check(rows.returncode in (0, 1), f"the profile opens after a kill: {rows.stderr[-300:]!r}")
        listed = 0
        if rows.returncode == 0:
            study = Answer(rows).json[0]
            listed = study["instances"]
            detail = clinic.run("image", "find", "--study", study["study"], "--instances")
            images = [row for series in detail["seriesRows"] for row in series["instanceRows"]]
            check(len(images) == listed == detail["seriesRows"][0]["instances"], "sums and rows agree")
            check(len({row["sopUid"] for row in images}) == listed, "each image is listed once")
            target = folder / "after"
            check(clinic.run("image", "export", study["study"], "-o", target)["instances"] == listed, "each is whole")
            subprocess.run(["rm", "-r", str(target)], check=True)
        midway += 0 < listed < 400
        if listed:
            check("image.import" in [row["event"] for row in clinic.run("audit", "list")], "what is listed is in the trail")
            clinic.run("image", "remove", study["study"])
        check(clinic.run("audit", "verify")["intact"], "the trail is whole after a kill")
    check(midway > 0, f"no kill of {rounds} came in the middle of an import")
    report = clinic.run("image", "import", disc)
    check(report["stored"] == 400 and not report["faults"], f"the import after the kills: {report}")
    return midway


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}")
    with tempfile.TemporaryDirectory(prefix="naru-images-") as folder:
        journey(arguments.bin, pathlib.Path(folder))
        midway = killed(arguments.bin, pathlib.Path(folder), arguments.rounds, arguments.seed)
    print(f"images: disc, archive, chart, export; {arguments.rounds} kills, {midway} of them midway: nothing half listed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
