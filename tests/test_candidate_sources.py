import pandas as pd
import pytest

import lineage
from lineage import config
from lineage.cli import explanations
from lineage.graph import graph_settings

REPORT = (
    "The lighthouse keeper of Varrow Point found the trawler on the reef at first light.\n\n"
    "Four men were lifted off by a helicopter from Denmoor and taken to the infirmary.\n\n"
    "The skipper, Aldous Penhallow, stayed aboard until the tide had turned.\n\n"
    "Diesel from a split tank spread over the mussel beds of the estuary.\n\n"
    "Wardens closed the beds for a fortnight and laid booms across the channel.\n\n"
    "A parish meeting is called for Thursday in the net loft."
)
SUMMED_UP = (
    "Helicopter lifted four men off trawler ; wardens closed mussel beds after diesel spread ."
)
VAGUE = "Skipper of stranded trawler praised wardens who laid booms, says parish official."
STRANGER = "A bakery in Ostrell won a ribbon for its rye loaf."


def traced(*texts, min_p_edge=0.5, **known):
    ids = [f"text-{k}" for k in range(len(texts))]
    frame = pd.DataFrame({"article_id": ids, "text": texts})
    settings = config.TraceConfig(min_p_edge=min_p_edge)
    return lineage.trace(frame.assign(**known), settings, encoder="lexical")


@pytest.fixture
def undrawn(monkeypatch):
    """A sentence that is found in another text, and no edge, whatever the weights."""
    monkeypatch.setattr(graph_settings, "LEAST_P_ABSENT", 2.0)
    return traced(REPORT, VAGUE, min_p_edge=1.0)


class TestSourcesOf:
    def test_a_sentence_that_sums_up_is_found_in_the_places_it_is_from(self):
        found = traced(REPORT, SUMMED_UP).attributions
        rows = found[(found["target_id"] == "text-1") & found["source_id"].notna()]
        slices = [
            REPORT[s:e] for s, e in zip(rows["source_start"], rows["source_end"], strict=True)
        ]
        assert set(rows["kind"]) == {"fusion"}
        assert any("lifted off by a helicopter" in each for each in slices)
        assert any("mussel beds of the estuary" in each for each in slices) or any(
            "closed the beds" in each for each in slices
        )

    def test_a_sentence_of_something_else_is_nobodys(self):
        found = traced(REPORT, STRANGER)
        rows = found.attributions[found.attributions["target_id"] == "text-1"]
        assert rows["source_id"].isna().all()
        assert set(rows["kind"]) == {"new"}

    def test_a_sentence_is_found_whatever_became_of_the_edge(self, undrawn):
        assert not (undrawn.edges["status"] == "kept").any()
        rows = undrawn.attributions[undrawn.attributions["target_id"] == "text-1"]
        assert rows["source_id"].notna().any()

    def test_readers_are_told_where_its_sentences_stand(self, undrawn, tmp_path):
        said = "\n".join(explanations.article(undrawn, "text-1"))
        assert "as far as can be seen; some of its sentences are also in: text-0" in said
        undrawn.save(tmp_path / "run")
        page = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
        assert "No edge was kept" in page
        assert "laid booms" in page

    def test_where_an_edge_is_kept_nobody_is_told_so(self, tmp_path):
        found = traced(REPORT, REPORT.replace("Four", "Five"))
        assert not found.edges.empty
        found.save(tmp_path / "run")
        page = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
        assert "No edge was kept" not in page


class TestOpenDirection:
    # The first sentence of a report can be the flash that it grew from.
    FLASH = REPORT.split("\n\n")[0]

    def test_no_sentence_goes_back_to_itself(self):
        found = traced(REPORT, self.FLASH)
        rows = found.attributions[found.attributions["source_id"].notna()]
        assert len(rows) > 0
        assert (rows["origin_id"] != rows["target_id"]).all()
        assert len(set(rows["target_id"])) == 1

    def test_the_way_of_each_sentence_has_an_end(self):
        found = traced(REPORT, self.FLASH)
        for row in found.sentences.itertuples():
            said = "\n".join(explanations.article(found, row.article_id, row.position + 1))
            assert said.count("origin:") <= 1

    def test_an_alert_that_was_surely_first_is_not_made_from_the_story(self):
        alert = "A trawler lies on the reef at Varrow Point, the lighthouse keeper said."
        said = {"published_at": ["2023-02-05T12:00:00Z", "2023-02-05T07:00:00Z"]}
        found = traced(REPORT, f"{alert}\n\nMore to follow.", min_p_edge=0.1, **said)
        edge = found.edges[found.edges["source_id"] == "text-1"]
        assert (edge["p_direction"] >= 0.9).tolist() == [True]
        rows = found.attributions[found.attributions["source_id"].notna()]
        assert set(rows["target_id"]) <= {"text-0"}
