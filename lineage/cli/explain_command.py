"""The command `lineage explain`: parses, calls, prints."""

from __future__ import annotations

from typing import Annotated

import typer

from . import article_ids, options


def explain(
    run: options.Run,
    article: Annotated[
        str, typer.Argument(help="An article_id of the run, or enough of its beginning.")
    ],
    sentence: Annotated[
        int | None,
        typer.Option("--sentence", "-s", help="One sentence by its number in the report, from 1."),
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Show where an article and its sentences came from, with the evidence."""
    from .. import result
    from ..report import explained
    from . import explanations as telling

    loaded = result.load(run)
    if as_json:
        from ..io.writers import export

        name = article_ids.resolve(article, list(loaded.articles["article_id"]), "explain")
        typer.echo(export.dump(explained.article(loaded.frames, name, sentence)), nl=False)
        return
    for line in telling.article(loaded, article, sentence):
        print(line)
