#!/usr/bin/env bash
# Licences, sources and bans of all dependencies with cargo-deny; known holes too, where the advisory database can be
# fetched. Where it cannot, that is said and nothing is claimed.

source "$(dirname "$0")/env.sh"

if [[ "$(cargo-deny --version 2>/dev/null | awk '{ print $2 }')" != "$DENY_VERSION" ]]; then
  say "Building cargo-deny $DENY_VERSION (once per user, some minutes)"
  cargo install cargo-deny --version "$DENY_VERSION" --root "$DENY_ROOT" --locked
fi

say "Licences, bans, sources"
cargo deny --all-features --config tests/deny.toml check licenses bans sources

say "Known holes"
if timeout 120 git ls-remote --exit-code https://github.com/RustSec/advisory-db HEAD >/dev/null 2>&1; then
  cargo deny --all-features --config tests/deny.toml check advisories
else
  echo "NOT CHECKED: the advisory database (github.com/RustSec/advisory-db) cannot be reached from here."
fi
