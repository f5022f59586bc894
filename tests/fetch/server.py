"""A web server on loopback that does exactly what a test tells it, byte by byte.

Every address of 127.0.0.0/8 is a site of its own, so one machine can play many.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Handler = Callable[["Connection"], None]


class Connection:
    """One accepted connection: the request read, the response up to the handler."""

    def __init__(self, sock: socket.socket, server: "Server") -> None:
        self.sock, self.server = sock, server
        self.head = b""
        while b"\r\n\r\n" not in self.head and (data := sock.recv(65536)):
            self.head += data

    @property
    def path(self) -> str:
        return self.head.split(b" ", 2)[1].decode() if self.head.count(b" ") > 1 else ""

    def header(self, name: str) -> str:
        for line in self.head.decode("latin-1").split("\r\n"):
            if line.lower().startswith(name.lower() + ":"):
                return line.partition(":")[2].strip()
        return ""

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def reply(self, body: bytes = b"<html>ok</html>", status: str = "200 OK", **headers: str) -> None:
        lines = {
            "Content-Type": "text/html",
            "Content-Length": str(len(body)),
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }
        head = "".join(f"{k}: {v}\r\n" for k, v in lines.items() if v is not None)
        self.send(f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body)


class Server:
    """Serves on `ip`; counts what is asked (`asked`: path, start and end on the monotonic clock)."""

    def __init__(self, handler: Handler, ip: str = "127.0.0.1", context: ssl.SSLContext | None = None) -> None:
        self.handler, self.ip, self.context = handler, ip, context
        self.listener = socket.create_server((ip, 0), backlog=128)
        self.port = self.listener.getsockname()[1]
        self.asked: list[list] = []
        self.open = self.most_open = 0
        self.closing = threading.Event()
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http{'s' if self.context else ''}://{self.ip}:{self.port}"

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked]

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        start = time.monotonic()
        with self._lock:
            self.open += 1
            self.most_open = max(self.open, self.most_open)
        note = ["", start, start]
        try:
            sock.settimeout(20)
            if self.context:
                sock = self.context.wrap_socket(sock, server_side=True)
            connection = Connection(sock, self)
            note[0] = connection.path
            self.asked.append(note)
            self.handler(connection)
        except OSError:
            pass
        finally:
            note[2] = time.monotonic()
            with self._lock:
                self.open -= 1
            sock.close()

    def close(self) -> None:
        self.closing.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


@contextmanager
def serving(handler: Handler, ip: str = "127.0.0.1", context: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server(handler, ip, context)
    try:
        yield server
    finally:
        server.close()


def pages(found: dict[str, bytes]) -> Handler:
    """A plain site: its pages by path, 404 for all else (so robots.txt allows everything)."""

    def handle(connection: Connection) -> None:
        body = found.get(connection.path)
        if body is None:
            connection.reply(b"no", "404 Not Found")
        else:
            connection.reply(body)

    return handle
