//! The form of a contest: the true value, why the register is wrong, and documents.

use validator::Validate;

use super::step::found;
use super::{FieldError, Widget, rules};
use crate::text::text;

answers! {
    /// The words of a contest, as typed.
    ContestRow {
        value: rules::required, Widget::Line,
            text("Ce qui est vrai aujourd’hui", "What is true today");
        reason: rules::required_long, Widget::Long,
            text("Pourquoi le registre se trompe", "Why the register is wrong"),
            hint = text(
                "Par exemple\u{a0}: déménagement le 3 mars, changement déclaré au guichet unique et pas encore publié.",
                "For example: moved on 3 March, change filed and not published yet.",
            );
    }
    list documents: Widget::Documents, text("Pièces jointes", "Documents"), optional = true;
}

impl ContestRow {
    /// What must be corrected before it is kept.
    pub fn errors(&self) -> Vec<FieldError> {
        self.validate()
            .err()
            .map(|errors| found("", &errors, self))
            .unwrap_or_default()
    }
}
