//! Placeholder while the grid is being brought in.
use leptos::prelude::*;
use ziping::domain::tables::TableDef;
/// The table.
#[component]
pub fn Grid(table: &'static TableDef) -> impl IntoView {
    view! { <p>{table.title}</p> }
}
