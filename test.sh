#!/usr/bin/env bash
# Sets up, builds and runs all tests: ./test.sh [arguments for ctest, such as -R lime]
set -euo pipefail
. "$(dirname "$0")/models/setup.sh"

# all_onnx_cases: ONNX's own cases, every one, out of the Python package onnx; a part of them is among the tests.
all_onnx_cases() {
  local cases failed=0
  say "ONNX's own cases"
  cmake --build "$build" --target bench_onnx_cases >"$log" 2>&1 || fail "bench_onnx_cases was not built; $log says why."
  cases=$(mktemp -d)
  python3 "$root/tests/reference/pack_onnx_cases.py" "$cases" && "$build/tests/bench_onnx_cases" "$cases"/* || failed=1
  rm -rf "$cases"
  return $failed
}

set_up
say "Tests"
QT_QPA_PLATFORM=offscreen ctest --preset release -j "$(nproc)" "$@"
if [ $# = 0 ] && python3 -c 'import onnx.backend.test.runner' 2>/dev/null; then all_onnx_cases; fi
