"""Measures every part and whole films on held-out clips and fresh scenes: `python -m longtake_models.evaluate`.

Measures (one a file): frechet, warping, flicker, seams, colour, duplicates, likeness. What they are applied to: real (clips and
rendered windows), space (the judge's features). The rows of the table: judge_row, decoders, upsamplers, interpolation,
films, profiles, ablation, long_film. Together: stage (networks and sizes), table (rows and results.json), __main__.
"""
