"""The code picker under a real input method: ibus with ibus-hangul, keys through the X server.
    check_ibus.py --bin DIR [--shot FILE] [--log FILE]
Looks at what only a real input method does: its own commits, its own handling of Enter, Backspace inside a syllable, a focus
change in mid-syllable. Ends with 77 and one line when something is missing; synthetic events cover the rest (tst_ui_picker)."""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

PLUGIN = "platforminputcontexts/libibusplatforminputcontextplugin.so"
ENGINE = "/usr/share/ibus/component/hangul.xml"


class Failed(Exception):
    pass


def missing():
    tools = [tool for tool in ("Xvfb", "xdotool", "ibus-daemon", "ibus", "gsettings", "dbus-run-session") if not shutil.which(tool)]
    if tools:
        return "not installed: " + ", ".join(tools)
    if not os.path.exists(ENGINE):
        return "ibus-hangul is not installed"
    if not any((folder / PLUGIN).exists() for folder in pathlib.Path("/usr/lib").glob("*/qt6/plugins")):
        return "Qt has no ibus plug-in"
    return None


def start_server():
    """The X server chooses a free number and tells it."""
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"], pass_fds=(write,),
                              stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    return server, ":" + number


class Host:
    """The program under test and what it said so far."""

    def __init__(self, binary, env):
        self.process = subprocess.Popen([binary], env=env, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        self.lines = []
        self.env = env
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(json.loads(line))

    def key(self, *keys, pause=0.12):
        for key in keys:
            subprocess.run(["xdotool", "key", "--clearmodifiers", key], env=self.env, check=True)
            time.sleep(pause)

    def type(self, text, pause=0.12):
        """Letters of the two-set keyboard; capitals are shifted keys."""
        for letter in text:
            self.key("space" if letter == " " else f"shift+{letter.lower()}" if letter.isupper() else letter, pause=pause)

    def until(self, test, what, seconds=5):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for line in reversed(self.lines):
                if test(line):
                    return line
            time.sleep(0.05)
        raise Failed(f"{what}; last lines: " + json.dumps(self.lines[-8:], ensure_ascii=False))

    def lives(self, since=0):
        return [line["live"] for line in self.lines[since:] if "live" in line]


def check(condition, text):
    if not condition:
        raise Failed(text)


def journey(host, note):
    host.until(lambda line: line.get("focus") == "picker", "the picker never got the focus", 15)
    time.sleep(1.0)

    start = len(host.lines)
    host.type("ekdsyqudtjd akdakr")  # 당뇨병성 망막, over 단-다뇨 and 망마-망막
    host.until(lambda line: line.get("live") == "당뇨병성 망막", "the word was not composed")
    lives = host.lives(start)
    note("every text the editor showed: " + " ".join(f"「{live}」" for live in lives))
    for state in ("ㄷ", "다", "당", "당ㄴ", "당뇨", "당뇹", "당뇨벼", "당뇨병"):
        check(state in lives, f"the state {state} was never shown")
    composed = [line for line in host.lines[start:] if "live" in line]
    check(all(line["rows"] > 0 for line in composed), "a state of the word had an empty list")
    last = composed[-1]
    check(last["composing"] and last["first"] == "H36.0", f"unexpected end: {last}")

    # One Enter or two: ibus commits the syllable and may hand the key on. Whatever it does, the row of the whole text is taken,
    # once, and the syllable does not stay behind.
    before = len(host.lines)
    host.key("Return", pause=0.5)
    picked = [line["picked"] for line in host.lines[before:] if "picked" in line]
    note(f"first Enter: {'chose at once' if picked else 'closed the syllable only'}")
    if not picked:
        host.key("Return", pause=0.5)
        picked = [line["picked"] for line in host.lines[before:] if "picked" in line]
    check(picked == ["H36.0"], f"chosen: {picked}")
    tail = [line for line in host.lines[before:] if "live" in line]
    check(not tail or tail[-1]["live"] in ("", "당뇨병성 망막"), f"text left behind: {tail[-1:]}")

    start = len(host.lines)
    host.type("ekdsy")
    host.until(lambda line: line.get("live") == "당뇨", "second word was not composed")
    check(not any(live.startswith("막") for live in host.lives(start)), "the last syllable of the first word came back")
    host.key("BackSpace")
    host.until(lambda line: line.get("live") == "당ㄴ", "Backspace did not take the syllable apart")
    host.type("y")
    host.key("Down", "Down")  # the third row, while the syllable is open
    before = len(host.lines)
    host.key("Return", pause=0.5)
    picked = [line["picked"] for line in host.lines[before:] if "picked" in line]
    if not picked:
        host.key("Return", pause=0.5)
        picked = [line["picked"] for line in host.lines[before:] if "picked" in line]
    check(picked == ["E11.7"], f"the third row was meant, chosen: {picked}")

    host.type("shsus")
    host.until(lambda line: line.get("live") == "노년", "third word was not composed")
    before = len(host.lines)
    host.key("Tab", pause=0.6)  # adds and stays
    picked = [line["picked"] for line in host.lines[before:] if "picked" in line]
    note(f"Tab inside a syllable chose: {picked}")
    check(picked == ["H25.9"], f"Tab chose: {picked}")
    check(not any(line.get("focus") == "other" for line in host.lines[before:]), "Tab left the picker")

    host.key("ctrl+a", "BackSpace")
    start = len(host.lines)
    host.type("akstjd")
    host.until(lambda line: line.get("live") == "만성", "fourth word was not composed")
    host.key("shift+Tab", pause=0.6)  # away in mid-syllable
    line = host.until(lambda entry: entry.get("focus") == "other", "the focus did not move")
    note(f"left in mid-syllable, kept text: 「{line['committed']}」")
    time.sleep(0.4)
    texts = [entry for entry in host.lines[start:] if "committed" in entry]
    check(texts[-1]["committed"] == "만성", f"the open syllable was lost or doubled: {texts[-1]}")


def run(options):
    server, display = start_server()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="naru-ime-"))
    env = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "IBUS_", "XDG_", "DBUS_"))}
    env.update(DISPLAY=display, HOME=str(folder), XDG_RUNTIME_DIR=str(folder), XDG_CONFIG_HOME=str(folder / "config"),
               GSETTINGS_BACKEND="keyfile", QT_IM_MODULE="ibus", QT_QPA_PLATFORM="xcb", LC_ALL="C.UTF-8",
               NARU_IME_STAGE="2")
    folder.chmod(0o700)
    try:
        arguments = [sys.executable, __file__, "--bin", options.bin]
        for name in ("shot", "log"):
            if getattr(options, name):
                arguments += [f"--{name}", getattr(options, name)]
        return subprocess.run(["dbus-run-session", "--"] + arguments, env=env, timeout=120).returncode
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def inside(options):
    """Within a display and a message bus of our own."""
    log = []

    def note(text):
        log.append(text)
        print(text, flush=True)

    env = dict(os.environ)
    schema = "org.freedesktop.ibus.engine.hangul"
    subprocess.run(["gsettings", "set", schema, "initial-input-mode", "hangul"], env=env, check=True)
    daemon = subprocess.Popen(["ibus-daemon", "--panel=disable", "--emoji-extension=disable", "--cache=none"], env=env, stderr=subprocess.DEVNULL)
    host = None
    try:
        for _ in range(40):
            if subprocess.run(["ibus", "engine", "hangul"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
                break
            time.sleep(0.25)
        else:
            raise Failed("ibus-daemon did not answer")
        version = subprocess.run(["ibus", "version"], env=env, capture_output=True, text=True).stdout.strip()
        note(f"{version}, engine hangul, two-set keyboard")
        host = Host(os.path.join(options.bin, "ime_host"), env)
        for _ in range(60):  # no window manager: the focus is ours to give, once the window can be seen
            found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "ime_host"], env=env, capture_output=True,
                                   text=True).stdout.split()
            if found and subprocess.run(["xdotool", "windowfocus", found[0]], env=env, stderr=subprocess.DEVNULL).returncode == 0:
                break
            time.sleep(0.25)
        subprocess.run(["ibus", "engine", "hangul"], env=env, check=False)
        journey(host, note)
        if options.shot and shutil.which("import"):
            subprocess.run(["import", "-window", "root", options.shot], env=env, check=False)
        note("ok: the real input method and the picker agree")
        return 0
    except Failed as error:
        note(f"failed: {error}")
        return 1
    finally:
        if host:
            host.process.terminate()
        daemon.terminate()
        if options.log:
            pathlib.Path(options.log).write_text("\n".join(log) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True, help="folder of ime_host")
    parser.add_argument("--shot")
    parser.add_argument("--log")
    options = parser.parse_args()
    if os.environ.get("NARU_IME_STAGE") == "2":
        return inside(options)
    reason = missing()
    if reason:
        print(f"skipped: {reason}")
        return 77
    if not os.path.exists(os.path.join(options.bin, "ime_host")):
        print("skipped: ime_host is not built (cmake --build BUILD --target ime_host)")
        return 77
    return run(options)


if __name__ == "__main__":
    sys.exit(main())
