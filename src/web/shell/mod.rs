//! The frame of an open report: top bar, outline, inspector, notices.

mod bar;
mod finding;
mod handling;
mod inspector;
mod outline;
pub mod place;
mod search;

pub use bar::{Bar, follow_jumps};
pub use finding::{FindingCard, InList, card_id};
pub use handling::Handled;
pub use inspector::{Explain, Inspector};
pub use outline::Outline;
pub use search::{SearchDialog, Searching};
