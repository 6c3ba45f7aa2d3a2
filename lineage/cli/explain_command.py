"""The command `lineage explain`: parses, calls, prints."""

from __future__ import annotations

from typing import Annotated

import typer

from . import options


def explain(
    run: options.Run,
    article: Annotated[str, typer.Argument(help="An article_id of the run.")],
    sentence: Annotated[
        int | None, typer.Option("--sentence", "-s", help="One sentence by its position, from 0.")
    ] = None,
) -> None:
    """Show where an article and its sentences came from, with the evidence."""
    from .. import result
    from . import explanations as telling

    for line in telling.article(result.load(run), article, sentence):
        print(line)
