//! The invented report under the second built-in template, as it reads: headings, paragraphs, tables with their rows.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use expect_test::expect_file;

use ziping::app::{retemplate, sample};
use ziping::domain::assess::evaluate;
use ziping::domain::cell::Raw;
use ziping::domain::compose;
use ziping::domain::document::Document;
use ziping::domain::edit::Edit;
use ziping::domain::place::Place;
use ziping::domain::report;
use ziping::domain::report::block::{Block, Inline};
use ziping::domain::template::Template;

fn words(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Value { text, .. } => text.as_str(),
        })
        .collect()
}

fn printed(document: &Document) -> String {
    let mut text = String::new();
    for block in report::blocks(document, &evaluate(document)) {
        match block {
            Block::Title(title) => text.push_str(&format!("# {title}\n")),
            Block::Heading(heading) => text.push_str(&format!("\n## {}{}\n", heading.number, heading.text)),
            Block::Paragraph(inlines) => text.push_str(&format!("{}\n", words(&inlines))),
            Block::Table(table) => {
                text.push_str(&format!("[{}]\n", table.caption));
                for row in table.rows {
                    let cells: Vec<String> = row.cells.iter().map(|cell| words(&cell.inlines)).collect();
                    text.push_str(&format!("| {}\n", cells.join(" | ")));
                }
            }
            Block::Sources(sources) => text.push_str(&format!("\n{} sources\n", sources.len())),
            _ => {}
        }
    }
    text
}

/// After a change of template, sample or report: `UPDATE_EXPECT=1 cargo test --test second_template`.
#[test]
fn the_second_template_prints_the_whole_report() {
    let mut document = sample::example();
    // The second template asks for a conclusion, of which the first knows nothing.
    let conclusion = compose::compose(&document, &evaluate(&document).facts, "conclusion").unwrap();
    document.apply(&Edit::set(Place::field("narratives", "conclusion"), Raw::text(conclusion)));
    let before = printed(&document);
    let template = Template::built_in("sichuan").unwrap();
    assert_eq!(retemplate::homeless(&document, &template), ["资产情况（4 行）", "资产情况说明"]);
    document.apply(&retemplate::edit(&document, template));
    let text = printed(&document);
    expect_file!["golden/example-2023-sichuan.txt"].assert_eq(&text);
    // Other headings in another order, the same rows but for the table that has no page.
    let (_, assets) = before.split_once("[资产情况]\n").unwrap();
    let assets: String = assets
        .lines()
        .take_while(|line| line.starts_with("| "))
        .fold(String::new(), |all, line| all + line + "\n");
    let before = before.replace(&assets, "");
    let rows = |text: &str| {
        let mut rows: Vec<String> =
            text.lines().filter(|line| line.starts_with("| ")).map(str::to_owned).collect();
        rows.sort();
        rows
    };
    assert_eq!(rows(&text), rows(&before));
}
