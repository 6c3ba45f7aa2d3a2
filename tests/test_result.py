import networkx
import pandas as pd
import pytest

import lineage
from lineage import config, errors, tables

TEXTS = pd.DataFrame(
    {
        "article_id": ["wire", "page", "vote"],
        "title": ["=1+1", None, None],
        "published_at": ["2025-02-11 09:00 UTC", "2025-02-11 12:00 UTC", None],
        "text": [
            "A container crane collapsed on to a moored cargo ship at the port of Halvane on "
            "Tuesday, injuring five workers, harbour officials said.\nTugs were working to keep "
            "the shipping channel free of floating containers, said Ruairi Denholm.",
            "A container crane collapsed on to a moored cargo ship at the port of Halvane on "
            "Tuesday, injuring five workers, harbor officials said.",
            "The council of Eastbank voted to shut a library on Plumb Street.",
        ],
    }
)


@pytest.fixture(scope="module")
def result():
    return lineage.trace(TEXTS, encoder="lexical")


@pytest.fixture(scope="module")
def folder(result, tmp_path_factory):
    return result.save(tmp_path_factory.mktemp("result") / "run")


class TestFrames:
    def test_there_is_one_for_each_table_and_an_attribute_for_each(self, result):
        assert list(result.frames) == list(tables.TABLES)
        for name, frame in result.frames.items():
            attribute = "all_edges" if name == "edges" else name
            assert getattr(result, attribute) is frame

    def test_edges_are_the_kept_ones(self, result):
        kept = result.all_edges[result.all_edges["status"] == "kept"]
        pd.testing.assert_frame_equal(result.edges, kept.reset_index(drop=True))
        assert ("wire", "page") in set(
            zip(result.edges["source_id"], result.edges["target_id"], strict=True)
        )

    def test_changing_the_mapping_does_not_change_the_result(self, result):
        result.frames.clear()
        assert result.frames

    def test_a_missing_table_is_refused(self, result):
        frames = result.frames
        del frames["readings"]
        with pytest.raises(errors.TableError, match="tables missing: readings"):
            lineage.Lineage(frames, result.run)

    def test_a_table_that_breaks_its_rules_is_refused(self, result):
        frames = result.frames
        status = pd.Series("lost", index=frames["edges"].index, dtype="string")
        frames["edges"] = frames["edges"].assign(status=status)
        with pytest.raises(errors.TableError, match="status is 'lost'"):
            lineage.Lineage(frames, result.run)

    def test_tells_its_size(self, result):
        assert repr(result) == "<Lineage: 3 articles, 0 absent sources, 1 edges>"


class TestSave:
    def test_what_is_loaded_equals_what_was_saved(self, result, folder):
        loaded = lineage.load(folder)
        assert loaded.run == result.run
        for name, frame in result.frames.items():
            pd.testing.assert_frame_equal(loaded.frames[name], frame)

    def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(self, folder):
        assert ",=1+1," not in (folder / "articles.csv").read_text(encoding="utf-8")

    def test_an_earlier_run_is_replaced_only_when_asked(self, result, tmp_path):
        place = result.save(tmp_path / "run")
        with pytest.raises(errors.UsageError, match="holds a run already"):
            result.save(place)
        assert result.save(place, overwrite=True) == place

    def test_saving_twice_gives_the_same_files(self, result, folder, tmp_path):
        again = result.save(tmp_path / "again")
        names = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
        assert names == sorted(
            path.relative_to(again) for path in again.rglob("*") if path.is_file()
        )
        for name in names:
            assert (again / name).read_bytes() == (folder / name).read_bytes(), name

    def test_arrowheads_are_drawn_as_the_run_was_configured(self, tmp_path):
        undated = lineage.trace(TEXTS.drop(columns="published_at"), encoder="lexical")
        likely = undated.edges["p_direction"].item()
        assert likely < 1
        heads = {}
        for name, arrow in (("above", min(1.0, likely + 0.01)), ("below", likely - 0.01)):
            run = undated.run | {"config": undated.run["config"] | {"arrow": arrow}}
            place = lineage.Lineage(undated.frames, run).save(tmp_path / name)
            heads[name] = "dir=none" not in (place / "lineage.dot").read_text(encoding="utf-8")
        assert heads == {"above": False, "below": True}


class TestLoad:
    def test_a_folder_that_is_no_run_is_an_input_error(self, tmp_path):
        with pytest.raises(errors.InputError, match=r"run\.json"):
            lineage.load(tmp_path)


class TestSettings:
    def test_are_those_of_the_run(self, result):
        run = result.run | {"config": {"arrow": 0.6, "decided": 0.8}}
        found = lineage.Lineage(result.frames, run).settings
        assert (found.arrow, found.decided) == (0.6, 0.8)

    def test_are_the_usual_ones_where_the_run_does_not_say(self, result):
        assert lineage.Lineage(result.frames, {}).settings == config.TraceConfig()


class TestToNetworkx:
    def test_nodes_are_articles_and_edges_are_kept_ones(self, result):
        drawn = result.to_networkx()
        assert set(drawn) == {"wire", "page", "vote"}
        assert list(drawn.edges) == [("wire", "page")]
        assert drawn.edges["wire", "page"]["status"] == "kept"
        assert networkx.is_directed_acyclic_graph(drawn)

    def test_a_missing_value_is_no_attribute(self, result):
        drawn = result.to_networkx()
        assert drawn.nodes["wire"]["title"] == "=1+1"
        assert "title" not in drawn.nodes["page"]
