#!/usr/bin/env bash
# Packs what Trunk left for the last build into two other folders, and compares both with dist/.

source "$(dirname "$0")/env.sh"

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
for copy in one two; do
  cp -r target/unpacked "$work/$copy"
  cargo run --quiet --locked --bin pack -- "$work/$copy" >/dev/null
  diff -r dist "$work/$copy"
done
echo "dist/ and two more packings are byte-equal"
