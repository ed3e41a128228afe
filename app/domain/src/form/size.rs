//! Step 2: the figures from which the program computes the size. The supplier does not pick the category.

use chrono::{Months, NaiveDate};
use validator::Validate;

use super::step::{found, path};
use super::{Answers as _, Choice, FieldError, GroupRow, Rule, Step, StepCode, Widget, rules};
use crate::text::text;

/// How many closed periods the figures cover.
pub const PERIODS: &[Choice] = &[
    Choice::new("1", text("Le dernier seulement", "The last one only")),
    Choice::new("2", text("Les deux derniers", "The last two")),
    Choice::new("3", text("Les trois derniers", "The last three")),
];

/// The categories, for the question on the previous period.
pub const CATEGORIES: &[Choice] = &[
    Choice::new("micro", text("Microentreprise", "Micro")),
    Choice::new("small", text("Petite entreprise", "Small")),
    Choice::new("medium", text("Moyenne entreprise", "Medium")),
    Choice::new("not_sme", text("Pas une PME", "Not an SME")),
];

answers! {
    /// The size, asked only of who wants to declare it.
    SizeStep {
        declare: rules::yes_no, Widget::YesNo,
            text("Souhaitez-vous déclarer votre taille ?", "Do you wish to declare your size?"),
            hint = text(
                "Le portail calcule votre catégorie européenne et vous l’explique.",
                "The portal computes your European category and explains it.",
            );
        closing_date: rules::date, Widget::Date,
            text("Date de clôture du dernier exercice clos", "Closing date of the last closed period"),
            hint = text("Par exemple 31/12/2025", "For example 31/12/2025");
        periods: rules::line, Widget::Choice(PERIODS),
            text(
                "Pour combien d’exercices clos donnez-vous les chiffres\u{202f}?",
                "For how many closed periods do you give the figures?",
            ),
            hint = text(
                "Un seuil franchi ne change la catégorie qu’au bout de deux exercices. Sans réponse\u{a0}: le dernier seulement.",
                "A ceiling crossed changes the category only after two periods. Without an answer: the last one only.",
            ), optional = true;
        awu: rules::decimal, Widget::Decimal(text("UTA", "AWU")),
            text("Effectif, en unités de travail par an", "Staff, in annual work units"),
            hint = text(
                "Un temps plein toute l’année compte 1\u{202f}; les apprentis ne comptent pas.",
                "Full time all year counts 1; apprentices do not count.",
            );
        turnover_eur: rules::decimal, Widget::Decimal(text("€", "€")),
            text("Chiffre d’affaires hors taxes", "Turnover without VAT");
        balance_eur: rules::decimal, Widget::Decimal(text("€", "€")),
            text("Total du bilan", "Balance sheet total");
        previous_awu: rules::decimal, Widget::Decimal(text("UTA", "AWU")),
            text("Exercice N-1\u{a0}: effectif", "Period N-1: staff"),
            hint = text("L’exercice d’avant le dernier exercice clos.", "The period before the last closed one.");
        previous_turnover_eur: rules::decimal, Widget::Decimal(text("€", "€")),
            text("Exercice N-1\u{a0}: chiffre d’affaires hors taxes", "Period N-1: turnover without VAT");
        previous_balance_eur: rules::decimal, Widget::Decimal(text("€", "€")),
            text("Exercice N-1\u{a0}: total du bilan", "Period N-1: balance sheet total");
        earlier_awu: rules::decimal, Widget::Decimal(text("UTA", "AWU")),
            text("Exercice N-2\u{a0}: effectif", "Period N-2: staff");
        earlier_turnover_eur: rules::decimal, Widget::Decimal(text("€", "€")),
            text("Exercice N-2\u{a0}: chiffre d’affaires hors taxes", "Period N-2: turnover without VAT");
        earlier_balance_eur: rules::decimal, Widget::Decimal(text("€", "€")),
            text("Exercice N-2\u{a0}: total du bilan", "Period N-2: balance sheet total");
        previous_category: rules::line, Widget::Choice(CATEGORIES),
            text("Catégorie de l’exercice précédent, si vous la connaissez", "Category of the previous period, if known"),
            hint = text(
                "Un seuil franchi ne change la catégorie qu’au bout de deux exercices.",
                "A ceiling crossed changes the category only after two periods.",
            ), optional = true;
        group: rules::yes_no, Widget::YesNo,
            text(
                "Appartenez-vous à un groupe, ou êtes-vous détenue à 25 % ou plus par une autre entreprise ou un organisme public ?",
                "Do you belong to a group, or does another enterprise or a public body hold 25% or more of you?",
            );
    }
    list documents: Widget::Documents, text("Pièces jointes", "Documents"),
        hint = text(
            "Par exemple la liasse fiscale ou les comptes annuels, et l’organigramme du groupe.",
            "For example the tax return or the annual accounts, and the chart of the group.",
        ), optional = true;
    rows rows: GroupRow;
    shown |this, asked| match asked {
        "declare" => true,
        "previous_category" => this.declare == "yes" && this.period_count() == 1,
        "previous_awu" | "previous_turnover_eur" | "previous_balance_eur" =>
            this.declare == "yes" && this.period_count() > 1,
        "earlier_awu" | "earlier_turnover_eur" | "earlier_balance_eur" =>
            this.declare == "yes" && this.period_count() > 2,
        _ => this.declare == "yes",
    }
}

