"""One process a part: two that write the same checkpoint would train neither."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from .config import work
from .refused import Refused


@contextmanager
def alone(name: str, wait: bool = False) -> Iterator[None]:
    """Holds the lock of a part. The system lets it go with the process, however that ends. wait: until another has let it go."""
    path = work(f"{name}.lock")
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise Refused(f"{path} is held: another process trains the part '{name}'; wait for it or end it") from None
        yield
