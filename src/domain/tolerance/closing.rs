//! Which of several stated versions of a figure make totals close. Must not know where the figures stand.

use super::{Figure, Verdict, sum};

/// A quantity that is stated in several ways, of which one must be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The values stated.
    pub alternatives: Vec<Figure>,
    /// Whether it may also be left out: worth trying for an item equal to the difference that is to be explained.
    pub may_be_left_out: bool,
}

/// A part or total of an identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// Not in doubt.
    Given(Figure),
    /// The choice with this index.
    Open(usize),
}

/// total = Σ parts, money of one unit, with some of them in doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The addends.
    pub parts: Vec<Slot>,
    /// The total.
    pub total: Slot,
}

/// What a combination takes for one choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// The alternative with this index.
    Alternative(usize),
    /// None of them: the item is left out.
    LeftOut,
}

/// A combination with which every identity closes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// One pick per choice, in their order.
    pub picks: Vec<Pick>,
    /// Whether every identity closes exactly, rather than within the tolerance of [`sum`].
    pub exact: bool,
}

/// Every combination of conflicting values with which all `identities` close (“Which version closes?”).
///
/// Never only the first: several combinations may close, and which is right cannot be told from the numbers.
/// `None` also for more than 12 choices or 4096 combinations, and where a slot names no choice.
pub fn closing(choices: &[Choice], identities: &[Identity]) -> Option<Vec<Closing>> {
    const MAX_CHOICES: usize = 12;
    const MAX_COMBINATIONS: usize = 4096;
    if choices.len() > MAX_CHOICES {
        return None;
    }
    let mut combinations: usize = 1;
    for choice in choices {
        combinations = combinations.checked_mul(options(choice))?;
        if combinations > MAX_COMBINATIONS {
            return None;
        }
    }
    let mut found = Vec::new();
    for number in 0..combinations {
        let picks = picks(choices, number);
        if let Some(exact) = closes(choices, &picks, identities)? {
            found.push(Closing { picks, exact });
        }
    }
    Some(found)
}

fn options(choice: &Choice) -> usize {
    choice.alternatives.len() + usize::from(choice.may_be_left_out)
}

/// The combination with this number: a numeral whose digits have a base each.
fn picks(choices: &[Choice], mut number: usize) -> Vec<Pick> {
    let mut picks = Vec::with_capacity(choices.len());
    for choice in choices {
        let (base, index) = (options(choice).max(1), number % options(choice).max(1));
        number /= base;
        picks.push(if index < choice.alternatives.len() { Pick::Alternative(index) } else { Pick::LeftOut });
    }
    picks
}

/// Whether all identities close with these picks: `Some(None)` if not, else whether exactly.
fn closes(choices: &[Choice], picks: &[Pick], identities: &[Identity]) -> Option<Option<bool>> {
    let mut exact = true;
    for identity in identities {
        let mut parts = Vec::with_capacity(identity.parts.len());
        for part in &identity.parts {
            parts.extend(resolve(choices, picks, *part)?);
        }
        let Some(total) = resolve(choices, picks, identity.total)? else { return Some(None) };
        match sum(&parts, total)?.verdict {
            Verdict::Holds => {}
            Verdict::Rounding(_) => exact = false,
            Verdict::Fails { .. } => return Some(None),
        }
    }
    Some(Some(exact))
}

/// The figure in a slot: `Some(None)` if it is left out, `None` if there is no such choice.
fn resolve(choices: &[Choice], picks: &[Pick], slot: Slot) -> Option<Option<Figure>> {
    match slot {
        Slot::Given(figure) => Some(Some(figure)),
        Slot::Open(index) => match picks.get(index)? {
            Pick::LeftOut => Some(None),
            Pick::Alternative(alternative) => {
                choices.get(index)?.alternatives.get(*alternative).map(|figure| Some(*figure))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::amount::parse_canonical;
    use rust_decimal::Decimal;

    fn d(text: &str) -> Decimal {
        parse_canonical(text).unwrap_or_else(|| panic!("not canonical: {text}"))
    }

    fn typed(text: &str) -> Figure {
        Figure::typed(d(text))
    }

    fn all(texts: &[&str]) -> Vec<Figure> {
        texts.iter().map(|text| typed(text)).collect()
    }

    fn choice(texts: &[&str], may_be_left_out: bool) -> Choice {
        Choice { alternatives: all(texts), may_be_left_out }
    }

    fn given(texts: &[&str]) -> Vec<Slot> {
        all(texts).into_iter().map(Slot::Given).collect()
    }

    #[test]
    fn names_every_version_that_closes() {
        use Pick::{Alternative, LeftOut};
        let choices = [choice(&["1173", "1113"], false), choice(&["30", "20"], false), choice(&["60"], true)];
        let mut parts = given(&["210", "100", "128.046"]);
        parts.extend([Slot::Open(0), Slot::Open(1), Slot::Open(2)]);
        let identity = Identity { parts, total: Slot::Given(typed("1631.046")) };
        let found = closing(&choices, &[identity]).unwrap();
        assert_eq!(
            found,
            [
                Closing { picks: vec![Alternative(1), Alternative(1), Alternative(0)], exact: true },
                Closing { picks: vec![Alternative(0), Alternative(1), LeftOut], exact: true },
            ]
        );
    }

    #[test]
    fn linked_identities_must_close_together_and_totals_may_be_in_doubt() {
        let choices = [choice(&["10.00", "11.00"], false), choice(&["15.00", "16.01"], false)];
        let first = Identity { parts: vec![Slot::Open(0), given(&["5.00"])[0]], total: Slot::Open(1) };
        let both = closing(&choices, std::slice::from_ref(&first)).unwrap();
        assert_eq!(both.iter().map(|found| found.exact).collect::<Vec<_>>(), [true, false]);
        let second = Identity { parts: vec![Slot::Open(0)], total: Slot::Given(typed("11.00")) };
        let linked = closing(&choices, &[first, second]).unwrap();
        assert_eq!(linked.len(), 1);
        assert_eq!(linked[0].picks, [Pick::Alternative(1), Pick::Alternative(1)]);
        assert!(!linked[0].exact);
    }

    #[test]
    fn closing_has_limits() {
        let identity = |slot| Identity { parts: vec![slot], total: Slot::Given(typed("1.00")) };
        let two = choice(&["1.00", "2.00"], false);
        let twelve = vec![two.clone(); 12];
        assert_eq!(closing(&twelve, &[identity(Slot::Open(0))]).map(|found| found.len()), Some(2048));
        assert_eq!(closing(&vec![two; 13], &[]), None);
        assert_eq!(closing(&vec![choice(&["1", "2"], true); 8], &[]), None);
        assert_eq!(closing(&[], &[identity(Slot::Open(0))]), None);
        assert_eq!(closing(&[choice(&[], false)], &[identity(Slot::Given(typed("1")))]), Some(vec![]));
        let left_out = Identity { parts: vec![], total: Slot::Open(0) };
        assert_eq!(closing(&[choice(&[], true)], &[left_out]), Some(vec![]));
    }
}
