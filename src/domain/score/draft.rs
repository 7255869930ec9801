//! How a line of the sheet comes about: from an indicator or a goal with its answers, first without its weight, then
//! scored and put into words.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::case::{Answer, Case, Gap, Points, plain, too_large};
use super::kinds::{self, Input};
use super::line::{Line, Mark};
use super::members::Member;
use super::over::{over_adjust, over_mark, reaches};
use super::template::{Indicator, Rule, Scoring};
use crate::domain::amount;
use crate::domain::cell::{Cell, Num};
use crate::domain::document::{Document, ScoreAnswer};
use crate::domain::facts::eval::{Facts, Missing};
use crate::domain::facts::{Unit, print, registry};
use crate::domain::rows::RowId;

/// A line before weights are known.
pub(super) struct Draft<'a> {
    pub(super) line: Line,
    answers: Option<&'a ScoreAnswer>,
    rule: Option<Cow<'a, Rule>>,
    /// Full points without a rule, as nothing is there to score.
    full: bool,
    unit: Unit,
    /// Why there is no value.
    why: String,
    /// The value is not reported.
    unreported: bool,
    grade: String,
    operator: String,
    indicator: Option<&'a Indicator>,
}

impl<'a> Draft<'a> {
    /// Of an indicator of the template.
    pub(super) fn of_row(
        document: &Document,
        facts: &Facts,
        scoring: &Scoring,
        row: &'a Indicator,
        (aspect, group): (usize, usize),
        answers: Option<&'a ScoreAnswer>,
    ) -> Self {
        let id = RowId::new(&row.id);
        let kind = row.rule.as_ref().and_then(|rule| kinds::kind(&rule.kind));
        let asked = kind.map(|kind| kind.input);
        let def = registry().fact(&row.fact);
        let mut draft = Draft {
            line: Line::empty(id, aspect, group, row.name.clone()),
            answers,
            rule: row.rule.as_ref().map(Cow::Borrowed),
            full: false,
            unit: def.map_or(if row.unit == "%" { Unit::Percent } else { Unit::Number("") }, |def| def.unit),
            why: "指标值未填".to_owned(),
            unreported: false,
            grade: answers.map_or_else(String::new, |row| text(&row.grade)),
            operator: String::new(),
            indicator: Some(row),
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
                    _ => draft.rule = na.inner.as_ref().map(Cow::Borrowed),
                }
                if not_applicable {
                    line.shown = "不适用".to_owned();
                }
            }
        }
        if not_applicable && !draft.full && !line.excluded {
            line.missing = Some(Gap::NotApplicable(draft.why.clone()));
        }
        draft.annotate(&Default::default());
        draft
    }

    /// Of one of the report's own goals, with the answers that let it take part.
    pub(super) fn of_goal(
        scoring: &Scoring,
        goal: &Member,
        (aspect, group): (usize, usize),
        answers: Option<&'a ScoreAnswer>,
    ) -> Self {
        let rule = goal.rule();
        let qualitative = rule.kind == "qual3";
        let mut line = Line::empty(goal.id.clone(), aspect, group, goal.name.clone());
        line.member = true;
        line.manual_allowed = true;
        line.source = Some(goal.place.clone());
        line.target = goal.target_words();
        line.weight =
            answers.and_then(|row| row.weight.num().counted()).filter(|weight| *weight > Decimal::ZERO);
        let (value, why) = match goal.actual {
            Num::Value(value) => (Some(value), ""),
            Num::Nil => (Some(Decimal::ZERO), ""),
            Num::Unread => (None, "实际完成值无法识别"),
            Num::Blank => (None, "实际完成值未填"),
        };
        let grade = goal.attainment.clone();
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
        line.input = qualitative.then_some(Input::Grade);
        line.core = goal.core;
        let unit = if goal.unit == "%" { Unit::Percent } else { Unit::Number("") };
        let over = value.zip(goal.target.counted());
        let mut draft = Draft {
            unreported: if qualitative { grade.is_empty() } else { value.is_none() },
            line,
            answers,
            rule: Some(Cow::Owned(rule)),
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
        draft.annotate(&goal.noted);
        draft
    }

    fn annotate(&mut self, noted: &[String; 3]) {
        let answers = self.answers;
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
        line.manual_reason = own(&|row| text(&row.manual_reason), "");
        line.manual = answers.and_then(|row| row.manual.num().counted());
    }

    /// Scores the line with the weight that it has after what does not apply was taken out.
    pub(super) fn finish(mut self, scoring: &Scoring, effective: Option<Decimal>) -> Line {
        self.line.truncated = scoring.trunc2;
        self.line.effective = self.line.weight.and(effective);
        self.line.kind = self.rule.as_ref().map_or_else(String::new, |rule| rule.kind.clone());
        match self.points(scoring) {
            Ok(points) => self.line.computed = Some(amount::round(points, scoring.score_dp)),
            Err(gap) => self.line.missing = Some(gap),
        }
        self.line.score = if self.line.excluded { None } else { self.line.computed };
        self.describe(scoring);
        // The value lies far over the target: its score may be given by hand (SCO-03).
        self.line.manual_allowed |= matches!(self.line.mark, Some(Mark::Over | Mark::FarOver));
        if let Some(manual) = self.line.manual {
            self.line.refused = self.refusal(manual);
            if self.line.refused.is_none() {
                self.line.score = Some(amount::round(manual, scoring.score_dp));
            }
        }
        self.line
    }

    /// Why a score by hand does not count; `None` where it does.
    fn refusal(&self, manual: Decimal) -> Option<(&'static str, String)> {
        let line = &self.line;
        let most = line.effective.unwrap_or_default();
        if line.excluded {
            return Some(("SCO-10", "本项不适用，人工评分不计入".to_owned()));
        }
        if self.unreported {
            return Some(("SCO-10", "没有填实际值，不能评分，人工评分不计入".to_owned()));
        }
        if line.effective.is_none() || manual < Decimal::ZERO || line.compared(manual) > line.compared(most) {
            return Some(("SCO-01", format!("人工评分应在 0 和 {} 分之间，没有计入", plain(&most))));
        }
        // A score that was typed in as the rule gives it is the rule's; how it was cut to its decimals is not known.
        let dp = manual.scale();
        let same = |computed: Decimal| {
            amount::round(computed, dp) == manual || amount::truncate(computed, dp) == manual
        };
        if line.computed.is_some_and(same) {
            return None;
        }
        if !line.manual_allowed {
            return Some(("SCO-06", "与计算得分不一致，模板不允许人工评分，按计算得分".to_owned()));
        }
        line.manual_reason.is_empty().then(|| ("SCO-06", "人工评分没有写理由，没有计入".to_owned()))
    }

    fn case<'c>(&'c self, weight: Decimal, dates: &'c [String; 2]) -> Case<'c> {
        let answers = self.answers;
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

    fn points(&self, scoring: &Scoring) -> Points {
        if self.line.excluded {
            return Err(Gap::NotApplicable(self.why.clone()));
        }
        let (Some(weight), Some(effective)) = (self.line.weight, self.line.effective) else {
            return Err(Gap::Open("分值未设".to_owned()));
        };
        if self.full {
            return Ok(effective);
        }
        if let Some(gap) = &self.line.missing {
            return Err(gap.clone());
        }
        let Some(rule) = &self.rule else { return Err(Gap::Open("没有评分规则".to_owned())) };
        let dates = dates(self.answers);
        // What people grade is graded within the weight as it is; points inside other rules follow the weight.
        if rule.kind == "qual3" {
            return kinds::score(scoring, rule, &self.case(effective, &dates));
        }
        let case = self.case(weight, &dates);
        let mut points = kinds::score(scoring, rule, &case)?;
        if let (Some(over), Some(x)) = (self.indicator.and_then(|row| row.over.as_ref()), self.line.value)
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

    fn describe(&mut self, scoring: &Scoring) {
        let weight = self.line.weight.unwrap_or_default();
        let dates = dates(self.answers);
        let show = plain;
        let kind = self.rule.as_ref().and_then(|rule| kinds::kind(&rule.kind));
        let mut rule_words = String::new();
        let mut filled = String::new();
        let mut hints = Vec::new();
        if let (Some(rule), Some(kind)) = (&self.rule, kind) {
            let graded = if rule.kind == "qual3" { self.line.effective.unwrap_or(weight) } else { weight };
            let case = self.case(graded, &dates);
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
            self.line.aimed = params.number("t").is_some();
            if let (Some(x), Some(t)) = (self.line.value, params.number("t"))
                && self.line.mark.is_none()
            {
                self.line.mark = match rule.kind.as_str() {
                    "ratio_up" => over_mark(scoring, x, t),
                    "ratio_down_inverse" | "ratio_down_linear" if x > t => Some(Mark::Beside),
                    "equal_capped" | "equal_strict" if x != t => Some(Mark::Beside),
                    _ => None,
                };
                if let Some(over) = self.indicator.and_then(|row| row.over.as_ref())
                    && over.mode == "remark"
                    && reaches(x, t, over.c.num())
                {
                    self.line.mark = Some(Mark::FarOver);
                }
            }
        }
        if let Some(na) = self.indicator.and_then(|row| row.na.as_ref()) {
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
        line.hints = hints;
    }
}

fn dates(answers: Option<&ScoreAnswer>) -> [String; 2] {
    answers.map_or_else(Default::default, |row| [text(&row.due), text(&row.done)])
}

fn text(cell: &Cell<String>) -> String {
    cell.words().trim().to_owned()
}
