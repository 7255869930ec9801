//! 预算执行率 of each project in the national table (财预〔2020〕10号): 10 points, in proportion, not above 10.

use rust_decimal::Decimal;

use super::case::Case;
use super::kinds;
use super::template::{Rule, Scoring};
use crate::domain::amount;
use crate::domain::document::Document;

/// The template with which each project has a table of its own.
pub const TEMPLATE: &str = "national_project";

/// What one project's table says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectScore {
    /// The project.
    pub name: String,
    /// 年初预算数.
    pub initial: Option<Decimal>,
    /// 全年预算数.
    pub revised: Option<Decimal>,
    /// 全年执行数.
    pub outturn: Option<Decimal>,
    /// 执行率.
    pub rate: Option<Decimal>,
    /// Points of 10; `None` where a figure is 未填 or the budget is zero.
    pub score: Option<Decimal>,
}

/// Every project of the report.
pub fn scores(document: &Document) -> Vec<ProjectScore> {
    let scoring = Scoring::default();
    let rule = Rule::with("ratio_up", "t", Decimal::ONE_HUNDRED);
    let projects = document.projects.iter().map(|project| {
        let revised = project.revised_budget.num().counted();
        let outturn = project.outturn.num().counted();
        let rate = outturn
            .zip(revised)
            .and_then(|(outturn, revised)| outturn.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(revised));
        let points = kinds::score(&scoring, &rule, &Case::of(rate, Decimal::TEN)).ok();
        ProjectScore {
            name: project.name.to_raw().words().to_owned(),
            initial: project.initial_budget.num().counted(),
            revised,
            outturn,
            rate,
            score: points.map(|points| amount::round(points, 2)),
        }
    });
    projects.collect()
}
