//! What a list may be the parts of: candidates for its total, the likeliest first.
//!
//! 其中 right behind an amount divides this amount; after a full stop it divides what the sentence before is about, its
//! first amount; `X的具体构成为` and `X中` divide the amount named X; `按…分` divides what the paragraph is about; a bracket
//! divides what it stands behind. Must not know: whether the list adds up.

use super::label::without_brackets;
use super::lists::{Shape, part};
use super::mention::{Mention, Mentions};
use super::names::Names;
use super::role::{Kind, Role};
use super::scan::Mark;

/// Candidates for the total of a list that begins at `first`.
pub fn totals(mentions: &Mentions, names: &Names, first: usize, head: &Mention, shape: Shape) -> Vec<usize> {
    if let (Shape::Within, Some(name)) = (shape, within(head)) {
        return named(mentions, names, first, head, name);
    }
    let fits = |index: usize| {
        mentions.get(index).is_some_and(|mention| {
            mention.quantity.dim.fits(head.quantity.dim)
                && mention.role.is_level()
                && mention.role != Role::Level(Kind::Prior)
                && !mention.quantity.bound
                && !mention.quantity.chinese
        })
    };
    let mut candidates: Vec<usize> = Vec::new();
    if head.prev.is_none() {
        // In a bracket: what the bracket explains, or an amount before it in the same sentence.
        let Some(owner) = head.owner else { return candidates };
        if fits(owner) {
            return vec![owner];
        }
        candidates.extend(
            mentions
                .back(owner)
                .take_while(|(_, mark)| *mark < Mark::Semi)
                .map(|(i, _)| i)
                .find(|i| fits(*i)),
        );
        return candidates;
    }
    let reach = if shape == Shape::View { Mark::Line } else { Mark::Blank };
    let back: Vec<usize> = mentions
        .back(first)
        .take(40)
        .take_while(|(_, mark)| *mark <= reach)
        .map(|(index, _)| index)
        .filter(|i| fits(*i))
        .collect();
    let Some(nearest) = back.first().copied() else { return candidates };
    let Some(sentence) = mentions.get(nearest).map(|mention| (mention.sentence, mention.paragraph)) else {
        return candidates;
    };
    // A total stands in the sentence of 其中 or in the one before.
    if head.sentence > sentence.0 + 3 && shape != Shape::View {
        return candidates;
    }
    let same = |index: &&usize| mentions.get(**index).is_some_and(|mention| mention.sentence == sentence.0);
    let leading = back.iter().rfind(same).copied();
    let spent = |index: &usize| mentions.role(*index) != &Role::Level(Kind::Budget);
    let plain = head.role != Role::Level(Kind::Budget);
    if let Some(leading) = leading {
        let nearest_kind = back.iter().filter(same).find(|index| spent(index) == plain).copied();
        // 其中 right behind an amount divides this amount; after a full stop it divides what the sentence is about.
        let direct = head.gap < Mark::Semi;
        let order = if direct { [nearest_kind, Some(leading)] } else { [Some(leading), nearest_kind] };
        candidates.extend(order.into_iter().flatten());
    }
    candidates.push(nearest);
    candidates.extend(back.iter().filter(same).take(6));
    let paragraph =
        |index: &&usize| mentions.get(**index).is_some_and(|mention| mention.paragraph == sentence.1);
    candidates.extend(back.iter().rfind(paragraph).copied());
    if shape == Shape::View {
        // What a paragraph is about stands at its head.
        let here = back
            .iter()
            .rfind(|index| mentions.get(**index).is_some_and(|mention| mention.paragraph == head.paragraph));
        candidates.extend(back.iter().copied().take(12));
        // What several views divide is called a total.
        let grand = |at: &usize| {
            mentions.get(*at).is_some_and(|total| {
                ["总额", "合计", "总计", "总支出", "总收入"].iter().any(|word| total.name().contains(word))
            })
        };
        candidates.sort_by_key(|at| !grand(at));
        candidates.splice(0..0, here.copied());
    }
    if shape == Shape::View {
        // "分收入项目看" divides an amount of income.
        let viewed = |word: &&str| {
            (head.lead.contains(*word) && head.lead.contains('看')) || head.label.contains(*word)
        };
        if let Some(side) = ["收入", "支出"].into_iter().find(viewed) {
            candidates.retain(|at| mentions.get(*at).is_some_and(|total| total.label.contains(side)));
        }
    }
    let mut seen = Vec::new();
    candidates.retain(|index| {
        !seen.contains(index) && {
            seen.push(*index);
            true
        }
    });
    candidates
}

/// Amounts elsewhere that a name means, of one kind.
fn named(mentions: &Mentions, names: &Names, first: usize, head: &Mention, name: &str) -> Vec<usize> {
    let mut found = names.meant(mentions, name, first, head);
    found.retain(|at| mentions.get(*at).is_some_and(|other| part(other, head) && other.depth == 0));
    found.sort_by_key(|index| index.abs_diff(first));
    found
}

/// What the sentence of the list says that it divides: `本年支出的具体构成为：…`.
pub fn subject(mention: &Mention) -> Option<String> {
    let lead = without_brackets(&mention.lead);
    let sentence = lead.rsplit(['。', '\n']).next()?;
    let (before, _) = ["的具体构成", "的构成", "由以下", "按", "中，", "分为", "包括", "主要用于"]
        .iter()
        .find_map(|word| sentence.rsplit_once(word))?;
    let name = before.trim_matches([',', '、', ':', '的']);
    let name = name.rsplit(',').next()?;
    (name.chars().count() >= 4 && mention.gap >= Mark::Stop).then(|| name.to_owned())
}

/// The name X of `X中 a，b`.
pub fn within(mention: &Mention) -> Option<&str> {
    let clause = mention.lead.rsplit([';', '。', '\n']).next().unwrap_or_default();
    let (name, rest) = clause.split_once('中')?;
    let rest = rest.trim_start_matches([':', ',']);
    let name = name.rsplit(',').next().unwrap_or_default();
    let ends = ["支出", "收入", "经费", "资金", "投资", "预算", "资产", "决算"]
        .iter()
        .any(|word| name.ends_with(word));
    let own = !rest.is_empty() && !rest.starts_with(['央', '心', '小', '学', '等', '期', '的']);
    let starts = mention.gap >= Mark::Stop || mention.prev.is_none();
    let long = name.chars().count() >= 4 || (name.chars().count() == 3 && name.starts_with('总'));
    (ends && own && starts && long).then_some(name)
}
