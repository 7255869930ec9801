#!/usr/bin/env bash
# Pictures of the built page, for a look at it: target/screenshots/*.png.

source "$(dirname "$0")/env.sh"
scripts="$ROOT/tests/scripts"

"$scripts/setup.sh" test
"$scripts/build.sh"
node tests/e2e/screenshot.mjs target/screenshots
