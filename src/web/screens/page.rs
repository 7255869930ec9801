//! A page of 填报: its tables, forms and text, in the order of the template.

use leptos::prelude::*;
use ziping::app::progress::{self, Gap, Optional, Standing};
use ziping::domain::document::Document;
use ziping::domain::facts::label::Target;
use ziping::domain::tables::{self, RowsOf, TableDef};
use ziping::domain::template::{Page, Part};

use super::template::TemplateLine;
use crate::web::fields::{Form, Inputs, Narrative};
use crate::web::parts::focus;
use crate::web::route::{Route, View};
use crate::web::state::report;
use crate::web::tables::{Grid, MoneySwitch};

/// The page with this id; one that the template does not have says so.
#[component]
pub fn SectionPage(id: String) -> impl IntoView {
    let report = report();
    let template = report.document.with_untracked(|document| document.template.clone());
    let Some(at) = template.pages.iter().position(|page| page.id == id) else {
        return view! {
            <div class="empty">
                <p class="empty__title">"没有这一页"</p>
                <p>"地址可能抄错了，或报告所用的模板没有这一节。请从左侧目录选择。"</p>
            </div>
        }
        .into_any();
    };
    let Some(page) = template.pages.get(at).cloned() else { return ().into_any() };
    let before = at.checked_sub(1).and_then(|at| template.pages.get(at)).cloned();
    let after = template.pages.get(at + 1).cloned();
    let number = report.document.with_untracked(|document| path_of(document, &page.id));
    view! {
        <div class="page">
            <header class="page__head">
                {(!number.is_empty()).then(|| view! { <p class="page__path">{number}</p> })}
                <h1 class="page__title">{page.title.clone()}</h1>
                {(at == 0).then(|| view! { <TemplateLine /> })}
                <Filled id=page.id.clone() />
                {bar(&page)}
            </header>
            {page.parts.iter().map(part).collect_view()}
            <nav class="page__foot" aria-label="上一节和下一节">
                {before.map(|page| neighbour(&page, false))}
                {after.map(|page| neighbour(&page, true))}
            </nav>
        </div>
    }
    .into_any()
}

/// How much of what the page must have is there, and the way to the first thing that is not.
#[component]
fn Filled(id: String) -> impl IntoView {
    let report = report();
    let standing = Memo::new(move |_| {
        report
            .document
            .with(|document| document.template.page(&id).map(|page| progress::standing(document, page)))
    });
    let words = move || match standing.get()?.0 {
        Standing::Part { filled, required } => Some(format!(
            "必填 {required} 项，已填 {filled} 项，还有 {} 项没填。",
            required.saturating_sub(filled)
        )),
        Standing::Begun(count) => {
            Some(format!("有 {count} 格还没填：同一栏的其他行已经填了，合计要等它们。没有的填“无”。"))
        }
        Standing::Done => Some("必填项已填完。".to_owned()),
        Standing::Optional(Optional::Blank) => Some("没有必填项，如有则填。".to_owned()),
        Standing::Optional(Optional::Nil) => Some("没有必填项，已填“无”。".to_owned()),
        Standing::Optional(Optional::Filled) => Some("没有必填项，已填。".to_owned()),
    };
    let gap = move || standing.with(|standing| standing.as_ref().and_then(|(_, gap)| gap.clone()));
    view! {
        <p class="page__filled">
            {words}
            <Show when=move || gap().is_some()>
                <button
                    type="button"
                    class="button button--link"
                    on:click=move |_| match untrack(gap) {
                        Some(Gap::Place(place)) => report.jump.set(Some(Target::Place(place))),
                        Some(Gap::Table(id)) => focus::into(&format!("table-{id}")),
                        None => {}
                    }
                >
                    "去第一处没填的"
                </button>
            </Show>
        </p>
    }
}

fn part(part: &Part) -> AnyView {
    match part {
        Part::Form(section) => {
            let Some((section, _)) = Document::SECTIONS.iter().find(|(name, _)| name == section) else {
                return ().into_any();
            };
            view! {
                <section class="block" id=format!("form-{section}") aria-label=form_title(section)>
                    <div class="block__head">
                        <h2 class="block__title">{form_title(section)}</h2>
                    </div>
                    <Form section=*section />
                </section>
            }
            .into_any()
        }
        Part::Table(id) => match TableDef::by_id(id) {
            Some(table) => view! { <Table table=table /> }.into_any(),
            None => ().into_any(),
        },
        Part::Text(key) => {
            let found = Document::SECTIONS
                .iter()
                .filter(|(name, _)| *name == "narratives")
                .flat_map(|(_, defs)| defs.iter())
                .find(|def| def.key == key);
            match found {
                Some(def) => view! { <Narrative key=def.key /> }.into_any(),
                None => ().into_any(),
            }
        }
        Part::Inputs(inputs) => view! {
            <section class="block" id=INPUTS_ANCHOR aria-label=INPUTS_TITLE>
                <div class="block__head">
                    <h2 class="block__title">{INPUTS_TITLE}</h2>
                </div>
                <Inputs inputs=inputs.clone() />
            </section>
        }
        .into_any(),
        Part::Other(_) => ().into_any(),
    }
}

/// Title and id of the form of what a template asks for of its own; a page has one at most.
const INPUTS_TITLE: &str = "本模板另填的内容";
const INPUTS_ANCHOR: &str = "form-inputs";

