//! Any text as a figure: read or not, and what was read is written so that it reads the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ziping::domain::amount::{self, MoneyUnit};
use ziping::domain::cell::Cell;
use ziping::domain::document::Document;
use ziping::domain::entry;

fuzz_target!(|text: &str| {
    if let Some(value) = amount::parse_canonical(text) {
        assert_eq!(amount::parse_canonical(&amount::canonical(&value)), Some(value));
    }
    for (_, defs) in Document::SECTIONS {
        for def in *defs {
            for unit in [MoneyUnit::WanYuan, MoneyUnit::Yuan] {
                let cell = entry::read(def, text, unit);
                let shown = entry::edit_text(def, &cell, unit);
                let again = entry::read(def, &shown, unit);
                match (&again, &cell) {
                    // In 元 the digits behind the point may become others, the value may not.
                    (Cell::Value(a), Cell::Value(b)) if unit == MoneyUnit::Yuan && def.kind.is_numeric() => {
                        assert_eq!(amount::parse_canonical(a), amount::parse_canonical(b), "{} {shown:?}", def.key);
                    }
                    // A hyphen in a text field is edited as the word, and the word is text there.
                    (Cell::Value(_), Cell::Nil) if !def.kind.is_numeric() => {}
                    _ => assert_eq!(again, cell, "{} {shown:?}", def.key),
                }
                entry::shown(def, &cell, unit);
            }
        }
    }
});
