"""`python slim.py FOLDER OTHER`: copies a folder; its jars come out uncompressed and without natives of other machines than linux-x86_64.

xz then sees classes and libraries instead of deflated streams, and halves what has to travel.
"""

import argparse
import re
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

# How rocksdbjni, onnxruntime, tokenizers, jline and zstd-jni name what is for others.
FOREIGN = re.compile(
    r"(?i)(\.dll|\.dylib|\.jnilib|\.pdb|\.dSYM/.*"
    r"|(^|[/_-])(aarch64|arm64|aarch_64|ppc64le|ppc64|s390x|riscv64|loongarch64|i386|x86_32|armv?\d?\w*|musl"
    r"|linux32|freebsd|aix|win|windows|osx|darwin|mac)[^/]*(/.*)?(\.so|\.a)$"
    r"|librocksdbjni-linux32.*|librocksdbjni-linux.*(musl|arm|aarch|ppc|s390|riscv).*)$"
)


def slim(jar: Path, to: Path) -> None:
    with zipfile.ZipFile(jar) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as new:
        for entry in old.infolist():
            if not FOREIGN.search(entry.filename):
                kept = zipfile.ZipInfo(entry.filename, entry.date_time)
                kept.external_attr = entry.external_attr
                new.writestr(kept, old.read(entry))


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="slim.py", description="Copies a folder; its jars come out uncompressed and for linux-x86_64 only."
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("other", type=Path, metavar="OTHER", help="where the copy goes")
    chosen = parser.parse_args(argv)
    if not chosen.folder.is_dir():
        parser.error(f"{chosen.folder} is no folder")
    for path in sorted(chosen.folder.rglob("*")):
        to = chosen.other / path.relative_to(chosen.folder)
        if path.is_dir():
            to.mkdir(parents=True, exist_ok=True)
            continue
        to.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".jar":
            slim(path, to)
        else:
            shutil.copyfile(path, to)


if __name__ == "__main__":
    main()
