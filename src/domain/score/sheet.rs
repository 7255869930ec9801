//! The sheet: what each indicator is worth, scores and why, and what the whole comes to.
//!
//! Scores are rounded once for each row, totals are sums of rounded scores. What cannot be scored yet counts neither
//! as nothing nor as full: it is open, and the total says how much is.

use rust_decimal::Decimal;

use super::case::{Answer, Case, Gap, Points, plain, too_large};
use super::kinds::{self, Input};
use super::members::{self, Member};
use super::spread::{Share, redistribute};
use super::template::{Indicator, Rule, Scoring};
use super::validate;
use crate::domain::amount;
use crate::domain::cell::{Cell, Num};
use crate::domain::document::{Document, ScoreAnswer};
use crate::domain::facts::eval::{Facts, Missing};
use crate::domain::facts::{Unit, print, registry};
use crate::domain::place::Place;
use crate::domain::rows::RowId;

/// A mark on a value that lies beside its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Over-achieved by so much that it is marked (SCO-03).
    Over,
    /// Over-achieved by so much that it must be explained (SCO-04).
    FarOver,
    /// On the wrong side of a target that should not be passed or missed (SCO-05).
    Beside,
}

/// One indicator on the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id, and that of its answers.
    pub id: RowId,
    /// Position of its level 1.
    pub aspect: usize,
    /// Position of its level 2 within it.
    pub group: usize,
    /// Its name.
    pub name: String,
    /// Whether it is one of the report's own goals.
    pub member: bool,
    /// The fact that feeds it.
    pub fact: Option<&'static str>,
    /// Where its value is reported, if not by a fact and not on the sheet.
    pub source: Option<Place>,
    /// The exact value.
    pub value: Option<Decimal>,
    /// The value with its unit; empty where there is none.
    pub shown: String,
    /// The target in words.
    pub target: String,
    /// What it asks for on the sheet; `None` where a fact or a goal's result answers it.
    pub input: Option<Input>,
    /// Check points that are asked.
    pub items: Vec<String>,
    /// Answers to them.
    pub answers: Vec<Answer>,
    /// Whether it is asked if there is anything to score.
    pub asks_absent: bool,
    /// Points by the template.
    pub weight: Option<Decimal>,
    /// Points that it is scored with, after what does not apply was taken out.
    pub effective: Option<Decimal>,
    /// Key of its rule's kind; empty without one.
    pub kind: String,
    /// The rule in words.
    pub rule: String,
    /// The rule with this report's numbers and the result; or why there is none.
    pub text: String,
    /// The computed score, rounded.
    pub computed: Option<Decimal>,
    /// Why there is no computed score.
    pub missing: Option<Gap>,
    /// Whether a score may be entered by hand.
    pub manual_allowed: bool,
    /// The score by hand as entered.
    pub manual: Option<Decimal>,
    /// Why the score by hand does not count.
    pub refused: Option<(&'static str, String)>,
    /// The score that counts.
    pub score: Option<Decimal>,
    /// Taken out, its points gone to others.
    pub excluded: bool,
    /// Mark on the value.
    pub mark: Option<Mark>,
    /// Remarks on how it was scored.
    pub hints: Vec<String>,
    /// 偏差原因, here or beside the goal's result.
    pub cause: String,
    /// 改进措施.
    pub measure: String,
    /// 超额说明.
    pub remark: String,
    /// 佐证材料 in words.
    pub evidence: String,
    /// Marked 核心指标.
    pub core: bool,
    /// Marked 未见原文.
    pub unseen: bool,
}

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

