"""A real web server on this machine, for tests that fetch."""

import contextlib
import http.server
import threading
import time


class Site:
    """Pages by path; what was asked for, when, and by whom is kept.

    A page is bytes, or (status, headers, body), or a function that is given the handler.
    """

    def __init__(self, pages):
        self.pages = pages
        self.asked = []
        self.times = []
        self.agents = set()
        self.open = 0
        self.most_open = 0

    @property
    def host(self):
        return f"127.0.0.1:{self.port}"

    def url(self, path):
        return f"http://{self.host}{path}"


@contextlib.contextmanager
def serving(pages, context=None):
    site = Site(pages)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            site.open += 1
            site.most_open = max(site.open, site.most_open)
            site.asked.append(self.path)
            site.times.append(time.monotonic())
            site.agents.add(self.headers["User-Agent"])
            try:
                answer(self, site.pages.get(self.path, (404, {}, b"gone")))
            except (BrokenPipeError, ConnectionResetError):
                pass
            finally:
                site.open -= 1

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.heard_out = False
    site.server = server
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def answer(handler, page):
    if callable(page):
        page(handler)
        return
    status, headers, body = page if isinstance(page, tuple) else (200, {}, page)
    handler.send_response(status)
    for name, value in ({"Content-Type": "text/html"} | headers).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def slowly(handler):
    """A byte now and then, for as long as somebody listens; who listens to the end is noted."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/plain")
    handler.end_headers()
    for _ in range(600):
        handler.wfile.write(b"a")
        handler.wfile.flush()
        time.sleep(0.05)
    handler.server.heard_out = True
