//! Income, expenditure by class, carry-over and 三公经费: amounts whose label says field and column at once.

use super::{Genre, Slot, Source, ends, has, named, trimmed};
use crate::domain::lint::{Figure, Measure, Said};

/// Columns of 三公经费.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Initial,
    Outturn,
    LastOutturn,
}

impl Column {
    fn key(self) -> &'static str {
        match self {
            Column::Initial => "initial_budget",
            Column::Outturn => "outturn",
            Column::LastOutturn => "last_outturn",
        }
    }
}

const PRIOR: &[&str] = &["上年", "去年", "上一年", "上年度"];

/// All of it.
pub fn find(source: &mut Source) {
    let figures = source.reading.figures.clone();
    let mut before: Option<(usize, Column)> = None;
    for figure in &figures {
        if figure.measure == Measure::Money && !figure.bound && figure.said != Said::Change {
            if let Some(slot) = plain(source, figure) {
                source.offer(slot, figure);
            }
            let inherited = before.filter(|(no, _)| *no == figure.sentence_no).map(|(_, column)| column);
            if let Some((slot, column)) = three_public(figure, inherited) {
                before = Some((figure.sentence_no, column));
                source.offer(slot, figure);
            }
        } else if let Some(slot) = receptions(source, figure) {
            source.offer(slot, figure);
        }
    }
}

/// Amounts of this year's account.
fn plain(source: &Source, figure: &Figure) -> Option<Slot> {
    let field = |section, field| Some(Slot::Field { section, field });
    let class = |row| Some(Slot::Fixed { list: "basic", row, column: "outturn" });
    let label = named(figure);
    let evaluation = source.genre == Genre::Evaluation;
    if evaluation && !has(label, PRIOR) && ends(label, &["预算收入总额", "本年收入合计", "本年收入总额"])
    {
        return field("income_stated", "outturn");
    }
    let short = label.chars().count() <= 12;
    let money = trimmed(label.strip_suffix("资金").unwrap_or(label));
    if evaluation && short && !has(label, &["其中", "项目", "基本"]) {
        const OPENING: &[&str] =
            &["上年结余", "上年结转", "上年结转结余", "上年结转和结余", "年初结转和结余", "年初结转结余"];
        const CLOSING: &[&str] = &["年末结余", "年末结转结余", "年末结转和结余"];
        if OPENING.contains(&money) {
            return Some(Slot::Fixed { list: "carryover", row: "fiscal", column: "opening" });
        }
        if CLOSING.contains(&money) {
            return field("carryover_stated", "closing");
        }
    }
    let clause = source.clause(figure);
    if matches!(figure.said, Said::Budget | Said::Prior) || has(&clause, PRIOR) || has(&clause, &["预算"]) {
        return None;
    }
    if ends(label, &["工资福利支出"]) {
        return class("301");
    }
    if ends(label, &["商品和服务支出", "商品服务支出"]) {
        return class("302");
    }
    if ends(
        label,
        &["对个人和家庭的补助", "对个人和家庭的补助支出", "对个人和家庭补助", "对个人和家庭补助支出"],
    ) {
        return class("303");
    }
    match figure.core.as_str() {
        "基本支出" if short => field("basic_stated", "outturn"),
        "项目支出" if short => field("projects_stated", "outturn"),
        _ => None,
    }
}

/// A line or the total of 三公经费 and the column that is meant; a line without words for its column has that of the
/// figure before it in the sentence.
fn three_public(figure: &Figure, inherited: Option<Column>) -> Option<(Slot, Column)> {
    let label = named(figure);
    if has(label, &["占", "全县", "全市", "全区", "其他", "外宾", "外事"]) {
        return None;
    }
    let column = if has(label, PRIOR) || figure.said == Said::Prior {
        has(label, &["决算", "支出", "实际"]).then_some(Column::LastOutturn)
    } else if has(label, &["决算", "实际支出", "实际发生"]) {
        Some(Column::Outturn)
    } else if label.contains("预算") && !has(label, &["全年预算", "调整", "公共预算"]) {
        Some(Column::Initial)
    } else if has(label, &["预算", "计划"]) {
        None
    } else {
        inherited
    };
    let column = column?;
    let field = |section| Some((Slot::Field { section, field: column.key() }, column));
    let line = |row| Some((Slot::Fixed { list: "three_public", row, column: column.key() }, column));
    let bare = ["年末决算数", "决算数", "年末决算", "决算", "实际支出", "实际支出数", "支出决算"];
    if label.contains("三公") {
        return field("three_public_stated");
    }
    if bare.contains(&label) {
        return inherited.and_then(|_| field("three_public_stated"));
    }
    let item = [
        "支出决算数",
        "支出决算",
        "决算数",
        "决算",
        "年初预算数",
        "年初预算",
        "预算数",
        "预算",
        "支出",
        "经费",
    ]
    .iter()
    .find_map(|end| label.strip_suffix(end))
    .unwrap_or(label);
    match item {
        _ if has(item, &["购置及运行", "购置和运行", "购置与运行"]) => {
            field("vehicles_stated")
        }
        _ if item.ends_with("接待费") || item.ends_with("公务接待") => line("hospitality"),
        _ if item.contains("因公出国") => line("travel_abroad"),
        _ if ends(item, &["公务用车购置费", "公务用车购置", "车辆购置费"]) => {
            line("vehicle_purchase")
        }
        _ if ends(item, &["公务用车运行维护费", "公务用车运行费", "车辆运行维护费"]) => {
            line("vehicle_running")
        }
        _ => None,
    }
}

/// Receptions and guests, where 三公经费 or 公务接待 is what the paragraph is about.
fn receptions(source: &Source, figure: &Figure) -> Option<Slot> {
    let field = match figure.measure {
        Measure::Things("批次") => "receptions",
        Measure::Things("人次") => "guests",
        _ => return None,
    };
    let label = named(figure);
    let known = ends(label, &["接待", "公务接待", "国内公务接待", "公务接待批次", "公务接待人次", "来访"])
        && !has(label, &["外事", "外宾", "其中", "客商"]);
    let paragraph = source.paragraph(figure);
    let about = has(&paragraph, &["三公", "公务接待"]);
    (known && about && !figure.bound).then_some(Slot::Field { section: "three_public_counts", field })
}