/// The sheet of a report; `None` where no scoring template was chosen.
pub fn evaluate(document: &Document, facts: &Facts) -> Option<Sheet> {
    let scoring = document.scoring.as_deref()?;
    let mut lines = Vec::new();
    let goals = members::all(document);
    let mut waiting = Vec::new();
    for (aspect, part) in scoring.aspects.iter().enumerate() {
        for (group, level) in part.groups.iter().enumerate() {
            let at = (aspect, group);
            lines.extend(level.rows.iter().map(|row| Draft::of_row(document, facts, scoring, row, at)));
            if level.slot.is_none() {
                continue;
            }
            for goal in goals.iter().filter(|goal| members::slot_of(scoring, goal) == Some(at)) {
                match answer(document, &goal.id) {
                    Some(_) => lines.push(Draft::of_goal(document, scoring, goal, at)),
                    None => waiting.push((goal.clone(), at)),
                }
            }
        }
    }
    let has_slots = scoring.aspects.iter().any(|part| part.groups.iter().any(|group| group.slot.is_some()));
    let homeless = |goal: &&Member| has_slots && members::slot_of(scoring, goal).is_none();
    let unplaced = goals.iter().filter(homeless).map(|goal| goal.name.clone()).collect();
    let shares: Vec<Share> = lines
        .iter()
        .map(|draft| Share {
            aspect: draft.line.aspect,
            group: draft.line.group,
            weight: draft.line.weight.unwrap_or_default(),
            out: draft.line.excluded,
        })
        .collect();
    let weights = redistribute(&shares);
    for (at, draft) in lines.iter_mut().enumerate() {
        let weight = match &weights {
            Some(weights) => weights.get(at).copied(),
            None => draft.line.weight,
        };
        draft.finish(document, scoring, weight);
    }
    let lines: Vec<Line> = lines.into_iter().map(|draft| draft.line).collect();
    let mut sheet =
        Sheet { waiting, unplaced, imbalances: validate::imbalances(scoring), ..Sheet::default() };
    let known = |id: &RowId| lines.iter().any(|line| line.id == *id);
    sheet.retired = document
        .score_answers
        .iter()
        .filter(|row| !known(&row.id) && is_answered(row))
        .map(|row| (row.id.clone(), row.name.to_raw().words().to_owned()))
        .collect();
    sheet.lines = lines;
    sheet.add_up(scoring);
    Some(sheet)
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

/// A line before weights are known.
struct Draft {
    line: Line,
    rule: Option<Rule>,
    /// Full points without a rule, as nothing is there to score.
    full: bool,
    unit: Unit,
    /// Why there is no value.
    why: String,
    /// The value is not reported.
    unreported: bool,
    grade: String,
    operator: String,
    indicator: Option<Indicator>,
}

/// Answers to an indicator.
pub fn answer<'a>(document: &'a Document, id: &RowId) -> Option<&'a ScoreAnswer> {
    document.score_answers.iter().find(|row| row.id == *id).map(|row| row.as_ref())
}

fn text(cell: &Cell<String>) -> String {
    cell.to_raw().words().trim().to_owned()
}

/// Whether anything but a name was entered.
fn is_answered(row: &ScoreAnswer) -> bool {
    let bare = ScoreAnswer { id: row.id.clone(), name: row.name.clone(), ..ScoreAnswer::default() };
    bare != *row
}

