//! 预览与导出: the report in true width and type, and the ways out of the program.

use leptos::html;
use leptos::prelude::*;

use crate::web::parts::icon::Icon;
use crate::web::state::report;
use crate::web::{paper, print, transfer};

/// The preview with its commands.
#[component]
pub fn Preview() -> impl IntoView {
    let report = report();
    let sheet = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let Some(container) = sheet.get() else { return };
        let document = report.document.get();
        let assessment = report.assessment.get();
        paper::fill(&container, &document, &assessment, "v-");
    });
    view! {
        <div class="preview">
            <div class="preview__bar">
                <h1 class="preview__title">"预览与导出"</h1>
                <button type="button" class="button" on:click=move |_| transfer::export_json(report)>
                    "导出数据文件"
                </button>
                <button type="button" class="button" on:click=move |_| transfer::export_html(report)>
                    "导出网页报告"
                </button>
                <button
                    type="button"
                    class="button button--primary"
                    on:click=move |_| print::print(report, print::Job::Whole)
                >
                    "打印"
                </button>
            </div>
            <Show when=|| !print::mixes_orientations()>
                <div class="preview__notices">
                    <div class="banner banner--inset" data-kind="warning" role="status">
                        <Icon name="warning" />
                        <p class="banner__text">
                            <strong class="banner__title">"这个浏览器要分两次打印。"</strong>
                            "正文竖排一次，附表横排一次，合起来就是整份报告；一次打印时附表也竖排，不会缺行。页码由浏览器的“页眉和页脚”印出。"
                        </p>
                        <button
                            type="button"
                            class="button button--small"
                            on:click=move |_| print::print(report, print::Job::Body)
                        >
                            "打印正文"
                        </button>
                        <button
                            type="button"
                            class="button button--small"
                            on:click=move |_| print::print(report, print::Job::Annex)
                        >
                            "打印附表"
                        </button>
                    </div>
                </div>
            </Show>
            // Links inside the paper lead to the annex; the router leaves their addresses alone.
            <div class="preview__ground" tabindex="0" role="region" aria-label="报告预览" on:click=follow_link>
                <div node_ref=sheet class="report"></div>
            </div>
        </div>
    }
}

/// Follows a link within the paper by scrolling, so that the address of the page stays.
fn follow_link(event: leptos::ev::MouseEvent) {
    use wasm_bindgen::JsCast;
    let Some(element) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
        return;
    };
    let Ok(Some(link)) = element.closest("a[href^='#']") else { return };
    let Some(id) = link.get_attribute("href").and_then(|href| href.strip_prefix('#').map(str::to_owned))
    else {
        return;
    };
    event.prevent_default();
    if let Some(end) = document().get_element_by_id(&id) {
        end.scroll_into_view();
        end.dyn_ref::<web_sys::HtmlElement>().map(|end| end.focus());
    }
}
