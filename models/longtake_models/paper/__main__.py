"""`python -m longtake_models.paper --out DIR [--width-divisor N] [--only NAME ...]`: the model `paper` under the repository DIR.

3 GB of keyframe model, 1.8 of upsampler, 0.4 of decoder and text encoder; it belongs in no repository of sources. One process a graph.
"""

import concurrent.futures
import json
import multiprocessing
from collections.abc import Sequence
from pathlib import Path

from .. import command
from ..whole import write_json
from . import export, manifest, networks

# The largest first, so that the small ones fill the other processes meanwhile.
ORDER = ("keyframes", "upsample", "decode", "text_encoder")


def main(argv: Sequence[str] | None = None) -> None:
    parser = command.parser("paper", "Writes the Video LDM at its published size with random weights: to be timed, not watched.")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="the model repository; the model goes to DIR/paper/1")
    parser.add_argument("--width-divisor", type=int, default=1, choices=(1, 2, 4, 8), help="of every width: 8 for tests")
    parser.add_argument("--dtype", choices=export.DTYPES, default="float16", help="of weights and arithmetic")
    parser.add_argument("--only", nargs="+", choices=ORDER, metavar="GRAPH", help="write only these anew, of " + ", ".join(ORDER))
    parser.add_argument("--jobs", type=int, default=4, metavar="N", help="graphs at a time")
    chosen = parser.parse_args(argv)
    if chosen.jobs < 1:
        parser.error(f"--jobs is {chosen.jobs}, expected at least 1")
    folder = chosen.out / manifest.NAME / manifest.VERSION
    folder.mkdir(parents=True, exist_ok=True)
    write(folder, [name for name in ORDER if not chosen.only or name in chosen.only], chosen.width_divisor, chosen.dtype, chosen.jobs)


def write(folder: Path, wanted: Sequence[str], divisor: int, dtype: str, jobs: int) -> None:
    """The wanted graphs; model.json as soon as all have been written once."""
    counts = folder / "parameters.json"
    made = json.loads(counts.read_text(encoding="utf-8")) if counts.exists() else {}
    context = multiprocessing.get_context("spawn")
    with (
        concurrent.futures.ProcessPoolExecutor(min(jobs, len(wanted)), context) as pool,
        command.bar(len(wanted), 0, "graphs") as bar,
    ):
        running = [pool.submit(export.one, name, folder, divisor, dtype) for name in wanted]
        for job in concurrent.futures.as_completed(running):
            name, spatial, temporal, seconds = job.result()
            made[name] = (spatial, temporal)
            size = sum((folder / (name + end)).stat().st_size for end in (".onnx", ".onnx.data"))
            bar.update()
            print(
                f"{name}: {spatial / 1e6:.2f} M spatial + {temporal / 1e6:.2f} M temporal parameters, {size / 1e6:.0f} MB, {seconds:.0f} s",
                flush=True,
            )
    write_json(counts, made)
    if len(made) == len(networks.networks()):
        manifest.write(folder, divisor, made)
        print(folder / "model.json", flush=True)


if __name__ == "__main__":
    command.run(main)
