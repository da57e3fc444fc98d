"""`python kernels.py LIBRARY`: what TensorRT's builder resource holds, by GPU generation.

`--keep SM --out COPY`: a copy whose other kernels are zeros. The resource is a container of CUDA fat binaries (magic 0xBA55ED50: version,
header size, size; then entries of PTX or machine code with their generation). A copy has the same length and tables, so that it loads as
the original does, and xz makes nothing of its zeros. It is for carrying the library to a machine of one's own over a narrow line: do not
hand it on, and measure with the whole one where that can travel.
"""

import argparse
import collections
import mmap
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

MAGIC = b"\x50\xed\x55\xba"
HEADER, ENTRY = struct.Struct("<IHHQ"), struct.Struct("<HHIQIIHHI")
PTX, MACHINE = 1, 2
Library: TypeAlias = bytearray | mmap.mmap


def entries(library: Library) -> Iterator[tuple[int, int, int, int]]:
    """(kind, generation, where its content begins, bytes) of each entry of each fat binary."""
    at = 0
    while (at := library.find(MAGIC, at)) >= 0:
        _, version, header, size = HEADER.unpack_from(library, at)
        if version != 1 or header != HEADER.size or at + header + size > len(library):
            at += len(MAGIC)
            continue
        entry, end = at + header, at + header + size
        while entry < end:
            kind, _, head, content, _, _, _, _, generation = ENTRY.unpack_from(library, entry)
            if kind not in (PTX, MACHINE) or head < ENTRY.size or entry + head + content > end:
                raise ValueError(
                    f"the fat binary at {at} has an entry at {entry} that is none: expected PTX or machine code, found kind {kind}"
                )
            yield kind, generation, entry + head, content
            entry += head + content
        at = end


def table(library: Library) -> list[str]:
    count: collections.Counter[tuple[int, int]] = collections.Counter()
    size: collections.Counter[tuple[int, int]] = collections.Counter()
    for kind, generation, _, content in entries(library):
        count[kind, generation] += 1
        size[kind, generation] += content
    return [
        f"{'PTX' if kind == PTX else 'kernels':8} sm_{generation}: {count[kind, generation]:6} {size[kind, generation] / 1e6:8.1f} MB"
        for kind, generation in sorted(count)
    ]


def keep(library: Library, generation: int) -> int:
    """Zeros over machine code of other generations, and over the PTX; returns the bytes that stay."""
    kept = 0
    for kind, found, at, content in list(entries(library)):
        if kind == MACHINE and found == generation:
            kept += content
        else:
            library[at : at + content] = bytes(content)
    if not kept:
        raise ValueError(f"the library has no kernels of sm_{generation}")
    return kept


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="kernels.py", description="What TensorRT's builder resource holds, by GPU generation.")
    parser.add_argument("library", type=Path, metavar="LIBRARY")
    parser.add_argument("--keep", type=int, metavar="SM", help="generation of the GPU, 90 for Hopper; needs --out")
    parser.add_argument("--out", type=Path, metavar="COPY", help="where the copy goes")
    chosen = parser.parse_args(argv)
    if (chosen.keep is None) != (chosen.out is None):
        parser.error("--keep SM and --out COPY come together")
    if not chosen.library.is_file():
        parser.error(f"{chosen.library} is no file")
    with chosen.library.open("rb") as f, mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_COPY) as library:
        print("\n".join(table(library)))
        if chosen.keep is not None:
            print(f"{keep(library, chosen.keep) / 1e6:.1f} MB kept")
            with chosen.out.open("wb") as out:
                out.write(library)


if __name__ == "__main__":
    main()
