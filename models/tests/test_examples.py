"""The Python examples of docs/examples, as somebody meets them who has just cloned the project."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "examples"
EXAMPLES = sorted(FOLDER.glob("*.py"))
LACKS = {"read_frames.py": ("fastavro", ["--input", "frames.kcat"]), "openai_sdk.py": ("openai", ["a drive"])}
UNREACHABLE = {"follow_video.py": ["a drive", "--base-url", "http://127.0.0.1:1"], "read_frames.py": ["--input", "no-such-file"]}


def run(folder, example, *arguments, stub=""):
    """Started elsewhere, with the packages that are not of Python itself replaced by `stub`."""
    packages = folder / "packages"
    packages.mkdir()
    for package, _ in LACKS.values():
        (packages / f"{package}.py").write_text(stub)
    environment = {**os.environ, "PYTHONPATH": str(packages), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, FOLDER / example, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_help_needs_nothing_and_is_all_that_happens(example, tmp_path):
    answer = run(tmp_path, example.name, "--help", stub="raise ImportError('not installed')")
    assert (answer.returncode, answer.stderr) == (0, "") and answer.stdout.startswith(f"usage: {example.name} ")
    assert [path.name for path in tmp_path.iterdir()] == ["packages"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_no_arguments_are_answered_by_a_usage_line_and_status_2(example, tmp_path):
    answer = run(tmp_path, example.name, stub="raise ImportError('not installed')")
    assert answer.returncode == 2 and answer.stderr.startswith(f"usage: {example.name} ") and "Traceback" not in answer.stderr


@pytest.mark.parametrize("example", LACKS)
def test_a_package_that_is_missing_is_named_with_the_command_that_brings_it(example, tmp_path):
    package, arguments = LACKS[example]
    answer = run(tmp_path, example, *arguments, stub="raise ImportError('not installed')")
    assert answer.returncode == 1
    assert answer.stderr == f"the Python package {package} is missing: pip install {package}\n"


@pytest.mark.parametrize("example", UNREACHABLE)
def test_what_cannot_be_reached_is_one_line(example, tmp_path):
    answer = run(tmp_path, example, *UNREACHABLE[example], stub="def parse_schema(schema): return schema")
    assert answer.returncode == 1 and answer.stderr.count("\n") == 1, answer.stderr
