"""Times of one call: median and spread of N after a warm-up; by CUDA events on a GPU, by the clock on a CPU."""
import statistics
import time

import torch


def spread(milliseconds):
    """What a row says of its times: the median, and the tenth and ninetieth hundredth."""
    ordered = sorted(milliseconds)
    last = len(ordered) - 1
    return {"medianMs": statistics.median(ordered), "lowMs": ordered[round(0.1 * last)], "highMs": ordered[round(0.9 * last)],
            "runs": len(ordered)}


def measure(call, device, runs, warm=3, seconds=20.0):
    """`runs` calls, or as many (three at least) as `seconds` allow. Events lie on the stream, so a GPU's times hold no Python unless
    the GPU waits for it; that wait is part of an eager step."""
    for _ in range(warm):
        call()
    begun, times = time.perf_counter(), []
    if device == "cuda":
        torch.cuda.synchronize()
    while len(times) < runs and (len(times) < 3 or time.perf_counter() - begun < seconds):
        times.append(on_gpu(call) if device == "cuda" else on_cpu(call))
    return spread(times)


def on_gpu(call):
    begin, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
    begin.record()
    call()
    end.record()
    end.synchronize()
    return begin.elapsed_time(end)


def on_cpu(call):
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1e3
