import importlib.util
import pathlib

import pytest

from lineage import tables
from lineage.report.page import origins, refs

_spec = importlib.util.spec_from_file_location(
    "report_tables", pathlib.Path(__file__).with_name("report_tables.py")
)
report_tables = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(report_tables)


def made(n, edges=(), outcomes=(), absent=()):
    """Return tables of n texts, edges (source, target, relation), outcomes (a, b, outcome)."""
    found = report_tables.bare(n, stories=max(n, 1))
    rows = tables.records(found["articles"])
    rows += [{"article_id": name, "kind": "absent", "outlet": name} for name in absent]
    found["articles"] = tables.build("articles", rows)
    found["edges"] = tables.build(
        "edges",
        [
            {"source_id": a, "target_id": b, "relation": relation, "p_link": 0.97,
             "p_edge": 0.9, "n_alike": 1,
             "p_direction": 0.9, "score_bits": 0.0, "status": "kept"}
            for a, b, relation in edges
        ],
    )  # fmt: skip
    found["relations"] = tables.build(
        "relations", [{"a": a, "b": b, "outcome": outcome} for a, b, outcome in outcomes]
    )
    return found


def find(*arguments, **named):
    frames = made(*arguments, **named)
    return origins.find(frames, refs.Refs(frames))


def ids(found):
    return sorted(ref.row.article_id for ref in found)


class TestFind:
    def test_a_chain_and_a_fan_have_one_origin(self):
        found = find(
            4, [("a000", "a001", "edit"), ("a001", "a002", "edit"), ("a000", "a003", "edit")]
        )
        (origin,) = found.shared
        assert origin.root.row.article_id == "a000"
        assert ids(origin.texts) == ["a000", "a001", "a002", "a003"]
        assert found.n_origins == 1

    def test_a_quotation_is_no_origin(self):
        found = find(1, [("x", "a000", "quote")], absent=["x"])
        assert found.shared == ()
        assert ids(found.open) == ["a000"]

    def test_an_absent_root_counts_but_is_no_text(self):
        found = find(2, [("x", "a000", "reprint"), ("x", "a001", "reprint")], absent=["x"])
        (origin,) = found.shared
        assert origin.root.is_absent
        assert ids(origin.texts) == ["a000", "a001"]

    def test_a_text_of_two_sources_is_mixed_and_both_sources_stay_origins(self):
        found = find(3, [("a000", "a002", "rewrite"), ("a001", "a002", "rewrite")])
        (mixed,) = found.mixed
        assert ids(mixed.texts) == ["a002"]
        assert ids(mixed.roots) == ["a000", "a001"]
        assert found.n_origins == 2

    def test_two_first_reports_with_a_shared_source_are_one_origin_without_a_name(self):
        found = find(2, outcomes=[("a000", "a001", "shared_source")])
        (origin,) = found.shared
        assert origin.root is None
        assert ids(origin.texts) == ["a000", "a001"]

    @pytest.mark.parametrize(("p", "n_origins"), [(0.61, 2), (0.75, 1)])
    def test_a_doubtful_shared_source_makes_no_one_origin(self, p, n_origins):
        frames = made(2, outcomes=[("a000", "a001", "shared_source")])
        frames["relations"]["p_shared_source"] = p
        found = origins.find(frames, refs.Refs(frames))
        assert found.n_origins == n_origins
        assert len(found.open) == (2 if n_origins == 2 else 0)

    @pytest.mark.parametrize(
        ("outcomes", "group"),
        [
            (["independent", "unrelated"], "independent"),
            (["unrelated", "unrelated"], "unrelated"),
            (["independent", "undecided"], "open"),
            ([], "open"),
        ],
    )
    def test_what_the_pairs_say_of_a_text_that_stands_alone(self, outcomes, group):
        pairs = [("a000", f"a00{n + 1}", outcome) for n, outcome in enumerate(outcomes)]
        found = find(3, [("a001", "a002", "edit")], pairs)
        assert ids(getattr(found, group)) == ["a000"]
        assert found.n_origins == 2

    def test_a_copy_goes_with_the_text_that_it_repeats(self):
        frames = made(2, [("a000", "a001", "edit")])
        copy = frames["articles"].iloc[[1]].assign(article_id="copy", duplicate_of="a001")
        frames["articles"] = tables.coerce(
            "articles",
            tables.build("articles", [*tables.records(frames["articles"]), *tables.records(copy)]),
        )
        (origin,) = origins.find(frames, refs.Refs(frames)).shared
        assert ids(origin.texts) == ["a000", "a001", "copy"]
