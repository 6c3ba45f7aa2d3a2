import csv
import hashlib
import io
import json
import os
import subprocess
import sys

import pandas as pd
import pytest

from lineage import errors, tables
from lineage.io import columns
from lineage.io.readers import ids, read

STORY = "The old harbor bridge was shut on Monday after engineers found cracks in two pylons."
OTHER = "Some thousands of drivers use the bridge each day and will have to take the tunnel."


@pytest.fixture
def write(tmp_path):
    def write_file(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write_file


def only(result):
    assert len(result.articles) == 1
    return result.articles.iloc[0]


def refusal(*args, error=errors.InputError, **kwargs):
    with pytest.raises(error) as caught:
        read.read(*args, **kwargs)
    message = str(caught.value)
    assert "\n" not in message
    assert caught.value.status == error.status
    return message


def problems(result):
    return [
        (os.path.basename(file), None if pd.isna(row) else row, problem)
        for file, row, problem in result.problems.itertuples(index=False)
    ]


class TestTextFiles:
    @pytest.mark.parametrize("ends", ["\n", "\r\n"])
    def test_text_is_kept_to_the_character(self, write, ends):
        text = f"  {STORY}{ends}{ends}{OTHER}  {ends}"
        article = only(read.read(write("story.txt", text)))
        assert article["text"] == text
        assert article["article_id"] == "story"

    def test_columns_and_types_are_those_of_the_articles_table(self, write):
        frame = read.read(write("story.txt", STORY)).articles
        assert list(frame.columns) == list(columns.SUPPLIED)
        expected = tables.TABLES["articles"].columns
        assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
            name: expected[name] for name in columns.SUPPLIED
        }
        coerced = tables.coerce("articles", frame.assign(kind="supplied"))
        assert tables.check("articles", coerced) is coerced

    def test_what_is_not_known_is_missing(self, write):
        article = only(read.read(write("story.txt", STORY)))
        assert article["published_source"] == "none"
        missing = article.drop(["article_id", "text", "published_source"])
        assert missing.isna().all()

    def test_hash_is_that_of_the_bytes(self, write):
        data = b"\xef\xbb\xbf" + STORY.encode()
        files = read.read(write("story.txt", data)).files
        row = files.iloc[0]
        assert row["sha256"] == hashlib.sha256(data).hexdigest()
        assert (row["kind"], row["n_articles"], row["encoding"]) == ("text", 1, "utf-8")

    def test_other_encodings_are_read(self, write):
        text = f"“{STORY}” – President Peña Nieto"
        assert only(read.read(write("story.txt", text.encode("cp1252"))))["text"] == text

    @pytest.mark.parametrize("blank", ["", " \r\n\t ", "\ufeff", "...\n---"])
    def test_text_without_words_is_refused(self, write, blank):
        message = refusal(write("story.txt", blank))
        assert "story.txt: the text" in message

    @pytest.mark.parametrize("data", [b"%PDF-1.4 x", b"PK\x03\x04x", b"a\x00\x01b\x02", b"{\\rtf1"])
    def test_binary_file_is_refused(self, write, data):
        message = refusal(write("story.txt", data))
        assert "story.txt: a" in message
        assert "not a text" in message

    def test_file_that_does_not_exist_is_refused(self, tmp_path):
        assert "gone.txt: no such file or folder" in refusal(tmp_path / "gone.txt")

    def test_type_that_is_not_read_is_refused_by_name(self, write):
        assert "files of type .odt are not read" in refusal(write("story.odt", STORY))

    def test_no_path_is_a_usage_error(self):
        refusal([], error=errors.UsageError)


class TestMarkdown:
    def test_head_is_read_and_markdown_stays(self, write):
        head = '---\ntitle: "Bridge: shut"\ndate: 2018-07-16 # a Monday\nsource: Harbor News\n---\n'
        text = f"\n# Bridge *shut*\n\n{STORY}\n"
        article = only(read.read(write("story.md", head + text)))
        assert article["text"] == text
        assert article["title"] == "Bridge: shut"
        assert article["outlet"] == "Harbor News"
        assert article["published_at"] == pd.Timestamp("2018-07-16", tz="UTC")
        assert article["published_precision"] == "day"
        assert article["published_source"] == "given"

    @pytest.mark.parametrize(
        "authors", ["[Jane Roe, Tom Low]", "\n  - Jane Roe\n  - Tom Low", "\n- Jane Roe\n- Tom Low"]
    )
    def test_lists_are_joined(self, write, authors):
        path = write("story.md", f"---\r\ntags: [a, b]\r\nauthors: {authors}\r\n---\r\n{STORY}")
        article = only(read.read(path))
        assert article["byline"] == "Jane Roe; Tom Low"
        assert article["text"] == STORY

    @pytest.mark.parametrize(
        "text",
        [STORY, f"---\n\n{STORY}\n\n---\n{OTHER}", f"---\ntitle: x\n{STORY}", "---\n" + STORY],
    )
    def test_a_rule_across_the_page_is_no_head(self, write, text):
        assert only(read.read(write("story.md", text)))["text"] == text

    def test_two_keys_for_one_column_are_refused(self, write):
        path = write("story.md", f"---\npublisher: A\nsite: B\n---\n{STORY}")
        assert "columns 'publisher' and 'site' both mean outlet" in refusal(path)


