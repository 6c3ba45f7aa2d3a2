"""Hook of mkdocs: writes the page of tables from the rules in `lineage.tables`."""

import re
from typing import Any

from lineage import tables
from lineage.report import questions

MARK = "<!-- tables -->"
# A link to a file of the repository beside the documentation: no page of the site.
OUTSIDE = re.compile(r"(?<!!)\[([^\]]+)\]\(\.\./([^)#]+)(?:#[^)]*)?\)")

# What a row is, and what each column says. A test holds the names against the rules.
ROWS = {
    "articles": "A text that was supplied, or a source that is absent.",
    "sentences": "A sentence of a text that was supplied.",
    "relations": "A pair of texts that were compared; `a` comes before `b`.",
    "edges": "The target was made from the source, or could have been: see `status`.",
    "evidence": "A signal for or against an edge.",
    "readings": "A place where possible parents of a text differ, and one of them.",
    "attributions": "A sentence, or a part of one, and where it came from.",
    "facts": "A fact of an attributed sentence that is not as in its source.",
}
COLUMNS = {
    "articles": {
        "article_id": "Its name in all tables: as given, from the file, or from the text's hash.",
        "story_id": "Texts of one story have the same.",
        "kind": "Absent: not supplied, but credited, or needed to explain others.",
        "outlet": "Who published it; missing for an absent source that nobody names.",
        "origin_agency": "The agency that the body goes back to.",
        "byline": "Who wrote it, as the page says.",
        "title": "Its headline.",
        "url": "Where it was published.",
        "published_at": "When it was published.",
        "published_precision": "How exact that is; `local`: within 14 hours, for lack of a zone.",
        "published_source": "Who says so: you, the page, a date printed in the text.",
        "language": "As given, or detected from the text.",
        "text": "Exactly as supplied.",
        "text_sha256": "Hash of the text in UTF-8.",
        "n_words": "Words of the text.",
        "duplicate_of": "The text of which this one is an exact duplicate.",
    },
    "sentences": {
        "sentence_id": "The text and the position.",
        "article_id": "The text that it is in.",
        "position": "Its number in the text, from 0.",
        "start": "First character.",
        "end": "The character after the last.",
        "text": "Its characters.",
        "role": "What it is on the page.",
    },
    "relations": {
        "a": "One text.",
        "b": "The other.",
        "outcome": "The most probable of the three, undecided below one half. Unrelated: "
        "independent, and not of one event.",
        "p_derived": "Probability that one was made from the other, directly or through others.",
        "p_shared_source": "Probability that both go back to a third, here or absent.",
        "p_independent": "Probability of neither; the three add up to 1.",
        "shared_words": "Words in runs that both have.",
        "containment_a": "Their share of `a`.",
        "containment_b": "Their share of `b`.",
    },
    "edges": {
        "source_id": "What the target was made from.",
        "target_id": "What was made from it.",
        "relation": "How: the same text, cut or changed, paraphrased, a later version, quoted.",
        "p_link": "Probability that one goes back to the other, or both to one source.",
        "p_edge": "Probability that one of the two was made directly from the other, either way; "
        "texts that nothing tells apart count as one source.",
        "n_alike": "How many texts may each be that source; 1 if it is this one.",
        "p_direction": "Given that, the probability that the source was first, 0.5 to 1.",
        "coverage_target": "Share of the target that the source accounts for.",
        "coverage_source": "Share of the source that was used in the target.",
        "lag_s": "Seconds from the source's publication to the target's.",
        "score_bits": "Sum of the edge's evidence over all three questions; for sorting, not odds.",
        "status": "Kept, or why it was not.",
    },
    "evidence": {
        "source_id": "Source of the edge it speaks of.",
        "target_id": "Target of that edge.",
        "signal": "What was found.",
        "about": "Which question it answers.",
        "weight_bits": "How strong it is; below zero, against the edge. Bits about one question "
        "add up to the log odds of its probability.",
        "detail": "The same in words.",
        "source_start": "Where in the source: first character.",
        "source_end": "The character after the last.",
        "target_start": "Where in the target: first character.",
        "target_end": "The character after the last.",
    },
    "readings": {
        "target_id": "The text whose parents they may be.",
        "locus": "Number of the place in that text.",
        "target_text": "Its wording.",
        "candidate_id": "A possible parent.",
        "candidate_text": "That one's wording.",
        "agrees": "Whether the text follows it.",
    },
    "attributions": {
        "target_id": "The text.",
        "target_sentence": "The sentence.",
        "target_start": "First character of the part.",
        "target_end": "The character after the last.",
        "source_id": "The text that it is from; the edge need not have been kept.",
        "source_sentence": "The sentence that it came from.",
        "source_start": "First character of what was taken.",
        "source_end": "The character after the last.",
        "kind": "The reuse type: [kinds](attributions.md#kinds).",
        "lexical": "Similarity in words, 0 to 1.",
        "semantic": "Similarity in meaning.",
        "confidence": "How sure the choice of the sentence is.",
        "margin": "How far it is ahead of the next best one.",
        "changed_facts": "Numbers, names, dates and negations that differ.",
        "origin_id": "The oldest text that has it, up the graph.",
        "origin_sentence": "The sentence there.",
    },
    "facts": {
        "target_id": "The text.",
        "target_sentence": "Its sentence.",
        "target_start": "First character of the fact in the text; missing for what was omitted.",
        "target_end": "The character after the last.",
        "target_value": "Those characters.",
        "source_id": "The text that the sentence was made from.",
        "source_sentence": "Its sentence.",
        "source_start": "First character of the fact there; missing for what was added.",
        "source_end": "The character after the last.",
        "source_value": "Those characters.",
        "kind": "What it is: [kinds](attributions.md#how-changed-facts-are-written).",
        "grade": "How the two compare: [the table of facts](attributions.md#the-table-of-facts).",
    },
}

_TYPES = {
    "string": "text",
    "object": "text",
    "Int64": "whole number",
    "Float64": "number",
    "boolean": "true or false",
    "datetime64[ns, UTC]": "time in UTC",
}


def page() -> str:
    """Write all tables as Markdown."""
    parts: list[str] = []
    for name, table in tables.TABLES.items():
        parts += [f"## {name}", "", ROWS[name], ""]
        parts.append(f"In order of {', '.join(f'`{each}`' for each in table.sort_by)}.")
        parts += ["", "| column | type | may be missing | says |", "| --- | --- | --- | --- |"]
        for column, dtype in table.columns.items():
            words = ", ".join(f"`{each}`" for each in table.choices.get(column, ()))
            said = COLUMNS[name][column] + (f" One of {words}." if words else "")
            missing = "no" if column in table.required else "yes"
            parts.append(f"| `{column}` | {_TYPES[dtype]} | {missing} | {said} |")
        parts.append("")
    parts += ["## Signals", "", "What `signal` of the evidence table is called in the report."]
    parts += ["", "| signal | called | says |", "| --- | --- | --- |"]
    for name, signal in questions.SIGNALS.items():
        parts.append(f"| `{name}` | {signal.name} | {signal.says} |")
    parts.append("")
    return "\n".join(parts)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put the tables where a page asks for them; name files that the site does not have."""
    whole = markdown.replace(MARK, page()) if MARK in markdown else markdown
    return OUTSIDE.sub(r"\1 (`\2` in the repository)", whole)
