import codecs

import pytest

from lineage import errors
from lineage.io.readers import decode

ENGLISH = (
    "The mayor said on Monday that the bridge would stay closed. Engineers had found cracks "
    "in two of the pylons of the structure, which was built in 1931. "
) * 4


class TestDecode:
    @pytest.mark.parametrize(
        ("mark", "encoding"),
        [
            (codecs.BOM_UTF8, "utf-8"),
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
            (codecs.BOM_UTF32_LE, "utf-32-le"),
            (codecs.BOM_UTF32_BE, "utf-32-be"),
        ],
    )
    def test_byte_order_mark_decides_and_is_dropped(self, mark, encoding):
        text = "Größe\r\n“no”"
        assert decode.decode(mark + text.encode(encoding)) == decode.Decoded(text, encoding)

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
    def test_utf16_without_a_mark_is_told_from_a_binary_file(self, encoding):
        assert decode.decode(ENGLISH.encode(encoding)).text == ENGLISH

    @pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
    def test_line_ends_and_blanks_stay_as_they_are(self, ends):
        text = f"  one{ends}{ends}two  {ends}"
        assert decode.decode(text.encode()).text == text

    @pytest.mark.parametrize(
        "words",
        [
            "President Peña Nieto",
            "the crème brûlée",
            "São Paulo",
            "it’s “done” — for €5",
            "à la carte",
            "Zoë's café",
        ],
    )
    def test_english_with_a_few_western_letters_is_read_right(self, words):
        text = f"{ENGLISH}{words}. {ENGLISH}"
        assert decode.decode(text.encode("cp1252")).text == text

    @pytest.mark.parametrize(
        ("encoding", "text"),
        [
            ("cp1251", "Мост закрыли в понедельник после того, как инженеры нашли трещины."),
            ("koi8-r", "Мост закрыли в понедельник после того, как инженеры нашли трещины."),
            ("cp1250", "Most zamknięto w poniedziałek, gdy inżynierowie znaleźli pęknięcia."),
            ("cp1250", "Mivel a mérnökök repedéseket találtak, hétfőn lezárták a hidat; őszig."),
            ("cp1252", "Die Brücke wurde gesperrt, weil größere Schäden drohen."),
            ("cp1252", "Le pont a été fermé après la découverte d’une fissure."),
            ("cp1252", "A ponte foi fechada após rachaduras; a população usará o túnel."),
            ("cp1250", "Most je zatvoren nakon što su inženjeri našli pukotine u dva stupa."),
            ("iso8859_2", "Před podzimem se znovu neotevře, uvedlo město; řidiči čekají."),
            ("cp1257", "Tiltas uždarytas, kai inžinieriai rado įtrūkimų dviejose atramose."),
            ("shift_jis", "橋は月曜日に閉鎖された。市長は記者団に語った。"),
            ("gb18030", "这座桥星期一被关闭，因为工程师发现了裂缝。"),
        ],
    )
    def test_other_encodings_are_detected(self, encoding, text):
        assert decode.decode((f"{text}\n" * 8).encode(encoding)).text == f"{text}\n" * 8

    def test_a_page_says_its_own_encoding(self):
        page = '<html><head><meta charset="windows-1253"></head>Η γέφυρα</html>'
        data = page.encode("cp1253")
        assert decode.decode(data, declares=True) == decode.Decoded(page, "cp1253")

    def test_latin_1_of_a_page_is_read_as_browsers_do(self):
        page = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">“no”'
        assert decode.decode(page.encode("cp1252"), declares=True).text == page

    def test_a_page_that_says_nonsense_is_read_all_the_same(self):
        page = f'<html><meta charset="base64">{ENGLISH} café</html>'
        assert decode.decode(page.encode("cp1252"), declares=True).text == page

    @pytest.mark.parametrize(
        ("data", "what"),
        [
            (b"%PDF-1.7 ...", "a PDF"),
            (b"PK\x03\x04....", "office document"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old office document"),
            (b"{\\rtf1\\ansi ...", "rich text"),
            (b"\x1f\x8b\x08....", "gzip"),
            (b"\x89PNG\r\n\x1a\n", "picture"),
            (b"some\x00bytes\x01\x02\x03", "binary"),
            (b"\x00" * 64, "binary"),
        ],
    )
    def test_what_is_no_text_is_refused(self, data, what):
        with pytest.raises(errors.InputError, match=what):
            decode.decode(data)

    def test_mark_followed_by_something_else_is_refused(self):
        with pytest.raises(errors.InputError, match="breaks off at byte 1"):
            decode.decode(codecs.BOM_UTF8 + b"a\xff\xfe")

    def test_empty_file_is_an_empty_text(self):
        assert decode.decode(b"").text == ""
