#!/usr/bin/env bash
# Measures playback in a real browser and prints a table: time to the first picture, the wait that the page announces for a
# video of 30 s (or of as many seconds as the first argument says), and the stalls after it. Nothing else should run meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."
./longtake --version >&2
mvn -B -ntp -q test-compile surefire:test -Dtest=PlaybackMeasurement -Dspotless.check.skip \
  -Dlongtake.measured-seconds="${1:-30}"
