//! Icons, drawn by the style sheet; words always stand beside them or in a label.

use leptos::prelude::*;

/// An icon by its name in `style/base.css`.
#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    view! { <span class=format!("icon icon--{name}") aria-hidden="true"></span> }
}
