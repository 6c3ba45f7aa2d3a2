import importlib.util
import pathlib

from lineage import config
from lineage.report.page import content_counts, edge_rows, next_best, refs

_spec = importlib.util.spec_from_file_location(
    "report_tables", pathlib.Path(__file__).with_name("report_tables.py")
)
report_tables = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(report_tables)


class TestWords:
    def said(self):
        made = report_tables.ferry()
        named = refs.Refs(made)
        worded, _ = edge_rows.worded(made, named, config.TraceConfig())
        kept = [edge for edge in worded if edge.status == "kept"]
        told = next_best.words(kept, worded, content_counts.find(made, named))
        return {
            (edge.source.row.article_id, edge.target.row.article_id): told[edge.anchor]
            for edge in kept
        }

    def test_the_runner_up_before_what_was_too_weak(self):
        assert self.said()["w1", "blog"] == (
            "Next best in the tables: C Channel Six, related 0.94, direct 0.20 (a runner-up)."
        )

    def test_what_other_edges_explain(self):
        assert self.said()["w1", "tv"].endswith("direct 0.10 (explained away by other edges).")

    def test_none(self):
        assert self.said()["w1", "live"] == "The tables have no other source of B."
