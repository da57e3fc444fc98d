"""The package and its lock."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

MODELS = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((MODELS / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, BUILD = PYPROJECT["project"], PYPROJECT["build-system"]
LOCK = (MODELS / "requirements.lock").read_text(encoding="utf-8")
EXAMPLES = (MODELS.parent / ".ci" / "requirements.lock").read_text(encoding="utf-8")
ENTRY = re.compile(r"^([a-z0-9.-]+)==(\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M)


def test_every_direct_dependency_is_pinned_and_locked_at_that_version():
    locked = {name: version for name, version, _ in ENTRY.findall(LOCK)}
    wanted = dict(line.split("==") for line in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"], *BUILD["requires"]))
    assert {name: locked.get(name) for name in wanted} == wanted


@pytest.mark.parametrize(("lock", "least"), [(LOCK, 40), (EXAMPLES, 10)], ids=["the package", "the examples"])
def test_every_line_of_a_lock_is_an_exact_version_with_its_hashes_or_a_comment(lock, least):
    assert len(ENTRY.findall(lock)) > least
    rest = ENTRY.sub("", lock)
    assert [line for line in rest.splitlines() if line and not line.lstrip().startswith("#")] == []


def test_what_both_locks_name_is_one_version():
    package, examples = ({name: version for name, version, _ in ENTRY.findall(lock)} for lock in (LOCK, EXAMPLES))
    assert {name: package.get(name, version) for name, version in examples.items()} == examples


def test_no_host_is_named():
    for text in (LOCK, EXAMPLES, (MODELS / "pyproject.toml").read_text(encoding="utf-8")):
        assert "://" not in text and "index-url" not in text and "find-links" not in text


def test_an_installed_copy_has_its_recipe_and_its_types(tmp_path):
    source = tmp_path / "source"
    shutil.copytree(MODELS / "longtake_models", source / "longtake_models", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(MODELS / "pyproject.toml", source)
    install = ["-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--target", str(tmp_path / "installed"), str(source)]
    made = subprocess.run([sys.executable, *install], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    there = {str(path.relative_to(tmp_path / "installed")) for path in (tmp_path / "installed").rglob("*")}
    here = {str(path.relative_to(MODELS)) for path in (MODELS / "longtake_models").rglob("*.*") if "__pycache__" not in path.parts}
    assert here <= there and {"longtake_models/recipe/plain/image.toml", "longtake_models/py.typed"} <= there
