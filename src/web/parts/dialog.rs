//! A modal dialog over the page. Only where something is chosen or could be lost.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::icon::Icon;

/// A dialog with its head; `open` shows and hides it, and follows Esc and the close button.
#[component]
pub fn Dialog(
    /// Shows and hides the dialog.
    open: RwSignal<bool>,
    /// Words in its head.
    #[prop(into)]
    title: Signal<String>,
    /// Wide, for tables.
    #[prop(optional)]
    wide: bool,
    /// Body and foot; mounted while the dialog is open.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if open.get() && !dialog.open() {
            dialog.show_modal().ok();
            request_animation_frame(move || to_first_field(&dialog));
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    view! {
        <dialog
            node_ref=node
            class="dialog"
            class=("dialog--wide", wide)
            aria-label=move || title.get()
            on:close=move |_| open.set(false)
        >
            <div class="dialog__head">
                <h2 class="dialog__title">{move || title.get()}</h2>
                <button
                    type="button"
                    class="button button--quiet button--icon"
                    aria-label="关闭"
                    on:click=move |_| open.set(false)
                >
                    <Icon name="close" />
                </button>
            </div>
            {move || open.get().then(|| children())}
        </dialog>
    }
}

/// A dialog that asks begins at its first question, not at the button that closes it.
fn to_first_field(dialog: &web_sys::HtmlDialogElement) {
    let inside = |what: &str| dialog.query_selector(what).ok().flatten();
    let body = ".dialog__body :is(input, select, textarea)";
    if inside(".dialog__body :focus").is_none()
        && let Some(field) = inside(body).and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok())
    {
        field.focus().ok();
    }
}
