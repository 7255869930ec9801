#!/usr/bin/env bash
# Makes dist/ unless it is up to date: wasm-opt alone takes longer than anyone likes to wait for nothing.

source "$(dirname "$0")/env.sh"

STAMP=target/dist.stamp

# Contents, not times: a checkout touches files that did not change, and a deleted file has no time.
fingerprint() {
  {
    echo "$TRUNK_VERSION $WASM_BINDGEN_VERSION ${CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS:-}"
    rustc --version
    find Cargo.toml Cargo.lock Trunk.toml index.html src style tests/tools/package-lock.json \
      -type f -print0 | sort -z | xargs -0 sha256sum
    # What came out belongs to it, as a debug build of Trunk writes into dist/ too.
    find dist -type f -print0 2>/dev/null | sort -z | xargs -0 -r sha256sum
  } | sha256sum
}

if [[ -f dist/index.html && "$(fingerprint)" == "$(cat "$STAMP" 2>/dev/null)" ]]; then
  say "dist/ is up to date"
  exit 0
fi
say "Building the page into dist/ (a first build takes some minutes)"
rm -rf dist
# Its errors speak for themselves.
RUST_BACKTRACE=0 trunk build --release --locked
mkdir -p target
fingerprint >"$STAMP"
