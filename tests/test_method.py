import dataclasses

from lineage import config
from lineage.report.page import method


def facts(**run):
    return dict(method.facts(run))


class TestFacts:
    def test_what_the_record_lacks_is_said_to_be_not_recorded(self):
        assert set(facts().values()) == {"not recorded"}
        assert set(facts(encoder="all-MiniLM", inputs=[], config=None).values()) <= {
            "not recorded",
            "all-MiniLM",
        }

    def test_encoder_and_hashes(self):
        said = facts(
            encoder={"name": "all-MiniLM-L6-v2", "sha256": "0f" * 32},
            inputs={"files": ["a.txt", "b.txt"], "sha256": "ab" * 32},
        )
        assert said["sentence encoder"] == "all-MiniLM-L6-v2"
        assert said["its sha256"] == "0f" * 32
        assert said["input files"] == "2"
        assert said["sha256 of all texts"] == "ab" * 32

    def test_settings_that_differ_from_the_usual_are_named(self):
        usual = dataclasses.asdict(config.TraceConfig())
        assert facts(config=usual)["settings"] == "defaults (below)"
        said = facts(config={**usual, "arrow": 0.75, "unheard_of": 1})["settings"]
        assert said == "arrow = 0.75, unheard_of = 1"

    def test_control_characters_of_a_record_do_not_reach_the_page(self):
        assert facts(encoder={"name": "a\x1b[31m\nb"})["sentence encoder"] == "a\ufffd[31m b"

    def test_what_was_known_beforehand_is_told(self):
        known = [
            {"a": "post", "b": "wire", "what": "from"},
            {"a": None, "b": None, "what": "passed_on"},
        ]
        assert facts(known=known)["known in advance"] == (
            "post was made from wire; all were retold from one to the next"
        )
        assert "known in advance" not in facts(known=[])
        many = facts(known=known[:1] * (method.MAX_FACTS + 3))["known in advance"]
        assert many.endswith("; and 3 more, in run.json")
