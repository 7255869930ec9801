//! What is shown reads back, and nothing that is typed breaks the reader.

use super::*;
use proptest::prelude::*;

const KINDS: [NumberKind; 6] = [
    NumberKind::Amount { entry: MoneyUnit::Yuan },
    NumberKind::Amount { entry: MoneyUnit::WanYuan },
    NumberKind::Amount { entry: MoneyUnit::YiYuan },
    NumberKind::Count,
    NumberKind::Percent,
    NumberKind::Number,
];

fn any_unit() -> impl Strategy<Value = MoneyUnit> {
    prop_oneof![Just(MoneyUnit::Yuan), Just(MoneyUnit::WanYuan), Just(MoneyUnit::YiYuan)]
}

fn any_decimal() -> impl Strategy<Value = Decimal> {
    (any::<u32>(), any::<u32>(), any::<u32>(), any::<bool>(), 0_u32..=28)
        .prop_map(|(lo, mid, hi, minus, scale)| Decimal::from_parts(lo, mid, hi, minus, scale))
}

fn everyday() -> impl Strategy<Value = Decimal> {
    (-1_000_000_000_000_i64..1_000_000_000_000, 0_u32..=8).prop_map(|(n, scale)| Decimal::new(n, scale))
}

proptest! {
    #[test]
    fn reading_never_panics(text in any::<String>(), nearly in "[-—－(（+¥￥ 0-9０-９,，.。 eE%％万亿元人余约)）\n]{0,24}") {
        for kind in KINDS {
            for text in [&text, &nearly] {
                if let Reading::Unread(reason) = read(text, kind) {
                    prop_assert!(reason.ends_with('。'), "{}", reason);
                }
            }
        }
    }

    #[test]
    fn rounding_agrees_with_whole_numbers(value in any_decimal(), dp in 0_u32..=28) {
        let dp = dp.min(value.scale());
        let cut = 10_i128.pow(value.scale() - dp);
        let mantissa = value.mantissa();
        let rounded = (mantissa.abs() + cut / 2) / cut * mantissa.signum();
        prop_assert_eq!(round(value, dp).mantissa(), rounded);
        prop_assert_eq!(truncate(value, dp).mantissa(), mantissa / cut);
    }

    #[test]
    fn the_file_form_round_trips(value in any_decimal()) {
        let again = parse_canonical(&canonical(&value)).unwrap();
        prop_assert_eq!(again, value);
        prop_assert_eq!(again.scale(), value.scale());
    }

    #[test]
    fn only_the_file_form_is_accepted(text in "[-+0-9. ,e]{0,12}") {
        if let Some(value) = parse_canonical(&text) {
            prop_assert_eq!(canonical(&value), text);
        }
    }

    #[test]
    fn switching_units_is_exact_both_ways(value in any_decimal(), unit in any_unit()) {
        if let Some(wan) = to_wan(value, unit) {
            let back = from_wan(wan, unit);
            prop_assert_eq!(back, Some(value));
            if unit != MoneyUnit::YiYuan || value.scale() >= 4 {
                prop_assert_eq!(back.map(|b| b.scale()), Some(value.scale()));
            }
        }
        if let Some(shown) = from_wan(value, unit) {
            prop_assert_eq!(to_wan(shown, unit), Some(value));
        }
    }

    #[test]
    fn what_an_editor_shows_reads_back(value in everyday(), unit in any_unit()) {
        let read = read(&edit_text(&value, unit), NumberKind::Amount { entry: unit });
        prop_assert_eq!(read, Reading::Value(value));
    }

    #[test]
    fn what_is_shown_reads_back_rounded(value in everyday(), dp in 0_u32..=8) {
        let read = read(&show(&value, dp, dp), NumberKind::Number);
        prop_assert_eq!(read, Reading::Value(round(value, dp)));
    }

    #[test]
    fn shows_any_number_in_any_unit(value in any_decimal(), unit in any_unit(), dp in 0_u32..=40) {
        show_amount(&value, unit);
        edit_text(&value, unit);
        show(&value, dp, 28);
        truncate(value, dp);
    }
}
