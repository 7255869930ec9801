//! 数字体检 on any text: nothing panics, and every place lies inside the text, on a border between characters.

#![no_main]

use libfuzzer_sys::fuzz_target;
use ziping::domain::lint::{lint, quantities, reading};

fuzz_target!(|text: &str| {
    let length = text.chars().count();
    let report = lint(text);
    let places = report.claims.iter().flat_map(|claim| claim.places.iter().map(|place| &place.range));
    let spans = report.claims.iter().map(|claim| &claim.range);
    let unchecked = report.unchecked.iter().map(|place| &place.range);
    for range in places.chain(spans).chain(unchecked) {
        assert!(range.start <= range.end && range.end <= length);
    }
    for written in quantities(text) {
        assert!(written.range.start < written.range.end && written.range.end <= length);
    }
    for figure in reading(text).figures {
        assert!(figure.range.end <= length && figure.sentence.end <= length);
    }
});
