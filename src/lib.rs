//! 自评通 (`ziping`): the library behind the page.
//!
//! `domain` holds the rules of the field, `app` the use-cases around one open report. Neither knows a browser:
//! the page itself (`web`, in the binary) is a thin layer of views and adapters over them.

pub mod app;
pub mod domain;
