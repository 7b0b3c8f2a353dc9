"""The main journey in the real workstation, by keyboard only: hand-over, referral, sending, the answer, reading it; then consent
given and withdrawn with a drawn signature. Every key press is logged with its purpose; budgets are those of the screens' design.
    gui_journey.py --bin DIR [--log FILE] [--shots DIR]"""
import argparse
import json
import os
import pathlib
import re
import sys
import tempfile
import time

from desk import SAMPLE, Desk, Ears, Keys, Screen, Wrong, check, missing_tools, picture, prepared

REFERRAL_BUDGET, CONSENT_BUDGET = 25, 6
RECEIVER = "ㅎㄷㄷ"
REASON = ". 1년 전부터 시력이 떨어져 안저 검사와 치료를 의뢰합니다."


def until(what, text, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.5)
    raise Wrong(text)


def refer(desk, clinic, patient):
    desk.keys = keys = Keys(desk.folder / "keys.referral.txt", "referral: launch to sent")
    desk.start("--patient-file", str(SAMPLE), "--action", "refer")
    desk.shot("compose.open")
    for jamo in RECEIVER:
        desk.key(f"U{ord(jamo):04X}", "receiver: initial consonants of 한들대학교병원")
    desk.shot("compose.receiver")
    desk.key("Return", "take the receiver")
    desk.slip("dks", "department: 안(과), typed with the keyboard left in English")
    desk.key("Return", "take the department")
    desk.type(REASON, "reason, after what the EMR brought")
    desk.shot("compose.reason")
    desk.key("F8", "next gap: what the relay asks once")
    desk.key("2", "state of the patient")
    desk.key("1", "clinical reason")
    desk.shot("compose.relay")
    for _ in range(9):
        desk.key("F7", "approve a section of the EMR's, on to the next")
    desk.shot("compose.reviewed")
    desk.key("ctrl+Return", "seal, last look")
    desk.settle(2)
    desk.shot("compose.send")
    desk.key("Return", "send")
    desk.shot("compose.sent")
    keys.write(f"# {keys.structural} structural keystrokes (budget {REFERRAL_BUDGET}), {keys.free} characters of free text, 0 by mouse")
    check(keys.structural <= REFERRAL_BUDGET, f"{keys.structural} keystrokes for the referral, allowed are {REFERRAL_BUDGET}")

    def done():
        rows = [row for row in clinic.run("outbox", "list", expect=0).json if row["kind"] == "referral"]
        check(len(rows) <= 1, f"{len(rows)} referrals in the outbox")
        return rows[0] if rows and rows[0]["state"] == "done" else None

    item = until(done, "the referral was not sent: " + clinic.run("outbox", "list").text)
    registered = [row for row in clinic.registered(patient, item["documentId"])]
    check(len(registered) == 1, f"the registry holds the referral {len(registered)} times")
    text = clinic.run("document", "show", item["documentId"], "--format", "text").text
    for words in ("안저 검사와 치료를 의뢰합니다", "안과", "메트포르민"):
        check(words in text, f"the sent document does not say {words}:\n{text}")
    print("sent:", item["documentId"], "registered once")
    return item


def reads_as_stored(desk, clinic, document):
    """Every word of the stored narrative, as another program of ours prints it, must be in what a screen reader gets."""
    stored = clinic.run("document", "show", document, "--format", "text").text
    stored = stored[stored.find("■"):]  # the head of the document is worded differently there
    words = {word for word in re.findall(r"[가-힣]{2,}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]+\.[0-9]+", stored)}
    check(len(words) > 40, f"naructl shows only {len(words)} words of the answer:\n{stored}")
    if not desk.ears.address:
        print("not read aloud: no accessibility bus here")
        return

    def shown():
        texts = desk.ears.texts("문서")
        return texts[0] if len(texts) == 1 and len(texts[0]) > 200 else None

    text = until(shown, "the reader has no text for a screen reader", 20)
    missing = sorted(word for word in words if word not in text)
    check(not missing, f"{len(missing)} of {len(words)} words of the answer are not on the screen: {missing[:20]}")
    print(f"read aloud: all {len(words)} words of the answer")


