"""Hand-made tables for the tests of pictures and pages: an invented ferry story.

Five texts and an absent source: a wire report, a broadcaster's page that reprints it,
a post that rewrites it, another version of the wire report that cannot be put before
or after it, and somebody's own report, hostile to careless templates.
"""

import hashlib

import pandas as pd

from lineage import tables

WIRE = (
    "ELSMOUTH (NSW) - A passenger ferry struck the harbour wall at Elsmouth on Tuesday, "
    "injuring 18 people, the port authority said.\n"
    "The Marigold lost steering at 7.40 a.m. as it came in from Saint Orra, "
    "harbour master Ines Kold said.\n"
    '"We heard a long horn and then the wall shook," Kold told reporters.\n'
    "Two people were kept in hospital overnight; the others were sent home.\n"
    "The ferry, built in 1994, passed an inspection in March."
)
TV = (
    "Skip to main content\n\n"
    "Ferry hits harbour wall, 18 hurt\n\n"
    "The Marigold at her berth. Photo: Channel Six\n\n"
    "A passenger ferry struck the harbor wall at Elsmouth on Tuesday, "
    "injuring 18 people, the port authority said.\n\n"
    "The Marigold lost steering at 7:40 a.m. as it came in from Saint Orra, "
    "harbor master Ines Kold said.\n\n"
    '"We heard a long horn and then the wall shook," Kold told reporters.\n\n'
    "Two people were kept in hospital overnight; the others were sent home."
)
BLOG = (
    "Terror at the quay\n\n"
    "Eighty people were hurt when a ferry rammed the quay wall in Elsmouth. "
    "The vessel, the Marigold, is thirty years old and had been checked in spring, "
    "the Harbour Gazette reported.\n\n"
    "Its steering failed before eight in the morning. "
    "The boat had come over from Saint Orra.\n\n"
    '"We heard a long horn and then the wall shook," the harbour master said. '
    "Is <b>anybody</b> going to answer for this?"
)
LIVE = (
    "ELSMOUTH (NSW) - A passenger ferry struck the harbour wall at Elsmouth on Tuesday, "
    "injuring 18 people, the port authority said.\n"
    "The Marigold lost steering at 7.40 a.m., harbour master Ines Kold said.\n"
    "Divers will look at the hull on Wednesday."
)
OWN = (
    '<script>alert(1)</script> "><img src=x onerror=alert(2)>\n'
    "I was on the 7 a.m. boat & saw it: tickets cost $5 or $8, lifebelts nothing. {{ 7 * 7 }}\n"
    "قال المرفأ إن العبارة اصطدمت بالجدار يوم الثلاثاء.\n"
    "Zero\u200bwidth, a bell \x07, an escape \x1b[31m, and \u202ereversed\u202c text."
)
TEXTS = {"w1": WIRE, "tv": TV, "blog": BLOG, "live": LIVE, "own": OWN}


def span(article_id, words):
    """Return where words stand in a text of the story."""
    start = TEXTS[article_id].index(words)
    return start, start + len(words)


def articles():
    given = {"published_precision": "minute", "published_source": "given", "language": "en"}
    rows = [
        {
            "article_id": "w1",
            "outlet": "North Sea Wire",
            "origin_agency": "North Sea Wire",
            "title": "Ferry strikes harbour wall, injuring 18",
            "published_at": "2024-05-14T09:05:00Z",
            **given,
        },
        {
            "article_id": "tv",
            "outlet": "Channel Six",
            "title": "Ferry hits harbour wall at Elsmouth, eighteen hurt, two kept overnight",
            "url": "https://channelsix.example/ferry?a=1&b=2",
            "published_at": "2024-05-14T11:30:00Z",
            **given,
        },
        {"article_id": "blog", "published_source": "none", "byline": "a. quill"},
        {"article_id": "live", "outlet": "North Sea Wire", "published_source": "none"},
        {
            "article_id": "own",
            "outlet": "Quay <Watch> & Co $1 $2",
            "title": "<script>alert('title')</script> I was there",
            "url": "javascript:alert(3)",
            "published_at": "2024-05-15T00:00:00Z",
            "published_precision": "day",
            "published_source": "page",
        },
    ]
    for row in rows:
        text = TEXTS[row["article_id"]]
        row["text"] = text
        row["text_sha256"] = hashlib.sha256(text.encode()).hexdigest()
        row["n_words"] = len(text.split())
        row["kind"] = "supplied"
        row["story_id"] = "s1"
    rows.append(
        {
            "article_id": "absent:harbour-gazette",
            "kind": "absent",
            "outlet": "Harbour Gazette",
            "story_id": "s1",
        }
    )
    return tables.build("articles", rows)


