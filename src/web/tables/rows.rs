//! The markup of a table: head, lines, foot.
//!
//! Must not know events: they are heard on the frame, and find their cell by `data-line` and `data-column`.

use leptos::prelude::*;
use ziping::app::grid::{self, Col, Line};
use ziping::domain::amount::MoneyUnit;
use ziping::domain::facts::Unit;
use ziping::domain::record::{FieldDef, Kind};

use super::line::{Painter, Part, part};
use super::pointer::Drag;
use super::sheet::{Sheet, Spot, line_key};
use super::window::Piece;
use crate::web::parts::icon::Icon;

/// The table within its frame.
#[component]
pub fn Lines(sheet: Sheet, drag: RwSignal<Option<Drag>>, #[prop(into)] labelled: String) -> impl IntoView {
    let columns = sheet.columns();
    let numbered = sheet.is_free();
    let count = columns.len() + usize::from(numbered);
    let foot = move || {
        sheet.lines.with(|lines| lines.all.get(lines.body..).map(<[Line]>::to_vec).unwrap_or_default())
    };
    let gap = move |gap: usize| {
        let lines = sheet.window.layout.with(|layout| layout.gaps.get(gap).copied().unwrap_or(0));
        format!("{}px", lines as f64 * sheet.window.row.get())
    };
    view! {
        <table
            class="grid__table"
            role="grid"
            aria-labelledby=labelled
            aria-rowcount=move || sheet.lines.with(|lines| lines.all.len() + 1).to_string()
            aria-colcount=count.to_string()
            aria-multiselectable="true"
            aria-readonly=move || (!sheet.report.writable.get()).then_some("true")
        >
            <colgroup>
                {numbered.then(|| view! { <col class="col--no" /> })}
                {columns.iter().enumerate().map(|(at, col)| view! { <col class=width(at, col) /> }).collect_view()}
            </colgroup>
            <thead>
                <tr aria-rowindex="1">
                    {numbered
                        .then(|| {
                            view! {
                                <th class="grid__no" scope="col" aria-colindex="1">
                                    <span class="visually-hidden">"行号"</span>
                                </th>
                            }
                        })}
                    {columns
                        .iter()
                        .enumerate()
                        .map(|(at, col)| head(sheet, at, col, numbered))
                        .collect_view()}
                </tr>
            </thead>
            <tbody>
                <For
                    each=move || sheet.window.layout.with(|layout| layout.pieces.clone())
                    key=Piece::clone
                    let:piece
                >
                    {match piece {
                        Piece::Line(line) => view! { <Row sheet=sheet line=line drag=drag /> }.into_any(),
                        Piece::Gap(at) => {
                            view! {
                                <tr class="grid__spacer" aria-hidden="true">
                                    <td colspan=count.to_string() style:height=move || gap(at)></td>
                                </tr>
                            }
                                .into_any()
                        }
                    }}
                </For>
            </tbody>
            <tfoot>
                <For each=foot key=Line::clone let:line>
                    <Row sheet=sheet line=line drag=drag />
                </For>
            </tfoot>
        </table>
    }
}

fn head(sheet: Sheet, at: usize, col: &Col, numbered: bool) -> impl IntoView + use<> {
    let (name, note) = col.head();
    let text = class_of(col) != "cell";
    let current =
        move || (sheet.inside.get() && sheet.active.with(|active| active.column == at)).then_some("");
    view! {
        <th
            scope="col"
            class=("grid__name", at == 0)
            class=("grid__head--text", text)
            aria-colindex=(at + 1 + usize::from(numbered)).to_string()
            data-computed=matches!(col, Col::Fact(_)).then_some("")
            data-current=current
            title=(!note.is_empty()).then_some(col.label())
        >
            {name}
            {(!note.is_empty()).then(|| view! { <span class="grid__head-unit">{format!(" {note}")}</span> })}
        </th>
    }
}

#[component]
fn Row(sheet: Sheet, line: Line, drag: RwSignal<Option<Drag>>) -> impl IntoView {
    let painter = Painter::new(sheet, line.clone(), drag);
    let numbered = sheet.is_free();
    let foot = sheet.lines.with_untracked(|lines| lines.position(&line).is_some_and(|at| at >= lines.body));
    let class = match line {
        Line::Row(_) => "",
        Line::Sum(_) if foot => "grid__sum",
        Line::Sum(_) => "grid__subtotal",
        Line::Stated(_) => "grid__stated",
    };
    let cells = sheet
        .columns()
        .iter()
        .enumerate()
        .skip(1)
        .map(|(column, col)| {
            let index = (column + 1 + usize::from(numbered)).to_string();
            view! {
                <td
                    class=class_in(sheet, &line, column, col)
                    role="gridcell"
                    aria-colindex=index
                    data-column=column.to_string()
                    use:part=(painter.clone(), Part::Cell(column))
                ></td>
            }
        })
        .collect_view();
    let key = line_key(&line);
    let number = numbered.then(|| number(&painter, &line));
    let name = name(sheet, &painter, line);
    view! {
        <tr class=class data-line=key use:part=(painter, Part::Line)>
            {number}
            {name}
            {cells}
        </tr>
    }
}

