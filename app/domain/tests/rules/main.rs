//! The rules as a whole, in one binary: life cycle, closing of qualifications, form.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod closing;
mod form;
mod form_any;
mod form_difference;
mod form_questions;
mod form_warnings;
mod group;
mod group_any;
mod group_lines;
mod group_unsaid;
mod hours;
mod insertion;
mod known;
mod lifecycle;
mod pledges;
mod proved;
mod signing;
mod support;
