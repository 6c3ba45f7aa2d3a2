import lineage
from lineage.graph import matters

SALMON = (
    "A salmon farm lost 86,000 fish in a night when a tender boat tore through two of its nets. "
    "The skipper mistook a buoy for the harbour light, the coast guard said. Divers closed the "
    "larger of the holes shortly before dawn. Anglers along the Saltelva have been asked to hand "
    "in the heads of farmed fish to the biologists in Bodo. The farm holds a million salmon in "
    "eleven pens and employs 34 people."
)
CLOCKS = (
    "Parliament voted by 118 to 97 to move the country to Central European Time. Clocks will go "
    "forward an hour in March and stay there in autumn. Schools may begin at ten from November to "
    "February, a concession to parents in the west. The airline asked for a year to redo its "
    "timetables. Bakers' guilds had asked for the change since 1996."
)
WINE = (
    "Archaeologists digging beside a petrol station in Kakheti have found a jar, sealed with "
    "resin, that may hold the oldest liquid wine yet known. It was laid in sand about 5,800 years "
    "ago, dating of grape pips suggests. A sample will be drawn by needle and split between two "
    "laboratories. Until now the record was held by a Roman urn from Carmona."
)
DIGEST = (
    "A salmon farm lost 86,000 fish in a night when a tender boat tore through its nets. The "
    "skipper mistook a buoy for the harbour light. Parliament voted by 118 to 97 to move the "
    "country to Central European Time. Clocks will go forward an hour in March. Archaeologists "
    "digging beside a petrol station in Kakheti have found a jar, sealed with resin, that may hold "
    "the oldest liquid wine yet known. It was laid in sand about 5,800 years ago."
)


def linked(**nats):
    """What speaks for the links of pairs, `pa_b=nats`; the others were not compared."""
    return {tuple(int(k) for k in name[1:].split("_")): value for name, value in nats.items()}


class TestApart:
    def test_a_text_between_single_matters_is_alone(self):
        found = linked(p0_3=9.0, p1_3=8.0, p2_3=7.0, p0_1=-4.0, p1_2=-3.0)
        assert matters.apart([[0, 1, 2, 3]], [(0, 3), (1, 3), (2, 3)], found) == [
            [0],
            [1],
            [2],
            [3],
        ]

    def test_it_stays_with_a_family_to_which_it_is_linked_far_better(self):
        found = linked(p0_1=9.0, p0_3=9.0, p1_3=8.0, p2_3=3.0)
        joined = [(0, 1), (0, 3), (1, 3), (2, 3)]
        assert matters.apart([[0, 1, 2, 3]], joined, found) == [[0, 1, 3], [2]]

    def test_between_two_to_which_it_is_linked_alike_it_is_alone(self):
        found = linked(p0_1=9.0, p0_3=9.0, p1_3=8.0, p2_3=7.0)
        joined = [(0, 1), (0, 3), (1, 3), (2, 3)]
        assert matters.apart([[0, 1, 2, 3]], joined, found) == [[0, 1], [2], [3]]

    def test_a_chain_of_relatives_stays_together(self):
        found = linked(p0_1=9.0, p1_2=9.0, p0_2=-0.5)
        assert matters.apart([[0, 1, 2]], [(0, 1), (1, 2)], found) == [[0, 1, 2]]

    def test_what_is_known_is_not_parted(self):
        found = linked(p0_1=9.0, p1_2=9.0)
        assert matters.apart([[0, 1, 2]], [(0, 1), (1, 2)], found, given=[(1, 2)]) == [[0, 1, 2]]


class TestIsBetween:
    def test_all_are_linked_to_it_and_none_to_another(self):
        p, nats = {(0, 2): 0.9, (1, 2): 0.8}, {(0, 1): -4.0}
        assert matters.is_between(2, (0, 1), p, nats)
        assert not matters.is_between(2, (0,), p, nats)
        assert not matters.is_between(2, (0, 1), p, {(0, 1): 0.0})
        assert not matters.is_between(2, (0, 1), {(0, 2): 0.9}, nats)


class TestDigest:
    def test_of_three_matters_is_made_from_all_three(self):
        texts = {"salmon": SALMON, "clocks": CLOCKS, "wine": WINE, "digest": DIGEST}
        rows = [{"article_id": name, "text": text} for name, text in texts.items()]
        result = lineage.trace(rows, encoder="lexical")
        drawn = set(zip(result.edges["source_id"], result.edges["target_id"], strict=True))
        assert drawn == {("salmon", "digest"), ("clocks", "digest"), ("wine", "digest")}
        of_sources = result.relations[(result.relations[["a", "b"]] != "digest").all(axis=1)]
        assert (of_sources["p_independent"] > 0.9).all()

    def test_a_rewrite_of_one_of_its_sources_goes_back_to_that_source_too(self):
        texts = {"salmon": SALMON, "clocks": CLOCKS, "wine": WINE, "digest": DIGEST}
        texts["rewrite"] = SALMON.replace("said", "told reporters").replace("shortly ", "")
        rows = [{"article_id": name, "text": text} for name, text in texts.items()]
        result = lineage.trace(rows, encoder="lexical")
        found = result.relations.set_index(["a", "b"])
        one = found.loc[("digest", "rewrite")]
        assert one["p_derived"] + one["p_shared_source"] > 0.5
        summed = one[["p_derived", "p_shared_source", "p_independent"]].sum()
        assert abs(summed - 1.0) < 1e-9
        assert found.loc[("clocks", "salmon"), "p_independent"] > 0.9
