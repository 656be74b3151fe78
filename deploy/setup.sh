#!/usr/bin/env bash
# Everything a fresh Debian 12 needs to run and test the terminal: system packages, fonts, Python packages.
# Quick when repeated: a stamp in .venv holds the digest of what was installed.
# Usage: deploy/setup.sh [tests]   "tests" adds what tests, benchmarks, soak and torture runs need beyond a terminal's own.
set -euo pipefail
cd "$(dirname "$0")/.."

listed() { sed -e 's/#.*//' -e '/^\s*$/d' "$@"; }

stamp=.venv/.installed
want=$(cat requirements/{build,runtime,dev}.txt deploy/setup.sh | sha256sum | cut -d' ' -f1)
packages=$(listed requirements/system.txt)
unpacked=
if [ "${1:-}" = tests ]; then
    packages+=" $(listed requirements/system-test.txt)"
    unpacked=$(listed requirements/unpack-test.txt)
fi
packages=$(tr '\n' ' ' <<<"$packages")

missing_packages() {
    # shellcheck disable=SC2086 # one word a package
    { dpkg-query -W -f='${Package} ${db:Status-Abbrev}\n' $packages 2>/dev/null || true; } |
        awk '$2 == "ii" {print $1}' | sort -u |
        comm -13 - <(tr ' ' '\n' <<<"$packages" | sort -u)
}

if ! command -v apt-get >/dev/null || ! grep -qE '^(ID|ID_LIKE)=.*(debian|ubuntu)' /etc/os-release; then
    echo "setup: this is not Debian or Ubuntu. Install the counterparts of these packages by hand:" >&2
    # shellcheck disable=SC2086
    printf '  %s\n' $packages >&2
    echo "setup: then make a virtual environment in .venv from requirements/*.txt and run again." >&2
    exit 3
fi

updated=
as_root() {
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "setup: needs root or sudo for: $*" >&2; exit 3; }
        sudo "$@"
    else
        "$@"
    fi
}
update_lists() {
    [ -n "$updated" ] || as_root apt-get update -qq
    updated=yes
}

missing=$(missing_packages)
if [ -n "$missing" ]; then
    echo "setup: installing Debian packages:" $missing
    update_lists
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

for package in $unpacked; do
    place=.venv/unpacked/$package
    [ ! -d "$place" ] || continue
    echo "setup: unpacking $package"
    update_lists
    fetched=$(mktemp -d)
    (cd "$fetched" && apt-get download -qq "$package")
    mkdir -p "$place.part"
    dpkg-deb -x "$fetched/$package"_*.deb "$place.part"
    mv "$place.part" "$place"
    rm -rf "$fetched"
done

if [ "$(cat "$stamp" 2>/dev/null)" = "$want" ]; then
    exit 0
fi

# Debian's own interpreter, so that a version manager of the developer's changes nothing.
/usr/bin/python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    { echo "setup: Python 3.11 or newer is needed; Debian 12 has it" >&2; exit 3; }
[ -x .venv/bin/python ] || /usr/bin/python3 -m venv .venv
pip() { .venv/bin/python -m pip --disable-pip-version-check "$@"; }
echo "setup: installing Python packages (locked by hash)"
pip install -q --require-hashes -r requirements/build.txt
pip install -q --require-hashes --no-build-isolation -r requirements/runtime.txt -r requirements/dev.txt
pip install -q --no-build-isolation --no-deps --editable .
echo "$want" >"$stamp"
