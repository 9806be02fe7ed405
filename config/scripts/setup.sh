#!/usr/bin/env bash
# Installs what is missing on Debian or Ubuntu, and does nothing when all is there.
# Further packages may be named as arguments.
set -euo pipefail
cd "$(dirname "$0")/../.."

packages=(
    libhiredis-dev libcurl4-openssl-dev libblas-dev libopenblas0-pthread
    redis-server curl openssl python3 python3-venv python3-pip "$@"
)
missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    echo "installing ${missing[*]}"
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "error: root or sudo is needed to install ${missing[*]}" >&2; exit 1; }
        as_root=(sudo)
    fi
    export DEBIAN_FRONTEND=noninteractive
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

command -v swift >/dev/null || {
    echo "error: no swift in PATH; Refrain needs a Swift 6.2 toolchain or newer (https://www.swift.org/install)" >&2
    exit 1
}

# What the tests speak to the gateway with.
python=.refrain/python
if ! "$python/bin/python" -c 'import openai' 2>/dev/null; then
    echo "installing the OpenAI Python SDK into $python"
    python3 -m venv "$python"
    "$python/bin/python" -m pip install --quiet --disable-pip-version-check 'openai>=1,<4'
fi
