//! Files of reports in and out of the page.

use leptos::ev;
use leptos::prelude::*;
use ziping::app::restore::{self, RestoreError, Restored};
use ziping::app::{export, ids};
use ziping::domain::document::{Document, Export};
use ziping::domain::edit::Edit;

use super::adapters::{clock, files};
use super::copy;
use super::drafts::Keeper;
use super::notice::Notices;
use super::parts::dialog::Dialog;
use super::route::{self, Route, View};
use super::state::Report;

/// A file that was read and is the same report as a draft of this browser: which of the two stays is asked.
#[derive(Clone, Copy)]
pub struct Arrived(RwSignal<Option<Restored>>);

impl Arrived {
    /// Nothing arrived yet.
    pub fn new() -> Self {
        Arrived(RwSignal::new(None))
    }
}

/// Kinds of files that 导入 takes.
const ACCEPT: &str = ".json,.html,.htm,application/json,text/html";

/// Lets the user choose a file and opens it. Called from event handlers, outside of any reactive owner, so what it
/// needs is kept for the whole page.
pub fn choose_file() {
    files::choose(ACCEPT, open_file);
}

/// What opening a file needs of the page.
#[derive(Clone, Copy)]
struct Page {
    keeper: Keeper,
    notices: Notices,
    arrived: Arrived,
}

thread_local! {
    static PAGE: std::cell::Cell<Option<Page>> = const { std::cell::Cell::new(None) };
}

/// Remembers the page's own services; once, at start.
pub fn init(keeper: Keeper, notices: Notices, arrived: Arrived) {
    PAGE.set(Some(Page { keeper, notices, arrived }));
    follow_drops();
}

/// Takes files that are dropped anywhere on the page, unless the place where they were dropped took them: the browser
/// would leave the page for the file.
fn follow_drops() {
    let drop_here = |event: &ev::DragEvent| {
        let files = event.data_transfer().filter(|data| data.types().includes(&"Files".into(), 0))?;
        (!event.default_prevented()).then(|| event.prevent_default())?;
        files.files().and_then(|files| files.get(0))
    };
    drop(window_event_listener(ev::dragover, move |event: ev::DragEvent| {
        drop_here(&event);
    }));
    drop(window_event_listener(ev::drop, move |event: ev::DragEvent| {
        if let Some(file) = drop_here(&event) {
            open_file(file);
        }
    }));
}

/// Opens a file that was chosen or dropped.
pub fn open_file(file: web_sys::File) {
    let Some(page) = PAGE.get() else { return };
    let name = file.name();
    if let Err(error) = restore::check_size(file.size() as u64) {
        return refuse(page, &name, &error);
    }
    files::read(&file, move |bytes| match bytes {
        None => page.notices.add(
            "error",
            format!("没有打开“{name}”：浏览器读不到这个文件。"),
            vec!["已打开的报告没有变化。请确认文件还在原处，再试一次。".to_owned()],
        ),
        Some(bytes) => open_bytes(page, &name, &bytes),
    });
}

fn open_bytes(page: Page, name: &str, bytes: &[u8]) {
    let restored =
        restore::read_text(bytes).and_then(|text| restore::restore(&text, &mut clock::BrowserRandom));
    match restored {
        Err(error) => refuse(page, name, &error),
        Ok(restored) => {
            if !restored.repairs.is_empty() {
                page.notices.add(
                    "warning",
                    format!("“{name}”已打开，有几处作了处理："),
                    restored.repairs.clone(),
                );
            }
            arrive(page, restored);
        }
    }
}

/// A report laid into the page itself (a copy that was handed on with its report). Its own draft goes on without a
/// question when the copy is opened again.
pub fn open_text(text: &str) {
    let Some(page) = PAGE.get() else { return };
    if let Ok(brought) = restore::restore(text, &mut clock::BrowserRandom)
        && page.keeper.has(&brought.document.doc_id)
        && let Ok((draft, _)) = page.keeper.load(&brought.document.doc_id)
        && draft.export.is_some()
        && draft.export == brought.document.export
    {
        let doc_id = draft.doc_id;
        return route::go(&Route::Report { doc_id, view: View::Page("basics".to_owned()) });
    }
    open_bytes(page, "本页所带的报告", text.as_bytes());
}

