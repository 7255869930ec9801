//! 数字体检: a report's text with its figures marked, and what they say about each other.
//!
//! Works without any draft. What is found comes from `domain::lint`; this only shows it and leads from a figure to its
//! finding and back.

use std::ops::Range;
use std::sync::Arc;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use ziping::app::docx;
use ziping::domain::checks::Severity;
use ziping::domain::lint::{self, Claim, Report};

use crate::web::adapters::files;
use crate::web::notice::{NoticeList, Notices};
use crate::web::parts::icon::Icon;
use crate::web::{about, paper, print};

/// A text with what was found in it.
#[derive(Clone, PartialEq)]
struct Checked {
    text: Arc<Vec<char>>,
    report: Arc<Report>,
}

impl Checked {
    fn of(text: &str) -> Self {
        let text = text.replace("\r\n", "\n");
        Checked { report: Arc::new(lint::lint(&text)), text: Arc::new(text.chars().collect()) }
    }
}

/// The screen.
#[component]
pub fn Check() -> impl IntoView {
    document().set_title("数字体检 — 自评通");
    let notices = expect_context::<Notices>();
    let checked = RwSignal::new(None::<Checked>);
    let chosen = RwSignal::new(None::<usize>);
    let open = move |file: web_sys::File| {
        let name = file.name();
        if file.size() > docx::MAX_BYTES as f64 {
            notices.add("error", format!("没有打开“{name}”。"), vec![docx::DocxError::TooLarge.to_string()]);
            return;
        }
        files::read(&file, move |bytes| {
            let Some(bytes) = bytes else {
                notices.add("error", format!("没有打开“{name}”：浏览器读不到这个文件。"), Vec::new());
                return;
            };
            match text_of(&name, &bytes) {
                Ok(text) => {
                    chosen.set(None);
                    checked.set(Some(Checked::of(&text)));
                }
                Err(error) => {
                    notices.add("error", format!("没有打开“{name}”。"), vec![error.to_string()]);
                }
            }
        });
    };
    view! {
        <div class="shell">
            <header class="shell__bar bar">
                <a class="bar__mark" href="#/">
                    "自评通"
                </a>
                <span class="bar__report-name">"数字体检"</span>
                <span class="bar__space"></span>
                <button type="button" class="button button--quiet" on:click=move |_| about::open()>
                    "帮助"
                </button>
            </header>
            <div class="shell__notices">
                <NoticeList />
            </div>
            <main
                class="main"
                id="main"
                on:dragover=move |event: ev::DragEvent| event.prevent_default()
                on:drop=move |event: ev::DragEvent| {
                    event.prevent_default();
                    let file =
                        event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0));
                    if let Some(file) = file {
                        open(file);
                    }
                }
            >
                {move || match checked.get() {
                    None => {
                        view! { <Paste checked=checked open=Callback::new(open) /> }.into_any()
                    }
                    Some(found) => {
                        view! { <Found found=found checked=checked chosen=chosen /> }.into_any()
                    }
                }}
            </main>
        </div>
    }
}

/// The text of a file: Word by its container, anything else as text.
fn text_of(name: &str, bytes: &[u8]) -> Result<String, docx::DocxError> {
    let lower = name.to_lowercase();
    if lower.ends_with(".docx") || bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return docx::text(bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.trim_start_matches('\u{feff}').to_owned()),
        // Text files of Chinese Windows are GBK.
        Err(_) => files::decode_gbk(bytes).ok_or(docx::DocxError::Damaged),
    }
}

#[component]
fn Paste(checked: RwSignal<Option<Checked>>, open: Callback<web_sys::File>) -> impl IntoView {
    let area = NodeRef::<html::Textarea>::new();
    let empty = RwSignal::new(true);
    let run = move || {
        let text = area.get_untracked().map(|area| area.value()).unwrap_or_default();
        if !text.trim().is_empty() {
            checked.set(Some(Checked::of(&text)));
        }
    };
    view! {
        <div class="page">
            <header class="page__head">
                <h1 class="page__title">"数字体检"</h1>
                <p class="page__lede">
                    "粘贴一份报告的文字，看哪些数字不可能同时成立：合计、占比、完成率、增长率、前后两处。内容只在这台电脑上处理。"
                </p>
            </header>
            <label class="field__label" for="check-text">
                "报告文字"
            </label>
            <textarea
                node_ref=area
                class="input check__input"
                id="check-text"
                placeholder="从 Word、WPS 或网页复制全文，粘贴到这里。表格也可以一起粘贴。"
                on:input=move |event| empty.set(event_target_value(&event).trim().is_empty())
            ></textarea>
            <div class="buttons check__actions">
                <button
                    type="button"
                    class="button button--primary"
                    aria-disabled=move || empty.get().to_string()
                    on:click=move |_| run()
                >
                    "开始体检"
                </button>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| files::choose(".docx,.txt,text/plain", move |file| open.run(file))
                >
                    "打开 Word（.docx）或文本文件"
                </button>
            </div>
        </div>
    }
}

