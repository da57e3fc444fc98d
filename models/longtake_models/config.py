"""The recipe, read once from config.toml (or from LONGTAKE_CONFIG)."""
import functools
import hashlib
import os
import tomllib

FILE = os.environ.get("LONGTAKE_CONFIG", os.path.join(os.path.dirname(__file__), "config.toml"))


@functools.cache
def load():
    with open(FILE, "rb") as f:
        return tomllib.load(f)


def digest():
    with open(FILE, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def work(name):
    """Path of a file in the working directory of the training."""
    return os.path.join(load()["workdir"], name)
