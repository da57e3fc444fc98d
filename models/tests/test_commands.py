"""What holds for every command and every module: help only helps, misuse is status 2, nothing happens at import."""

import ast
import importlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from longtake_models import config
from longtake_models.config import PACKAGE
from longtake_models.refused import Refused

FILES = sorted(PACKAGE.rglob("*.py"))
COMMANDS = sorted(
    "longtake_models." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__main__")
    for path in FILES
    if "\nif __name__ ==" in path.read_text(encoding="utf-8")
)
NOTHING_MADE = {
    "export": [],
    "golden": [],
    "parity": ["--models", "nowhere"],
    "strip": [],
    "evaluate": ["--quick"],
}

IMPORT_ALL = """
import os, pkgutil, sys, threading
import cv2, numpy, onnx, onnxruntime, PIL.Image, safetensors.torch, tokenizers, torch, tqdm
import torch.onnx, torch.utils.flop_counter
from torch.utils._python_dispatch import TorchDispatchMode

class Nothing(TorchDispatchMode):
    def __torch_dispatch__(self, function, types, given=(), named=None):
        raise AssertionError(f"{function} at import")

def state():
    return len(os.listdir("/proc/self/task")), threading.active_count(), cv2.getNumThreads(), torch.get_num_threads(), \\
        torch.get_rng_state().tolist(), torch.cuda.is_initialized(), sorted(os.environ)

before, drawn = state(), repr(numpy.random.get_state())
import longtake_models
with Nothing():
    for module in pkgutil.walk_packages(longtake_models.__path__, "longtake_models."):
        __import__(module.name)
assert state() == before, (state(), before)
assert repr(numpy.random.get_state()) == drawn
print(sum(name.startswith("longtake_models") for name in sys.modules))
"""


def run(folder, *arguments):
    environment = {**os.environ, "LONGTAKE_WORK": str(folder / "work"), "OMP_NUM_THREADS": "1"}
    return subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False)


def main(command):
    name = command if (PACKAGE.parent / (command.replace(".", "/") + ".py")).exists() else command + ".__main__"
    return importlib.import_module(name).main


def test_these_are_the_commands():
    names = "decoded evaluate export golden measure paper parity road.clip road.look road.sheet strip train update world.dataset"
    assert [f"longtake_models.{name}" for name in names.split()] == COMMANDS


def test_help_prints_help_from_any_directory_and_does_nothing_else(tmp_path):
    def ask(command):
        folder = tmp_path / command
        folder.mkdir()
        return command, run(folder, "-m", command, "--help"), list(folder.iterdir())

    with ThreadPoolExecutor(2) as pool:
        for command, answer, left in pool.map(ask, COMMANDS):
            assert (answer.returncode, answer.stderr, left) == (0, "", []), (command, answer)
            assert answer.stdout.startswith(f"usage: python -m {command} ") and "--help" in answer.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_misuse_is_status_2_and_a_usage_line(command, capsys):
    with pytest.raises(SystemExit) as ended:
        main(command)(["--nonsense"])
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith(f"usage: python -m {command} ")


@pytest.mark.parametrize("command", NOTHING_MADE)
def test_a_command_that_lacks_what_another_makes_names_that_one(command, tmp_path, monkeypatch):
    monkeypatch.setenv("LONGTAKE_WORK", str(tmp_path / "work"))
    monkeypatch.chdir(tmp_path)
    out = ["--out", str(tmp_path / "out")] if command != "parity" else []
    with pytest.raises(Refused, match=r"is missing: python -m longtake_models\.(train|export|world\.dataset)"):
        main(f"longtake_models.{command}")([*NOTHING_MADE[command], *out])
    assert not [file for file in tmp_path.rglob("out/**/*") if file.is_file()], "nothing that is committed has been written over"


def test_a_refusal_is_one_line_and_status_2(tmp_path):
    answer = run(tmp_path, "-m", "longtake_models.strip", "--out", str(tmp_path / "strip"))
    assert answer.returncode == 2 and answer.stdout == ""
    expected = f"longtake_models: {tmp_path}/work/student.pt is missing: python -m longtake_models.train student makes it\n"
    assert answer.stderr == expected


def test_a_part_that_does_not_exist_is_named_with_those_that_do(capsys):
    with pytest.raises(SystemExit) as ended:
        main("longtake_models.train")(["images"])
    assert ended.value.code == 2
    assert "no part is called images; there are autoencoder, image, temporal" in capsys.readouterr().err


def test_importing_every_module_starts_draws_computes_and_writes_nothing(tmp_path):
    answer = run(tmp_path, "-c", IMPORT_ALL)
    assert answer.returncode == 0, answer.stderr
    assert int(answer.stdout) == len(FILES)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_holds_definitions_only(path):
    definitions = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        guard = isinstance(statement, ast.If) and ast.unparse(statement.test) == "__name__ == '__main__'"
        assert isinstance(statement, definitions) or text or guard, f"{path}:{statement.lineno}"


def test_an_installed_copy_asks_for_the_paths_that_only_a_clone_has(monkeypatch, tmp_path):
    monkeypatch.setattr(config, "PACKAGE", tmp_path / "longtake_models")
    monkeypatch.delenv("LONGTAKE_WORK", raising=False)
    with pytest.raises(Refused, match="LONGTAKE_WORK is missing: only in a clone is it models/work"):
        config.work("image.pt")
