"""`lineage serve`: what is handed in, who may ask, what is answered, and what ends with it."""

import base64
import concurrent.futures
import contextlib
import io
import json
import socket
import subprocess
import sys
import zipfile

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import lineage
from lineage import errors
from lineage.report.page import render
from lineage.serve import answers, handed_in, messages, openapi, pieces, serving

from . import served, traces, web_server

LIMITS = pieces.Limits()


def file_of(name, data):
    return {"kind": "file", "name": name, "data": base64.b64encode(data).decode()}


def text_of(text, **said):
    return {"kind": "text", "text": text, **said}


class TestTexts:
    def test_what_is_known_of_a_text_goes_with_it_and_nothing_is_made_up(self):
        said = {"text": served.BRIDGE, "id": "a", "outlet": "The Gazette", "title": None, "url": ""}
        (piece,) = pieces.texts([said], LIMITS)
        assert piece == text_of(served.BRIDGE, id="a", outlet="The Gazette")

    @pytest.mark.parametrize(
        ("value", "at", "words"),
        [
            ({"text": "a"}, None, "no list"),
            ("a", None, "no list"),
            ([{"text": "a"}] * 201, None, "201 texts are more than 200"),
            ([{"text": "a"}, "b"], 1, "no object"),
            ([{"txt": "a"}], 0, "unknown field 'txt'"),
            ([{"text": 3}], 0, "text is a int"),
            ([{"id": "a"}], 0, "the field text is missing"),
            ([{"text": None}], 0, "the field text is missing"),
            ([{"text": "a", "id": "x"}, {"text": "b", "id": "x"}], 1, "id 'x' is that of item 0"),
            ([{"text": "a", "kind": "file"}], 0, "unknown field 'kind'"),
        ],
    )
    def test_what_is_wrong_is_told_of_the_item(self, value, at, words):
        with pytest.raises(pieces.RefusedError) as caught:
            pieces.texts(value, LIMITS)
        (complaint,) = caught.value.complaints
        assert complaint.at == at
        assert words in complaint.problem

    def test_every_item_that_is_wrong_is_named(self):
        with pytest.raises(pieces.RefusedError) as caught:
            pieces.texts([{}, {"text": "a"}, 3], LIMITS)
        assert [each.at for each in caught.value.complaints] == [0, 2]


class TestMixed:
    @pytest.mark.parametrize(
        ("item", "words"),
        [
            ({"kind": "folder"}, "kind is 'folder'"),
            ({"text": "a"}, "kind is None"),
            ({"kind": "file", "name": "a.txt", "data": "%"}, "no base64"),
            ({"kind": "file", "name": 3, "data": ""}, "a file has a name"),
            ({"kind": "address", "address": " "}, "address is missing"),
        ],
    )
    def test_what_is_wrong_is_told(self, item, words):
        with pytest.raises(pieces.RefusedError, match=words):
            pieces.mixed([item], LIMITS, with_addresses=True)

    def test_an_address_needs_the_extra_web_and_says_so(self):
        item = {"kind": "address", "address": "https://wire.example/a"}
        assert pieces.mixed([item], LIMITS, with_addresses=True) == [item]
        with pytest.raises(pieces.RefusedError, match=r"article-lineage\[web\]"):
            pieces.mixed([item], LIMITS, with_addresses=False)


class TestMessages:
    @given(st.lists(st.recursive(st.none() | st.integers() | st.text(), st.lists)))
    def test_they_come_out_as_they_went_in_one_after_the_other(self, values):
        stream = io.BytesIO(b"".join(messages.pack([value]) for value in values))
        assert [messages.unpack(stream) for _ in values] == [[value] for value in values]
        assert messages.unpack(stream) is None

    def test_one_that_was_cut_off_is_none(self):
        whole = messages.pack({"a": "b" * 50})
        for length in (0, 5, 8, 20, len(whole) - 1):
            assert messages.unpack(io.BytesIO(whole[:length])) is None


