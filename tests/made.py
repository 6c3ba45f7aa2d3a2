"""Documents for the tests of stages, without the stages before: every sentence is body."""

from lineage import tables
from lineage.io import articles
from lineage.match import document
from lineage.text import sentences


def documents(**texts):
    """A Document for each text, by the name it is given."""
    table = articles.prepare(
        [articles.Article(text, article_id=name) for name, text in texts.items()]
    )
    rows = [
        {
            "sentence_id": f"{name}:{position}",
            "article_id": name,
            "position": position,
            "start": start,
            "end": end,
            "text": text[start:end],
            "role": "body",
        }
        for name, text in texts.items()
        for position, (start, end) in enumerate(sentences.split_sentences(text))
    ]
    return document.build(table, tables.build("sentences", rows))
