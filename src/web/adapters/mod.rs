//! The only modules that touch the browser's window: clock, randomness, storage, files, tabs.

pub mod clock;
pub mod files;
pub mod journal;
pub mod offline;
pub mod storage;
pub mod tabs;
