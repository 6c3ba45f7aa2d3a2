import gzip
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

import pytest

import lineage
from lineage import errors
from lineage.io.readers import read
from lineage.io.web import fetching, kept_pages
from tests import web_server

ROOT = Path(__file__).resolve().parent.parent

STORY = "The old harbor bridge was shut on Monday after engineers found cracks in two pylons."
OTHER = "Some thousands of drivers use the bridge each day and will have to take the tunnel."
QUICK = fetching.Limits(max_bytes=100_000, max_s=5.0, pause_s=0.0)


def page(*paragraphs, head=""):
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>Bridge shut</title>{head}</head>'
        f"<body><article><h1>Bridge shut</h1>{body}</article></body></html>"
    ).encode()


PAGES = {
    "/news/bridge.html": page(STORY, OTHER, f"“{STORY}” the mayor said."),
    "/other": page(OTHER, STORY, "It will not open again before the autumn, the city said."),
}


def fetch(site, path, limits=QUICK, private_hosts=None):
    session = fetching.Session([site.host] if private_hosts is None else private_hosts, limits)
    return session.fetch(site.url(path))


def refusal(site, path, **kwargs):
    with pytest.raises(errors.InputError) as caught:
        fetch(site, path, **kwargs)
    assert "\n" not in str(caught.value)
    return str(caught.value)


class TestFetch:
    def test_bytes_kind_and_encoding_are_those_of_the_server(self):
        body = "Der Bär".encode("latin-1")
        headers = {"Content-Type": 'text/plain; charset="ISO-8859-1"'}
        with web_server.serving({"/a": (200, headers, body)}) as site:
            found = fetch(site, "/a")
        assert (found.kind, found.encoding, found.data) == ("text", "ISO-8859-1", body)
        assert found.url == found.address == site.url("/a")
        assert site.asked == ["/robots.txt", "/a"]
        assert "article-lineage" in site.agents.pop()

    def test_a_packed_page_is_unpacked(self):
        packed = gzip.compress(PAGES["/other"])
        with web_server.serving({"/a": (200, {"Content-Encoding": "gzip"}, packed)}) as site:
            assert fetch(site, "/a").data == PAGES["/other"]

    def test_letters_in_an_address_are_encoded_and_its_fragment_is_not_sent(self):
        with web_server.serving({"/caf%C3%A9?q=%C3%A4": b"x"}) as site:
            assert fetch(site, "/café?q=ä#top").data == b"x"

    def test_redirects_are_followed(self):
        pages = {
            "/a": (302, {"Location": "/b"}, b""),
            "/b": (301, {"Location": "c?x=1"}, b""),
            "/c?x=1": b"found",
        }
        with web_server.serving(pages) as site:
            found = fetch(site, "/a")
        assert found.data == b"found"
        assert (found.address, found.url) == (site.url("/a"), site.url("/c?x=1"))

    @pytest.mark.parametrize(
        ("status", "said"),
        [
            (404, "the server says 404 Not Found; correct the address"),
            (403, "the server says 403 Forbidden; save the page in a browser"),
            (503, "the server says 503 Service Unavailable; try again later"),
        ],
    )
    def test_an_error_of_the_server_is_told_in_one_line(self, status, said):
        with web_server.serving({"/a": (status, {}, b"no")}) as site:
            assert said in refusal(site, "/a")

    def test_a_server_that_is_not_there_is_named(self):
        with web_server.serving({}) as site:
            pass
        assert "127.0.0.1 cannot be reached" in refusal(site, "/a")

    def test_a_server_that_speaks_something_else_is_told_in_one_line(self):
        def garbage(handler):
            handler.wfile.write(b"\x00\xff nothing of the kind\r\n\r\n")

        with web_server.serving({"/a": garbage}) as site:
            assert "the connection to 127.0.0.1 broke" in refusal(site, "/a")


class TestSafeConnection:
    @pytest.fixture
    def authority(self, tmp_path, monkeypatch):
        trustme = pytest.importorskip("trustme")
        made = trustme.CA()
        made.cert_pem.write_to_path(tmp_path / "ca.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        return made

    def context(self, authority, *names):
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*names).configure_cert(made)
        return made

    def address(self, site):
        return f"https://localhost:{site.port}/a"

    def test_the_certificate_is_that_of_the_name_though_the_address_is_asked(self, authority):
        context = self.context(authority, "localhost")
        seen = []
        context.sni_callback = lambda _, name, __: seen.append(name)
        with web_server.serving({"/a": b"x"}, context) as site:
            found = fetching.Session(["localhost"], QUICK).fetch(self.address(site))
        assert found.data == b"x"
        assert set(seen) == {"localhost"}

    def test_a_certificate_of_another_name_is_refused(self, authority):
        with (
            web_server.serving({"/a": b"x"}, self.context(authority, "other.example")) as site,
            pytest.raises(errors.InputError, match="no safe connection to localhost"),
        ):
            fetching.Session(["localhost"], QUICK).fetch(self.address(site))
        assert site.asked == []


