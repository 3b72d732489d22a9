#!/usr/bin/env bash
# Times check, import, export and scoring of 5,000 items beside lxml reading the same files:
#
#   Benchmarks/Bank/run.sh .build/release/bianque .build/release/bank-benchmark
#
# lxml is installed into `.build-bench-bank` when it is missing; the bank and the database are made
# there too.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
command=${1:?usage: Benchmarks/Bank/run.sh PATH_TO_bianque PATH_TO_bank-benchmark}
benchmark=${2:?usage: Benchmarks/Bank/run.sh PATH_TO_bianque PATH_TO_bank-benchmark}

venv=$root/.build-bench-bank
if ! cmp -s "$here/requirements.txt" "$venv/requirements.txt"; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
  cp "$here/requirements.txt" "$venv/requirements.txt"
fi

cd "$root"
exec "$venv/bin/python" "$here/bank.py" "$command" "$benchmark" "$venv/work"