/// A run of characters that belongs to no claim, or to the weightiest of those that name it.
#[derive(Clone, PartialEq)]
struct Piece {
    range: Range<usize>,
    claim: Option<usize>,
}

/// Cuts the text at the borders of all places; one pass over the sorted borders.
fn pieces(length: usize, claims: &[Claim]) -> Vec<Piece> {
    let mut owner: Vec<Option<usize>> = vec![None; length];
    // The least weighty first, so that the weightiest has the last word.
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|at| {
        std::cmp::Reverse(claims.get(*at).map_or(9, |claim| match claim.severity {
            Some(severity) if claim.fails() => severity as usize,
            Some(_) => 3,
            None => 4,
        }))
    });
    for at in order {
        let Some(claim) = claims.get(at) else { continue };
        for place in &claim.places {
            for slot in owner.iter_mut().take(place.range.end).skip(place.range.start) {
                *slot = Some(at);
            }
        }
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, claim) in owner.into_iter().enumerate() {
        match pieces.last_mut() {
            Some(last) if last.claim == claim => last.range.end = at + 1,
            _ => pieces.push(Piece { range: at..at + 1, claim }),
        }
    }
    pieces
}

/// How a claim is marked: a severity, or that it holds.
fn mark(claim: &Claim) -> &'static str {
    claim.severity.map_or("holds", Severity::key)
}

#[component]
fn Found(
    found: Checked,
    checked: RwSignal<Option<Checked>>,
    chosen: RwSignal<Option<usize>>,
) -> impl IntoView {
    let claims = found.report.claims.clone();
    let (holds, hints, fails) = counts(&claims);
    let total = claims.len();
    let all = RwSignal::new(false);
    let text = found.text.clone();
    let marked = pieces(text.len(), &claims)
        .into_iter()
        .map(|piece| {
            let words: String = text.get(piece.range).unwrap_or_default().iter().collect();
            match piece.claim.and_then(|at| Some((at, claims.get(at)?))) {
                None => words.into_any(),
                Some((at, claim)) => {
                    let label = format!("{words}：{}", claim.message);
                    view! {
                        <mark
                            class="lint-mark"
                            data-mark=mark(claim)
                            data-claim=at.to_string()
                            aria-current=move || (chosen.get() == Some(at)).then_some("true")
                            role="button"
                            tabindex="0"
                            aria-label=label
                            on:click=move |_| choose(chosen, all, at, true)
                            on:keydown=move |event: ev::KeyboardEvent| {
                                if matches!(event.key().as_str(), "Enter" | " ") {
                                    event.prevent_default();
                                    choose(chosen, all, at, true);
                                }
                            }
                        >
                            {words}
                        </mark>
                    }
                    .into_any()
                }
            }
        })
        .collect_view();
    let listed = {
        let claims = claims.clone();
        move || {
            claims
                .iter()
                .enumerate()
                .filter(|(_, claim)| all.get() || claim.severity.is_some())
                .map(|(at, claim)| view! { <ClaimCard claim=claim.clone() at=at chosen=chosen all=all /> })
                .collect_view()
        }
    };
    let copied = RwSignal::new("复制结果");
    let lines: Arc<Vec<String>> = Arc::new(
        claims
            .iter()
            .filter(|claim| claim.severity.is_some())
            .map(|claim| format!("{}：{}", claim.severity.map_or("", Severity::label), claim.message))
            .collect(),
    );
    let copy = {
        let lines = lines.clone();
        move |_| {
            paper::copy_text(&lines.join("\n"), move |done| {
                copied.set(if done { "已复制" } else { "浏览器不允许复制，请打印" });
            });
        }
    };
    let print = move |_| {
        let mut all = vec![format!("核对 {total} 处：一致 {holds}，提示 {hints}，矛盾 {fails}。")];
        all.extend(lines.iter().cloned());
        print::print_lines("数字体检结果", &all);
    };
    view! {
        <div class="check">
            <div class="check__head">
                <h1 class="page__title">"数字体检"</h1>
                <p class="page__lede">
                    {format!("核对 {total} 处：一致 {holds}，提示 {hints}，矛盾 {fails}")}
                </p>
                <div class="buttons">
                    <button
                        type="button"
                        class="button button--small"
                        aria-pressed=move || all.get().to_string()
                        on:click=move |_| all.update(|all| *all = !*all)
                    >
                        "也列出一致的"
                    </button>
                    <button type="button" class="button button--small" on:click=copy>
                        {move || copied.get()}
                    </button>
                    <button type="button" class="button button--small" on:click=print>
                        "打印结果"
                    </button>
                    <button
                        type="button"
                        class="button button--small"
                        on:click=move |_| {
                            chosen.set(None);
                            checked.set(None);
                        }
                    >
                        "换一份文字"
                    </button>
                </div>
            </div>
            <div class="check__text" tabindex="0" role="region" aria-label="报告文字">
                {marked}
            </div>
            <div class="check__list" tabindex="0" role="region" aria-label="核对结果">
                <Show when=move || total == 0>
                    <div class="empty">
                        <p class="empty__title">"没有读到可以互相核对的数字"</p>
                        <p>"只有写明了合计、其中、占比、完成率、增长率等关系的数字才能核对。没有核对的不等于没有问题。"</p>
                    </div>
                </Show>
                <h2 class="visually-hidden">"核对结果"</h2>
                <div class="findings">{listed}</div>
            </div>
        </div>
    }
}

