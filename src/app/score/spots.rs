//! Every field of the report's copy of its scoring template: what it is, what it says, how it is changed.
//!
//! All are read and written as text, so that one input fits every field. Must not know views.

use rust_decimal::Decimal;
use serde_json::Value;

use super::change;
use crate::domain::amount;
use crate::domain::cell::Cell;
use crate::domain::document::{Document, LEVELS};
use crate::domain::edit::Edit;
use crate::domain::score::case::plain;
use crate::domain::score::kinds;
use crate::domain::score::params::Form;
use crate::domain::score::template::{Group, Indicator, NotApplicable, Over, Rule, Scoring};

/// A field of the copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Of the whole template.
    Setting(Setting),
    /// Name of a grade.
    GradeName(usize),
    /// Least points of a grade.
    GradeFrom(usize),
    /// Name of a level 1.
    AspectName(usize),
    /// Points of a level 1.
    AspectWeight(usize),
    /// Name of a level 2.
    GroupName(usize, usize),
    /// Points of a level 2.
    GroupWeight(usize, usize),
    /// Whether the report's own goals take part in a level 2.
    GroupSlot(usize, usize),
    /// Whether goals of a kind do.
    GroupKind(usize, usize, &'static str),
    /// Of an indicator.
    Row(String, RowField),
    /// A parameter of an indicator's rule, or of the rule that stands in for it where it does not apply.
    Param(String, Which, &'static str),
}

/// A field of the whole template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// 名称.
    Name,
    /// 来源.
    Source,
    /// Words over the sheet.
    Banner,
    /// 总分.
    Total,
    /// Decimals of a score.
    Decimals,
    /// How part of a step counts.
    Partial,
    /// Share of the weight at which 达成 begins.
    CutFull,
    /// Share of the weight at which 部分达成 begins.
    CutPart,
    /// Times the target from which a value is marked.
    OverMark,
    /// Times the target from which a value must be explained.
    OverRemark,
    /// Whether points are compared as cut to two decimals.
    Truncated,
}

/// A field of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowField {
    /// 三级指标.
    Name,
    /// 分值.
    Weight,
    /// The fact that feeds it.
    Fact,
    /// Unit of a typed value.
    Unit,
    /// 目标值.
    Target,
    /// 指标说明.
    Meaning,
    /// 评价要点, one a line.
    Points,
    /// 来源.
    Source,
    /// Kind of its rule.
    Kind,
    /// Whether a score may be entered by hand.
    Manual,
    /// 核心指标.
    Core,
    /// What becomes of an over-achievement.
    OverMode,
    /// From how many times the target on.
    OverTimes,
    /// What part of the weight each whole time beyond takes off.
    OverShare,
    /// When it does not apply.
    AbsentWhen,
    /// What becomes of it then.
    AbsentThen,
    /// Kind of the other rule.
    AbsentKind,
}

/// Which rule of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Its own.
    Own,
    /// The one that stands in for it where it does not apply.
    Inner,
}

/// Keys with the words for them.
pub type Options = &'static [(&'static str, &'static str)];

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// A number.
    Number,
    /// A line of text.
    Text,
    /// Lines of text.
    Lines,
    /// One of these keys.
    Choice(Options),
    /// Yes (`yes`) or no (empty).
    Tick,
    /// A kind of rule by its key.
    Kind,
    /// A fact by its id.
    Fact,
}

const PARTIAL: Options = &[("prorata", "按比例扣"), ("floor", "不足一步不扣"), ("ceil", "不足一步按一步扣")];
const DECIMALS: Options = &[("0", "不留小数"), ("1", "1 位"), ("2", "2 位"), ("3", "3 位"), ("4", "4 位")];
const OVER: Options =
    &[("", "按模板"), ("none", "不另处理"), ("remark", "要写超额说明"), ("reduce", "按偏离扣分")];
const WHEN: Options = &[
    ("", "没有特别处理"),
    ("fact", "数据不适用"),
    ("zero", "数据为 0"),
    ("typed", "填表人选“没有这项事务”"),
];
const THEN: Options =
    &[("full", "得满分"), ("exclude", "不评分，分值转给其他指标"), ("inner", "改用另一条规则")];

