//! A draft as it stands in a list: its name, when it was saved, how large it is, what is wrong with it.

use ziping::app::drafts::Listed as Stored;

use crate::web::adapters::clock;

/// A draft in the list.
#[derive(Clone, PartialEq)]
pub struct Listed {
    /// The report.
    pub doc_id: String,
    pub(super) unit: String,
    year: String,
    saved_at: String,
    chars: usize,
    /// Required fields that are filled in.
    pub filled: usize,
    /// Required fields.
    pub required: usize,
    /// Why it cannot be opened, if it cannot.
    pub trouble: Option<String>,
}

impl Listed {
    pub(super) fn of(draft: Stored) -> Self {
        match draft {
            Stored::Whole(header) => Listed {
                doc_id: header.doc_id,
                unit: header.unit,
                year: header.year,
                saved_at: header.saved_at,
                chars: header.chars,
                filled: header.filled,
                required: header.required,
                trouble: None,
            },
            Stored::Damaged { doc_id, reason } => Listed {
                doc_id,
                unit: "打不开的草稿".to_owned(),
                year: String::new(),
                saved_at: String::new(),
                chars: 0,
                filled: 0,
                required: 0,
                trouble: Some(format!("{reason}。内容没有动，可以下载下来。")),
            },
        }
    }

    /// Whether it can be opened.
    pub fn readable(&self) -> bool {
        self.trouble.is_none()
    }
    /// Unit and year.
    pub fn name(&self) -> String {
        let unit = if self.unit.is_empty() { "未填单位" } else { &self.unit };
        if self.year.is_empty() { unit.to_owned() } else { format!("{unit} · {}年度", self.year) }
    }
    /// When it was changed and how large it is, or what is wrong with it.
    pub fn meta(&self) -> String {
        match &self.trouble {
            Some(trouble) => trouble.clone(),
            None => format!("{} 修改 · {}", when(&self.saved_at), size(self.chars)),
        }
    }
}

/// A time of saving as people say it: the minute of today, the date and minute of other days.
fn when(saved_at: &str) -> String {
    let minute = |text: &str| text.get(..5).unwrap_or(text).to_owned();
    match saved_at.split_once('T') {
        Some((date, time)) if clock::local_now().starts_with(date) => format!("今天 {}", minute(time)),
        Some((date, time)) => format!("{date} {}", minute(time)),
        None => saved_at.to_owned(),
    }
}

/// Characters as people read sizes; the store holds two bytes each.
pub fn size(chars: usize) -> String {
    let kilobytes = (chars * 2).div_ceil(1024);
    if kilobytes < 1024 { format!("{kilobytes} KB") } else { format!("{} MB", kilobytes.div_ceil(1024)) }
}
