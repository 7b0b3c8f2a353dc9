#!/usr/bin/env python3
"""Orthanc as the archive of the house while the workstation is open on its screen: receiving is switched on in the settings, a study
that Orthanc sends stands in the viewer of its patient without anybody pressing anything, more of it comes in around the picture that
is looked at, a study of nobody is taken into the chart, and a study goes back from the viewer to an archive that has never seen it.
Needs Xvfb, xdotool, an accessibility bus and Orthanc. `--shots DIR` keeps pictures of the steps, `--theme`, `--zoom` as the workstation
has them."""
import json
import pathlib
import subprocess
import sys
import time

import peers
from house import Place
from orthanc import Orthanc, instance
from peers import Checks, Skip, Wrong, free_port

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "ui" / "journey"), str(ROOT / "tests" / "journey")]
import clinic  # noqa: E402
import desk as desks  # noqa: E402

SITE = ROOT / "resources/sites/practice/site.json"  # nobody listens there; the archive needs no exchange
STUDY, NOBODY = "2.25.9101", "2.25.9102"
PERSON = {"localId": {"extension": "P-1001"}, "name": "홍길동", "sex": "M", "birthDate": "1970-01-01", "phone": "010-5555-0101"}


def option(name, usual=None):
    if name not in sys.argv:
        return usual
    at = sys.argv.index(name)
    value = sys.argv[at + 1]
    del sys.argv[at:at + 2]
    return value


def until(what, text, seconds=40):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.3)
    raise Wrong(text() if callable(text) else text)


def guarded(work):
    """The two folders of scripts each have a word for what is wrong."""
    def inside():
        try:
            return work()
        except clinic.Wrong as why:
            raise Wrong(str(why)) from why
    return inside


class Person:
    """Who sits before the screen: keys by xdotool, and what a screen reader would say and press."""

    def __init__(self, desk, ears):
        self.desk, self.ears = desk, ears

    def hands(self, *words):
        return subprocess.run(["/usr/bin/python3", str(ROOT / "tests/ui/journey/hands.py"), *words], env=self.ears.environment(),
                              capture_output=True, timeout=60)

    def hears(self, part):
        return json.loads(self.hands("say", part).stdout or b"[]")

    def press(self, name):
        until(lambda: self.hands("press", name).returncode == 0, f"nothing called {name} can be pressed: {self.hears('')[:40]}", 15)
        self.desk.settle()

    def sees(self, count):
        """A picture of so many is in a view."""
        return until(lambda: any(f"/{count}" in said for _, _, said in self.hears("/")),
                     lambda: f"no view says /{count}: {self.hears('영상 보기')}")


def prepared(place, options, port):
    house = clinic.Clinic(options.bin, place.folder / "clinic", SITE)
    file = place.folder / "person.json"
    file.write_text(json.dumps({"format": "naru-handover", "version": 1, "patient": PERSON}, ensure_ascii=False), encoding="utf-8")
    house.run("patient", "import", str(file), expect=0)
    peer, empty = Orthanc(place, "orthanc", port), Orthanc(place, "second", port)
    for one, ae in ((peer, "ORTHANC"), (empty, "SECOND")):
        house.run("image", "node", "add", one.name, "--host", "127.0.0.1", "--port", str(one.dicom), "--ae", ae, "--our-ae", "NARU", expect=0)
    house.run("image", "listen", "--port", str(port), "--address", "127.0.0.1", "--seconds", "0", expect=0)
    return house, file, peer, empty


def push(peer, study):
    entry = next(e["ID"] for e in peer.json("/studies?expand") if e["MainDicomTags"]["StudyInstanceUID"] == study)
    peer.get("/modalities/naru/store", body=json.dumps(entry).encode(), method="POST")


def journey(checks, place, options, screen, ears, looks):
    port = free_port()
    house, file, peer, empty = prepared(place, options, port)
    desk = desks.Desk(screen, options.bin, house.data, SITE, *looks, ears)
    desk.keys = desks.Keys(place.folder / "keys.txt", "orthanc")
    person = Person(desk, ears)

    def receiving():
        desk.start("--patient-file", str(file), "--action", "open")
        desk.uncounted("ctrl+comma")
        desk.uncounted("alt+4")  # image archives
        person.press("수신 켜기")
        until(lambda: person.hears("켜짐"), "receiving is not on")
        desk.shot("orthanc.receiving")
    if not checks.run("receiving switched on in the settings", guarded(receiving)):
        return desk

    def arrives():
        desk.forward("--patient-file", str(file), "--action", "open")
        desk.uncounted("ctrl+4")  # the images of this patient: none yet
        desk.shot("orthanc.before")
        peer.fill(part10 for n in range(1, 6) for _, _, part10 in [instance(STUDY, n, 256)])
        push(peer, STUDY)
        person.sees(5)
        desk.shot("orthanc.arrived")
    checks.run("a study that is sent stands in the open viewer", guarded(arrives))

    def grows():
        peer.fill(part10 for n in range(6, 13) for _, _, part10 in [instance(STUDY, n, 256)])
        push(peer, STUDY)
        person.sees(12)
        desk.uncounted("Next", "Next")
        desk.shot("orthanc.grown")
    checks.run("more of it comes in by itself", guarded(grows))

    def nobody():
        peer.fill(part10 for n in range(1, 4) for _, _, part10 in [instance(NOBODY, n, 256, patient="X-77")])
        push(peer, NOBODY)
        until(lambda: any(row["match"] == "unmatched" for row in house.run("image", "find", expect=0).json), "it did not arrive")
        person.press("가져오기")
        desk.shot("orthanc.ways")
        desk.uncounted("Up", "Return")  # the last entry; menus are windows of their own, which are reached by keys
        until(lambda: person.hears("차트가 정해지지 않은"), "the list does not come")
        desk.shot("orthanc.nobody")
        desk.uncounted("Return")
        person.sees(3)
        desk.shot("orthanc.taken")
    checks.run("a study of nobody is taken into the chart", guarded(nobody))

    def sends():
        before = peer.count()
        desk.uncounted("ctrl+shift+s")
        desk.shot("orthanc.where")
        desk.uncounted("Down", "Return")  # the second archive
        empty.wait_for_count(3)
        until(lambda: person.hears("보냈습니다"), "nothing says that it was sent")
        desk.shot("orthanc.sent")
        if peer.count() != before:
            raise Wrong("it went to the other archive")
        theirs, ours = empty.data_sets(), peer.data_sets()
        if any(ours[uid] != data for uid, data in theirs.items()):
            raise Wrong("not the same bytes")
        return f"{len(theirs)} instances, byte for byte"
    checks.run("sent from the viewer to an archive", guarded(sends))
    return desk


def main():
    shots = option("--shots")
    looks = (pathlib.Path(shots) if shots else None, option("--theme", "light"), float(option("--zoom", "1")))
    options = peers.options(__doc__)
    checks = Checks("viewer_orthanc")

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
        with desks.Screen(place.folder) as screen, desks.Ears(screen) as ears:
            if not ears.address:
                print("skip  viewer_orthanc: no accessibility bus here")
                return checks.end()
            desk = None
            try:
                desk = checks.run("the journey", guarded(lambda: journey(checks, place, options, screen, ears, looks)))
            finally:
                if hasattr(desk, "stop"):
                    desk.stop()
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