def sentences():
    cut = {
        "w1": [(line, "body") for line in WIRE.split("\n")],
        "tv": list(
            zip(
                TV.split("\n\n"),
                ["boilerplate", "headline", "caption", "body", "body", "quote", "body"],
                strict=True,
            )
        ),
        "blog": [
            ("Terror at the quay", "heading"),
            ("Eighty people were hurt when a ferry rammed the quay wall in Elsmouth.", "body"),
            (
                "The vessel, the Marigold, is thirty years old and had been checked in spring, "
                "the Harbour Gazette reported.",
                "body",
            ),
            ("Its steering failed before eight in the morning.", "body"),
            ("The boat had come over from Saint Orra.", "body"),
            ('"We heard a long horn and then the wall shook," the harbour master said.', "quote"),
            ("Is <b>anybody</b> going to answer for this?", "body"),
        ],
        "live": [(line, "body") for line in LIVE.split("\n")],
        "own": [(line, "body") for line in OWN.split("\n")],
    }
    rows = []
    for article_id, parts in cut.items():
        for position, (words, role) in enumerate(parts):
            start, end = span(article_id, words)
            rows.append(
                {
                    "sentence_id": f"{article_id}:{position}",
                    "article_id": article_id,
                    "position": position,
                    "start": start,
                    "end": end,
                    "text": words,
                    "role": role,
                }
            )
    return tables.build("sentences", rows)


def relations():
    rows = [
        ("blog", "live", "shared_source", 0.1, 0.85, 0.05, 6, 0.08, 0.12),
        ("blog", "own", "independent", 0.01, 0.02, 0.97, 2, 0.03, 0.04),
        ("blog", "tv", "shared_source", 0.2, 0.78, 0.02, 15, 0.21, 0.18),
        ("blog", "w1", "derived", 0.93, 0.05, 0.02, 19, 0.27, 0.22),
        ("live", "own", "undecided", pd.NA, pd.NA, pd.NA, pd.NA, pd.NA, pd.NA),
        ("live", "tv", "shared_source", 0.3, 0.69, 0.01, 33, 0.7, 0.41),
        ("live", "w1", "derived", 0.97, 0.02, 0.01, 36, 0.76, 0.43),
        ("own", "tv", "unrelated", 0.0, 0.0, 1.0, 0, 0.0, 0.0),
        ("tv", "w1", "derived", 0.99, 0.01, 0.0, 62, 0.8, 0.87),
    ]
    columns = list(tables.TABLES["relations"].columns)
    return tables.build("relations", [dict(zip(columns, row, strict=True)) for row in rows])


def edges():
    columns = list(tables.TABLES["edges"].columns)
    gazette = "absent:harbour-gazette"
    rows = [
        ("w1", "tv", "reprint", 0.998, 0.997, 1, 0.98, 0.84, 0.87, 8700.0, 13.5, "kept"),
        ("w1", "blog", "rewrite", 0.95, 0.91, 2, 0.81, 0.61, 0.4, pd.NA, 6.25, "kept"),
        ("w1", "live", "update", 0.97, 0.97, 1, 0.55, 0.76, 0.43, pd.NA, 5.0, "kept"),
        (gazette, "blog", "quote", 0.7, 0.7, 1, 0.99, pd.NA, pd.NA, pd.NA, 2.0, "kept"),
        ("tv", "blog", "rewrite", 0.94, 0.2, 1, 0.9, 0.4, 0.3, pd.NA, 3.1, "runner_up"),
        ("live", "tv", "edit", 0.93, 0.1, 1, 0.6, 0.4, 0.7, pd.NA, 1.0, "explained_away"),
        ("live", "blog", "rewrite", 0.2, 0.03, 1, 0.5, 0.1, 0.1, pd.NA, -2.0, "below_threshold"),
    ]
    return tables.build("edges", [dict(zip(columns, row, strict=True)) for row in rows])


