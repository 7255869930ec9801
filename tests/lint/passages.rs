//! Labelled passages of our own: what a department writes, in many shapes.
//!
//! A file holds passages parted by lines of `====`; a first line with `#` says what the passage is about. `{a|b}` is a
//! figure: with `a` everywhere the passage is consistent and raises no error; with `b` in one place the error is found
//! at that place. A figure without braces is one that nothing in the passage can contradict.

use std::ops::Range;
use std::path::Path;

use ziping::domain::checks::Severity;
use ziping::domain::lint::{Claim, lint};

/// A passage: words around figures with two values.
struct Passage {
    file: String,
    name: String,
    words: Vec<String>,
    figures: Vec<(String, String)>,
}

impl Passage {
    fn parse(file: &str, block: &str) -> Passage {
        let block = block.trim_matches('\n');
        let (name, text) = block.strip_prefix("# ").and_then(|rest| rest.split_once('\n')).unwrap();
        let mut passage =
            Passage { file: file.into(), name: name.into(), words: Vec::new(), figures: Vec::new() };
        let mut rest = text;
        while let Some((words, after)) = rest.split_once('{') {
            let (figure, after) = after.split_once('}').unwrap();
            let (right, wrong) = figure.split_once('|').unwrap();
            passage.words.push(words.into());
            passage.figures.push((right.into(), wrong.into()));
            rest = after;
        }
        passage.words.push(rest.into());
        passage
    }

    /// The text with one figure wrong, and where that figure stands.
    fn text(&self, wrong: Option<usize>) -> (String, Range<usize>) {
        let (mut text, mut at) = (String::new(), 0..0);
        for (index, words) in self.words.iter().enumerate() {
            text.push_str(words);
            let Some((right, other)) = self.figures.get(index) else { continue };
            let from = text.chars().count();
            text.push_str(if wrong == Some(index) { other } else { right });
            if wrong == Some(index) {
                at = from..text.chars().count();
            }
        }
        (text, at)
    }
}

fn passages() -> Vec<Passage> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint/passages");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let file = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        found.extend(text.split("\n====\n").map(|block| Passage::parse(&file, block)));
    }
    found
}

fn errors(text: &str) -> Vec<Claim> {
    let report = lint(text);
    report.claims.into_iter().filter(|claim| claim.severity == Some(Severity::Error)).collect()
}

fn touches(claim: &Claim, at: &Range<usize>) -> bool {
    let overlap = |range: &Range<usize>| range.start < at.end && at.start < range.end;
    overlap(&claim.range) || claim.places.iter().any(|place| overlap(&place.range))
}

/// How many planted errors must be found, of a thousand.
const FLOOR: usize = 1000;

#[test]
fn consistent_passages_stay_silent_and_one_wrong_figure_is_found() {
    let (mut alarms, mut planted, mut met) = (0, 0, 0);
    let passages = passages();
    for passage in &passages {
        let (text, _) = passage.text(None);
        for claim in errors(&text) {
            alarms += 1;
            println!("ALARM {} {}: {}", passage.file, passage.name, claim.message);
        }
        for (index, (right, wrong)) in passage.figures.iter().enumerate() {
            let (text, at) = passage.text(Some(index));
            planted += 1;
            if errors(&text).iter().any(|claim| touches(claim, &at)) {
                met += 1;
            } else {
                println!("MISSED {} {}: {right} as {wrong}", passage.file, passage.name);
            }
        }
    }
    println!("passages {}, false alarms {alarms}; planted errors {planted}, found {met}", passages.len());
    assert_eq!(alarms, 0);
    assert!(met * 1000 >= planted * FLOOR, "found {met} of {planted}");
}
