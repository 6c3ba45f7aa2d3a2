"""What is told while a trace goes on: to a callback, which may stop it, and to the log."""

import logging
import threading

import pytest

import lineage
from lineage.io import progress

TEXTS = [
    "A crane fell into the port of Halvane on Tuesday, said Ruairi Denholm, the harbour master.",
    "The council of Eastbank voted to shut a library on Plumb Street after a long debate.",
]


class Enough(Exception):
    pass


class TestCallback:
    def test_is_told_of_every_stage_from_its_first_item_to_its_last(self):
        seen = []
        lineage.trace(TEXTS, encoder="lexical", progress=seen.append)
        stages = list(dict.fromkeys(each.stage for each in seen))
        assert stages == [
            "comparing words",
            "weighing evidence",
            "choosing parents",
            "looking up sentences",
            "attributing sentences",
        ]
        for stage in stages:
            mine = [each for each in seen if each.stage == stage]
            assert [each.done for each in mine] == list(range(mine[0].total + 1))

    def test_gives_the_same_result(self):
        one = lineage.trace(TEXTS, encoder="lexical", progress=lambda seen: None)
        assert one.run == lineage.trace(TEXTS, encoder="lexical").run

    @pytest.mark.parametrize("stage", ["comparing words", "attributing sentences"])
    def test_what_it_raises_ends_the_trace_and_leaves_no_thread(self, stage):
        def stop(seen):
            if seen.stage == stage:
                raise Enough

        before = threading.active_count()
        with pytest.raises(Enough):
            lineage.trace(TEXTS, progress=stop)
        for thread in threading.enumerate():
            if thread.name != "MainThread" and not thread.daemon:
                thread.join(timeout=30)
        assert threading.active_count() <= before

    def test_of_reading_too(self, tmp_path):
        for number, text in enumerate(TEXTS):
            (tmp_path / f"{number}.txt").write_text(text)
        seen = []
        lineage.read(tmp_path, progress=seen.append)
        assert seen == [progress.Progress("reading", done, 2) for done in (0, 1, 2)]


class TestLog:
    def test_says_each_stage_and_how_long_it_took(self, caplog):
        with caplog.at_level(logging.INFO, logger="lineage"):
            lineage.trace(TEXTS, encoder="lexical")
        said = [each.getMessage() for each in caplog.records]
        assert "comparing words: 1 to do" in said
        assert any(each.startswith("attributing sentences: done after ") for each in said)

    def test_is_silent_unless_asked(self, caplog):
        lineage.trace(TEXTS, encoder="lexical")
        assert caplog.records == []
