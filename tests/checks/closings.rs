//! Which of several stated values make totals close: every combination is named, in every column.

use ziping::domain::assess::evaluate;
use ziping::domain::document::Document;

use super::report;

fn closes(document: &Document, check: &str) -> Option<Vec<String>> {
    let findings = evaluate(document).review.findings;
    findings.into_iter().find(|finding| finding.check == check).map(|finding| finding.closes)
}

#[test]
fn every_combination_that_closes_is_named() {
    // 基本支出 is stated 60 and adds up to 70; only with 60 does the balance close.
    let document = report(&[
        ("carryover[fiscal].opening", "10.00"),
        ("income[general_public].outturn", "100.00"),
        ("basic_stated.outturn", "60.00"),
        ("basic[301].outturn", "40.00"),
        ("basic[303].outturn", "11.00"),
        ("basic[302].outturn", "19.00"),
        ("projects[甲].outturn", "45.00"),
        ("carryover_stated.closing", "5.00"),
    ]);
    let closing = ["基本支出取上报 60.00，年末结转结余就合上。"];
    assert_eq!(closes(&document, "DF-12").unwrap(), closing);
    assert_eq!(closes(&document, "DF-15").unwrap(), closing);
    // A row that makes the whole difference may have been counted twice.
    let document = report(&[
        ("projects_stated.outturn", "90.00"),
        ("projects[甲].outturn", "60.00"),
        ("projects[乙].outturn", "30.00"),
        ("projects[丙].outturn", "30.00"),
    ]);
    assert_eq!(
        closes(&document, "DF-22").unwrap(),
        ["不计“乙”，就与上报合计一致。", "不计“丙”，就与上报合计一致。"]
    );
}

#[test]
fn budgets_close_like_outturns() {
    for column in ["initial_budget", "revised_budget", "outturn", "last_outturn"] {
        let at = |place: &str| format!("{place}.{column}");
        let entries = [
            (at("basic_stated"), "60.00"),
            (at("basic[301]"), "40.00"),
            (at("basic[303]"), "11.00"),
            (at("basic[302]"), "19.00"),
            (at("projects[甲]"), "45.00"),
            (at("expenditure_stated"), "105.00"),
        ];
        let entries: Vec<(&str, &str)> =
            entries.iter().map(|(place, text)| (place.as_str(), *text)).collect();
        let document = report(&entries);
        let closing = ["基本支出取上报 60.00，本年支出合计就合上。"];
        assert_eq!(closes(&document, "DF-12").unwrap(), closing, "{column}");
        assert_eq!(closes(&document, "DF-05").unwrap(), closing, "{column}");
    }
}

#[test]
fn totals_of_both_sides_and_of_three_public_close_too() {
    let document = report(&[
        ("carryover[fiscal].opening", "10.00"),
        ("income[general_public].outturn", "100.00"),
        ("income_stated.outturn", "120.00"),
        ("receipts_stated.outturn", "130.00"),
    ]);
    let closing = ["本年收入取上报 120.00，总计（收）就合上。"];
    assert_eq!(closes(&document, "DF-01").unwrap(), closing);
    assert_eq!(closes(&document, "DF-02").unwrap(), closing);
    let document = report(&[
        ("three_public[travel_abroad].initial_budget", "无"),
        ("three_public[vehicle_purchase].initial_budget", "无"),
        ("three_public[vehicle_running].initial_budget", "4.00"),
        ("three_public[hospitality].initial_budget", "8.00"),
        ("vehicles_stated.initial_budget", "5.00"),
        ("three_public_stated.initial_budget", "12.00"),
    ]);
    assert_eq!(closes(&document, "SG-02").unwrap(), ["公务用车取各项相加的 4.00，“三公”经费合计就合上。"]);
    // Nothing closes: then it is said that something else is wrong as well.
    let document = report(&[
        ("personnel_stated.outturn", "60.00"),
        ("basic[301].outturn", "40.00"),
        ("basic[303].outturn", "11.00"),
        ("basic[302].outturn", "19.00"),
        ("basic_stated.outturn", "99.00"),
    ]);
    assert_eq!(
        closes(&document, "DF-12").unwrap(),
        ["人员经费取上报数或各项相加的数，基本支出合计都合不上，还有别的数有误。"]
    );
}
