"""The Fréchet distance between two sets of features, each seen as a Gaussian (Heusel et al. 2017, eq. 6).

In the judge's features it is our Fréchet video distance. It is not FVD: that name means I3D features, and the numbers
compare with no published ones, only with each other, under one judge digest and one sample count.
"""

import numpy as np

from ..arrays import Array


def frechet(a: Array, b: Array) -> float:
    """a (N, D), b (M, D) -> |mean a - mean b|^2 + tr(A + B - 2 (A^1/2 B A^1/2)^1/2), in float64."""
    a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[1] or min(len(a), len(b)) < 2:
        raise ValueError(f"features (N, D) and (M, D) with N, M >= 2 expected, found {a.shape} and {b.shape}")
    gap = a.mean(0) - b.mean(0)
    first, second = np.cov(a, rowvar=False).reshape(a.shape[1], -1), np.cov(b, rowvar=False).reshape(a.shape[1], -1)
    values, vectors = np.linalg.eigh(first)
    root = (vectors * np.sqrt(np.clip(values, 0, None))) @ vectors.T
    common = np.linalg.eigvalsh(root @ second @ root)
    return float(max(0.0, gap @ gap + np.trace(first) + np.trace(second) - 2 * np.sqrt(np.clip(common, 0, None)).sum()))
