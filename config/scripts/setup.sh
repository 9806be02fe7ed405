#!/usr/bin/env bash
# Installs what is missing on Debian or Ubuntu, and does nothing when all is there.
# Further packages may be named as arguments.
set -euo pipefail
cd "$(dirname "$0")/../.."

command -v swift >/dev/null || {
    echo "error: no swift in PATH; Refrain needs a Swift 6.2 toolchain or newer (https://www.swift.org/install)" >&2
    exit 1
}

packages=(
    libhiredis-dev libcurl4-openssl-dev libblas-dev zlib1g-dev libopenblas0-pthread
    redis-server curl openssl python3 python3-venv python3-pip "$@"
)
missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    echo "installing ${missing[*]}"
    as_root=(env)
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "error: root or sudo is needed to install ${missing[*]}" >&2; exit 1; }
        as_root=(sudo env)
    fi
    # sudo drops the environment, so what apt needs of it is named.
    apt=("${as_root[@]}" DEBIAN_FRONTEND=noninteractive "http_proxy=${http_proxy:-}" "https_proxy=${https_proxy:-}" apt-get)
    "${apt[@]}" update -qq
    "${apt[@]}" install -y -q --no-install-recommends "${missing[@]}"
fi
