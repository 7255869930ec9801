//! The cover, posts and staff: labels that only one table of a report has.

use super::{Offer, Slot, Source, ends, has, named};
use crate::domain::amount;
use crate::domain::lint::{Figure, Measure};

/// Words that make a number of people another one than the unit's own.
const OTHERS: &[&str] = &[
    "全县",
    "全市",
    "全区",
    "下属",
    "所属",
    "离退休",
    "退休",
    "编外",
    "空编",
    "超编",
    "满编",
    "平均",
    "占",
    "参公",
    "全额",
    "差额",
    "自收自支",
    "聘用",
    "临聘",
    "劳务",
    "遗属",
    "新增",
    "减少",
    "增加",
];

const EDUCATION: &[&str] = &["研究生", "博士", "硕士", "本科", "大专", "专科", "中专", "高中", "初中"];

const TITLES: &[&str] = &[
    "局长",
    "主任",
    "调研员",
    "科员",
    "职员",
    "院长",
    "校长",
    "书记",
    "站长",
    "馆长",
    "领导",
    "所长",
    "队长",
    "会长",
];

/// Posts and staff.
pub fn find(source: &mut Source) {
    let figures = source.reading.figures.clone();
    let mut in_post: Vec<usize> = Vec::new();
    for (at, figure) in figures.iter().enumerate() {
        if figure.bound || has(&figure.label, OTHERS) {
            continue;
        }
        if let Some(slot) = posts(figure) {
            source.offer(slot, figure);
        } else if in_post_total(figure) {
            in_post.push(at);
            source.offer(Slot::Field { section: "staff_stated", field: "staff_in_post" }, figure);
        } else if let Some(group) = age_group(figure) {
            source.offer(Slot::Row { list: "ages", name: group, column: "staff_in_post" }, figure);
        }
    }
    for total in in_post {
        members(source, &figures, total);
    }
    education(source, &figures);
    mean_age(source);
}

fn posts(figure: &Figure) -> Option<Slot> {
    if !matches!(figure.measure, Measure::People | Measure::Things("个")) {
        return None;
    }
    let label = named(figure);
    let label =
        ["人数", "总数", "总额", "数"].iter().find_map(|end| label.strip_suffix(end)).unwrap_or(label);
    if !label.ends_with("编制") || label.chars().count() > 14 {
        return None;
    }
    let fixed = |row| Some(Slot::Fixed { list: "staff", row, column: "authorised_posts" });
    match label {
        _ if has(label, &["工勤"]) => fixed("support"),
        _ if label.ends_with("行政编制") => fixed("admin"),
        _ if label.ends_with("事业编制") && !label.contains("行政") => fixed("public"),
        _ if has(label, &["行政", "事业", "机关", "政法", "专项"]) || figure.label.starts_with("其中") => {
            None
        }
        _ => Some(Slot::Field { section: "staff_stated", field: "authorised_posts" }),
    }
}

fn in_post_total(figure: &Figure) -> bool {
    let label = named(figure);
    let label =
        ["总人数", "人数", "总数", "数"].iter().find_map(|end| label.strip_suffix(end)).unwrap_or(label);
    figure.measure == Measure::People
        && !figure.label.starts_with("其中")
        && label.chars().count() <= 12
        && ends(
            label,
            &["在职人员", "在职职工", "在职干部职工", "在职在编人员", "在编在职人员", "实有在职", "在职"],
        )
}

/// The people whom a bracket or 其中 behind the total divides, where they add up to it.
fn members(source: &mut Source, figures: &[Figure], total: usize) {
    let Some(whole) = figures.get(total) else { return };
    let mut parts: Vec<&Figure> = figures.iter().filter(|figure| figure.owner == Some(total)).collect();
    if parts.is_empty() {
        parts = figures
            .iter()
            .skip(total + 1)
            .take_while(|figure| figure.sentence_no == whole.sentence_no && figure.measure == Measure::People)
            .collect();
        if parts.first().is_none_or(|first| !first.label.starts_with("其中")) {
            return;
        }
    }
    let mut sum = amount::parse_canonical("0");
    let mut taken = Vec::new();
    for part in parts {
        if part.measure != Measure::People || part.bound || named(part).is_empty() {
            return;
        }
        sum = sum.and_then(|sum| sum.checked_add(part.figure.value()));
        taken.push(part);
        if sum == Some(whole.figure.value()) {
            break;
        }
    }
    if taken.len() < 2 || sum != Some(whole.figure.value()) {
        return;
    }
    let names: Vec<&str> = taken.iter().map(|part| named(part)).collect();
    let by_type = |name: &str| match name {
        _ if name.contains("工勤") => Some("support"),
        _ if name.starts_with("行政") => Some("admin"),
        _ if name.starts_with("事业") => Some("public"),
        _ => None,
    };
    if names.iter().all(|name| by_type(name).is_some()) {
        for (part, name) in taken.iter().zip(&names) {
            if let Some(row) = by_type(name) {
                source.offer(Slot::Fixed { list: "staff", row, column: "staff_in_post" }, part);
            }
        }
    } else if names.iter().any(|name| has(name, TITLES)) {
        for (part, name) in taken.iter().zip(&names) {
            let slot = Slot::Row { list: "positions", name: (*name).to_owned(), column: "staff_in_post" };
            source.offer(slot, part);
        }
    }
}

