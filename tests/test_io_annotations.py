"""Annotations against the W3C Web Annotation Data Model, expanded by a JSON-LD processor."""

import json

import pytest

from lineage import errors
from lineage.io.writers import annotations

from . import report_tables

OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
# The terms that are used here, as http://www.w3.org/ns/anno.jsonld defines them (Web Annotation
# Vocabulary, appendix A); a term that it lacks would be dropped, which a test below would see.
TERMS = {
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@vocab"},
    "Annotation": f"{OA}Annotation",
    "AnnotationCollection": f"{AS}OrderedCollection",
    "AnnotationPage": f"{AS}OrderedCollectionPage",
    "TextualBody": f"{OA}TextualBody",
    "SpecificResource": f"{OA}SpecificResource",
    "TextQuoteSelector": f"{OA}TextQuoteSelector",
    "TextPositionSelector": f"{OA}TextPositionSelector",
    "linking": f"{OA}linking",
    "tagging": f"{OA}tagging",
    "commenting": f"{OA}commenting",
    "body": {"@type": "@id", "@id": f"{OA}hasBody"},
    "target": {"@type": "@id", "@id": f"{OA}hasTarget"},
    "source": {"@type": "@id", "@id": f"{OA}hasSource"},
    "selector": {"@type": "@id", "@id": f"{OA}hasSelector"},
    "motivation": {"@type": "@vocab", "@id": f"{OA}motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": f"{OA}hasPurpose"},
    "exact": f"{OA}exact",
    "prefix": f"{OA}prefix",
    "suffix": f"{OA}suffix",
    "start": {"@id": f"{OA}start", "@type": f"{XSD}nonNegativeInteger"},
    "end": {"@id": f"{OA}end", "@type": f"{XSD}nonNegativeInteger"},
    "value": f"{RDF}value",
    "format": "http://purl.org/dc/elements/1.1/format",
    "label": {"@id": "http://www.w3.org/2000/01/rdf-schema#label"},
    "total": {"@id": f"{AS}totalItems", "@type": f"{XSD}nonNegativeInteger"},
    "first": {"@type": "@id", "@id": f"{AS}first"},
    "items": {"@type": "@id", "@id": f"{AS}items", "@container": "@list"},
    "startIndex": {"@id": f"{AS}startIndex", "@type": f"{XSD}nonNegativeInteger"},
}


@pytest.fixture(scope="module")
def frames():
    return report_tables.ferry()


@pytest.fixture(scope="module")
def document(frames):
    return json.loads(annotations.to_json(frames))


def expanded(document):
    jsonld = pytest.importorskip("pyld.jsonld", reason="needs pyld, a part of the extra `dev`")

    def load(url, options):
        assert url == annotations.CONTEXT
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": TERMS}}

    (found,) = jsonld.expand(document, {"documentLoader": load})
    return found


def items(document):
    page = expanded(document)[f"{AS}first"][0]
    return page[f"{AS}items"][0]["@list"]


def leaves(value):
    if isinstance(value, dict):
        return sum(leaves(item) for key, item in value.items() if key != "@context")
    if isinstance(value, list):
        return sum(map(leaves, value))
    return 1


class TestToJson:
    def test_a_json_ld_processor_knows_every_term(self, document):
        found = expanded(document)

        def count(value):
            if isinstance(value, dict):
                if "@value" in value:
                    return 1
                return sum(count(item) for item in value.values())
            return sum(map(count, value)) if isinstance(value, list) else 1

        assert count(found) == leaves(document)

    def test_every_attribution_with_source_words_is_one(self, frames, document):
        given = frames["attributions"]
        assert document["total"] == given["source_start"].notna().sum() == len(items(document))

    def test_annotations_keep_the_rules_of_the_model(self, document):
        for each in items(document):
            assert each["@type"] == [f"{OA}Annotation"]
            assert each["@id"].startswith("urn:")
            assert len(each[f"{OA}hasTarget"]) == 1
            assert each[f"{OA}motivatedBy"] == [{"@id": f"{OA}linking"}]
            places = [*each[f"{OA}hasTarget"], *each[f"{OA}hasBody"][-1:]]
            for place in places:
                assert len(place[f"{OA}hasSource"]) == 1
                quote, position = place[f"{OA}hasSelector"]
                assert quote["@type"] == [f"{OA}TextQuoteSelector"]
                assert position["@type"] == [f"{OA}TextPositionSelector"]
                for name in ("exact", "prefix", "suffix"):
                    assert len(quote[f"{OA}{name}"]) == 1
                ends = [position[f"{OA}{name}"][0] for name in ("start", "end")]
                assert {end["@type"] for end in ends} == {f"{XSD}nonNegativeInteger"}
                assert 0 <= ends[0]["@value"] < ends[1]["@value"]

    def test_quote_and_position_select_the_same_words(self, document):
        texts = set(report_tables.TEXTS.values())
        for item in document["first"]["items"]:
            for place in (item["target"], item["body"][-1]):
                quote, position = place["selector"]
                around = quote["prefix"] + quote["exact"] + quote["suffix"]
                start = position["start"] - len(quote["prefix"])
                assert any(
                    text[position["start"] : position["end"]] == quote["exact"]
                    and text[start : start + len(around)] == around
                    for text in texts
                )

    def test_a_text_is_named_by_its_address_and_else_by_its_id(self, document):
        sources = {item["target"]["source"] for item in document["first"]["items"]}
        assert "https://channelsix.example/ferry?a=1&b=2" in sources
        assert "urn:x-lineage:blog" in sources
        # An address that is a script is none.
        assert not any(source.startswith("javascript") for source in sources)

    def test_one_article_on_request(self, frames):
        found = json.loads(annotations.to_json(frames, "tv"))
        assert found["id"] == "urn:x-lineage:tv:attributions"
        assert {item["target"]["source"] for item in found["first"]["items"]} == {
            "https://channelsix.example/ferry?a=1&b=2"
        }

    def test_an_unknown_article_is_a_usage_error(self, frames):
        with pytest.raises(errors.UsageError, match="no article"):
            annotations.to_json(frames, "nobody")
