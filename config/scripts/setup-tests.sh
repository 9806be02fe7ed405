#!/usr/bin/env bash
# Installs the Python SDKs of the providers into a virtual environment of the repository's own, once for each list.
set -euo pipefail
cd "$(dirname "$0")/../.."

python=.refrain/python
packages=('openai>=3.54,<4' 'anthropic>=2.12,<3' 'google-genai>=3.4,<4' 'boto3>=1.44,<2')
[ "$(cat "$python/installed" 2>/dev/null)" = "${packages[*]}" ] && exit 0
echo "installing the Python SDKs of OpenAI, Anthropic, Google and Amazon into $python"
python3 -m venv "$python"
"$python/bin/python" -m pip install --disable-pip-version-check "${packages[@]}"
echo "${packages[*]}" >"$python/installed"