class TestLimits:
    def test_a_page_that_is_too_large_is_refused(self):
        with web_server.serving({"/a": b"x" * 100_001, "/b": b"x" * 100_000}) as site:
            assert "more than 0 MB" in refusal(site, "/a")
            assert len(fetch(site, "/b").data) == 100_000

    def test_a_small_page_that_unpacks_to_too_much_is_refused(self):
        packed = gzip.compress(bytes(5_000_000))
        with web_server.serving({"/a": (200, {"Content-Encoding": "gzip"}, packed)}) as site:
            assert "more than 0 MB" in refusal(site, "/a")

    def test_a_server_that_sends_a_byte_now_and_then_is_given_up(self):
        with web_server.serving({"/a": web_server.slowly}) as site:
            limits = fetching.Limits(max_s=0.5, pause_s=0.0)
            assert "not there after 0.5 s" in refusal(site, "/a", limits=limits)
            assert not site.server.heard_out

    def test_a_server_that_never_ends_its_head_is_given_up(self):
        def drip(handler):
            for _ in range(200):
                handler.wfile.write(b"H")
                handler.wfile.flush()
                time.sleep(0.05)

        with web_server.serving({"/a": drip}) as site:
            limits = fetching.Limits(max_s=0.5, pause_s=0.0)
            assert "not there after 0.5 s" in refusal(site, "/a", limits=limits)

    def test_redirects_in_a_circle_end(self):
        with web_server.serving({"/a": (302, {"Location": "/a"}, b"")}) as site:
            assert "more than 5 redirects" in refusal(site, "/a")
        assert site.asked.count("/a") == 6

    def test_requests_to_one_host_come_one_at_a_time_with_a_pause(self):
        limits = fetching.Limits(pause_s=0.2)
        with web_server.serving(PAGES) as site:
            paths = [site.url(path) for path in PAGES]
            read.read(paths, private_hosts=["127.0.0.1"], limits=limits)
        assert site.asked == ["/robots.txt", *PAGES]
        assert site.most_open == 1
        gaps = [b - a for a, b in zip(site.times, site.times[1:], strict=False)]
        assert min(gaps) >= 0.19


class TestRobots:
    def robots(self, text):
        return {"/robots.txt": text.encode(), **PAGES}

    def test_what_it_forbids_is_not_asked_for(self):
        with web_server.serving(self.robots("User-agent: *\nDisallow: /news/")) as site:
            assert "robots.txt asks programs not to fetch it" in refusal(site, "/news/bridge.html")
            assert fetch(site, "/other").data
        assert "/news/bridge.html" not in site.asked

    def test_the_longest_rule_counts_and_stars_are_understood(self):
        rules = "User-agent: *\nDisallow: /\nAllow: /news/*.html$"
        with web_server.serving(self.robots(rules)) as site:
            assert fetch(site, "/news/bridge.html").data
            assert "robots.txt" in refusal(site, "/other")

    def test_rules_for_this_program_go_before_those_for_all(self):
        rules = "User-agent: *\nAllow: /\n\nUser-agent: article-lineage\nDisallow: /"
        with web_server.serving(self.robots(rules)) as site:
            assert "robots.txt" in refusal(site, "/other")

    def test_a_redirect_leads_to_no_page_that_is_forbidden(self):
        pages = self.robots("User-agent: *\nDisallow: /other")
        with web_server.serving({**pages, "/a": (302, {"Location": "/other"}, b"")}) as site:
            assert "robots.txt" in refusal(site, "/a")
        assert "/other" not in site.asked

    def test_one_that_cannot_be_had_forbids_all(self):
        with web_server.serving({**PAGES, "/robots.txt": (500, {}, b"")}) as site:
            assert "its robots.txt cannot be read" in refusal(site, "/other")

    def test_the_pause_that_it_asks_for_is_kept_and_too_long_a_one_is_refused(self):
        with web_server.serving(self.robots("User-agent: *\nCrawl-delay: 0.3")) as site:
            fetch(site, "/other")
        assert site.times[1] - site.times[0] >= 0.29
        with web_server.serving(self.robots("User-agent: *\nCrawl-delay: 900")) as site:
            assert "asks for 900 s between requests" in refusal(site, "/other")


