#!/usr/bin/env python3
"""A doctor's way with an image archive, in the workstation and by its keys: Orthanc is added in the settings and tested there, sends a
study that stands in the patient's chart and is seen as Orthanc holds it, pixel by pixel; another study is searched and fetched from it;
that one is attached to a referral, sent, and fetched by the hospital byte for byte. Needs Xvfb, xdotool, an accessibility bus and
Orthanc. `--shots DIR` keeps pictures of the steps, `--theme`, `--zoom` as the workstation has them."""
import json
import os
import pathlib
import random
import re
import struct
import sys

import peers
from house import Place
from orthanc import Orthanc, data_set, instance
from peers import Checks, Skip, Wrong, free_port
from viewer_orthanc import Person, guarded, option, push, until

import clinic  # noqa: E402  (viewer_orthanc knows where they are)
import desk as desks  # noqa: E402
import gui_journey  # noqa: E402

SENT, ASKED = "2.25.9201", "2.25.9202"
SIZE, BLOCKS = 256, 8
NAME, NUMBER, BIRTH = "김^나루", "20261122-017", "19610302"  # of the sample bundle
RECEIVER, REASON = gui_journey.RECEIVER, gui_journey.REASON
TOLERANCE = 3  # grey levels of the screen


def picture(study, number):
    """Blocks of one grey each, no two pictures alike, every one with the darkest and the brightest."""
    dice = random.Random(f"{study}.{number}")
    values = [0, 1000] + [dice.randrange(1001) for _ in range(BLOCKS * BLOCKS - 2)]
    dice.shuffle(values)
    side = SIZE // BLOCKS
    rows = [b"".join(struct.pack("<H", value) * side for value in values[row * BLOCKS:(row + 1) * BLOCKS]) * side for row in range(BLOCKS)]
    return b"".join(rows)


def files(study, count, title):
    return [instance(study, n, SIZE, name=NAME, patient=NUMBER, birth=BIRTH, title=title, pixels=picture(study, n))
            for n in range(1, count + 1)]


class Seen:
    """What is on the screen of a view, beside what the archive holds."""

    def __init__(self, person, peer):
        self.person, self.peer = person, peer

    def view(self):
        found, views = [], []

        def one():  # its window is told when its pixels are there
            nonlocal found, views
            found = json.loads(self.person.hands("place", "I ").stdout or b"[]")
            views = [each for each in found if re.search(r"I \d+/\d+ +W", each[2])]
            return len(views) == 1
        until(one, lambda: f"{len(views)} views show a picture: {found}", 15)
        return views[0]

    def held(self, uid):
        """The pixels of an instance as Orthanc has them."""
        found = self.peer.json("/instances?expand")
        entry = next(one["ID"] for one in found if one["MainDicomTags"]["SOPInstanceUID"] == uid)
        return struct.unpack(f"<{SIZE * SIZE}H", data_set(self.peer.get(f"/instances/{entry}/file"))[-2 * SIZE * SIZE:])

    def compare(self, study):
        """Every block of the picture that is shown."""
        _, _, said, left, top, width, height = self.view()
        number, _, wide, centre, zoom = map(float, re.search(r"I (\d+)/(\d+) +W (\S+) L (\S+) +(\d+) %", said).groups())
        pixels, rows = self.held(f"{study}.1.{int(number)}"), self.person.desk.rows()
        side, scale = SIZE // BLOCKS, zoom / 100
        worst = 0
        for block in range(BLOCKS * BLOCKS):
            x, y = (block % BLOCKS) * side + side // 2, (block // BLOCKS) * side + side // 2
            at = round(left + width / 2 + (x - SIZE / 2) * scale) * 4
            blue, green, red = rows[round(top + height / 2 + (y - SIZE / 2) * scale)][at:at + 3]
            expected = min(1, max(0, (pixels[y * SIZE + x] - (centre - 0.5)) / (wide - 1) + 0.5)) * 255
            if not red == green == blue:
                raise Wrong(f"block {block} of picture {number:.0f} is not grey: {red} {green} {blue}")
            worst = max(worst, abs(red - expected))
        if worst > TOLERANCE:
            raise Wrong(f"picture {number:.0f} differs by {worst:.0f} grey levels ({said})")
        return int(number)