impl Spot {
    /// What it is called, in an indicator or in the template.
    pub fn label(&self) -> &'static str {
        match self {
            Spot::Setting(setting) => match setting {
                Setting::Name => "模板名称",
                Setting::Source => "来源",
                Setting::Banner => "表上的说明",
                Setting::Total => "总分",
                Setting::Decimals => "得分的小数位数",
                Setting::Partial => "不足一步的算法",
                Setting::CutFull => "定性“达成”从分值的几成起",
                Setting::CutPart => "定性“部分达成”从分值的几成起",
                Setting::OverMark => "实际达到目标的几倍起标出",
                Setting::OverRemark => "实际达到目标的几倍起要写说明",
                Setting::Truncated => "比较得分和分值时截去第 3 位起的小数（有的系统这样做）",
            },
            Spot::GradeName(_) => "等级",
            Spot::GradeFrom(_) => "从几分起",
            Spot::AspectName(_) => "一级指标",
            Spot::GroupName(..) => "二级指标",
            Spot::AspectWeight(_) | Spot::GroupWeight(..) => "分值",
            Spot::GroupSlot(..) => "由本部门自己的目标计分（个性指标）",
            Spot::GroupKind(_, _, key) => {
                LEVELS.iter().find(|(k, _)| k == key).map_or("", |(_, label)| label)
            }
            Spot::Row(_, field) => match field {
                RowField::Name => "指标名称",
                RowField::Weight => "分值",
                RowField::Fact => "数据来源",
                RowField::Unit => "填写的指标值的单位",
                RowField::Target => "目标值（印在表上）",
                RowField::Meaning => "指标说明",
                RowField::Points => "评价要点（一行一条）",
                RowField::Source => "来源",
                RowField::Kind => "评分规则",
                RowField::Manual => "可以人工评分",
                RowField::Core => "核心指标",
                RowField::OverMode => "远超目标时",
                RowField::OverTimes => "从目标的几倍起",
                RowField::OverShare => "每多一倍扣分值的几成",
                RowField::AbsentWhen => "什么时候不适用",
                RowField::AbsentThen => "不适用的",
                RowField::AbsentKind => "另一条规则",
            },
            Spot::Param(_, _, key) => {
                let all = kinds::ALL.iter().flat_map(|kind| kind.params);
                all.filter(|def| def.key == *key).map(|def| def.label).next().unwrap_or("")
            }
        }
    }

    /// How it is filled in; the kind of a rule decides about its parameters.
    pub fn control(&self, scoring: &Scoring) -> Control {
        match self {
            Spot::Setting(setting) => match setting {
                Setting::Name | Setting::Source | Setting::Banner => Control::Text,
                Setting::Decimals => Control::Choice(DECIMALS),
                Setting::Partial => Control::Choice(PARTIAL),
                Setting::Truncated => Control::Tick,
                _ => Control::Number,
            },
            Spot::GradeName(_) | Spot::AspectName(_) | Spot::GroupName(..) => Control::Text,
            Spot::GradeFrom(_) | Spot::AspectWeight(_) | Spot::GroupWeight(..) => Control::Number,
            Spot::GroupSlot(..) | Spot::GroupKind(..) => Control::Tick,
            Spot::Row(_, field) => match field {
                RowField::Weight | RowField::OverTimes | RowField::OverShare => Control::Number,
                RowField::Points => Control::Lines,
                RowField::Fact => Control::Fact,
                RowField::Kind | RowField::AbsentKind => Control::Kind,
                RowField::Manual | RowField::Core => Control::Tick,
                RowField::OverMode => Control::Choice(OVER),
                RowField::AbsentWhen => Control::Choice(WHEN),
                RowField::AbsentThen => Control::Choice(THEN),
                _ => Control::Text,
            },
            Spot::Param(id, which, key) => match param_form(scoring, id, *which, key) {
                Some(Form::Number) => Control::Number,
                Some(Form::Choice(options)) => Control::Choice(options),
                Some(Form::Bands | Form::Items) => Control::Lines,
                None => Control::Text,
            },
        }
    }

    /// Whether it may be left empty and then follows the template.
    pub fn may_follow(&self, scoring: &Scoring) -> bool {
        let Spot::Param(id, which, key) = self else { return false };
        let kind = rule(scoring, id, *which).and_then(|rule| kinds::kind(&rule.kind));
        kind.is_some_and(|kind| kind.params.iter().any(|def| def.key == *key && def.optional))
    }

    /// What it says.
    pub fn text(&self, scoring: &Scoring) -> String {
        match self {
            Spot::Setting(setting) => setting_text(scoring, *setting),
            Spot::GradeName(at) => scoring.grades.get(*at).map(|g| g.name.clone()).unwrap_or_default(),
            Spot::GradeFrom(at) => scoring.grades.get(*at).map(|g| number(&g.from)).unwrap_or_default(),
            Spot::AspectName(at) => scoring.aspects.get(*at).map(|a| a.name.clone()).unwrap_or_default(),
            Spot::AspectWeight(at) => scoring.aspects.get(*at).map(|a| number(&a.weight)).unwrap_or_default(),
            Spot::GroupName(a, g) => group(scoring, *a, *g).map(|g| g.name.clone()).unwrap_or_default(),
            Spot::GroupWeight(a, g) => group(scoring, *a, *g).map(|g| number(&g.weight)).unwrap_or_default(),
            Spot::GroupSlot(a, g) => tick(group(scoring, *a, *g).is_some_and(|g| g.slot.is_some())),
            Spot::GroupKind(a, g, key) => {
                let kinds = group(scoring, *a, *g).and_then(|group| group.slot.as_ref());
                tick(kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == key)))
            }
            Spot::Row(id, field) => scoring.row(id).map(|row| row_text(row, *field)).unwrap_or_default(),
            Spot::Param(id, which, key) => match rule(scoring, id, *which).and_then(|r| r.params.get(*key)) {
                Some(Value::String(text)) => text.clone(),
                Some(Value::Array(lines)) => {
                    lines.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
                }
                _ => String::new(),
            },
        }
    }

    /// Whether what it says cannot be read.
    pub fn is_unread(&self, scoring: &Scoring) -> bool {
        let text = self.text(scoring);
        self.control(scoring) == Control::Number && !text.is_empty() && matches!(cell(&text), Cell::Unread(_))
    }

    /// Stores text; what cannot be read is kept and said to be wrong.
    pub fn set(&self, document: &Document, text: &str) -> Option<Edit> {
        change(document, |scoring| self.store(scoring, text))
    }

    fn store(&self, scoring: &mut Scoring, text: &str) {
        let form = match self {
            Spot::Param(id, which, key) => param_form(scoring, id, *which, key),
            _ => None,
        };
        match self {
            Spot::Setting(setting) => set_setting(scoring, *setting, text),
            Spot::GradeName(at) => {
                if let Some(grade) = scoring.grades.get_mut(*at) {
                    text.trim().clone_into(&mut grade.name);
                }
            }
            Spot::GradeFrom(at) => {
                if let Some(grade) = scoring.grades.get_mut(*at) {
                    grade.from = cell(text);
                }
            }
            Spot::AspectName(at) => {
                if let Some(aspect) = scoring.aspects.get_mut(*at) {
                    text.trim().clone_into(&mut aspect.name);
                }
            }
            Spot::AspectWeight(at) => {
                if let Some(aspect) = scoring.aspects.get_mut(*at) {
                    aspect.weight = cell(text);
                }
            }
            Spot::GroupName(a, g) => {
                if let Some(group) = group_mut(scoring, *a, *g) {
                    text.trim().clone_into(&mut group.name);
                }
            }
            Spot::GroupWeight(a, g) => {
                if let Some(group) = group_mut(scoring, *a, *g) {
                    group.weight = cell(text);
                }
            }
            Spot::GroupSlot(a, g) => {
                if let Some(group) = group_mut(scoring, *a, *g) {
                    group.slot = (!text.is_empty()).then(|| group.slot.take().unwrap_or_default());
                }
            }
            Spot::GroupKind(a, g, key) => {
                if let Some(kinds) = group_mut(scoring, *a, *g).and_then(|group| group.slot.as_mut()) {
                    kinds.retain(|kind| kind != key);
                    if !text.is_empty() {
                        kinds.push((*key).to_owned());
                    }
                }
            }
            Spot::Row(id, field) => {
                if let Some(row) = scoring.row_mut(id) {
                    set_row(row, *field, text);
                }
            }
            Spot::Param(id, which, key) => {
                let rule = scoring.row_mut(id).and_then(|row| match which {
                    Which::Own => row.rule.as_mut(),
                    Which::Inner => row.na.as_mut()?.inner.as_mut(),
                });
                if let Some(rule) = rule {
                    set_param(rule, key, form, text);
                }
            }
        }
    }
}