class TestPrivate:
    def test_this_machine_is_not_asked_unless_named(self):
        with web_server.serving(PAGES) as site:
            said = refusal(site, "/other", private_hosts=[])
        assert said.startswith("127.0.0.1 is at 127.0.0.1, which is not a public address")
        assert site.asked == []

    def test_a_redirect_to_a_private_host_is_refused(self):
        with web_server.serving(PAGES) as inner:
            away = (302, {"Location": f"http://localhost:{inner.port}/other"}, b"")
            with web_server.serving({"/a": away}) as site:
                assert "localhost is at" in refusal(site, "/a")
        assert inner.asked == []

    @pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/a", "gopher://x/"])
    def test_a_redirect_to_another_scheme_is_refused(self, location):
        with web_server.serving({"/a": (302, {"Location": location}, b"")}) as site:
            assert "are not fetched, http and https are" in refusal(site, "/a")

    def test_a_name_that_changes_its_address_leads_nowhere(self, monkeypatch):
        """The address that was checked is the one that is connected to."""
        looked_up, connected = [], []

        def resolver(host, port, *args, **kwargs):
            looked_up.append(host)
            public = ["93.184.216.34", "127.0.0.1"]
            address = public[min(looked_up.count("rebind.example") - 1, 1)]
            if host != "rebind.example":
                address = host
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

        def connect(self, address):
            connected.append(address[0])
            raise ConnectionRefusedError(111, "refused")

        monkeypatch.setattr(socket, "getaddrinfo", resolver)
        monkeypatch.setattr(socket.socket, "connect", connect)
        session = fetching.Session((), QUICK)
        for _ in range(2):
            with pytest.raises(errors.InputError):
                session.fetch("http://rebind.example/a")
        assert connected == ["93.184.216.34"]
        assert looked_up.count("rebind.example") == 2


class TestCheck:
    @pytest.mark.parametrize(
        ("address", "said"),
        [
            ("ftp://a.example/x", "addresses of ftp://"),
            ("file:///etc/passwd", "addresses of file://"),
            ("https://jane:secret@a.example/x", "name or password"),
            ("https:///x", "without a host"),
            ("https://a.example:99999/x", "not a web address"),
            ("https://[::1/x", "not a web address"),
        ],
    )
    def test_what_is_not_fetched_is_told(self, address, said):
        with pytest.raises(errors.InputError, match=said) as caught:
            read.read(address)
        assert "secret" not in str(caught.value).replace(address, "")

    def test_a_host_of_other_letters_is_encoded(self):
        assert fetching.check("https://Bücher.example/ä?q=ö#x") == (
            "https://xn--bcher-kva.example/%C3%A4?q=%C3%B6"
        )


