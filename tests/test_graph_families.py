import numpy as np
import pytest

from lineage.evidence import row
from lineage.graph import absent_sources, design, families, graph_settings

from . import invented, posteriors

LINE = "OSTRELL, Aug 3 (Reuters) - "


def pages(n=3):
    """Pages of several houses that print one agency's text; the last one does not say so."""
    outlets = ("Ostrell Courier", "Lathmoor Record", "Pellworth Mail")[:n]
    made = []
    for k, outlet in enumerate(outlets):
        lead = "" if k == n - 1 else LINE
        lines = invented.text(*invented.REPORT[: 8 - k])
        made.append(invented.compiled(lead + lines, outlet=outlet, article_id=f"p{k}"))
    return made


class TestMeasure:
    def test_places_are_those_of_the_documents(self):
        family, _ = posteriors.measured(*posteriors.reports(3))
        assert [each.key for each in family.documents] == sorted(
            each.key for each in family.documents
        )
        assert family.design.n == 3
        assert family.design.possible.shape == (4, 3)

    def test_the_prior_falls_with_the_collection(self):
        few, _ = posteriors.measured(*posteriors.reports(3), n_collection=3)
        many, _ = posteriors.measured(*posteriors.reports(3), n_collection=301)
        fallen = few.design.prior[0] - many.design.prior[0]
        assert fallen == pytest.approx(graph_settings.SIZE_SHARE * np.log(150))

    def test_the_growth_of_one_direction_speaks_against_the_other(self):
        family, _ = posteriors.measured(*posteriors.reports(3))
        growth = family.design.edge[:3, :, design.EDGE_NAMES.index("style_growth")]
        assert growth == pytest.approx(-growth.T)

    def test_a_credited_source_that_is_not_here_is_proposed(self):
        family, _ = posteriors.measured(*pages())
        unnamed, named = family.design.proposals
        assert unnamed.name is None
        assert named.name == "Reuters"
        credits = {family.documents[k].article_id for k in named.credited}
        assert credits == {"p0", "p1"}

    def test_readings_are_added_to_the_evidence(self):
        family, _ = posteriors.measured(*posteriors.reports(3))
        signals = {each.signal for listed in family.rows.values() for each in listed}
        assert isinstance(next(iter(family.rows.values()))[0], row.Evidence)
        assert ("readings" in signals) == bool(family.loci)


class TestProposals:
    DOCUMENTS = posteriors.reports(3)

    def proposed(self, members, *, holders=(), credited=()):
        ids = [each.article_id for each in self.DOCUMENTS]
        origin = absent_sources.Origin(
            "Ostrell Wire",
            tuple(ids[k] for k in holders),
            tuple(ids[k] for k in members),
            frozenset(ids[k] for k in credited),
        )
        return families.proposals(self.DOCUMENTS, [origin])

    def test_has_the_places_of_its_members(self):
        (only,) = self.proposed((2, 0), credited=(2,))
        assert (only.name, only.members, only.credited) == ("Ostrell Wire", (0, 2), {2})

    def test_a_source_that_is_here_is_none(self):
        assert self.proposed((1, 2), holders=(0,)) == ()

    def test_a_source_of_one_text_is_nobody(self):
        assert self.proposed((1,), credited=(1,)) == ()
