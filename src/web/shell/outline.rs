//! The outline: the report's headings with their printed numbers, and under them the pages of 填报.

use leptos::prelude::*;
use ziping::app::progress::{self, Optional, Standing};
use ziping::domain::checks::Severity;
use ziping::domain::document::Document;
use ziping::domain::facts::label::Target;
use ziping::domain::place::Place;
use ziping::domain::report;
use ziping::domain::template::Page;

use super::place::page_of;
use crate::web::parts::icon::Icon;
use crate::web::route::{Route, View};
use crate::web::state::report as open_report;

/// A line of the outline.
#[derive(Clone, PartialEq)]
enum Line {
    Heading { number: String, words: String },
    Page { id: String, title: String, mark: Mark },
}

#[derive(Clone, PartialEq)]
enum Mark {
    Findings(Severity, usize),
    Standing(Standing),
}

/// The left-hand column. `close` folds it away.
#[component]
pub fn Outline(
    /// Present address.
    route: RwSignal<Route>,
    /// Folds the column away.
    close: Callback<()>,
    /// A page was chosen, be it the one that is shown already: a drawer has done its work.
    chosen: Callback<()>,
) -> impl IntoView {
    let report = open_report();
    let lines = Memo::new(move |_| {
        let document = report.document.get();
        let findings = report.findings.get();
        let prose = report.prose.get();
        let mark = |page: &Page| {
            let here = findings.review.findings.iter().filter(|finding| {
                finding.severity != Severity::Hint
                    && finding.is_open()
                    && finding
                        .places
                        .first()
                        .and_then(|(target, _)| page_of(&document, target))
                        .is_some_and(|found| found.id == page.id)
            });
            let in_text = prose.findings.iter().filter(|finding| {
                finding.found.severity != Severity::Hint
                    && finding.found.is_open()
                    && finding
                        .spots
                        .first()
                        .map(|spot| Target::Place(Place::field("narratives", spot.key)))
                        .and_then(|target| page_of(&document, &target))
                        .is_some_and(|found| found.id == page.id)
            });
            let severities = here.map(|finding| finding.severity);
            let (mut worst, mut count) = (Severity::Hint, 0);
            for severity in severities.chain(in_text.map(|finding| finding.found.severity)) {
                worst = worst.min(severity);
                count += 1;
            }
            match count {
                0 => Mark::Standing(progress::standing(&document, page).0),
                _ => Mark::Findings(worst, count),
            }
        };
        lines(&document, &mark)
    });
    let doc_id = Memo::new(move |_| report.document.with(|document| document.doc_id.clone()));
    let link = move |view: View| {
        let view_now = view.clone();
        let href = move || Route::Report { doc_id: doc_id.get(), view: view.clone() }.to_string();
        let current = move || {
            route
                .with(|route| matches!(route, Route::Report { view, .. } if *view == view_now))
                .then_some("page")
        };
        (href, current)
    };
    view! {
        <nav class="outline" id="outline" aria-label="报告目录">
            <div class="outline__head">
                <h2 class="outline__title">"填报"</h2>
                <button
                    type="button"
                    class="button button--quiet button--icon"
                    aria-label="收起目录"
                    on:click=move |_| close.run(())
                >
                    <Icon name="left" />
                </button>
            </div>
            <ol class="outline__list">
                {move || {
                    lines
                        .get()
                        .into_iter()
                        .map(|line| match line {
                            Line::Heading { number, words } => {
                                view! {
                                    <li data-line="heading">
                                        <div class="outline__part">
                                            {(!number.is_empty())
                                                .then(|| view! { <span class="outline__no">{number}</span> })}
                                            <span class="outline__name">{words}</span>
                                        </div>
                                    </li>
                                }
                                    .into_any()
                            }
                            Line::Page { id, title, mark } => {
                                let (href, current) = link(View::Page(id));
                                view! {
                                    <li data-line="page">
                                        <a class="outline__link" href=href aria-current=current on:click=move |_| chosen.run(())>
                                            <span class="outline__name">{title}</span>
                                            {mark_view(mark)}
                                        </a>
                                    </li>
                                }
                                    .into_any()
                            }
                        })
                        .collect_view()
                }}
            </ol>
            <hr class="outline__rule" />
            <ul class="outline__list">
                {[(View::Score, "自评表"), (View::Findings, "校验"), (View::Preview, "预览与导出")]
                    .into_iter()
                    .map(|(view, title)| {
                        let (href, current) = link(view);
                        view! {
                            <li>
                                <a class="outline__link" href=href aria-current=current on:click=move |_| chosen.run(())>
                                    <span class="outline__name">{title}</span>
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
                <li>
                    <a class="outline__link" href=Route::Check.to_string()>
                        <span class="outline__name">"数字体检"</span>
                    </a>
                </li>
            </ul>
        </nav>
    }
}

fn lines(document: &Document, mark: &dyn Fn(&Page) -> Mark) -> Vec<Line> {
    let mut lines = Vec::new();
    for (_, number, heading) in report::numbered_outline(document) {
        lines.push(Line::Heading {
            number: number.trim_end_matches(['、', '.']).to_owned(),
            words: heading.heading.clone(),
        });
        let pages = heading.pages.iter().filter_map(|id| document.template.page(id));
        lines.extend(pages.map(|page| Line::Page {
            id: page.id.clone(),
            title: page.title.clone(),
            mark: mark(page),
        }));
    }
    lines
}

fn mark_view(mark: Mark) -> impl IntoView {
    let (state, sign, words) = match mark {
        Mark::Findings(severity, count) => {
            (severity.key(), format!("{count} 处"), format!("{count} 处{}", severity.label()))
        }
        Mark::Standing(standing) => match standing {
            Standing::Optional(Optional::Blank) => {
                ("none", "如有".to_owned(), "没有必填项，如有则填".to_owned())
            }
            Standing::Optional(Optional::Nil) => ("none", "无".to_owned(), "已填“无”".to_owned()),
            Standing::Optional(Optional::Filled) => ("done", "✓".to_owned(), "没有必填项，已填".to_owned()),
            Standing::Done => ("done", "✓".to_owned(), "必填项已填完".to_owned()),
            Standing::Part { filled, required } => (
                if filled == 0 { "none" } else { "part" },
                format!("{filled}/{required}"),
                format!("必填 {required} 项，已填 {filled} 项"),
            ),
            Standing::Begun(count) => {
                ("part", format!("差 {count}"), format!("有 {count} 格还没填，同一栏的其他行已经填了"))
            }
        },
    };
    view! {
        <span class="outline__mark" data-mark=state>
            <span aria-hidden="true">{sign}</span>
            <span class="visually-hidden">{words}</span>
        </span>
    }
}
