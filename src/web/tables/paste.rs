//! A paste: done at once where its columns are certain, else shown first so that they can be told.

use leptos::prelude::*;
use ziping::app::clipboard::{self, Block, Mapping, Spot};
use ziping::app::grid::{self, Col, Line};
use ziping::domain::cell::Cell;
use ziping::domain::edit::Edit;
use ziping::domain::rows::RowId;
use ziping::domain::tables::RowsOf;

use super::sheet::Sheet;
use crate::web::adapters::clock;
use crate::web::parts::dialog::Dialog;

/// Rows that the preview shows.
const SHOWN: usize = 8;

/// A paste that waits for its columns to be confirmed.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    cells: Block,
    mapping: Mapping,
    doubt: String,
}

/// Pastes a block, or asks first.
pub fn offer(sheet: Sheet, cells: Block, merged: bool) {
    let proposal = with_spot(sheet, |spot| clipboard::propose(&cells, spot));
    let doubt = proposal.doubt.or_else(|| {
        merged.then(|| "里面有合并的单元格，合并处只有第一格有内容，请看一下是否对得上。".to_owned())
    });
    match doubt {
        Some(doubt) => sheet.paste.set(Some(Waiting { cells, mapping: proposal.mapping, doubt })),
        None => paste(sheet, &cells, &proposal.mapping),
    }
}

fn paste(sheet: Sheet, cells: &Block, mapping: &Mapping) {
    let mut new_id = || RowId::new(&clock::new_id());
    let plan = with_spot(sheet, |spot| clipboard::plan(cells, spot, mapping, &mut new_id));
    let one =
        cells.len() == 1 && clipboard::width(cells) == 1 && plan.unread == 0 && plan.rows + plan.stated == 1;
    let words = plan.words();
    sheet.report.leave();
    let changed = sheet.report.edit(Edit::Batch(plan.edits));
    if !one {
        sheet.report.say(words, changed);
    }
    if changed {
        sheet.extent.set(None);
        sheet.refocus();
    }
}

fn with_spot<R>(sheet: Sheet, run: impl FnOnce(&Spot) -> R) -> R {
    let rect = sheet.rect();
    let line = sheet.lines.with_untracked(|lines| lines.all.get(rect.lines.0).cloned());
    sheet.report.document.with_untracked(|document| {
        run(&Spot {
            table: sheet.table,
            document,
            money: sheet.report.money.get_untracked(),
            line: line.unwrap_or(Line::Sum(0)),
            column: if sheet.lines.with_untracked(|lines| lines.rows == 0) { 0 } else { rect.columns.0 },
        })
    })
}

/// Shows what would be pasted, and lets the columns be told.
#[component]
pub fn PastePreview(sheet: Sheet) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move || {
        if sheet.paste.with(Option::is_some) {
            open.set(true);
        }
    });
    // Closed by Esc or its button: nothing is pasted.
    Effect::new(move |before: Option<bool>| {
        let open = open.get();
        if before == Some(true) && !open {
            sheet.paste.set(None);
            sheet.refocus();
        }
        open
    });
    let rows = move || sheet.paste.with(|waiting| waiting.as_ref().map_or(0, Waiting::rows));
    let go = move |_| {
        if let Some(waiting) = sheet.paste.get_untracked() {
            open.set(false);
            paste(sheet, &waiting.cells, &waiting.mapping);
        }
    };
    view! {
        <Dialog open=open title="列对不上，请认一下" wide=true>
            <div class="dialog__body">
                {move || sheet.paste.get().map(|waiting| view! { <Body sheet=sheet waiting=waiting /> })}
            </div>
            <div class="dialog__foot">
                <span class="dialog__aside">"粘贴后可以撤销"</span>
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    "取消"
                </button>
                <button type="button" class="button button--primary" on:click=go>
                    {move || format!("粘贴 {} 行", rows())}
                </button>
            </div>
        </Dialog>
    }
}

impl Waiting {
    fn rows(&self) -> usize {
        self.cells.len().saturating_sub(usize::from(self.mapping.header))
    }
}

#[component]
fn Body(sheet: Sheet, waiting: Waiting) -> impl IntoView {
    let columns = sheet.columns();
    let count = clipboard::width(&waiting.cells);
    let head = (0..count).map(|at| choice(sheet, &columns, &waiting, at)).collect_view();
    let body = waiting.cells.iter().skip(usize::from(waiting.mapping.header));
    let more = waiting.rows().saturating_sub(SHOWN);
    let unreadable = |at: usize, col: Option<&Col>, text: &str| {
        let Some(Col::Field(def, _)) = col else { return false };
        let read = with_spot(sheet, |spot| waiting.mapping.read(spot, at, def, text));
        matches!(read, Cell::Unread(_))
    };
    let lines = body
        .take(SHOWN)
        .map(|row| {
            let cells = (0..count)
                .map(|at| {
                    let text = row.get(at).cloned().unwrap_or_default();
                    let column = waiting.mapping.columns.get(at).copied().flatten();
                    let col = column.and_then(|column| columns.get(column));
                    let unread = unreadable(at, col, &text);
                    let amount = col.is_some_and(Col::is_numeric);
                    view! {
                        <td
                            class=amount.then_some("amount")
                            data-skip=col.is_none().then_some("")
                            data-state=unread.then_some("unread")
                        >
                            {text}
                        </td>
                    }
                })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    view! {
        <p>{waiting.doubt.clone()}" 每一列选它对应的栏，不要的选“不导入”。"</p>
        <div class="table-scroll">
            <table class="table table--paste">
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        <p>
            {(more > 0).then(|| format!("另有 {more} 行。"))}
            {waiting.mapping.header.then_some("第一行是栏名，不粘贴。")}
            "“合计”一行放进上报合计；读不出的内容原样留在格子里。"
        </p>
    }
}

/// The table's column for a column of the block.
fn choice(sheet: Sheet, columns: &[Col], waiting: &Waiting, at: usize) -> impl IntoView + use<> {
    let chosen = waiting.mapping.columns.get(at).copied().flatten();
    let fixed = matches!(sheet.table.rows, RowsOf::Fixed(_));
    let typed = columns.iter().enumerate().filter(|(column, col)| {
        let anywhere = sheet.lines.with_untracked(|lines| {
            let stated = |line: &Line| grid::place(sheet.table, 2, line, col).is_some();
            lines.all.iter().any(stated) || lines.rows == 0
        });
        matches!(col, Col::Field(..)) && (anywhere || (fixed && *column == 0))
    });
    let options = typed
        .map(|(column, col)| {
            view! {
                <option value=column.to_string() selected=chosen == Some(column)>
                    {col.label()}
                </option>
            }
        })
        .collect_view();
    let change = move |event| {
        let column = event_target_value(&event).parse::<usize>().ok();
        sheet.paste.update(|waiting| {
            let Some(waiting) = waiting else { return };
            for (other, slot) in waiting.mapping.columns.iter_mut().enumerate() {
                if other == at {
                    *slot = column;
                } else if column.is_some() && *slot == column {
                    // A column of the table takes one column of the block.
                    *slot = None;
                }
            }
        });
    };
    view! {
        <th scope="col">
            <select class="input" aria-label=format!("第 {} 列", at + 1) on:change=change>
                <option value="" selected=chosen.is_none()>
                    "不导入"
                </option>
                {options}
            </select>
        </th>
    }
}
