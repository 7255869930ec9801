//! When a report should be handed out as a file again. By facts: what changed since the last time, and how long ago.

use serde::{Deserialize, Serialize};

/// Edits since the last file after which it is said.
const EDITS: u64 = 50;
/// Milliseconds since the last file after which any edit is enough.
const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// The last handing-out of a draft, or its first opening where it was never handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOut {
    /// Revision of the draft then.
    pub rev: u64,
    /// Milliseconds since 1970.
    pub ms: u64,
    /// Whether a file was made at all.
    pub file: bool,
}

const KEY: &str = "cn.ziping/handed-out/";

/// Key under which it is kept.
pub fn reminder_key(doc_id: &str) -> String {
    format!("{KEY}{doc_id}")
}

/// The report that such a key is of.
pub fn reminded_doc(key: &str) -> Option<&str> {
    key.strip_prefix(KEY)
}

impl HandedOut {
    /// What to say of a draft at a revision and time; `None` while there is no reason.
    pub fn words(self, rev: u64, now_ms: u64) -> Option<String> {
        let edits = rev.saturating_sub(self.rev);
        let days = now_ms.saturating_sub(self.ms) / DAY_MS;
        if edits == 0 || (edits < EDITS && days == 0) {
            return None;
        }
        let since = if self.file { "上次导出以后" } else { "这份草稿还没有导出过，" };
        let long = if days > 0 && self.file { format!("，已过 {days} 天") } else { String::new() };
        Some(format!("{since}改了 {edits} 次{long}。"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_after_a_day_or_fifty_edits_and_only_if_something_changed() {
        let out = HandedOut { rev: 10, ms: 1_000, file: true };
        let never = HandedOut { file: false, ..out };
        let cases = [
            (out, 10, 1_000 + 9 * DAY_MS, None),
            (out, 11, 1_000 + DAY_MS - 1, None),
            (out, 11, 1_000 + DAY_MS, Some("上次导出以后改了 1 次，已过 1 天。")),
            (out, 59, 1_000, None),
            (out, 60, 1_000, Some("上次导出以后改了 50 次。")),
            (never, 60, 1_000 + 3 * DAY_MS, Some("这份草稿还没有导出过，改了 50 次。")),
            // A clock that was set back is no reason.
            (out, 11, 0, None),
        ];
        for (out, rev, now, words) in cases {
            assert_eq!(out.words(rev, now).as_deref(), words, "{rev} {now}");
        }
    }
}
