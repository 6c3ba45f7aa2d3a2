"""Write the reports of the stories in data/, one page each: python reports/make.py [FOLDER]."""

import os
import pathlib
import sys

import lineage
from lineage.report.page import render

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main(folder: pathlib.Path) -> None:
    """Trace every story and write `folder`/STORY.html."""
    folder.mkdir(parents=True, exist_ok=True)
    # The pages name their inputs as they are named from here.
    os.chdir(ROOT)
    for articles in sorted(pathlib.Path("data").glob("*/articles")):
        result = lineage.trace(lineage.read(articles))
        page = render.render(result.frames, result.run)
        target = folder / f"{articles.parent.name}.html"
        target.write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "reports").resolve())
