"""The command `lineage serve`: parses, calls, prints."""

from __future__ import annotations

import contextlib
import sys
import threading
import webbrowser
from typing import Annotated

import typer

from . import options


def serve(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen on; 0: any that is free.")
    ] = 0,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Print the address and open no browser.")
    ] = False,
    config: options.ConfigFile = None,
    encoder: options.EncoderName = None,
    private_hosts: options.PrivateHosts = None,
    max_texts: Annotated[int, typer.Option(min=2, help="Texts of one request.")] = 200,
    max_mb: Annotated[float, typer.Option(min=0.001, help="Size of one request.")] = 20.0,
    max_waiting: Annotated[
        int, typer.Option(min=0, help="Requests that may wait; one more is turned away.")
    ] = 8,
    max_seconds: Annotated[float, typer.Option(min=1, help="Time of one trace.")] = 600.0,
) -> None:
    """Open a page on this machine: paste texts, see where they come from. Ctrl-C ends it."""
    from ..serve import pieces, serving

    settings = serving.Settings(
        options.settings(config, encoder),
        port,
        pieces.Limits(max_texts, int(max_mb * 1_000_000), max_waiting, max_seconds),
        tuple(private_hosts or ()),
    )

    def started(address: str) -> None:
        # Whoever reads it through a pipe is to have it now.
        print(address, flush=True)
        if sys.stdout.isatty():
            print("The address opens your page to whoever has it on this machine. Ctrl-C ends it.")
        if not no_open:
            # In a thread: some browsers run in the terminal, and the server is to answer them.
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    # Ctrl-C is how a server ends, and no fault.
    with contextlib.suppress(KeyboardInterrupt):
        serving.serve(settings, started)
