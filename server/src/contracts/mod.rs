//! Contracts as published (DECP) into the buyer database, and the figures that follow from them.
//!
//! [`source`] opens a file whatever its encoding; [`json`], [`xml`] and [`table`] cut it into elements without holding it in
//! memory; [`import`] puts the elements in the database; [`case`] does the same in a throw-away one.

pub mod as_of;
pub mod case;
mod element;
pub mod import;
mod json;
mod source;
mod table;
pub mod taken_over;
mod xml;

pub use element::{Broken, Element, Elements};
pub use source::{Format, Source, Unreadable};
