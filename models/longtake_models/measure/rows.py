"""Measurements on disk: a JSON list of flat objects, in the shape that `./longtake bench stages --json` writes too.

model, stage, engine, batch, graphs name a row; medianMs, lowMs, highMs (of `runs` calls) are its time, flop its work (2 a multiply-add).
A row that could not be measured holds `failed` and the reason: it is not tried again, and the table shows it.
"""
import json
import os

NAMES = ("device", "model", "stage", "engine", "batch", "graphs")


class Rows:
    """The rows of a file, added to one by one."""

    def __init__(self, path):
        self.path, self.rows = path, read(path) if os.path.exists(path) else []

    def has(self, **names):
        return any(all(row.get(n) == value for n, value in names.items()) for row in self.rows)

    def add(self, row):
        """Writes the whole file beside itself and moves it into place: a kill leaves the old one or the new one."""
        self.rows.append(row)
        with open(self.path + ".new", "w") as f:
            json.dump(self.rows, f, indent=1)
            f.write("\n")
        os.replace(self.path + ".new", self.path)


def read(path):
    with open(path) as f:
        return json.load(f)
