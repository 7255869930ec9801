//! Any text as a pasted table: read as cells, and what is written of them reads the same; and as prose to be checked.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ziping::app::clipboard;
use ziping::domain::lint;

fuzz_target!(|text: &str| {
    let block = clipboard::parse(text);
    let written = clipboard::write(&block);
    assert_eq!(clipboard::parse(&written), block);
    clipboard::has_merged_cells(text);
    lint::lint(text);
});
