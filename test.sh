#!/usr/bin/env bash
# Sets up, builds and runs all tests: ./test.sh [arguments for ctest, such as -R lime]
set -euo pipefail
. "$(dirname "$0")/models/setup.sh"
set_up
say "Tests"
QT_QPA_PLATFORM=offscreen exec ctest --preset release -j "$(nproc)" "$@"
