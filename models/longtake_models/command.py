"""What all commands do alike: results to standard output, progress to standard error, bars on a terminal only."""

import argparse
import logging
import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from tqdm import tqdm

from .refused import Refused


class AboveBars(logging.Handler):
    """Writes lines to standard error, above the bars that stand there."""

    def emit(self, record: logging.LogRecord) -> None:
        tqdm.write(self.format(record), file=sys.stderr)
        sys.stderr.flush()


def parser(name: str, description: str) -> argparse.ArgumentParser:
    """Of `python -m longtake_models.NAME`."""
    return argparse.ArgumentParser(
        prog=f"python -m longtake_models.{name}", description=description, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )


def bar(total: int, done: int, what: str) -> "tqdm[Any]":
    """Progress on a terminal, nothing elsewhere. TQDM_DISABLE: nothing anywhere, for processes that share a terminal."""
    off = True if os.environ.get("TQDM_DISABLE") else None
    return tqdm(total=total, initial=done, desc=what, file=sys.stderr, disable=off, leave=False, dynamic_ncols=True)


def run(main: Callable[[], None]) -> NoReturn:
    """A command as a process: status 0, or 2 and one line if it was asked for what cannot be done."""
    handler = AboveBars()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    logger = logging.getLogger("longtake_models")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        main()
    except Refused as reason:
        print(f"longtake_models: {reason}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0)