impl Draft {
    fn of_row(
        document: &Document,
        facts: &Facts,
        scoring: &Scoring,
        row: &Indicator,
        (aspect, group): (usize, usize),
    ) -> Draft {
        let id = RowId::new(&row.id);
        let answers = answer(document, &id);
        let kind = row.rule.as_ref().and_then(|rule| kinds::kind(&rule.kind));
        let asked = kind.map(|kind| kind.input);
        let def = registry().fact(&row.fact);
        let mut draft = Draft {
            line: Line::empty(id, aspect, group, row.name.clone()),
            rule: row.rule.clone(),
            full: false,
            unit: def.map_or(if row.unit == "%" { Unit::Percent } else { Unit::Number("") }, |def| def.unit),
            why: "指标值未填".to_owned(),
            unreported: false,
            grade: answers.map_or_else(String::new, |row| text(&row.grade)),
            operator: String::new(),
            indicator: Some(row.clone()),
        };
        let mut not_applicable = false;
        if let Some(def) = def {
            draft.line.fact = Some(&def.id);
            match facts.get(&def.id) {
                Some(Ok(value)) => {
                    draft.line.value = Some(value.number);
                    draft.line.shown = value.show_with(def.unit);
                }
                Some(Err(missing)) => {
                    not_applicable = matches!(missing, Missing::NotApplicable(_));
                    draft.unreported = !not_applicable && *missing != Missing::BaseZero;
                    draft.why = print::reason(missing, document);
                }
                None => {}
            }
        } else if asked.is_none_or(|asked| asked == Input::Value) {
            match answers.map_or(Num::Blank, |row| row.value.num()) {
                Num::Value(value) => {
                    draft.line.value = Some(value);
                    let unit = if row.unit == "%" { "%".to_owned() } else { format!(" {}", row.unit) };
                    draft.line.shown = format!("{}{}", plain(&value), unit.trim_end());
                }
                Num::Nil => draft.line.value = Some(Decimal::ZERO),
                Num::Blank => draft.unreported = asked == Some(Input::Value),
                Num::Unread => {
                    draft.unreported = true;
                    draft.why = "指标值无法识别".to_owned();
                }
            }
        }
        let line = &mut draft.line;
        line.input = match asked {
            Some(Input::Value) if def.is_some() => None,
            None if def.is_some() => None,
            None => Some(Input::Value),
            other => other,
        };
        line.items = row
            .rule
            .iter()
            .filter(|rule| rule.kind == "checklist")
            .flat_map(|rule| {
                scoring.params(rule).lines("items").into_iter().map(str::to_owned).collect::<Vec<_>>()
            })
            .collect();
        line.answers = Answer::list(&answers.map_or_else(String::new, |row| text(&row.answers)));
        line.weight = row.weight.num().counted().filter(|weight| *weight > Decimal::ZERO);
        line.target = row.target.clone();
        line.manual_allowed = row.manual || row.rule.as_ref().is_some_and(|rule| rule.kind == "manual");
        line.core = row.core;
        line.unseen = row.unseen;
        if let Some(na) = &row.na {
            line.asks_absent = na.when == "typed";
            let holds = match na.when.as_str() {
                "fact" => not_applicable,
                "zero" => line.value.is_some_and(|value| value.is_zero()),
                _ => answers.is_some_and(|row| text(&row.absent) == "yes"),
            };
            if holds {
                match na.then.as_str() {
                    "full" => draft.full = true,
                    "exclude" => line.excluded = line.weight.is_some(),
                    _ => draft.rule = na.inner.clone(),
                }
                if not_applicable {
                    line.shown = "不适用".to_owned();
                }
            }
        }
        if not_applicable && !draft.full && !line.excluded {
            line.missing = Some(Gap::NotApplicable(draft.why.clone()));
        }
        draft.annotate(answers, &Default::default());
        draft
    }

    fn of_goal(
        document: &Document,
        scoring: &Scoring,
        goal: &Member,
        (aspect, group): (usize, usize),
    ) -> Draft {
        let answers = answer(document, &goal.id);
        let rule = goal.rule();
        let qualitative = rule.kind == "qual3";
        let mut line = Line::empty(goal.id.clone(), aspect, group, goal.name.clone());
        line.member = true;
        line.manual_allowed = true;
        line.source = goal.place.clone();
        line.target = goal.target_words();
        line.weight =
            answers.and_then(|row| row.weight.num().counted()).filter(|weight| *weight > Decimal::ZERO);
        // A goal whose result is reported nowhere else takes it here.
        let typed = answers.map_or(Num::Blank, |row| row.value.num());
        let actual = if goal.place.is_some() { goal.actual } else { typed };
        let (value, why) = match actual {
            Num::Value(value) => (Some(value), ""),
            Num::Nil => (Some(Decimal::ZERO), ""),
            Num::Unread => (None, "实际完成值无法识别"),
            Num::Blank => (None, "实际完成值未填"),
        };
        let grade = if goal.attainment.is_empty() {
            answers.map_or_else(String::new, |row| text(&row.grade))
        } else {
            goal.attainment.clone()
        };
        line.value = if qualitative { None } else { value };
        line.shown = match (qualitative, value) {
            (true, _) => match grade.as_str() {
                "full" => "达成",
                "part" => "部分达成",
                "none" => "未达成",
                _ => "",
            }
            .to_owned(),
            (false, Some(value)) => format!("{} {}", plain(&value), goal.unit).trim_end().to_owned(),
            (false, None) => String::new(),
        };
        line.input = match (qualitative, goal.place.is_some()) {
            (true, _) => Some(Input::Grade),
            (false, false) => Some(Input::Value),
            (false, true) => None,
        };
        let unit = if goal.unit == "%" { Unit::Percent } else { Unit::Number("") };
        let over = value.zip(goal.target.counted());
        let mut draft = Draft {
            unreported: if qualitative { grade.is_empty() } else { value.is_none() },
            line,
            rule: Some(rule),
            full: false,
            unit,
            why: why.to_owned(),
            grade,
            operator: goal.operator.clone(),
            indicator: None,
        };
        if goal.is_positive()
            && !qualitative
            && let Some((value, target)) = over
        {
            draft.line.mark = over_mark(scoring, value, target);
        }
        draft.annotate(answers, &goal.noted);
        draft
    }

