"""One line of evidence and how it reads in the other direction."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True)
class Evidence:
    """One signal for or against "`target` was made from `source`".

    Attributes
    ----------
    signal : str
        Name of the signal.
    about : str
        ``link``, ``direction`` or ``parent_choice``.
    weight_bits : float
        Log2 of a likelihood ratio; above 0 speaks for it.
    detail : str
        One line for a reader.
    source_span, target_span : (int, int) or None
        The characters in the supplied texts that the signal points at.
    """

    signal: str
    about: str
    weight_bits: float
    detail: str
    source_span: tuple[int, int] | None = None
    target_span: tuple[int, int] | None = None

    def reversed(self) -> Evidence:
        """Return what this evidence says of the edge drawn the other way.

        Returns
        -------
        Evidence
            Spans change sides; evidence about direction changes its sign.
        """
        weight = -self.weight_bits if self.about == "direction" else self.weight_bits
        return dataclasses.replace(
            self,
            weight_bits=weight,
            source_span=self.target_span,
            target_span=self.source_span,
        )
