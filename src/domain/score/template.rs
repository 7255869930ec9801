//! Scoring templates: the tree of indicators with weights and rules, as data; and those that the program brings.
//!
//! A report holds its own copy, which the department may change. Must not know the document.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::params::Params;
use crate::domain::cell::Cell;
use crate::domain::record::Extra;

/// A template of a score sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Scoring {
    /// Stable name.
    pub id: String,
    /// Counts up whenever the template changes.
    pub version: u32,
    /// Name that users choose by.
    pub name: String,
    /// Where it comes from.
    pub source: String,
    /// Words that stand over every sheet of this template, such as a warning.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub banner: String,
    /// Points of the whole sheet; 未填 where weights are still to be entered.
    pub total: Cell<Decimal>,
    /// Decimals of a score.
    pub score_dp: u32,
    /// How part of a step counts where a rule does not say: `floor`, `ceil` or `prorata`.
    pub partial: String,
    /// Shares of the weight at which the grades of qualitative indicators begin: 达成, 部分达成.
    pub cuts: Vec<Cell<Decimal>>,
    /// Grades from the best, each from its points on.
    pub grades: Vec<GradeDef>,
    /// Times the target from which an over-achievement is marked.
    pub over_mark: Cell<Decimal>,
    /// Times the target from which an over-achievement must be explained.
    pub over_remark: Cell<Decimal>,
    /// Scores and weights are compared as cut to two decimals, as one system does (SCO-14).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub trunc2: bool,
    /// Level 1.
    pub aspects: Vec<Aspect>,
    /// Fields of newer versions.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A grade of the whole sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GradeDef {
    /// 优, 良, 中, 差.
    pub name: String,
    /// Least points.
    pub from: Cell<Decimal>,
}

/// Level 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Aspect {
    /// Its name.
    pub name: String,
    /// Its points.
    pub weight: Cell<Decimal>,
    /// Level 2.
    pub groups: Vec<Group>,
    /// Fields of newer versions.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Level 2.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its points.
    pub weight: Cell<Decimal>,
    /// The report's own goals of these kinds take part here (个性指标) and share the points; empty for all kinds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slot: Option<Vec<String>>,
    /// Level 3.
    pub rows: Vec<Indicator>,
    /// Fields of newer versions.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Level 3: an indicator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Indicator {
    /// Stable name; answers are kept under it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it means.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub meaning: String,
    /// Evaluation points.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<String>,
    /// Where it comes from, if elsewhere than the template.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Its points.
    pub weight: Cell<Decimal>,
    /// The fact that feeds it; empty where its value is typed or its points are answered.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub fact: String,
    /// Unit of a typed value.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// The target in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub target: String,
    /// How it is scored; without one its score stays blank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
    /// What becomes of an over-achievement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub over: Option<Over>,
    /// What becomes of it where it does not apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub na: Option<NotApplicable>,
    /// Whether a score may be entered by hand, with a reason.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub manual: bool,
    /// The original of this row was not seen (未见原文): it must be filled in before the template can be used.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unseen: bool,
    /// Marked as a core indicator (核心指标).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub core: bool,
    /// Fields of newer versions.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A rule: its kind and parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rule {
    /// Key of the kind.
    pub kind: String,
    /// Parameters of the kind.
    #[serde(flatten)]
    pub params: Map<String, Value>,
}

/// What becomes of a value far over its target (`over_adjust`); for `ratio_up` only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Over {
    /// Times the target, above 1.
    pub c: Cell<Decimal>,
    /// `none`, `remark` or `reduce`.
    pub mode: String,
    /// Share of the weight that is taken off for each whole time beyond.
    pub k: Cell<Decimal>,
}

/// What becomes of an indicator that does not apply (`conditional_na`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NotApplicable {
    /// `fact` (the fact is 不适用), `zero` (its value is 0) or `typed` (answered).
    pub when: String,
    /// `full`, `exclude` or `inner`.
    pub then: String,
    /// The other rule, for `inner`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inner: Option<Rule>,
}

/// The built-in templates: id and JSON text, in the order in which they are offered.
pub const PACKS: &[(&str, &str)] = &[
    ("jiangxi_four", include_str!("packs/jiangxi_four.json")),
    ("common_2013", include_str!("packs/common_2013.json")),
    ("national_project", include_str!("packs/national_project.json")),
    ("chongqing_2021", include_str!("packs/chongqing_2021.json")),
];

impl Scoring {
    /// A built-in template; `None` where there is none of this id.
    pub fn built_in(id: &str) -> Option<Self> {
        let (_, json) = PACKS.iter().find(|(known, _)| *known == id)?;
        // By way of a value, as everything that is read: see `Document`.
        serde_path_to_error::deserialize(&serde_json::from_str::<serde_json::Value>(json).ok()?).ok()
    }

    /// All built-in templates.
    pub fn all_built_in() -> Vec<Self> {
        PACKS.iter().filter_map(|(id, _)| Self::built_in(id)).collect()
    }

    /// Every indicator.
    pub fn rows(&self) -> impl Iterator<Item = &Indicator> {
        self.aspects.iter().flat_map(|aspect| &aspect.groups).flat_map(|group| &group.rows)
    }

    /// Indicators that are still to be filled in after their original (未见原文): such a template is not usable.
    pub fn unseen(&self) -> impl Iterator<Item = &Indicator> {
        self.rows().filter(|row| row.unseen)
    }

    /// An indicator by its id.
    pub fn row(&self, id: &str) -> Option<&Indicator> {
        self.rows().find(|row| row.id == id)
    }

    /// An indicator by its id, to be changed.
    pub fn row_mut(&mut self, id: &str) -> Option<&mut Indicator> {
        let groups = self.aspects.iter_mut().flat_map(|aspect| &mut aspect.groups);
        groups.flat_map(|group| &mut group.rows).find(|row| row.id == id)
    }

    /// Parameters of a rule under this template.
    pub fn params<'a>(&'a self, rule: &'a Rule) -> Params<'a> {
        let cut = |at: usize, ours: i64| match self.cuts.get(at) {
            Some(Cell::Value(cut)) => *cut,
            _ => Decimal::new(ours, 1),
        };
        Params::new(&rule.params, &self.partial, [cut(0, 8), cut(1, 6)])
    }

    /// The grade of a total; `None` where it reaches none of them.
    pub fn grade(&self, total: Decimal) -> Option<&str> {
        let reached = |grade: &&GradeDef| grade.from.num().counted().is_some_and(|from| total >= from);
        self.grades.iter().find(reached).map(|grade| grade.name.as_str())
    }
}

impl Rule {
    /// A rule of a kind with one number.
    pub fn with(kind: &str, key: &str, number: Decimal) -> Rule {
        let params = [(key.to_owned(), Value::String(number.to_string()))].into_iter().collect();
        Rule { kind: kind.to_owned(), params }
    }

    /// A rule of a kind without parameters of its own.
    pub fn of(kind: &str) -> Rule {
        Rule { kind: kind.to_owned(), params: Map::new() }
    }
}
