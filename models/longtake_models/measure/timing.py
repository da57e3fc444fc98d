"""Times of one call: median and spread of N after a warm-up; by CUDA events on a GPU, by the clock on a CPU."""

import statistics
import time
from collections.abc import Callable, Iterable

import torch

from .rows import Row


def spread(milliseconds: Iterable[float]) -> Row:
    """What a row says of its times: the median, and the tenth and ninetieth hundredth."""
    ordered = sorted(milliseconds)
    last = len(ordered) - 1
    return {
        "medianMs": statistics.median(ordered),
        "lowMs": ordered[round(0.1 * last)],
        "highMs": ordered[round(0.9 * last)],
        "runs": len(ordered),
    }


def measure(call: Callable[[], object], device: str, runs: int, warm: int = 3, seconds: float = 20.0) -> Row:
    """`runs` calls, or as many (three at least) as `seconds` allow. Events lie on the stream, so a GPU's times hold no Python unless
    the GPU waits for it; that wait is part of an eager step."""
    for _ in range(warm):
        call()
    begun = time.perf_counter()
    times: list[float] = []
    if device == "cuda":
        torch.cuda.synchronize()
    while len(times) < runs and (len(times) < 3 or time.perf_counter() - begun < seconds):
        times.append(on_gpu(call) if device == "cuda" else on_cpu(call))
    return spread(times)


def on_gpu(call: Callable[[], object]) -> float:
    begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))  # type: ignore[no-untyped-call]
    begin.record()
    call()
    end.record()
    end.synchronize()
    return begin.elapsed_time(end)


def on_cpu(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1e3
