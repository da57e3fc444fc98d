"""`python -m longtake_models.measure --json FILE`: the rows that FILE does not hold yet; `--table FILE ...`: all of them as one table."""
import argparse
import os
import platform
import sys
import time

import torch

from . import rate, subjects, timing
from .rows import Rows, read
from .table import markdown

# engine -> (mode of torch.compile, or None; whether it replays CUDA graphs)
ENGINES = {"eager": (None, False), "compile": ("max-autotune-no-cudagraphs", False), "compile-default": ("default", False),
           "compile-graphs": ("max-autotune", True)}


def device_name(device):
    if device == "cuda":
        return torch.cuda.get_device_name()
    return f"CPU ({platform.machine()}, {torch.get_num_threads()} threads)"


def arguments():
    parser = argparse.ArgumentParser(prog="python -m longtake_models.measure")
    parser.add_argument("--json", default="measured.json", help="rows known so far, and where new ones go")
    parser.add_argument("--table", nargs="+", metavar="FILE", help="measure nothing; print the rows of these files as one table")
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--models", nargs="+", choices=("drive", "paper"), default=("paper", "drive"))
    parser.add_argument("--stages", nargs="+", help="of these stages only")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=("eager", "compile", "compile-graphs"))
    parser.add_argument("--batches", nargs="+", type=int, default=(2, 1, 4, 8), help="in this order")
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=1e9, help="begin no row after so many")
    parser.add_argument("--tiny", action="store_true", help="narrow networks, small pictures: tests the measuring, measures nothing")
    return parser.parse_args()


def step(subject, engine, batch, chosen, dtype):
    """A row's times of one step; raises what PyTorch raises, out of memory among it."""
    mode = ENGINES[engine][0]
    network = subject.build(dtype, chosen.device)
    given = {name: value.to(chosen.device) for name, value in subject.inputs(batch).items()}
    if mode:
        torch._dynamo.reset()
        network = torch.compile(network, mode=mode, dynamic=False)
    return timing.measure(subject.call(network, given, chosen.device, dtype), chosen.device, chosen.runs)


def measured(what):
    """The row's times, or why there are none."""
    try:
        return what()
    except Exception as e:  # noqa: BLE001 - one network that fails must not cost the rows behind it
        return {"failed": f"{type(e).__name__}: {e}"}
    finally:
        if torch.cuda.is_available():
            torch.cuda.empty_cache()


def main():
    chosen = arguments()
    if chosen.table:
        print(markdown([row for path in chosen.table if os.path.exists(path) for row in read(path)]))
        return
    begun, rows, device = time.time(), Rows(chosen.json), device_name(chosen.device)
    dtype = torch.float16 if chosen.device == "cuda" else torch.float32
    kind = "torch fp16 " if chosen.device == "cuda" else "torch fp32 "
    torch.manual_seed(0)

    def add(names, what):
        row = {"device": device, **names}
        if rows.has(**row):
            return
        if time.time() - begun > chosen.seconds:
            sys.exit(f"{chosen.seconds:.0f} seconds are over; the same command goes on with {row}")
        rows.add({**row, **measured(what)})
        last = rows.rows[-1]
        print(*names.values(), last.get("failed") or f"{last['medianMs']:.3f} ms", flush=True)

    for name, shape in (rate.TINY if chosen.tiny else rate.SHAPES).items():
        add({"model": "gemm", "stage": name, "engine": kind.strip(), "batch": 1, "graphs": False},
            lambda shape=shape: rate.measure(shape, chosen.device, dtype, chosen.runs))
    wanted = [s for model in chosen.models for s in (subjects.drive() if model == "drive" else subjects.paper(8 if chosen.tiny else 1))
              if not chosen.stages or s.stage in chosen.stages]
    works = {}
    # Every stage in eager mode first, at the batch that matters first: what a cut leaves out is then what matters least.
    for engine in chosen.engines:
        for batch in chosen.batches:
            for subject in wanted:
                def both(subject=subject, batch=batch, engine=engine):
                    if subject not in works:
                        works[subject] = subjects.flop(subject)
                    return {**step(subject, engine, batch, chosen, dtype), "flop": batch * works[subject]}
                add({"model": subject.model, "stage": subject.stage, "engine": kind + engine, "batch": batch,
                     "graphs": ENGINES[engine][1]}, both)
    print(markdown(rows.rows))


if __name__ == "__main__":
    main()
