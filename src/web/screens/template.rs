//! Choosing a template: for a new report, and for one that is open.

use leptos::prelude::*;
use ziping::app::drafts::versions::Why;
use ziping::app::retemplate;
use ziping::domain::template::Template;

use crate::web::drafts::Keeper;
use crate::web::parts::dialog::Dialog;
use crate::web::parts::icon::Icon;
use crate::web::state::report;

/// The built-in templates to choose from, by id.
#[component]
pub fn Templates(chosen: RwSignal<String>) -> impl IntoView {
    view! {
        <fieldset class="field">
            <legend class="field__label">"模板"</legend>
            <div class="choices choices--list">
                {Template::all_built_in()
                    .into_iter()
                    .map(|template| {
                        let id = StoredValue::new(template.id);
                        view! {
                            <label class="choice">
                                <input
                                    class="choice__input"
                                    type="radio"
                                    name="template"
                                    prop:checked=move || chosen.with(|now| id.with_value(|id| now == id))
                                    on:change=move |_| chosen.set(id.get_value())
                                />
                                <span>
                                    {template.name} <span class="choice__note">{template.source}</span>
                                </span>
                            </label>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
}

/// Which template the open report has, what has no place in it, and the way to another.
#[component]
pub fn TemplateLine() -> impl IntoView {
    let report = report();
    let keeper = expect_context::<Keeper>();
    let open = RwSignal::new(false);
    let chosen = RwSignal::new(String::new());
    let present = move || report.document.with(|document| document.template.clone());
    let hidden = Memo::new(move |_| {
        report.document.with(|document| retemplate::homeless(document, &document.template))
    });
    let show = move |_| {
        chosen.set(report.document.with_untracked(|document| document.template.id.clone()));
        open.set(true);
    };
    let loses = Memo::new(move |_| {
        let template = Template::built_in(&chosen.get())?;
        Some(report.document.with(|document| retemplate::homeless(document, &template)))
    });
    let same = move || chosen.with(|chosen| report.document.with(|document| *chosen == document.template.id));
    let change = move |_| {
        if same() {
            return;
        }
        if let Some(template) = Template::built_in(&chosen.get_untracked()) {
            let name = template.name.clone();
            let edit = report.document.with_untracked(|document| retemplate::edit(document, template));
            report.leave();
            keeper.keep_version(report, Why::Template, "");
            if report.edit(edit) {
                report.say(format!("已换成“{name}”模板，填的内容都在。"), true);
            }
        }
        open.set(false);
    };
    view! {
        <p class="page__lede">
            "模板：" {move || present().name.clone()}
            <Show when=move || report.writable.get()>
                " "
                <button type="button" class="button button--link" on:click=show>
                    "换模板"
                </button>
            </Show>
        </p>
        <Show when=move || !hidden.with(Vec::is_empty)>
            <div class="banner banner--inset" data-kind="info" role="status">
                <Icon name="hint" />
                <p class="banner__text">
                    <strong class="banner__title">"以下内容在本模板中没有位置，已保留："</strong>
                    {move || hidden.with(|all| all.join("、"))}
                    "。换回有这些内容的模板就能看到。"
                </p>
            </div>
        </Show>
        <Dialog open=open title="换模板">
            <div class="dialog__body">
                <p>
                    "模板决定报告有哪些章节、按什么顺序印。换模板不改动填好的内容，可以撤销。"
                </p>
                <Templates chosen=chosen />
                {move || {
                    loses
                        .get()
                        .filter(|all| !all.is_empty())
                        .map(|all| {
                            view! {
                                <p role="status">
                                    {format!("以下内容在新模板中没有位置，会保留：{}。", all.join("、"))}
                                </p>
                            }
                        })
                }}
            </div>
            <div class="dialog__foot">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    "取消"
                </button>
                <button
                    type="button"
                    class="button button--primary"
                    aria-disabled=move || same().to_string()
                    on:click=change
                >
                    "换模板"
                </button>
            </div>
        </Dialog>
    }
}
