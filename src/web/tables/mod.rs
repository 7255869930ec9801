//! THE table of the page: any table of the report as a grid that works like the spreadsheet its users come from, or
//! row by row as a form.
//!
//! `sheet` and `focus` hold the state of one table, `rows`, `line`, `paint` and `editor` draw it, `window` says which rows are
//! mounted; `keys`, `typing` and `pointer` hear the user, `actions`, `paste` and `find` do what is asked. What a cell shows and what
//! an action changes is worked out in `ziping::app::{grid, block, clipboard, find}`; nothing here computes.

mod actions;
mod editor;
mod field;
mod find;
mod focus;
mod keys;
mod line;
mod menu;
mod paint;
mod paste;
mod pointer;
mod record;
mod rows;
mod sheet;
mod typing;
mod window;

use leptos::ev;
use leptos::prelude::*;
use ziping::app::block;
use ziping::app::grid::{self, Line};
use ziping::domain::amount::MoneyUnit;
use ziping::domain::record::Kind;
use ziping::domain::tables::{RowsOf, TableDef};

use self::field::Typed;
use self::find::FindBar;
use self::menu::MenuAt;
use self::paste::PastePreview;
use self::pointer::Pointer;
use self::record::Record;
use self::rows::{Lines, money_key};
use self::sheet::{Shape, Sheet, Spot};
use self::typing::Typist;
use super::parts::icon::Icon;
use super::parts::menu::{Item, Menu};
use super::state::report;

/// From this many rows on 查找 is offered as a button.
const SEARCHED: usize = 10;

/// A table of the open report: its head, the grid or the form of one row, and its foot.
#[component]
pub fn Grid(table: &'static TableDef) -> impl IntoView {
    let sheet = Sheet::new(table);
    let heading = format!("table-{}", table.id);
    let empty = Memo::new(move |_| sheet.is_free() && sheet.lines.with(|lines| lines.rows == 0));
    let (labelled, titled) = (heading.clone(), heading.clone());
    let body = move || match (sheet.shape.get(), empty.get()) {
        (Shape::Record, false) => view! { <Record sheet=sheet /> }.into_any(),
        (_, empty) => {
            let labelled = labelled.clone();
            view! {
                {empty.then(|| view! { <Empty sheet=sheet /> })}
                <Frame sheet=sheet labelled=labelled />
            }
            .into_any()
        }
    };
    view! {
        <section class="block" aria-labelledby=titled>
            <div class="block__head">
                <h2 class="block__title" id=heading>
                    {table.title}
                </h2>
                <Tools sheet=sheet empty=empty />
            </div>
            {(!table.help.is_empty()).then(|| view! { <p class="block__help">{table.help}</p> })}
            {move || sheet.find.with(Option::is_some).then(|| view! { <FindBar sheet=sheet /> })}
            {body}
            <Foot sheet=sheet empty=empty />
            <RowMenu sheet=sheet />
            <PastePreview sheet=sheet />
        </section>
    }
}

