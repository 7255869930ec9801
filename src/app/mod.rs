//! Use-cases around one open report, with the outside world behind traits.

pub mod block;
#[cfg(not(target_arch = "wasm32"))]
pub mod bundle;
pub mod carry;
pub mod changes;
pub mod clipboard;
pub mod docx;
pub mod drafts;
pub mod export;
pub mod extract;
pub mod find;
pub mod grid;
pub mod help;
pub mod ids;
pub mod progress;
pub mod refs;
pub mod restore;
pub mod retemplate;
pub mod review;
pub mod sample;
pub mod schema;
pub mod score;
pub mod score_schema;
pub mod search;
pub mod session;