def read_answer(desk, clinic, patient, item):
    desk.keys = Keys(desk.folder / "keys.answer.txt", "the answer: from Home to reading it")

    def answered():
        return clinic.item(item["id"])["answeredBy"]

    answer = until(answered, "no answer came", 90)
    local = lambda: [row for row in clinic.run("document", "local", "--patient", patient, expect=0).json["documents"] if row["id"] == answer]  # noqa: E731
    check(local() and not local()[0]["seen"], "the answer counts as read before anybody opened it")
    desk.settle(1.5)
    desk.key("alt+Home", "Home")
    desk.shot("home.answer")
    desk.key("alt+3", "tile of the answers")
    desk.key("Return", "open the answer")
    desk.settle(1.5)
    desk.shot("reader.answer")
    colours = picture(desk.screen, desk.folder / "answer.png")
    check(colours > 20, "the reader shows an empty screen")
    reads_as_stored(desk, clinic, answer)
    until(lambda: local()[0]["seen"], "the opened answer is not marked as seen", 10)
    check(len(desk.windows()) == 1, "the answer opened a window of its own")
    if desk.shots:
        desk.uncounted("alt+4")
        desk.shot("reader.section")
    desk.keys.write(f"# {desk.keys.structural} structural keystrokes")
    print("answer read:", answer)


def tour(desk):
    """Pages the journey does not touch, with what the live exchange says; only for pictures."""
    desk.keys = Keys(desk.folder / "tour.txt", "tour")
    desk.uncounted("F9")
    desk.shot("reader.authored")
    desk.uncounted("ctrl+r")
    desk.settle(1)
    desk.shot("compose.reply")
    desk.uncounted("ctrl+1")
    desk.settle(1)
    desk.shot("patient.overview")
    desk.uncounted("alt+3")
    desk.shot("patient.labs")
    desk.uncounted("ctrl+l")
    desk.shot("lock.page")
    desk.xdotool("type", "journey-only")
    desk.uncounted("Return")
    desk.settle(3)
    desk.uncounted("ctrl+shift+f")
    desk.uncounted("F5")
    desk.settle(4)
    desk.shot("search.sources")
    desk.uncounted("ctrl+shift+o")
    desk.settle(1)
    desk.shot("outbox.list")
    desk.uncounted("alt+Home", "Escape")
    desk.shot("home.read")
    desk.uncounted("ctrl+k")
    desk.shot("home.palette")


def patient_window(desk):
    """The patient's own window above the staff's, as (x, y, width, height)."""
    main = max(desk.windows(), key=lambda w: w[3] * w[4])
    found = [w for w in desk.windows() if w[0] != main[0]]
    return found[0] if found else None


def patient_agrees(desk, texts, shot, answers=True):
    """The patient reads to the end, answers and signs: none of it counts as staff keys."""
    window = until(lambda: patient_window(desk), "the patient's window did not come", 10)
    desk.settle(0.6)
    desk.shot(f"{shot}.patient")
    _, x, y, width, height = window
    below = (x + width - 150, y + height - 50)  # the button at the lower right: next, then sign and finish
    for number in range(texts):
        for _ in range(4):
            desk.uncounted("Next")  # page down, to the end of the text
        if answers:
            desk.uncounted("Tab", "space", "Tab", "space")  # both lines agreed to, one after the other
        if number == 0:
            desk.shot(f"{shot}.answers")
        desk.click(*below)
    left, top = x + width // 4, y + height // 2
    desk.pen([(left + i * 6, top + (i % 9) * 7 - 20) for i in range(50)])
    desk.pen([(left + 60 + i * 4, top + 30 - (i % 5) * 9) for i in range(40)])
    desk.shot(f"{shot}.signature")
    desk.click(*below)
    desk.settle(0.8)
    check(patient_window(desk) is None, "the patient's window stays after signing")


def states(clinic, patient):
    return {row["programme"]: row["state"] for row in clinic.run("consent", "status", "--patient", patient).json}


