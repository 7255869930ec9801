//! The vectors of accounts §9.4, and the edges of each identity.

use super::super::amount::{parse_canonical, truncate};
use super::*;

fn d(text: &str) -> Decimal {
    parse_canonical(text).unwrap_or_else(|| panic!("not canonical: {text}"))
}

fn typed(text: &str) -> Figure {
    Figure::typed(d(text))
}

fn count(n: u32) -> Figure {
    Figure::exact(n.into())
}

fn all(texts: &[&str]) -> Vec<Figure> {
    texts.iter().map(|text| typed(text)).collect()
}

/// A verdict as one word, so that tables stay short.
fn word(verdict: Verdict) -> String {
    match verdict {
        Verdict::Holds => "holds".into(),
        Verdict::Rounding(hint) => hint.label().into(),
        Verdict::Fails { diff } => format!("fails {}", diff.abs()),
    }
}

/// Parts, total, verdict, E, W. The vectors “sum”, and a few of our own.
#[test]
fn sums() {
    let table: &[(&[&str], &str, &str, &str, &str)] = &[
        (&["0.01", "0.02", "0.03"], "0.06", "holds", "0.02", "0.02"),
        (&["0.01", "0.02", "0.03"], "0.08", "可能为取整误差", "0.02", "0.02"),
        (&["0.01", "0.02", "0.03"], "0.09", "fails 0.03", "0.02", "0.02"),
        (&["1113", "210", "60", "100", "128.046", "20"], "1631.046", "holds", "0.0035", "2.501"),
        (&["1173", "210", "60", "30", "100", "128.046"], "1631.046", "fails 70.000", "0.0035", "2.501"),
        (&["4735.21", "4735.21", "4735.07"], "14206", "可能为取整误差", "0.515", "0.515"),
        (&["4735.21", "4735.21", "4735.06"], "14206", "fails 0.52", "0.515", "0.515"),
        (&["4735.21", "4735.21", "4735.20"], "14206", "可能为取整误差", "0.515", "0.515"),
        (&["190.94", "4.65"], "195.58", "可能为取整误差", "0.015", "0.015"),
        (&["190.94", "4.65"], "195.59", "holds", "0.015", "0.015"),
        (&["190.94", "4.65"], "195.57", "fails 0.02", "0.015", "0.015"),
        (&["30.0000", "6.645"], "36.645", "holds", "0.00105", "0.00105"),
        (&[], "0.00", "holds", "0.005", "0.005"),
    ];
    for (parts, total, verdict, narrow, wide) in table {
        let found = sum(&all(parts), typed(total)).unwrap();
        assert_eq!(word(found.verdict), *verdict, "{parts:?} = {total}");
        assert_eq!(found.diff, d(total) - found.computed, "{parts:?} = {total}");
        assert_eq!((found.narrow, found.wide), (d(narrow), d(wide)), "{parts:?} = {total}");
    }
}

#[test]
fn long_sums_have_a_root_for_tolerance() {
    let eleven = vec![typed("1.00"); 11];
    let narrow = sum(&eleven, typed("11.00")).unwrap().narrow;
    assert_eq!(truncate(narrow, 4), d("0.0519"));
    assert_eq!(word(sum(&eleven, typed("11.05")).unwrap().verdict), "可能为取整误差");
    assert_eq!(word(sum(&eleven, typed("11.06")).unwrap().verdict), "fails 0.06");
    assert_eq!(word(sum(&eleven, typed("10.94")).unwrap().verdict), "fails 0.06");

    let many = vec![typed("1.00"); 10_000];
    let found = sum(&many, typed("10001.50")).unwrap();
    assert_eq!(truncate(found.narrow, 2), d("1.50"));
    assert_eq!(found.wide, d("50.005"));
    assert_eq!(word(found.verdict), "可能为取整误差");
    let beyond = sum(&many, typed("10001.51")).unwrap();
    assert_eq!((word(beyond.verdict).as_str(), beyond.in_prose()), ("fails 1.51", ProseGrade::Warning));
}

#[test]
fn sums_in_prose_have_a_wider_margin() {
    let parts = all(&["1173", "210", "60", "30", "100", "128.046"]);
    for (total, grade) in [
        ("1701.046", ProseGrade::Holds),
        ("1701.047", ProseGrade::Hint),
        ("1703.547", ProseGrade::Warning),
        ("1703.548", ProseGrade::Error),
        ("1631.046", ProseGrade::Error),
    ] {
        assert_eq!(sum(&parts, typed(total)).unwrap().in_prose(), grade, "{total}");
    }
}

