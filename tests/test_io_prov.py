import importlib.util
import json
import pathlib
import re
import sys

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import lineage
from lineage import errors, tables
from lineage.io.writers import prov

model = pytest.importorskip("prov.model", reason="the extra prov is not installed")

_spec = importlib.util.spec_from_file_location(
    "report_tables", pathlib.Path(__file__).with_name("report_tables.py")
)
report_tables = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(report_tables)
pytest.importorskip("lark", reason="lark is not installed")
from . import provn  # noqa: E402


def ferry():
    return lineage.Lineage(report_tables.ferry(), report_tables.run_record())


def derivations(made):
    """Return what is derived from what, with its attributes, as a reader of PROV finds it."""
    found = {}
    for record in made.get_records(model.ProvDerivation):
        target, source = (str(value) for _, value in record.formal_attributes[:2])
        extra = {str(name): value for name, value in record.extra_attributes}
        found[source.removeprefix("run:article/"), target.removeprefix("run:article/")] = extra
    return found


class TestDocument:
    def test_json_reads_back_as_the_same_document(self):
        made = ferry().to_prov()
        again = model.ProvDocument.deserialize(content=prov.to_json(made), format="json")
        assert again == made

    def test_each_kept_edge_is_a_derivation_of_its_type_with_its_probabilities(self):
        result = ferry()
        read = model.ProvDocument.deserialize(content=prov.to_json(result.to_prov()), format="json")
        found = derivations(read)
        assert len(found) == len(result.edges)
        types = {ends[1]: str(values.get("prov:type")) for ends, values in found.items()}
        assert types["tv"] == "prov:Quotation"
        assert types["live"] == "prov:Revision"
        assert str(found["absent%3Aharbour-gazette", "blog"]["prov:type"]) == "prov:PrimarySource"
        assert "prov:type" not in found["w1", "blog"]
        assert found["w1", "tv"]["lineage:p_edge"] == 0.997
        assert found["w1", "tv"]["lineage:direction"] == "decided"
        assert found["w1", "blog"]["lineage:direction"] == "likely"
        assert found["w1", "live"]["lineage:direction"] == "undecided"

    def test_outlets_are_agents_and_the_trace_an_activity_that_used_the_supplied(self):
        made = ferry().to_prov()
        agents = {str(agent.identifier) for agent in made.get_records(model.ProvAgent)}
        assert {"run:outlet/North%20Sea%20Wire", "run:lineage"} <= agents
        (activity,) = made.get_records(model.ProvActivity)
        assert str(activity.identifier) == "run:trace"
        assert len(list(made.get_records(model.ProvUsage))) == 5

    def test_provn_names_every_edge(self):
        result = ferry()
        written = prov.to_provn(result.to_prov())
        assert written.startswith("document\n")
        assert written.rstrip().endswith("endDocument")
        assert len(re.findall(r"^\s*wasDerivedFrom\(run:edge/", written, re.MULTILINE)) == 4

    def test_provn_reads_back_as_the_same_document_by_the_recommendation_alone(self):
        made = ferry().to_prov()
        written = prov.to_provn(made)
        again = model.ProvDocument.deserialize(content=written, format="provn", profile="strict")
        assert again == made

    def test_provn_is_what_the_grammar_of_the_recommendation_says(self):
        result = ferry()
        namespaces, expressions = provn.read(prov.to_provn(result.to_prov()))
        assert namespaces == {"lineage": prov.VOCABULARY, "run": prov.THINGS}
        found = {}
        for name, own, others, attributes in expressions:
            found.setdefault(name, []).append((own, others, attributes))
        assert len(found["entity"]) == len(result.articles)
        assert len(found["used"]) == (result.articles["kind"] == "supplied").sum()
        edges = {
            (others[1].removeprefix("run:article/"), others[0].removeprefix("run:article/")): values
            for _, others, values in found["derived"]
        }
        for row in result.edges.itertuples():
            values = edges[row.source_id.replace(":", "%3A"), row.target_id]
            assert values["lineage:relation"] == row.relation
            assert values["lineage:p_edge"] == (str(row.p_edge), "xsd:double")
        assert len({own for own, *_ in found["derived"]}) == len(result.edges)

    def test_order_of_rows_makes_no_difference(self):
        one = prov.to_json(ferry().to_prov())
        again = lineage.Lineage(
            report_tables.shuffled(report_tables.ferry(), 5), report_tables.run_record()
        )
        assert prov.to_json(again.to_prov()) == one

    @given(st.lists(st.text(min_size=1, max_size=6), min_size=2, max_size=4, unique=True))
    def test_any_id_and_title_can_be_read_back(self, ids):
        rows = [{"article_id": name, "title": name, "kind": "supplied"} for name in ids]
        made = prov.document(tables.build("articles", rows), tables.empty("edges"), {})
        again = model.ProvDocument.deserialize(content=prov.to_json(made), format="json")
        assert len(list(again.get_records(model.ProvEntity))) == len(ids)
        written = prov.to_provn(made)
        again = model.ProvDocument.deserialize(content=written, format="provn", profile="strict")
        assert again == made
        _, expressions = provn.read(written)
        labels = [values["prov:label"] for name, _, _, values in expressions if name == "entity"]
        assert sorted(labels) == sorted(name.encode("utf-8", "replace").decode() for name in ids)

    def test_an_edge_to_nowhere_is_refused(self):
        made = report_tables.ferry()
        articles = made["articles"][made["articles"]["article_id"] != "tv"]
        with pytest.raises(errors.TableError, match="no article 'tv'"):
            prov.document(articles, made["edges"], {})

    def test_times_are_times(self):
        made = ferry().to_prov()
        (found,) = made.get_record("run:article/w1")
        values = {str(name): value for name, value in found.extra_attributes}
        assert pd.Timestamp(values["lineage:published_at"]) == pd.Timestamp("2024-05-14T09:05Z")

    def test_a_missing_library_is_named_with_the_extra(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "prov.model", None)
        with pytest.raises(errors.MissingExtraError, match=r"article-lineage\[prov\]"):
            ferry().to_prov()


class TestSave:
    def test_the_run_folder_has_it(self, tmp_path):
        place = ferry().save(tmp_path / "run")
        path = place / "lineage.prov.json"
        assert json.loads(path.read_bytes())["activity"]
        assert model.ProvDocument.deserialize(source=path, format="json") == ferry().to_prov()

    def test_without_the_library_the_folder_is_written_without_it(self, tmp_path, monkeypatch):
        monkeypatch.setattr(prov, "is_installed", lambda: False)
        place = ferry().save(tmp_path / "run")
        assert not (place / "lineage.prov.json").exists()
        assert (place / "report.html").is_file()
