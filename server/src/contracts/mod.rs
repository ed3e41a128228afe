//! Contracts as published (DECP) into the buyer database, and the figures that follow from them.
//!
//! [`source`] opens a file whatever its encoding; [`json`], [`xml`] and [`table`] cut it into elements without holding it in
//! memory; [`conformity`] compares them with the official schema; [`import`] puts the elements in the database; [`case`] does
//! the same in a throw-away one. [`sheet`] reads the tables that people fill in: [`taken_over`] statuses, and the payments of
//! a [`ledger`]. [`frozen`] keeps a year as it was published; [`export`] is the list of its contracts to take away.

pub mod as_of;
pub mod case;
pub mod conformity;
mod element;
pub mod export;
pub mod frozen;
pub mod import;
mod json;
pub mod ledger;
mod sheet;
mod source;
mod table;
pub mod taken_over;
mod xml;

pub use element::{Broken, Element, Elements};
pub use sheet::NotATable;
pub use source::{Format, Source, Unreadable};
