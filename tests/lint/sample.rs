//! The sample report: what its audit gives to the text is found, and no figure that the audit calls fine is blamed.

use ziping::domain::checks::Severity;
use ziping::domain::lint::{Claim, Relation, lint};

fn sample() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint/dev/xinfeng-2021.txt");
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn contradictions_are_found_with_their_arithmetic() {
    let report = lint(&sample());
    let findings = report.findings();
    let errors: Vec<&&Claim> =
        findings.iter().filter(|claim| claim.severity == Some(Severity::Error)).collect();
    for (relation, words) in [
        (Relation::Count, "8 + 1 + 6 = 15人，文中16人"),
        (Relation::Share, "24.14 + 74.86 = 99%，应为100%"),
        (Relation::Share, "195.58 ÷ 1470.95 = 13.2961%，文中24.14%"),
        (Relation::Share, "1631.046 ÷ 1470.95 = 110.8838%，文中74.86%"),
        (Relation::Sum, "195.58 + 1631.046 = 1826.626万元，文中1470.95万元"),
        (Relation::Sum, "190.94 + 22.28 + 4.65 = 217.87万元，文中191.55万元"),
        (Relation::Sum, "1173 + 210 + 60 + 30 + 100 + 128.046 = 1701.046万元，文中1631.046万元"),
        (Relation::Rate, "22.28 ÷ (22.28 − 0.73) = 103.3874%，文中103.77%"),
        (Relation::Difference, "100% + 差异率3.4% = 103.4%，文中103.77%"),
        (Relation::Duplicate, "一处12.88万元，另一处8万元"),
        (Relation::Duplicate, "一处600万元，另一处500万元"),
        (Relation::Duplicate, "一处4个，另一处6个"),
        (Relation::Duplicate, "一处1173万元，另一处1113"),
        (Relation::Duplicate, "一处30万元，另一处20"),
        (Relation::Rate, "目标为15家，任何整数的完成数都得不出215%"),
    ] {
        let found = errors.iter().any(|claim| claim.relation == relation && claim.message.contains(words));
        assert!(found, "{words}");
    }
}

#[test]
fn every_version_that_closes_is_named() {
    let report = lint(&sample());
    let list = report.claims.iter().find(|claim| claim.stated == "1631.046万元" && claim.fails()).unwrap();
    assert_eq!(list.closes, ["取1113、60、20时，合计相符", "取1173、20、不计60时，合计相符"]);
}

#[test]
fn nothing_fine_is_blamed() {
    let report = lint(&sample());
    for claim in report.findings().iter().filter(|claim| claim.severity == Some(Severity::Error)) {
        let blamed = claim.places.first().map_or("", |place| place.shown.as_str());
        for fine in [
            "16.38%",
            "3.4%",
            "128.046万元",
            "1631.046",
            "13人",
            "149.63%",
            "49.63%",
            "24.29%",
            "69家",
            "28家",
            "110家",
        ] {
            assert_ne!(blamed, fine, "{}", claim.message);
        }
    }
}

#[test]
fn hints_say_what_holds_only_by_truncation() {
    let report = lint(&sample());
    let hint = |words: &str| {
        report
            .findings()
            .iter()
            .any(|claim| claim.severity == Some(Severity::Hint) && claim.message.contains(words))
    };
    assert!(hint("(14.99 − 12.06) ÷ 12.06 = 24.2951%，文中24.29%，为截尾"));
    assert!(hint("4 ÷ 13 = 30.769%，文中30.7%，为截尾"));
    assert!(hint("平均年龄不可能是48.22（相邻为48.15、48.23）"));
    assert!(hint("“万隆乡立新村”与“万精乡立新村”只差一个字"));
}
