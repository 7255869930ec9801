//! The sheet: its lines in order, and what they add up to.
//!
//! Scores are rounded once for each row, totals are sums of rounded scores. What cannot be scored yet counts neither
//! as nothing nor as full: it is open, and the total says how much is.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use super::case::plain;
use super::draft::Draft;
use super::line::Line;
use super::members::{self, Member};
use super::spread::{Share, redistribute};
use super::template::Scoring;
use super::validate;
use crate::domain::cell::Cell;
use crate::domain::document::{Document, ScoreAnswer};
use crate::domain::facts::eval::Facts;
use crate::domain::rows::RowId;

/// A subtotal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subtotal {
    /// Points by the template.
    pub weight: Option<Decimal>,
    /// Sum of the scores so far.
    pub score: Decimal,
    /// Points that are open.
    pub open: Decimal,
}

/// The whole sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Indicators in the order of the template, each goal in its slot.
    pub lines: Vec<Line>,
    /// Level 1, and level 2 within it.
    pub aspects: Vec<(Subtotal, Vec<Subtotal>)>,
    /// Sum of the scores; `None` where nothing has points.
    pub total: Option<Decimal>,
    /// Points that are open.
    pub open: Decimal,
    /// What the total could become.
    pub best: Option<Decimal>,
    /// The grade, where no open point can change it.
    pub grade: Option<String>,
    /// Sums of weights that are not what they should be, slots included.
    pub imbalances: Vec<validate::Imbalance>,
    /// Answers whose indicator is not on the sheet (已停用): id and name.
    pub retired: Vec<(RowId, String)>,
    /// Goals that could take part and do not yet, with the slot.
    pub waiting: Vec<(Member, (usize, usize))>,
    /// Goals that fit no slot, as their kind is 未填 or has none.
    pub unplaced: Vec<String>,
}

impl Sheet {
    /// Lines of a level 2.
    pub fn lines_of(&self, aspect: usize, group: usize) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| (line.aspect, line.group) == (aspect, group))
    }

    /// What the total is and could become, in words.
    pub fn total_words(&self) -> String {
        let show = plain;
        match (&self.total, &self.best) {
            (Some(total), Some(best)) if !self.open.is_zero() => format!(
                "{} 分，还有 {} 分未评；评完可能在 {} 分至 {} 分之间",
                show(total),
                show(&self.open),
                show(total),
                show(best)
            ),
            (Some(total), _) => format!("{} 分", show(total)),
            _ => "没有设分值，不计分".to_owned(),
        }
    }
}

/// The sheet of a report; `None` where no scoring template was chosen, or one whose rows are still to be filled in
/// after their original (未见原文).
pub fn evaluate(document: &Document, facts: &Facts) -> Option<Sheet> {
    let scoring = document.scoring.as_deref().filter(|scoring| scoring.unseen().next().is_none())?;
    let answered = answers(document);
    let answer = |id: &RowId| answered.get(id.as_str()).copied();
    let goals = members::all(document);
    let mut placed: HashMap<(usize, usize), Vec<&Member>> = HashMap::new();
    let mut unplaced = Vec::new();
    let has_slots = scoring.aspects.iter().any(|part| part.groups.iter().any(|group| group.slot.is_some()));
    for goal in goals.iter().filter(|_| has_slots) {
        match members::slot_of(scoring, goal) {
            Some(slot) => placed.entry(slot).or_default().push(goal),
            None => unplaced.push(goal.name.clone()),
        }
    }
    let mut drafts = Vec::new();
    let mut waiting = Vec::new();
    for (aspect, part) in scoring.aspects.iter().enumerate() {
        for (group, level) in part.groups.iter().enumerate() {
            let at = (aspect, group);
            drafts.extend(
                level.rows.iter().map(|row| {
                    Draft::of_row(document, facts, scoring, row, at, answer(&RowId::new(&row.id)))
                }),
            );
            for goal in placed.remove(&at).unwrap_or_default() {
                match answer(&goal.id) {
                    found @ Some(_) => drafts.push(Draft::of_goal(scoring, goal, at, found)),
                    None => waiting.push((goal.clone(), at)),
                }
            }
        }
    }
    let shares: Vec<Share> = drafts
        .iter()
        .map(|draft| Share {
            aspect: draft.line.aspect,
            group: draft.line.group,
            weight: draft.line.weight.unwrap_or_default(),
            out: draft.line.excluded,
        })
        .collect();
    let weights = redistribute(&shares);
    let effective = |at: usize, draft: &Draft| match &weights {
        Some(weights) => weights.get(at).copied(),
        None => draft.line.weight,
    };
    let lines: Vec<Line> = drafts
        .into_iter()
        .enumerate()
        .map(|(at, draft)| {
            let weight = effective(at, &draft);
            draft.finish(scoring, weight)
        })
        .collect();
    let known: HashSet<&str> = lines.iter().map(|line| line.id.as_str()).collect();
    let retired = document.score_answers.iter().filter(|row| !known.contains(row.id.as_str()));
    let retired = retired
        .filter(|row| is_answered(row))
        .map(|row| (row.id.clone(), row.name.words().to_owned()))
        .collect();
    let imbalances = validate::imbalances(scoring);
    let mut sheet = Sheet { lines, waiting, unplaced, retired, imbalances, ..Sheet::default() };
    sheet.add_up(scoring);
    Some(sheet)
}

