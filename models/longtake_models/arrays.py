"""Names for the arrays that pass between modules. Their shapes stand in the docstrings, as everywhere."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Pictures: TypeAlias = NDArray[np.uint8]
Floats: TypeAlias = NDArray[np.float32]
Doubles: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Truths: TypeAlias = NDArray[np.bool_]
Indices: TypeAlias = Sequence[int] | Integers
Flow: TypeAlias = tuple[Floats, Truths]  # dx, dy of every pixel, and whether it is seen in both frames
