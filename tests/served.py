"""A real `lineage serve` for tests: a process of its own, asked over its socket."""

import contextlib
import http.client
import json
import os
import pathlib
import subprocess
import sys
import time
from urllib import parse

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORKER = "lineage.serve.trace_worker"

BRIDGE = (
    "The old harbor bridge was shut on Monday after engineers found cracks in two pylons, the city "
    "said. Some thousands of drivers use it a day and will have to take the tunnel until May."
)
POST = (
    "The old harbor bridge was shut on Monday after engineers found cracks in two pylons. Some "
    "thousands of drivers will have to take the tunnel, and that may last for weeks, we hear."
)
VOTE = (
    "Council members in Brackwater will vote on the school budget in June, the mayor announced. "
    "Teachers had asked for smaller classes, and parents for a second bus in the mornings."
)


class Served:
    """A running server."""

    def __init__(self, process, address):
        self.process = process
        self.address = address
        parts = parse.urlsplit(address)
        self.port = parts.port
        self.token = parts.path.strip("/")

    def ask(self, path, *, method="GET", body=None, headers=None, token=None, timeout=120):
        """Ask for a path behind the token, or of the API; return status, headers and body."""
        connection = self.open(path, method=method, body=body, headers=headers, token=token)
        connection.sock.settimeout(timeout)
        with contextlib.closing(connection):
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()

    def open(self, path, *, method="GET", body=None, headers=None, token=None):
        token = self.token if token is None else token
        named = {} if headers is None else dict(headers)
        if path.startswith("/api/"):
            named.setdefault("Authorization", f"Bearer {token}")
        else:
            path = f"/{token}{path}"
        if body is not None:
            named.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, path, body=body, headers=named)
        return connection

    def trace(self, texts, **options):
        """Ask the API for a trace; return status and the answer."""
        body = json.dumps(texts).encode()
        status, _, said = self.ask("/api/trace", method="POST", body=body, **options)
        return status, json.loads(said)

    def workers(self):
        """Numbers of its processes that trace, or wait for a trace."""
        return workers_of(self.process.pid)


def workers_of(parent):
    if not pathlib.Path("/proc/self/stat").exists():
        pytest.skip("no /proc here, to see which processes there are")
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            if WORKER.encode() in words and int(stat[1]) == parent and stat[0] != "Z":
                found.append(int(folder.name))
    return sorted(found)


def wait_until(true, what, timeout_s=20):
    """Wait until something is so; nothing is said of how long it took."""
    end = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.05)


@contextlib.contextmanager
def serving(*options, temporary=None):
    """Start a server, and end it as Ctrl-C does."""
    for package in ("starlette", "uvicorn"):
        pytest.importorskip(package, reason="the extra serve is not installed")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if temporary is not None:
        environment["TMPDIR"] = str(temporary)
    process = subprocess.Popen(
        [sys.executable, "-m", "lineage.cli", "serve", "--no-open", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), process.communicate()
        yield Served(process, address)
    finally:
        if process.poll() is None:
            process.send_signal(2)
        process.communicate(timeout=30)


def many(number, n_sentences=30):
    """Texts whose trace takes a while: all are versions of one long text."""
    sentences = [
        f"On day {n} of the inquiry witness number {n * 7} told the court that crane {n % 9} had "
        f"stood for {n * 3 + 11} hours beside warehouse {n * n} when the {n}th alarm was raised."
        for n in range(n_sentences + number)
    ]
    return [
        {"id": f"version {n}", "text": "\n\n".join(sentences[n : n + n_sentences])}
        for n in range(number)
    ]
