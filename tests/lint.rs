//! The linter against labelled passages: recall over the wrong claims, precision of the errors, false alarms.
//!
//! Scored as the labels are meant: an error finding meets a claim where one of its places (or its own range) overlaps
//! the quote of the claim, and the relation is of one kind or the figure stated stands in the quote. The floors only
//! rise.

#[cfg(test)]
#[path = "lint/passages.rs"]
mod passages;
#[cfg(test)]
#[path = "lint/properties.rs"]
mod properties;
#[cfg(test)]
#[path = "lint/sample.rs"]
mod sample;
#[cfg(test)]
#[path = "lint/variants.rs"]
mod variants;

#[cfg(test)]
mod labelled {
    use std::collections::{BTreeMap, BTreeSet};
    use std::ops::Range;
    use std::path::Path;

    use serde_json::Value;
    use ziping::domain::checks::Severity;
    use ziping::domain::lint::{Claim, lint};

    /// Least recall and precision, in per mille. Raise them when the linter gets better; never lower them.
    const FLOOR: (usize, usize) = (1000, 1000);

    struct Label {
        id: i64,
        kind: &'static str,
        relation: String,
        verdict: String,
        quote: String,
        at: Vec<Range<usize>>,
    }

    fn kind(relation: &str) -> &'static str {
        match relation {
            "sum" | "count" => "sum",
            "diff" | "difference" => "diff",
            "share" | "ratio" | "rate" | "target-result" => "rate",
            "growth" | "direction" => "growth",
            "duplicate" => "duplicate",
            _ => "",
        }
    }

    fn figures(text: &str) -> BTreeSet<String> {
        let text = text.replace([',', '，'], "");
        let parts = text.split(|c: char| !c.is_ascii_digit() && c != '.');
        parts.map(|part| part.trim_matches('.').to_owned()).filter(|part| !part.is_empty()).collect()
    }

    /// Where a quote stands in a text, in characters.
    fn places(text: &str, quote: &str) -> Vec<Range<usize>> {
        let length = quote.chars().count();
        text.match_indices(quote)
            .map(|(at, _)| {
                let from = text.get(..at).unwrap_or_default().chars().count();
                from..from + length
            })
            .collect()
    }

    fn labels(path: &Path, text: &str) -> Vec<Label> {
        let lines = std::fs::read_to_string(path).unwrap();
        let label = |line: &str| {
            let value: Value = serde_json::from_str(line).unwrap();
            let word = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
            Label {
                id: value["id"].as_i64().unwrap_or_default(),
                kind: kind(&word("relation")),
                relation: word("relation"),
                verdict: word("verdict"),
                at: places(text, &word("quote")),
                quote: word("quote"),
            }
        };
        lines.lines().filter(|line| !line.trim().is_empty()).map(label).collect()
    }

    fn meets(claim: &Claim, label: &Label) -> bool {
        let overlap =
            |range: &Range<usize>| label.at.iter().any(|at| at.start < range.end && range.start < at.end);
        let near = overlap(&claim.range) || claim.places.iter().any(|place| overlap(&place.range));
        let same = kind(claim.relation.key()) == label.kind && !label.kind.is_empty();
        near && (same || !figures(&claim.stated).is_disjoint(&figures(&label.quote)))
    }

    #[derive(Default)]
    struct Score {
        wrong: usize,
        met: usize,
        right: usize,
        alarms: usize,
        by_relation: BTreeMap<String, (usize, usize)>,
    }

    fn score(name: &str, text: &str, labels: &[Label], score: &mut Score) {
        let report = lint(text);
        let mut met = BTreeSet::new();
        for claim in report.findings() {
            if claim.severity != Some(Severity::Error) {
                continue;
            }
            let hits: Vec<&Label> = labels.iter().filter(|label| meets(claim, label)).collect();
            let wrong: Vec<i64> =
                hits.iter().filter(|label| label.verdict == "wrong").map(|label| label.id).collect();
            if !wrong.is_empty() {
                score.right += 1;
            } else if !hits.iter().any(|label| label.verdict == "ambiguous") {
                score.alarms += 1;
                println!("false alarm {name} {}: {}", claim.relation.key(), claim.message);
            }
            met.extend(wrong);
        }
        for label in labels.iter().filter(|label| label.verdict == "wrong") {
            let entry = score.by_relation.entry(label.relation.clone()).or_default();
            entry.1 += 1;
            score.wrong += 1;
            if met.contains(&label.id) {
                entry.0 += 1;
                score.met += 1;
            } else {
                println!("missed {name} {} {}: {}", label.id, label.relation, label.quote);
            }
        }
    }

    #[test]
    fn recall_and_precision_do_not_fall() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint/dev");
        let mut paths: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let mut total = Score::default();
        for path in paths.iter().filter(|path| path.extension().is_some_and(|end| end == "txt")) {
            let text = std::fs::read_to_string(path).unwrap();
            let labels = labels(&path.with_extension("jsonl"), &text);
            let missing: Vec<&str> =
                labels.iter().filter(|label| label.at.is_empty()).map(|label| label.quote.as_str()).collect();
            assert!(
                missing.is_empty(),
                "{}: quotes that do not stand in the text: {missing:?}",
                path.display()
            );
            score(&path.file_name().unwrap().to_string_lossy(), &text, &labels, &mut total);
        }
        let recall = total.met * 1000 / total.wrong.max(1);
        let precision = total.right * 1000 / (total.right + total.alarms).max(1);
        println!(
            "wrong claims {}, met {}; errors {}, false alarms {}",
            total.wrong,
            total.met,
            total.right + total.alarms,
            total.alarms
        );
        println!(
            "recall {recall}‰, precision {precision}‰; met of wrong by relation: {:?}",
            total.by_relation
        );
        assert!(recall >= FLOOR.0 && precision >= FLOOR.1, "below the floor {FLOOR:?}");
    }
}
