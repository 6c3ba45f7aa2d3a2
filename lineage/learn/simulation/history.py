"""Cases from the history of a git repository: versions of a file, commit parents as truth."""

from __future__ import annotations

import dataclasses
import logging
import os
import random
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from ... import errors
from ...io.readers import decode

logger = logging.getLogger(__name__)

SET = "git_prose"
SEED = 1

# Fewer versions say nothing about direction.
MIN_VERSIONS = 3
# A case of more is one of the longest-lived files; its last versions stand for it.
MAX_VERSIONS = 40

# Where a folder is named: files of these kinds are taken for prose.
PROSE = (".md", ".markdown", ".txt", ".rst", ".adoc", ".asciidoc", ".html", ".htm", ".tex")

_Blob = str


@dataclasses.dataclass(frozen=True)
class Version:
    """A text of a file, with the versions that it was made from.

    Attributes
    ----------
    blob : str
        Its object name: versions with the same bytes are one.
    parents : tuple of str
        Blobs of the versions before it, two or more after a merge.
    at : str
        Author time of the first commit that has it, with its zone (ISO 8601).
    """

    blob: str
    parents: tuple[str, ...]
    at: str


def cases(
    repository: str | os.PathLike[str],
    paths: Sequence[str | os.PathLike[str]],
    *,
    follow: bool = False,
    min_versions: int = MIN_VERSIONS,
    max_versions: int = MAX_VERSIONS,
    seed: int = SEED,
) -> Iterator[dict[str, Any]]:
    """Turn files of a repository into cases.

    Parameters
    ----------
    repository : path
        A work tree or a bare repository.
    paths : sequence of path
        Files, or folders whose prose files are all taken, relative to the top of the
        repository, as they are named at HEAD. All prose files if empty.
    follow : bool, default False
        Whether a file's history goes on under its earlier names.
    min_versions, max_versions : int
        Files with fewer versions are left out; of more, the last ones are taken.
    seed : int
        Of the shuffled ids.

    Yields
    ------
    dict
        A case as docs/cases.md describes it, of the set ``git_prose``, with the
        ``commit`` at HEAD.

    Raises
    ------
    UsageError
        If git is not installed, or the numbers do not fit.
    InputError
        If it is no repository, has no commit, or a path is not in it.

    Notes
    -----
    A version is a distinct content. Its parents are the contents in the parents of the
    first commit that has it: a merge has two, unless one comes from the other. Going
    back to an earlier text makes no new version, so the edges never run in a circle.
    """
    if not 2 <= min_versions <= max_versions:
        raise errors.UsageError(
            f"versions: at least {min_versions} and at most {max_versions} does not fit; "
            "2 <= least <= most"
        )
    git = _Git(Path(repository))
    if git.run("rev-parse", "--is-shallow-repository").strip() == b"true":
        logger.warning("%s is a shallow clone: versions before its border are missing", git.top)
    for path in _files(git, paths):
        names = _names(git, path) if follow else [path]
        found = _versions(git, names)
        texts = _texts(git, [each.blob for each in found])
        kept = _without(found, {each.blob for each in found} - set(texts))[-max_versions:]
        if len(kept) < min_versions:
            logger.info("%s: %s versions, left out", path, len(kept))
            continue
        yield {**_case(f"{git.name}:{path}", kept, texts, seed), "commit": git.head}


