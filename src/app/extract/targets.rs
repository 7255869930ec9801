//! Tasks and goals with a number: sentences of the two sections that say what is to be done.

use super::{Slot, Source, has, trimmed};
use crate::domain::lint::{Figure, Measure, Said};

/// Words that begin a task.
const VERBS: &[&str] = &[
    "新认定",
    "认定",
    "新增",
    "争取",
    "实施",
    "获得",
    "完成",
    "组织",
    "培训",
    "建设",
    "引进",
    "培育",
    "开展",
    "全县实施",
    "新建",
    "改造",
    "举办",
    "创建",
];

/// All of them.
pub fn find(source: &mut Source) {
    let figures = source.reading.figures.clone();
    for figure in &figures {
        let list = match figure.section.as_str() {
            section if has(section, &["绩效目标"]) => "goals",
            section if has(section, &["工作任务", "年度任务"]) => "targets",
            _ => continue,
        };
        let Some((name, unit)) = task(figure) else { continue };
        let mut besides = vec![("unit", unit)];
        if figure.tail.starts_with("以上") {
            besides.push(("operator", "ge".to_owned()));
        }
        source.offer(Slot::Row { list, name, column: "value" }, figure);
        if let Some(offer) = source.found.last_mut() {
            offer.besides = besides;
        }
    }
}

fn task(figure: &Figure) -> Option<(String, String)> {
    let unit = match figure.measure {
        Measure::Money if figure.shown.ends_with("万元") => "万元",
        Measure::People => "人",
        Measure::Things(word) => word,
        _ => return None,
    };
    let name = trimmed(figure.label.trim());
    let begins = VERBS.iter().any(|verb| name.starts_with(verb));
    // What stands behind the figure would be part of the name.
    let whole = figure.tail.is_empty() || figure.tail == "以上" || figure.tail == "左右";
    let long = (6..=24).contains(&name.chars().count());
    let sound = begins && whole && long && figure.said != Said::Change && figure.owner.is_none();
    sound.then(|| (name.to_owned(), unit.to_owned()))
}
