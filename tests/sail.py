"""Sail in the process of a test stands in for a cluster."""

import contextlib
import sys

import pytest


@contextlib.contextmanager
def no_doctests():
    """Let pyspark be imported where `__main__` is no file, as in the workers of xdist.

    It takes such a process for one that runs its own doctests, looks for a whole Spark, and ends
    the process where there is none; an interactive one it leaves alone.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "ps1", ">>> ", raising=False)
        yield


@contextlib.contextmanager
def session():
    """A session of a server of its own."""
    pytest.importorskip("pyspark", reason="the extra spark is not installed")
    sail = pytest.importorskip("pysail.spark", reason="pysail is not installed")
    server = sail.SparkConnectServer()
    server.start()
    try:
        with no_doctests():
            from pyspark.sql import SparkSession

            host, port = server.listening_address
            opened = SparkSession.builder.remote(f"sc://{host}:{port}").getOrCreate()
            yield opened
            opened.stop()
    finally:
        server.stop()
