#!/usr/bin/env bash
# Runs the calibration beside its peers from PyPI, in one run, one thread each:
#
#   Benchmarks/Psychometrics/run.sh .build/release/bianque [--scale]
#
# The peers are installed into `.build-bench-psychometrics` when they are missing or changed.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
binary=${1:?usage: Benchmarks/Psychometrics/run.sh PATH_TO_bianque [--scale]}
shift

venv=$root/.build-bench-psychometrics
if ! cmp -s "$here/requirements.txt" "$venv/requirements.txt"; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
  cp "$here/requirements.txt" "$venv/requirements.txt"
fi

# One thread each: what is compared is work, not cores.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1 RAYON_NUM_THREADS=1
export NUMBA_NUM_THREADS=1
exec "$venv/bin/python" "$here/calibration.py" "$binary" "$venv" "$@"
