"""The measuring, on narrow networks: what it writes, that it goes on where it was cut, and the table."""

import json
import subprocess
import sys

import pytest
import torch

from longtake_models.measure import subjects, table, timing


def measure(path, *more):
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "longtake_models.measure",
            "--json",
            str(path),
            "--tiny",
            "--device",
            "cpu",
            "--models",
            "paper",
            "--stages",
            "keyframes",
            "--engines",
            "eager",
            "--batches",
            "1",
            "--runs",
            "3",
            *more,
        ],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_row_known_is_not_measured_again(tmp_path):
    path = tmp_path / "rows.json"
    cut = measure(path, "--seconds", "-1")
    assert cut.returncode != 0 and "the same command goes on" in cut.stderr and not path.exists()
    assert measure(path).returncode == 0
    rows = json.loads(path.read_text())
    assert [(r["model"], r["stage"]) for r in rows] == [("gemm", "large"), ("paper", "keyframes")]
    assert all(r["lowMs"] <= r["medianMs"] <= r["highMs"] and r["flop"] > 0 and r["runs"] >= 3 for r in rows)
    assert "paper keyframes" not in measure(path).stdout.split("|")[0]
    assert json.loads(path.read_text()) == rows


def test_median_and_spread():
    assert timing.spread(range(11)) == {"medianMs": 5, "lowMs": 1, "highMs": 9, "runs": 11}


def row(**more):
    return {
        "device": "a card",
        "model": "m",
        "stage": "s",
        "engine": "e",
        "batch": 2,
        "graphs": False,
        "medianMs": 2.0,
        "lowMs": 1.0,
        "highMs": 3.0,
        "runs": 5,
        **more,
    }


def test_the_floor_is_the_work_over_the_measured_rate():
    gemm = row(model="gemm", stage="large", medianMs=1.0, flop=1e12)
    lines = table.markdown([gemm, row(flop=5e11), row(engine="java")]).splitlines()
    found = [line for line in lines if line.startswith("| m |")]
    assert len(found) == 2  # the engine that knows no FLOPs takes those of the same network and batch
    assert all("0.500 | 250.0 | 0.500 | 25 %" in line for line in found)


def test_a_row_that_failed_says_why():
    assert "| out of memory |" in table.markdown([{**row(), "failed": "out of memory"}])


@pytest.mark.parametrize("subject", subjects.drive(), ids=lambda s: s.stage)
def test_every_stage_of_drive_can_be_counted_and_run(subject):
    assert subjects.flop(subject) > 1e8
    if subject.stage != "upsample":  # 14 frames of 256x512 are slow on a CPU, and tested elsewhere
        network = subject.build(torch.float32, "cpu")
        assert torch.isfinite(subject.call(network, subject.inputs(1), "cpu", torch.float32)()).all()
