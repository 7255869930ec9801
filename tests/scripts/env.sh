# Sourced by the other scripts: pinned versions, where tools are kept, and flags that every build shares.

set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
cd "$ROOT"

TRUNK_VERSION=0.21.14
# Trunk insists on the version of the library, so there is one place to change it: Cargo.lock.
WASM_BINDGEN_VERSION="$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/version = |"/, ""); print; exit }' Cargo.lock)"
FUZZ_VERSION=0.13.2
DENY_VERSION=0.20.2
WASM_TARGET=wasm32-unknown-unknown

export ZIPING_TOOLS="${ZIPING_TOOLS:-$HOME/.cache/ziping-tools}"
TRUNK_ROOT="$ZIPING_TOOLS/trunk-$TRUNK_VERSION"
WASM_BINDGEN_ROOT="$ZIPING_TOOLS/wasm-bindgen-$WASM_BINDGEN_VERSION"
DENY_ROOT="$ZIPING_TOOLS/cargo-deny-$DENY_VERSION"
FUZZ_ROOT="$ZIPING_TOOLS/cargo-fuzz-$FUZZ_VERSION"
export PATH="$ROOT/tests/tools/node_modules/.bin:$TRUNK_ROOT/bin:$WASM_BINDGEN_ROOT/bin:$FUZZ_ROOT/bin:$DENY_ROOT/bin:$PATH"

# No folder of the builder may be read in an artefact. Cargo splits the flags at spaces, so a folder with a
# space in its name cannot be remapped; the page works all the same, only its panic messages name the folder.
CARGO_FOLDER="${CARGO_HOME:-$HOME/.cargo}"
if [[ "$ROOT$CARGO_FOLDER" != *" "* ]]; then
  # For the wasm target only: native builds keep their cache, with or without these scripts.
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--remap-path-prefix=$CARGO_FOLDER=cargo --remap-path-prefix=$ROOT=ziping --cfg=erase_components"
fi

# Trunk refuses NO_COLOR=1, which many terminals and runners set (https://no-color.org allows any value).
if [[ -n "${NO_COLOR:-}" ]]; then export NO_COLOR=true; fi

say() { printf '== %s\n' "$*"; }
