#!/usr/bin/env bash
# Lint, types, imports, QML and house rules: runs every check, says how each went, fails if one failed.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
if [ ! -x "$bin/python" ]; then
    echo "check: no $bin; run deploy/setup.sh, or make check" >&2
    exit 2
fi
export QT_QPA_PLATFORM=offscreen
export PYRIGHT_PYTHON_IGNORE_WARNINGS=1 # no look-up of newer versions
said=$(mktemp)
trap 'rm -f "$said"' EXIT
failed=()

check() { # name, command...
    local name=$1 began=$EPOCHREALTIME outcome=ok
    shift
    "$@" >"$said" 2>&1 </dev/null || outcome=FAILED
    printf '%-12s %-6s %6.1f s  %s\n' "$name" "$outcome" \
        "$(seconds "$began" "$EPOCHREALTIME")" "$(tail -n 1 "$said")"
    if [ "$outcome" = FAILED ]; then
        sed 's/^/    /' "$said"
        failed+=("$name")
    fi
}

seconds() { # began, ended: seconds between two readings of EPOCHREALTIME
    local us=$((${2/[.,]/} - ${1/[.,]/}))
    printf '%d.%d' $((us / 1000000)) $((us % 1000000 / 100000))
}

check ruff "$bin/ruff" check --output-format=concise .
check format "$bin/ruff" format --check .
check pyright "$bin/pyright"
check imports "$bin/lint-imports" --no-cache --no-logo
check qmllint "$bin/python" .ci/qmllint.py
check house "$bin/python" .ci/house_rules.py

if [ ${#failed[@]} -gt 0 ]; then
    echo "check: failed: ${failed[*]}"
    exit 1
fi
echo "check: all is well"
