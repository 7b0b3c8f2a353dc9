"""The house of an image archive: profiles without an exchange, and naructl as its people use it. Shared by the scripts that have an
archive as their peer."""
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import peers
from orthanc import data_set
from peers import Clinic, Wrong

STUDY = "2.25.9001"


class Place:
    """What Orthanc and Clinic need of a workplace; there is no exchange here."""

    def __init__(self, options):
        self.options, self.processes = options, []
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="naru-pacs-"))

    start = peers.Workplace.start
    __exit__ = peers.Workplace.__exit__

    def __enter__(self):
        return self


class House(Clinic):
    """A profile without a site file."""

    def __init__(self, place, name):
        super().__init__(place, place.folder / name, None)

    def command(self, *words):
        return [str(self.place.options.bin / "naructl"), "--data", str(self.data), "--json", *map(str, words)]

    def run(self, *words, check=True, timeout=600):
        done = subprocess.run(self.command(*words), env=peers.environment(), capture_output=True, timeout=timeout)
        if check and done.returncode != 0:
            raise Wrong(f"naructl {' '.join(map(str, words[:3]))}: exit {done.returncode}: {(done.stderr or done.stdout).decode()[-400:]}")
        return done

    def begin(self, *words):
        return subprocess.Popen(self.command(*words), env=peers.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def add_web(self, peer, *more):
        self.run("image", "node", "add", peer.name, "--web", peer.web, *more)

    def add_node(self, peer, *more):
        self.run("image", "node", "add", peer.name, "--host", "127.0.0.1", "--port", peer.door or peer.dicom, "--ae", "ORTHANC", "--our-ae",
                 "NARU", *more)

    def will_listen(self, port):
        """Where a fetch by C-MOVE receives when nobody else does."""
        self.run("image", "listen", "--port", port, "--address", "127.0.0.1", "--seconds", "0")

    def stored(self, study):
        return sum(row["instances"] for row in self.json("image", "find", "--uid", study)) if self.has(study) else 0

    def has(self, study):
        return bool(json.loads(self.run("image", "find", "--uid", study, check=False).stdout or b"[]"))

    def data_sets(self, study):
        out = {}
        for row in self.json("image", "find", "--uid", study):
            folder = self.place.folder / f"out-{time.monotonic_ns()}"
            self.run("image", "export", row["study"], "--output", folder)
            for path in folder.rglob("*"):
                if path.is_file() and path.name != "DICOMDIR":
                    part10 = path.read_bytes()
                    begin = part10.index(b"\x08\x00\x18\x00UI") + 6
                    length = int.from_bytes(part10[begin:begin + 2], "little")
                    out[part10[begin + 2:begin + 2 + length].rstrip(b"\0").decode()] = data_set(part10)
        return out

    def import_files(self, files):
        folder = self.place.folder / f"in-{time.monotonic_ns()}"
        folder.mkdir()
        for number, part10 in enumerate(files):
            (folder / f"{number}.dcm").write_bytes(part10)
        self.run("image", "import", folder)


class Receiving:
    """`naructl image listen` while the block runs."""

    def __init__(self, house, port, *more):
        self.house, self.port, self.more = house, port, more

    def __enter__(self):
        ready = self.house.place.folder / f"ready-{time.monotonic_ns()}"
        self.process = self.house.begin("image", "listen", "--port", self.port, "--address", "127.0.0.1", "--ready-file", ready, *self.more)
        for _ in range(400):
            if ready.exists():
                return self
            if self.process.poll() is not None:
                raise Wrong("image listen ended: " + self.process.stderr.read().decode()[-300:])
            time.sleep(0.05)
        raise Wrong("image listen is not ready")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.report = json.loads(self.process.communicate(timeout=60)[0] or b"{}")


def same(theirs, ours):
    if theirs.keys() != ours.keys():
        raise Wrong(f"{len(theirs)} instances there, {len(ours)} here")
    for uid, data in theirs.items():
        if ours[uid] != data:
            raise Wrong(f"{uid} differs")
    return f"{len(theirs)} instances, byte for byte"


def count_option(usual):
    """The N of `--instances N`, taken out of the command line."""
    if "--instances" not in sys.argv:
        return usual
    at = sys.argv.index("--instances")
    total = int(sys.argv[at + 1])
    del sys.argv[at:at + 2]
    return total


def want(condition, what):
    if not condition:
        raise Wrong(what)
