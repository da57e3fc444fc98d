"""The cut of TensorRT's builder resource, on a container made here."""

import importlib.util
import struct
from pathlib import Path

import pytest

PATH = Path(__file__).parents[1] / "gpu" / "kernels.py"
spec = importlib.util.spec_from_file_location("kernels", PATH)
kernels = importlib.util.module_from_spec(spec)
spec.loader.exec_module(kernels)


def entry(kind, generation, content):
    return struct.pack("<HHIQIIHHI", kind, 0x101, 64, len(content), 0, 0, 0, 0, generation).ljust(64, b"\1") + content


def fat(*entries):
    body = b"".join(entries)
    return kernels.MAGIC + struct.pack("<HHQ", 1, 16, len(body)) + body


def test_kernels_of_one_generation_stay_and_nothing_moves():
    old = b"table" + fat(entry(1, 80, b"ptx text"), entry(2, 90, b"hopper")) + b"between" + fat(entry(2, 75, b"turing"))
    library = bytearray(old)
    assert kernels.keep(library, 90) == len(b"hopper")
    assert bytes(library) == old.replace(b"ptx text", bytes(8)).replace(b"turing", bytes(6))
    assert len(kernels.table(library)) == 3


def test_a_generation_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="no kernels of sm_120"):
        kernels.keep(bytearray(fat(entry(2, 90, b"hopper"))), 120)


def test_bytes_that_only_look_like_a_fat_binary_are_left_alone():
    assert list(kernels.entries(b"x" + kernels.MAGIC + b"\xff" * 40)) == []