def consent(desk, clinic, patient):
    desk.start("--patient-file", str(SAMPLE), "--action", "open")
    desk.keys = keys = Keys(desk.folder / "keys.consent.txt", "new consent: staff keys")
    desk.key("F12", "consent of this patient")
    desk.shot("consent.staff")
    desk.key("Return", "to the patient's window; what is needed is ticked")
    patient_agrees(desk, 2, "consent.give")
    desk.shot("consent.signed")
    desk.key("Return", "record and register")
    until(lambda: states(clinic, patient).get("exchange") in ("valid", "pending-registration"), "no consent was recorded", 20)
    keys.write(f"# {keys.structural} staff keystrokes (budget {CONSENT_BUDGET})")
    check(keys.structural <= CONSENT_BUDGET, f"{keys.structural} keys for a consent, allowed are {CONSENT_BUDGET}")
    given = until(lambda: (s := states(clinic, patient))["exchange"] == s["referral"] == "valid" and s,
                  "the consents did not become valid: " + json.dumps(states(clinic, patient)), 40)
    check(given["imaging"] == "none", "a consent nobody asked for was recorded")
    desk.settle(1)
    desk.shot("consent.given")

    desk.keys = keys = Keys(desk.folder / "keys.withdrawal.txt", "withdrawal: staff keys")
    desk.key("F12", "consent of this patient")
    desk.key("alt+2", "withdrawal")
    desk.key("space", "tick the first programme")
    desk.shot("consent.withdraw")
    desk.key("Return", "to the patient's window")
    patient_agrees(desk, 1, "consent.withdraw", answers=False)
    desk.key("Return", "record")
    keys.write(f"# {keys.structural} staff keystrokes (budget {CONSENT_BUDGET})")
    check(keys.structural <= CONSENT_BUDGET, f"{keys.structural} keys for a withdrawal, allowed are {CONSENT_BUDGET}")
    after = until(lambda: (s := states(clinic, patient))["exchange"] == "withdrawn" and s,
                  "the exchange's consent was not withdrawn: " + json.dumps(states(clinic, patient)), 30)
    check(after["referral"] == "valid", "the withdrawal took the other programme too")
    desk.shot("consent.withdrawn")
    print("consent given and withdrawn:", json.dumps(after))


def run(options, folder):
    folder.chmod(0o700)
    for part in ("referral", "consent"):
        place = folder / part
        place.mkdir()
        exchange, clinic, site, patient = prepared(options.bin, place, consent=part == "referral")
        try:
            with Screen(place, letters=RECEIVER + REASON) as screen, Ears(screen) as ears:
                desk = Desk(screen, options.bin, clinic.data, site, options.shots, options.theme, options.zoom, ears)
                try:
                    if part == "referral":
                        read_answer(desk, clinic, patient, refer(desk, clinic, patient))
                        if options.shots:
                            tour(desk)
                    else:
                        consent(desk, clinic, patient)
                except Wrong:
                    if options.log:
                        picture(screen, options.log.with_suffix(".failed.png"))
                    raise
                finally:
                    desk.stop()
                    if options.log:
                        with open(options.log, "a", encoding="utf-8") as out:
                            for file in sorted(place.glob("keys.*.txt")):
                                out.write(file.read_text(encoding="utf-8") + "\n")
        finally:
            exchange.stop()
    return 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--log", type=pathlib.Path)
    parser.add_argument("--shots", type=pathlib.Path, help="pictures of the steps go here")
    parser.add_argument("--theme", default="light")
    parser.add_argument("--zoom", type=float, default=1)
    options = parser.parse_args()
    options.bin = options.bin.resolve()
    if missing := missing_tools():
        print("skipped: not installed:", ", ".join(missing))
        return 77
    if not (options.bin / "naru").exists():
        print("skipped: the workstation was not built")
        return 77
    if options.log:
        options.log.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="naru-gui-") as name:
        try:
            return run(options, pathlib.Path(name))
        except Wrong as problem:
            print("FAILED:", problem)
            return 1


if __name__ == "__main__":
    os.environ["TZ"] = "Asia/Seoul"  # where the clinic is
    sys.exit(main())
