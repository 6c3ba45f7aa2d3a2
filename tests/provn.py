"""PROV-N by the W3C's grammar, read with the parser library lark; no other part of PROV-N is known.

Nothing of the library that writes it is used.
"""

import functools
import pathlib

import lark

GRAMMAR = pathlib.Path(__file__).with_name("provn.lark")


@functools.cache
def parser():
    return lark.Lark(GRAMMAR.read_text(encoding="utf-8"), start="document", parser="lalr")


def read(written):
    """Return the namespaces and the expressions of a document.

    Returns
    -------
    namespaces : dict
    expressions : list of (str, str, list of str, dict)
        Name, own identifier (empty without one), other identifiers, attributes.
    """
    tree = parser().parse(written)
    namespaces, expressions = {}, []
    for part in tree.children:
        if part.data == "declarations":
            namespaces = {str(one.children[0]): str(one.children[1])[1:-1] for one in part.children}
            continue
        own, others, attributes = "", [], {}
        for child in part.children:
            if isinstance(child, lark.Token):
                others.append(str(child))
            elif child.data == "own":
                own = str(child.children[0])
            else:
                attributes = dict(_pair(pair) for pair in child.children)
        expressions.append((str(part.data), own, others, attributes))
    return namespaces, expressions


def _pair(pair):
    name, value = pair.children
    first = str(value.children[0])
    if value.data == "typed":
        return str(name), (_string(first), str(value.children[1]))
    return str(name), int(first) if first.lstrip("-").isdigit() else _string(first)


def _string(quoted):
    if quoted.startswith("'"):
        return quoted[1:-1]
    inner = quoted[3:-3] if quoted.startswith('"""') else quoted[1:-1]
    escapes = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
    found, at = [], 0
    while at < len(inner):
        if inner[at] == "\\":
            found.append(escapes.get(inner[at + 1], inner[at + 1]))
            at += 2
        else:
            found.append(inner[at])
            at += 1
    return "".join(found)