#[test]
fn figures_as_fine_as_written_widen_a_mixed_sum() {
    let parts = all(&["1173", "0.4"]);
    assert_eq!(word(sum(&parts, typed("1173.9")).unwrap().verdict), "fails 0.5");
    assert_eq!(word(sum_mixed(&parts, typed("1173.9")).unwrap().verdict), "可能为取整误差");
}

#[test]
fn counts_and_nil_allow_nothing() {
    let parts = [count(8), count(7)];
    assert_eq!(word(sum(&parts, count(15)).unwrap().verdict), "holds");
    assert_eq!(word(sum(&parts, count(16)).unwrap().verdict), "fails 1");
    // 12.88 − 12.88 against 无
    let balance = [typed("12.88"), typed("12.88").negated()];
    assert_eq!(word(sum(&balance, Figure::exact(Decimal::ZERO)).unwrap().verdict), "holds");
}

#[test]
fn blanks_leave_a_sum_open_unless_it_is_exceeded() {
    let lacks = |filled: &[&str], total: &str| {
        sum_with_blanks(&all(filled), typed(total)).unwrap() == BlankVerdict::LacksData
    };
    assert!(lacks(&["10.00", "2.00"], "15.00"));
    assert!(lacks(&["10.00", "5.01"], "15.00"));
    assert!(!lacks(&["10.00", "5.10"], "15.00"));
    assert!(lacks(&["20.00", "-0.10"], "15.00"));
}

#[test]
fn percent_differences() {
    for (rate, difference, verdict) in [
        ("103.77", "3.4", "fails 0.37"),
        ("149.63", "49.63", "holds"),
        ("103.44", "3.4", "可能为取整误差"),
        ("103.46", "3.4", "fails 0.06"),
        ("96.61", "-3.39", "holds"),
    ] {
        let found = percent_difference(typed(rate), typed(difference)).unwrap();
        assert_eq!(word(found), verdict, "{rate} − 100 = {difference}");
    }
}

#[test]
fn shares_of_a_whole() {
    let table: &[(&[&str], &str)] = &[
        (&["14.28", "14.28", "14.28", "14.28", "14.28", "14.28", "14.28"], "截断"),
        (&["24.14", "74.86"], "fails 1.00"),
        (&["24.14", "75.86"], "holds"),
        (&["33.33", "33.33", "33.33"], "可能为取整误差"),
        (&["33.3", "33.3", "33.5"], "可能为取整误差"),
        (&["33.4", "33.4", "33.4"], "fails 0.2"),
        (&["49.99", "49.99"], "fails 0.02"),
        (&[], "fails 100"),
    ];
    for (list, verdict) in table {
        assert_eq!(word(shares(&all(list)).unwrap()), *verdict, "{list:?}");
    }
}

fn term(text: &str, above: i32, below: i32) -> Term {
    Term { figure: typed(text), above, below }
}

/// 完成率 from 决算 and 差异额: the budget is computed.
fn completion(stated: &str, actual: &str, difference: &str) -> Rate {
    some_rate(rate(d(stated), &[term(actual, 1, 1), term(difference, 0, -1)]))
}

/// 差异率 from the same.
fn deviation(stated: &str, actual: &str, difference: &str) -> Rate {
    some_rate(rate(d(stated), &[term(actual, 0, 1), term(difference, 1, -1)]))
}

fn typed_ratio(stated: &str, a: &str, b: &str) -> Rate {
    some_rate(ratio(d(stated), typed(a), typed(b)))
}

fn some_rate(found: Option<RateVerdict>) -> Rate {
    match found {
        Some(RateVerdict::Rate(rate)) => rate,
        other => panic!("{other:?}"),
    }
}

