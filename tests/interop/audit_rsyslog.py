#!/usr/bin/env python3
"""rsyslog with TLS as audit record repository: RFC 5425 framing over mutual TLS, what arrives, and what a crash costs.

Between naructl and rsyslogd lies a relay that passes bytes on (TLS stays end to end); it kills rsyslogd after a chosen
number of bytes, so that each round dies at another point of the conversation."""
import collections
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import xml.dom.minidom

import peers
from peers import Wrong

LINE = re.compile(r'^<85>1 (\S+) (\S+) (\S+) (\S+) IHE\+RFC-3881 \[[^ ]+ uuid="([0-9a-f-]{36})" seq="(\d+)"\]'
                  r'(?:\[meta sequenceId="\d+"\])? \ufeff?(<\?xml .*)$')


class Rsyslogd:
    def __init__(self, place, name, certificate, key):
        self.place, self.port = place, peers.free_port()
        self.out = place.folder / f"{name}.log"
        self.conf = place.folder / f"{name}.conf"
        self.name, self.process = name, None
        exchange = place.exchange
        self.conf.write_text(f'''
global(workDirectory="{place.folder}" maxMessageSize="1m" defaultNetstreamDriver="gtls"
       defaultNetstreamDriverCAFile="{exchange}/ca.pem" defaultNetstreamDriverCertFile="{certificate}"
       defaultNetstreamDriverKeyFile="{key}" parser.escapeControlCharactersOnReceive="off")
module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="x509/name"
       permittedPeer=["1.2.410.100110.10.31999001"] maxFrameSize="1000000")
template(name="raw" type="string" string="%rawmsg%\\n")
ruleset(name="audit") {{ action(type="omfile" file="{self.out}" template="raw") }}
input(type="imtcp" address="127.0.0.1" port="{self.port}" ruleset="audit")
''', encoding="utf-8")

    def start(self):
        self.process = self.place.start(["rsyslogd", "-n", "-f", str(self.conf), "-i", str(self.place.folder / f"{self.name}.pid")],
                                        f"{self.name}.err")
        peers.wait_for_port(self.port, self.process)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def forget(self):
        time.sleep(0.5)
        self.out.write_bytes(b"")

    def lines(self):
        time.sleep(0.5)  # the main queue writes a moment after the connection has ended
        if not self.out.exists():
            return []
        return [line for line in self.out.read_bytes().split(b"\n") if line]


class Relay:
    """Passes one connection after another to the peer; calls cut() once after `limit` bytes from the client."""

    def __init__(self, target):
        self.target, self.limit, self.cut = target, None, None
        self.happened = threading.Event()
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port, self.seen = self.server.getsockname()[1], 0
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            client, _ = self.server.accept()
            try:
                peer = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                client.close()
                continue
            threading.Thread(target=self.back, args=(peer, client), daemon=True).start()
            self.forth(client, peer)

    def back(self, peer, client):
        """What the peer says, and how it leaves: an end stays an end, a reset stays a reset."""
        try:
            while data := peer.recv(65536):
                client.sendall(data)
            client.shutdown(socket.SHUT_WR)
        except OSError:
            reset(client)
        peer.close()

    def forth(self, client, peer):
        try:
            while data := client.recv(2048):
                self.seen += len(data)
                peer.sendall(data)
                if self.limit is not None and self.seen >= self.limit:
                    time.sleep(0.1)  # time to write some of it down
                    self.limit = None
                    self.cut()
                    self.happened.set()
                    return
            peer.shutdown(socket.SHUT_WR)
        except OSError:
            reset(client)


def reset(connection):
    try:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    except OSError:
        pass


def parse(line):
    found = LINE.match(line.decode("utf-8"))
    if not found:
        raise Wrong(f"not an RFC 5424 audit line: {line[:160]!r}")
    xml.dom.minidom.parseString(found[7].encode("utf-8"))
    return found[5], int(found[6]), found[7]


def exported(place, clinic):
    path = place.folder / "trail.xml"
    path.unlink(missing_ok=True)
    clinic.run("audit", "export", str(path))
    return path.read_text(encoding="utf-8").splitlines()


def compare(place, clinic, lines, since=0):
    """Every delivered record of the trail is there, unchanged; returns the number of duplicates."""
    trail = exported(place, clinic)
    delivered = {row["sequence"] for row in clinic.json("audit", "list", "--limit", "100000") if row["delivered"]}
    by_uuid, by_sequence = collections.Counter(), {}
    for uuid, sequence, text in map(parse, lines):
        by_uuid[uuid] += 1
        if by_sequence.setdefault(sequence, (uuid, text)) != (uuid, text):
            raise Wrong(f"record {sequence} arrived with two contents or two uuids")
        if trail[sequence - 1] != text:
            raise Wrong(f"record {sequence} is not what the trail holds")
    lost = sorted(number for number in delivered if number > since and number not in by_sequence)
    if lost:
        raise Wrong(f"marked as delivered but not received: {lost[:10]} ({len(lost)} in all)")
    if len(by_uuid) != len(by_sequence):
        raise Wrong("a uuid was used for two records")
    return len(by_sequence), sum(by_uuid.values()) - len(by_uuid)


