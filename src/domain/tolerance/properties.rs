//! Figures that agree by construction are found to agree, whatever they are.

use super::*;
use proptest::prelude::*;

fn figure() -> impl Strategy<Value = Figure> {
    let typed = (-10_000_000_000_i64..10_000_000_000, 0_u32..=6)
        .prop_map(|(n, scale)| Figure::typed(Decimal::new(n, scale)));
    let exact = (0_u32..10_000).prop_map(|n| Figure::exact(n.into()));
    prop_oneof![4 => typed, 1 => exact]
}

fn any_figure() -> impl Strategy<Value = Figure> {
    let typed = (any::<u32>(), any::<u32>(), any::<u32>(), any::<bool>(), 0_u32..=28).prop_map(
        |(lo, mid, hi, minus, scale)| Figure::typed(Decimal::from_parts(lo, mid, hi, minus, scale)),
    );
    prop_oneof![typed, figure()]
}

fn figures() -> impl Strategy<Value = Vec<Figure>> {
    prop::collection::vec(figure(), 0..20)
}

proptest! {
    #[test]
    fn the_order_of_parts_does_not_matter(
        (parts, shuffled) in figures().prop_flat_map(|parts| (Just(parts.clone()), Just(parts).prop_shuffle())),
        total in figure(),
    ) {
        prop_assert_eq!(sum(&parts, total), sum(&shuffled, total));
        prop_assert_eq!(sum_mixed(&parts, total), sum_mixed(&shuffled, total));
        prop_assert_eq!(shares(&parts), shares(&shuffled));
    }

    #[test]
    fn the_exact_total_holds(parts in figures()) {
        let computed = sum(&parts, Figure::exact(Decimal::ZERO)).unwrap().computed;
        for total in [Figure::typed(computed), Figure::exact(computed)] {
            prop_assert_eq!(sum(&parts, total).unwrap().verdict, Verdict::Holds);
        }
    }

    #[test]
    fn the_shown_tolerance_agrees_with_the_verdict(parts in figures(), off in -200_i64..200, dp in 0_u32..=6) {
        let computed = sum(&parts, Figure::exact(Decimal::ZERO)).unwrap().computed;
        let total = computed.checked_add(Decimal::new(off, dp)).unwrap();
        let found = sum(&parts, Figure::typed(total)).unwrap();
        // The root is rounded up in a digit that no difference has.
        prop_assert_eq!(found.verdict.holds(), found.diff.abs() <= found.narrow, "{:?}", found);
        prop_assert!(found.narrow <= found.wide);
    }

    #[test]
    fn rounded_and_truncated_rates_hold(a in 1_i64..1_000_000, b in 1_i64..1_000_000, dp in 0_u32..=4) {
        let (a, b) = (Figure::typed(Decimal::new(a, 2)), Figure::exact(Decimal::new(b, 2)));
        let exact = a.value().checked_mul(Decimal::ONE_HUNDRED).unwrap().checked_div(b.value()).unwrap();
        // A decimal of fewer digits is not stated to `dp`.
        for stated in [super::super::amount::round(exact, dp), super::super::amount::truncate(exact, dp)] {
            let found = ratio(stated, a, b).unwrap().verdict().unwrap();
            prop_assert!(found.holds(), "{} {:?}", stated, found);
        }
    }

    #[test]
    fn nothing_panics(parts in prop::collection::vec(any_figure(), 0..6), a in any_figure(), b in any_figure(), n in any::<u32>()) {
        sum(&parts, a);
        sum_mixed(&parts, a);
        sum_with_blanks(&parts, a);
        shares(&parts);
        percent_difference(a, b);
        ratio(a.value(), a, b);
        growth(b.value(), a, b);
        let terms: Vec<Term> = parts.iter().map(|figure| Term { figure: *figure, above: i32::MIN, below: i32::MAX }).collect();
        rate(a.value(), &terms);
        same(a, b);
        bound(a, b);
        exact(a.value(), b.value());
        mean_possible(n, a.value());
        Figure::total_of(&parts);
        let choice = Choice { alternatives: parts.clone(), may_be_left_out: true };
        let identity = Identity { parts: parts.into_iter().map(Slot::Given).chain([Slot::Open(0)]).collect(), total: Slot::Given(a) };
        closing(&[choice], &[identity]);
    }
}