/// The rule of an indicator.
pub fn rule<'a>(scoring: &'a Scoring, id: &str, which: Which) -> Option<&'a Rule> {
    let row = scoring.row(id)?;
    match which {
        Which::Own => row.rule.as_ref(),
        Which::Inner => row.na.as_ref()?.inner.as_ref(),
    }
}

fn param_form(scoring: &Scoring, id: &str, which: Which, key: &str) -> Option<Form> {
    let kind = kinds::kind(&rule(scoring, id, which)?.kind)?;
    kind.params.iter().find(|def| def.key == key).map(|def| def.form)
}

fn group(scoring: &Scoring, aspect: usize, group: usize) -> Option<&Group> {
    scoring.aspects.get(aspect)?.groups.get(group)
}

fn group_mut(scoring: &mut Scoring, aspect: usize, group: usize) -> Option<&mut Group> {
    scoring.aspects.get_mut(aspect)?.groups.get_mut(group)
}

fn tick(on: bool) -> String {
    if on { "yes".to_owned() } else { String::new() }
}

fn number(cell: &Cell<Decimal>) -> String {
    match cell {
        Cell::Value(number) => plain(number),
        Cell::Unread(text) => text.clone(),
        Cell::Nil => "0".to_owned(),
        Cell::Blank => String::new(),
    }
}