fn counts(claims: &[Claim]) -> (usize, usize, usize) {
    let fails = claims.iter().filter(|claim| claim.fails()).count();
    let hints = claims.iter().filter(|claim| !claim.fails() && claim.severity.is_some()).count();
    (claims.len() - fails - hints, hints, fails)
}

/// Chooses a claim and brings its other side into view: the card for a mark, the mark for a card.
fn choose(chosen: RwSignal<Option<usize>>, all: RwSignal<bool>, at: usize, card: bool) {
    chosen.set(Some(at));
    let selector = if card { format!("#claim-{at}") } else { format!("mark[data-claim='{at}']") };
    let show = move || {
        document().query_selector(&selector).ok().flatten().map(|element| {
            element.scroll_into_view();
            use wasm_bindgen::JsCast;
            element.dyn_into::<web_sys::HtmlElement>().map(|element| element.focus())
        })
    };
    if show().is_none() {
        // A claim that holds is only listed when all are.
        all.set(true);
        request_animation_frame(move || {
            show();
        });
    }
}

#[component]
fn ClaimCard(claim: Claim, at: usize, chosen: RwSignal<Option<usize>>, all: RwSignal<bool>) -> impl IntoView {
    let (icon, word) = match claim.severity {
        Some(severity @ Severity::Error) => ("error", severity.label()),
        Some(severity @ Severity::Warning) => ("warning", severity.label()),
        Some(severity) => ("hint", severity.label()),
        None => ("check", "一致"),
    };
    view! {
        <article
            class="finding"
            id=format!("claim-{at}")
            tabindex="-1"
            data-severity=mark(&claim)
            aria-current=move || (chosen.get() == Some(at)).then_some("true")
        >
            <div class="finding__head">
                <span class="finding__word">
                    <Icon name=icon />
                    {word}
                </span>
                <h3 class="finding__text">{claim.message.clone()}</h3>
            </div>
            <p class="finding__todo">
                {claim.relation.label()}
                {(claim.fails() && !claim.difference.is_empty()).then(|| format!("，相差 {}", claim.difference))}
            </p>
            {(!claim.closes.is_empty())
                .then(|| {
                    view! {
                        <ul class="list">
                            {claim.closes.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view()}
                        </ul>
                    }
                })}
            <div class="finding__actions">
                <button
                    type="button"
                    class="button button--link"
                    on:click=move |_| choose(chosen, all, at, false)
                >
                    "看原文"
                </button>
            </div>
        </article>
    }
}
