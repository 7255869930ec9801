//! The score sheet (自评表): templates as data, kinds of rules, and the sheet that follows from a report.
//!
//! Knows the document and its facts. Must not know how a sheet is shown or printed.

pub mod case;
pub mod kinds;
pub mod members;
pub mod newer;
pub mod params;
pub mod project;
pub mod sheet;
pub mod spread;
pub mod template;
pub mod validate;

pub use sheet::{Line, Sheet, evaluate};
pub use template::{Aspect, Group, Indicator, Rule, Scoring};
