//! The published accounts on their smallest cases, and what lies within basic expenditure.

use super::{hold, outcomes, report};

use ziping::domain::assess::evaluate;
use ziping::domain::checks::Severity;

#[test]
fn rows_of_the_published_tables_are_the_sums_of_their_columns() {
    const TOTAL: (&str, &str) = ("accounts_income[合计].total", "100.00");
    const FISCAL: (&str, &str) = ("accounts_income[合计].fiscal", "90.00");
    const NONE: [(&str, &str); 4] = [
        ("accounts_income[合计].superior", "无"),
        ("accounts_income[合计].operating", "无"),
        ("accounts_income[合计].business", "无"),
        ("accounts_income[合计].affiliated", "无"),
    ];
    let income = |other: &'static str, more: &[(&str, &str)]| {
        let entries = [&[TOTAL, FISCAL], &NONE[..], &[("accounts_income[合计].other", other)], more].concat();
        outcomes("DF-06", &report(&entries))
    };
    assert_eq!(outcomes("DF-06", &report(&[])), Vec::<String>::new(), "it is DF-01");
    assert_eq!(income("10.00", &[]), ["holds"]);
    assert_eq!(income("10.01", &[]), ["hint 100.00 万元 against 100.01 万元"]);
    assert_eq!(income("20", &[]), ["fails 100.00 万元 against 110.00 万元"]);
    assert_eq!(income("", &[]), ["lacks 1 accounts_income[accounts_income合计].other"]);
    assert_eq!(income("十", &[]), ["unreadable accounts_income[accounts_income合计].other"]);
    assert_eq!(
        income("", &[("accounts_income[合计].superior", "20")]),
        ["fails 100.00 万元 against 110.00 万元"],
        "what is filled in is too much already"
    );
    hold(&[
        ("DF-05", &[("accounts_spending[合计].total", "9")], &[]),
        (
            "DF-05",
            &[
                ("accounts_general[合计].total", "9.00"),
                ("accounts_general[合计].basic", "4.00"),
                ("accounts_general[合计].project", "6.00"),
            ],
            &["fails 9.00 万元 against 10.00 万元"],
        ),
        ("DF-08", &[], &[]),
        (
            "DF-08",
            &[
                ("accounts_fiscal[income].total", "100"),
                ("accounts_fiscal[income].general_public", "90"),
                ("accounts_fiscal[income].government_fund", "10"),
                ("accounts_fiscal[income].state_capital", "无"),
            ],
            &["holds"],
        ),
        (
            "DF-08",
            &[
                ("accounts_fiscal[income].total", "100.00"),
                ("accounts_fiscal[income].general_public", "90.00"),
                ("accounts_fiscal[income].government_fund", "10.01"),
                ("accounts_fiscal[income].state_capital", "无"),
            ],
            &["hint 100.00 万元 against 100.01 万元"],
        ),
        (
            "DF-08",
            &[
                ("accounts_fiscal[income].total", "100"),
                ("accounts_fiscal[income].general_public", "90"),
                ("accounts_fiscal[income].government_fund", "20"),
                ("accounts_fiscal[income].state_capital", "无"),
            ],
            &["fails 100.00 万元 against 110.00 万元"],
        ),
        (
            "DF-08",
            &[("accounts_fiscal[income].total", "100"), ("accounts_fiscal[income].general_public", "90")],
            &["lacks 2 accounts_fiscal[income].government_fund"],
        ),
    ]);
}

#[test]
fn columns_of_the_fiscal_table_balance() {
    const INCOME: (&str, &str) = ("accounts_fiscal[income].total", "100.00");
    const OPENING: (&str, &str) = ("accounts_fiscal[opening].total", "10.00");
    const SPENT: (&str, &str) = ("accounts_fiscal[expenditure].total", "95.00");
    let closing = |text: &'static str| ("accounts_fiscal[closing].total", text);
    let with =
        |more: &[(&str, &str)]| outcomes("DF-09", &report(&[&[INCOME, OPENING, SPENT], more].concat()));
    assert_eq!(outcomes("DF-09", &report(&[])), Vec::<String>::new());
    assert_eq!(with(&[closing("15.00")]), ["holds"]);
    assert_eq!(with(&[closing("15.01")]), ["hint 100.00 万元 against 10.00 万元"]);
    assert_eq!(with(&[closing("25.00")]), ["fails 100.00 万元 against 10.00 万元"]);
    assert_eq!(with(&[closing("")]), ["lacks 1 accounts_fiscal[closing].total"]);
    assert_eq!(
        with(&[closing("15.00"), ("accounts_fiscal[receipts].total", "120.00")]),
        ["holds", "fails 120.00 万元 against 110.00 万元"]
    );
}

