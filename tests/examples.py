"""How many examples a property is tried on: fewer in the first lane, see conftest.py."""

import hypothesis


def at_most(n):
    """Try `n` examples where each takes long, and no more than the profile in use tries."""
    in_use = hypothesis.settings.default.max_examples
    return hypothesis.settings(max_examples=min(n, in_use), deadline=None)
