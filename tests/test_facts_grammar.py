import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage import errors, facts

PAIRED = tuple(grade for grade in facts.GRADES if grade not in ("added", "omitted"))
# Words with all that separates items, values and grades.
values = st.one_of(
    st.text(min_size=1, max_size=12),
    st.sampled_from(['a; b "c"', "1,200", "x, y", "a -> b", "a (rounded)", "added: x", "\\", "5,"]),
).map(lambda text: " ".join(text.split()))
values = values.filter(bool)


@st.composite
def changes(draw):
    kind = draw(st.sampled_from(facts.KINDS))
    if draw(st.booleans()):
        return facts.Change(kind, draw(values), draw(values), draw(st.sampled_from(PAIRED)))
    if draw(st.booleans()):
        return facts.Change(kind, None, draw(values), "added")
    return facts.Change(kind, draw(values), None, "omitted")


class TestRender:
    def test_one_item_a_pair_and_one_for_all_that_came_or_went(self):
        told = facts.render(
            [
                facts.Change("name", None, "Vost", "added"),
                facts.Change("name", None, "Alder", "added"),
                facts.Change("number", "1,200", "1,300", "contradicts"),
            ]
        )
        assert told == "number 1,200 -> 1,300 (contradicts); name added: Vost, Alder"

    def test_what_separates_is_put_between_quotation_marks(self):
        told = facts.render([facts.Change("name", "Buffalo, New York", "New York", "rounded")])
        assert told == 'name "Buffalo, New York" -> New York (rounded)'

    def test_nothing_differs(self):
        assert facts.render([]) == facts.NONE


class TestParse:
    @given(st.lists(changes(), max_size=6))
    def test_reads_all_that_render_writes(self, drawn):
        read = facts.parse(facts.render(drawn))
        assert sorted(map(repr, read)) == sorted(map(repr, drawn))
        assert facts.render(read) == facts.render(drawn)

    def test_none_is_no_change(self):
        assert facts.parse("none") == facts.parse("") == []

    @pytest.mark.parametrize(
        "text", ["number 3 -> 5", "colour red -> blue (same)", "number 3 -> 5 (odd)", "x", "name "]
    )
    def test_anything_else_is_an_error_that_shows_it(self, text):
        with pytest.raises(errors.TableError, match="changed_facts"):
            facts.parse(text)
