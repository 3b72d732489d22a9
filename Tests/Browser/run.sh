#!/usr/bin/env bash
# Runs the browser tests against a built server:
#
#   Tests/Browser/run.sh .build/debug/bianque [pytest options]
#
# Makes the Python environment `.build/browser-venv` when it is missing or the requirements changed.
# Screenshots of every page are left in `.build/screenshots`.
set -euo pipefail

readonly wrongUsage=64 notConfigured=78
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

binary=${1:-}
if [[ ! -x "$binary" ]]; then
  echo "usage: Tests/Browser/run.sh PATH_TO_bianque [pytest options]" >&2
  exit "$wrongUsage"
fi
shift
# Not through a BIANQUE_ variable: the server refuses settings that it does not know.
binary=$(cd "$(dirname "$binary")" && pwd)/$(basename "$binary")

missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v pdfinfo >/dev/null || missing+=(poppler-utils)
[[ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ]] || missing+=(fonts-noto-cjk)
python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
if ((${#missing[@]})); then
  echo "The browser tests need: apt-get install ${missing[*]}" >&2
  exit "$notConfigured"
fi

venv=$root/.build/browser-venv
if ! cmp -s "$here/requirements.txt" "$venv/requirements.txt"; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  if ! "$venv/bin/pip" install --quiet --disable-pip-version-check \
    --requirement "$here/requirements.txt"; then
    echo "The packages of Tests/Browser/requirements.txt cannot be installed." >&2
    exit "$notConfigured"
  fi
  # Last, so that an installation stopped half way is done again.
  cp "$here/requirements.txt" "$venv/requirements.txt"
fi

cd "$here"
# One browser and its servers keep little more than one core busy. Each worker has its own.
exec "$venv/bin/python" -m pytest --binary="$binary" --numprocesses=auto --maxprocesses=4 "$@"
