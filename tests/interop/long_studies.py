"""A study of many instances between the house and an archive, with either side killed in the middle. The moment is never a matter of
time: a throttle on the way lets a quarter pass and then trickles, the kill waits for what has arrived on the far side, and a kill
that came before the first or after the last instance fails the check."""
import json
import time

from house import House, same, want
from orthanc import instance
from peers import Wrong

LONG = "2.25.9002"


class LongStudy:
    """`way` names the fetching or sending in the results, `gate` is the throttle that its images pass."""

    def __init__(self, checks, place, total):
        self.checks, self.place, self.total = checks, place, total
        self.files = [instance(LONG, n, series=1 + n % 4) for n in range(1, total + 1)]
        self.sent = {uid: data for uid, data, _ in self.files}
        self.quarter = sum(len(part10) for _, _, part10 in self.files) // 4

    def fill(self, peer):
        peer.fill(part10 for _, _, part10 in self.files)

    def in_the_middle(self, process, arrived, base):
        """Waits until a tenth more than `base` has arrived; how many that are then."""
        for _ in range(3000):
            if (now := arrived()) >= base + max(1, self.total // 10):
                return now
            if process.poll() is not None:
                raise Wrong("it ended before anybody was killed: " + process.communicate()[0].decode()[-300:])
            time.sleep(0.02)
        raise Wrong(f"no progress: {arrived()} of {self.total}, {base} before")

    def our_end(self, begin, gate, arrived):
        gate.narrow(self.quarter)
        process = begin()
        self.in_the_middle(process, arrived, arrived())
        process.kill()
        process.wait()
        gate.cut()
        had = arrived()
        want(0 < had < self.total, f"{had} of {self.total} when killed")
        return f"{had} of {self.total} there when killed"

    def their_end(self, begin, gate, arrived, peer):
        base = arrived()
        gate.narrow(self.quarter)
        process = begin()
        had = self.in_the_middle(process, arrived, base)
        peer.kill()
        gate.cut()
        out, _ = process.communicate(timeout=120)
        want(base < had < self.total, f"{had} of {self.total} when killed, {base} before")
        want(process.returncode in (1, 3), f"exit {process.returncode} {out[-300:]}")
        job = json.loads(out)
        want(job["state"] == "queued", str(job))
        return f"{base}, then {had} of {self.total} when killed, {job['error']}"

    def rest(self, run, gate, peer, arrived):
        gate.widen()
        peer.start()
        begin, had = time.monotonic(), arrived()
        want(0 < had < self.total, f"{had} of {self.total} after both were killed")
        job = run()
        seconds = time.monotonic() - begin
        want(job["state"] == "done" and job["done"] == self.total and job["failed"] == 0, str(job))
        want(arrived() == self.total, f"{arrived()} there, not {self.total}")
        return f"; the last {self.total - had} in {seconds:.1f} s"

    def fetch(self, way, peer, house, gate):
        words = ("image", "fetch", "--node", peer.name, "--study", LONG)
        begin, arrived = lambda: house.begin(*words), lambda: house.stored(LONG)
        if not self.checks.run(f"{way}: naructl killed in the middle", lambda: self.our_end(begin, gate, arrived)):
            return
        self.checks.run(f"{way}: the archive killed in the middle", lambda: self.their_end(begin, gate, arrived, peer))

        def rest():
            more = self.rest(lambda: house.json(*words), gate, peer, arrived)
            return same(self.sent, house.data_sets(LONG)) + more
        self.checks.run(f"{way}: nothing lost, nothing doubled", rest)

    def send(self, way, peer, house, gate):
        words = ("image", "send", LONG, "--node", peer.name)
        begin = lambda: house.begin(*words)
        if not self.checks.run(f"{way}: naructl killed in the middle", lambda: self.our_end(begin, gate, peer.count)):
            return
        self.checks.run(f"{way}: the archive killed in the middle", lambda: self.their_end(begin, gate, peer.count, peer))

        def rest():
            more = self.rest(lambda: house.json(*words), gate, peer, peer.count)
            return same(self.sent, peer.data_sets()) + more
        self.checks.run(f"{way}: nothing lost, nothing doubled", rest)