/// 元 or 万元, for all tables at once. Stands once on a page.
#[component]
pub fn MoneySwitch() -> impl IntoView {
    let money = report().money;
    let unit = move |unit: MoneyUnit| {
        view! {
            <label class="segmented__item">
                <input
                    class="segmented__input"
                    type="radio"
                    name="money-unit"
                    prop:checked=move || money.get() == unit
                    on:change=move |_| money.set(unit)
                />
                <span class="segmented__label">{unit.label()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="segmented">
            <legend class="visually-hidden">"金额单位"</legend>
            <span class="segmented__title" aria-hidden="true">
                "单位"
            </span>
            {unit(MoneyUnit::WanYuan)}
            {unit(MoneyUnit::Yuan)}
        </fieldset>
    }
}

/// The frame in which the grid scrolls; hears all events of its cells.
#[component]
fn Frame(sheet: Sheet, labelled: String) -> impl IntoView {
    let typist = Typist::new(sheet);
    let pointer = Pointer::new(sheet);
    Effect::new(move || {
        if sheet.scroller.get().is_some() {
            request_animation_frame(move || sheet.window.measure());
        }
    });
    let resized = window_event_listener(ev::resize, move |_| sheet.window.measure());
    on_cleanup(move || resized.remove());
    view! {
        <div
            node_ref=sheet.scroller
            class="grid"
            class=("grid--windowed", move || sheet.window.is_long.get())
            class=("grid--wrap", move || sheet.wraps.get())
            // A table without cells can still be wider than the page, and must be reached to be scrolled.
            tabindex=move || sheet.lines.with(|lines| lines.all.is_empty() || lines.rows == 0).then_some("0")
            data-unit=move || money_key(sheet.report.money.get())
            on:scroll=move |_| sheet.window.measure()
            on:keydown=move |event| keys::down(sheet, &event)
            on:input=move |event| typist.input(&event)
            on:compositionstart=move |_| typist.compose()
            on:compositionend=move |event| typist.composed(&event)
            on:focusin=move |event| typist.enter(&event)
            on:focusout=move |_| typist.leave()
            on:mousedown=move |event| pointer.down(&event)
            on:mousemove=move |event| pointer.over(&event)
            on:click=move |event| pointer.click(&event)
            on:dblclick=move |event| pointer.double(&event)
            on:copy=move |event| {
                actions::copy(sheet, &event);
            }
            on:cut=move |event| actions::cut(sheet, &event)
            on:paste=move |event| actions::paste(sheet, &event)
        >
            <Lines sheet=sheet drag=pointer.drag labelled=labelled />
        </div>
    }
}

#[component]
fn Tools(sheet: Sheet, empty: Memo<bool>) -> impl IntoView {
    let numeric =
        sheet.columns().iter().any(|col| matches!(col, grid::Col::Field(def, _) if def.kind.is_numeric()));
    let writable = sheet.report.writable;
    let as_record = move || sheet.shape.get() == Shape::Record;
    let searched = move || sheet.lines.with(|lines| lines.rows >= SEARCHED);
    view! {
        <div class="tools" hidden=move || empty.get()>
            <Show when=move || numeric && writable.get()>
                <button
                    type="button"
                    class="button button--quiet button--small"
                    title="没有发生的填“无”，和没有填的分开"
                    on:click=move |_| actions::fill_nil(sheet)
                >
                    "空白填“无”"
                </button>
            </Show>
            <button
                type="button"
                class="button button--quiet button--small"
                aria-pressed=move || as_record().to_string()
                on:click=move |_| {
                    sheet.leave();
                    sheet.shape.set(if as_record() { Shape::Grid } else { Shape::Record });
                }
            >
                "表单视图"
            </button>
            <Show when=searched>
                <button
                    type="button"
                    class="button button--quiet button--small"
                    title="Ctrl+F"
                    on:click=move |_| {
                        sheet.show_grid();
                        find::open(sheet);
                    }
                >
                    <Icon name="search" />
                    "查找"
                </button>
            </Show>
        </div>
    }
}

/// What stands in a table to which no row was added yet.
#[component]
fn Empty(sheet: Sheet) -> impl IntoView {
    let noun = sheet.noun();
    view! {
        <div class="empty" tabindex="-1" on:paste=move |event| actions::paste(sheet, &event)>
            <p class="empty__title">{format!("还没有{noun}")}</p>
            <Show when=move || sheet.report.writable.get()>
                <p>"从 Excel 或 WPS 表格复制一块，点进下面的表里按 Ctrl+V 粘贴；也可以一行一行添加。"</p>
                <p class="empty__actions">
                    <button type="button" class="button" on:click=move |_| actions::add(sheet, 0)>
                        <Icon name="plus" />
                        {format!("添加{noun}")}
                    </button>
                </p>
            </Show>
        </div>
    }
}

#[component]
fn Foot(sheet: Sheet, empty: Memo<bool>) -> impl IntoView {
    let columns = sheet.columns();
    let money = columns.iter().any(|col| matches!(col, grid::Col::Field(def, _) if def.kind == Kind::Amount));
    let words = move || {
        let rows = sheet.lines.with(|lines| lines.rows);
        let count = (sheet.is_free() && rows > 0).then(|| format!("共 {rows} 行"));
        let unit = money.then(|| format!("金额单位 {}", sheet.report.money.get().label()));
        [count, unit].into_iter().flatten().collect::<Vec<_>>().join("，")
    };
    let beside = sheet.table.sums.iter().flat_map(|sum| grid::beside(sum, &columns)).collect::<Vec<_>>();
    let beside = (!beside.is_empty()).then(|| {
        let fields = beside.into_iter().map(|(place, def)| {
            let id = format!("beside-{}-{}", sheet.table.id, def.key);
            view! { <Typed sheet=sheet place=place def=def id=id /> }
        });
        view! { <div class="fields">{fields.collect_view()}</div> }
    });
    let optional = move || {
        let document = sheet.report.document.get();
        let absent = block::absent_rows(sheet.table, &document);
        let add = absent
            .into_iter()
            .map(|row| Item::new(row.label, move || actions::open_row(sheet, row)))
            .collect::<Vec<_>>();
        let ids = sheet.lines.with_untracked(|lines| {
            let rows = lines.all.iter().filter_map(|line| match line {
                Line::Row(id) => Some(id.clone()),
                Line::Sum(_) | Line::Stated(_) => None,
            });
            rows.filter(|id| block::can_remove(sheet.table, id)).collect::<Vec<_>>()
        });
        let remove = ids.into_iter().map(|id| {
            let name = document.row_name(sheet.table.list, &id);
            Item::new(format!("去掉 {name}"), move || {
                sheet.active.set(Spot { line: Line::Row(id.clone()), column: 1 });
                sheet.extent.set(None);
                actions::remove(sheet);
            })
            .danger()
        });
        let remove = remove.collect::<Vec<_>>();
        let rule = (!add.is_empty() && !remove.is_empty()).then_some(Item::Rule);
        add.into_iter().chain(rule).chain(remove).collect::<Vec<_>>()
    };
    let has_optional = matches!(sheet.table.rows, RowsOf::Fixed(rows) if rows.iter().any(|row| row.optional));
    view! {
        <div class="grid-foot" tabindex="-1">
            <Show when=move || sheet.report.writable.get() && sheet.is_free() && !empty.get()>
                <button
                    type="button"
                    class="button button--link"
                    on:click=move |_| {
                        actions::add(sheet, 0);
                        if sheet.shape.get_untracked() == Shape::Record {
                            request_animation_frame(move || record::to_first_field(sheet));
                        }
                    }
                >
                    <Icon name="plus" />
                    {format!("添加{}", sheet.noun())}
                </button>
            </Show>
            <Show when=move || sheet.report.writable.get() && has_optional>
                <Menu label="添加行".to_owned() items=optional button="button button--link" />
            </Show>
            <span>{words}</span>
        </div>
        {beside}
    }
}

/// Commands on a row, at the place where its menu was opened.
#[component]
fn RowMenu(sheet: Sheet) -> impl IntoView {
    let close = Callback::new(move |()| {
        if sheet.menu.with_untracked(Option::is_some) {
            sheet.menu.set(None);
            sheet.refocus();
        }
    });
    move || {
        let (id, left, top) = sheet.menu.get()?;
        let many = sheet.selected_rows().len();
        let of =
            |words: &str| if many > 1 { format!("{words} {many} 行") } else { format!("{words}一行") };
        let items = vec![
            Item::new("在上方插入一行", move || {
                actions::insert(sheet, false);
            })
            .keys("Ctrl+Shift++"),
            Item::new("在下方插入一行", move || {
                actions::insert(sheet, true);
            }),
            Item::new(of("复制"), move || actions::duplicate(sheet)),
            Item::Rule,
            Item::new("上移", move || {
                actions::shift(sheet, false);
            })
            .keys("Alt+↑"),
            Item::new("下移", move || {
                actions::shift(sheet, true);
            })
            .keys("Alt+↓"),
            Item::Rule,
            Item::new(
                if many > 1 { format!("删除 {many} 行") } else { "删除这一行".to_owned() },
                move || {
                    actions::remove(sheet);
                },
            )
            .keys("Ctrl+-")
            .danger(),
        ];
        let row = sheet.lines.with_untracked(|lines| lines.row(&Line::Row(id)).unwrap_or(0));
        Some(view! { <MenuAt at=(left, top) label=format!("第 {} 行", row + 1) items=items close=close /> })
    }
}
