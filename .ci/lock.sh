#!/usr/bin/env bash
# Resolves requirements/*.in anew and writes them locked by hash, without any download address.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=.venv/lock/bin/uv
[ -x "$uv" ] || { python3 -m venv .venv/lock && .venv/lock/bin/pip install -q uv; }
for name in build runtime dev; do
    "$uv" pip compile -q --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-header --no-annotate "requirements/$name.in" -o "requirements/$name.txt"
done
if grep -nE 'https?://' requirements/*.txt; then
    echo "lock: a lock file names a download address" >&2
    exit 1
fi
