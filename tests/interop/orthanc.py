"""Orthanc as a peer: started with a configuration of ours on free ports, asked over its REST interface; and small instances
written byte by byte, so that no library of ours has touched what is compared."""
import hashlib
import json
import pathlib
import shutil
import socket
import ssl
import struct
import subprocess
import threading
import time
import urllib.request

from peers import Skip, Wrong, free_port, need_program, stop, wait_for_port

CT = "1.2.840.10008.5.1.4.1.1.2"
EXPLICIT = "1.2.840.10008.1.2.1"


def element(group, number, vr, value):
    value = value.encode("utf-8") if isinstance(value, str) else value
    if len(value) % 2:
        value += b"\0" if vr in ("UI", "OB") else b" "
    if vr in ("OB", "OW", "SQ"):
        return struct.pack("<HH2sHI", group, number, vr.encode(), 0, len(value)) + value
    return struct.pack("<HH2sH", group, number, vr.encode(), len(value)) + value


def fragments(frame):
    """A frame as encapsulated pixel data (PS3.5 A.4), without offsets."""
    item = lambda value: struct.pack("<HHI", 0xFFFE, 0xE000, len(value)) + value
    return (struct.pack("<HH2sHI", 0x7FE0, 0x10, b"OB", 0, 0xFFFFFFFF) + item(b"") + item(frame)
            + struct.pack("<HHI", 0xFFFE, 0xE0DD, 0))


