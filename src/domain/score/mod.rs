//! The score sheet (自评表): templates as data, kinds of rules, and the sheet that follows from a report.
//!
//! Knows the document and its facts. Must not know how a sheet is shown or printed.

pub mod case;
mod draft;
pub mod kinds;
mod line;
pub mod members;
pub mod newer;
mod over;
pub mod params;
pub mod project;
pub mod sheet;
pub mod spread;
pub mod template;
pub mod validate;

pub use line::{Line, Mark};
pub use over::over_adjust;
pub use sheet::{Sheet, evaluate};
pub use template::{Aspect, Group, Indicator, Rule, Scoring};
