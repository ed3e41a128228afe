//! The description of a step: one block expands to the answers as typed, their rules and their fields.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use validator::{ValidationErrors, ValidationErrorsKind};

use super::{Field, FieldError, Rule};
use crate::text::{Text, text};

/// The steps, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepCode {
    Company,
    Size,
    Solidarity,
    Insertion,
    Pledges,
    Statement,
}

impl StepCode {
    pub const ALL: [Self; 6] = [
        Self::Company,
        Self::Size,
        Self::Solidarity,
        Self::Insertion,
        Self::Pledges,
        Self::Statement,
    ];

    /// The last part of the address of its page.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Company => "entreprise",
            Self::Size => "taille",
            Self::Solidarity => "solidarite",
            Self::Insertion => "insertion",
            Self::Pledges => "engagements",
            Self::Statement => "verification",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.slug() == slug)
    }

    pub const fn title(self) -> Text {
        match self {
            Self::Company => text(
                "Votre entreprise et votre contact",
                "Your company and contact",
            ),
            Self::Size => text("Votre taille", "Your size"),
            Self::Solidarity => text("Votre caractère solidaire", "Your solidarity status"),
            Self::Insertion => text("Vos engagements d’insertion", "Your insertion commitments"),
            Self::Pledges => text("Vos autres engagements", "Your other commitments"),
            Self::Statement => text("Vérifier et attester", "Check and attest"),
        }
    }

    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().find(|step| *step > self)
    }

    pub fn previous(self) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|step| *step < self)
    }
}

/// Answers as typed: a step, or one row of a step.
pub trait Answers {
    /// The questions, in order.
    fn fields() -> &'static [Field];
    /// The names of the questions alone, light enough for the browser.
    fn names() -> &'static [&'static str];
    /// Takes the answer to a question, as typed; one more answer where several are possible. Other names are ignored.
    fn set(&mut self, name: &str, value: String);
    /// The answer to a question, as typed; several answers are joined by a comma.
    fn answer(&self, name: &str) -> String;
    /// Whether the question is asked, given the other answers.
    fn shown(&self, name: &str) -> bool {
        let _ = name;
        true
    }
}

/// A step of the declaration.
pub trait Step: Answers {
    const CODE: StepCode;

    /// What must be corrected before sending. A draft is saved whatever this says.
    fn errors(&self, today: NaiveDate) -> Vec<FieldError>;
}

/// The errors that `validator` found, for the questions that are asked.
pub(super) fn found(
    prefix: &str,
    errors: &ValidationErrors,
    answers: &impl Answers,
) -> Vec<FieldError> {
    let by_field: BTreeMap<_, _> = errors.errors().iter().collect();
    let mut found = vec![];
    for field in <_ as FieldsOf>::fields_of(answers) {
        if !answers.shown(field.name) {
            continue;
        }
        if let Some((_, ValidationErrorsKind::Field(list))) = by_field
            .iter()
            .find(|(name, _)| name.as_ref() == field.name)
            && let Some(first) = list.first()
        {
            found.push(FieldError {
                path: path(prefix, field.name),
                rule: Rule::from_code(&first.code, &answers.answer(field.name)),
            });
        }
    }
    found
}

/// `name` in a step, `rows[0][name]` in a row.
pub(super) fn path(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        name.to_owned()
    } else {
        format!("{prefix}[{name}]")
    }
}

/// The fields of a value, without naming its type.
trait FieldsOf {
    fn fields_of(&self) -> &'static [Field];
}

impl<T: Answers> FieldsOf for T {
    fn fields_of(&self) -> &'static [Field] {
        T::fields()
    }
}

/// Declares answers: `name: rule, widget, label [, hint = …] [, autocomplete = …] [, optional = true];`, then lists of answers, then rows.
macro_rules! answers {
    (
        $(#[$meta:meta])*
        $name:ident {
            $( $field:ident: $rule:path, $widget:expr, $label:expr $(, hint = $hint:expr)? $(, autocomplete = $auto:literal)? $(, optional = $optional:literal)?; )*
        }
        $( list $list:ident: $list_widget:expr, $list_label:expr $(, hint = $list_hint:expr)? $(, optional = $list_optional:literal)?; )*
        $( rows $rows:ident: $row:ty; )?
        $( shown |$this:ident, $asked:ident| $shown:expr )?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, validator::Validate)]
        #[serde(default)]
        pub struct $name {
            $( #[validate(custom(function = $rule))] pub $field: String, )*
            $( pub $list: Vec<String>, )*
            $( pub $rows: Vec<$row>, )*
        }

        impl $crate::form::Answers for $name {
            fn fields() -> &'static [$crate::form::Field] {
                const FIELDS: &[$crate::form::Field] = &[
                    $( $crate::form::Field {
                        name: stringify!($field),
                        label: $label,
                        hint: answers!(@opt $($hint)?),
                        widget: $widget,
                        autocomplete: answers!(@opt $($auto)?),
                        required: answers!(@required $($optional)?),
                    }, )*
                    $( $crate::form::Field {
                        name: stringify!($list),
                        label: $list_label,
                        hint: answers!(@opt $($list_hint)?),
                        widget: $list_widget,
                        autocomplete: None,
                        required: answers!(@required $($list_optional)?),
                    }, )*
                ];
                FIELDS
            }

            fn answer(&self, name: &str) -> String {
                match name {
                    $( stringify!($field) => self.$field.clone(), )*
                    $( stringify!($list) => self.$list.join(","), )*
                    _ => String::new(),
                }
            }

            fn names() -> &'static [&'static str] {
                &[$( stringify!($field), )* $( stringify!($list), )*]
            }

            fn set(&mut self, name: &str, value: String) {
                match name {
                    $( stringify!($field) => self.$field = value, )*
                    $( stringify!($list) => self.$list.push(value), )*
                    _ => {}
                }
            }

            $( fn shown(&self, $asked: &str) -> bool {
                let $this = self;
                $shown
            } )?
        }
    };
    (@opt) => { None };
    (@opt $value:expr) => { Some($value) };
    (@required) => { true };
    (@required $optional:literal) => { !$optional };
}
