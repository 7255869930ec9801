//! Figures typed in prose against tables and each other.

use super::*;
use crate::app::sample;
use crate::domain::assess;

fn with(key: &'static str, text: &str) -> Document {
    let mut document = sample::xinfeng();
    for def in
        Document::SECTIONS.iter().filter(|(name, _)| *name == "narratives").flat_map(|(_, defs)| defs.iter())
    {
        document.apply(&Edit::set(Place::field("narratives", def.key), Raw::Blank));
    }
    let stored = narrative::stored(&document, text);
    document.apply(&Edit::set(Place::field("narratives", key), Raw::text(stored)));
    document
}

fn reviewed(document: &Document) -> Prose {
    review(document, &assess::evaluate(document).facts, &Prose::default())
}

#[test]
fn a_figure_typed_against_its_table_is_found_and_a_reference_takes_its_place() {
    let document = with("execution", "安排高质量发展专项经费1173万元。全局共有编制16名，在职人员14人。");
    let prose = reviewed(&document);
    let messages: Vec<&str> = prose.findings.iter().map(|finding| finding.found.message.as_str()).collect();
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(messages.iter().any(|m| m.contains("文中 1173万元，表中 1,113")), "{messages:?}");
    assert!(messages.iter().any(|m| m.contains("文中 14人，表中 13")), "{messages:?}");
    let finding = prose.findings.iter().find(|finding| finding.found.message.contains("1173")).unwrap();
    let edit = replaced(&document, &finding.spots[0], &finding.table.as_ref().unwrap().0).unwrap();
    let mut next = document.clone();
    next.apply(&edit);
    let text = next.get(&Place::field("narratives", "execution"));
    assert!(text.words().starts_with("安排高质量发展专项经费{{projects["), "{}", text.words());
    assert_eq!(reviewed(&next).findings.len(), 1);
    // A spot of a text that has changed since is left alone.
    next.apply(&Edit::set(Place::field("narratives", "execution"), Raw::text("短")));
    assert_eq!(replaced(&next, &finding.spots[0], &finding.table.as_ref().unwrap().0), None);
}

#[test]
fn what_is_a_reference_is_never_blamed_and_places_are_those_of_the_edited_text() {
    let document =
        with("staffing", "𠮷说明：编制{人员编制.编制数}，其中行政编制8名，行政工勤编制1名，事业编制5名。");
    let edited = narrative::edited(&document, document.get(&Place::field("narratives", "staffing")).words());
    let chars: Vec<char> = edited.chars().collect();
    let prose = reviewed(&document);
    assert!(!prose.findings.is_empty());
    for spot in prose.findings.iter().flat_map(|finding| &finding.spots) {
        let there: String = chars[spot.range.clone()].iter().collect();
        assert_eq!(spot.typed, there == spot.shown, "{there} {spot:?}");
    }
    let only_references =
        with("staffing", "编制{人员编制.编制数}，其中行政编制{行政.编制数}，事业编制{事业.编制数}。");
    assert_eq!(reviewed(&only_references).findings, Vec::new());
}

#[test]
fn the_same_text_is_not_read_again() {
    let document = with("execution", "基本支出100万元，其中人员经费60万元，公用经费30万元。");
    let first = reviewed(&document);
    let again = review(&document, &assess::evaluate(&document).facts, &first);
    assert!(Arc::ptr_eq(&first.report, &again.report));
    assert_eq!(first.findings, again.findings);
}

#[test]
fn the_example_that_agrees_to_the_last_figure_raises_nothing_and_the_sample_what_its_audit_names() {
    let found = reviewed(&sample::example()).findings;
    // Hints on wording (“目前”) are no contradictions.
    let heavy = found.iter().filter(|finding| finding.found.severity != Severity::Hint);
    let messages: Vec<&str> = heavy.map(|finding| finding.found.message.as_str()).collect();
    assert_eq!(messages, Vec::<&str>::new());
    let found = reviewed(&sample::xinfeng()).findings;
    let errors = found.iter().filter(|finding| finding.found.severity == Severity::Error);
    let list: Vec<&str> = errors.map(|finding| finding.found.message.as_str()).collect();
    for figure in ["1701.046", "24.14", "215%", "1,113"] {
        assert!(list.iter().any(|message| message.contains(figure)), "{figure}: {list:?}");
    }
}
