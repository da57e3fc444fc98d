"""The one command: every part from nothing, killed in the middle, and started again."""
import json
import os
import re
import shutil
import subprocess
import sys

import longtake_models
from longtake_models.train.__main__ import CHAINS, FIRST

PACKAGE = os.path.dirname(longtake_models.__file__)
SMALLER = {"steps": 3, "batch": 2, "clips": 20, "held_out": 6, "large_clips": 4, "large_held_out": 2}


def bring(folder):
    """The package, for it writes beside itself, and its recipe with three steps a part."""
    shutil.copytree(PACKAGE, folder / "models" / "longtake_models", ignore=shutil.ignore_patterns("__pycache__"))
    recipe = folder / "models" / "longtake_models" / "recipe"
    for part in recipe.iterdir():
        text = part.read_text()
        for name, value in SMALLER.items():
            text = re.sub(rf"^{name} = \d+", f"{name} = {value}", text, flags=re.M)
        part.write_text(text)


def command(folder):
    environment = {**os.environ, "LONGTAKE_WORK": str(folder / "work"), "PYTHONPATH": str(folder / "models"), "OMP_NUM_THREADS": "2"}
    environment.pop("LONGTAKE_RECIPE", None)
    return subprocess.Popen([sys.executable, "-m", "longtake_models.train"], cwd=folder, env=environment, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)


def records(folder):
    """Trained parts and what their trainers wrote of them."""
    paths = {part: folder / "work" / f"{part}.json" for part in FIRST + sum(CHAINS, [])}
    return {part: json.loads(path.read_text()) for part, path in paths.items() if path.exists()}


def test_one_command_trains_every_part_and_goes_on_after_a_kill(tmp_path):
    bring(tmp_path)
    first = command(tmp_path)
    for line in first.stdout:
        if line.startswith("== image"):
            break
    os.killpg(first.pid, 9)
    first.wait()
    before = records(tmp_path)
    assert "autoencoder" in before and "student" not in before

    second = command(tmp_path)
    said = second.communicate()[0]

    assert second.returncode == 0, said
    made = records(tmp_path)
    assert set(made) == set(FIRST + sum(CHAINS, [])) and all(record["done"] for record in made.values())
    assert made["autoencoder"] == before["autoencoder"] and "== autoencoder" not in said
    assert re.search(r"all parts trained; this run \d+ s", said)
