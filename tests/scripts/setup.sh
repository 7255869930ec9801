#!/usr/bin/env bash
# Installs what is missing, at pinned versions; does nothing when all is there.
#
#   setup.sh build    what building and serving the page needs
#   setup.sh test     that, and what the tests need

source "$(dirname "$0")/env.sh"

main() {
  need cargo "Rust, from https://rustup.rs"
  need node "Node.js 20 or newer, from https://nodejs.org"
  need npm "npm, which comes with Node.js"
  wasm_target
  cargo_tool trunk trunk "$TRUNK_VERSION" "$TRUNK_ROOT" --locked
  # Not --locked: the lock file it ships may name crates newer than a mirror of crates.io offers.
  cargo_tool wasm-bindgen wasm-bindgen-cli "$WASM_BINDGEN_VERSION" "$WASM_BINDGEN_ROOT"
  npm_packages tests/tools
  if [[ "${1:-build}" == test ]]; then
    rust_component rustfmt cargo-fmt
    rust_component clippy cargo-clippy
    debian_packages
    npm_packages tests/e2e
  fi
}

need() {
  command -v "$1" >/dev/null && return
  echo "'$1' is missing. Please install $2, and run this again." >&2
  exit 1
}

wasm_target() {
  [[ -d "$(rustc --print sysroot)/lib/rustlib/$WASM_TARGET/lib" ]] && return
  need rustup "the Rust target $WASM_TARGET (rustup would do it: https://rustup.rs)"
  say "Installing the Rust target $WASM_TARGET"
  rustup target add "$WASM_TARGET"
}

rust_component() {
  command -v "$2" >/dev/null && "$2" --version >/dev/null 2>&1 && return
  need rustup "the Rust component $1 (rustup would do it: https://rustup.rs)"
  say "Installing the Rust component $1"
  rustup component add "$1"
}

# cargo_tool BINARY CRATE VERSION ROOT [FLAGS]: a binary of exactly that version, from PATH or built once per user.
cargo_tool() {
  local binary=$1 crate=$2 version=$3 root=$4
  shift 4
  [[ "$("$binary" --version 2>/dev/null | awk '{ print $2 }')" == "$version" ]] && return
  say "Building $crate $version into $root (once per user, about five minutes)"
  cargo install "$crate" --version "$version" --root "$root" "$@"
}

# npm_packages FOLDER: `npm ci`, unless what is there was installed from the same lock file.
npm_packages() {
  local folder=$1
  cmp -s "$folder/package-lock.json" "$folder/node_modules/.installed-lock" && return
  say "Installing npm packages in $folder"
  # No install scripts: none of the packages needs one, and nothing else should run here.
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund)
  cp "$folder/package-lock.json" "$folder/node_modules/.installed-lock"
}

debian_packages() {
  local missing=()
  command -v chromium >/dev/null || missing+=(chromium)
  command -v firefox-esr >/dev/null || command -v firefox >/dev/null || missing+=(firefox-esr)
  command -v pdftotext >/dev/null || missing+=(poppler-utils)
  command -v java >/dev/null || missing+=(default-jre-headless)
  [[ -n "$(fc-list :lang=zh-cn 2>/dev/null)" ]] || missing+=(fontconfig fonts-noto-cjk)
  ((${#missing[@]} == 0)) && return
  if ! command -v apt-get >/dev/null; then
    echo "Please install these (Debian's names): ${missing[*]}, and run this again." >&2
    exit 1
  fi
  local as_root=()
  ((EUID == 0)) || as_root=(sudo)
  say "Installing Debian packages: ${missing[*]}"
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
}

main "$@"
