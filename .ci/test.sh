#!/usr/bin/env bash
# All tests. Those of the parts share the cores; the journeys start a whole terminal each, with limits in
# seconds as a resident meets them, and have the machine to themselves.
set -uo pipefail
cd "$(dirname "$0")/.."
if [ ! -x .venv/bin/python ]; then
    echo "test: no .venv/bin/python; run deploy/setup.sh, or make test" >&2
    exit 2
fi
export QT_QPA_PLATFORM=offscreen
failed=()

tests() { # name, arguments of pytest...
    local name=$1
    shift
    echo "test: $name"
    .venv/bin/python -m pytest -q -rfEsxX --durations=5 "$@" </dev/null || failed+=("$name")
}

tests parts --ignore=tests/journeys --ignore=tests/unit/ui --ignore=tests/unit/ui_shell \
    --numprocesses=2 --dist=loadfile tests
# Not in one process with tests whose threads may collect what is left of a screen.
tests screens --numprocesses=2 --dist=worksteal tests/unit/ui tests/unit/ui_shell
tests journeys tests/journeys

if [ ${#failed[@]} -gt 0 ]; then
    echo "test: failed: ${failed[*]}"
    exit 1
fi
echo "test: all is well"