/// A table; one that shows rows of another says where they are added while there are none.
#[component]
fn Table(table: &'static TableDef) -> impl IntoView {
    let report = report();
    let is_view = matches!(table.rows, RowsOf::Fixed([]));
    let nothing = Memo::new(move |_| {
        is_view && report.document.with(|document| tables::rows_shown(table, document).is_empty())
    });
    let has_rows = move || {
        report.document.with(|document| document.list(table.list).is_some_and(|rows| !rows.is_empty()))
    };
    let source = move || {
        let original = TableDef::by_list(table.list)?;
        report.document.with(|document| {
            let page = document
                .template
                .pages
                .iter()
                .find(|page| page.parts.contains(&Part::Table(original.id.to_owned())))?;
            let view = View::Page(page.id.clone());
            let href = Route::Report { doc_id: document.doc_id.clone(), view }.to_string();
            Some((original.title, href))
        })
    };
    view! {
        <Show
            when=move || nothing.get()
            fallback=move || view! { <Grid table=table /> }
        >
            <section class="block">
                <div class="block__head">
                    <h2 class="block__title" id=format!("table-{}", table.id)>
                        {table.title}
                    </h2>
                </div>
                <div class="empty">
                    <p class="empty__title">
                        {if has_rows() { "每一行都已在上面的表里对照" } else { "还没有可以对照的行" }}
                    </p>
                    {source()
                        .filter(|_| !has_rows())
                        .map(|(title, href)| {
                            view! {
                                <p>
                                    "先在" <a href=href>{title}</a>
                                    "中填写，这里逐行出现。"
                                </p>
                            }
                        })}
                </div>
            </section>
        </Show>
    }
}

/// What stands on a page: title, and id of the element to go to.
fn jumps(page: &Page) -> Vec<(String, String)> {
    let parts: Vec<_> = page
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::Form(section) => Some((form_title(section).to_owned(), format!("form-{section}"))),
            Part::Table(id) => {
                let table = TableDef::by_id(id)?;
                Some((table.title.to_owned(), format!("table-{}", table.id)))
            }
            Part::Text(key) => Some((narrative_label(key)?.to_owned(), format!("text-{key}"))),
            Part::Inputs(_) => Some((INPUTS_TITLE.to_owned(), INPUTS_ANCHOR.to_owned())),
            Part::Other(_) => None,
        })
        .collect();
    // A page that fits a screen needs no list of itself.
    if parts.len() > 2 { parts } else { Vec::new() }
}

fn jump((title, anchor): (String, String)) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button button--link"
            on:click=move |_| focus::into(&anchor)
        >
            {title}
        </button>
    }
}

fn narrative_label(key: &str) -> Option<&'static str> {
    let (_, defs) = Document::SECTIONS.iter().find(|(name, _)| *name == "narratives")?;
    defs.iter().find(|def| def.key == key).map(|def| def.label)
}

/// Whether a table of the page shows money.
fn has_money(page: &Page) -> bool {
    let tables = page.parts.iter().filter_map(|part| match part {
        Part::Table(id) => TableDef::by_id(id),
        _ => None,
    });
    tables.flat_map(ziping::app::grid::columns).any(|column| column.is_money())
}

/// What stands on the page, and the unit of its money; nothing where there is neither.
fn bar(page: &Page) -> Option<impl IntoView + use<>> {
    let jumps = jumps(page);
    let money = has_money(page);
    (money || !jumps.is_empty()).then(|| {
        view! {
            <div class="page__bar">
                {(!jumps.is_empty())
                    .then(|| {
                        view! {
                            <nav class="page__jump" aria-label="本页内容">
                                {jumps.into_iter().map(jump).collect_view()}
                            </nav>
                        }
                    })}
                {money.then(|| view! { <MoneySwitch /> })}
            </div>
        }
    })
}

/// Titles of forms beside tables.
fn form_title(section: &str) -> &'static str {
    match section {
        "profile" => "封面",
        "staffing" => "平均年龄",
        "carryover_stated" => "结转结余说明",
        "receipts_stated" => "总计（收）上报数",
        "payments_stated" => "总计（支）上报数",
        "expenditure_detail" => "支出的其中数",
        "payment_progress" => "支付进度",
        "three_public_counts" => "团组、车辆和接待",
        "publication" => "公开情况",
        _ => "其他",
    }
}

/// The headings above a page, as printed.
fn path_of(document: &Document, page: &str) -> String {
    let mut path: Vec<(usize, String)> = Vec::new();
    for (depth, number, heading) in ziping::domain::report::numbered_outline(document) {
        path.retain(|(above, _)| *above < depth);
        path.push((depth, format!("{number}{}", heading.heading)));
        if heading.pages.iter().any(|id| id == page) {
            return path.into_iter().map(|(_, words)| words).collect::<Vec<_>>().join(" › ");
        }
    }
    String::new()
}

fn neighbour(page: &Page, forward: bool) -> impl IntoView + use<> {
    let report = report();
    let (id, title) = (page.id.clone(), page.title.clone());
    let href = move || {
        let doc_id = report.document.with(|document| document.doc_id.clone());
        Route::Report { doc_id, view: View::Page(id.clone()) }.to_string()
    };
    let words = if forward { format!("下一节：{title}") } else { format!("上一节：{title}") };
    view! { <a href=href>{words}</a> }
}
