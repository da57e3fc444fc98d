"""Measures every part and whole videos on held-out clips and fresh scenes: `python -m longtake_models.evaluate`.

Measures (one a file): frechet, warping, flicker, seams, colour, duplicates, likeness, tracks, photographic. What they are applied
to: real (clips and rendered windows), space (the judge's features). The rows of the table: judge_row, decoders, upsamplers,
interpolation, videos, cars, profiles, ablation, long_video. Together: stage (networks and sizes), table (rows and results.json),
__main__.
"""