class TestNames:
    @pytest.mark.parametrize(
        ("url", "name"),
        [
            ("https://a.example/news/2018/bridge-shut.html?x=1", "bridge-shut"),
            ("https://a.example/wire.txt", "wire"),
            ("https://a.example/caf%C3%A9%20bar/", "café-bar"),
            ("https://a.example/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "passwd"),
            ("https://a.example/..", "a.example"),
            ("https://a.example/", "a.example"),
        ],
    )
    def test_a_page_is_called_by_the_last_word_of_its_address(self, url, name):
        assert kept_pages.name_of(url) == name


class TestRead:
    def test_a_page_becomes_an_article_of_its_address(self):
        head = '<link rel="canonical" href="https://elsewhere.example/original">'
        with web_server.serving({"/news/bridge.html": page(STORY, OTHER, head=head)}) as site:
            found = read.read(
                site.url("/news/bridge.html"), private_hosts=[site.host], limits=QUICK
            )
        article = found.articles.iloc[0]
        assert STORY in article["text"]
        assert article["article_id"] == "bridge"
        assert article["url"] == site.url("/news/bridge.html")
        assert "elsewhere" not in str(article["outlet"])
        assert found.files["file"].tolist() == [site.url("/news/bridge.html")]

    def test_what_cannot_be_fetched_is_left_out_and_listed(self):
        with web_server.serving(PAGES) as site:
            paths = [site.url("/other"), site.url("/gone")]
            found = read.check(paths, private_hosts=[site.host], limits=QUICK)
        assert found.articles["article_id"].tolist() == ["other"]
        assert found.problems["file"].tolist() == [site.url("/gone")]

    def test_an_address_given_twice_is_fetched_once(self):
        with web_server.serving(PAGES) as site:
            paths = [site.url("/other"), site.url("/other#top")]
            found = read.read(paths, private_hosts=[site.host], limits=QUICK)
        assert len(found.articles) == 1
        assert site.asked.count("/other") == 1


FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Harbor</title>
<item><title>A</title><description>{STORY}</description></item>
<item><title>B</title><description>{OTHER} {STORY}</description></item></channel></rss>"""


class TestKept:
    def pages(self):
        latin = page(STORY, f"Der Bär in {OTHER}").replace(b'<meta charset="utf-8">', b"")
        labelled = {"Content-Type": "text/html; charset=iso-8859-2"}
        return {
            **PAGES,
            "/": page(STORY, "The front page tells it once more for those who came late."),
            "/pl": (200, labelled, latin.decode().replace("Bär", "Łódź").encode("iso-8859-2")),
            "/feed": (200, {"Content-Type": "application/rss+xml"}, FEED.encode()),
            "/plain": (200, {"Content-Type": "text/plain"}, f"{OTHER}\n\n{STORY}\n".encode()),
        }

    def test_a_run_is_repeated_from_the_pages_that_it_keeps(self, tmp_path):
        config = lineage.TraceConfig(encoder="lexical")
        with web_server.serving(self.pages()) as site:
            paths = [site.url(path) for path in site.pages]
            found = read.read(paths, private_hosts=[site.host], limits=QUICK)
        first = lineage.trace(found, config)
        first.save(tmp_path / "one")
        again = lineage.trace(lineage.read(tmp_path / "one" / "pages"), config)
        assert len(first.articles) >= 7
        for name, frame in first.frames.items():
            assert frame.equals(again.frames[name]), name
        assert "Łódź" in first.articles["text"].str.cat()

    def test_pages_are_kept_to_the_byte_and_go_along_when_a_run_is_saved_anew(self, tmp_path):
        with web_server.serving(self.pages()) as site:
            paths = [site.url(path) for path in site.pages]
            found = read.read(paths, private_hosts=[site.host], limits=QUICK)
        result = lineage.trace(found, lineage.TraceConfig(encoder="lexical"))
        result.save(tmp_path / "one")
        lineage.load(tmp_path / "one").save(tmp_path / "two")
        for folder in ("one", "two"):
            kept = {each.read_bytes() for each in (tmp_path / folder / "pages").iterdir()}
            assert {
                each[2] if isinstance(each, tuple) else each for each in site.pages.values()
            } < (kept)

    def test_nothing_fetched_keeps_no_folder(self, tmp_path):
        texts = [lineage.Article(STORY), lineage.Article(OTHER)]
        lineage.trace(texts, lineage.TraceConfig(encoder="lexical")).save(tmp_path / "run")
        assert not (tmp_path / "run" / "pages").exists()


class TestCommand:
    def start(self, site, *arguments):
        addresses = [site.url(path) for path in site.pages]
        return subprocess.Popen(
            [sys.executable, "-m", "lineage.cli", *arguments[:1], *addresses, *arguments[1:]],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @pytest.mark.slow
    def test_addresses_are_traced_into_a_run(self, tmp_path):
        run = tmp_path / "run"
        with web_server.serving(PAGES) as site:
            done = self.start(
                site, "trace", "-o", str(run), "--private-host", "127.0.0.1", "--encoder", "lexical"
            )
            out, err = done.communicate(timeout=100)
        assert done.returncode == 0, err
        assert f"report: {run}" in out
        assert len(list((run / "pages").glob("*.html"))) == 2

    def test_a_private_host_is_refused_in_one_line(self):
        with web_server.serving(PAGES) as site:
            done = self.start(site, "check", "-q")
            out, err = done.communicate(timeout=100)
        assert (done.returncode, out, len(err.splitlines())) == (3, "", 2)
        assert "--private-host 127.0.0.1" in err

    @pytest.mark.slow
    @pytest.mark.skipif(os.name == "nt", reason="no such signal there")
    def test_interrupted_while_fetching_leaves_nothing_half_written(self, tmp_path):
        with web_server.serving({"/a": web_server.slowly}) as site:
            done = self.start(
                site, "trace", "-o", str(tmp_path / "run"), "--private-host", "127.0.0.1"
            )
            while "/a" not in site.asked and done.poll() is None:
                time.sleep(0.05)
            done.send_signal(signal.SIGINT)
            _, err = done.communicate(timeout=20)
        assert done.returncode == 130
        assert err.splitlines()[-1] == "lineage: interrupted"
        assert list(tmp_path.iterdir()) == []
