#!/usr/bin/env python3
"""Whether ffprobe, mediainfo and VLC agree on how long a video is, and VLC seeks in it. CI does not run this: VLC is large.

    apt-get install ffmpeg mediainfo vlc-bin vlc-plugin-base
    python3 docs/check-players.py FILE-OR-URL SECONDS        (as any user but root: VLC refuses root)
"""

import ctypes
import os
import subprocess
import sys
import time

PLAYING = (1, 2, 3)  # opening, buffering, playing
PATIENCE = 10


def said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def ffprobe(video: str) -> float:
    return float(said("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", video))


def mediainfo(video: str) -> float:
    return int(said("mediainfo", "--Output=General;%Duration%", video)) / 1000


class Vlc:
    """A player without a window, through libvlc."""

    def __init__(self, video: str) -> None:
        self.lib = ctypes.CDLL("libvlc.so.5")
        for name in ("new", "media_new_location", "media_player_new_from_media"):
            getattr(self.lib, "libvlc_" + name).restype = ctypes.c_void_p
        for name in ("length", "time"):
            getattr(self.lib, "libvlc_media_player_get_" + name).restype = ctypes.c_int64
        options = [b"--vout=vdummy", b"--aout=adummy", b"-q"]
        vlc = self.lib.libvlc_new(len(options), (ctypes.c_char_p * len(options))(*options))
        if not vlc:
            sys.exit("libvlc does not start: are you root?")
        address = video if "://" in video else "file://" + os.path.abspath(video)
        media = self.lib.libvlc_media_new_location(ctypes.c_void_p(vlc), address.encode())
        self.player = ctypes.c_void_p(self.lib.libvlc_media_player_new_from_media(ctypes.c_void_p(media)))
        self.lib.libvlc_media_player_play(self.player)
        self.wait(lambda: self.time() > 0)

    def length(self) -> float:
        return self.lib.libvlc_media_player_get_length(self.player) / 1000

    def time(self) -> float:
        return self.lib.libvlc_media_player_get_time(self.player) / 1000

    def seek(self, seconds: float) -> float:
        self.lib.libvlc_media_player_set_time(self.player, ctypes.c_int64(int(seconds * 1000)))
        self.wait(lambda: self.time() > seconds)
        return self.time()

    def wait(self, condition) -> None:
        end = time.monotonic() + PATIENCE
        while not condition() and time.monotonic() < end and self.lib.libvlc_media_player_get_state(self.player) in PLAYING:
            time.sleep(0.02)


def main() -> int:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    video, expected = sys.argv[1], float(sys.argv[2])
    vlc = Vlc(video)
    lengths = {"ffprobe": ffprobe(video), "mediainfo": mediainfo(video), "VLC": vlc.length()}
    middle = expected / 2
    reached = vlc.seek(middle)
    for player, seconds in lengths.items():
        print(f"{player}: {seconds:.3f} s")
    print(f"VLC, told to go to {middle:.1f} s: is at {reached:.1f} s")
    agree = all(abs(seconds - expected) < 0.01 for seconds in lengths.values())
    return 0 if agree and middle <= reached < middle + 1 else 1


if __name__ == "__main__":
    sys.exit(main())
