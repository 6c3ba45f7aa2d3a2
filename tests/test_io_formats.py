"""The table of input formats: a row more is a format more, wherever formats are asked about."""

import io

import pytest

from lineage import errors
from lineage.io.readers import formats, read
from lineage.io.readers.delimited import Record
from lineage.io.web import fetching, kept_pages

STORY = "The ferry to Holm was stopped on Friday after water came into its engine room."
OTHER = "A crane fell on the quay of Holm on Saturday and nobody was hurt by it."


def telegrams(content):
    """A made-up format: STOP ends a telegram, the first line says that it is one."""
    _, _, body = content.text.partition("\n")
    for number, text in enumerate(body.split(" STOP"), start=1):
        if text.strip():
            yield Record(number, {"text": text.strip()})


TELEGRAM = formats.Format(
    "telegram",
    (".tgm",),
    sniff=lambda content: content.text.startswith("TELEGRAM\n"),
    read=telegrams,
    media_types=("text/telegram",),
)
SENT = f"TELEGRAM\n{STORY} STOP {OTHER} STOP"


class TestMadeUpFormat:
    @pytest.fixture(autouse=True)
    def row(self, monkeypatch):
        monkeypatch.setattr(formats, "TABLE", (*formats.TABLE, TELEGRAM))

    def holds_both(self, result):
        assert set(result.articles["text"]) == {STORY, OTHER}
        assert result.files["kind"].tolist() == ["telegram"]

    def test_is_read_by_its_suffix_in_a_folder_and_by_name(self, tmp_path):
        path = tmp_path / "a.TGM"
        path.write_text(SENT)
        self.holds_both(read.read(path))
        self.holds_both(read.read(tmp_path))

    def test_is_recognised_by_its_content(self):
        self.holds_both(read.read("-", stdin=io.StringIO(SENT)))

    def test_is_known_to_servers_and_kept_under_its_suffix(self):
        row = formats.by_media_type("Text/Telegram; charset=utf-8")
        page = fetching.Page("http://a.example/b", "http://a.example/b", row.kind, None, b"", "")
        assert any(
            name.endswith(".tgm")
            for name in kept_pages.files([kept_pages.Kept(page, row.kind, None)])
        )

    def test_is_named_where_a_type_is_not_read(self, tmp_path):
        path = tmp_path / "a.xyz"
        path.write_text(STORY)
        with pytest.raises(errors.InputError, match=r"there are \.txt, .*\.tgm"):
            read.read(path)


class TestTable:
    def test_a_suffix_and_a_media_type_belong_to_one_format(self):
        for names in (
            [row.kind for row in formats.TABLE],
            formats.suffixes(),
            [name for row in formats.TABLE for name in row.media_types],
        ):
            assert len(set(names)) == len(names)

    def test_every_format_has_a_suffix(self):
        assert all(row.suffixes for row in formats.TABLE)

    def test_content_that_nothing_knows_is_left_to_plain_text(self):
        content = formats.Content(STORY.encode(), STORY, "a", None)
        assert formats.sniff(content, characters=True) is None
        assert formats.sniff(content, characters=False) is None
