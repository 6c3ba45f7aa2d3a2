"""Named sums, which every figure of a set of cases is made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

N_BINS = 10


def bin_of(p: float) -> int:
    """Return which of ten equal bins of [0, 1] a probability falls in; the last one is closed."""
    for k in range(N_BINS):
        if k / N_BINS <= p < (k + 1) / N_BINS:
            return k
    return N_BINS - 1


def mean(figure: str, values: Sequence[float], *, of: int | None = None) -> dict[str, float]:
    """Return the sums of a mean.

    Parameters
    ----------
    figure : str
    values : sequence of float
    of : int, optional
        How many pairs, edges or sentences the values were made from, where each is not
        made from one.

    Returns
    -------
    dict of str to float
    """
    made = {f"{figure}.sum": float(sum(values)), f"{figure}.n": float(len(values))}
    return made if of is None else made | {f"{figure}.of": float(of)}


def bins(figure: str, stated: Iterable[tuple[float, bool]]) -> dict[str, float]:
    """Return the sums of a calibration error, bin by bin.

    Parameters
    ----------
    figure : str
    stated : iterable of (float, bool)
        Probabilities, and whether what they speak of is so.

    Returns
    -------
    dict of str to float
        Without the bins that are empty.
    """
    made: dict[str, float] = {}
    for p, right in stated:
        k = bin_of(p)
        for part, value in (("n", 1.0), ("p", p), ("right", float(right))):
            made[f"{figure}.{k}.{part}"] = made.get(f"{figure}.{k}.{part}", 0.0) + value
    return made


def total(parts: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Add sums up, name by name."""
    made: dict[str, float] = {}
    for part in parts:
        for name, value in part.items():
            made[name] = made.get(name, 0.0) + value
    return made
