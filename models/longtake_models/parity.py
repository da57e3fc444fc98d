"""`python -m longtake_models.parity [--models DIR] [--golden DIR]`: ONNX Runtime against the golden tensors, both precisions, and times.

With `--video SEGMENTS [--profile few|full]`, a video by the graphs in half precision beside the same one in fp32.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import onnxruntime as ort
from safetensors.numpy import load_file

from . import command, pipeline, precision, shipped
from .config import clone
from .export import place
from .interpolator import calls
from .latent_space import latent_space, upsampling
from .refused import Refused

Shapes: TypeAlias = dict[str, tuple[int, ...]]


def batched(size: int, shapes: Shapes) -> Shapes:
    return {name: (size, *shape) for name, shape in shapes.items()}


def full() -> dict[str, tuple[Shapes, int]]:
    """What 24 frames of a video ask of each graph: (inputs as they are at full size, calls)."""
    space = latent_space()
    (c, *cells), low = space.shape, space.picture
    large = [side * upsampling() for side in low]
    keys = {"sample": (c, 8, *cells), "timestep": (8,), "ctx_spatial": (24, 128), "ctx_temporal": (24, 128), "c_s": (c + 1, 8, *cells)}
    return {
        "keyframes": (batched(pipeline.FEW.calls // pipeline.FEW.steps, keys), pipeline.FEW.steps),
        "keyframes_full": (batched(pipeline.FULL.calls // pipeline.FULL.steps, keys), pipeline.FULL.steps),
        "interpolate": ({"sample": (6, c, 5, *cells), "timestep": (6, 5), "c_s": (6, c + 1, 5, *cells), "rate": (6,)}, calls()),
        "decode": ({"latent": (1, c, 28, *cells)}, 1),
        "upsample": ({"sample": (1, 3, 14, *large), "timestep": (1, 14), "low": (1, 3, 14, *low), "noise_level": (1,)}, 2),
    }


def milliseconds(run: ort.InferenceSession, name: str) -> str:
    """Best of four calls at full size, and what 24 frames of a video take of them in seconds."""
    shapes, calls = full()[name]
    feed = {
        k: (500 * np.ones(s) if k == "timestep" else 5 * np.ones(s) if k == "noise_level" else np.random.randn(*s)).astype(np.float32)
        for k, s in shapes.items()
    }
    times = []
    for _ in range(4):
        begun = time.perf_counter()
        run.run(None, feed)
        times.append(time.perf_counter() - begun)
    return f"{min(times) * 1000:.0f} ms a call, {calls} calls for 24 frames: {calls * min(times):.2f} s"


def compare(path: Path, golden: Path) -> None:
    """One line a variant of the graph; the last is what a GPU holds between its layers."""
    for title, model in precision.variants(path).items():
        rms, most = precision.golden_error(model, golden)
        print(f"  {title}: relative rms {rms:.2e}, largest difference {most:.2e}")


def videos(
    models: Path, segments: int, profile: pipeline.ProfileName, prompt: str = "a drive at night in heavy traffic", seed: int = 1
) -> None:
    """The same video by the graphs of each precision."""
    made = {}
    for variant in ("fp32", "fp16", "fp16, every value rounded"):
        graphs = shipped.Shipped(models, variant, profile)
        keys = graphs.keys(prompt, segments, seed)
        frames = graphs.frames(graphs.latents(keys, seed))
        made[variant] = (keys, frames, graphs.large(frames, seed))
    keys_expected, *expected = made.pop("fp32")
    for variant, (keys_found, *shown) in made.items():
        rms, most = precision.error(keys_found.numpy(), keys_expected.numpy())
        print(f"video of {segments} segments, {profile}, {variant}: keyframes: relative rms {rms:.2e}, largest difference {most:.2e}")
        for title, pair in zip(("decoded", "upsampled"), zip(shown, expected)):
            whole, worst = shipped.psnr(*pair)
            print(f"  {title}: PSNR {whole:.1f} dB, worst frame {worst:.1f} dB", flush=True)


def main(argv: Sequence[str] | None = None) -> None:
    parser = command.parser("parity", "ONNX Runtime against the golden tensors, in both precisions, and how long it takes.")
    parser.add_argument("--models", type=Path, metavar="DIR", help="the model repository; the one of the clone if it is not given")
    parser.add_argument(
        "--golden", type=Path, metavar="DIR", help="what `golden` wrote; src/test/resources/golden of the clone if it is not given"
    )
    parser.add_argument(
        "--video", type=int, metavar="SEGMENTS", help="instead: a video by the graphs in half precision beside the same in fp32"
    )
    parser.add_argument("--profile", choices=pipeline.PROFILES, default="few", help="of that video")
    chosen = parser.parse_args(argv)
    if chosen.video is not None and chosen.video < 1:
        parser.error(f"--video is {chosen.video}, expected at least 1")
    models = chosen.models or clone("models", "--models DIR")
    if chosen.video:
        videos(models, chosen.video, chosen.profile)
        return
    folder = chosen.golden or clone("src/test/resources/golden", "--golden DIR")
    for name in ("text_encoder", *full()):
        path, golden = there(models / place(name), "export"), there(folder / f"{name}.safetensors", "golden")
        run = precision.session(path)
        output, tensors = run.get_outputs()[0].name, load_file(golden)
        made = run.run(None, {i.name: tensors[i.name] for i in run.get_inputs()})[0]
        print(
            f"{name}: max relative {np.abs(made - tensors[output]).max() / np.abs(tensors[output]).max():.2e}"
            + (", " + milliseconds(run, name) if name in full() else ""),
            flush=True,
        )
        compare(path, golden)


def there(path: Path, made_by: str) -> Path:
    if not path.exists():
        raise Refused(f"{path} is missing: python -m longtake_models.{made_by} writes it")
    return path


if __name__ == "__main__":
    command.run(main)
