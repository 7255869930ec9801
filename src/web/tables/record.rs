//! 表单视图: one row as a labelled form, with the same rules as its cells. The way through a table for screen
//! readers, tablets and long rows.

use leptos::prelude::*;
use ziping::app::block;
use ziping::app::grid::{Col, Line};

use super::actions;
use super::field::Field;
use super::sheet::{Shape, Sheet, Spot, line_key};
use crate::web::parts::focus;
use crate::web::parts::icon::Icon;

/// One row of the table, or a stated total, as a form.
#[component]
pub fn Record(sheet: Sheet) -> impl IntoView {
    let pages = move || {
        let typed = |line: &Line| !matches!(line, Line::Sum(_));
        sheet.lines.with(|lines| lines.all.iter().filter(|line| typed(line)).cloned().collect::<Vec<_>>())
    };
    let line = Memo::new(move |_| {
        let active = sheet.active.with(|active| active.line.clone());
        let pages = pages();
        if pages.contains(&active) { Some(active) } else { pages.first().cloned() }
    });
    let step = move |forward: bool| {
        let pages = pages();
        let at = line.get_untracked().and_then(|line| pages.iter().position(|page| *page == line));
        let next = match (at, forward) {
            (Some(at), true) => pages.get(at + 1),
            (Some(at), false) => at.checked_sub(1).and_then(|at| pages.get(at)),
            (None, _) => None,
        };
        if let Some(line) = next {
            let column = sheet.nearest(line, 0);
            sheet.active.set(Spot { line: line.clone(), column });
        }
    };
    let edge = move |last: bool| {
        let pages = pages();
        let end = if last { pages.last() } else { pages.first() };
        line.with(|line| line.as_ref() == end).then_some("true")
    };
    let title = move || {
        sheet.report.document.track();
        line.get().map(|line| sheet.with_table(|table| table.name(&line)))
    };
    let count = move || {
        let (at, rows) = line.with(|line| {
            sheet.lines.with(|lines| (line.as_ref().and_then(|line| lines.row(line)), lines.rows))
        });
        at.map(|at| format!("第 {} 行，共 {rows} 行", at + 1))
    };
    let removable = move || {
        let writable = sheet.report.writable.get();
        line.with(
            |line| matches!(line, Some(Line::Row(id)) if writable && block::can_remove(sheet.table, id)),
        )
    };
    view! {
        <div class="record">
            <div class="record__head">
                <h3 class="record__title" aria-live="polite">
                    {title}
                    <span class="record__count">{count}</span>
                </h3>
                <button
                    type="button"
                    class="button button--small"
                    aria-disabled=move || edge(false)
                    on:click=move |_| step(false)
                >
                    <Icon name="left" />
                    "上一行"
                </button>
                <button
                    type="button"
                    class="button button--small"
                    aria-disabled=move || edge(true)
                    on:click=move |_| step(true)
                >
                    "下一行"
                    <Icon name="right" />
                </button>
                <Show when=removable>
                    <button
                        type="button"
                        class="button button--quiet button--small"
                        on:click=move |_| {
                            if let Some(line) = line.get_untracked() {
                                sheet.active.set(Spot { column: sheet.nearest(&line, 0), line });
                                sheet.extent.set(None);
                                actions::remove(sheet);
                            }
                        }
                    >
                        "删除这一行"
                    </button>
                </Show>
                <button
                    type="button"
                    class="button button--quiet button--small"
                    on:click=move |_| {
                        sheet.shape.set(Shape::Grid);
                        set_timeout(move || sheet.refocus(), std::time::Duration::ZERO);
                    }
                >
                    "返回表格"
                </button>
            </div>
            <div class="record__body">
                <div class="fields fields--two" id=fields_id(sheet)>
                    <For each=move || line.get() key=line_key let:line>
                        {fields(sheet, &line)}
                    </For>
                </div>
            </div>
        </div>
    }
}

fn fields_id(sheet: Sheet) -> String {
    format!("record-{}", sheet.table.id)
}

/// Puts the focus into the first field of the row that is shown.
pub fn to_first_field(sheet: Sheet) {
    focus::into_first(&fields_id(sheet));
}

fn fields(sheet: Sheet, line: &Line) -> impl IntoView + use<> {
    let shown = |at: usize, col: &Col| match line {
        Line::Row(_) => at > 0 || sheet.is_free(),
        // A stated total has only those columns that its section has, and the rates that follow from them.
        Line::Stated(_) => {
            at > 0 && sheet.target(&Spot { line: line.clone(), column: at }).is_some() || is_fact(col)
        }
        Line::Sum(_) => false,
    };
    let columns = sheet.columns();
    columns
        .iter()
        .enumerate()
        .filter(|(at, col)| shown(*at, col))
        .map(|(column, col)| {
            view! { <Field sheet=sheet spot=Spot { line: line.clone(), column } col=*col /> }
        })
        .collect_view()
}

fn is_fact(col: &Col) -> bool {
    matches!(col, Col::Fact(_))
}