class TestGather:
    def gather(self, tmp_path, *handed, **options):
        return handed_in.gather(list(handed), tmp_path, **options)

    def ids(self, found):
        return found.result().articles["article_id"].tolist()

    def test_texts_are_taken_with_what_is_said_of_them(self, tmp_path):
        found = self.gather(
            tmp_path, text_of(served.BRIDGE, id="a", outlet="Gazette", published_at="2026-03-02")
        )
        (row,) = found.result().articles.to_dict("records")
        assert (row["article_id"], row["outlet"], row["text"]) == ("a", "Gazette", served.BRIDGE)
        assert str(row["published_at"]) == "2026-03-02 00:00:00+00:00"
        assert found.complaints == found.notes == []

    def test_a_date_that_cannot_be_read_is_noted_at_its_text(self, tmp_path):
        found = self.gather(
            tmp_path, text_of(served.BRIDGE), text_of(served.POST, published_at="soon")
        )
        (note,) = found.notes
        assert note.at == 1
        assert "'soon'" in note.problem
        assert found.n_articles == 2

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("...", "no words"),
            ("  ", "empty"),
            ("https://wire.example/a", "a web address and no text"),
            ("half \ud800", "surrogate"),
        ],
    )
    def test_a_text_that_is_none_is_complained_of(self, tmp_path, text, words):
        found = self.gather(tmp_path, text_of(served.BRIDGE), text_of(text))
        (complaint,) = found.complaints
        assert complaint.at == 1
        assert words in complaint.problem

    def test_files_are_read_by_their_kind_under_their_own_names(self, tmp_path):
        rows = f'id,text\none,"{served.BRIDGE}"\ntwo,"{served.POST}"\n'
        page = f"---\noutlet: The Gazette\n---\n{served.VOTE}"
        found = self.gather(
            tmp_path, file_of("rows.csv", rows.encode()), file_of("vote.md", page.encode())
        )
        assert self.ids(found) == ["one", "two", "vote"]
        assert found.result().articles["outlet"].tolist()[2] == "The Gazette"
        assert found.result().files["file"].tolist() == ["rows.csv", "vote.md"]

    def test_two_files_of_one_name_are_two_texts(self, tmp_path):
        found = self.gather(
            tmp_path,
            file_of("a.txt", served.BRIDGE.encode()),
            file_of("a.txt", served.POST.encode()),
        )
        assert self.ids(found) == ["a", "a-2"]

    def test_what_lies_beside_a_metadata_csv_is_described_by_it(self, tmp_path):
        told = b"file,outlet\na.txt,The Gazette\n"
        found = self.gather(
            tmp_path, file_of("a.txt", served.BRIDGE.encode()), file_of("metadata.csv", told)
        )
        assert found.complaints == []
        assert found.result().articles["outlet"].tolist() == ["The Gazette"]

    @pytest.mark.parametrize(
        "name",
        ["../../a.txt", "/etc/a.txt", "..\\..\\a.txt", "C:\\a.txt", "a\x00.txt", f"{'ä' * 400}.txt",
         "...", "", "con\n.txt", ".txt"],
    )  # fmt: skip
    def test_no_name_leads_out_of_the_folder(self, tmp_path, name):
        folder = tmp_path / "in" / "here"
        folder.mkdir(parents=True)
        self.gather(folder, file_of(name, served.BRIDGE.encode()))
        (made,) = (path for path in tmp_path.rglob("*") if path.is_file())
        assert made.parent == folder

    @pytest.mark.parametrize(
        ("name", "data", "words"),
        [
            ("a.xls", b"x", "files of type .xls are not read"),
            ("a.txt", b"", "empty"),
            ("a.docx", b"PK\x03\x04", ""),
            ("a.csv", b"title\nx\n", "text"),
        ],
    )
    def test_a_file_that_cannot_be_read_is_complained_of_without_its_place(
        self, tmp_path, name, data, words
    ):
        found = self.gather(tmp_path, text_of(served.BRIDGE), file_of(name, data))
        (complaint,) = found.complaints
        assert complaint.at == 1
        assert words in complaint.problem
        assert str(tmp_path) not in complaint.problem
        assert "--skip-bad" not in complaint.problem

    @pytest.mark.slow
    def test_a_bomb_of_a_document_is_a_complaint(self, tmp_path):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr("word/document.xml", "<" * 5_000_000)
        found = self.gather(tmp_path, file_of("a.docx", packed.getvalue()))
        assert len(found.complaints) == 1

    def test_rows_that_are_left_out_are_noted(self, tmp_path):
        rows = f'text\n"{served.BRIDGE}"\n"..."\n'
        found = self.gather(tmp_path, file_of("rows.csv", rows.encode()))
        assert found.n_articles == 1
        assert [(note.at, note.problem[:6]) for note in found.notes] == [(0, "row 3:")]

    def test_addresses_are_fetched_and_what_goes_wrong_is_told_of_each(self, tmp_path):
        page = f"<html><body><article><h1>Bridge</h1><p>{served.BRIDGE}</p></article></body></html>"
        pages = {"/a": (200, {"Content-Type": "text/html"}, page.encode())}
        with web_server.serving(pages) as site:
            found = self.gather(
                tmp_path,
                {"kind": "address", "address": site.url("/a")},
                {"kind": "address", "address": site.url("/gone")},
                {"kind": "address", "address": "wire.example/a"},
                private_hosts=[site.host],
            )
        assert [each.at for each in found.complaints] == [2, 1]
        assert "404" in found.complaints[1].problem
        assert "engineers found cracks" in found.result().articles["text"].tolist()[0]

    def test_a_machine_of_the_own_network_is_not_asked(self, tmp_path):
        with web_server.serving({"/a": served.BRIDGE.encode()}) as site:
            found = self.gather(tmp_path, {"kind": "address", "address": site.url("/a")})
            assert site.asked == []
        assert len(found.complaints) == 1


