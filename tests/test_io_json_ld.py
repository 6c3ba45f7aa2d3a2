import importlib.util
import json
import pathlib

import pytest

from lineage import errors
from lineage.io.writers import json_ld

_spec = importlib.util.spec_from_file_location(
    "report_tables", pathlib.Path(__file__).with_name("report_tables.py")
)
report_tables = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(report_tables)

SCHEMA = "https://schema.org/"


def written(**settings):
    made = report_tables.ferry()
    kept = made["edges"][made["edges"]["status"] == "kept"]
    return json_ld.to_json_ld(made["articles"], kept, **settings)


def graph():
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")
    return rdflib.Graph().parse(data=written(), format="json-ld")


def pairs(found, name):
    from rdflib import URIRef

    short = len(json_ld.ARTICLE)
    return {(str(s)[short:], str(o)[short:]) for s, o in found.subject_objects(URIRef(name))}


class TestToJsonLd:
    def test_a_reader_of_rdf_finds_what_is_based_on_what(self):
        found = graph()
        # w1 -> live has no direction.
        assert pairs(found, SCHEMA + "isBasedOn") == {("tv", "w1"), ("blog", "w1")}
        assert pairs(found, SCHEMA + "citation") == {("blog", "absent%3Aharbour-gazette")}

    def test_a_reader_of_rdf_finds_each_article_once(self):
        from rdflib import RDF, URIRef

        found = graph()
        assert len(set(found.subjects(RDF.type, URIRef(SCHEMA + "NewsArticle")))) == 5
        assert len(set(found.subjects(RDF.type, URIRef(SCHEMA + "CreativeWork")))) == 1

    def test_an_undecided_direction_is_not_claimed(self):
        assert written(arrow=0.5).count('"isBasedOn": [') == 3
        assert written(arrow=0.7).count('"isBasedOn": [') == 2

    def test_several_authors_are_several_persons(self):
        made = report_tables.ferry()
        made["articles"]["byline"] = "Jana Roux; Tom Low"
        nodes = json.loads(json_ld.to_json_ld(made["articles"], made["edges"].head(0)))["@graph"]
        assert [each["name"] for each in nodes[0]["author"]] == ["Jana Roux", "Tom Low"]

    def test_a_date_is_no_finer_than_it_is_known(self):
        nodes = {node["identifier"]: node for node in json.loads(written())["@graph"]}
        assert nodes["w1"]["datePublished"] == "2024-05-14T09:05:00Z"
        assert nodes["own"]["datePublished"] == "2024-05-15"
        assert "datePublished" not in nodes["blog"]

    def test_a_script_address_is_no_address_and_no_tag_can_end_a_script_element(self):
        assert "javascript:" not in written()
        assert "<" not in written()
        nodes = {node["identifier"]: node for node in json.loads(written())["@graph"]}
        assert nodes["own"]["headline"].startswith("<script>")

    def test_order_of_rows_makes_no_difference(self):
        made = report_tables.shuffled(report_tables.ferry(), 4)
        kept = made["edges"][made["edges"]["status"] == "kept"]
        assert json_ld.to_json_ld(made["articles"], kept) == written()

    def test_an_edge_to_nowhere_is_refused(self):
        made = report_tables.ferry()
        articles = made["articles"][made["articles"]["article_id"] != "tv"]
        with pytest.raises(errors.TableError, match="no article 'tv'"):
            json_ld.to_json_ld(articles, made["edges"])