def evidence():
    def row(source, target, signal, about, bits, detail, in_source=None, in_target=None):
        made = {
            "source_id": source,
            "target_id": target,
            "signal": signal,
            "about": about,
            "weight_bits": bits,
            "detail": detail,
        }
        if in_source is not None:
            made["source_start"], made["source_end"] = span(source, in_source)
        if in_target is not None:
            made["target_start"], made["target_end"] = span(target, in_target)
        return made

    run = "ferry struck the harbour wall at Elsmouth"
    rows = [
        row("w1", "tv", "shared_runs", "link", 9.0, "62 words in 5 runs", "lost steering at",
            "lost steering at"),
        row("w1", "tv", "credit_cut", "direction", 3.0, "dateline of an agency is gone",
            "ELSMOUTH (NSW) -", None),
        row("w1", "tv", "house_style", "direction", 1.5, "harbour -> harbor, twice",
            "harbour master", "harbor master"),
        row("w1", "blog", "order", "link", 4.25, "facts in the same order"),
        row("w1", "blog", "readings", "parent_choice", 2.5, "reads 'harbour', not 'harbor'",
            "harbour master", "harbour master"),
        row("w1", "blog", "new_material", "direction", -0.5, "the post knows the Gazette", None,
            "the Harbour Gazette reported"),
        row("w1", "live", "shared_runs", "link", 5.0, "36 words in 2 runs", run, run),
        row("absent:harbour-gazette", "blog", "credited", "link", 2.0, "credits the outlet by name",
            None, "the Harbour Gazette reported"),
        row("tv", "blog", "shared_runs", "link", 3.1, "15 words in 2 runs",
            "We heard a long horn", "We heard a long horn"),
        row("live", "tv", "shared_runs", "link", 1.0, "33 words; w1 has them too"),
        row("live", "blog", "order", "link", -2.0, "too few facts"),
        row("own", "tv", "rare_words", "link", -4.0, "no rare word in common <i>"),
    ]  # fmt: skip
    return tables.build("evidence", rows)


def readings():
    rows = [
        ("blog", 0, "harbour master", "w1", "harbour master", True),
        ("blog", 0, "harbour master", "tv", "harbor master", False),
        ("blog", 1, "checked in spring", "w1", "an inspection in March", True),
        ("blog", 1, "checked in spring", "tv", pd.NA, False),
        ("blog", 2, "eight in the morning", "w1", "7.40 a.m.", False),
        ("blog", 2, "eight in the morning", "tv", "7:40 a.m.", False),
    ]
    columns = list(tables.TABLES["readings"].columns)
    return tables.build("readings", [dict(zip(columns, row, strict=True)) for row in rows])


def facts():
    """Facts that changed: counts for a picture, whose places nobody looks up."""
    told = (("number", "contradicts", 1), ("number", "rounded", 2), ("name", "added", 3),
            ("name", "omitted", 2), ("date", "omitted", 4), ("quote", "added", 1))  # fmt: skip
    return tables.build(
        "facts",
        [
            {
                "target_id": "blog",
                "target_sentence": "blog:1",
                "source_id": "w1",
                "source_sentence": "w1:0",
                "kind": kind,
                "grade": grade,
            }
            for kind, grade, n in told
            for _ in range(n)
        ],
    )


