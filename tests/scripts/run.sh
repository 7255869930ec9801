#!/usr/bin/env bash
# From a fresh machine or a warm one to an address to open.

scripts="$(dirname "$0")"
source "$scripts/env.sh"
scripts="$ROOT/tests/scripts"

"$scripts/setup.sh" build
"$scripts/build.sh"
exec node tests/tools/serve.mjs
