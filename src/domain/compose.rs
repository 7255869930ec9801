//! 自动成文: paragraphs that are always written the same way, made of references only.
//!
//! A clause stands only where its figures are there; a cause only where the user gave one. The result is stored text
//! (`{{id}}`), so it follows the tables afterwards. Must not change a document: the text is offered, never forced.

use super::cell::Cell;
use super::document::Document;
use super::facts::eval::Facts;
use super::facts::label::Target;
use super::facts::print;
use super::place::Place;
use super::rows::RowId;

/// Writes the paragraph of a narrative field; `None` where this field has none or nothing is filled in yet.
pub fn compose(document: &Document, facts: &Facts, narrative: &str) -> Option<String> {
    let writer = Writer { document, facts };
    let text = match narrative {
        "staffing" => writer.staffing(),
        "execution" => writer.execution(),
        "three_public" => writer.three_public(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Whether a narrative field has a paragraph of its own.
pub fn can_compose(narrative: &str) -> bool {
    matches!(narrative, "staffing" | "execution" | "three_public")
}

struct Writer<'a> {
    document: &'a Document,
    facts: &'a Facts,
}

impl Writer<'_> {
    fn staffing(&self) -> String {
        let posts = self.sentence(&[
            self.clause("本单位共有编制", "staff.authorised_posts", ""),
            self.listed("其中", "staff", "authorised_posts", "编制"),
        ]);
        let staff = self.sentence(&[
            self.clause("年末在职人员", "staff.staff_in_post", ""),
            self.listed("其中", "positions", "staff_in_post", ""),
            self.clause("在职人员控制率", "staff.control_rate", ""),
        ]);
        let people = self.sentence(&[
            self.clause("在职人员平均年龄", "staffing.mean_age", ""),
            self.shares("ages"),
            self.listed("学历构成为", "education", "staff_in_post", ""),
        ]);
        [posts, staff, people].concat()
    }

    fn execution(&self) -> String {
        let income = self.sentence(&[
            self.clause("本年收入合计", "income.outturn", ""),
            self.listed("其中", "income", "outturn", ""),
            self.clause("年初结转和结余", "carryover.opening", ""),
        ]);
        let expenditure = self.sentence(&[
            self.clause("本年支出合计", "expenditure.outturn", ""),
            self.against_budget("expenditure"),
        ]);
        let basic = self.sentence(&[
            self.clause("其中：基本支出", "basic.outturn", ""),
            self.against_budget("basic"),
            self.clause("包括人员经费", "personnel.outturn", ""),
            self.clause("公用经费", "operating.outturn", ""),
            self.cause("差异原因是", "expenditure[basic].deviation_cause"),
        ]);
        let projects = self.sentence(&[
            self.clause("项目支出", "projects.outturn", ""),
            self.against_budget("projects"),
            self.cause("差异原因是", "expenditure[project].deviation_cause"),
        ]);
        let closing = self.sentence(&[self.clause("年末结转结余", "carryover.closing", "")]);
        [income, expenditure, basic, projects, closing].concat()
    }

    fn three_public(&self) -> String {
        let total = self.sentence(&[
            self.clause("“三公”经费财政拨款支出年初预算为", "three_public.initial_budget", ""),
            self.clause("支出决算为", "three_public.outturn", ""),
            self.clause("完成年初预算的", "three_public.control_rate", ""),
        ]);
        let items = self.sentence(&[self.listed("其中", "three_public", "outturn", "")]);
        let compared = self.sentence(&[
            self.clause("上年决算为", "three_public.last_outturn", ""),
            self.pair("与上年相比", "three_public.growth_word", "three_public.growth_rate_size"),
            self.cause("主要原因是", "three_public_stated.deviation_cause"),
        ]);
        let receptions = self.sentence(&[
            self.clause("国内公务接待", "three_public_counts.receptions", ""),
            self.clause("", "three_public_counts.guests", ""),
        ]);
        [total, items, compared, receptions].concat()
    }

    /// “完成年初预算的…，超出…”, on the base that its label names.
    fn against_budget(&self, sum: &str) -> Option<String> {
        let rate = self.clause("完成年初预算的", &format!("{sum}.completion_rate"), "")?;
        let difference =
            self.pair("与年初预算相比", &format!("{sum}.difference_word"), &format!("{sum}.difference_size"));
        Some(match difference {
            Some(difference) => format!("{rate}，{difference}"),
            None => rate,
        })
    }

    /// Words, a reference, words; only where the reference has a value.
    fn clause(&self, before: &str, id: &str, after: &str) -> Option<String> {
        self.reference(id).map(|reference| format!("{before}{reference}{after}"))
    }

    /// A word chosen by the sign, then the magnitude: “增长 24.30%”; “持平” stands alone.
    fn pair(&self, before: &str, word: &str, size: &str) -> Option<String> {
        let chosen = self.facts.get(word)?.as_ref().ok()?;
        let (word, size) = (self.reference(word)?, self.reference(size)?);
        Some(if chosen.number.is_zero() {
            format!("{before}{word}")
        } else {
            format!("{before}{word}{size}")
        })
    }

    fn cause(&self, before: &str, id: &str) -> Option<String> {
        self.clause(before, id, "")
    }

    /// “其中：行政编制{{…}}、事业编制{{…}}” over the rows that are filled in.
    fn listed(&self, before: &str, list: &str, column: &str, noun: &str) -> Option<String> {
        let items: Vec<String> = self
            .named_rows(list)
            .into_iter()
            .filter_map(|(id, name)| {
                self.clause(&format!("{name}{noun}"), &format!("{list}[{id}].{column}"), "")
            })
            .collect();
        (!items.is_empty()).then(|| format!("{before}：{}", items.join("、")))
    }

    /// “55岁以上{{人数}}，占{{比例}}” for each group that is filled in.
    fn shares(&self, list: &str) -> Option<String> {
        let items: Vec<String> = self
            .named_rows(list)
            .into_iter()
            .filter_map(|(id, name)| {
                let count = self.clause(&name, &format!("{list}[{id}].staff_in_post"), "")?;
                let share = self.clause("，占", &format!("{list}[{id}].share"), "").unwrap_or_default();
                Some(format!("{count}{share}"))
            })
            .collect();
        (!items.is_empty()).then(|| items.join("，"))
    }

    /// Rows with a name; what stands in brackets behind it belongs to forms, not to sentences.
    fn named_rows(&self, list: &str) -> Vec<(RowId, String)> {
        let Some(rows) = self.document.list(list) else { return Vec::new() };
        (0..rows.len())
            .filter_map(|at| {
                let words = rows.get(at, 0).words().trim().to_owned();
                let name = words.strip_suffix('）').and_then(|text| text.rsplit_once('（')).map_or(
                    words.as_str(),
                    |(before, code)| {
                        if code.bytes().all(|b| b.is_ascii_digit()) { before } else { &words }
                    },
                );
                (!name.is_empty()).then(|| rows.id_at(at).map(|id| (id, name.to_owned())))?
            })
            .collect()
    }

    fn reference(&self, id: &str) -> Option<String> {
        let target = Target::parse(id)?;
        let has_value = match &target {
            Target::Place(place) => self.is_filled(place),
            _ => {
                print::computed(&target, self.document, self.facts).is_some_and(|(_, _, value)| value.is_ok())
            }
        };
        has_value.then(|| super::narrative::reference(&target, false))
    }

    fn is_filled(&self, place: &Place) -> bool {
        matches!(self.document.get(place), Cell::Value(_))
    }

    /// Clauses as a sentence; empty where none stands.
    fn sentence(&self, clauses: &[Option<String>]) -> String {
        let clauses: Vec<&str> = clauses.iter().flatten().map(String::as_str).collect();
        if clauses.is_empty() { String::new() } else { format!("{}。", clauses.join("，")) }
    }
}