fn cell(text: &str) -> Cell<Decimal> {
    match amount::read(text, amount::NumberKind::Number) {
        amount::Reading::Value(number) => Cell::Value(number),
        _ => Cell::<Decimal>::from_canonical(text.trim()),
    }
}

fn setting_text(scoring: &Scoring, setting: Setting) -> String {
    match setting {
        Setting::Name => scoring.name.clone(),
        Setting::Source => scoring.source.clone(),
        Setting::Banner => scoring.banner.clone(),
        Setting::Total => number(&scoring.total),
        Setting::Decimals => scoring.score_dp.to_string(),
        Setting::Partial if scoring.partial.is_empty() => "prorata".to_owned(),
        Setting::Partial => scoring.partial.clone(),
        Setting::CutFull => scoring.cuts.first().map(number).unwrap_or_default(),
        Setting::CutPart => scoring.cuts.get(1).map(number).unwrap_or_default(),
        Setting::OverMark => number(&scoring.over_mark),
        Setting::OverRemark => number(&scoring.over_remark),
        Setting::Truncated => tick(scoring.trunc2),
    }
}

fn set_setting(scoring: &mut Scoring, setting: Setting, text: &str) {
    match setting {
        Setting::Name => text.trim().clone_into(&mut scoring.name),
        Setting::Source => text.trim().clone_into(&mut scoring.source),
        Setting::Banner => text.trim().clone_into(&mut scoring.banner),
        Setting::Total => scoring.total = cell(text),
        Setting::Decimals => scoring.score_dp = text.parse().unwrap_or(scoring.score_dp),
        Setting::Partial => text.clone_into(&mut scoring.partial),
        Setting::CutFull | Setting::CutPart => {
            scoring.cuts.resize(2, Cell::Blank);
            let at = usize::from(setting == Setting::CutPart);
            if let Some(cut) = scoring.cuts.get_mut(at) {
                *cut = cell(text);
            }
        }
        Setting::OverMark => scoring.over_mark = cell(text),
        Setting::OverRemark => scoring.over_remark = cell(text),
        Setting::Truncated => scoring.trunc2 = !text.is_empty(),
    }
}

