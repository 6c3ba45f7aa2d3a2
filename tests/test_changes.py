import pytest

from lineage.report.page import facts_to_check


class TestGroup:
    @pytest.mark.parametrize(
        ("cell", "place"),
        [
            ("number 12 -> 21 (contradicts)", 0),
            ("money $1.5 million -> $1 million (rounded); name omitted: Kold", 0),
            ("hedge omitted: may close", 0),
            ("speaker added: police", 0),
            ("name omitted: Kold", 1),
            ('number added: 12; quote omitted: "Nobody asked me anything"', 1),
            ("eighteen became eighty", 0),
            ("measure 10 miles -> 16 km (same)", 2),
            ('quote "We heard it before" -> "We heard it" (shortened)', 2),
            ('quote "We heard it" -> "We saw it" (contradicts)', 0),
        ],
    )
    def test_what_was_only_left_out_or_added_is_apart(self, cell, place):
        assert facts_to_check.group(cell) == facts_to_check.GROUPS[place]
