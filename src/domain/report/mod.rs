//! The report: document and assessment to numbered blocks, and blocks to what is shown, printed and saved.
//!
//! Only reads. Every number comes from a field or a fact; nothing is computed here.

pub mod block;
mod evidence;
mod findings;
pub mod html;
pub mod node;
mod project;
pub mod render;
mod score;
mod tables;

use block::{Block, Cover, Heading, Inline, Level, Numbering, Signature, Source, TableNumbers};

use super::amount::MoneyUnit;
use super::assess::Assessment;
use super::cell::Cell;
use super::document::Document;
use super::entry;
use super::facts::label::Target;
use super::facts::print::{self, Context};
use super::facts::registry::registry;
use super::narrative::{self, Shown};
use super::place::Place;
use super::record::Kind;
use super::tables::TableDef;
use super::template::{self, Input, Part};

/// The report as blocks, in reading order.
pub fn blocks(document: &Document, assessment: &Assessment) -> Vec<Block> {
    let mut builder = Builder {
        document,
        assessment,
        numbers: TableNumbers::default(),
        // A title breaks where its meaning does, and never within a word.
        blocks: vec![
            Block::Cover(cover(document)),
            Block::Title(title(document).replacen("年度", "年度\n", 1)),
        ],
        used: Vec::new(),
    };
    let mut headings = flatten(&document.template.outline, 1);
    let result = template::Heading { heading: RESULT.to_owned(), ..template::Heading::default() };
    if assessment.sheet.is_some() {
        headings.push((Level::First, &result));
    }
    let levels: Vec<Level> = headings.iter().map(|(level, _)| *level).collect();
    let numbers = Numbering::official().numbers(&levels);
    for ((level, heading), number) in headings.iter().zip(numbers) {
        builder.blocks.push(Block::Heading(Heading { level: *level, number, text: heading.heading.clone() }));
        for page in heading.pages.iter().filter_map(|id| document.template.page(id)) {
            page.parts.iter().for_each(|part| builder.part(part));
        }
    }
    if let Some((parts, facts)) = score::build(document, assessment) {
        parts.into_iter().for_each(|part| builder.push(part));
        facts.into_iter().for_each(|target| builder.use_source(target));
    }
    builder.finish()
}

/// The heading over the result of the score sheet.
const RESULT: &str = "绩效自评结果";

/// The title, with unit and year filled in.
pub fn title(document: &Document) -> String {
    let unit = document.profile.unit_name.words();
    let year = document.profile.year.words();
    let pattern = &document.template.title;
    let pattern =
        if pattern.is_empty() { "{unit}{year}年度部门整体支出绩效自评报告" } else { pattern };
    pattern
        .replace("{unit}", unit)
        .replace("{year}年度", &if year.is_empty() { String::new() } else { format!("{year}年度") })
}

/// The outline with the number of each heading and its depth from 1, as printed.
pub fn numbered_outline(document: &Document) -> Vec<(usize, String, &template::Heading)> {
    let headings = flatten(&document.template.outline, 1);
    let levels: Vec<Level> = headings.iter().map(|(level, _)| *level).collect();
    let numbers = Numbering::official().numbers(&levels);
    headings
        .into_iter()
        .zip(numbers)
        .map(|((level, heading), number)| (level.depth(), number, heading))
        .collect()
}

fn flatten(headings: &[template::Heading], depth: usize) -> Vec<(Level, &template::Heading)> {
    // Deeper levels than official documents know are printed as the lowest.
    let level = Level::from_depth(depth).unwrap_or(Level::Fourth);
    headings
        .iter()
        .flat_map(|heading| {
            let mut all = vec![(level, heading)];
            all.extend(flatten(&heading.children, depth + 1));
            all
        })
        .collect()
}

