"""Settings of all tests."""

import os
import tomllib
from pathlib import Path

import hypothesis
import pytest

from . import traces

# No test asserts a time: a busy machine is no bug.
hypothesis.settings.register_profile("lineage", deadline=None)
# `pytest -m "not slow"` has the breadth, everything the depth.
hypothesis.settings.register_profile("first lane", deadline=None, max_examples=5)

# What the program is known not to reach, with the reason; a test that passes again leaves the list.
SHORTFALLS = Path(__file__).with_name("shortfalls.toml")


def pytest_configure(config):
    is_first = config.getoption("markexpr") == "not slow"
    hypothesis.settings.load_profile("first lane" if is_first else "lineage")


@pytest.fixture(scope="session", autouse=True)
def folder_of_traces(tmp_path_factory):
    """One folder for all workers of a run: a trace is made by the first that asks for it."""
    base = tmp_path_factory.getbasetemp()
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    traces.FOLDER = (base.parent if is_worker else base) / "traces"


def pytest_collection_modifyitems(items):
    listed = tomllib.loads(SHORTFALLS.read_text(encoding="utf-8"))
    reasons = {name: reason for reason, names in listed.items() for name in names}
    for item in items:
        name = f"{item.path.name}::{item.nodeid.partition('::')[2]}"
        if name in reasons:
            item.add_marker(pytest.mark.xfail(reason=reasons[name], strict=False))