class Day:
    def __init__(self, place, options, desk, person, peer, house, patient, port):
        self.place, self.options, self.desk, self.person, self.peer = place, options, desk, person, peer
        self.house, self.patient, self.port = house, patient, port
        self.seen = Seen(person, peer)

    def chart(self, action="open"):
        self.desk.forward("--patient-file", str(desks.SAMPLE), "--action", action)

    def stored(self, study):
        rows = self.house.run("image", "find", "--uid", study).json
        return sum(row["instances"] for row in rows) if isinstance(rows, list) else 0

    def added(self):
        desk, person = self.desk, self.person
        desk.start("--patient-file", str(desks.SAMPLE), "--action", "open")
        desk.uncounted("ctrl+comma", "alt+4")
        desk.shot("archive.none")
        person.press("추가")
        typed = lambda text: (desk.xdotool("type", "--delay", "40", text), desk.settle(0.3))
        typed("orthanc")
        desk.uncounted("Tab", "Tab")  # past the way, which is DICOM
        typed("127.0.0.1")
        desk.uncounted("Tab", "ctrl+a")
        typed("1")  # nobody listens there
        desk.uncounted("Tab")
        typed("ORTHANC")
        desk.shot("archive.form")
        desk.uncounted("Return")
        until(lambda: person.hears("저장했습니다"), lambda: f"not saved: {person.hears('')[:60]}", 15)
        desk.uncounted("F5")
        until(lambda: person.hears("단계에서 멈"), lambda: f"no verdict: {[one for one in person.hears('검사')]}", 30)
        desk.shot("archive.wrongPort")
        desk.uncounted("Return")  # change it
        desk.uncounted("Tab", "ctrl+a")
        typed(str(self.peer.dicom))
        desk.uncounted("Return")
        until(lambda: person.hears("저장했습니다"), "not saved", 15)
        desk.uncounted("F5")
        until(lambda: person.hears("응답합니다"), lambda: f"no verdict: {person.hears('검사')}", 30)
        desk.shot("archive.tested")
        nodes = self.house.run("image", "node", "list", expect=0).json
        if [(node["name"], node["port"], node["aeTitle"], node["ourAeTitle"]) for node in nodes] != [("orthanc", self.peer.dicom, "ORTHANC", "NARU")]:
            raise Wrong(f"kept: {nodes}")

    def received(self):
        desk, person = self.desk, self.person
        person.press("수신 켜기")
        until(lambda: person.hears("켜짐"), "receiving is not on")
        desk.shot("archive.receiving")
        self.peer.fill(part10 for _, _, part10 in files(SENT, 5, "흉부 CT"))
        push(self.peer, SENT)
        until(lambda: self.stored(SENT) == 5, lambda: f"{self.stored(SENT)} of 5 arrived")
        until(lambda: person.hears("받은 영상: 5"), lambda: f"the settings do not count them: {person.hears('켜짐')}", 15)
        self.chart()
        desk.uncounted("ctrl+1")
        until(lambda: person.hears("영상 1건"), lambda: f"the chart does not count it: {person.hears('영상')}", 15)
        desk.shot("archive.overview")
        desk.uncounted("ctrl+4")
        person.sees(5)
        until(lambda: not person.hears("더 왔습니다"), "the message stays", 20)
        desk.shot("archive.seen")
        shown = {self.seen.compare(SENT)}
        for key in ["Next"] * 4 + ["Prior"] * 4:
            desk.uncounted(key)
            shown.add(self.seen.compare(SENT))
        if shown != {1, 2, 3, 4, 5}:
            raise Wrong(f"only pictures {sorted(shown)} were seen")
        return f"5 pictures, {BLOCKS * BLOCKS} blocks each, within {TOLERANCE} grey levels of what Orthanc holds"

    def asked(self):
        desk, person = self.desk, self.person
        self.peer.fill(part10 for _, _, part10 in files(ASKED, 7, "복부 CT"))
        person.press("가져오기")
        desk.uncounted("Down", "Return")  # the first entry: search an archive
        desk.settle(1)
        desk.shot("archive.search")
        desk.uncounted("F5")
        until(lambda: person.hears("검사 2건") or person.hears("검사: 2"), lambda: f"no answer: {person.hears('orthanc')}", 20)
        desk.shot("archive.found")
        if self.stored(ASKED):
            raise Wrong("it is here before it was fetched")
        desk.uncounted("Down") if self.on_arrived() else None
        desk.uncounted("Return")
        until(lambda: self.stored(ASKED) == 7, lambda: f"{self.stored(ASKED)} of 7 were fetched")
        desk.settle(1.5)
        desk.shot("archive.fetched")
        person.press("영상 열기")
        person.sees(7)
        self.seen.compare(ASKED)
        desk.shot("archive.opened")
        return "7 images"

    def on_arrived(self):
        """Whether the row of the study that is here already is the current one."""
        return any("영상 열기 (Enter)" in name for _, name, _ in self.person.hears("영상 열기"))

    def referred(self):
        desk, person = self.desk, self.person
        self.chart("refer")
        desk.settle(1)
        desk.uncounted(*[f"U{ord(jamo):04X}" for jamo in RECEIVER], "Return")
        desk.uncounted(*"dks", "Return")
        desk.xdotool("type", "--delay", "60", REASON)
        desk.settle(0.6)
        desk.uncounted("alt+i")
        desk.settle(1)
        desk.shot("archive.attach")
        desk.uncounted("Return")
        until(lambda: person.hears("7장") or person.hears("5장"), lambda: f"nothing is attached: {person.hears('첨부')}", 30)
        desk.shot("archive.attached")
        desk.uncounted("F8", "2", "1", *["F7"] * 9)
        desk.uncounted("ctrl+Return")
        desk.settle(2)
        desk.shot("archive.send")
        desk.uncounted("Return")
        desk.settle(1)
        desk.shot("archive.sent")

        def done():
            rows = [row for row in self.house.run("outbox", "list", expect=0).json if row["kind"] == "referral"]
            return rows[0] if rows and rows[0]["state"] == "done" else None
        row = until(done, lambda: "not sent: " + self.house.run("outbox", "list").text, 60)
        item = self.house.item(row["id"])
        if item["images"] != item["imagesStored"] or item["images"] not in (5, 7):
            raise Wrong(f"sent: {item}")
        return f"{item['images']} images with the referral", item


