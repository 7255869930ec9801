//! Any text as a narrative with references: edited and stored again it is the same, and it can be shown.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use ziping::app::sample;
use ziping::domain::assess;
use ziping::domain::document::Document;
use ziping::domain::narrative;

static SAMPLE: LazyLock<Document> = LazyLock::new(sample::xinfeng);

fuzz_target!(|text: &str| {
    let document: &Document = &SAMPLE;
    let stored = narrative::stored(document, text);
    let edited = narrative::edited(document, &stored);
    assert_eq!(narrative::stored(document, &edited), stored);
    narrative::pieces(text);
    let assessment = assess::evaluate(document);
    narrative::shown(document, &assessment.facts, &stored);
});
