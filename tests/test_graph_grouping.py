import numpy as np

from lineage.graph import edges, graph_settings, grouping

from . import invented, posteriors

# Words rare enough to tell one event from another.
_RARE = (
    "Brackwater Pellworth Tessaly Calloway Thackeray cormorants sandbank Lathmoor Ostrell Skell "
    "estuary oysters fishery Renwick Marrowby seaplane gymnasiums shingle Vandermeer Quarrendon "
    "hymnals chapel heron Bellamy atlases carpenters pews Oddmoor girders councillors trams "
    "ferry shopkeepers crossing Varrow trawler lighthouse skipper Penhallow infirmary Denmoor"
).split()


def about(name, *events):
    """A text of the rare words of some events, seven each."""
    lines = [" ".join(_RARE[7 * event : 7 * event + 7]) + "." for event in events]
    return invented.report(*lines, article_id=name)


def grouped(*texts, joins=()):
    """Texts by story; each is a family of its own."""
    found = posteriors.compared(texts)
    return of_families([posteriors.family([each]) for each in texts], found, joins)


def of_families(families, found, joins=()):
    named = grouping.stories(families, found, joins)
    groups = {}
    for article, name in named.items():
        groups.setdefault(name, set()).add(article)
    return sorted(groups.values(), key=sorted)


def joining(source, target):
    return edges.Edge(source, target, "edit", "kept", 0.9, 0.9, 1.0)


class TestStories:
    def test_reports_of_one_event_are_one_story(self):
        assert grouped(about("a", 0), about("b", 0, 1)) == [{"a", "b"}]

    def test_an_event_is_not_made_by_chaining(self):
        chained = [about(name, k, k + 1) for k, name in enumerate("abcde")]
        assert {"a", "b", "c", "d", "e"} not in grouped(*chained)
        assert all(len(group) <= 3 for group in grouped(*chained))

    def test_a_form_that_all_texts_have_is_no_event(self):
        def filled(n):
            form = " ".join(_RARE[:7]) + "."
            return [
                invented.report(
                    form, " ".join(_RARE[7 + 3 * k : 10 + 3 * k]) + ".", article_id=f"{k}"
                )
                for k in range(n)
            ]

        few, many = graph_settings.MOST_HOLDERS, graph_settings.MOST_HOLDERS + 1
        assert len(grouped(*filled(few))) == 1
        assert len(grouped(*filled(many))) == many

    def test_strangers_are_stories_of_their_own(self):
        assert grouped(about("a", 0), about("b", 2)) == [{"a"}, {"b"}]

    def test_a_family_is_a_story_where_links_are_probable(self):
        texts = [about("a", 0), about("b", 2)]
        found = posteriors.compared(texts)
        for p, expected in ((0.6, [{"a", "b"}]), (0.4, [{"a"}, {"b"}])):
            linked = np.array([[0, p], [p, 0]])
            assert of_families([posteriors.family(texts, linked)], found) == expected

    def test_a_family_hangs_together_by_way_of_a_third(self):
        texts = [about(name, k) for k, name in enumerate("abc")]
        linked = np.array([[0, 0.9, 0], [0.9, 0, 0.9], [0, 0.9, 0]])
        found = posteriors.compared(texts)
        assert of_families([posteriors.family(texts, linked)], found) == [{"a", "b", "c"}]

    def test_an_edge_between_families_makes_them_one_story(self):
        texts = [about(name, 2 * k) for k, name in enumerate("abc")]
        assert grouped(*texts, joins=[joining("c", "a")]) == [{"a", "c"}, {"b"}]

    def test_names_depend_on_the_texts_alone(self):
        def named(*names):
            texts = [about(name, k // 2 * 2) for k, name in enumerate(names)]
            families = [posteriors.family([each]) for each in texts]
            return grouping.stories(families, posteriors.compared(texts))

        one, other = named("a", "b", "c"), named("z", "y", "x")
        assert [one[each] for each in "abc"] == [other[each] for each in "zyx"]
        assert len(set(one.values())) == 2

    def test_the_order_of_families_does_not_matter(self):
        texts = [about(name, k, k + 1) for k, name in enumerate("abcde")]
        assert grouped(*texts) == grouped(*texts[::-1])
