#!/usr/bin/env bash
# The picture of the built page that the README shows.

source "$(dirname "$0")/env.sh"
scripts="$ROOT/tests/scripts"

"$scripts/setup.sh" test
"$scripts/build.sh"
node tests/e2e/screenshot.mjs
