#!/usr/bin/env bash
# All tests: two at a time, whole files together, since a file shares one set of surroundings.
set -euo pipefail
cd "$(dirname "$0")/.."
export QT_QPA_PLATFORM=offscreen
exec .venv/bin/python -m pytest -n 2 --dist loadfile -q -rs "$@" </dev/null