#[test]
fn totals_agree_from_one_published_table_to_the_next() {
    const INCOME: (&str, &str) = ("accounts_summary[income].amount", "100.00");
    hold(&[
        ("DF-07", &[INCOME], &[]),
        ("DF-07", &[INCOME, ("accounts_income[合计].total", "100")], &["holds"]),
        (
            "DF-07",
            &[("accounts_summary[income].amount", "99.9"), ("accounts_income[合计].total", "99.96")],
            &["hint 99.90 万元 against 99.96 万元"],
        ),
        (
            "DF-07",
            &[INCOME, ("accounts_income[合 计].total", "110")],
            &["fails 100.00 万元 against 110.00 万元"],
        ),
        (
            "DF-07",
            &[INCOME, ("accounts_income[合计].fiscal", "90")],
            &["lacks 1 accounts_income[accounts_income合计].total"],
        ),
        (
            "DF-10",
            &[
                ("accounts_fiscal[expenditure].general_public", "90.00"),
                ("accounts_general[合计].total", "90.00"),
            ],
            &["holds"],
        ),
        (
            "DF-10",
            &[("accounts_fiscal[income].total", "90.00"), ("accounts_income[合计].fiscal", "80.00")],
            &["fails 80.00 万元 against 90.00 万元"],
        ),
        ("DF-11", &[("accounts_general[合计].basic", "50.00")], &[]),
        (
            "DF-11",
            &[("accounts_general[合计].basic", "50.00"), ("accounts_basic[合计].amount", "50.00")],
            &["holds"],
        ),
        (
            "DF-11",
            &[("accounts_general[合计].basic", "50.00"), ("accounts_basic[合计].amount", "60.00")],
            &["fails 50.00 万元 against 60.00 万元"],
        ),
        // ⑥ as many units publish it: no 合计, but 人员经费 and 公用经费.
        (
            "DF-11",
            &[
                ("accounts_general[合计].basic", "50.00"),
                ("accounts_basic[人员经费合计].amount", "40.00"),
                ("accounts_basic[公用经费合计].amount", "10.01"),
            ],
            &["hint 50.00 万元 against 50.01 万元"],
        ),
        // ① alone: its lines, both totals.
        (
            "DF-01",
            &[
                INCOME,
                ("accounts_summary[general_public].amount", "90"),
                ("accounts_summary[other].amount", "5"),
            ],
            &["fails 100.00 万元 against 95.00 万元"],
        ),
        (
            "DF-02",
            &[
                INCOME,
                ("accounts_summary[opening].amount", "5"),
                ("accounts_summary[receipts].amount", "105"),
            ],
            &["holds"],
        ),
        (
            "DF-03",
            &[
                ("accounts_summary[expenditure].amount", "100"),
                ("accounts_summary[closing].amount", "5"),
                ("accounts_summary[payments].amount", "106"),
            ],
            &["hint 106.00 万元 against 105.00 万元"],
        ),
        (
            "DF-04",
            &[
                ("accounts_summary[receipts].amount", "105.00"),
                ("accounts_summary[payments].amount", "106.00"),
            ],
            &["fails 105.00 万元 against 106.00 万元"],
        ),
        (
            "DF-03",
            &[("accounts_summary[expenditure].amount", "100"), ("accounts_summary[payments].amount", "106")],
            &[],
        ),
        // The report itself says another figure.
        ("DF-26", &[INCOME, ("income[general_public].outturn", "100.00")], &["holds"]),
        (
            "DF-26",
            &[INCOME, ("income[general_public].outturn", "90.00")],
            &["fails 100.00 万元 against 90.00 万元"],
        ),
        ("DF-26", &[INCOME], &["lacks 1 income[general_public].outturn"]),
    ]);
}

#[test]
fn codes_are_the_sums_of_the_codes_one_level_below() {
    const CLASS: [(&str, &str); 2] =
        [("accounts_basic[工资福利].code", "301"), ("accounts_basic[工资福利].amount", "30.00")];
    const WAGES: [(&str, &str); 2] =
        [("accounts_basic[基本工资].code", "30101"), ("accounts_basic[基本工资].amount", "20.00")];
    let bonus =
        |text: &'static str| [("accounts_basic[奖金].code", "30103"), ("accounts_basic[奖金].amount", text)];
    let with = |text: &'static str| outcomes("DF-13", &report(&[&CLASS[..], &WAGES, &bonus(text)].concat()));
    assert_eq!(outcomes("DF-13", &report(&CLASS)), Vec::<String>::new(), "no level below");
    assert_eq!(with("10.00"), ["holds"]);
    assert_eq!(with("10.01"), ["hint 30.00 万元 against 30.01 万元"]);
    assert_eq!(with("15.00"), ["fails 30.00 万元 against 35.00 万元"]);
    assert_eq!(with("5.00"), ["fails 30.00 万元 against 25.00 万元"]);
    assert_eq!(with(""), ["lacks 1 accounts_basic[accounts_basic奖金].amount"]);
    // Children of one level only; the row 合计 is above the classes.
    let spending = |item: &'static str| {
        outcomes(
            "DF-13",
            &report(&[
                ("accounts_general[合计].total", "50.00"),
                ("accounts_general[科学技术].code", "206"),
                ("accounts_general[科学技术].total", "50.00"),
                ("accounts_general[管理].code", "20601"),
                ("accounts_general[管理].total", "50.00"),
                ("accounts_general[行政运行].code", "2060101"),
                ("accounts_general[行政运行].total", item),
            ]),
        )
    };
    assert_eq!(spending("50.00"), ["holds", "holds", "holds"]);
    assert_eq!(spending("40.00"), ["holds", "holds", "fails 50.00 万元 against 40.00 万元"]);
    let document = report(&[&CLASS[..], &WAGES].concat());
    let review = evaluate(&document).review;
    let found = review.findings.iter().find(|finding| finding.check == "DF-13").unwrap();
    assert_eq!(found.severity, Severity::Warning);
    assert!(found.todo.contains("可能没有列全"), "{}", found.todo);
}

