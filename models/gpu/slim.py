"""`python slim.py FOLDER OTHER`: copies a folder; its jars come out uncompressed and without natives of other machines than linux-x86_64.

xz then sees classes and libraries instead of deflated streams, and halves what has to travel.
"""
import os
import re
import shutil
import sys
import zipfile

# How rocksdbjni, onnxruntime, tokenizers, jline and zstd-jni name what is for others.
FOREIGN = re.compile(r"(?i)(\.dll|\.dylib|\.jnilib|\.pdb|\.dSYM/.*|(^|[/_-])(aarch64|arm64|aarch_64|ppc64le|ppc64|s390x|riscv64|loongarch64|i386|x86_32|armv?\d?\w*|musl|"
                     r"linux32|freebsd|aix|win|windows|osx|darwin|mac)[^/]*(/.*)?(\.so|\.a)$|librocksdbjni-linux32.*|librocksdbjni-linux.*(musl|arm|aarch|ppc|s390|riscv).*)$")


def slim(jar, to):
    with zipfile.ZipFile(jar) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as new:
        for entry in old.infolist():
            if not FOREIGN.search(entry.filename):
                kept = zipfile.ZipInfo(entry.filename, entry.date_time)
                kept.external_attr = entry.external_attr
                new.writestr(kept, old.read(entry))


def main(folder, other):
    for path, _, files in os.walk(folder):
        to = os.path.join(other, os.path.relpath(path, folder))
        os.makedirs(to, exist_ok=True)
        for name in files:
            (slim if name.endswith(".jar") else shutil.copyfile)(os.path.join(path, name), os.path.join(to, name))


if __name__ == "__main__":
    main(*sys.argv[1:])
