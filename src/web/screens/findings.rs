//! 校验: the verdict, all findings with what is said of them, what is missing, and how much was checked.

mod coverage;
mod missing;
mod past;

use leptos::prelude::*;
use ziping::app::review::ProseFinding;
use ziping::app::{progress, refs};
use ziping::domain::checks::{self, Finding, Review, Severity, Standing};
use ziping::domain::document::Document;
use ziping::domain::facts::label::Target;

use crate::web::check::prose::{InFindings, ProseCard};
use crate::web::shell::place::page_of;
use crate::web::shell::{FindingCard, InList, card_id};
use crate::web::state::{Chosen, report};

/// Findings of a weight that are shown at once, and by which more are shown.
const SHOWN: usize = 100;

/// The list of findings.
#[component]
pub fn Findings() -> impl IntoView {
    let report = report();
    provide_context(InList);
    let review = Memo::new(move |_| report.review());
    return_to_card();
    // The prose is reviewed again after every pause; what it found is mostly the same.
    let prose = Memo::new(move |_| report.prose.with(|prose| prose.findings.clone()));
    // A long list is shown in parts: a report may have a finding in every row.
    let most = RwSignal::new(SHOWN);
    let group = move |severity: Severity| {
        let chosen = report.chosen.get();
        let (found, told) = report.document.with_untracked(|document| {
            let of =
                |finding: &Finding| finding.severity == severity && is_chosen(&chosen, finding, document);
            let mut found: Vec<Finding> =
                review.with(|review| review.findings.iter().filter(|one| of(one)).cloned().collect());
            // Within a weight by section; the checks themselves name causes before what follows from them.
            found.sort_by_cached_key(|finding| section_of(document, finding));
            let told: Vec<ProseFinding> =
                prose.with(|prose| prose.iter().filter(|one| of(&one.found)).cloned().collect());
            (found, told)
        });
        let all = || found.iter().chain(told.iter().map(|one| &one.found));
        let words = group_words(severity, all());
        let count = all().count();
        let more = count.saturating_sub(most.get());
        let told = told.into_iter().take(most.get().saturating_sub(found.len()));
        (count > 0).then(|| {
            view! {
                <section>
                    <h2 class="findings__group">{words}</h2>
                    <div class="findings">
                        {found
                            .into_iter()
                            .take(most.get())
                            .map(|finding| view! { <FindingCard finding=finding /> })
                            .collect_view()}
                        {told
                            .map(|finding| view! { <ProseCard finding=finding titled=true /> })
                            .collect_view()}
                    </div>
                    {(more > 0)
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="button findings__more"
                                    on:click=move |_| most.update(|most| *most = most.saturating_add(SHOWN))
                                >
                                    {format!("另有 {more} 处，继续显示")}
                                </button>
                            }
                        })}
                </section>
            }
        })
    };
    let any = move |wanted: &dyn Fn(&Finding) -> bool| {
        review.with(|review| review.findings.iter().any(wanted))
            || prose.with(|prose| prose.iter().any(|one| wanted(&one.found)))
    };
    let some = Memo::new(move |_| any(&|_| true));
    let nothing = Memo::new(move |_| {
        let chosen = report.chosen.get();
        some.get() && report.document.with(|document| !any(&|finding| is_chosen(&chosen, finding, document)))
    });
    let whole = Memo::new(move |_| report.chosen.with(|chosen| *chosen == Chosen::default()));
    let verdict = Memo::new(move |_| {
        let in_text = report.prose.with(|prose| prose.open(Severity::Error));
        (review.with(|review| review.standing(in_text)), in_text)
    });
    view! {
        <div class="page">
            <header class="page__head">
                <h1 class="page__title">"校验"</h1>
                <p class="findings__verdict">{move || { let (standing, in_text) = verdict.get(); standing_words(standing, in_text, report.missing) }}</p>
                <p class="page__lede">{move || {
                    let answered = review.with(|review| {
                        prose.with(|prose| {
                            checks::answered(review.findings.iter().chain(prose.iter().map(|one| &one.found)))
                        })
                    });
                    review.with(|review| counted_words(review, answered))
                }}</p>
                <InFindings />
                <Show when=move || report.missing.get() != 0>
                    <p class="page__filled">
                        {move || format!("必填还有 {} 项没填。", report.missing.get())}
                        <button
                            type="button"
                            class="button button--link"
                            on:click=move |_| {
                                let gap = report.document.with_untracked(|document| progress::document(document).first_gap);
                                report.jump.set(gap.map(Target::Place));
                            }
                        >
                            "去第一处没填的"
                        </button>
                    </p>
                </Show>
                <p class="page__filled">
                    {move || {
                        let count = report.document.with(|document| refs::total(document)).words();
                        if count.is_empty() { count } else { format!("正文中的数字：{count}。") }
                    }}
                </p>
            </header>
            <Show when=move || some.get()>
                <Filter />
            </Show>
            <Show when=move || nothing.get()>
                <p class="empty">"按这样筛选，没有要看的。"</p>
            </Show>
            {move || group(Severity::Error)}
            <Show when=move || whole.get()>
                {move || review.with(missing::list)}
            </Show>
            {move || group(Severity::Warning)}
            {move || group(Severity::Hint)}
            <Show when=move || whole.get()>
                {move || prose.with(|prose| past::list(&review.get(), prose))}
                {move || coverage::list(&review.get())}
            </Show>
        </div>
    }
}