fn cover(document: &Document) -> Cover {
    let profile = &document.profile;
    let mut rows = vec![("部门（单位）全称（公章）".to_owned(), profile.unit_name.words().to_owned())];
    for field in ["superior", "person_in_charge", "contact", "phone", "filled_on"] {
        let Some(def) = Document::SECTIONS
            .iter()
            .find(|(name, _)| *name == "profile")
            .and_then(|(_, defs)| defs.iter().find(|def| def.key == field))
        else {
            continue;
        };
        let shown = entry::shown(def, &document.get(&Place::field("profile", def.key)), MoneyUnit::WanYuan);
        // A unit without a superior department has no such line; the others stay to be filled in by hand.
        if field != "superior" || !shown.is_empty() {
            rows.push((def.label.to_owned(), shown));
        }
    }
    let asked = document.template.inputs().filter(|input| input.cover);
    rows.extend(asked.map(|input| (input.label.clone(), input.shown(&document.answer(input)))));
    let year = profile.year.words();
    let mut lines = Vec::new();
    if !year.is_empty() {
        lines.push(format!("{year}年度"));
    }
    lines.push("部门整体支出绩效自评报告".to_owned());
    Cover { title: lines, rows }
}

struct Builder<'a> {
    document: &'a Document,
    assessment: &'a Assessment,
    numbers: TableNumbers,
    blocks: Vec<Block>,
    /// Computed figures that are printed, in the order of first use.
    used: Vec<Target>,
}

