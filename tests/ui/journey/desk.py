"""A desk for the journeys of this folder: a screen of its own, the real workstation on it, and hands that only press keys
(and hold a pen). Every key goes through the log, which is also the count."""
import ctypes
import ctypes.util
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import time
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests" / "journey"))
from clinic import Clinic, Exchange, Wrong, check  # noqa: E402

TOOLS = ("Xvfb", "xdotool")
SAMPLE = ROOT / "resources" / "samples" / "fhir-bundle.json"


def missing_tools(*more):
    return [tool for tool in TOOLS + more if not shutil.which(tool)]


class Screen:
    """Xvfb on a free number: the server chooses it and tells. `letters`: what will be typed beyond ASCII."""

    def __init__(self, folder, size="1366x768", letters=""):
        self.folder, self.size, self.typed = pathlib.Path(folder), size, letters

    def __enter__(self):
        read, write = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", self.size + "x24", "-nolisten", "tcp", "-noreset",
             "-fbdir", str(self.folder)],
            pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        number = b""
        while not number.endswith(b"\n"):
            piece = os.read(read, 16)
            check(piece, "Xvfb did not start")
            number += piece
        os.close(read)
        self.display = ":" + number.decode().strip()
        self.letters(self.typed)
        return self

    def letters(self, text):
        """A key of its own for each of these letters, before any program looks at the keyboard. Otherwise xdotool borrows one
        spare key and renames it letter by letter, and a program that is slow to read sees the next letter's name."""
        x11 = ctypes.CDLL(ctypes.util.find_library("X11"))
        x11.XOpenDisplay.restype = ctypes.c_void_p
        x11.XGetKeyboardMapping.restype = ctypes.POINTER(ctypes.c_ulong)
        display = ctypes.c_void_p(x11.XOpenDisplay(self.display.encode()))
        first, last, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_int()
        x11.XDisplayKeycodes(display, ctypes.byref(first), ctypes.byref(last))
        names = x11.XGetKeyboardMapping(display, ctypes.c_ubyte(first.value), last.value - first.value + 1, ctypes.byref(width))
        # Free keys, and those of media players, which no clinic program reads (vendor keysyms 0x1008FFxx).
        spare = [first.value + row for row in range(last.value - first.value + 1)
                 if (symbol := names[row * width.value]) == 0 or symbol >> 16 == 0x1008]
        wanted = sorted(set(letter for letter in text if ord(letter) > 0x7F))
        check(len(wanted) < len(spare), f"{len(wanted)} letters, but the keyboard has only {len(spare)} spare keys")
        for code, letter in zip(spare, wanted):
            symbol = 0x01000000 | ord(letter)  # X11 protocol, appendix A: Unicode keysyms
            x11.XChangeKeyboardMapping(display, code, 2, (ctypes.c_ulong * 2)(symbol, symbol), 1)
        x11.XCloseDisplay(display)

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)


class Ears:
    """A session bus with an accessibility bus, so that what is on the screen can be read as a screen reader does. `None` for the
    address when something is not installed: the journey then goes without."""

    LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")

    def __init__(self, screen):
        self.screen, self.address, self.processes = screen, None, []

    def __enter__(self):
        launcher = next((path for path in self.LAUNCHERS if os.access(path, os.X_OK)), None)
        gi = subprocess.run(["/usr/bin/python3", "-c", "import gi"], capture_output=True) if os.path.exists("/usr/bin/python3") else None
        if not launcher or not shutil.which("dbus-daemon") or not gi or gi.returncode:
            return self
        bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, env=self.environment())
        self.processes.append(bus)
        self.address = bus.stdout.readline().decode().strip()
        self.processes.append(subprocess.Popen([launcher, "--launch-immediately"], stdout=subprocess.DEVNULL,
                                               stderr=subprocess.DEVNULL, env=self.environment()))
        time.sleep(1)
        return self

    def environment(self):
        runtime = self.screen.folder / "runtime"
        runtime.mkdir(mode=0o700, exist_ok=True)
        env = dict(os.environ, DISPLAY=self.screen.display, XDG_RUNTIME_DIR=str(runtime), HOME=str(self.screen.folder))
        env.pop("DBUS_SESSION_BUS_ADDRESS", None)
        if self.address:
            env["DBUS_SESSION_BUS_ADDRESS"] = self.address
        return env

    def texts(self, name):
        """The texts of the showing text areas of this accessible name."""
        done = subprocess.run(["/usr/bin/python3", str(pathlib.Path(__file__).with_name("spoken.py")), name], env=self.environment(),
                              capture_output=True, timeout=60)
        check(done.returncode == 0, "the accessibility bus does not answer: " + done.stderr.decode()[-300:])
        return json.loads(done.stdout)

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
            process.wait(20)


