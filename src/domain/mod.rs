//! The rules of the field. Pure: no browser, clock, randomness, storage or JSON text.

pub mod amount;
pub mod assess;
pub mod cell;
pub mod checks;
pub mod compose;
pub mod document;
pub mod edit;
pub mod entry;
pub mod facts;
pub mod lint;
pub mod narrative;
pub mod place;
pub mod record;
pub mod reference;
pub mod report;
pub mod rows;
pub mod score;
pub mod tables;
pub mod template;
pub mod tolerance;
pub mod wire;