    fn annotate(&mut self, answers: Option<&ScoreAnswer>, noted: &[String; 3]) {
        let line = &mut self.line;
        let [cause, measure, evidence] = noted;
        let own = |cell: &dyn Fn(&ScoreAnswer) -> String, other: &str| {
            let words = answers.map_or_else(String::new, cell);
            if words.is_empty() { other.to_owned() } else { words }
        };
        line.cause = own(&|row| text(&row.deviation_cause), cause);
        line.measure = own(&|row| text(&row.measure), measure);
        line.remark = own(&|row| text(&row.remark), "");
        let papers = answers.map_or_else(Vec::new, |row| {
            let page = text(&row.evidence_page);
            let page = if page.is_empty() { page } else { format!("第 {page} 页") };
            [text(&row.evidence), text(&row.evidence_number), page]
                .into_iter()
                .filter(|w| !w.is_empty())
                .collect()
        });
        line.evidence = if papers.is_empty() { evidence.clone() } else { papers.join("，") };
        line.manual = answers.and_then(|row| row.manual.num().counted());
    }

    fn finish(&mut self, document: &Document, scoring: &Scoring, effective: Option<Decimal>) {
        let answers = answer(document, &self.line.id);
        self.line.effective = self.line.weight.and(effective);
        self.line.kind = self.rule.as_ref().map_or_else(String::new, |rule| rule.kind.clone());
        let outcome = self.points(scoring, answers);
        let line = &mut self.line;
        let places = scoring.score_dp;
        match outcome {
            Ok(points) => line.computed = Some(amount::round(points, places)),
            Err(gap) => line.missing = Some(gap),
        }
        line.score = line.computed;
        if line.excluded {
            line.score = None;
        }
        if let Some(manual) = line.manual {
            let reason = answers.map_or_else(String::new, |row| text(&row.manual_reason));
            let most = line.effective.unwrap_or_default();
            line.refused = if !line.manual_allowed {
                Some(("SCO-06", "模板不允许人工评分，按计算得分".to_owned()))
            } else if line.excluded {
                Some(("SCO-10", "本项不适用，人工评分不计入".to_owned()))
            } else if line.unseen {
                Some(("SCO-10", "这一行未见原文，补全前人工评分不计入".to_owned()))
            } else if self.unreported {
                Some(("SCO-10", "没有填实际值，不能评分，人工评分不计入".to_owned()))
            } else if line.effective.is_none() || manual < Decimal::ZERO || manual > most {
                Some(("SCO-01", format!("人工评分应在 0 和 {} 分之间，没有计入", plain(&most))))
            } else if reason.is_empty() {
                Some(("SCO-06", "人工评分没有写理由，没有计入".to_owned()))
            } else {
                None
            };
            if line.refused.is_none() {
                line.score = Some(amount::round(manual, places));
            }
        }
        self.describe(scoring, answers);
    }

