#!/usr/bin/env bash
# The whole suite, in the order in which a failure is cheapest to learn of. Stops at the first failure.

source "$(dirname "$0")/env.sh"
scripts="$ROOT/tests/scripts"

"$scripts/setup.sh" test

say "Formatting"
cargo fmt --check

say "Lints, native"
cargo clippy --quiet --locked --all-targets -- -D warnings

say "Lints, wasm"
cargo clippy --quiet --locked --target "$WASM_TARGET" --bin ziping -- -D warnings

say "Unit, property and golden tests"
cargo test --locked

say "Documentation"
RUSTDOCFLAGS="-D warnings" cargo doc --quiet --locked --no-deps --document-private-items --lib

"$scripts/build.sh"

say "Packing the same build twice gives the same bytes"
"$scripts/repack.sh"

say "Size budget, and no folder of the builder in the artefacts"
node tests/scripts/budget.mjs

say "End to end, on the built artefacts"
node tests/e2e/run.mjs

say "The browser killed while somebody types, three times each way"
node tests/faults/run.mjs 3 进程