fn row_text(row: &Indicator, field: RowField) -> String {
    let over = row.over.as_ref();
    let na = row.na.as_ref();
    match field {
        RowField::Name => row.name.clone(),
        RowField::Weight => number(&row.weight),
        RowField::Fact => row.fact.clone(),
        RowField::Unit => row.unit.clone(),
        RowField::Target => row.target.clone(),
        RowField::Meaning => row.meaning.clone(),
        RowField::Points => row.points.join("\n"),
        RowField::Source => row.source.clone(),
        RowField::Kind => row.rule.as_ref().map(|rule| rule.kind.clone()).unwrap_or_default(),
        RowField::Manual => tick(row.manual),
        RowField::Core => tick(row.core),
        RowField::OverMode => over.map(|over| over.mode.clone()).unwrap_or_default(),
        RowField::OverTimes => over.map(|over| number(&over.c)).unwrap_or_default(),
        RowField::OverShare => over.map(|over| number(&over.k)).unwrap_or_default(),
        RowField::AbsentWhen => na.map(|na| na.when.clone()).unwrap_or_default(),
        RowField::AbsentThen => na.map(|na| na.then.clone()).unwrap_or_default(),
        RowField::AbsentKind => {
            na.and_then(|na| na.inner.as_ref()).map(|rule| rule.kind.clone()).unwrap_or_default()
        }
    }
}

fn set_row(row: &mut Indicator, field: RowField, text: &str) {
    let words = text.trim().to_owned();
    match field {
        RowField::Name => row.name = words,
        RowField::Weight => row.weight = cell(text),
        RowField::Fact => row.fact = words,
        RowField::Unit => row.unit = words,
        RowField::Target => row.target = words,
        RowField::Meaning => row.meaning = words,
        RowField::Points => row.points = lines(text).map(str::to_owned).collect(),
        RowField::Source => row.source = words,
        RowField::Kind => {
            row.rule = of_kind(row.rule.as_ref(), text);
            row.over = row.over.take().filter(|_| text == "ratio_up");
        }
        RowField::Manual => row.manual = !text.is_empty(),
        RowField::Core => row.core = !text.is_empty(),
        RowField::OverMode if text.is_empty() => row.over = None,
        RowField::OverMode => {
            let usual = || Over { c: Cell::Value(Decimal::new(13, 1)), ..Over::default() };
            let mut over = row.over.take().unwrap_or_else(usual);
            text.clone_into(&mut over.mode);
            row.over = Some(over);
        }
        RowField::OverTimes => {
            if let Some(over) = &mut row.over {
                over.c = cell(text);
            }
        }
        RowField::OverShare => {
            if let Some(over) = &mut row.over {
                over.k = cell(text);
            }
        }
        RowField::AbsentWhen if text.is_empty() => row.na = None,
        RowField::AbsentWhen => {
            let usual = || NotApplicable { then: "exclude".to_owned(), ..NotApplicable::default() };
            let mut na = row.na.take().unwrap_or_else(usual);
            text.clone_into(&mut na.when);
            row.na = Some(na);
        }
        RowField::AbsentThen => {
            if let Some(na) = &mut row.na {
                text.clone_into(&mut na.then);
                na.inner = na.inner.take().filter(|_| text == "inner");
            }
        }
        RowField::AbsentKind => {
            if let Some(na) = &mut row.na {
                na.inner = of_kind(na.inner.as_ref(), text);
            }
        }
    }
}

/// A rule of another kind; parameters that both have are kept.
fn of_kind(old: Option<&Rule>, key: &str) -> Option<Rule> {
    let kind = kinds::kind(key)?;
    let mut rule = Rule::of(key);
    for def in kind.params {
        let first = match def.form {
            Form::Choice(options) if !def.optional => options.first().map(|(key, _)| Value::from(*key)),
            _ => None,
        };
        if let Some(value) = old.and_then(|old| old.params.get(def.key)).cloned().or(first) {
            rule.params.insert(def.key.to_owned(), value);
        }
    }
    Some(rule)
}

fn set_param(rule: &mut Rule, key: &str, form: Option<Form>, text: &str) {
    let value = match form {
        Some(Form::Bands | Form::Items) => Value::Array(lines(text).map(Value::from).collect()),
        Some(Form::Number) => match amount::read(text, amount::NumberKind::Number) {
            amount::Reading::Value(number) => Value::from(number.to_string()),
            _ => Value::from(text.trim()),
        },
        _ => Value::from(text.trim()),
    };
    if text.trim().is_empty() {
        rule.params.remove(key);
    } else {
        rule.params.insert(key.to_owned(), value);
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}