impl Builder<'_> {
    fn context(&self) -> Context<'_> {
        Context { document: self.document, facts: &self.assessment.facts, row: None }
    }

    fn part(&mut self, part: &Part) {
        match part {
            // The cover prints the profile.
            Part::Form(section) if section == "profile" => {}
            Part::Form(section) => self.form(section),
            Part::Table(id) => {
                if let Some(table) = TableDef::by_id(id) {
                    self.table(table);
                }
            }
            Part::Text(key) => self.narrative(key),
            Part::Inputs(inputs) => self.inputs(inputs),
            Part::Other(_) => {}
        }
    }

    /// Fields beside a table print as notes below it.
    fn form(&mut self, section: &str) {
        let Some((section, defs)) = Document::SECTIONS.iter().find(|(name, _)| *name == section) else {
            return;
        };
        let notes: Vec<String> = defs
            .iter()
            .filter(|def| def.kind != Kind::Choice)
            .filter_map(|def| {
                let place = Place::field(section, def.key);
                let cell = self.document.get(&place);
                // A total is named in full: beside a table, 决算 alone says nothing.
                let label = match section.ends_with("_stated") {
                    true => Target::Place(place.clone()).label(self.document),
                    false => def.label.to_owned(),
                };
                (!cell.is_blank()).then(|| format!("{label}：{}", print::shown_place(&place, self.document)))
            })
            .collect();
        if notes.is_empty() {
            return;
        }
        let note = format!("{}。", notes.join("；"));
        let table = self.blocks.iter_mut().rev().find_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        match table {
            Some(table) => table.notes.push(note),
            None => self.blocks.push(Block::Paragraph(vec![Inline::text(note)])),
        }
    }

    /// What the template asks for of its own: a line for each answer; the cover prints its own.
    fn inputs(&mut self, inputs: &[Input]) {
        for input in inputs.iter().filter(|input| !input.cover) {
            let said = match self.document.answer(input) {
                Cell::Blank => continue,
                Cell::Nil => "无".to_owned(),
                answer => input.shown(&answer),
            };
            let stop = if said.ends_with(['。', '！', '？']) { "" } else { "。" };
            self.blocks.push(Block::Paragraph(vec![Inline::text(format!("{}：{said}{stop}", input.label))]));
        }
    }

    fn table(&mut self, table: &'static TableDef) {
        let built = tables::build(self.document, self.assessment, table);
        for (mut block, targets) in built {
            block.number = self.numbers.next(block.wide);
            self.blocks.push(Block::Table(block));
            targets.into_iter().for_each(|target| self.use_source(target));
        }
    }

    /// A block that is ready; a table takes its number.
    fn push(&mut self, block: Block) {
        self.blocks.push(match block {
            Block::Table(table) => {
                Block::Table(block::TableBlock { number: self.numbers.next(table.wide), ..table })
            }
            other => other,
        });
    }

    fn narrative(&mut self, key: &str) {
        let stored = self
            .document
            .section("narratives")
            .and_then(|section| Some(section.get(section.column(key)?)))
            .unwrap_or_default();
        for paragraph in stored.words().lines().map(str::trim).filter(|line| !line.is_empty()) {
            let shown = narrative::shown(self.document, &self.assessment.facts, paragraph);
            let inlines = shown.into_iter().map(|piece| self.inline(piece)).collect();
            self.blocks.push(Block::Paragraph(inlines));
        }
    }

    fn inline(&mut self, piece: Shown) -> Inline {
        match piece {
            Shown::Text(text) | Shown::Unknown(text) => Inline::Text(text),
            Shown::Value { target: Target::Place(_), text } => {
                Inline::Value { text, anchor: None, missing: false }
            }
            Shown::Value { target, text } => {
                let anchor = target.to_string();
                self.use_source(target);
                Inline::Value { text, anchor: Some(anchor), missing: false }
            }
            Shown::Missing { text, .. } | Shown::Gone { text, .. } => {
                Inline::Value { text: format!("【{text}】"), anchor: None, missing: true }
            }
        }
    }

    /// Notes a figure for the annex, after the figures that it is made of.
    fn use_source(&mut self, target: Target) {
        if !self.used.contains(&target) {
            self.used.push(target);
        }
    }

    fn finish(mut self) -> Vec<Block> {
        let annexes = [findings::annex(self.document, self.assessment), evidence::annex(self.document)];
        annexes.into_iter().flatten().for_each(|annex| self.push(Block::Table(annex)));
        let unit = self.document.profile.unit_name.words().to_owned();
        let date = print_date(self.document);
        if !unit.is_empty() || !date.is_empty() {
            self.blocks.push(Block::Signature(Signature { unit, date }));
        }
        // Figures that others are made of get entries too, so that every formula can be followed to typed fields.
        let mut at = 0;
        while let Some(target) = self.used.get(at).cloned() {
            for input in self.fact_inputs(&target) {
                self.use_source(input);
            }
            at += 1;
        }
        let sources: Vec<Source> = self.used.iter().filter_map(|target| self.source(target)).collect();
        if !sources.is_empty() {
            self.blocks.push(Block::Sources(sources));
        }
        self.blocks
    }

    fn fact_inputs(&self, target: &Target) -> Vec<Target> {
        let Some((expr, _, _)) = print::computed(target, self.document, &self.assessment.facts) else {
            return Vec::new();
        };
        let context = Context { row: self.row_of(target), ..self.context() };
        print::inputs(expr, &context)
            .into_iter()
            .map(|(input, _)| input)
            .filter(|input| !matches!(input, Target::Place(_)))
            .collect()
    }

    fn row_of(&self, target: &Target) -> Option<(&'static str, usize)> {
        match target {
            Target::RowFact { list, row, .. } => Some((list, self.document.list(list)?.position(row)?)),
            _ => None,
        }
    }

    fn source(&self, target: &Target) -> Option<Source> {
        let (expr, unit, outcome) = print::computed(target, self.document, &self.assessment.facts)?;
        let value = outcome.ok()?;
        let context = Context { row: self.row_of(target), ..self.context() };
        let document = match target {
            Target::Fact(id) => registry().fact(id).map_or("", |def| def.source),
            Target::RowFact { list, key, .. } => registry().row_fact(list, key).map_or("", |def| def.source),
            Target::Place(_) => "",
        };
        let (formula, filled) = if value.stated && matches!(expr, super::facts::Expr::Total { .. }) {
            ("上报合计（有行未填，据上报合计）".to_owned(), Vec::new())
        } else {
            let mut filled = vec![Inline::text(print::filled(expr, &context))];
            for (at, input) in self.fact_inputs(target).into_iter().enumerate() {
                filled.push(Inline::text(if at == 0 { "，见" } else { "、" }));
                filled.push(Inline::value(input.label(self.document), input.to_string()));
            }
            (print::formula(expr, &context), filled)
        };
        Some(Source {
            anchor: target.to_string(),
            label: target.label(self.document),
            value: value.show_with(unit),
            formula,
            filled,
            document: document.to_owned(),
        })
    }
}

fn print_date(document: &Document) -> String {
    let def = Document::def(&Place::field("profile", "filled_on"));
    def.map(|def| entry::shown(def, &document.profile.filled_on, MoneyUnit::WanYuan)).unwrap_or_default()
}