def instance(study, number, size=64, name="홍^길동", patient="P-1001", series=1, syntax=EXPLICIT, birth="19700101", title="흉부 CT",
             pixels=None):
    """(SOP instance UID, data set, Part 10 file) of a CT slice of size x size pixels of 16 bits. With a compressed syntax the pixels
    stand in one fragment as they are: nobody here decodes them."""
    uid = f"{study}.{series}.{number}"
    pixels = pixels or hashlib.shake_128(uid.encode()).digest(1024) * (size * size * 2 // 1024)
    frame = element(0x7FE0, 0x10, "OW", pixels) if syntax == EXPLICIT else fragments(pixels)
    short = lambda value: struct.pack("<H", value)
    data = b"".join((
        element(8, 0x05, "CS", "ISO_IR 192"), element(8, 0x16, "UI", CT), element(8, 0x18, "UI", uid),
        element(8, 0x20, "DA", "20260302"), element(8, 0x30, "TM", "101500"), element(8, 0x50, "SH", "A-77"),
        element(8, 0x60, "CS", "CT"), element(8, 0x1030, "LO", title), element(0x10, 0x10, "PN", name),
        element(0x10, 0x20, "LO", patient), element(0x10, 0x30, "DA", birth), element(0x10, 0x40, "CS", "M"),
        element(0x20, 0x0D, "UI", study), element(0x20, 0x0E, "UI", f"{study}.{series}"), element(0x20, 0x10, "SH", "1"),
        element(0x20, 0x11, "IS", str(series)), element(0x20, 0x13, "IS", str(number)),
        element(0x28, 0x02, "US", short(1)), element(0x28, 0x04, "CS", "MONOCHROME2"), element(0x28, 0x10, "US", short(size)),
        element(0x28, 0x11, "US", short(size)), element(0x28, 0x100, "US", short(16)), element(0x28, 0x101, "US", short(16)),
        element(0x28, 0x102, "US", short(15)), element(0x28, 0x103, "US", short(0)), frame))
    meta = (element(2, 0x01, "OB", b"\0\1") + element(2, 0x02, "UI", CT) + element(2, 0x03, "UI", uid)
            + element(2, 0x10, "UI", syntax) + element(2, 0x12, "UI", "2.25.1"))
    return uid, data, bytes(128) + b"DICM" + element(2, 0, "UL", struct.pack("<I", len(meta))) + meta + data


def data_set(part10):
    """What follows the meta header."""
    if part10[128:132] != b"DICM":
        raise Wrong("not a Part 10 file")
    return part10[144 + struct.unpack("<I", part10[140:144])[0]:]


def web_plugin():
    """The DICOMweb plugin, as Debian's package orthanc-dicomweb installs it."""
    for folder in ("/usr/share/orthanc/plugins", "/usr/lib/orthanc"):
        for path in sorted(pathlib.Path(folder).glob("libOrthancDicomWeb.so*")):
            return str(path)
    raise Skip("the package orthanc-dicomweb is not installed")


class Orthanc:
    def __init__(self, place, name, our_port, **more):
        need_program("Orthanc")
        self.place, self.name, self.process = place, name, None
        self.folder = place.folder / name
        self.http, self.dicom, self.context = free_port(), free_port(), None
        self.front, self.door = None, None  # what the house is told instead: an address for DICOMweb, a port for DIMSE
        self.config = {
            "Name": name, "StorageDirectory": str(self.folder / "db"), "IndexDirectory": str(self.folder / "db"),
            "HttpPort": self.http, "DicomPort": self.dicom, "DicomAet": "ORTHANC", "RemoteAccessAllowed": False,
            "AuthenticationEnabled": False, "DefaultEncoding": "Utf8", "Plugins": [],
            "DicomModalities": {"naru": {"AET": "NARU", "Host": "127.0.0.1", "Port": our_port,
                                         "UseDicomTls": bool(more.get("DicomTlsEnabled"))}}, **more}
        self.folder.mkdir()
        self.start()

    def start(self):
        path = self.folder / "orthanc.json"
        path.write_text(json.dumps(self.config), encoding="utf-8")
        program = shutil.which("Orthanc") or "/usr/sbin/Orthanc"
        self.process = self.place.start([program, str(path)], f"{self.name}.log")
        wait_for_port(self.http, self.process)
        wait_for_port(self.dicom, self.process)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        stop(self.process)

    @property
    def base(self):
        return f"{'https' if self.context else 'http'}://127.0.0.1:{self.http}"

    @property
    def web(self):
        return (self.front or self.base) + "/dicom-web"

    def trust(self, authority, certificate, key):
        """How this script asks an Orthanc that wants certificates."""
        self.context = ssl.create_default_context(cafile=authority)
        self.context.load_cert_chain(certificate, key)

    def get(self, path, body=None, method=None):
        request = urllib.request.Request(self.base + path, data=body, method=method)
        with urllib.request.urlopen(request, timeout=60, context=self.context) as answer:
            return answer.read()

    def json(self, path):
        return json.loads(self.get(path))

    def count(self):
        return self.json("/statistics")["CountInstances"]

    def fill(self, files):
        for part10 in files:
            self.get("/instances", body=part10, method="POST")

    def data_sets(self):
        """{SOP instance UID: data set} of everything it has."""
        out = {}
        for entry in self.json("/instances?expand"):
            out[entry["MainDicomTags"]["SOPInstanceUID"]] = data_set(self.get(f"/instances/{entry['ID']}/file"))
        return out

    def wait_for_count(self, least, seconds=60):
        for _ in range(seconds * 20):
            found = self.count()
            if found >= least:
                return found
            time.sleep(0.05)
        raise Wrong(f"{self.name} has {self.count()} instances, not {least}")


class TlsRelay:
    """TLS with certificates on both sides in front of a plain port, as a reverse proxy of a house is."""

    def __init__(self, port, certificate, key, clients):
        self.port, self.target = free_port(), port
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        self.context.load_verify_locations(clients)
        self.context.verify_mode = ssl.CERT_REQUIRED
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            try:
                plain, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(plain,), daemon=True).start()

    def serve(self, plain):
        try:
            with self.context.wrap_socket(plain, server_side=True) as near, socket.create_connection(("127.0.0.1", self.target)) as far:
                back = threading.Thread(target=self.copy, args=(far, near), daemon=True)
                back.start()
                self.copy(near, far)
                back.join()
        except OSError:
            pass  # a stranger, or an end in the middle

    @staticmethod
    def copy(source, target):
        try:
            while data := source.recv(262144):
                target.sendall(data)
            if not isinstance(target, ssl.SSLSocket):
                target.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def close(self):
        self.listener.close()


def certificate(folder, name):
    """A self-signed pair: its own authority."""
    need_program("openssl")
    done = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", folder / f"{name}.key", "-out",
         folder / f"{name}.pem", "-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1"], capture_output=True)
    if done.returncode:
        raise Skip("openssl cannot make a certificate")
    return folder / f"{name}.pem", folder / f"{name}.key"
