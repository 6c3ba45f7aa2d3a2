"""Say how much room the packages of this Python environment take, and which take most.

usage: install_size.py [--top N]

To measure the core install, run it in a fresh virtual environment after `pip install .`. Counted
are the bytes of all files, compiled ones included; pip and setuptools, which a virtual
environment has anyway, are left out.
"""

import argparse
import pathlib
import sys
import sysconfig

NOT_OURS = ("pip", "setuptools", "_distutils_hack", "pkg_resources", "distutils-precedence")
MEGABYTE = 1_000_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--top", type=int, default=10)
    given = parser.parse_args()
    folders = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
    sizes: dict[str, int] = {}
    for folder in map(pathlib.Path, folders):
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                # matplotlib.libs and matplotlib-3.8.dist-info belong to matplotlib.
                name = path.relative_to(folder).parts[0].split(".")[0].split("-")[0].lower()
                sizes[name] = sizes.get(name, 0) + path.stat().st_size
    counted = {name: size for name, size in sizes.items() if name not in NOT_OURS}
    print(f"{sum(counted.values()) / MEGABYTE:.0f} MB in {', '.join(sorted(folders))}")
    for name in sorted(counted, key=lambda name: -counted[name])[: given.top]:
        print(f"{counted[name] / MEGABYTE:6.0f} MB  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
