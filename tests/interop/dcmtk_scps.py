#!/usr/bin/env python3
"""DCMTK's own providers as archives: storescp, which serves one association after the other, plain and with TLS; and dcmqrscp,
found, got, moved from and stored to."""
import sys

import peers
from house import STUDY, House, Place, Receiving, same, want
from orthanc import certificate, data_set, instance
from peers import Checks, Wrong, free_port, need_program, stop, wait_for_port


class Provider:
    """A DCMTK program that listens; what it keeps are the files of `folder`."""

    def __init__(self, place, name, arguments, no_delay=True):
        self.name, self.folder, self.dicom = name, place.folder / name, free_port()
        self.folder.mkdir()
        need_program(arguments[0])
        command = [str(word) for word in arguments]
        command = [str(self.dicom) if word == "PORT" else str(self.folder) if word == "FOLDER" else word for word in command]
        if no_delay:
            command = ["env", "TCP_NODELAY=1"] + command
        self.process = place.start(command, f"{name}.log")
        wait_for_port(self.dicom, self.process)

    def data_sets(self):
        out = {}
        for path in sorted(self.folder.rglob("*")):
            part10 = path.read_bytes() if path.is_file() else b""
            if part10[128:132] != b"DICM":
                continue
            uid = sop_uid(data_set(part10))
            if uid in out:
                raise Wrong(f"{uid} twice")
            out[uid] = data_set(part10)
        return out


def sop_uid(data):
    begin = data.index(b"\x08\x00\x18\x00UI") + 6
    length = int.from_bytes(data[begin:begin + 2], "little")
    return data[begin + 2:begin + 2 + length].rstrip(b"\0").decode()


def storing(checks, place):
    files = [instance(STUDY, n) for n in range(1, 61)]
    sent = {uid: data for uid, data, _ in files}

    def stored(name, arguments, *pem):
        house = House(place, name + "-house")
        peer = Provider(place, name, ["storescp", *arguments, "-od", "FOLDER", "PORT"])
        house.run("image", "node", "add", name, "--host", "127.0.0.1", "--port", peer.dicom, "--ae", "ANY-SCP", "--our-ae", "NARU",
                  *pem)
        house.import_files([part10 for _, _, part10 in files])
        job = house.json("image", "send", STUDY, "--node", name)
        want(job["state"] == "done" and job["done"] == 60 and job["failed"] == 0, str(job))
        stop(peer.process)
        return same(sent, peer.data_sets())

    def tls():
        ours, our_key = certificate(place.folder, "ours")
        theirs, their_key = certificate(place.folder, "theirs")
        return stored("storescp-tls", ["--fork", "+B", "+tls", their_key, theirs, "+cf", ours, "-rc"], "--tls", "--certificate", ours,
                      "--key", our_key, "--authorities", theirs)

    checks.run("storescp, one association after the other", lambda: stored("storescp", ["+B"]))
    checks.run("storescp that forks for each association", lambda: stored("storescp-fork", ["--fork", "+B"]))
    checks.run("storescp with TLS and certificates on both sides", tls)


def query_retrieve(checks, place):
    """dcmqrscp knows nothing of character sets in matching: the names it stores and those we ask for are both UTF-8."""
    port = free_port()  # of our own provider, for C-MOVE
    files = [instance(STUDY, n, series=1 + n % 2) for n in range(1, 41)]
    sent = {uid: data for uid, data, _ in files}
    clinic, other, mover = House(place, "clinic"), House(place, "other"), House(place, "mover")

    def start():
        folder, config = place.folder / "qr-db", place.folder / "dcmqrscp.cfg"
        folder.mkdir()
        config.write_text(f"""MaxPDUSize = 16384
MaxAssociations = 16
HostTable BEGIN
naru = (NARU, 127.0.0.1, {port})
HostTable END
VendorTable BEGIN
VendorTable END
AETable BEGIN
QRSCP {folder} RW (200, 1024mb) ANY
AETable END
""")
        peer = Provider(place, "dcmqrscp", ["dcmqrscp", "+xe", "-c", config, "PORT"])
        peer.folder = folder
        for house, more in ((clinic, []), (other, []), (mover, ["--retrieve", "move"])):
            house.run("image", "node", "add", "qr", "--host", "127.0.0.1", "--port", peer.dicom, "--ae", "QRSCP", "--our-ae", "NARU",
                      *more)
        return peer
    peer = checks.run("dcmqrscp", start)
    if not peer:
        return

    def store():
        clinic.import_files([part10 for _, _, part10 in files])
        job = clinic.json("image", "send", STUDY, "--node", "qr")
        want(job["state"] == "done" and job["done"] == 40, str(job))
        return same(sent, peer.data_sets())
    checks.run("dcmqrscp: C-STORE", store)

    def find():
        for words in (["--id", "P-1001"], ["--study", STUDY], ["--date", "20260301..20260303"], ["--name", "홍*"]):
            found = other.json("image", "find", "--node", "qr", *words)
            want([row["studyUid"] for row in found["studies"]] == [STUDY], f"{words}: {found}")
        want(other.run("image", "find", "--node", "qr", "--id", "nobody", check=False).returncode == 1, "found nobody")
    checks.run("dcmqrscp: C-FIND", find)

    def get():
        job = other.json("image", "fetch", "--node", "qr", "--study", STUDY)
        want(job["state"] == "done" and job["done"] == 40, str(job))
        return same(sent, other.data_sets(STUDY))
    checks.run("dcmqrscp: C-GET", get)

    def move():
        with Receiving(mover, port) as receiving:
            job = mover.json("image", "fetch", "--node", "qr", "--study", STUDY)
            want(job["state"] == "done" and job["done"] == 40, str(job))
        want(receiving.report["stored"] == 40, str(receiving.report))
        return same(sent, mover.data_sets(STUDY))
    checks.run("dcmqrscp: C-MOVE with our storage provider", move)


def main():
    checks = Checks("dcmtk")
    with Place(peers.options(__doc__)) as place:
        storing(checks, place)
        query_retrieve(checks, place)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