def undelivered(clinic):
    # Each look at the trail is itself recorded (log-in, log-out), so only what was there before counts.
    return [row["sequence"] for row in clinic.json("audit", "list", "--limit", "100000") if not row["delivered"]]


def stays(clinic, strict, rsyslogd):
    before = undelivered(clinic)
    done = strict.run("audit", "deliver", check=False)
    if done.returncode == 0:
        return "this rsyslog does send one"
    if done.returncode != 3 or not set(before) <= set(undelivered(clinic)):
        raise Wrong(f"exit {done.returncode}: {done.stderr.decode()[-200:]}")
    rsyslogd.forget()


def arrives(place, clinic, rsyslogd):
    before = max(undelivered(clinic))
    report = clinic.run("audit", "deliver")
    if report.returncode != 0:
        raise Wrong(f"audit deliver: exit {report.returncode}: {report.stderr.decode()[-300:]}")
    count, twice = compare(place, clinic, rsyslogd.lines())
    if count < before or twice:
        raise Wrong(f"{count} of {before} records arrived, {twice} twice")
    return f"{count} records, well formed, unchanged, none twice"


def survives(place, clinic, rsyslogd, relay):
    rounds, codes = 0, []
    for limit in (200, 3000, 12000, 30000, 60000):
        while len(undelivered(clinic)) < 70:
            clinic.run("audit", "verify")
        relay.happened.clear()
        relay.seen, relay.limit, relay.cut = 0, limit, rsyslogd.kill
        done = clinic.run("audit", "deliver", check=False)
        codes.append(done.returncode)
        # The sockets of a killed program close before it is gone: naructl may be done by then.
        if not relay.happened.wait(10):
            raise Wrong(f"the conversation was shorter than {limit} bytes; nothing was killed")
        if done.returncode != 3:
            raise Wrong(f"killed after {limit} bytes, yet audit deliver ends with {done.returncode}")
        compare(place, clinic, rsyslogd.lines())
        rsyslogd.start()
        rounds += 1
    relay.limit = None
    if clinic.run("audit", "deliver").returncode != 0:
        raise Wrong("the delivery after the last restart failed")
    count, twice = compare(place, clinic, rsyslogd.lines())
    return f"{rounds} times killed, {count} records, none lost, {twice} sent again and removable by uuid"


def stranger(place, clinic):
    """A receiver whose certificate comes from elsewhere gets nothing."""
    key, certificate = place.folder / "stranger.key", place.folder / "stranger.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                    "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    other = Rsyslogd(place, "stranger", certificate, key)
    other.start()
    site = place.derived_site("stranger", lambda site: site["endpoints"]["audit"].update(port=other.port, confirmation="ordinaryEnd"))
    clinic = clinic.at(site)
    done = clinic.run("audit", "deliver", check=False)
    if done.returncode != 3 or b"not trusted" not in done.stderr:
        raise Wrong(f"exit {done.returncode}: {done.stderr.decode()[-200:]}")
    if other.lines():
        raise Wrong("records went to a receiver that nobody vouches for")
    return "refused at the handshake"


def main():
    chosen = peers.options(__doc__.splitlines()[0])
    checks = peers.Checks("rsyslog")

    def installed():
        peers.need_program("rsyslogd", "openssl")
        plugins = [path for folder in ("/usr/lib", "/usr/lib64") for path in peers.pathlib.Path(folder).glob("**/lmnsd_gtls.so")]
        if not plugins:
            raise peers.Skip("not installed: rsyslog-gnutls")
        return subprocess.run(["rsyslogd", "-v"], capture_output=True, text=True).stdout.split("(")[0].strip()

    if not checks.run("installed", installed):
        return checks.end()
    with peers.Workplace(chosen) as place:
        rsyslogd = Rsyslogd(place, "rsyslog", place.exchange / "server.pem", place.exchange / "server.key")
        rsyslogd.start()
        relay = Relay(rsyslogd.port)
        # rsyslog's gtls driver ends a connection without close_notify, so the strict default never counts as confirmed.
        site = place.derived_site("rsyslog", lambda site: site["endpoints"]["audit"].update(port=relay.port, confirmation="ordinaryEnd"))
        strict = place.derived_site("strict", lambda site: site["endpoints"]["audit"].update(port=relay.port))
        clinic = place.clinic("clinic", site)
        patient = place.import_sample(clinic)
        place.give_consent(clinic, patient)
        clinic.run("outbox", "run")
        checks.run("no close_notify: nothing counts as delivered unless the site accepts it", lambda: stays(clinic, clinic.at(strict), rsyslogd))
        checks.run("every record arrives", lambda: arrives(place, clinic, rsyslogd))
        checks.run("kill -9 in the middle", lambda: survives(place, clinic, rsyslogd, relay))
        checks.run("receiver with a foreign certificate", lambda: stranger(place, clinic))
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