/// The vectors “ratio”: found, verdict, and how the computed value begins.
#[test]
fn rates() {
    let counts = |stated: &str, a, b| some_rate(ratio(d(stated), count(a), count(b)));
    for (found, verdict, computed) in [
        (counts("30.7", 4, 13), "截断", "30.769"),
        (counts("30.8", 4, 13), "holds", "30.769"),
        (completion("149.63", "191.55", "63.54"), "截断", "149.6367"),
        (deviation("49.63", "191.55", "63.54"), "截断", "49.6367"),
        (completion("103.77", "22.28", "0.73"), "fails 0.382529", "103.3874"),
        (typed_ratio("103.77", "22.28", "21.55"), "fails 0.382529", "103.3874"),
        (typed_ratio("3.4", "0.73", "21.55"), "holds", "3.3874"),
        (typed_ratio("16.38", "2.11", "12.88"), "holds", "16.3819"),
        (some_rate(growth(d("24.29"), typed("14.99"), typed("12.06"))), "截断", "24.2951"),
        (typed_ratio("73.5", "28.1", "38.3"), "在输入精度内", "73.3681"),
        (counts("215", 28, 15), "fails 28.3333", "186.6667"),
        (some_rate(growth(d("-20.00"), typed("8.00"), typed("10.00"))), "holds", "20"),
        (some_rate(growth(d("20.00"), typed("8.00"), typed("10.00"))), "holds", "20"),
        (typed_ratio("0", "0.00", "10.00"), "holds", "0"),
    ] {
        assert_eq!(word(found.verdict), verdict, "{found:?}");
        let dp = d(computed).scale();
        assert_eq!(truncate(found.computed, dp), d(computed), "{found:?}");
    }
}

#[test]
fn rates_have_the_range_of_their_figures() {
    for (found, low, high) in [
        (completion("103.77", "22.28", "0.73"), "103.3627", "103.4123"),
        (typed_ratio("103.77", "22.28", "21.55"), "103.3403", "103.4347"),
        (typed_ratio("73.5", "28.1", "38.3"), "73.1421", "73.5948"),
    ] {
        let shown = |value| super::super::amount::round(value, 4);
        assert_eq!((shown(found.low), shown(found.high)), (d(low), d(high)), "{found:?}");
    }
}

/// (low − u_p, high + ½u_p]: 1 ÷ 10 with u = 1 each gives 4.7619… to 15.7894…
#[test]
fn the_range_is_open_below_and_closed_above() {
    for (stated, verdict) in
        [("3", "fails 7.0000"), ("4", "在输入精度内"), ("16", "在输入精度内"), ("17", "fails 7.0000")]
    {
        assert_eq!(word(typed_ratio(stated, "1", "10").verdict), verdict, "{stated}");
    }
    // 1 ÷ exactly 5: 10 to 30; 9 is not above 10 − 1, 30.5 not stateable, 31 beyond.
    for (stated, verdict) in
        [("9", "fails 11.0000"), ("10", "在输入精度内"), ("30", "在输入精度内"), ("31", "fails 11.0000")]
    {
        let found = some_rate(ratio(d(stated), typed("1"), count(5)));
        assert_eq!(word(found.verdict), verdict, "{stated}");
    }
}

#[test]
fn growth_around_zero_reaches_down_to_zero() {
    let found = some_rate(growth(d("0.0"), typed("10.1"), typed("10.0")));
    assert_eq!((word(found.verdict).as_str(), found.low), ("在输入精度内", Decimal::ZERO));
}

#[test]
fn no_base_no_rate() {
    let no_base = |a: Figure, b: Figure| ratio(d("5.00"), a, b) == Some(RateVerdict::NoBase);
    assert!(no_base(typed("1.00"), count(0)));
    assert!(no_base(typed("1.00"), typed("0.00")));
    assert!(no_base(typed("0.00"), typed("0.00")));
    assert!(!no_base(typed("1.00"), typed("0.01")));
    assert!(no_base(typed("1.00"), Figure { value: d("5"), u: d("10") }));
    assert_eq!(growth(d("5"), typed("3.00"), typed("0.00")), Some(RateVerdict::NoBase));
    assert_eq!(growth(d("5"), typed("3.00"), typed("0.00")).and_then(|found| found.verdict()), None);
    // 8.00 − 7.99: the base may be 0.
    assert_eq!(rate(d("5"), &[term("8.00", 1, 1), term("7.99", 0, -1)]), Some(RateVerdict::NoBase));
}

#[test]
fn a_computed_total_varies_by_its_own_tolerance() {
    let few = Figure::total_of(&all(&["1.00", "2.00", "3.0"])).unwrap();
    assert_eq!((few.value(), few.u()), (d("6"), d("0.12")));
    let many = Figure::total_of(&vec![typed("1.00"); 10_000]).unwrap();
    assert_eq!((many.value(), many.u()), (d("10000"), d("3")));
    let eleven = Figure::total_of(&vec![typed("1.00"); 11]).unwrap();
    assert_eq!(truncate(eleven.u(), 5), d("0.09949"));
    assert_eq!(Figure::total_of(&[]).unwrap(), count(0));
}

