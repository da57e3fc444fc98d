"""OpenGL without a screen: a context of Mesa's software renderer, on one thread, so that processes can draw side by side."""

import contextlib
import importlib
import os

import moderngl

from ..refused import Refused

MISSING = "pictures of the road need OpenGL without a screen, and {}: install it (Debian, Ubuntu: apt-get install libegl1 libgl1-mesa-dri)"


def context() -> moderngl.Context:
    """Refused without EGL, or below OpenGL 3.3."""
    with contextlib.suppress(ImportError):
        # Mesa and Triton, which PyTorch loads when it likes to, each bring an LLVM. If Mesa's is there first, Triton takes it
        # for its own, and the process crashes.
        importlib.import_module("triton")
    os.environ.setdefault("LP_NUM_THREADS", "0")  # draw in this very thread
    os.environ.setdefault("LIBGL_ALWAYS_SOFTWARE", "1")  # the same bytes beside a GPU
    try:
        found = moderngl.create_context(standalone=True, backend="egl")  # type: ignore[arg-type] # its stubs take every setting for a dict
    except Exception as reason:  # glcontext raises plain Exceptions, and OSErrors for libraries that are missing
        raise Refused(MISSING.format(f"EGL gives none ({reason})")) from reason
    if found.version_code < 330:
        raise Refused(MISSING.format(f"EGL gives version {found.version_code / 100:.1f}, below 3.3"))
    return found