    fn case<'a>(
        &'a self,
        weight: Decimal,
        answers: Option<&'a ScoreAnswer>,
        dates: &'a [String; 2],
    ) -> Case<'a> {
        let [due, done] = dates;
        Case {
            weight,
            x: self.line.value,
            missing: &self.why,
            unit: self.unit,
            answers: &self.line.answers,
            grade: &self.grade,
            graded: answers.and_then(|row| row.graded.num().counted()),
            due,
            done,
            undone: answers.is_some_and(|row| row.done == Cell::Nil),
        }
    }

    fn points(&self, scoring: &Scoring, answers: Option<&ScoreAnswer>) -> Points {
        if self.line.excluded {
            return Err(Gap::NotApplicable(self.why.clone()));
        }
        let (Some(weight), Some(effective)) = (self.line.weight, self.line.effective) else {
            return Err(Gap::Open("分值未设".to_owned()));
        };
        if self.line.unseen {
            return Err(Gap::Open("未见原文，请按文件补全这一行后再用".to_owned()));
        }
        if self.full {
            return Ok(effective);
        }
        if let Some(gap) = &self.line.missing {
            return Err(gap.clone());
        }
        let Some(rule) = &self.rule else { return Err(Gap::Open("没有评分规则".to_owned())) };
        let dates = dates(answers);
        // What people grade is graded within the weight as it is; points inside other rules follow the weight.
        if rule.kind == "qual3" {
            return kinds::score(scoring, rule, &self.case(effective, answers, &dates));
        }
        let case = self.case(weight, answers, &dates);
        let mut points = kinds::score(scoring, rule, &case)?;
        if let (Some(over), Some(x)) =
            (self.indicator.as_ref().and_then(|row| row.over.as_ref()), self.line.value)
            && over.mode == "reduce"
        {
            let target = scoring.params(rule).number("t").unwrap_or_default();
            points = over_adjust(points, weight, (x, target), (over.c.num(), over.k.num()))?;
        }
        if weight == effective {
            return Ok(points);
        }
        let scaled = points.checked_mul(effective).and_then(|points| points.checked_div(weight));
        scaled.ok_or_else(too_large)
    }

    fn describe(&mut self, scoring: &Scoring, answers: Option<&ScoreAnswer>) {
        let weight = self.line.weight.unwrap_or_default();
        let dates = dates(answers);
        let show = plain;
        let kind = self.rule.as_ref().and_then(|rule| kinds::kind(&rule.kind));
        let mut rule_words = String::new();
        let mut filled = String::new();
        let mut hints = Vec::new();
        if let (Some(rule), Some(kind)) = (&self.rule, kind) {
            let graded = if rule.kind == "qual3" { self.line.effective.unwrap_or(weight) } else { weight };
            let case = self.case(graded, answers, &dates);
            let params = scoring.params(rule);
            rule_words = (kind.words)(&params, &case);
            filled = (kind.filled)(&params, &case);
            let stepwise = kind.steps && !(rule.kind == "linear_deduct" && params.partial() == "prorata");
            if let (true, Some(x), Unit::Percent) = (stepwise, self.line.value, self.unit) {
                let seen = Case { x: Some(amount::round(x, 2)), ..case.clone() };
                if kinds::score(scoring, rule, &seen) != kinds::score(scoring, rule, &case) {
                    hints.push(format!("按未取整值 {}% 计分", show(&x)));
                }
            }
            if self.operator == "gt" && self.line.value.is_some() && self.line.value == params.number("t") {
                hints.push("恰好等于目标，“＞”按“≥”计分".to_owned());
            }
            if let (Some(x), Some(t)) = (self.line.value, params.number("t"))
                && self.line.mark.is_none()
            {
                self.line.mark = match rule.kind.as_str() {
                    "ratio_up" => over_mark(scoring, x, t),
                    "ratio_down_inverse" | "ratio_down_linear" if x > t => Some(Mark::Beside),
                    "equal_capped" | "equal_strict" if x != t => Some(Mark::Beside),
                    _ => None,
                };
                if let Some(over) = self.indicator.as_ref().and_then(|row| row.over.as_ref())
                    && over.mode == "remark"
                    && reaches(x, t, over.c.num())
                {
                    self.line.mark = Some(Mark::FarOver);
                }
            }
        }
        if let Some(na) = self.indicator.as_ref().and_then(|row| row.na.as_ref()) {
            let when = match na.when.as_str() {
                "fact" => "不适用",
                "zero" => "为 0",
                _ => "本年没有这项事务",
            };
            let then = match na.then.as_str() {
                "full" => "得满分",
                "exclude" => "不评分，分值转给其他指标",
                _ => "按另一条规则计分",
            };
            let stop = if rule_words.is_empty() { "" } else { "；" };
            rule_words = format!("{rule_words}{stop}{when}的，{then}");
        }
        let line = &mut self.line;
        line.rule = rule_words;
        let mut text = match (&line.computed, &line.missing) {
            _ if line.excluded => {
                format!("{}：不适用，不评分，{} 分转给其他指标", line.name, show(&weight))
            }
            (Some(score), _) if self.full => format!("{}不适用，得满分：{} 分", line.name, show(score)),
            (Some(score), _) => {
                let value = if line.shown.is_empty() { String::new() } else { format!(" {}", line.shown) };
                let comma = if filled.is_empty() { "" } else { "，" };
                format!("{}{value}{comma}{filled}：{} 分", line.name, show(score))
            }
            (None, Some(gap)) => format!("{}：暂不计分，{}", line.name, gap.words()),
            (None, None) => line.name.clone(),
        };
        if let (Some(from), Some(to)) = (line.weight, line.effective)
            && from != to
            && !line.excluded
        {
            text = format!("{text}（不适用指标的分值转入，分值由 {} 分调为 {} 分）", show(&from), show(&to));
        }
        line.text = text;
        if line.unseen {
            hints.push("这一行未见原文".to_owned());
        }
        line.hints = hints;
    }
}