class _Git:
    """Calls the program in one repository."""

    def __init__(self, folder: Path) -> None:
        self.top = folder
        if not folder.is_dir():
            raise errors.InputError(f"{folder}: no such folder; name a git repository")
        top = self.run("rev-parse", "--show-cdup").decode(errors="surrogateescape").strip("\n")
        self.top = (folder / top).resolve() if top else folder.resolve()
        self.name = self.top.name.removesuffix(".git")
        try:
            self.head = (
                self.run("rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode().strip()
            )
        except errors.InputError:
            raise errors.InputError(f"{folder}: no commit at HEAD") from None

    def run(self, *arguments: str, given: bytes | None = None) -> bytes:
        """Return what git writes for these arguments."""
        # Settings of the user's that change output or wait for somebody are kept out.
        settings = os.environ | {
            "LC_ALL": "C",
            "GIT_OPTIONAL_LOCKS": "0",
            # A file's name is a name and no pattern.
            "GIT_LITERAL_PATHSPECS": "1",
        }
        command = ["git", "--no-pager", "-C", str(self.top), "-c", "log.showSignature=false"]
        try:
            done = subprocess.run(
                [*command, *arguments], input=given, capture_output=True, env=settings, check=False
            )
        except FileNotFoundError:
            raise errors.UsageError("git is not installed, or not on the path") from None
        if done.returncode != 0:
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise errors.InputError(f"{self.top}: {said[0] if said else 'git failed'}")
        return done.stdout


def _files(git: _Git, paths: Sequence[str | os.PathLike[str]]) -> list[str]:
    """Files at HEAD that the paths name, each once."""
    listed = _split(git.run("ls-tree", "-r", "-z", "--full-tree", "--name-only", "HEAD"))
    if not paths:
        paths = ["."]
    chosen: dict[str, None] = {}
    for path in paths:
        asked = PurePosixPath(str(path).replace(os.sep, "/")).as_posix()
        if asked in listed:
            chosen[asked] = None
            continue
        inside = [
            each
            for each in listed
            if (asked == "." or each.startswith(f"{asked}/"))
            and PurePosixPath(each).suffix.lower() in PROSE
        ]
        if not inside:
            raise errors.InputError(
                f"{git.top}: no {path} at HEAD, or no prose in it; paths go from the top of the "
                "repository"
            )
        chosen |= dict.fromkeys(inside)
    return list(chosen)


def _names(git: _Git, path: str) -> list[str]:
    """The file's name and those that it had before, newest first."""
    log = git.run("log", "--follow", "--format=", "--name-status", "-z", "-M", "HEAD", "--", path)
    names = [path]
    fields = iter(_split(log))
    for status in fields:
        first = next(fields, "")
        if status.startswith(("R", "C")):
            next(fields, "")
            if first not in names:
                names.append(first)
    return names


def _versions(git: _Git, names: Sequence[str]) -> list[Version]:
    """Distinct contents of a file in an order in which parents come first."""
    commits = _commits(git, names)
    blobs = _blobs(git, [each.name for each in commits], names)
    first: dict[_Blob, Version] = {}
    above: dict[_Blob, set[_Blob]] = {}
    for each in commits:
        blob = blobs.get(each.name)
        if blob is None or blob in first:
            continue
        parents = dict.fromkeys(
            blobs[parent] for parent in each.parents if blobs.get(parent) is not None
        )
        # A parent that the other one comes from says nothing that the other does not.
        direct = [
            parent
            for parent in parents
            if not any(parent in above[other] for other in parents if other != parent)
        ]
        first[blob] = Version(blob, tuple(direct), each.at)
        above[blob] = set(direct).union(*(above[parent] for parent in direct))
    return list(first.values())


@dataclasses.dataclass(frozen=True)
class _Commit:
    name: str
    parents: tuple[str, ...]
    at: str


def _commits(git: _Git, names: Sequence[str]) -> list[_Commit]:
    """Commits that matter to a file, parents first, each with its next such ancestors."""
    log = git.run(
        "log",
        # Both sides of a merge, also where it took over one of them unchanged.
        "--full-history",
        "--parents",
        "--topo-order",
        "--reverse",
        "--format=%H%x00%P%x00%aI",
        "HEAD",
        "--",
        *names,
    )
    made = []
    for line in log.decode().splitlines():
        name, parents, at = line.split("\0")
        made.append(_Commit(name, tuple(parents.split()), at))
    return made


def _blobs(git: _Git, commits: Sequence[str], names: Sequence[str]) -> dict[str, _Blob]:
    """What the file is in each commit, under the newest of its names that is there."""
    asked = [f"{commit}:{name}" for commit in commits for name in names]
    given = "".join(f"{each}\n" for each in asked).encode(errors="surrogateescape")
    answers = git.run("cat-file", "--batch-check=%(objectname) %(objecttype)", given=given)
    lines = answers.decode(errors="surrogateescape").splitlines()
    found: dict[str, _Blob] = {}
    for each, line in zip(asked, lines, strict=True):
        commit = each.partition(":")[0]
        if line.endswith(" blob") and not line.startswith(each):
            found.setdefault(commit, line.split(" ")[0])
    return found


def _texts(git: _Git, blobs: Sequence[_Blob]) -> dict[_Blob, str]:
    """Contents that are texts with a word in them."""
    answers = git.run("cat-file", "--batch", given="".join(f"{b}\n" for b in blobs).encode())
    texts = {}
    at = 0
    for blob in blobs:
        end = answers.index(b"\n", at)
        size = int(answers[at:end].split(b" ")[2])
        data = answers[end + 1 : end + 1 + size]
        at = end + size + 2
        try:
            text = decode.decode(data).text
        except errors.InputError as error:
            logger.warning("version %s is left out: %s", blob[:10], error)
            continue
        if any(character.isalnum() for character in text):
            texts[blob] = text
    return texts


def _without(versions: Sequence[Version], dropped: set[_Blob]) -> list[Version]:
    """Take versions out; what came from one of them comes from its parents."""
    if not dropped:
        return list(versions)
    through: dict[_Blob, tuple[_Blob, ...]] = {}
    kept = []
    for each in versions:
        parents = tuple(
            dict.fromkeys(
                blob for parent in each.parents for blob in through.get(parent, (parent,))
            )
        )
        if each.blob in dropped:
            through[each.blob] = parents
        else:
            kept.append(dataclasses.replace(each, parents=parents))
    return kept


def _case(
    name: str, versions: Sequence[Version], texts: Mapping[_Blob, str], seed: int
) -> dict[str, Any]:
    rng = random.Random(f"lineage/{seed}/{name}")
    shuffled = rng.sample(list(versions), len(versions))
    ids = {each.blob: f"d{k:02d}" for k, each in enumerate(shuffled)}
    return {
        "set": SET,
        # A name that is not UTF-8 cannot stand in a file that is.
        "case": name.encode(errors="surrogateescape").decode(errors="replace"),
        "articles": [
            {"id": ids[each.blob], "published_at": each.at, "text": texts[each.blob]}
            for each in shuffled
        ],
        "edges": sorted(
            [ids[parent], ids[each.blob]]
            for each in versions
            # The parents of the first versions kept may not be.
            for parent in each.parents
            if parent in ids
        ),
    }


def _split(listed: bytes) -> list[str]:
    return [each.decode(errors="surrogateescape") for each in listed.split(b"\0") if each]