fn refuse(page: Page, name: &str, error: &RestoreError) {
    page.notices.add("error", format!("没有打开“{name}”。"), vec![error.to_string()]);
}

fn arrive(page: Page, restored: Restored) {
    if page.keeper.has(&restored.document.doc_id) {
        page.arrived.0.set(Some(restored));
    } else {
        open_new(page.keeper, restored.document);
    }
}

fn open_new(keeper: Keeper, document: Document) {
    let doc_id = document.doc_id.clone();
    keeper.create(document);
    route::go(&Route::Report { doc_id, view: View::Page("basics".to_owned()) });
}

/// Asks what to do with a file that is the same report as a draft here.
#[component]
pub fn ArrivedDialog() -> impl IntoView {
    let Arrived(arrived) = expect_context::<Arrived>();
    let keeper = expect_context::<Keeper>();
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if arrived.with(Option::is_some) {
            open.set(true);
        }
    });
    // Guarded, as each of the two signals would wake the other for ever.
    Effect::new(move |_| {
        if !open.get() && arrived.with_untracked(Option::is_some) {
            arrived.set(None);
        }
    });
    let as_copy = move |_| {
        if let Some(restored) = arrived.get_untracked() {
            let document = Document { doc_id: ids::new_id(&mut clock::BrowserRandom), ..restored.document };
            open.set(false);
            open_new(keeper, document);
        }
    };
    let instead = move |_| {
        if let Some(restored) = arrived.get_untracked() {
            let doc_id = restored.document.doc_id.clone();
            open.set(false);
            keeper.replace_when_open(Edit::Replace(Box::new(restored.document)));
            route::go(&Route::Report { doc_id, view: View::Page("basics".to_owned()) });
        }
    };
    view! {
        <Dialog open=open title="本机已有这份报告的草稿">
            <div class="dialog__body">
                <p>
                    "文件和本机的一份草稿是同一份报告。可以用文件的内容替换草稿（替换后能用“撤销”换回来），也可以另存为一份副本，两份都留着。"
                </p>
            </div>
            <div class="dialog__foot">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    "取消"
                </button>
                <button type="button" class="button" on:click=instead>
                    "替换草稿"
                </button>
                <button type="button" class="button button--primary" on:click=as_copy>
                    "另存为副本"
                </button>
            </div>
        </Dialog>
    }
}

/// Hands the report out as a data file.
pub fn export_json(report: Report) {
    let document = report.document.get_untracked();
    let text = export::json(&document, handing_out(report));
    say(report, &export::file_name(&document, "ziping.json"), &text, "application/json");
    handed_out(&document, report);
}

/// Hands the report out as a page to read and print, with its data inside.
pub fn export_html(report: Report) {
    let document = report.document.get_untracked();
    let assessment = report.assessment.get_untracked();
    let text = export::html(&document, &assessment, handing_out(report));
    say(report, &export::file_name(&document, "html"), &text, "text/html");
    handed_out(&document, report);
}

/// Hands out this program with the report in it, as one file.
pub fn export_copy(report: Report) {
    let document = report.document.get_untracked();
    match copy::with_report(&export::json(&document, handing_out(report))) {
        Some(page) => {
            say(report, &export::file_name(&document, "自评通.html"), &page, "text/html");
            handed_out(&document, report);
        }
        None => report.say("这个页面被改动过，做不出副本。请导出数据文件。", false),
    }
}

/// Both kinds of file hold the data, so both end the reminder.
fn handed_out(document: &Document, report: Report) {
    if let Some(page) = PAGE.get() {
        page.keeper.handed_out(&document.doc_id, untrack(|| report.rev()));
    }
}

fn handing_out(report: Report) -> Export {
    Export { id: clock::new_id(), at: clock::local_now(), rev: untrack(|| report.rev()), ..Export::default() }
}

fn say(report: Report, name: &str, text: &str, kind: &str) {
    if files::download(name, text, kind) {
        report.say(format!("已交给浏览器下载：{name}"), false);
    } else {
        report.say("浏览器没有让本页保存文件，请换一个浏览器或打印成 PDF。", false);
    }
}