fn dates(answers: Option<&ScoreAnswer>) -> [String; 2] {
    answers.map_or_else(Default::default, |row| [text(&row.due), text(&row.done)])
}

impl Line {
    fn empty(id: RowId, aspect: usize, group: usize, name: String) -> Line {
        Line {
            id,
            aspect,
            group,
            name,
            member: false,
            fact: None,
            source: None,
            value: None,
            shown: String::new(),
            target: String::new(),
            input: None,
            items: Vec::new(),
            answers: Vec::new(),
            asks_absent: false,
            weight: None,
            effective: None,
            kind: String::new(),
            rule: String::new(),
            text: String::new(),
            computed: None,
            missing: None,
            manual_allowed: false,
            manual: None,
            refused: None,
            score: None,
            excluded: false,
            mark: None,
            hints: Vec::new(),
            cause: String::new(),
            measure: String::new(),
            remark: String::new(),
            evidence: String::new(),
            core: false,
            unseen: false,
        }
    }

    /// Whether points were lost (SCO-02).
    pub fn lost(&self) -> bool {
        matches!((self.score, self.effective), (Some(score), Some(weight)) if score < weight)
    }

    /// Where one of its answers stands.
    pub fn place(&self, column: &'static str) -> Place {
        Place::cell("score_answers", &self.id, column)
    }
}

/// Takes off w·k·(r − c) where x is `c` times the target or more (`over_adjust`, mode reduce).
pub fn over_adjust(
    inner: Decimal,
    weight: Decimal,
    (x, t): (Decimal, Decimal),
    (c, k): (Num, Num),
) -> Points {
    let (Num::Value(c), Some(k)) = (c, k.counted()) else { return Ok(inner) };
    if !reaches(x, t, Num::Value(c)) {
        return Ok(inner);
    }
    // w·k·(x − c·t) ÷ t, multiplied before it is divided.
    let off = c
        .checked_mul(t)
        .and_then(|at| x.checked_sub(at))
        .and_then(|beyond| beyond.checked_mul(weight))
        .and_then(|points| points.checked_mul(k))
        .and_then(|points| points.checked_div(t));
    let left = off.and_then(|off| inner.checked_sub(off)).ok_or_else(too_large)?;
    Ok(left.max(Decimal::ZERO))
}

/// Whether a value is `times` the target or more; never where the target is not above zero.
fn reaches(x: Decimal, t: Decimal, times: Num) -> bool {
    let Num::Value(times) = times else { return false };
    t > Decimal::ZERO && times.checked_mul(t).is_some_and(|at| x >= at)
}

fn over_mark(scoring: &Scoring, x: Decimal, t: Decimal) -> Option<Mark> {
    if reaches(x, t, scoring.over_remark.num()) {
        Some(Mark::FarOver)
    } else if reaches(x, t, scoring.over_mark.num()) {
        Some(Mark::Over)
    } else {
        None
    }
}
