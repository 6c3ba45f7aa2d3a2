import pytest

from lineage.evidence import places
from lineage.match import pairs

from . import invented

LINE = "A brewery lent its lorries so that straw could be spread overnight."


def inserted(source, target, **given):
    return places.inserted_words(source, target, pairs.compare(source, target), **given)


class TestInsertedWords:
    def test_words_between_shared_ones_are_counted(self):
        longer = invented.report(*invented.inserted(LINE, invented.REPORT))
        assert inserted(invented.report(), longer) == len(LINE.split())
        assert inserted(longer, invented.report()) == 0

    @pytest.mark.parametrize("lines", [(*invented.REPORT, LINE), (LINE, *invented.REPORT)])
    def test_what_stands_at_an_end_is_not_between(self, lines):
        assert inserted(invented.report(), invented.report(*lines)) == 0

    def test_what_stands_for_other_words_is_not_inserted(self):
        one = invented.report(*invented.inserted(invented.ADDED[2], invented.REPORT))
        other = invented.report(*invented.inserted(LINE, invented.REPORT))
        assert inserted(one, other) == 0
        assert inserted(one, other, instead=len(invented.ADDED[2].split())) > 0

    def test_a_short_insertion_is_left_out_on_demand(self):
        longer = invented.report(*invented.inserted(LINE, invented.REPORT))
        assert inserted(invented.report(), longer, least=len(LINE.split()) + 1) == 0

    def test_a_moved_line_is_not_new(self):
        moved = (
            *invented.REPORT[:2],
            invented.REPORT[6],
            *invented.REPORT[2:6],
            invented.REPORT[7],
        )
        assert inserted(invented.report(), invented.report(*moved)) == 0