#[test]
fn parts_of_three_public_within_basic_expenditure() {
    const ITEM: (&str, &str) = ("three_public[hospitality].outturn", "8.00");
    let part = |text: &'static str| ("basic[30217].outturn", text);
    hold(&[("SG-04", &[ITEM], &[]), ("SG-04", &[ITEM, ("basic[302].outturn", "20")], &[])]);
    let with = |text| outcomes("SG-04", &report(&[ITEM, part(text)]));
    assert_eq!(with("8.00"), ["holds"]);
    assert_eq!(with("5"), ["holds"], "the rest is paid from projects");
    assert_eq!(with("8.01"), ["holds"], "within the last digits");
    assert_eq!(with("9"), ["fails 9.00 万元 against 8.00 万元"]);
    assert_eq!(with("x"), ["unreadable basic[30217].outturn"]);
    assert_eq!(with(""), Vec::<String>::new());
    assert_eq!(outcomes("SG-04", &report(&[part("9")])), ["lacks 1 three_public[hospitality].outturn"]);
    assert_eq!(
        outcomes(
            "SG-04",
            &report(&[
                ("basic[30212].initial_budget", "2.00"),
                ("three_public[travel_abroad].initial_budget", "1.00")
            ])
        ),
        ["fails 2.00 万元 against 1.00 万元"],
        "budgets as well"
    );
    assert_eq!(
        outcomes(
            "SG-04",
            &report(&[ITEM, ("accounts_basic[接待].code", "30217"), ("accounts_basic[接待].amount", "9")])
        ),
        ["fails 9.00 万元 against 8.00 万元"],
        "as published"
    );
    let of_which = |text: &'static str| {
        let all = outcomes(
            "DF-16",
            &report(&[
                ("basic[302].outturn", "10.00"),
                ("basic[30217].outturn", "8.00"),
                ("basic[30231].outturn", text),
            ]),
        );
        all.into_iter().next().unwrap()
    };
    assert_eq!(of_which("2.00"), "holds");
    assert_eq!(of_which(""), "holds");
    assert_eq!(of_which("3.00"), "fails 10.00 万元 against 11.00 万元");
}

#[test]
fn one_quantity_in_two_units() {
    const ROW: (&str, &str) = ("three_public[hospitality].outturn", "12.8");
    let with = |stated: &'static str| {
        outcomes(
            "DF-25",
            &report(&[("income[general_public].outturn", "45.00"), ("income_stated.outturn", stated)]),
        )
    };
    assert_eq!(with("45.00"), ["holds"]);
    assert_eq!(with("450000"), ["failserror 450,000.00 万元 against 45.00 万元"]);
    assert_eq!(
        with("450010"),
        ["failserror 450,010.00 万元 against 45.00 万元"],
        "within half the larger digit"
    );
    assert_eq!(with("451000"), ["holds"], "another difference, which is for the sum");
    assert_eq!(with(""), Vec::<String>::new());
    assert_eq!(
        outcomes("DF-25", &report(&[ROW, ("three_public_stated.outturn", "128000")])),
        Vec::<String>::new()
    );
    // The sum names the event, and the unit as its cause.
    let review = evaluate(&report(&[
        ("income[general_public].outturn", "45.00"),
        ("income_stated.outturn", "450000"),
    ]))
    .review;
    let [finding] = review.findings.as_slice() else { panic!("{:?}", review.findings) };
    assert_eq!(finding.check, "DF-01");
    assert!(finding.todo.contains("万元"), "{}", finding.todo);
    // Published in 元.
    let published =
        report(&[("income[general_public].outturn", "45.00"), ("accounts_summary[income].amount", "450000")]);
    assert_eq!(outcomes("DF-25", &published), ["failserror 450,000.00 万元 against 45.00 万元"]);
}