/// Answers by the id of their indicator.
pub fn answers(document: &Document) -> HashMap<&str, &ScoreAnswer> {
    document.score_answers.iter().map(|row| (row.id.as_str(), row.as_ref())).collect()
}

impl Sheet {
    fn add_up(&mut self, scoring: &Scoring) {
        let number = |cell: &Cell<Decimal>| cell.num().counted();
        let mut total = Decimal::ZERO;
        for (at, aspect) in scoring.aspects.iter().enumerate() {
            let mut whole = Subtotal { weight: number(&aspect.weight), ..Subtotal::default() };
            let mut groups = Vec::new();
            for (group_at, group) in aspect.groups.iter().enumerate() {
                let mut sub = Subtotal { weight: number(&group.weight), ..Subtotal::default() };
                let mut shared = Decimal::ZERO;
                let mut taken = false;
                for line in self.lines_of(at, group_at) {
                    taken = true;
                    match (line.score, line.effective) {
                        (Some(score), _) => sub.score = sub.score.saturating_add(score),
                        (None, Some(weight)) if !line.excluded => sub.open = sub.open.saturating_add(weight),
                        _ => {}
                    }
                    shared = shared.saturating_add(line.weight.unwrap_or_default());
                }
                if let (Some(_), Some(weight)) = (&group.slot, sub.weight)
                    && shared != weight
                {
                    // Points that no goal has yet are open.
                    sub.open = sub.open.saturating_add(weight.saturating_sub(shared).max(Decimal::ZERO));
                    // A slot that no goal stands in has no parts that could be wrong.
                    if taken {
                        self.imbalances.push(validate::Imbalance {
                            at: validate::At::Group(at, group_at),
                            place: format!("{} › {}", aspect.name, group.name),
                            sum: shared,
                            whole: weight,
                        });
                    }
                }
                whole.score = whole.score.saturating_add(sub.score);
                whole.open = whole.open.saturating_add(sub.open);
                groups.push(sub);
            }
            total = total.saturating_add(whole.score);
            self.open = self.open.saturating_add(whole.open);
            self.aspects.push((whole, groups));
        }
        let weighted = self.lines.iter().any(|line| line.weight.is_some())
            || self.aspects.iter().any(|(aspect, _)| aspect.weight.is_some());
        if !weighted {
            return;
        }
        let best = total.saturating_add(self.open);
        self.total = Some(total);
        self.best = Some(best);
        self.grade = match (scoring.grade(total), scoring.grade(best)) {
            (Some(least), Some(most)) if least == most => Some(least.to_owned()),
            _ => None,
        };
    }
}

/// Answers to an indicator.
pub fn answer<'a>(document: &'a Document, id: &RowId) -> Option<&'a ScoreAnswer> {
    document.score_answers.iter().find(|row| row.id == *id).map(|row| row.as_ref())
}

/// Whether anything but a name was entered.
fn is_answered(row: &ScoreAnswer) -> bool {
    let bare = ScoreAnswer { id: row.id.clone(), name: row.name.clone(), ..ScoreAnswer::default() };
    bare != *row
}