def attributions(cut):
    by_id = cut.set_index("sentence_id")

    def row(target, kind, source=None, part=None, source_part=None, **more):
        first = by_id.loc[target]
        start, end = int(first["start"]), int(first["end"])
        if part is not None:
            start, end = span(first["article_id"], part)
        made = {
            "target_id": first["article_id"],
            "target_sentence": target,
            "target_start": start,
            "target_end": end,
            "kind": kind,
            **more,
        }
        if source is not None:
            second = by_id.loc[source]
            in_source = (int(second["start"]), int(second["end"]))
            if source_part is not None:
                in_source = span(second["article_id"], source_part)
            made["source_id"] = second["article_id"]
            made["source_sentence"] = source
            made["source_start"], made["source_end"] = in_source
        return made

    sure = {"lexical": 0.97, "semantic": 0.99, "confidence": 0.99, "margin": 0.8}
    fair = {"lexical": 0.31, "semantic": 0.78, "confidence": 0.82, "margin": 0.2}
    poor = {"lexical": 0.1, "semantic": pd.NA, "confidence": 0.41, "margin": pd.NA}
    rows = [row(f"w1:{n}", "new") for n in range(5)]
    rows += [
        row("tv:0", "boilerplate"),
        row("tv:1", "heading", "w1:0", **fair),
        row("tv:2", "boilerplate"),
        row("tv:3", "edited", "w1:0", **sure),
        row("tv:4", "edited", "w1:1", **sure),
        row("tv:5", "verbatim", "w1:2", **sure, origin_id="w1", origin_sentence="w1:2"),
        row("tv:6", "verbatim", "w1:3", **sure),
        row("blog:0", "heading"),
        row("blog:1", "paraphrase", "w1:0", **fair, changed_facts="18 -> eighty"),
        row("blog:2", "fusion", "w1:4", part="The vessel, the Marigold, is thirty years old",
            source_part="The ferry, built in 1994", **fair),
        row("blog:2", "fusion", "w1:1", part="and had been checked in spring, "
            "the Harbour Gazette reported.", **poor),
        row("blog:3", "split", "w1:1", source_part="lost steering at 7.40 a.m.", **fair),
        row("blog:4", "split", "w1:1", source_part="came in from Saint Orra", **fair),
        row("blog:5", "quote", "w1:2", **sure),
        row("blog:6", "new"),
        row("live:0", "verbatim", "w1:0", **sure),
        row("live:1", "edited", "w1:1", **sure),
        row("live:2", "new"),
        row("own:0", "new"),
        row("own:1", "new"),
    ]  # fmt: skip
    return tables.build("attributions", rows)


def ferry():
    """Return the seven tables of the story."""
    cut = sentences()
    made = {
        "articles": articles(),
        "sentences": cut,
        "relations": relations(),
        "edges": edges(),
        "evidence": evidence(),
        "readings": readings(),
        "attributions": attributions(cut),
        "facts": facts(),
    }
    return {name: tables.check(name, frame) for name, frame in made.items()}


def run_record():
    """Return what a run says about itself."""
    return {
        "lineage": "0.1.0",
        "encoder": {"name": "all-MiniLM-L6-v2", "mode": "semantic", "sha256": "0f" * 32},
        "not_measured": ["1 pair that shares few rare words"],
        "limits_hit": [],
        "problems": [{"file": "in/empty.txt", "row": None, "problem": "the text is empty"}],
        "counts": {"articles": 5},
    }


def shuffled(made, seed=7):
    """Return the same tables with their rows in another order."""
    return {name: frame.sample(frac=1, random_state=seed) for name, frame in made.items()}


def empty():
    """Return seven tables without rows."""
    return {name: tables.empty(name) for name in tables.TABLES}


def bare(n, *, stories=1, chain=False):
    """Return tables of n short articles, all but the first of a story made from it."""
    rows, edge_rows, pairs = [], [], []
    for i in range(n):
        text = f"Report number {i} of the great flood at the mill, line {i * i}."
        rows.append(
            {
                "article_id": f"a{i:03}",
                "story_id": f"s{i % stories}",
                "kind": "supplied",
                "outlet": f"The {i}th Daily Messenger of the Upper Valley",
                "title": f"Flood at the mill brings down the old bridge, article {i} says",
                "text": text,
                "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
                "n_words": 12,
                "published_source": "none",
            }
        )
        if i >= stories:
            source = i - stories if chain else i % stories
            edge_rows.append(
                {
                    "source_id": f"a{source:03}",
                    "target_id": f"a{i:03}",
                    "relation": tables.RELATIONS[i % 5],
                    "p_link": 0.97,
                    "p_edge": 0.5 + 0.5 * (i % 7) / 7,
                    "n_alike": 1,
                    "p_direction": 0.5 + 0.5 * (i % 5) / 5,
                    "coverage_target": (i % 11) / 11,
                    "score_bits": 0.0,
                    "status": "kept",
                }
            )
            pairs.append((f"a{source:03}", f"a{i:03}"))
    made = empty()
    made["articles"] = tables.build("articles", rows)
    made["edges"] = tables.build("edges", edge_rows)
    made["relations"] = tables.build(
        "relations",
        [
            {"a": a, "b": b, "outcome": "derived", "containment_a": 0.5, "containment_b": 0.25}
            for a, b in pairs
        ],
    )
    return made