fn is_chosen(chosen: &Chosen, finding: &Finding, document: &Document) -> bool {
    let on_page = |page: &String| {
        finding
            .places
            .iter()
            .any(|(target, _)| page_of(document, target).is_some_and(|found| found.id == *page))
    };
    chosen.severity.is_none_or(|severity| finding.severity == severity)
        && chosen.open.is_none_or(|open| finding.is_open() == open)
        && chosen.page.as_ref().is_none_or(on_page)
}

/// Position of the page of a finding's first place.
fn section_of(document: &Document, finding: &Finding) -> usize {
    let page = finding.places.first().and_then(|(target, _)| page_of(document, target));
    let pages = &document.template.pages;
    page.and_then(|page| pages.iter().position(|known| known.id == page.id)).unwrap_or(pages.len())
}

fn group_words<'a>(severity: Severity, found: impl Iterator<Item = &'a Finding>) -> String {
    let (open, settled): (Vec<_>, Vec<_>) = found.partition(|finding| finding.is_open());
    let open = open.len();
    match settled.len() {
        0 => format!("{} {open} 处", severity.label()),
        settled => format!("{} {open} 处，另有 {settled} 处已说明", severity.label()),
    }
}

fn standing_words(standing: Standing, in_text: usize, missing: Memo<usize>) -> String {
    match standing {
        Standing::Errors(count) if in_text > 0 => {
            format!("还有 {count} 处错误：表格 {} 处，正文 {in_text} 处。", count.saturating_sub(in_text))
        }
        Standing::Ready if missing.get() != 0 => {
            format!("没有发现错误，还有 {} 项必填没有填。", missing.get())
        }
        Standing::Ready => "可以上报：核对过的都一致，没有缺的数据。".to_owned(),
        Standing::Unchecked(count) => format!("没有发现错误，还有 {count} 处未核对。"),
        Standing::Errors(count) => format!("还有 {count} 处错误。"),
    }
}

fn counted_words(review: &Review, answered: (usize, usize)) -> String {
    let coverage = review.coverage;
    let answered = match answered {
        (0, _) => String::new(),
        (said, 0) => format!("{said} 项已说明。"),
        (said, changed) => format!("{said} 项已说明，其中 {changed} 项数值已变。"),
    };
    format!(
        "核对 {} 处：一致 {}，不一致 {}。缺数据未核对 {} 处，不适用 {} 处。{answered}",
        coverage.checked(),
        coverage.holds,
        coverage.fails,
        coverage.unchecked(),
        coverage.not_applicable
    )
}

/// Which findings are shown: by weight, section and state.
#[component]
fn Filter() -> impl IntoView {
    let report = report();
    let pages = report.document.with_untracked(|document| {
        document.template.pages.iter().map(|page| (page.id.clone(), page.title.clone())).collect::<Vec<_>>()
    });
    let severities = [Severity::Error, Severity::Warning, Severity::Hint]
        .map(|severity| (severity.key().to_owned(), severity.label().to_owned()));
    let states = [("open".to_owned(), "待处理".to_owned()), ("said".to_owned(), "已处理".to_owned())];
    view! {
        <div class="findings__filter" role="group" aria-label="筛选">
            <Select
                label="级别"
                options=severities.into()
                chosen=Signal::derive(move || {
                    report.chosen.with(|chosen| chosen.severity.map_or("", Severity::key).to_owned())
                })
                choose=Callback::new(move |key: String| {
                    let of = [Severity::Error, Severity::Warning, Severity::Hint];
                    report.chosen.update(|chosen| chosen.severity = of.into_iter().find(|s| s.key() == key));
                })
            />
            <Select
                label="章节"
                options=pages
                chosen=Signal::derive(move || report.chosen.with(|chosen| chosen.page.clone().unwrap_or_default()))
                choose=Callback::new(move |key: String| {
                    report.chosen.update(|chosen| chosen.page = (!key.is_empty()).then_some(key));
                })
            />
            <Select
                label="状态"
                options=states.into()
                chosen=Signal::derive(move || {
                    let key = report.chosen.with(|chosen| match chosen.open {
                        None => "",
                        Some(true) => "open",
                        Some(false) => "said",
                    });
                    key.to_owned()
                })
                choose=Callback::new(move |key: String| {
                    report.chosen.update(|chosen| chosen.open = (!key.is_empty()).then(|| key == "open"));
                })
            />
        </div>
    }
}

#[component]
fn Select(
    label: &'static str,
    options: Vec<(String, String)>,
    #[prop(into)] chosen: Signal<String>,
    choose: Callback<String>,
) -> impl IntoView {
    view! {
        <label class="findings__choice">
            <span>{label}</span>
            <select
                class="input"
                prop:value=move || chosen.get()
                on:change=move |event| choose.run(event_target_value(&event))
            >
                <option value="">"全部"</option>
                {options
                    .into_iter()
                    .map(|(key, words)| {
                        let value = key.clone();
                        view! {
                            <option value=value selected=move || chosen.with(|chosen| *chosen == key)>
                                {words}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </label>
    }
}

/// Whoever comes back finds the finding that led away.
fn return_to_card() {
    let report = report();
    let Some(key) = report.back.get_untracked() else { return };
    report.back.set(None);
    request_animation_frame(move || {
        if let Some(card) = document().get_element_by_id(&card_id(&key)) {
            card.scroll_into_view();
            let card: web_sys::HtmlElement = wasm_bindgen::JsCast::unchecked_into(card);
            card.focus().ok();
        }
    });
}