def hospital_fetches(place, exchange, options, peer, images):
    def other(site):
        for endpoint in site["endpoints"]["imaging"]:
            endpoint.update(timeoutSeconds=10, direct=False)
        exchange.hospital(site)
    hospital = clinic.Clinic(options.bin, place.folder / "hospital", exchange.site("hospital.json", change=other))
    file = place.folder / "there.json"
    file.write_text(json.dumps({"format": "naru-handover", "version": 1, "patient": {
        "localId": {"extension": "H-77"}, "name": "김나루", "sex": "M", "birthDate": "1961-03-02", "phone": "010-0000-1234"}},
        ensure_ascii=False), encoding="utf-8")
    there = hospital.run("patient", "import", str(file), expect=0).json["id"]
    agree(hospital, there)
    study = ASKED if images == 7 else SENT
    report = hospital.run("image", "fetch", "--patient", there, "--study", study, expect=0).json
    out = place.folder / "there"
    hospital.run("image", "export", report["study"], "-o", str(out), expect=0)
    got = sorted(data_set(path.read_bytes()) for path in out.rglob("*") if path.is_file() and path.name != "DICOMDIR")
    held = sorted(data for uid, data in peer.data_sets().items() if uid.startswith(study + "."))
    if got != held:
        raise Wrong(f"{len(got)} images at the hospital, {len(held)} in the archive, or other bytes")
    return f"{len(got)} images, the bytes that Orthanc holds"


def agree(house, patient):
    house.run("consent", "give", "--patient", patient, "--programme", "exchange,referral,imaging", "--signature",
              str(clinic.signature(house.data.parent)), "--identity-check", "idCard", expect=0)
    house.run("outbox", "run")


def journey(checks, place, options, screen, ears, looks):
    port = free_port()
    exchange, house, site, patient = desks.prepared(options.bin, place.folder, consent=False)
    desk = desks.Desk(screen, options.bin, house.data, site, *looks, ears)
    try:
        agree(house, patient)
        # A port of its own in the settings: several tests may run beside each other.
        house.run("image", "listen", "--port", str(port), "--address", "127.0.0.1", "--seconds", "0", expect=0)
        day = Day(place, options, desk, Person(desk, ears), Orthanc(place, "orthanc", port), house, patient, port)
        steps = (("added in the settings, its test names the step that fails, and then answers", day.added),
                 ("a study that it sends is in the chart and looks as the archive holds it", day.received),
                 ("searched, found and fetched", day.asked))
        for name, step in steps:
            if not checks.run(name, guarded(step)):
                desks.picture(screen, place.options.cache / "archive_day.failed.png")
                return
        item = {}

        def referred():
            told, item["sent"] = day.referred()
            return told
        if checks.run("attached to a referral and sent", guarded(referred)):
            checks.run("the hospital fetches it", guarded(
                lambda: hospital_fetches(place, exchange, options, day.peer, item["sent"]["images"])))
        else:
            desks.picture(screen, place.options.cache / "archive_day.failed.png")
    finally:
        desk.stop()
        exchange.stop()


def main():
    shots = option("--shots")
    looks = (pathlib.Path(shots) if shots else None, option("--theme", "light"), float(option("--zoom", "1")))
    options = peers.options(__doc__)
    checks = Checks("archive_day")

    def tools():
        if missing := desks.missing_tools():
            raise Skip("not installed: " + ", ".join(missing))
        peers.need_program("Orthanc")
        if not (options.bin / "naru").exists():
            raise Skip("the workstation was not built")
        return True
    if not checks.run("has what it needs", tools):
        return checks.end()
    with Place(options) as place:
        place.folder.chmod(0o700)
        with desks.Screen(place.folder, letters=RECEIVER + REASON) as screen, desks.Ears(screen) as ears:
            if not ears.address:
                print("skip  archive_day: no accessibility bus here")
                return checks.end()
            checks.run("the day", guarded(lambda: journey(checks, place, options, screen, ears, looks)))
    return checks.end()


if __name__ == "__main__":
    os.environ["TZ"] = "Asia/Seoul"  # where the clinic is
    sys.exit(main())