impl SizeStep {
    /// How many closed periods have figures; an unknown answer counts as one.
    pub fn period_count(&self) -> usize {
        match self.periods.as_str() {
            "2" => 2,
            "3" => 3,
            _ => 1,
        }
    }

    /// Whether a question of a line is asked: some depend on the step.
    pub fn asked_of(&self, row: &GroupRow, name: &str) -> bool {
        let periods = match name.split_once('_') {
            Some(("previous", _)) => 2,
            Some(("earlier", _)) => 3,
            _ => 1,
        };
        row.shown(name) && self.period_count() >= periods
    }

    fn own_errors(&self, today: NaiveDate) -> Vec<FieldError> {
        let mut errors = vec![];
        let mut wrong = |name: &str, rule| {
            errors.push(FieldError {
                path: name.to_owned(),
                rule,
            });
        };
        for name in FIGURES.into_iter().chain(["closing_date"]) {
            if self.shown(name) && self.answer(name).trim().is_empty() {
                wrong(name, Rule::Required);
            }
        }
        if let Some(closing) = rules::parse_date(&self.closing_date) {
            if closing > today {
                wrong("closing_date", Rule::NotInTheFuture);
            } else if closing
                .checked_add_months(Months::new(24))
                .is_some_and(|limit| limit < today)
            {
                wrong("closing_date", Rule::ClosingTooOld);
            }
        }
        for (name, choices) in [("previous_category", CATEGORIES), ("periods", PERIODS)] {
            let answer = self.answer(name);
            if self.shown(name)
                && !answer.is_empty()
                && Choice::label_of(choices, &answer).is_none()
            {
                wrong(name, Rule::Choice);
            }
        }
        errors
    }

    fn group_errors(&self) -> Vec<FieldError> {
        let rows = |rule| FieldError {
            path: "rows".into(),
            rule,
        };
        if self.rows.is_empty() {
            return vec![rows(Rule::NeedRow)];
        }
        if self.rows.len() > Self::MOST_LINES {
            return vec![rows(Rule::TooManyRows(Self::MOST_LINES))];
        }
        let mut errors = vec![];
        for (index, row) in self.rows.iter().enumerate() {
            let prefix = format!("rows[{index}]");
            let asked = |error: &FieldError| {
                let name = error.path.strip_prefix(&prefix).unwrap_or_default();
                self.asked_of(row, name.trim_matches(['[', ']']))
            };
            errors.extend(row.errors(&prefix).into_iter().filter(asked));
            errors.extend(self.tie_errors(row, &prefix));
        }
        errors
    }

    /// What is wrong with the lines that a line names.
    fn tie_errors(&self, row: &GroupRow, prefix: &str) -> Vec<FieldError> {
        let mut errors = vec![];
        let mut wrong = |name: &str, rule| {
            errors.push(FieldError {
                path: path(prefix, name),
                rule,
            });
        };
        let known = |code: &str| {
            let line = self.line(code).and_then(|rank| self.rows.get(rank));
            line.is_some_and(|line| !line.is_link())
        };
        let this = if row.is_link() { &row.of } else { &row.code };
        if row.is_link() && !row.of.is_empty() && !known(&row.of) {
            wrong("of", Rule::LineGone);
        }
        if !row.with.is_empty() {
            if row.with == *this {
                wrong("with", Rule::HoldsItself);
            } else if !known(&row.with) {
                wrong("with", Rule::LineGone);
            }
        }
        errors
    }
}

/// Each period in turn.
const FIGURES: [&str; 9] = [
    "awu",
    "turnover_eur",
    "balance_eur",
    "previous_awu",
    "previous_turnover_eur",
    "previous_balance_eur",
    "earlier_awu",
    "earlier_turnover_eur",
    "earlier_balance_eur",
];

impl Step for SizeStep {
    const CODE: StepCode = StepCode::Size;

    fn errors(&self, today: NaiveDate) -> Vec<FieldError> {
        let mut errors = self
            .validate()
            .err()
            .map_or_else(Vec::new, |errors| found("", &errors, self));
        if self.declare != "yes" {
            return errors;
        }
        errors.extend(self.own_errors(today));
        if self.group == "yes" {
            errors.extend(self.group_errors());
        }
        if errors.is_empty() {
            errors.extend(self.wrong_group());
        }
        errors
    }
}
