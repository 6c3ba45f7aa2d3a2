import io

import pandas as pd
import pytest

from lineage import errors
from lineage.io.readers import read

pytest.importorskip("feedparser")
pytest.importorskip("inscriptis")

STORY = "The old harbor bridge was shut on Monday after engineers found cracks in two pylons."
OTHER = "Some thousands of drivers use the bridge each day and will have to take the tunnel."

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<?xml-stylesheet href="a.xsl"?><!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbor Daily</title>
<item><title>Bridge &amp;amp; tunnel shut</title><link>https://h.example/bridge?a=1&amp;b=2</link>
<pubDate>Mon, 16 Jul 2018 14:05:30 -0400</pubDate><dc:creator>Jane Roe</dc:creator>
<description>A teaser.</description>
<content:encoded><![CDATA[<p>{STORY}</p><script>evil()</script><p>A&nbsp;<b>bold</b> line.</p>]]>
</content:encoded></item>
<item><title>Tunnel</title><description>{OTHER}</description>
<source url="https://w.example">Wire</source><dc:date>2018-07-16</dc:date></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbor Daily</title>
<entry><title type="html">Shut &amp;lt;again&amp;gt;</title><link href="https://h.example/1"/>
<published>PUBLISHED</published><updated>2018-07-19T10:00:00Z</updated>
<content type="text">{STORY} Less &lt; more.</content></entry></feed>"""


@pytest.fixture
def write(tmp_path):
    def write_file(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write_file


def by_title(result):
    return result.articles.set_index("title")


class TestRss:
    def test_an_item_is_an_article_with_what_is_said_of_it(self, write):
        article = by_title(read.read(write("a.rss", RSS))).loc["Bridge & tunnel shut"]
        assert article["text"] == f"{STORY}\n\nA bold line."
        assert article["url"] == "https://h.example/bridge?a=1&b=2"
        assert article["outlet"] == "Harbor Daily"
        assert article["byline"] == "Jane Roe"
        assert article["published_at"] == pd.Timestamp("2018-07-16T18:05:30", tz="UTC")
        assert article["published_precision"] == "second"

    def test_a_summary_stands_in_and_a_named_source_is_the_outlet(self, write):
        article = by_title(read.read(write("a.xml", RSS))).loc["Tunnel"]
        assert article["text"] == OTHER
        assert article["outlet"] == "Wire"
        assert article["published_at"] == pd.Timestamp("2018-07-16", tz="UTC")
        assert article["published_precision"] == "day"

    def test_a_year_of_two_digits_is_understood(self, write):
        path = write("a.rss", RSS.replace("16 Jul 2018", "16 Jul 18"))
        article = by_title(read.read(path)).loc["Bridge & tunnel shut"]
        assert article["published_at"] == pd.Timestamp("2018-07-16T18:05:30", tz="UTC")

    def test_the_encoding_that_it_declares_counts(self, write):
        feed = RSS.replace("utf-8", "iso-8859-2").replace("Jane Roe", "Jana Černá")
        article = by_title(read.read(write("a.rss", feed.encode("iso-8859-2"))))
        assert article.loc["Bridge & tunnel shut", "byline"] == "Jana Černá"

    def test_an_item_without_text_is_named_by_its_number_and_ends_nothing(self, write):
        path = write("a.rss", RSS.replace(f"<description>{OTHER}</description>", ""))
        found = read.read(path)
        assert len(found.articles) == 1
        assert found.problems["row"].tolist() == [2]

    @pytest.mark.parametrize(
        ("written", "at"),
        [
            ("Mo, 16 Jul 2018 14:05:30 -0400", "2018-07-16T18:05:30"),
            ("lun., 16 juil. 2018 20:05:30 +0200", "2018-07-16T18:05:30"),
            ("20180716180530", "2018-07-16T18:05:30"),
            ("Mon, 16 Jul 2018 24:00:00 GMT", "2018-07-16"),
        ],
    )
    def test_dates_as_programs_write_them(self, write, written, at):
        path = write("a.rss", RSS.replace("Mon, 16 Jul 2018 14:05:30 -0400", written))
        found = read.read(path)
        article = by_title(found).loc["Bridge & tunnel shut"]
        assert article["published_at"] == pd.Timestamp(at, tz="UTC")
        assert len(found.problems) == 0

    @pytest.mark.parametrize(
        "written", ["Mon, 16 Foo 2018 14:05:30 GMT", "yesterday", "Mon, 16 Jul 2718 14:05:30 GMT"]
    )
    def test_a_bad_date_is_a_missing_one_and_told(self, write, written):
        path = write("a.rss", RSS.replace("Mon, 16 Jul 2018 14:05:30 -0400", written))
        found = read.read(path)
        assert len(found.articles) == 2
        assert pd.isna(by_title(found).loc["Bridge & tunnel shut", "published_at"])
        assert found.problems["row"].tolist() == [1]
        assert written.split()[0] in found.problems["problem"].iloc[0]

    def test_two_downloads_of_one_feed_do_not_clash(self, write):
        paths = [write("a.rss", RSS), write("b.rss", RSS)]
        assert len(read.read(paths).articles) == 4


class TestAtom:
    def test_publication_counts(self, write):
        feed = ATOM.replace("PUBLISHED", "2018-07-16T10:00:00Z")
        article = read.read(write("a.atom", feed)).articles.iloc[0]
        assert article["title"] == "Shut <again>"
        assert article["text"] == f"{STORY} Less < more."
        assert article["published_at"] == pd.Timestamp("2018-07-16T10:00:00", tz="UTC")

    def test_a_change_is_no_publication(self, write):
        feed = ATOM.replace("<published>PUBLISHED</published>", "")
        article = read.read(write("a.atom", feed)).articles.iloc[0]
        assert pd.isna(article["published_at"])


class TestHostile:
    def test_a_file_of_this_machine_is_not_pulled_in(self, write, tmp_path):
        secret = write("secret.txt", "hidden words here")
        head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        feed = f"""{head}<rss version="2.0"><channel><title>t</title><item><title>T</title>
        <description>{STORY} &x;</description></item></channel></rss>"""
        found = read.read(write("a.xml", feed)).articles["text"].iloc[0]
        assert STORY in found
        assert "hidden" not in found

    def test_entities_that_grow_without_end_are_not_expanded(self, write):
        entities = '<!ENTITY e0 "lollollol">' + "".join(
            f'<!ENTITY e{k} "{f"&e{k - 1};" * 10}">' for k in range(1, 10)
        )
        feed = f"""<?xml version="1.0"?><!DOCTYPE rss [{entities}]><rss version="2.0"><channel>
        <title>t</title><item><description>{STORY} &e9;</description></item></channel></rss>"""
        found = read.check(write("a.xml", feed)).articles["text"]
        assert all(len(text) < 1000 for text in found)


class TestRefusal:
    def test_a_feed_that_breaks_off_is_refused(self, write):
        with pytest.raises(errors.InputError, match="the feed breaks off"):
            read.read(write("a.rss", RSS[: RSS.index(OTHER) + 20]))

    @pytest.mark.parametrize("text", ["", "<html><body>x</body></html>", "<a/>", STORY])
    def test_what_is_no_feed_is_refused(self, write, text):
        with pytest.raises(errors.InputError, match="not an RSS or Atom feed"):
            read.read(write("a.xml", text))

    def test_a_feed_without_items_is_refused(self, write):
        empty = '<rss version="2.0"><channel><title>t</title></channel></rss>'
        with pytest.raises(errors.InputError, match="a feed without items"):
            read.read(write("a.rss", empty))

    def test_other_xml_in_a_folder_is_passed_over(self, write, tmp_path):
        write("a.rss", RSS)
        write("sitemap.xml", "<?xml version='1.0'?><urlset/>")
        found = read.read(tmp_path)
        assert len(found.articles) == 2
        assert found.problems["problem"].tolist() == ["not read: XML, but no feed"]


class TestStandardInput:
    @pytest.mark.parametrize("feed", [RSS, ATOM.replace("PUBLISHED", "2018-07-16")])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_a_feed_is_recognised(self, feed, encoding):
        data = feed.replace('encoding="utf-8"', f'encoding="{encoding}"').encode(encoding)
        found = read.read("-", stdin=io.BytesIO(data))
        assert found.files["kind"].tolist() == ["feed"]
        assert found.articles["text"].str.contains(STORY, regex=False).any()
