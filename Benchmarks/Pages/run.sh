#!/usr/bin/env bash
# Measures our pages and those of a peer over the same slow line, in one run on one machine:
#
#   Benchmarks/Pages/run.sh PATH_TO_bianque [options of pages.py]
#
# Makes the Python environment `.build-bench-pages/venv` when it is missing.
set -euo pipefail

readonly wrongUsage=64
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
binary=${1:-}
if [[ ! -x "$binary" ]]; then
  echo "usage: Benchmarks/Pages/run.sh PATH_TO_bianque [--runs N]" >&2
  exit "$wrongUsage"
fi
shift
binary=$(cd "$(dirname "$binary")" && pwd)/$(basename "$binary")
folder=$root/.build-bench-pages
venv=$folder/venv
if ! cmp -s "$here/requirements.txt" "$venv/requirements.txt"; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
  cp "$here/requirements.txt" "$venv/requirements.txt"
fi
export PYTHONPATH=$root/Tests/Browser
exec "$venv/bin/python" "$here/pages.py" --binary "$binary" --folder "$folder" \
  --otree "$venv/bin/otree" "$@"