@pytest.fixture(scope="module")
def crane():
    return traces.story("harbour-crane")


class TestAnswer:
    def test_verdict_and_number_are_those_of_the_report(self, crane):
        said = answers.answer(crane)
        assert f'<p class="finding">{said["verdict"]}</p>' in render.render(crane.frames, crane.run)
        assert said["n_origins"] == 4
        assert "four origins" in said["verdict"]

    def test_the_tables_are_those_of_the_result_without_the_texts(self, crane):
        said = answers.answer(crane)
        assert len(said["edges"]) == len(crane.edges)
        assert len(said["attributions"]) == len(crane.attributions)
        assert len(said["relations"]) == len(crane.relations)
        assert {row["origin_agency"] for row in said["articles"]} >= {"Meridian News Agency", None}
        assert all("text" not in row for row in said["articles"])

    def test_it_is_as_the_description_says(self, crane):
        described = openapi.document("http://127.0.0.1:1", LIMITS)
        schema = described["paths"]["/api/trace"]["post"]["responses"]["200"]
        shape = {
            **schema["content"]["application/json"]["schema"],
            "components": described["components"],
        }
        said = {**answers.answer(crane), "notes": []}
        jsonschema.Draft202012Validator(shape).validate(json.loads(json.dumps(said)))
        said["edges"][0]["p_edge"] = 2
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(shape).validate(said)


class TestDescription:
    def test_it_is_openapi(self):
        validator = pytest.importorskip(
            "openapi_spec_validator", reason="openapi-spec-validator is not installed"
        )
        validator.validate(openapi.document("http://127.0.0.1:1", LIMITS))

    def test_it_takes_what_the_server_takes(self):
        described = openapi.document("http://127.0.0.1:1", pieces.Limits(max_texts=7))
        body = described["paths"]["/api/trace"]["post"]["requestBody"]
        schema = body["content"]["application/json"]["schema"]
        assert list(schema["items"]["properties"]) == list(pieces.FIELDS)
        assert schema["maxItems"] == 7


