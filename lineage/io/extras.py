"""Parts that are installed on demand."""

from __future__ import annotations

import importlib
from types import ModuleType

from .. import errors

# Packages that are imported under another name than they are installed by.
_PACKAGES = {"docx": "python-docx", "pdfminer": "pdfminer.six", "xlsxwriter": "XlsxWriter"}


def need(module: str, extra: str, purpose: str) -> ModuleType:
    """Import a module that an extra of the package brings.

    Parameters
    ----------
    module : str
        Dotted name of the module.
    extra : str
        Name of the extra that installs it.
    purpose : str
        What it is wanted for, as the start of the message: "reading web pages".

    Returns
    -------
    module

    Raises
    ------
    MissingExtraError
        If it cannot be imported; the message has the command that installs it.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        package = _PACKAGES.get(package, package)
        raise errors.MissingExtraError(
            f'{purpose} needs {package}: pip install "article-lineage[{extra}]"'
        ) from error