fn number(painter: &Painter, line: &Line) -> AnyView {
    if !matches!(line, Line::Row(_)) {
        return view! { <td class="grid__no" aria-colindex="1"></td> }.into_any();
    }
    view! {
        <th class="grid__no" scope="row" aria-colindex="1">
            <span use:part=(painter.clone(), Part::Number)></span>
            <button
                type="button"
                class="grid__row-menu"
                tabindex="-1"
                aria-haspopup="menu"
                use:part=(painter.clone(), Part::Menu)
            >
                <Icon name="more" />
            </button>
        </th>
    }
    .into_any()
}

fn name(sheet: Sheet, painter: &Painter, line: Line) -> AnyView {
    let index = (1 + usize::from(sheet.is_free())).to_string();
    if sheet.is_free() && matches!(line, Line::Row(_)) {
        return view! {
            <td
                class="cell cell--text grid__name"
                role="rowheader"
                aria-colindex=index
                data-column="0"
                use:part=(painter.clone(), Part::Cell(0))
            ></td>
        }
        .into_any();
    }
    let sum = match line {
        Line::Sum(sum) => Some(sum),
        Line::Row(_) | Line::Stated(_) => None,
    };
    let words = move || {
        sheet.report.document.track();
        sheet.with_table(|table| table.name(&line))
    };
    let named = words.clone();
    let note = Memo::new(move |_| {
        let words = sheet.partials.with(|partials| Some(grid::missing(sheet.table, sum?, partials)));
        words.filter(|words| !words.is_empty())
    });
    let title = move || note.with(|note| note.iter().fold(named(), |name, note| format!("{name}，{note}")));
    view! {
        <th class="grid__name" scope="row" aria-colindex=index title=title>
            {words}
            {move || note.get().map(|note| view! { <span class="grid__note">{note}</span> })}
        </th>
    }
    .into_any()
}

/// A total of texts or choices is an empty cell, without the sign of a list.
fn class_in(sheet: Sheet, line: &Line, column: usize, col: &Col) -> &'static str {
    let spot = Spot { line: line.clone(), column };
    match line {
        Line::Row(_) => class_of(col),
        _ if col.is_numeric() || sheet.target(&spot).is_some() => class_of(col),
        _ => "cell cell--text",
    }
}

fn class_of(col: &Col) -> &'static str {
    match col {
        Col::Field(def, _) => match def.kind {
            Kind::Text | Kind::Narrative => "cell cell--text",
            Kind::Choice | Kind::Reference => "cell cell--choice",
            Kind::Date => "cell cell--date",
            _ => "cell",
        },
        Col::Fact(_) => "cell",
    }
}

/// The narrowest width that has room for what a column holds and for its head.
fn width(at: usize, col: &Col) -> &'static str {
    if at == 0 {
        return "col--name";
    }
    let (name, note) = col.head();
    let letters = name.chars().count() * 14 + note.chars().count() * 12 + 26;
    let needed = match col {
        Col::Field(def, _) => match def.kind {
            Kind::Text | Kind::Narrative if is_prose(def) => return "col--text",
            Kind::Text if def.key == "unit" => 88,
            Kind::Text | Kind::Narrative | Kind::Reference => return "col--short",
            Kind::Amount => 116,
            Kind::Date => 120,
            Kind::Choice => {
                let longest = def.options.iter().map(|(_, label)| label.chars().count()).max().unwrap_or(0);
                longest * 14 + 34
            }
            _ => 88,
        },
        Col::Fact(def) => match def.unit {
            Unit::Money => 116,
            Unit::Percent => 104,
            _ => 88,
        },
    };
    match needed.max(letters) {
        ..=88 => "col--count",
        89..=104 if matches!(col, Col::Field(def, _) if def.kind != Kind::Amount) => "col--choice",
        89..=116 => "col--amount",
        117..=120 => "col--date",
        121..=128 => "col--rate",
        _ => "col--short",
    }
}

/// Columns in which sentences are written.
const PROSE: &[&str] = &["deviation_cause", "cause", "measure", "problem", "evidence", "result"];

fn is_prose(def: &FieldDef) -> bool {
    PROSE.contains(&def.key)
}

/// Whether a table is mostly sentences, so that its rows are as high as their texts.
pub fn is_wordy(columns: &[Col]) -> bool {
    columns.iter().filter(|col| matches!(col, Col::Field(def, _) if is_prose(def))).count() > 1
}

/// The unit of money, as the frame names it for the widths of columns.
pub fn money_key(money: MoneyUnit) -> Option<&'static str> {
    (money == MoneyUnit::Yuan).then_some("yuan")
}
