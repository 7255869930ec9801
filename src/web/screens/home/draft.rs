//! One draft in the list of 首页: what it is, how far it is, and what can be done with it.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::web::drafts::{Keeper, Listed};
use crate::web::parts::menu::{Item, Menu};
use crate::web::parts::toast::Toast;
use crate::web::route::{self, Route, View};

/// A draft.
#[component]
pub fn Line(draft: Listed, toast: RwSignal<Option<Toast>>) -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    let name = draft.name();
    let meta = draft.meta();
    let href = address(&draft.doc_id);
    let opens = draft.trouble.is_none();
    let doc_id = StoredValue::new(draft.doc_id.clone());
    let said = StoredValue::new(name.clone());
    // The journal may be ahead of the draft, and it answers later.
    let delete = move || {
        spawn_local(async move {
            let Some(key) = keeper.delete(doc_id.get_value()).await else { return };
            let text = said.with_value(|name| format!("“{name}”已移到回收站。"));
            toast.set(Some(Toast::new(text).undo(move || {
                keeper.take_back(&key);
            })));
        });
    };
    let copy = move || {
        spawn_local(async move {
            if let Some(words) = keeper.copy(doc_id.get_value(), said.get_value()).await {
                toast.set(Some(Toast::new(words)));
            }
        });
    };
    let carry = move || {
        spawn_local(async move {
            if let Some(next) = keeper.carry(doc_id.get_value()).await {
                route::go(&Route::Report { doc_id: next, view: View::Page("basics".to_owned()) });
            }
        });
    };
    let more = move || {
        vec![
            Item::new("复制", copy),
            Item::new("结转到下一年度", carry),
            Item::Rule,
            Item::new("删除", delete).danger(),
        ]
    };
    let export = move |_| {
        spawn_local(async move {
            if let Some(words) = keeper.hand_out(doc_id.get_value()).await {
                toast.set(Some(Toast::new(words)));
            }
        });
    };
    view! {
        <li class="draft">
            <div>
                {if opens {
                    view! {
                        <a class="draft__name" href=href.clone()>
                            {name.clone()}
                        </a>
                    }
                        .into_any()
                } else {
                    view! { <span class="draft__name">{name.clone()}</span> }.into_any()
                }}
                <p class="draft__meta">{meta}</p>
            </div>
            {opens.then(|| progress(&draft))}
            <div class="draft__actions">
                {if opens {
                    view! {
                        <a class="button button--small" href=href aria-label=format!("打开 {name}")>
                            "打开"
                        </a>
                        <button
                            type="button"
                            class="button button--quiet button--small"
                            aria-label=format!("导出 {name}")
                            on:click=export
                        >
                            "导出"
                        </button>
                        <Menu
                            label="更多"
                            name=format!("更多：{name}")
                            items=more
                            end=true
                            button="button button--quiet button--small"
                        />
                    }
                        .into_any()
                } else {
                    view! {
                        <button
                            type="button"
                            class="button button--small"
                            on:click=move |_| doc_id.with_value(|doc_id| keeper.download_raw(doc_id))
                        >
                            "下载原始内容"
                        </button>
                        <button
                            type="button"
                            class="button button--quiet button--small"
                            aria-label=format!("删除 {name}")
                            on:click=move |_| delete()
                        >
                            "删除"
                        </button>
                    }
                        .into_any()
                }}
            </div>
        </li>
    }
}

fn progress(draft: &Listed) -> impl IntoView + use<> {
    let (filled, required) = (draft.filled, draft.required);
    let done = filled == required;
    let words =
        if done { format!("已填完 {filled}/{required}") } else { format!("已填 {filled}/{required}") };
    view! {
        <div class="draft__progress">
            <span>{words}</span>
            <progress
                class="meter"
                max=required.to_string()
                value=filled.to_string()
                aria-label=format!("{}：必填项已填", draft.name())
                data-level=done.then_some("done")
            ></progress>
        </div>
    }
}

fn address(doc_id: &str) -> String {
    Route::Report { doc_id: doc_id.to_owned(), view: View::Page("basics".to_owned()) }.to_string()
}
