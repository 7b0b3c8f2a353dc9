"""A relay that lets some bytes through and then only trickles: whoever is to be killed in the middle of a long study is then still
in its middle, however fast the machine is and however short the study."""
import socket
import struct
import threading
import time

PIECE, PAUSE = 4096, 0.04  # about ten of the small instances of orthanc.py a second, over all connections together
WIDE = 262144


class Throttle:
    def __init__(self, port):
        """`port`: where the connections go."""
        self.target, self.passed, self.allowed = port, 0, None
        self.lock, self.open_sockets = threading.Lock(), set()
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def narrow(self, size):
        """Of what comes from now on in either direction, `size` bytes pass quickly."""
        self.allowed = self.passed + size

    def widen(self):
        self.allowed = None

    def cut(self):
        """Both sides of every connection see it break."""
        with self.lock:
            doomed, self.open_sockets = self.open_sockets, set()
        for one in doomed:
            try:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            one.close()

    def serve(self):
        while True:
            near, _ = self.server.accept()
            try:
                far = socket.create_connection(("127.0.0.1", self.target), timeout=10)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            for one in (near, far):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self.lock:
                self.open_sockets |= {near, far}
            for pair in ((near, far), (far, near)):
                threading.Thread(target=self.copy, args=pair, daemon=True).start()

    def copy(self, source, target):
        try:
            while data := source.recv(WIDE if self.allowed is None else PIECE):
                with self.lock:  # one piece at a time: the pause is of all connections together
                    self.passed += len(data)
                    if self.allowed is not None and self.passed > self.allowed:
                        time.sleep(PAUSE)
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            for one in (source, target):
                try:
                    one.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
