"""How fast a machine runs the networks: its matrix rate, the FLOPs of each stage, PyTorch's time for a step.

One table holds them and the Java engine's rows.

A row is one measurement; every row is on disk as soon as it is known, so that a run cut short loses the row it was at and no other.
"""