class TestServe:
    def test_a_port_that_is_taken_is_one_line(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            with pytest.raises(errors.UsageError, match=f"^port {port}: .*--port"):
                serving.serve(serving.Settings(lineage.TraceConfig(), port), print)

    def test_the_missing_extra_is_named_in_one_line(self):
        code = (
            "import sys; sys.modules['uvicorn'] = None\n"
            "from lineage.cli import main\n"
            "raise SystemExit(main.run(['serve', '--no-open']))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=served.ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2
        assert done.stdout == ""
        assert done.stderr == (
            'lineage: lineage serve needs uvicorn: pip install "article-lineage[serve]"\n'
        )


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("temporary")
    options = ("--encoder", "lexical", "--max-mb", "0.5", "--max-waiting", "3")
    with served.serving(*options, temporary=folder) as started:
        started.temporary = folder
        yield started


class TestWhoMayAsk:
    @pytest.mark.parametrize("token", ["", "wrong", "wr%C3%B6ng", "%00", "x" * 5000])
    def test_a_wrong_token_is_turned_away(self, server, token):
        for path in ("/", "/page.js", "/reports/a"):
            status, headers, body = server.ask(path, token=token)
            assert status == 403
            assert b"<" not in body
            assert "access-control-allow-origin" not in headers
        for path, method in (("/api/trace", "POST"), ("/api/openapi.json", "GET")):
            status, headers, _ = server.ask(path, method=method, body=b"[]", token=token)
            assert status == 401
            assert headers["www-authenticate"] == "Bearer"

    @pytest.mark.parametrize("given", ["Basic {}", "{}", "Bearer", "Bearer {} x", "bearer x{}"])
    def test_the_token_has_to_be_given_as_a_bearer_token(self, server, given):
        headers = {"Authorization": given.format(server.token)}
        assert server.ask("/api/openapi.json", headers=headers)[0] == 401

    def test_the_token_of_the_path_opens_no_api_and_that_of_the_api_no_page(self, server):
        assert server.ask("/api/openapi.json", headers={"Authorization": ""})[0] == 401
        named = {"Authorization": f"Bearer {server.token}"}
        assert server.ask("/", token="wrong", headers=named)[0] == 403

    @pytest.mark.parametrize(
        "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:{}", "127.0.0.1.evil:{}"]
    )
    def test_another_host_is_turned_away(self, server, host):
        headers = {"Host": host.format(server.port)}
        assert server.ask("/", headers=headers)[0] == 421
        assert server.ask("/api/openapi.json", headers=headers)[0] == 421

    def test_its_own_names_are_answered(self, server):
        for name in ("127.0.0.1", "localhost", "LOCALHOST"):
            assert server.ask("/", headers={"Host": f"{name}:{server.port}"})[0] == 200

    def test_no_host_and_two_hosts_are_turned_away(self, server):
        own = f"Host: 127.0.0.1:{server.port}\r\n"
        for hosts in ("", own + "Host: evil.example\r\n"):
            with socket.create_connection(("127.0.0.1", server.port)) as raw:
                raw.sendall(f"GET /{server.token}/ HTTP/1.1\r\n{hosts}\r\n".encode())
                status = raw.recv(1000).split(b" ")[1]
            assert status in (b"400", b"421")

    @pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
    def test_a_page_of_another_origin_is_turned_away(self, server, origin):
        body = json.dumps([{"text": served.BRIDGE}, {"text": served.POST}]).encode()
        for path in ("/trace", "/api/trace"):
            status, headers, _ = server.ask(
                path, method="POST", body=body, headers={"Origin": origin}
            )
            assert status == 403
            assert not [name for name in headers if name.lower().startswith("access-control")]
            status, headers, _ = server.ask(path, method="OPTIONS", headers={"Origin": origin})
            assert status == 403

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux has 127.0.0.2 by itself")
    def test_it_listens_under_one_address_alone(self, server):
        # One that listened to all addresses of this machine would answer here.
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.2", server.port), timeout=5)

    def test_the_page_may_load_nothing_from_elsewhere_and_nobody_may_frame_it(self, server):
        status, headers, body = server.ask("/")
        assert status == 200
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert b"http://" not in body.replace(b'placeholder="https://"', b"")
        assert server.token.encode() not in body

    def test_an_address_without_its_last_stroke_leads_to_the_page(self, server):
        status, headers, _ = server.ask("")
        assert status == 308
        assert headers["location"] == f"/{server.token}/"

    @pytest.mark.parametrize(
        "path", ["/nothing", "/page.html", "/../web_app.py", "/%2e%2e/web_app.py", "/reports/x"]
    )
    def test_what_is_not_there_is_said_to_be_missing(self, server, path):
        assert server.ask(path)[0] == 404


class TestApi:
    def test_the_verdict_and_the_tables_come_back(self, server):
        status, said = server.trace(
            [
                {"id": "wire", "text": served.BRIDGE, "outlet": "The Gazette"},
                {"id": "post", "text": served.POST, "published_at": "soon"},
                {"id": "vote", "text": served.VOTE},
            ]
        )
        assert status == 200
        assert said["verdict"].startswith("Three texts, probably two origins")
        assert said["n_origins"] == 2
        assert [row["article_id"] for row in said["articles"] if row["kind"] == "supplied"] == [
            "post",
            "vote",
            "wire",
        ]
        assert [note["at"] for note in said["notes"]] == [1]

    @pytest.mark.slow
    def test_it_says_what_lineage_trace_says(self, server):
        texts = [{"id": "wire", "text": served.BRIDGE}, {"id": "post", "text": served.POST}]
        rows = [{"article_id": each["id"], "text": each["text"]} for each in texts]
        result = lineage.trace(rows, encoder="lexical")
        _, said = server.trace(texts)
        assert said == {**answers.answer(result), "notes": []}

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("texts", "at", "words"),
        [
            ([{"text": served.BRIDGE}], None, "1 text to trace: two or more are needed"),
            ([], None, "0 text"),
            ([{"text": served.BRIDGE}, {"text": " "}], 1, "empty"),
            ([{"text": served.BRIDGE}, {"text": "\ud800 half"}], 1, "surrogate"),
            ([{"text": served.BRIDGE}, {"text": served.POST, "id": "absent:a"}], None, "absent"),
        ],
    )
    def test_what_cannot_be_traced_is_told_of_the_text(self, server, texts, at, words):
        status, said = server.trace(texts)
        assert status == 422
        assert said["items"][0]["at"] == at
        assert words in said["items"][0]["problem"]
        assert said["error"] == said["items"][0]["problem"]

    @pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a": NaN}'])
    def test_what_is_no_request_is_refused(self, server, body):
        status, _, said = server.ask("/api/trace", method="POST", body=body)
        assert status == 422
        assert "request is no" in json.loads(said)["error"]

    def test_another_content_type_is_refused(self, server):
        # What a form of another page can send without asking first.
        status, _, said = server.ask(
            "/api/trace", method="POST", body=b"[]", headers={"Content-Type": "text/plain"}
        )
        assert status == 422
        assert "application/json" in json.loads(said)["error"]

    @pytest.mark.parametrize("n_bytes", [600_000, 1_900_000])
    def test_what_is_too_large_is_refused_in_words(self, server, n_bytes):
        status, said = server.trace([{"text": "a " * (n_bytes // 2)}])
        assert status == 422
        assert "more than 0.5 MB" in said["error"]

    def test_the_description_names_this_server(self, server):
        status, _, said = server.ask("/api/openapi.json")
        assert status == 200
        assert json.loads(said)["servers"] == [{"url": f"http://127.0.0.1:{server.port}"}]

    def test_addresses_and_files_are_not_for_the_api(self, server):
        status, said = server.trace([{"kind": "address", "address": "http://127.0.0.1/"}])
        assert status == 422
        assert "unknown field 'kind'" in said["error"]


class TestSeveral:
    @pytest.mark.slow
    def test_requests_at_once_do_not_mix(self, server):
        names = ["alder", "birch", "cedar"]

        def ask(name):
            texts = [
                {"id": f"{name} 1", "text": f"{served.BRIDGE} So {name} said."},
                {"id": f"{name} 2", "text": f"{served.POST} {name} agrees."},
            ]
            return server.trace(texts)

        with concurrent.futures.ThreadPoolExecutor(len(names)) as pool:
            found = list(pool.map(ask, names))
        for name, (status, said) in zip(names, found, strict=True):
            assert status == 200
            supplied = [row for row in said["articles"] if row["kind"] == "supplied"]
            assert [row["article_id"] for row in supplied] == [f"{name} 1", f"{name} 2"]

    @pytest.mark.slow
    def test_one_too_many_is_told_to_come_back(self, server):
        body = json.dumps([{"kind": "text", **each} for each in served.many(40)]).encode()
        open_ones = [server.open("/trace", method="POST", body=body) for _ in range(4)]
        try:
            events = [json.loads(each.getresponse().readline()) for each in open_ones]
            assert sorted(each.get("before", 0) for each in events) == [0, 1, 2, 3]
            status, said = server.trace([{"text": served.BRIDGE}, {"text": served.POST}])
            assert status == 503
            assert "4 traces are before this one" in said["error"]
        finally:
            for each in open_ones:
                each.close()
        # They have gone away; the next one is served.
        served.wait_until(
            lambda: server.trace([{"text": served.BRIDGE}, {"text": served.POST}])[0] == 200,
            "those who went away still wait",
        )


class TestEnds:
    @pytest.mark.slow
    def test_a_trace_ends_when_whoever_asked_goes_away(self, server):
        body = json.dumps([{"kind": "text", **each} for each in served.many(60)]).encode()
        served.wait_until(lambda: len(server.workers()) == 1, "no worker waits")
        (before,) = server.workers()
        connection = server.open("/trace", method="POST", body=body)
        answer = connection.getresponse()
        stages = []
        while "comparing words" not in stages:
            stages.append(json.loads(answer.readline()).get("what"))
        assert before in server.workers()
        answer.close()
        connection.close()
        served.wait_until(lambda: before not in server.workers(), "the trace goes on")
        # And another one takes its place.
        served.wait_until(lambda: len(server.workers()) == 1, "no worker waits")
        assert server.trace([{"text": served.BRIDGE}, {"text": served.POST}])[0] == 200

    @pytest.mark.slow
    def test_a_trace_that_takes_too_long_is_ended_and_says_so(self):
        with served.serving("--encoder", "lexical", "--max-seconds", "1") as started:
            served.wait_until(lambda: len(started.workers()) == 1, "no worker waits")
            (worker,) = started.workers()
            status, said = started.trace(served.many(60))
            assert status == 500
            assert "took longer than 1 seconds" in said["error"]
            served.wait_until(lambda: worker not in started.workers(), "the trace goes on")

    @pytest.mark.slow
    def test_nothing_is_left_on_the_disk_after_a_trace(self, server):
        body = json.dumps(
            [file_of("a.txt", served.BRIDGE.encode()), file_of("b.txt", served.POST.encode())]
        ).encode()
        status, _, said = server.ask("/trace", method="POST", body=body)
        assert status == 200
        last = json.loads(said.splitlines()[-1])
        assert last["event"] == "done"
        served.wait_until(
            lambda: [path for path in server.temporary.rglob("*") if path.is_file()] == [],
            "files are left",
        )

    def test_a_report_can_be_opened_and_runs_in_a_sandbox(self, server):
        body = json.dumps([text_of(served.BRIDGE), text_of(served.POST)]).encode()
        _, _, said = server.ask("/trace", method="POST", body=body)
        last = json.loads(said.splitlines()[-1])
        status, headers, page = server.ask(f"/{last['report']}")
        assert status == 200
        assert headers["content-security-policy"].startswith("sandbox allow-scripts")
        assert "allow-same-origin" not in headers["content-security-policy"]
        assert last["verdict"] in page.decode()

    @pytest.mark.slow
    @pytest.mark.parametrize("number", [2, 15])
    def test_ctrl_c_and_a_signal_end_it_with_all_that_belongs_to_it(self, number, tmp_path):
        with served.serving("--encoder", "lexical", temporary=tmp_path) as started:
            assert started.ask("/")[0] == 200
            served.wait_until(lambda: len(started.workers()) == 1, "no worker waits")
            (worker,) = started.workers()
            assert len(list(tmp_path.iterdir())) == 1
            started.process.send_signal(number)
            said, wrong = started.process.communicate(timeout=30)
            assert started.process.returncode == (0 if number == 2 else -15)
            assert (said, wrong) == ("", "")
            assert list(tmp_path.iterdir()) == []
            served.wait_until(lambda: not is_there(worker), "the worker goes on")

    def test_one_who_goes_away_while_it_still_talks_is_no_fault(self):
        with served.serving("--encoder", "lexical") as started:
            for path in (f"/{started.token}/trace", "/api/trace"):
                head = (
                    f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{started.port}\r\n"
                    f"Authorization: Bearer {started.token}\r\nContent-Length: 1000\r\n"
                    "Content-Type: application/json\r\n\r\n[{"
                )
                with socket.create_connection(("127.0.0.1", started.port)) as raw:
                    raw.sendall(head.encode())
            assert started.ask("/")[0] == 200
            started.process.send_signal(2)
            assert started.process.communicate(timeout=30) == ("", "")

    @pytest.mark.slow
    def test_it_ends_in_the_middle_of_a_trace_without_a_word_and_says_so_to_who_waits(self):
        with served.serving("--encoder", "lexical") as started:
            body = json.dumps([text_of(each["text"]) for each in served.many(60)]).encode()
            connection = started.open("/trace", method="POST", body=body)
            answer = connection.getresponse()
            answer.readline()
            (worker,) = started.workers()
            started.process.send_signal(2)
            last = json.loads(answer.read().splitlines()[-1])
            assert last["event"] == "failed"
            assert "was ended before" in last["problem"]
            assert started.process.communicate(timeout=30) == ("", "")
            assert started.process.returncode == 0
            served.wait_until(lambda: not is_there(worker), "the worker goes on")

    def test_a_worker_ends_when_its_server_was_killed(self, tmp_path):
        with served.serving("--encoder", "lexical", temporary=tmp_path) as started:
            served.wait_until(lambda: len(started.workers()) == 1, "no worker waits")
            (worker,) = started.workers()
            started.process.kill()
            started.process.wait()
            served.wait_until(lambda: not is_there(worker), "the worker goes on")


def is_there(pid):
    with contextlib.suppress(OSError), open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        return stat.read().rpartition(")")[2].split()[0] != "Z"
    return False