class Keys:
    """The log: one line a key press, with what it was for; a chord counts one a key, free text and passwords count apart."""

    def __init__(self, file, title):
        self.file, self.rows, self.structural, self.free = pathlib.Path(file), [], 0, 0
        self.write(f"# {title}")

    def write(self, line):
        self.rows.append(line)
        print(line, flush=True)
        self.file.write_text("\n".join(self.rows) + "\n", encoding="utf-8")

    def press(self, keys, count, purpose):
        self.structural += count
        self.write(f"{self.structural:3d}  +{count}  {keys:<24} {purpose}")

    def text(self, text, purpose):
        self.free += len(text)
        self.write(f"      ..  ({len(text)} characters)         {purpose}")


class Desk:
    def __init__(self, screen, bin_folder, data, site, shots=None, theme="light", zoom=1, ears=None):
        self.ears = ears
        self.look = f"{theme}.{round(zoom * 100)}"
        self.options = ["--theme", theme, "--zoom", str(zoom)]
        self.screen, self.bin, self.data, self.site = screen, pathlib.Path(bin_folder), pathlib.Path(data), pathlib.Path(site)
        self.folder = self.data.parent
        self.process, self.shots, self.keys = None, shots, None

    def start(self, *words):
        runtime = self.folder / "runtime"
        runtime.mkdir(mode=0o700, exist_ok=True)
        env = dict(os.environ, DISPLAY=self.screen.display, QT_QPA_PLATFORM="xcb", XDG_RUNTIME_DIR=str(runtime),
                   HOME=str(self.folder), NARU_PASSPHRASE="journey-only", NARU_SCRYPT_LOGN="10", LC_ALL="C.UTF-8")
        for name in ("DBUS_SESSION_BUS_ADDRESS", "QT_IM_MODULE", "WAYLAND_DISPLAY", "QT_STYLE_OVERRIDE", "QT_SCALE_FACTOR"):
            env.pop(name, None)
        if self.ears and self.ears.address:
            env.update(DBUS_SESSION_BUS_ADDRESS=self.ears.address, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1")
        log = open(self.folder / "naru.log", "ab")
        self.process = subprocess.Popen(
            [str(self.bin / "naru"), "--data", str(self.data), "--site", str(self.site), "--language", "ko", *self.options, *words],
            env=env, stdout=log, stderr=subprocess.STDOUT)
        self.window()

    def forward(self, *words):
        """What the EMR does when the workstation runs already: the second start hands over and ends."""
        env = dict(os.environ, DISPLAY=self.screen.display, QT_QPA_PLATFORM="xcb", XDG_RUNTIME_DIR=str(self.folder / "runtime"),
                   HOME=str(self.folder), LC_ALL="C.UTF-8")
        done = subprocess.run([str(self.bin / "naru"), "--data", str(self.data), *words], env=env, capture_output=True, timeout=60)
        check(done.returncode == 0, "the hand-over was not taken: " + done.stderr.decode()[-200:])
        self.settle()

    def stop(self):
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def xdotool(self, *words, expect=True):
        done = subprocess.run(["xdotool", *words], env=dict(os.environ, DISPLAY=self.screen.display), capture_output=True, timeout=60)
        check(done.returncode == 0 or not expect, f"xdotool {words[0]}: {done.stderr.decode()}")
        return done.stdout.decode().split()

    def windows(self):
        """Visible top-level windows of the workstation with a size of a window."""
        out = []
        for number in self.xdotool("search", "--onlyvisible", "--name", ".*", expect=False):
            shape = dict(row.split("=") for row in self.xdotool("getwindowgeometry", "--shell", number, expect=False) if "=" in row)
            pid = self.xdotool("getwindowpid", number, expect=False)
            if shape and int(shape["WIDTH"]) > 300 and pid == [str(self.process.pid)]:
                out.append((number, int(shape["X"]), int(shape["Y"]), int(shape["WIDTH"]), int(shape["HEIGHT"])))
        return out

    def window(self, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            check(self.process.poll() is None, "the workstation ended: " + self.log())
            found = self.windows()
            if found:
                self.settle(1.0)
                # Without a window manager nobody maximises or focuses it.
                self.xdotool("windowmove", found[-1][0], "0", "0", "windowsize", found[-1][0], *self.screen.size.split("x"))
                self.xdotool("windowfocus", "--sync", found[-1][0], expect=False)
                self.settle()
                return found[-1]
            time.sleep(0.2)
        raise Wrong("the workstation shows no window: " + self.log())

    def log(self):
        return (self.folder / "naru.log").read_text(errors="replace")[-600:]

    def rows(self):
        """The lines of the screen, to see whether it has come to rest."""
        data = (self.screen.folder / "Xvfb_screen0").read_bytes()
        head = struct.unpack(">25I", data[:100])
        start = head[0] + head[19] * 12
        return [data[start + y * head[12]:start + (y + 1) * head[12]] for y in range(head[5])]

    def settle(self, seconds=0.15, most=10):
        """Until the screen rests: a busy machine must not swallow the next key. A blinking caret and a clock may go on."""
        time.sleep(seconds)
        end = time.monotonic() + most
        before, calm = self.rows(), 0
        while time.monotonic() < end and calm < 2:
            time.sleep(0.1)
            now = self.rows()
            changed = sum(1 for one, other in zip(before, now) if one != other)
            calm = calm + 1 if changed <= 64 else 0
            before = now

    # -- hands -----------------------------------------------------------------------------------------------------------------
    def key(self, keys, purpose, times=1):
        """`keys` as xdotool writes them: Return, ctrl+Return, F7, alt+2, U3142."""
        for _ in range(times):
            self.keys.press(shown(keys), len(keys.split("+")), purpose)
            self.xdotool("key", "--clearmodifiers", keys)
            self.settle()

    def slip(self, letters, purpose):
        """Search letters: each is a structural keystroke."""
        for letter in letters:
            self.keys.press(letter, 1, purpose)
            self.xdotool("key", letter)
            self.settle()

    def type(self, text, purpose):
        self.keys.text(text, purpose)
        self.xdotool("type", "--delay", "60", text)
        self.settle(0.6)

    def uncounted(self, *keys):
        for key in keys:
            self.xdotool("key", "--clearmodifiers", key)
            self.settle()

    def pen(self, points):
        """A stroke of the patient's pen; not a key."""
        (x, y), *rest = points
        self.xdotool("mousemove", str(x), str(y), "mousedown", "1")
        for x, y in rest:
            self.xdotool("mousemove", str(x), str(y))
            time.sleep(0.02)
        self.xdotool("mouseup", "1")
        self.settle()

    def click(self, x, y):
        self.xdotool("mousemove", str(x), str(y), "click", "1")
        self.settle()

    def shot(self, name):
        """A picture of the whole screen, only when pictures are wanted."""
        if self.shots:
            self.xdotool("mousemove", "1365", "767")
            self.settle(0.5)
            picture(self.screen, self.shots / f"{name}.{self.look}.png")


def shown(keys):
    names = {"Return": "Enter", "space": "Space"}
    def one(key):
        if len(key) == 5 and key[0] == "U":
            return chr(int(key[1:], 16))
        return names.get(key, key if key[0].isupper() else key.capitalize())
    return "+".join(one(key) for key in keys.split("+"))


def picture(screen, file):
    """What the screen shows, as PNG. Xvfb keeps its pixels in a file (XWD format); nothing else has to be installed."""
    data = (screen.folder / "Xvfb_screen0").read_bytes()
    head = struct.unpack(">25I", data[:100])
    size, width, height, order, bits, line, colours = head[0], head[4], head[5], head[7], head[11], head[12], head[19]
    check(bits == 32, "pictures need 32 bits a pixel")
    start = size + colours * 12
    red, green, blue = (2, 1, 0) if order == 0 else (1, 2, 3)
    rows = bytearray()
    for y in range(height):
        pixels = data[start + y * line:start + y * line + width * 4]
        row = bytearray(width * 3)
        row[0::3], row[1::3], row[2::3] = pixels[red::4], pixels[green::4], pixels[blue::4]
        rows += b"\0" + row

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                     + chunk(b"IDAT", zlib.compress(bytes(rows), 9)) + chunk(b"IEND", b""))
    return len(set(data[start + i:start + i + 4] for i in range(0, line * height, 4 * 97)))


def prepared(bin_folder, folder, consent=True, hold=1):
    """An exchange that answers after two seconds, a clinic's profile with the sample patient, and the consent."""
    exchange = Exchange(bin_folder, folder, timeouts=20, reply_delay=2)
    exchange.start()

    def quick(site):
        site["outbox"].update(holdSeconds=hold)

    site = exchange.site(change=quick)
    clinic = Clinic(bin_folder, folder / "clinic", site)
    patient = clinic.run("patient", "import", str(SAMPLE), expect=0).json["id"]
    clinic.run("patient", "ids", patient, expect=0)
    if consent:
        answer = clinic.give_consent(patient)
        check(answer.status == 0, "the consent was not prepared: " + answer.diagnostics + answer.text)
        clinic.run("outbox", "run")
    return exchange, clinic, site, patient