/// "55岁以上人员", "36-45岁".
fn age_group(figure: &Figure) -> Option<String> {
    if figure.measure != Measure::People {
        return None;
    }
    let label = named(figure);
    let from = label.find(|c: char| c.is_ascii_digit())?;
    let label = label.get(from..)?;
    let (years, rest) = label.split_once('岁')?;
    let plain = years.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '至' | '~' | '—'));
    let bound = ["及以上", "及以下", "以上", "以下"].iter().find(|bound| rest.starts_with(*bound));
    let tail = bound.and_then(|bound| rest.strip_prefix(bound)).unwrap_or(rest);
    let known = matches!(tail, "" | "人员" | "干部" | "职工" | "的" | "的人员" | "干部职工" | "在职人员");
    let group = format!("{years}岁{}", bound.copied().unwrap_or_default());
    (plain && known && years.len() >= 2).then_some(group)
}

/// Two or more degrees one after the other.
fn education(source: &mut Source, figures: &[Figure]) {
    let degree = |figure: &Figure| {
        let label = named(figure);
        let label = label.strip_suffix("学历").unwrap_or(label);
        let known = figure.measure == Measure::People
            && !figure.bound
            && has(label, EDUCATION)
            && label.chars().count() <= 8
            && !has(label, &["平均", "占", "招", "引进"]);
        known.then(|| label.to_owned())
    };
    let found: Vec<(&Figure, String)> =
        figures.iter().filter_map(|figure| Some((figure, degree(figure)?))).collect();
    let first = found.first().map(|(figure, _)| figure.paragraph);
    if found.len() < 2 || found.iter().any(|(figure, _)| Some(figure.paragraph) != first) {
        return;
    }
    for (figure, name) in found {
        source.offer(Slot::Row { list: "education", name, column: "staff_in_post" }, figure);
    }
}

/// "平均年龄48.22岁": ages are no quantities for arithmetic, so the figure is read here.
fn mean_age(source: &mut Source) {
    const WORDS: &[char] = &['平', '均', '年', '龄'];
    let starts = source.chars.windows(WORDS.len()).enumerate().filter(|(_, window)| *window == WORDS);
    let found: Vec<Offer> = starts
        .filter_map(|(at, _)| {
            let mut from = at + WORDS.len();
            while matches!(source.chars.get(from), Some('为' | '是' | ' ' | '：')) {
                from += 1;
            }
            let digits: String =
                source.chars.iter().skip(from).take_while(|c| c.is_ascii_digit() || **c == '.').collect();
            let to = from + digits.chars().count();
            (source.chars.get(to) == Some(&'岁')).then_some(())?;
            amount::parse_canonical(&digits)?;
            let sentence = sentence(&source.chars, at);
            Some(Offer {
                slot: Slot::Field { section: "staffing", field: "mean_age" },
                value: digits,
                besides: Vec::new(),
                place: from..to + 1,
                sentence,
            })
        })
        .collect();
    source.found.extend(found);
}

fn sentence(chars: &[char], at: usize) -> std::ops::Range<usize> {
    let stop = |c: &char| matches!(c, '。' | '\n' | '；');
    let from = chars.get(..at).unwrap_or(&[]).iter().rposition(stop).map_or(0, |at| at + 1);
    let to = chars.iter().skip(at).position(stop).map_or(chars.len(), |length| at + length + 1);
    from..to
}

/// Unit and year of the cover.
pub fn cover(source: &mut Source) {
    let chars = &source.chars;
    let mut found = Vec::new();
    let title = chars.iter().position(|c| !c.is_whitespace()).unwrap_or(0);
    let title_end = chars.iter().skip(title).position(|c| *c == '\n').map_or(chars.len(), |at| title + at);
    for (at, window) in chars.windows(5).enumerate() {
        let year: String = window.iter().take(4).collect();
        let is_year = year.starts_with("20")
            && year.chars().all(|c| c.is_ascii_digit())
            && window.last() == Some(&'年');
        if !is_year {
            continue;
        }
        let make = |section, field, value: String, place| Offer {
            slot: Slot::Field { section, field },
            value,
            besides: Vec::new(),
            place,
            sentence: sentence(chars, at),
        };
        if at >= title && at < title_end {
            found.push(make("profile", "year", year, at..at + 4));
            if let Some(name) = unit(&chars.get(title..at).unwrap_or(&[]).iter().collect::<String>()) {
                found.push(make("profile", "unit_name", name, title..at));
            }
        }
        let after = at + 5 + usize::from(chars.get(at + 5) == Some(&'度'));
        let words: String = chars.iter().skip(after).take(24).take_while(|c| **c != '\n').collect();
        let name = ["预算收入", "部门整体支出", "整体支出", "部门决算", "部门预算"]
            .iter()
            .find_map(|next| words.split_once(next))
            .and_then(|(name, _)| unit(name));
        if let Some(name) = name {
            let to = after + name.chars().count();
            found.push(make("profile", "unit_name", name, after..to));
        }
    }
    source.found.extend(found);
}

/// A full name: the place it belongs to, and what kind of body it is.
fn unit(words: &str) -> Option<String> {
    const BODIES: &[&str] = &[
        "局",
        "委员会",
        "办公室",
        "中心",
        "学校",
        "中学",
        "小学",
        "院",
        "馆",
        "站",
        "所",
        "大队",
        "协会",
        "联合会",
        "政府",
    ];
    let name = words.trim();
    let place = name.chars().position(|c| matches!(c, '县' | '市' | '区' | '省' | '州' | '旗'))?;
    let clean = name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let sound = clean && (2..=5).contains(&place) && ends(name, BODIES) && name.chars().count() <= 24;
    (sound && !has(name, &["某", "我", "全县", "全市", "的"])).then(|| name.to_owned())
}
