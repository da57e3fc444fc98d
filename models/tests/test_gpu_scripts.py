"""The scripts that travel to a machine with a GPU, which has no package installed."""

import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

FOLDER = Path(__file__).parents[1] / "gpu"
SCRIPTS = sorted(FOLDER.glob("*.py"))


def run(folder, script, *arguments):
    return subprocess.run([sys.executable, FOLDER / script, *arguments], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_help_is_help_and_no_arguments_are_status_2(script, tmp_path):
    helped, misused = run(tmp_path, script.name, "--help"), run(tmp_path, script.name)
    assert (helped.returncode, helped.stderr) == (0, "") and helped.stdout.startswith(f"usage: {script.name} ")
    assert misused.returncode == 2 and misused.stderr.startswith(f"usage: {script.name} ")


def test_a_slim_copy_has_the_same_files_and_jars_without_foreign_natives(tmp_path):
    (tmp_path / "app" / "lib").mkdir(parents=True)
    (tmp_path / "app" / "notes.txt").write_text("as it was")
    with zipfile.ZipFile(tmp_path / "app" / "lib" / "a.jar", "w", zipfile.ZIP_DEFLATED) as jar:
        for name in ("A.class", "native/lib.dll", "linux-x86_64/lib.so", "linux-aarch64/lib.so"):
            jar.writestr(name, b"0" * 1000)
    assert run(tmp_path, "slim.py", "app", "copy").returncode == 0
    assert (tmp_path / "copy" / "notes.txt").read_text() == "as it was"
    with zipfile.ZipFile(tmp_path / "copy" / "lib" / "a.jar") as jar:
        assert jar.namelist() == ["A.class", "linux-x86_64/lib.so"]
        assert {entry.compress_type for entry in jar.infolist()} == {zipfile.ZIP_STORED}


def test_psnr_of_two_videos_and_the_least_that_is_asked(tmp_path):
    first, second = np.zeros((2, 512 * 256 * 3), np.uint8), np.zeros((2, 512 * 256 * 3), np.uint8)
    second[1] = 255 // 51
    first.tofile(tmp_path / "a.rgb")
    second.tofile(tmp_path / "b.rgb")
    for least, status in (("35", 0), ("38", 1)):
        answer = run(tmp_path, "psnr.py", "a.rgb", "b.rgb", least)
        assert (answer.returncode, answer.stderr) == (status, "")
        assert answer.stdout == "PSNR of 2 frames: 37.16 dB, worst frame 34.15 dB\n"
    assert "no file of whole frames" in run(tmp_path, "psnr.py", "a.rgb", __file__).stderr
