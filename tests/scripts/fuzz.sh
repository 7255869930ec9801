#!/usr/bin/env bash
# Every fuzz target for T seconds each (default 60), from the small corpora in tests/fuzz/corpus. What libFuzzer finds on
# its way is kept in target/fuzz-corpus; a crash ends the run and is named.

source "$(dirname "$0")/env.sh"

# Options that need a nightly compiler instrument the code; the pages are built with the stable one.
export RUSTUP_TOOLCHAIN="${FUZZ_TOOLCHAIN:-nightly}"
rustc --version >/dev/null 2>&1 || {
  echo "Fuzzing needs a nightly compiler: rustup toolchain install nightly" >&2
  exit 1
}
if [[ "$(cargo-fuzz --version 2>/dev/null | awk '{ print $2 }')" != "$FUZZ_VERSION" ]]; then
  say "Building cargo-fuzz $FUZZ_VERSION (once per user)"
  cargo install cargo-fuzz --version "$FUZZ_VERSION" --root "$FUZZ_ROOT"
fi

cd "$ROOT"
for target in report amounts pasted narrative lint; do
  say "Fuzzing $target for ${T:-60} seconds"
  mkdir -p "target/fuzz-corpus/$target"
  cargo fuzz run --fuzz-dir tests/fuzz --target-dir target/fuzz --sanitizer none "$target" \
    "target/fuzz-corpus/$target" "tests/fuzz/corpus/$target" -- -max_total_time="${T:-60}" -max_len=20000 -rss_limit_mb=2048
done
