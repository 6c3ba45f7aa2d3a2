"""Tell what is said of a picture from the story."""

from __future__ import annotations

import re

from . import boilerplate, bylines, page_lines, time_lines

MAX_WORDS = 80

_CAPTION = re.compile(
    r"\W{0,60}(?i:view image in full ?screen|(?:image|video|photo|media) (?:source|caption|"
    r"credit)\s{0,60}[,:]|"
    r"file\s{0,60}(?:photo|image|picture)?\s{0,60}[-–—:]|image caption|caption\s{0,60}:|pictured"
    r"\s{0,60}:|"
    r"in this (?:\w{1,60} )?\d{4} file)"
    r"|(?:.*[.!?)]\s{1,60})?(?:Photo|Photograph|Picture|Image|Illustration)s?(?i: by| credit"
    r"| courtesy"
    r"(?: of)?)?\s{0,60}:\s{0,60}[A-Z]|.*\((?:file|File|FILE)(?: photo)?\)\W{0,60}$"
    r"|.*\b(?:Credit|Photo|Photograph)\s?(?:\.{2,3}|…)\s?[A-Z]"
    r"|(?:Photo|Photograph|Picture|Image|Illustration)s? (?:by|courtesy of)"
    r"(?: [A-Z][\w.’'-]{1,60}){1,5}$"
)
# "Le loup a bu à la fontaine. © DR": one sentence, and whose picture it is.
_RIGHTS_BEHIND = re.compile(
    r"(?!.{20,}[a-zß-ÿ]{3}[.!?]\s+[A-ZÀ-Þ])(?=[^©\n]*[a-zß-ÿ]{3})[^©\n]{12,220}\s©"
    r"\s?(?:[A-ZÀ-Þ][\w.&’'/-]*\s?){1,5}"
)
# "..., Feb. 11, 2025.": the day at the end, after a comma, is how captions are dated.
_DATED_CAPTION = re.compile(
    r".*,\s+(?:\w+day,?\s+)?(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}),?\s+\d{4}"
    r"\.?(?:\s+\(.{2,60}\))?$"
)
# "HALVANE, Finland (KNN) - ": what stands above the dateline is not the story yet.
_PLACE_DASH = re.compile(
    r"[A-Z][A-Z .'’/-]{2,30}(?:,[^()–—-]{2,30})?(?:\s?\([^()]{2,40}\))?\s*[-–—]\s"
)
# "Jane Roe, right, with her grandson": where somebody stands in a picture.
_PLACED = re.compile(
    r"[A-Z][\w.’'-]+(?: (?:[A-Z][\w.’'-]+|and|of|de|van|von)){0,6}?(?:,? \((?:(?:far|top|"
    r"bottom) )?(?:left|right|"
    r"cent(?:er|re)|above|"
    r"pictured|second from (?:left|right))\)|, (?:(?:far|top|bottom) )?(?:left|right|cent(?:er|re)|"
    r"pictured|second from (?:left|right)),)"
)
_SPEECH = re.compile(r"\b(?:said|says|told|added)\b|[\"“”]")


def has_label(line: str) -> bool:
    """Say whether a line is marked as one of a picture: "Image caption: ...", "Photo: ..."."""
    return _CAPTION.match(line) is not None or _RIGHTS_BEHIND.fullmatch(line) is not None


def mark(page: page_lines.Layout, first: int, last: int) -> None:
    """Mark what is said of pictures: above the story, and of people in them anywhere.

    Parameters
    ----------
    page : Layout
        Changed in place.
    first, last : int
        The first and the last paragraph of the story.
    """
    for i, line in enumerate(page.lines):
        if page.roles[i] is not None or page.n_words[i] > MAX_WORDS:
            continue
        above = page.roles[i - 1] if i > 0 else None
        below = page.roles[i + 1] if i + 1 < len(page.lines) else None
        under_photo = above == "caption" and bylines.is_photo_line(page.lines[i - 1].text)
        one_sentence = re.search(r"[a-z]{3}[.!?]\s+[A-Z]", line.text) is None
        dated = _DATED_CAPTION.fullmatch(line.text) is not None
        placed = re.search(r"\b(?:left|right|cent(?:er|re))\s*,", line.text) is not None
        # Alone between credits and buttons, above the story.
        framed = above in ("credit", "caption", "boilerplate") and below in (
            "credit",
            "boilerplate",
        )
        # An entry of a live page stands between two times.
        timed = [
            time_lines.is_time_line(page.lines[k].text)
            for k in (i - 1, i + 1)
            if 0 <= k < len(page.lines)
        ]
        framed = framed and not all(timed)
        if _PLACED.match(line.text) is not None and _SPEECH.search(line.text) is None:
            page.roles[i] = "caption"
            continue
        if not one_sentence or i > first + 1:
            continue
        dateline = _PLACE_DASH.match(page.lines[i + 1].text) if below is None and i < last else None
        framed = framed or (above == "credit" and dateline is not None)
        framed = framed and i < last and boilerplate.has_end_mark(line.text)
        told = under_photo and (dated or placed or below == "credit")
        if told or (i <= first and (dated or framed)):
            page.roles[i] = "caption"
