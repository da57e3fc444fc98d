"""`python -m longtake_models.measure --json FILE`: the rows that FILE does not hold yet; `--table FILE ...`: all of them as one table."""

import argparse
import functools
import logging
import platform
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from torch import Tensor

from .. import command
from . import rate, subjects, timing
from .rows import Row, Rows, read
from .table import markdown

# engine -> (mode of torch.compile, or None; whether it replays CUDA graphs)
ENGINES: dict[str, tuple[str | None, bool]] = {
    "eager": (None, False),
    "compile": ("max-autotune-no-cudagraphs", False),
    "compile-default": ("default", False),
    "compile-graphs": ("max-autotune", True),
}

log = logging.getLogger(__package__)


def device_name(device: str) -> str:
    if device == "cuda":
        return torch.cuda.get_device_name()
    return f"CPU ({platform.machine()}, {torch.get_num_threads()} threads)"


def arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    gpu = torch.cuda.is_available()
    parser = command.parser("measure", "Measures the rows that a file does not hold yet, or prints the rows of files as one table.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="rows known so far, and where new ones go")
    parser.add_argument("--table", nargs="+", type=Path, metavar="FILE", help="measure nothing; print the rows of these files as one table")
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cuda" if gpu else "cpu", help="where the networks run")
    parser.add_argument("--models", nargs="+", choices=("drive", "paper"), default=("paper", "drive"), help="whose stages")
    parser.add_argument("--stages", nargs="+", metavar="STAGE", help="of these stages only")
    parser.add_argument(
        "--engines", nargs="+", choices=ENGINES, default=("eager", "compile", "compile-graphs"), help="how PyTorch runs them"
    )
    parser.add_argument("--batches", nargs="+", type=int, default=(2, 1, 4, 8), metavar="N", help="in this order")
    parser.add_argument("--runs", type=int, default=30, metavar="N", help="calls a row")
    parser.add_argument("--seconds", type=float, default=1e9, metavar="S", help="begin no row after so many")
    parser.add_argument("--tiny", action="store_true", help="narrow networks, small pictures: tests the measuring, measures nothing")
    chosen = parser.parse_args(argv)
    if bool(chosen.json) == bool(chosen.table):
        parser.error("expected either --json FILE, to measure, or --table FILE, to print")
    for name, least, value in (("--runs", 1, chosen.runs), ("--batches", 1, min(chosen.batches))):
        if value < least:
            parser.error(f"{name} is {value}, expected at least {least}")
    return chosen


def step(subject: subjects.Subject, engine: str, batch: int, chosen: argparse.Namespace, dtype: torch.dtype) -> Row:
    """A row's times of one step; raises what PyTorch raises, out of memory among it."""
    mode = ENGINES[engine][0]
    network: Callable[..., Tensor] = subject.build(dtype, chosen.device)
    given = {name: value.to(chosen.device) for name, value in subject.inputs(batch).items()}
    if mode:
        torch._dynamo.reset()
        network = torch.compile(network, mode=mode, dynamic=False)
    return timing.measure(subject.call(network, given, chosen.device, dtype), chosen.device, chosen.runs)


def measured(what: Callable[[], Row]) -> Row:
    """The row's times, or why there are none."""
    try:
        return what()
    except Exception as e:  # one network that fails must not cost the rows behind it
        return {"failed": f"{type(e).__name__}: {e}"}
    finally:
        if torch.cuda.is_available():
            torch.cuda.empty_cache()


def main(argv: Sequence[str] | None = None) -> None:
    chosen = arguments(argv)
    if chosen.table:
        print(markdown([row for path in chosen.table if path.exists() for row in read(path)]))
        return
    begun, rows, device = time.monotonic(), Rows(chosen.json), device_name(chosen.device)
    dtype = torch.float16 if chosen.device == "cuda" else torch.float32
    kind = "torch fp16 " if chosen.device == "cuda" else "torch fp32 "
    torch.manual_seed(0)

    def add(names: Row, what: Callable[[], Row]) -> None:
        row = {"device": device, **names}
        if rows.has(**row):
            return
        if time.monotonic() - begun > chosen.seconds:
            sys.exit(f"{chosen.seconds:.0f} seconds are over; the same command goes on with {row}")
        rows.add({**row, **measured(what)})
        last = rows.rows[-1]
        log.info("%s %s", " ".join(str(name) for name in names.values()), last.get("failed") or f"{last['medianMs']:.3f} ms")

    for name, shape in (rate.TINY if chosen.tiny else rate.SHAPES).items():
        add(
            {"model": "gemm", "stage": name, "engine": kind.strip(), "batch": 1, "graphs": False},
            functools.partial(rate.measure, shape, chosen.device, dtype, chosen.runs),
        )
    wanted = [
        s
        for model in chosen.models
        for s in (subjects.drive() if model == "drive" else subjects.paper(8 if chosen.tiny else 1))
        if not chosen.stages or s.stage in chosen.stages
    ]
    works: dict[subjects.Subject, int] = {}
    # Every stage in eager mode first, at the batch that matters first: what a cut leaves out is then what matters least.
    for engine in chosen.engines:
        for batch in chosen.batches:
            for subject in wanted:

                def both(subject: subjects.Subject = subject, batch: int = batch, engine: str = engine) -> Row:
                    if subject not in works:
                        works[subject] = subjects.flop(subject)
                    return {**step(subject, engine, batch, chosen, dtype), "flop": batch * works[subject]}

                add(
                    {"model": subject.model, "stage": subject.stage, "engine": kind + engine, "batch": batch, "graphs": ENGINES[engine][1]},
                    both,
                )
    print(markdown(rows.rows))


if __name__ == "__main__":
    command.run(main)
