//! Use-cases around one open report, with the outside world behind traits.

pub mod ids;
pub mod session;
