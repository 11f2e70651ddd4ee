# shellcheck shell=bash
# Finds a supported Python and hands over to it. Sourced by each command of dev/.

dev_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

dev_python_fits() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' \
        >/dev/null 2>&1
}

dev_find_python() {
    local name
    for name in python3 python3.11 python3.12 python3.13 python3.10 /usr/bin/python3; do
        if dev_python_fits "$name"; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

dev_install_python() {
    echo "• installing python3" >&2
    { apt-get -q update && DEBIAN_FRONTEND=noninteractive \
        apt-get -q install -y --no-install-recommends python3 python3-venv ca-certificates; } \
        >/tmp/esign-apt-python.log 2>&1
}

dev_fail() {
    echo "dev: $1" >&2
    exit 1
}

# dev_start COMMAND [ARGUMENT…]
dev_start() {
    local python
    if [ -n "${ESIGN_PYTHON:-}" ]; then
        python=$ESIGN_PYTHON
        dev_python_fits "$python" ||
            dev_fail "ESIGN_PYTHON is $python, which is not a Python 3.10 to 3.13 with venv."
    elif ! python=$(dev_find_python); then
        [ "$(id -u)" = 0 ] ||
            dev_fail "no Python 3.10 to 3.13 with venv; ask an administrator for python3 and python3-venv."
        dev_install_python ||
            dev_fail "no Python 3.10 to 3.13, and installing python3 failed (is there a network?)."
        python=$(dev_find_python) || dev_fail "the archive's Python is not one of 3.10 to 3.13."
    fi
    export PYTHONPATH="$dev_root" PYTHONUNBUFFERED=1
    exec "$python" -m dev.lib.boot "$@"
}
