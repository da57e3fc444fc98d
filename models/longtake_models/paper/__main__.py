"""`python -m longtake_models.paper --out DIR [--width-divisor N] [--only NAME ...]`: the model `paper` under the repository DIR.

3 GB of keyframe model, 1.8 of upsampler, 0.4 of decoder and text encoder; it belongs in no repository of sources. One process a graph.
"""
import argparse
import concurrent.futures
import json
import multiprocessing
import os

from . import export, manifest, networks


def main():
    parser = argparse.ArgumentParser(prog="python -m longtake_models.paper")
    parser.add_argument("--out", required=True, help="the model repository; the model goes to DIR/paper/1")
    parser.add_argument("--width-divisor", type=int, default=1, choices=(1, 2, 4, 8), help="of every width: 8 for tests")
    parser.add_argument("--dtype", choices=export.DTYPES, default="float16")
    parser.add_argument("--only", nargs="*", choices=networks.networks(), help="graphs to write anew")
    parser.add_argument("--jobs", type=int, default=4, help="graphs at a time")
    chosen = parser.parse_args()
    folder = os.path.join(chosen.out, manifest.NAME, manifest.VERSION)
    os.makedirs(folder, exist_ok=True)
    counts = os.path.join(folder, "parameters.json")
    made = json.load(open(counts)) if os.path.exists(counts) else {}
    # The largest first, so that the small ones fill the other processes meanwhile.
    wanted = [n for n in ("keyframes", "upsample", "decode", "text_encoder") if not chosen.only or n in chosen.only]
    with concurrent.futures.ProcessPoolExecutor(min(chosen.jobs, len(wanted)), multiprocessing.get_context("spawn")) as pool:
        jobs = [pool.submit(export.one, name, folder, chosen.width_divisor, chosen.dtype) for name in wanted]
        for job in concurrent.futures.as_completed(jobs):
            name, spatial, temporal, seconds = job.result()
            made[name] = (spatial, temporal)
            size = sum(os.path.getsize(os.path.join(folder, name + end)) for end in (".onnx", ".onnx.data"))
            print(f"{name}: {spatial / 1e6:.2f} M spatial + {temporal / 1e6:.2f} M temporal parameters, {size / 1e6:.0f} MB, {seconds:.0f} s",
                  flush=True)
    with open(counts, "w") as f:
        json.dump(made, f)
    if len(made) == len(networks.networks()):
        manifest.write(folder, chosen.width_divisor, made)
        print(os.path.join(folder, "model.json"), flush=True)


if __name__ == "__main__":
    main()
