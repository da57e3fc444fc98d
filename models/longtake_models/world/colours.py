"""What is drawn with: colours in floats of 0..255, and points of the picture."""

from typing import TypeAlias

Colour: TypeAlias = tuple[float, ...]
Point: TypeAlias = tuple[float, float]
