"""The one command: every part from nothing, killed in the middle, ended in the middle, and started again."""

import json
import os
import re
import signal
import subprocess
import sys

import pytest
import small

from longtake_models.train.__main__ import PARTS

pytestmark = pytest.mark.slow


def command(folder):
    environment = {
        **os.environ,
        "LONGTAKE_WORK": str(folder / "work"),
        "LONGTAKE_RECIPE": str(folder / "recipe"),
        "OMP_NUM_THREADS": "2",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "longtake_models.train"],
        cwd=folder,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def until(running, said):
    """Reads what it prints until it says that."""
    assert any(said in line for line in running.stdout)


def records(folder):
    """Trained parts and what their trainers wrote of them."""
    paths = {part: folder / "work" / f"{part}.json" for part in PARTS}
    return {part: json.loads(path.read_text()) for part, path in paths.items() if path.exists()}


def test_one_command_trains_every_part_and_goes_on_after_a_kill(tmp_path):
    small.recipe(tmp_path / "recipe")
    first = command(tmp_path)
    until(first, "== image")
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    before = records(tmp_path)
    assert "autoencoder" in before and "student" not in before

    second = command(tmp_path)
    until(second, "== upsampler_image")
    second.send_signal(signal.SIGTERM)
    second.communicate()  # returns when the last that holds the pipe has ended: the chains too
    assert second.returncode == 128 + signal.SIGTERM
    assert "temporal_attention" not in records(tmp_path)

    third = command(tmp_path)
    said = third.communicate()[0]

    assert third.returncode == 0, said
    made = records(tmp_path)
    assert set(made) == set(PARTS) and all(record["done"] for record in made.values())
    assert made["autoencoder"] == before["autoencoder"] and "== autoencoder" not in said
    assert re.search(r"all parts trained; this run \d+ s", said)
    assert sorted(path.name for path in (tmp_path / "work" / "instruments").iterdir()) == ["car-counter.json", "car-counter.onnx"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["recipe", "work"]


def test_a_chain_that_fails_ends_the_one_that_would_wait_for_it(tmp_path):
    small.recipe(tmp_path / "recipe")
    image = tmp_path / "recipe" / "image.toml"
    image.write_text(image.read_text().replace("cars = ", "lorries = "))

    running = command(tmp_path)
    said = running.communicate()[0]

    assert running.returncode == 1, said
    assert "KeyError: 'cars'" in said and "a part failed: see above" in said