PAGE = f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Bridge shut</title>
<meta property="article:published_time" content="PUBLISHED">
<meta property="article:modified_time" content="2018-07-19T08:00:00Z">
<meta property="og:site_name" content="Daily Harbor"><meta name="author" content="Jane Roe">
<link rel="canonical" href="https://dailyharbor.example/bridge"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Bridge shut after cracks found</h1>
<p>{STORY} It will not open again before the autumn, the city said.</p>
<p>“We did not expect that,” Mayor Tom Fielding told reporters.</p><p>{OTHER}</p>
</article><div id="comments"><p>What a silly bridge, I never liked it much.</p></div>
<footer>All rights reserved</footer></body></html>"""


class TestPages:
    @pytest.fixture(autouse=True)
    def _needs_trafilatura(self):
        pytest.importorskip("trafilatura")

    def test_text_and_what_the_page_says_of_it(self, write):
        page = PAGE.replace("PUBLISHED", "2018-07-16T14:05:30-04:00")
        article = only(read.read(write("bridge.html", page)))
        assert STORY in article["text"]
        assert OTHER in article["text"]
        assert "silly" not in article["text"]
        assert "Home" not in article["text"]
        assert article["article_id"] == "bridge"
        assert article["title"] == "Bridge shut after cracks found"
        assert article["outlet"] == "Daily Harbor"
        assert article["byline"] == "Jane Roe"
        assert article["url"] == "https://dailyharbor.example/bridge"
        assert article["published_at"] == pd.Timestamp("2018-07-16T18:05:30", tz="UTC")
        assert article["published_precision"] == "second"
        assert article["published_source"] == "page"

    def test_day_without_a_time_is_no_midnight(self, write):
        article = only(read.read(write("b.htm", PAGE.replace("PUBLISHED", "2018-07-16"))))
        assert article["published_precision"] == "day"

    def test_last_change_is_no_publication(self, write):
        page = PAGE.replace('<meta property="article:published_time" content="PUBLISHED">', "")
        article = only(read.read(write("b.xhtml", page)))
        assert pd.isna(article["published_at"])
        assert article["published_source"] == "none"

    @pytest.mark.parametrize("published", ["2018-07-16T09:00:00Z", None])
    def test_structured_data_is_read_but_for_its_last_change(self, write, published):
        said = {"@type": "NewsArticle", "dateModified": "2018-07-20T09:00:00Z"}
        if published is not None:
            said["datePublished"] = published
        script = f'<script type="application/ld+json">{json.dumps(said)}</script>'
        meta = '<meta property="article:published_time" content="PUBLISHED">'
        article = only(read.read(write("b.html", PAGE.replace(meta, script))))
        if published is None:
            assert pd.isna(article["published_at"])
        else:
            assert article["published_at"] == pd.Timestamp(published)

    def test_page_in_another_encoding_is_read_as_it_says(self, write):
        page = PAGE.replace("PUBLISHED", "2018-07-16").replace("utf-8", "windows-1252")
        article = only(read.read(write("b.html", page.encode("cp1252"))))
        assert "“We did not expect that,”" in article["text"]

    def test_page_without_text_is_refused(self, write):
        assert "b.html: no main text" in refusal(write("b.html", "<html><body></body></html>"))

    def test_metadata_has_the_last_word(self, write):
        path = write("b.html", PAGE.replace("PUBLISHED", "2018-07-16"))
        write("metadata.csv", "file,title,outlet,published_at,url\nb.html,,Own,2018-07-15,\n")
        article = only(read.read(path))
        assert article["outlet"] == "Own"
        assert article["title"] == "Bridge shut after cracks found"
        assert article["published_at"] == pd.Timestamp("2018-07-15", tz="UTC")
        assert article["published_source"] == "given"


class TestMissingExtras:
    @pytest.mark.parametrize(
        ("module", "name", "command"),
        [
            ("pyarrow", "a.parquet", 'pip install "article-lineage[parquet]"'),
            ("docx", "a.docx", 'needs python-docx: pip install "article-lineage[documents]"'),
            ("pdfminer", "a.pdf", 'needs pdfminer.six: pip install "article-lineage[documents]"'),
            ("feedparser", "a.rss", 'pip install "article-lineage[feeds]"'),
            ("inscriptis", "a.atom", 'pip install "article-lineage[feeds]"'),
        ],
    )
    def test_command_that_installs_it_is_named(self, write, monkeypatch, module, name, command):
        for loaded in [m for m in sys.modules if m.split(".")[0] == module]:
            monkeypatch.delitem(sys.modules, loaded)
        monkeypatch.setitem(sys.modules, module, None)
        path = write(name, b"x" if name.endswith("parquet") else PAGE)
        message = refusal(path, error=errors.MissingExtraError)
        assert command in message
        assert path.name in message
        # The others are read all the same.
        other = write("words.txt", "A crane fell into the port on Monday.")
        found = read.read([path, other], skip_bad=True)
        assert found.articles["article_id"].tolist() == ["words"]
        assert command in found.problems["problem"].item()
        assert found.problems["file"].item() == str(path)


class TestDelimited:
    def test_one_row_is_one_article(self, write):
        path = write(
            "a.csv",
            "article_id,title,outlet,byline,url,published_at,language,text\n"
            f'x,T,O,B,U,2018-07-16T10:00:00+02:00,en,"{STORY}"\n',
        )
        article = only(read.read(path))
        assert article[["article_id", "title", "outlet", "byline", "url", "language"]].tolist() == [
            *("x", "T", "O", "B", "U", "en")
        ]
        assert article["published_at"] == pd.Timestamp("2018-07-16T08:00:00", tz="UTC")
        assert article["published_precision"] == "second"
        assert article["text"] == STORY

    @pytest.mark.parametrize(
        ("column", "name"),
        [(column, name) for column in columns.SUPPLIED for name in columns.SYNONYMS[column]],
    )
    def test_every_synonym_is_understood_in_any_spelling(self, write, column, name):
        value = {"published_at": "2018-07-16", "text": STORY, "published_precision": "day"}.get(
            column, "page" if column == "published_source" else "something"
        )
        spelled = name.upper().replace("_", " ")
        cells = {spelled: value, "text": STORY, "published_at": "2018-07-16"}
        if column in cells and spelled != column:
            del cells[column]
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, list(cells))
        writer.writeheader()
        writer.writerow(cells)
        article = only(read.read(write("a.csv", buffer.getvalue())))
        expected = pd.Timestamp(value, tz="UTC") if column == "published_at" else value
        assert article[column] == expected

    @pytest.mark.parametrize("name", ["body", "full_text", "Text"])
    def test_two_columns_that_could_be_the_text_are_refused(self, write, name):
        message = refusal(write("a.csv", f"article,{name}\n{STORY},{OTHER}\n"))
        assert f"a.csv: columns 'article' and {name!r} both mean text" in message

    def test_two_synonyms_are_refused_and_the_own_name_settles_it(self, write):
        path = write("a.csv", f"source,domain,text\nA,B,{STORY}\n")
        assert "columns 'source' and 'domain' both mean outlet" in refusal(path)
        path = write("a.csv", f"source,outlet,text\nA,B,{STORY}\n")
        assert only(read.read(path))["outlet"] == "B"

    def test_columns_of_a_metadata_file_are_nothing_to_a_table_of_articles(self, write):
        path = write("a.csv", f"filename,path,text\na.txt,/a,{STORY}\n")
        assert only(read.read(path))["text"] == STORY

    def test_missing_text_column_names_what_is_there(self, write):
        message = refusal(write("a.csv", "id,summary\n1,x\n"))
        assert "a.csv: no column 'text' among: id, summary" in message

    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    def test_separator_is_found(self, write, separator, mark):
        text = "One, two; three\tand | four."
        line = separator.join(["x", "T", f'"{text}"'])
        path = write("a.csv", f"{mark}id{separator}title{separator}text\r\n{line}\r\n")
        article = only(read.read(path))
        assert (article["article_id"], article["text"]) == ("x", text)

    def test_line_that_names_the_separator_is_obeyed(self, write):
        path = write("a.csv", f"sep=;\nid;text\nx;{STORY}\ny;\n")
        assert "row 4: the text is empty" in refusal(path)

    def test_quoted_cells_keep_line_ends_quotes_and_nul(self, write):
        text = 'He said ""no"".\r\n\r\nThen\nnothing.'
        path = write("a.csv", f'id,text\nx,"{text}"\n')
        assert only(read.read(path))["text"] == text.replace('""', '"')

    def test_cells_of_any_length_are_read(self, write):
        limit = csv.field_size_limit()
        text = "word " * limit
        assert only(read.read(write("a.csv", f"id,text\nx,{text}\n")))["text"] == text
        assert csv.field_size_limit() == limit

    def test_rows_are_counted_as_a_spreadsheet_shows_them(self, write):
        path = write("a.csv", f'id,text\n1,"{STORY}\n\n{OTHER}"\n\n2,{STORY}\n3,\n')
        assert "a.csv, row 5: the text is empty" in refusal(path)

    def test_separator_outside_quotes_does_not_cut_the_text(self, write):
        path = write("a.csv", "id,text\n1,The mayor, who was away, said nothing.\n")
        assert "row 2: 4 cells under a header of 2" in refusal(path)

    def test_quote_that_is_never_closed_loses_nothing_in_silence(self, write):
        path = write("a.csv", f'id,text\n1,{STORY}\n2,"{STORY}\n3,{OTHER}\n')
        assert "a.csv, row 3: a double quote is opened and never closed" in refusal(path)
        result = read.check(path)
        assert result.articles["article_id"].tolist() == ["1"]
        assert [(row, problem[:14]) for _, row, problem in problems(result)] == [
            (3, "a double quote")
        ]

    def test_quote_inside_a_quoted_cell_is_refused(self, write):
        path = write("a.csv", f'id,text\n1,"He said "no" twice"\n2,{STORY}\n')
        assert "a.csv, row 2: not CSV" in refusal(path)
        assert read.check(path).articles["article_id"].tolist() == ["2"]

    def test_tsv_without_quoting_is_read(self, write):
        path = write("a.tsv", f'id\ttext\n1\t"No," he said. {STORY}\n2\t{OTHER}\n')
        articles = read.read(path).articles.set_index("article_id")
        assert articles.loc["1", "text"] == f'"No," he said. {STORY}'

    @pytest.mark.parametrize(
        ("written", "said"),
        [
            ("someday", "someday"),
            ("03/04/2018", "two ways"),
            ("2718-01-01", "out of range"),
            ("2198-01-01", "lies in the future"),
            ("1970-01-01T00:00:00Z", "no date"),
        ],
    )
    def test_bad_date_is_a_missing_one_and_told(self, write, written, said):
        path = write("a.csv", f"id,date,text\n1,2018-07-16,{STORY}\n2,{written},{OTHER}\n")
        found = read.read(path)
        assert found.articles["published_at"].isna().tolist() == [False, True]
        ((file, row, problem),) = problems(found)
        assert (file, row) == ("a.csv", 3)
        assert said in problem

    @pytest.mark.parametrize(
        ("language", "at"),
        [("en-US", "2018-03-04"), ("en-GB", "2018-04-03"), ("fr", "2018-04-03"), ("en", None)],
    )
    def test_the_language_settles_a_date_in_numbers(self, write, language, at):
        path = write("a.csv", f"date,language,text\n03/04/2018,{language},{STORY}\n")
        found = only(read.read(path))["published_at"]
        assert pd.isna(found) if at is None else found == pd.Timestamp(at, tz="UTC")

    @pytest.mark.parametrize(
        "word", ["NULL", "nan", "None", "N/A", "n/a", "-", "--", "<NA>", "\\N"]
    )
    def test_placeholders_are_missing_in_every_column(self, write, word):
        head = "id,outlet,byline,title,url,date,language,text"
        path = write("a.csv", f"{head}\n{','.join([word] * 7)},{STORY}\n")
        found = read.read(path)
        article = only(found)
        assert article.drop(["article_id", "published_source", "text"]).isna().all()
        assert article["article_id"] != word
        assert problems(found) == []

    def test_placeholders_of_several_rows_are_no_ids(self, write):
        path = write("a.csv", f"id,text\nNULL,{STORY}\nNULL,{OTHER}\nx,NULL\n")
        found = read.check(path)
        assert len(found.articles) == 2
        assert problems(found) == [("a.csv", 4, "the text is empty")]

    @pytest.mark.parametrize(
        ("column", "word"),
        [
            ("byline", "Null"),
            ("byline", "Na Nan"),
            ("byline", "Jane None"),
            ("outlet", "None Of The Above"),
            ("outlet", "The Dash - News"),
            ("title", "Unknown"),
            ("title", "Nothing - at all"),
        ],
    )
    def test_names_that_look_like_placeholders_stay(self, write, column, word):
        path = write("a.csv", f"{column},text\n{word},{STORY}\n")
        assert only(read.read(path))[column] == word

    def test_missing_date_is_just_missing(self, write):
        path = write("a.csv", f"id,date,text\n1,,{STORY}\n")
        article = only(read.read(path))
        assert pd.isna(article["published_at"])
        assert article["published_source"] == "none"

    @pytest.mark.parametrize(
        ("written", "precision"),
        [
            ("2018", "year"),
            ("2018-07", "month"),
            ("2018-07-16", "day"),
            ("2018-07-16 10:30", "local"),
            ("2018-07-16 10:30Z", "minute"),
            ("2018-07-16T10:30:15Z", "second"),
        ],
    )
    def test_precision_is_that_of_the_date(self, write, written, precision):
        article = only(read.read(write("a.csv", f"date,text\n{written},{STORY}\n")))
        assert article["published_precision"] == precision

    def test_precision_can_be_given(self, write):
        head = "published_at,published_precision,published_source,text\n"
        path = write("a.csv", f"{head}2018-07-16T00:00:00Z,day,page,{STORY}\n")
        article = only(read.read(path))
        assert (article["published_precision"], article["published_source"]) == ("day", "page")
        path = write("a.csv", f"{head}2018-07-16T00:00:00Z,week,page,{STORY}\n")
        assert "row 2: published_precision is 'week', not one of second" in refusal(path)

    def test_absent_sources_of_a_written_table_are_not_articles(self, write):
        path = write("a.csv", f"article_id,kind,text\nAP,absent,\nx,supplied,{STORY}\n")
        assert only(read.read(path))["article_id"] == "x"

    def test_control_characters_in_an_id_are_refused(self, write):
        path = write("a.csv", f'id,text\n"a\nb",{STORY}\n')
        assert "row 2: article_id 'a\\nb' has control characters" in refusal(path)


class TestJson:
    def test_one_line_is_one_article(self, write):
        rows = [
            {"id": 7, "body": STORY, "authors": ["Jane Roe", "Tom Low"], "pubDate": "2018-07-16"},
            {"id": "8", "content": f"{OTHER}\u2028{STORY}", "extra": {"deep": []}},
        ]
        lines = "\r\n\r\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        articles = read.read(write("a.jsonl", lines)).articles.set_index("article_id")
        assert articles.loc["7", "byline"] == "Jane Roe; Tom Low"
        assert articles.loc["7", "published_at"] == pd.Timestamp("2018-07-16", tz="UTC")
        assert articles.loc["8", "text"] == f"{OTHER}\u2028{STORY}"

    @pytest.mark.parametrize("name", ["a.json", "a.ndjson"])
    def test_list_and_lines_say_the_same(self, write, name):
        rows = [{"text": STORY, "id": "a"}, {"text": OTHER, "id": "b"}]
        text = json.dumps(rows) if name == "a.json" else "\n".join(map(json.dumps, rows))
        assert read.read(write(name, text)).articles["text"].tolist() == [STORY, OTHER]

    def test_one_object_is_one_article(self, write):
        path = write("a.json", json.dumps({"title": "T", "text": STORY}))
        assert only(read.read(path))["title"] == "T"

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            ("{broken", "not JSON at column 2"),
            ("[1]", "a list, not an object"),
            ('{"id": "x"}', "no column 'text' among: id"),
            ('{"text": ""}', "the text is empty"),
            ('{"text": null}', "the text is empty"),
            ('{"text": 5}', "the text is a int, not a text"),
            ('{"text": "a", "body": "b"}', "columns 'text' and 'body' both mean text"),
            ('{"text": "a b", "title": {"a": 1}}', "title is a dict, not a text"),
            ('{"text": "a \\ud800 b"}', "text has half of a surrogate pair at character 2"),
            ("[" * 100_000, "not JSON"),
        ],
    )
    def test_bad_line_is_named(self, write, line, problem):
        good = json.dumps({"text": STORY})
        path = write("a.jsonl", f"{good}\n\n{line}\n")
        with pytest.raises(errors.InputError) as caught:
            read.read(path)
        assert f"{path}, row 3: " in str(caught.value)
        assert problem in str(caught.value)
        result = read.check(path)
        assert only(result)["text"] == STORY
        assert [row for _, row, _ in problems(result)] == [3]
        assert problem in problems(result)[0][2]

    def test_blank_synonyms_do_not_count(self, write):
        path = write("a.jsonl", json.dumps({"text": STORY, "body": "", "content": None}))
        assert only(read.read(path))["text"] == STORY

    def test_broken_file_names_the_line(self, write):
        path = write("a.json", '[{"text": "a"},\n{"text": }]')
        assert "a.json: not JSON at line 2" in refusal(path)

    def test_row_of_a_list_is_its_position(self, write):
        path = write("a.json", json.dumps([{"text": STORY}, {"text": " "}]))
        assert "a.json, row 2: the text is empty" in refusal(path)

    def test_bad_date_and_placeholders_are_as_in_a_table(self, write):
        rows = [
            {"text": STORY, "source": "NULL", "author": ["None", "Jane Roe"], "date": "someday"},
            {"text": OTHER, "source": "Quay Post", "date": "n/a", "body": "N/A"},
        ]
        found = read.read(write("a.json", json.dumps(rows)))
        articles = found.articles.set_index("text")
        assert pd.isna(articles.loc[STORY, "outlet"])
        assert articles.loc[STORY, "byline"] == "Jane Roe"
        assert articles["published_at"].isna().all()
        assert [row for _, row, _ in problems(found)] == [1]


class TestParquet:
    def test_types_of_the_file_are_understood(self, tmp_path):
        pytest.importorskip("pyarrow")
        frame = pd.DataFrame(
            {
                "id": [1, 2],
                "text": [STORY, OTHER],
                "timestamp": pd.to_datetime(["2018-07-16T10:00:00+02:00", None], utc=True),
                "author": [["Jane Roe"], None],
                "vector": [[0.5], [1.0]],
            }
        )
        frame.to_parquet(tmp_path / "a.parquet")
        articles = read.read(tmp_path / "a.parquet").articles
        assert articles["article_id"].tolist() == ["1", "2"]
        assert articles["published_at"].iloc[0] == pd.Timestamp("2018-07-16T08:00:00", tz="UTC")
        assert pd.isna(articles["published_at"].iloc[1])
        assert articles["byline"].iloc[0] == "Jane Roe"

    def test_file_that_is_no_parquet_is_refused(self, write):
        pytest.importorskip("pyarrow")
        assert "a.parquet: not a parquet file" in refusal(write("a.parquet", b"PAR1 no"))

    def test_empty_text_names_the_row(self, tmp_path):
        pytest.importorskip("pyarrow")
        pd.DataFrame({"text": [STORY, None]}).to_parquet(tmp_path / "a.parquet")
        assert "a.parquet, row 2: the text is empty" in refusal(tmp_path / "a.parquet")


class TestFolders:
    def test_all_depths_are_read_and_hidden_files_are_not(self, write, tmp_path):
        write("b.txt", STORY)
        write("sub/deep/a.md", OTHER)
        write("sub/c.jsonl", json.dumps({"id": "c", "text": f"{STORY} {OTHER}"}))
        write(".hidden.txt", STORY)
        write(".git/x.txt", STORY)
        result = read.read(tmp_path)
        assert result.articles["article_id"].tolist() == ["a", "b", "c"]
        assert len(result.problems) == 0

    def test_files_are_read_in_the_order_of_their_paths(self, write, tmp_path):
        for name in ("b.txt", "a/z.txt", "c.txt", "a/b.txt"):
            write(name, f"{name} {STORY}")
        files = read.read(tmp_path).files["file"]
        relative = [os.path.relpath(file, tmp_path) for file in files]
        assert relative == ["a/b.txt", "a/z.txt", "b.txt", "c.txt"]

    def test_other_types_are_noted_and_no_error(self, write, tmp_path):
        write("a.txt", STORY)
        write("photo.jpg", b"\xff\xd8\xff")
        write("LICENSE", "free")
        write("README.md", "# About this folder")
        write("truth.json", '{"edges": []}')
        result = read.read(tmp_path)
        assert result.articles["article_id"].tolist() == ["a"]
        assert sorted(file for file, _, _ in problems(result)) == [
            *("LICENSE", "README.md", "photo.jpg", "truth.json")
        ]
        assert all(problem.startswith("not read: ") for _, _, problem in problems(result))

    def test_folder_with_nothing_to_read_names_what_is_there(self, write, tmp_path):
        write("a.odt", "x")
        write("b.doc", "x")
        message = refusal(tmp_path)
        assert "nothing to read in this folder; there are only a.odt, b.doc" in message

    def test_result_of_a_run_is_not_read_as_articles(self, write, tmp_path):
        write("a.txt", STORY)
        write("RUN/run.json", "{}")
        write("RUN/articles.csv", f"article_id,text\na,{STORY}\n")
        result = read.read(tmp_path)
        assert result.articles["article_id"].tolist() == ["a"]
        assert problems(result) == [("RUN", None, "not read: the result of a run")]
        assert "the result of a run, not texts" in refusal(tmp_path / "RUN")

    def test_link_to_a_folder_is_noted(self, write, tmp_path):
        write("a/x.txt", STORY)
        write("b/y.txt", OTHER)
        try:
            (tmp_path / "a" / "b").symlink_to(tmp_path / "b")
        except OSError:
            pytest.skip("no links here")
        result = read.read(tmp_path / "a")
        assert result.articles["article_id"].tolist() == ["x"]
        assert problems(result) == [("b", None, "not read: a link to a folder; name it on its own")]

    def test_file_reached_twice_is_read_once(self, write, tmp_path):
        path = write("a.txt", STORY)
        assert len(read.read([tmp_path, path, str(path)]).articles) == 1

    def test_same_articles_whatever_the_order_of_the_paths(self, write):
        paths = [write(f"{name}/{name}.txt", f"{name} {STORY}") for name in "abc"]
        forward = read.read(paths).articles
        pd.testing.assert_frame_equal(forward, read.read(paths[::-1]).articles)

    def test_bad_file_stops_and_is_left_out_when_skipped(self, write, tmp_path):
        write("a.txt", STORY)
        write("b.txt", b"%PDF-1.4")
        assert "b.txt: a PDF" in refusal(tmp_path)
        result = read.read(tmp_path, skip_bad=True)
        assert result.articles["article_id"].tolist() == ["a"]
        assert [(file, row) for file, row, _ in problems(result)] == [("b.txt", None)]


class TestMetadata:
    HEAD = "file,title,outlet,published_at,url,notes\n"

    def test_rows_speak_of_the_files_beside(self, write, tmp_path):
        write("a.txt", STORY)
        write("sub/b.txt", OTHER)
        write(
            "metadata.csv",
            f"{self.HEAD}a.txt,T,O,2018-07-16T10:00:00+02:00,http://x,ignored\nsub\\b.txt,,P,,,\n",
        )
        articles = read.read(tmp_path).articles.set_index("article_id")
        assert articles.loc["a", ["title", "outlet", "url"]].tolist() == ["T", "O", "http://x"]
        assert articles.loc["a", "published_at"] == pd.Timestamp("2018-07-16T08:00:00", tz="UTC")
        assert articles.loc["a", "published_source"] == "given"
        assert articles.loc["b", "outlet"] == "P"
        assert pd.isna(articles.loc["b", "published_at"])

    def test_nearest_metadata_counts(self, write, tmp_path):
        write("sub/a.txt", STORY)
        write("metadata.csv", "file,outlet\nsub/a.txt,Far\n")
        write("sub/metadata.csv", "file,outlet\na.txt,Near\n")
        assert only(read.read(tmp_path))["outlet"] == "Near"

    def test_a_file_named_on_its_own_has_its_metadata_too(self, write):
        path = write("a.txt", STORY)
        write("b.txt", OTHER)
        write("metadata.csv", "file,outlet\na.txt,O\nb.txt,P\ngone.txt,Q\n")
        result = read.read(path)
        assert only(result)["outlet"] == "O"
        assert len(result.problems) == 0

    def test_hash_of_the_metadata_is_listed(self, write, tmp_path):
        write("a.txt", STORY)
        data = b"file,outlet\na.txt,O\n"
        write("metadata.csv", data)
        files = read.read(tmp_path).files.set_index("kind")
        assert files.loc["metadata", "sha256"] == hashlib.sha256(data).hexdigest()
        assert files.loc["metadata", "n_articles"] == 0

    @pytest.mark.parametrize(
        ("row", "problem"),
        [
            ("gone.txt,,,,,", "no file 'gone.txt' beside it"),
            (",T,,,,", "no file is named"),
            ("a.txt,T,,,,", "'a.txt' has a row already, row 2"),
        ],
    )
    def test_bad_row_is_a_problem_and_its_file_is_read_without(self, write, tmp_path, row, problem):
        write("a.txt", STORY)
        write("b.txt", OTHER)
        write("metadata.csv", f"{self.HEAD}a.txt,,O,,,\n{row}\n")
        with pytest.raises(errors.InputError) as caught:
            read.read(tmp_path)
        assert "metadata.csv, row 3: " in str(caught.value)
        assert problem in str(caught.value)
        result = read.read(tmp_path, skip_bad=True)
        assert result.articles["article_id"].tolist() == ["a", "b"]
        assert result.articles["outlet"].fillna("-").tolist() == ["O", "-"]
        assert [(file, line) for file, line, _ in problems(result)] == [("metadata.csv", 3)]

    def test_bad_date_is_a_missing_one_and_the_rest_of_its_row_holds(self, write, tmp_path):
        write("a.txt", STORY)
        write("metadata.csv", f"{self.HEAD}a.txt,T,O,someday,,\n")
        found = read.read(tmp_path)
        article = only(found)
        assert (article["title"], article["outlet"]) == ("T", "O")
        assert pd.isna(article["published_at"])
        assert [(file, line) for file, line, _ in problems(found)] == [("metadata.csv", 2)]

    def test_columns_of_articles_are_nothing_to_metadata(self, write, tmp_path):
        write("a.txt", STORY)
        write("Metadata.CSV", "file,text,body,outlet\na.txt,x,y,O\n")
        article = only(read.read(tmp_path))
        assert (article["text"], article["outlet"]) == (STORY, "O")

    def test_metadata_without_a_column_for_the_file_is_refused(self, write, tmp_path):
        write("a.txt", STORY)
        write("metadata.csv", "name,outlet\na.txt,O\n")
        assert "metadata.csv: no column 'file' among: name, outlet" in refusal(tmp_path)

    def test_id_can_be_given(self, write, tmp_path):
        write("a.txt", STORY)
        write("metadata.csv", "file,article_id\na.txt,first\n")
        assert only(read.read(tmp_path))["article_id"] == "first"

    def test_accents_are_the_same_however_they_are_composed(self, write, tmp_path):
        write("caf\u00e9.txt", STORY)
        write("metadata.csv", "file,outlet\ncaf\u00e9.txt,O\n")
        assert only(read.read(tmp_path))["outlet"] == "O"


class TestIds:
    def test_equal_stems_are_told_apart_by_their_paths(self, write, tmp_path):
        for name in ("one/x.txt", "two/x.txt", "two/y.txt", "two/y.md", "z.txt"):
            write(name, f"{name} {STORY}")
        assert read.read(tmp_path).articles["article_id"].tolist() == [
            *("one/x.txt", "two/x.txt", "two/y.md", "two/y.txt", "z")
        ]

    def test_equal_names_in_two_folders_are_told_apart(self, write, tmp_path):
        write("one/x.txt", STORY)
        write("two/x.txt", OTHER)
        paths = [tmp_path / "one", tmp_path / "two"]
        assert read.read(paths).articles["article_id"].tolist() == [
            str(path / "x.txt") for path in paths
        ]

    def test_given_id_goes_before_that_of_a_file(self, write, tmp_path):
        write("x.txt", STORY)
        write("a.csv", f"id,text\nx,{OTHER}\n")
        articles = read.read(tmp_path).articles.set_index("article_id")
        assert articles.loc["x", "text"] == OTHER
        assert articles.loc["x.txt", "text"] == STORY

    def test_row_without_an_id_gets_the_hash_of_its_text(self, write):
        path = write("a.jsonl", "\n".join(json.dumps({"text": t}) for t in (STORY, OTHER)))
        expected = sorted(hashlib.sha256(t.encode()).hexdigest()[:12] for t in (STORY, OTHER))
        assert read.read(path).articles["article_id"].tolist() == expected

    def test_identical_texts_without_ids_are_numbered_whatever_their_order(self, write):
        rows = [{"text": STORY, "outlet": outlet} for outlet in ("B", "A", "C")]
        digest = hashlib.sha256(STORY.encode()).hexdigest()[:12]
        frames = [
            read.read(write("a.json", json.dumps(order))).articles for order in (rows, rows[::-1])
        ]
        assert frames[0]["article_id"].tolist() == [digest, f"{digest}-2", f"{digest}-3"]
        assert frames[0]["outlet"].tolist() == ["A", "B", "C"]
        pd.testing.assert_frame_equal(*frames)

    def test_id_given_twice_names_both_places(self, write, tmp_path):
        one = write("one.csv", f"id,text\nx,{STORY}\n")
        two = write("two.csv", f"id,text\ny,{STORY}\nx,{OTHER}\n")
        message = refusal([one, two])
        assert f"{two}, row 3: article_id 'x' is that of {one}, row 2 too" in message
        result = read.check([one, two])
        assert result.articles["text"].tolist() == [STORY, STORY]
        assert [(file, row) for file, row, _ in problems(result)] == [("two.csv", 3)]

    def test_made_ids_do_not_take_those_in_use(self):
        digest = hashlib.sha256(STORY.encode()).hexdigest()[:12]
        assert ids.from_texts([STORY], taken={digest}) == [f"{digest}-2"]

    @pytest.mark.skipif(os.name == "nt", reason="file names are characters there")
    def test_file_name_that_is_no_utf8_can_be_written_later(self, tmp_path):
        path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
        try:
            with open(path, "w") as stream:
                stream.write(STORY)
        except OSError:
            pytest.skip("this file system takes UTF-8 names only")
        result = read.read(tmp_path)
        assert only(result)["article_id"] == "caf\ufffd"
        result.files["file"].iloc[0].encode("utf-8")


class TestStandardInput:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            (f"{STORY}\n\n{OTHER}", "text"),
            (
                json.dumps({"title": "a", "text": STORY}) + "\n" + json.dumps({"text": OTHER}),
                "jsonl",
            ),
            (json.dumps([{"text": STORY}], indent=1), "json"),
            (f"title,text\nT,{STORY}\n", "csv"),
            (f"title;text\nT;{STORY}\n", "csv"),
        ],
    )
    def test_format_is_recognised(self, text, kind):
        for stdin in (io.StringIO(text), io.BytesIO(text.encode("utf-8"))):
            result = read.read("-", stdin=stdin)
            assert result.files["kind"].tolist() == [kind]
            assert STORY in result.articles["text"].str.cat()

    def test_page_is_recognised(self):
        pytest.importorskip("trafilatura")
        page = PAGE.replace("PUBLISHED", "2018-07-16")
        result = read.read("-", stdin=io.StringIO(page))
        assert result.files["kind"].tolist() == ["html"]

    @pytest.mark.parametrize(
        "text",
        [
            f"Content, source and title\n{STORY}",
            f"{{sic}} {STORY}",
            f"[Update] {STORY}",
            "The text, the body of the report and its title were all wrong, the source said.\nx",
        ],
    )
    def test_prose_is_no_table(self, text):
        assert read.read("-", stdin=io.StringIO(text)).articles["text"].tolist() == [text]

    def test_plain_text_is_one_article_of_that_name(self):
        assert only(read.read("-", stdin=io.StringIO(STORY)))["article_id"] == "stdin"

    def test_error_names_it(self):
        message = refusal("-", stdin=io.StringIO(f"id,text\n1,{STORY}\n2,\n"))
        assert "standard input, row 3: the text is empty" in message

    def test_process_input_is_read(self):
        code = "import lineage; print(lineage.read('-').articles['text'].iloc[0], end='')"
        done = subprocess.run(
            [sys.executable, "-c", code], input=STORY.encode(), capture_output=True, check=True
        )
        assert done.stdout.decode() == STORY

    def test_file_without_a_type_is_recognised_too(self, write):
        result = read.read(write("story", json.dumps([{"text": STORY}])))
        assert result.files["kind"].tolist() == ["json"]


class TestSkipBad:
    def test_nothing_readable_lists_why(self, write):
        result = read.check(write("a.csv", "id,text\n1,\n2,...\n"))
        assert len(result.articles) == 0
        assert problems(result) == [
            ("a.csv", 2, "the text is empty"),
            ("a.csv", 3, "the text has no words"),
        ]

    def test_no_articles_at_all_is_an_error_all_the_same(self, write):
        path = write("a.csv", "id,text\n")
        assert "no articles in the input" in refusal(path)
        assert "no articles in the input" in refusal(path, skip_bad=True)

    def test_path_that_does_not_exist_is_listed(self, write, tmp_path):
        result = read.check([write("a.txt", STORY), tmp_path / "gone.txt"])
        assert len(result.articles) == 1
        assert [file for file, _, _ in problems(result)] == ["gone.txt"]

    def test_types_of_the_problems_hold_without_any(self, write):
        result = read.read(write("a.txt", STORY))
        assert result.problems.dtypes.astype(str).tolist() == ["string", "Int64", "string"]

    def test_progress_stays_off_where_there_is_no_terminal(self, write, capsys):
        read.read(write("a.txt", STORY), progress=True)
        assert capsys.readouterr().err == ""
