//! The rules of the field. Pure: no browser, clock, randomness, storage or JSON text.

pub mod amount;