#[test]
fn the_same_quantity_twice() {
    for (a, b, verdict) in [
        ("14206", "14205.62", "holds"),
        ("1631.04", "1631.046", "截断"),
        ("1173", "1113", "fails 60"),
        ("1631.05", "1631.046", "holds"),
        ("12.880", "12.88", "holds"),
        ("12.88", "12.89", "fails 0.01"),
        ("-14206", "-14205.62", "holds"),
        ("-1631.04", "-1631.046", "截断"),
        ("0.00", "0.004", "holds"),
        ("0", "0.6", "截断"),
    ] {
        assert_eq!(word(same(typed(a), typed(b)).unwrap()), verdict, "{a} {b}");
        assert_eq!(word(same(typed(b), typed(a)).unwrap()), verdict, "{b} {a}");
    }
    assert_eq!(same(typed("1173"), typed("1113")), Some(Verdict::Fails { diff: d("60") }));
    assert_eq!(word(same(count(15), count(16)).unwrap()), "fails 1");
    assert_eq!(word(same(count(0), typed("0.00")).unwrap()), "holds");
}

#[test]
fn yi_keeps_its_coarse_unit() {
    let yi = Figure::typed_in(d("1.2"), MoneyUnit::YiYuan).unwrap();
    assert_eq!((yi.value(), yi.u()), (d("12000"), d("1000")));
    assert_eq!(word(same(yi, typed("11998.5")).unwrap()), "holds");
    assert_eq!(word(same(yi, typed("12600.00")).unwrap()), "截断");
    assert_eq!(word(same(yi, typed("13000.00")).unwrap()), "fails 1000.00");
    let yuan = Figure::typed_in(d("1274500"), MoneyUnit::Yuan).unwrap();
    assert_eq!((yuan.value(), yuan.u()), (d("127.45"), d("0.0001")));
}

#[test]
fn parts_within_wholes() {
    for (part, whole, verdict) in [
        ("4.88", "12.88", "holds"),
        ("12.88", "12.88", "holds"),
        ("12.89", "12.88", "可能为取整误差"),
        ("12.90", "12.88", "fails 0.02"),
        ("13", "12.88", "fails 0.12"),
        ("12.88", "13", "holds"),
        ("13.4", "13", "可能为取整误差"),
    ] {
        assert_eq!(word(bound(typed(part), typed(whole)).unwrap()), verdict, "{part} ≤ {whole}");
    }
    assert_eq!(word(bound(count(16), count(15)).unwrap()), "fails 1");
}

#[test]
fn exact_means_exact() {
    assert_eq!(exact(d("15"), d("15.0")), Some(Verdict::Holds));
    assert_eq!(exact(d("15"), d("16")), Some(Verdict::Fails { diff: d("-1") }));
}

#[test]
fn means_of_whole_ages() {
    for (n, mean, verdict) in [
        (13, "48.22", MeanVerdict::Impossible { below: d("48.15"), above: d("48.23") }),
        (9, "48.22", MeanVerdict::Possible { sum: 434 }),
        (22, "48.22", MeanVerdict::ByTruncation { sum: 1061 }),
        (8, "0.13", MeanVerdict::Possible { sum: 1 }),
        (8, "0.12", MeanVerdict::ByTruncation { sum: 1 }),
        (5, "40.0", MeanVerdict::Possible { sum: 200 }),
        (100, "48.22", MeanVerdict::NotApplicable),
        (99, "48.22", MeanVerdict::Possible { sum: 4774 }),
        (1, "48", MeanVerdict::NotApplicable),
        (0, "48.2", MeanVerdict::NotApplicable),
        (3, "-1.33", MeanVerdict::NotApplicable),
    ] {
        assert_eq!(mean_possible(n, d(mean)), Some(verdict), "{mean} of {n}");
    }
}

#[test]
fn too_long_figures_are_neither_held_nor_failed() {
    let (huge, tiny) = (Figure::typed(Decimal::MAX), typed("0.00000000000000000001"));
    assert_eq!(sum(&[huge, tiny], huge), None);
    assert_eq!(sum(&[typed("0.000000000000000000001")], tiny), None);
    assert_eq!(ratio(d("1.0"), huge, tiny), None);
    assert_eq!(same(huge, tiny), None);
    assert_eq!(rate(d("1.0"), &vec![term("1", 1, 1); 9]), None);
}
