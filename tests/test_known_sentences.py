import pytest

from lineage.attribution import source_sentences, source_sets
from lineage.learn.evaluation import cases
from lineage.learn.fitting import fit_confidence, known_sentences

from . import known, versions


@pytest.fixture(scope="module")
def fusion(tmp_path_factory):
    path = versions.dumped_fusions(tmp_path_factory.mktemp("fusion"), [3])
    (case,) = cases.read([path])
    return case


class TestPrepare:
    def test_a_fused_sentence_has_the_marked_sources(self, fusion):
        (made,) = known_sentences.prepare(fusion, fit_confidence.Meaning("lexical"))
        assert made.true == {str(k) for k in fusion.fused_from}
        document = made.text.parents[0].document
        for (parent, k), names in made.names.items():
            assert parent == 0
            start, end = document.spans[k]
            assert names == {
                str(at)
                for at, (begin, stop) in enumerate(fusion.spans)
                if begin < end and stop > start
            }

    def test_both_sources_are_named_by_the_program(self, fusion):
        (made,) = known_sentences.prepare(fusion, fit_confidence.Meaning("lexical"))
        assert made.named(source_sets.load()) == made.true

    def test_of_a_story_each_known_sentence_of_a_text_with_parents_is_listed(self):
        folder = next(each for each in known.STORIES if each.name == "harbour-crane")
        (case,) = cases.read([folder])
        made = known_sentences.prepare(case, fit_confidence.Meaning("lexical"))
        targets = {target for _, target in case.edges}
        assert len({each.text.target.article_id for each in made} & targets) > 1
        assert all(len(each.parts) == 1 for each in made)
        right = [each.named(source_sets.load()) == each.true for each in made]
        assert sum(right) / len(right) > 0.85

    def test_a_case_without_known_sentences_has_none(self):
        assert known_sentences.prepare(versions.growing(1), fit_confidence.Meaning("lexical")) == []


class TestNamed:
    def test_is_what_the_cover_chooses_by_the_weights_given(self, fusion):
        (made,) = known_sentences.prepare(fusion, fit_confidence.Meaning("lexical"))
        dear = source_sets.Weights(1.2, 0.4, 5.0, 0.12, 0.22, {})
        (index,) = made.parts
        text = made.text
        measured = text.measured(dear)
        chosen = source_sentences.choose(text.target, index, "body", text.parents, measured, dear)
        assert len(chosen) == 1
        assert made.named(dear) == made.names[chosen[0].parent, chosen[0].sentence]
        assert made.named(source_sets.load()) == made.true
