//! Notices over the page: what happened, what was kept, what to do. They stay until they are closed.

use leptos::prelude::*;

use super::adapters::offline;
use super::drafts::Keeper;
use super::parts::icon::Icon;

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// `info`, `warning` or `error`.
    pub kind: &'static str,
    /// A short sentence.
    pub title: String,
    /// What else is to be said, a line each.
    pub lines: Vec<String>,
}

/// All notices, shared by every screen.
#[derive(Clone, Copy)]
pub struct Notices(RwSignal<Vec<Notice>>);

impl Notices {
    /// None yet.
    pub fn new() -> Self {
        Notices(RwSignal::new(Vec::new()))
    }
    /// Shows one more; the same one is not shown twice.
    pub fn add(&self, kind: &'static str, title: impl Into<String>, lines: Vec<String>) {
        let notice = Notice { kind, title: title.into(), lines };
        self.0.update(|all| {
            if !all.contains(&notice) {
                all.push(notice);
            }
        });
    }
}

/// Whether a newer version of the program waits to be used.
#[derive(Clone, Copy)]
pub struct NewVersion(pub RwSignal<bool>);

impl NewVersion {
    /// None yet.
    pub fn new() -> Self {
        NewVersion(RwSignal::new(false))
    }
}

/// The notices of the page.
#[component]
pub fn NoticeList() -> impl IntoView {
    let Notices(all) = expect_context::<Notices>();
    let NewVersion(update) = expect_context::<NewVersion>();
    let keeper = expect_context::<Keeper>();
    view! {
        <Show when=move || update.get()>
            <div class="banner" data-kind="info" role="status">
                <Icon name="hint" />
                <p class="banner__text">
                    <strong class="banner__title">"自评通有新版本，已经下载好。"</strong>
                    "换用时页面会重新载入，填写的内容先存好，不会丢。也可以以后再换。"
                </p>
                <button
                    type="button"
                    class="button button--small"
                    on:click=move |_| {
                        if keeper.settle() {
                            offline::use_waiting();
                        }
                    }
                >
                    "现在换用"
                </button>
                <button
                    type="button"
                    class="button button--quiet button--small"
                    on:click=move |_| update.set(false)
                >
                    "以后再说"
                </button>
            </div>
        </Show>
        {move || {
            all.get()
                .into_iter()
                .enumerate()
                .map(|(at, notice)| {
                    let icon = match notice.kind {
                        "error" => "error",
                        "warning" => "warning",
                        _ => "hint",
                    };
                    view! {
                        <div
                            class="banner"
                            data-kind=notice.kind
                            role=if notice.kind == "error" { "alert" } else { "status" }
                        >
                            <Icon name=icon />
                            <div class="banner__text">
                                <strong class="banner__title">{notice.title}</strong>
                                {notice
                                    .lines
                                    .into_iter()
                                    .map(|line| view! { <p class="banner__line">{line}</p> })
                                    .collect_view()}
                            </div>
                            <button
                                type="button"
                                class="button button--quiet button--icon"
                                aria-label="关闭这条消息"
                                on:click=move |_| {
                                    all.update(|all| {
                                        if at < all.len() {
                                            all.remove(at);
                                        }
                                    });
                                }
                            >
                                <Icon name="close" />
                            </button>
                        </div>
                    }
                })
                .collect_view()
        }}
    }
}
