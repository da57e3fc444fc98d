"""A recipe with three steps a part and a handful of clips: every part in seconds, none of any use.

python models/tests/small.py FOLDER [--like RECIPE]
"""

import argparse
import re
from pathlib import Path

from longtake_models.config import PACKAGE

SMALLER = {"steps": 3, "batch": 2, "clips": 20, "held_out": 6, "large_clips": 4, "large_held_out": 2}


def recipe(folder, like="plain"):
    """Writes it."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in (PACKAGE / "recipe" / like).glob("*.toml"):
        text = part.read_text()
        for name, value in SMALLER.items():
            text = re.sub(rf"^{name} = \d+", f"{name} = {value}", text, flags=re.M)
        (folder / part.name).write_text(text)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="small.py", description="Writes a recipe of three steps a part, to try the commands.")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--like", metavar="RECIPE", default="plain", help="the recipe of the package that it is made from")
    chosen = parser.parse_args()
    recipe(chosen.folder, chosen.like)
