//! The reusable parts of every page: fields, buttons, chips, lists, tables, notices.
//!
//! Invariants: each part is complete without JavaScript, is drawn from plain data, names its texts in both languages, and
//! never writes an inline style. The only `<textarea>` of the program is in [`text_area`].

mod button;
mod choice;
mod confirm;
mod date_input;
mod error_summary;
mod field;
mod file_input;
mod issues;
mod list;
mod notice;
mod pager;
mod status;
mod steps;
mod table;
mod text_area;
mod text_input;
mod timeline;
mod words;

#[cfg(feature = "ssr")]
mod title;
#[cfg(feature = "ssr")]
mod written;

pub use button::{Actions, Button, ButtonKind, ButtonLink};
pub use choice::{Checkbox, CheckboxGroup, Choice, RadioGroup, Select};
pub use confirm::ConfirmPanel;
pub use date_input::{DateInput, parse_date, show_date};
pub use error_summary::ErrorSummary;
pub use field::{Field, described_by};
pub use file_input::FileInput;
pub use issues::{Issue, Issues};
pub use list::{DescriptionList, Entry};
pub use notice::{EmptyState, Notice, Tone};
pub use pager::Pager;
pub use status::StatusChip;
pub use steps::{Step, StepList, StepState};
pub use table::{Column, DataTable, Sort};
pub use text_area::{TextArea, textarea_text};
pub use text_input::{MoneyInput, TextInput};
pub use timeline::{Moment, Timeline};
pub use words::MaybeWords;

#[cfg(feature = "ssr")]
pub use title::PageTitle;
#[cfg(feature = "ssr")]
pub use written::written;
