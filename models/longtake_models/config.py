"""The recipe: one file per part in `recipe/` (or in LONGTAKE_RECIPE), read once. Work files go to LONGTAKE_WORK."""
import functools
import glob
import hashlib
import os
import tomllib

HERE = os.path.dirname(os.path.abspath(__file__))
RECIPE = os.environ.get("LONGTAKE_RECIPE", os.path.join(HERE, "recipe"))
WORK = os.environ.get("LONGTAKE_WORK", os.path.join(HERE, "..", "work"))


@functools.cache
def load():
    """part -> its settings, a dictionary each."""
    found = {}
    for path in sorted(glob.glob(os.path.join(RECIPE, "*.toml"))):
        with open(path, "rb") as f:
            found[os.path.splitext(os.path.basename(path))[0]] = tomllib.load(f)
    return found


def digest():
    """SHA-256 over the recipe's files, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted(glob.glob(os.path.join(RECIPE, "*.toml"))):
        with open(path, "rb") as f:
            total.update(os.path.basename(path).encode() + b"\0" + f.read() + b"\0")
    return total.hexdigest()


def work(name):
    """Path of a file in the working directory of the training, which is made where it is missing."""
    os.makedirs(WORK, exist_ok=True)
    return os.path.join(WORK, name)
