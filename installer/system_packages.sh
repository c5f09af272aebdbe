#!/bin/bash
# Installs the Debian/Ubuntu packages of one group where root or sudo allows; else prints the exact line.
# Usage: system_packages.sh window|servers
set -u

window="python3-venv libglib2.0-0 libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 fonts-dejavu-core
  libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
  libxcb-render-util0 libxcb-render0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-xfixes0
  libxcb-xinerama0 libxcb-xkb1 libx11-xcb1"
servers="xvfb xauth dbus gnome-keyring chromium openssl pulseaudio pulseaudio-utils postgresql
  softhsm2 libengine-gost-openssl coturn"
# Debian alone has it as a package: the tests that need it are left out elsewhere.
where_there_is_one="firefox-esr"

may=""; may_be_had=""
case "${1:-}" in
    window) wanted=$window ;;
    servers) wanted=$servers; may=$where_there_is_one ;;
    *) echo "usage: $0 window|servers" >&2; exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null; then
    echo "Not Debian or Ubuntu: install what corresponds to:" $wanted
    exit 0
fi

installed() {  # 64-bit time_t renamed libraries: libglib2.0-0 became libglib2.0-0t64
    dpkg-query -W -f='${Status}\n' "$1" "$1t64" 2>/dev/null | grep -q '^install ok installed$'
}

missing=""
for name in $wanted; do
    installed "$name" && continue
    # A Python of one's own (pyenv, deadsnakes) with a working venv needs no python3-venv.
    if [ "$name" = python3-venv ]; then
        python=$("$(dirname "$0")/../tools/find_python.sh" 2>/dev/null) && "$python" -c 'import ensurepip, venv' 2>/dev/null && continue
    fi
    missing="$missing $name"
done
for name in $may; do
    installed "$name" || may_be_had="$may_be_had $name"
done
[ -z "$missing$may_be_had" ] && exit 0

if [ "$(id -u)" = 0 ]; then as_root=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root="sudo"
elif [ -z "$missing" ]; then exit 0
else
    echo "These system packages are missing. Install them with:" >&2
    echo "  sudo apt-get update && sudo apt-get install -y$missing" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
echo "Installing:$missing$may_be_had"
# Of the packages' own talk only a failure is worth a line.
log=$(mktemp)
install() { $as_root apt-get install -y -q --no-install-recommends "$@"; }
if { $as_root apt-get update -q && { [ -z "$missing" ] || install $missing; }; } >"$log" 2>&1; then
    [ -z "$may_be_had" ] || install $may_be_had >"$log" 2>&1 || echo "Left out:$may_be_had"
    rm -f "$log"
else
    cat "$log" >&2; rm -f "$log"
    echo "The installation failed. By hand: sudo apt-get update && sudo apt-get install -y$missing" >&2
    exit 1
fi
