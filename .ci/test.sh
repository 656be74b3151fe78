#!/usr/bin/env bash
# All tests, on two cores. Every kind waits much of its time, for devices, disks and screens, so there are more
# workers than cores; one more for the parts would save a minute and starve what races a device. The journeys
# start a whole terminal each, with limits in seconds as a resident meets them: they come first wherever they want
# a core, and the screens take the rest.
set -uo pipefail
cd "$(dirname "$0")/.."
if [ ! -x .venv/bin/python ]; then
    echo "test: no .venv/bin/python; run deploy/setup.sh, or make test" >&2
    exit 2
fi
export QT_QPA_PLATFORM=offscreen
failed=()

tests() { # arguments of pytest...
    .venv/bin/python -m pytest -q -rfEsxX --durations=5 --dist=loadfile "$@" </dev/null
}

echo "test: parts"
tests --ignore=tests/journeys --ignore=tests/unit/ui --ignore=tests/unit/ui_shell \
    --numprocesses=3 tests || failed+=(parts)

# Not in one process with tests whose threads may collect what is left of a screen.
screens_said=$(mktemp)
trap 'rm -f "$screens_said"' EXIT
{
    renice -n 10 "$BASHPID" >/dev/null
    tests --numprocesses=2 tests/unit/ui tests/unit/ui_shell
} >"$screens_said" 2>&1 &
screens=$!
echo "test: journeys"
tests --numprocesses=2 tests/journeys || failed+=(journeys)
wait "$screens" || failed+=(screens)
echo "test: screens"
cat "$screens_said"

if [ ${#failed[@]} -gt 0 ]; then
    echo "test: failed: ${failed[*]}"
    exit 1
fi
echo "test: all is well"
