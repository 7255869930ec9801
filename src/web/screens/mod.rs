//! Screens: 首页, the pages of an open report, 校验, 预览与导出.

mod check;
mod findings;
mod home;
mod page;
mod preview;
mod report;
mod sample;
mod template;
pub mod versions;

pub use check::Check;
pub use home::Home;
pub use report::Opened;
pub use sample::Introduced;
