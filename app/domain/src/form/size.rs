//! Step 2: the figures from which the program computes the size. The supplier does not pick the category.

use chrono::{Months, NaiveDate};
use validator::Validate;

use super::step::{found, path};
use super::{Answers, Choice, FieldError, Rule, Step, StepCode, Widget, rules};
use crate::sme::{Case, Category, Outcome};
use crate::text::text;

/// The categories, for the question on the previous period.
pub const CATEGORIES: &[Choice] = &[
    Choice::new("micro", text("Microentreprise", "Micro")),
    Choice::new("small", text("Petite entreprise", "Small")),
    Choice::new("medium", text("Moyenne entreprise", "Medium")),
    Choice::new("not_sme", text("Pas une PME", "Not an SME")),
];

/// What another holder or holding can be (art. 3 of the annex to Recommendation 2003/361/EC).
pub const GROUP_KINDS: &[Choice] = &[
    Choice::new("enterprise", text("Entreprise", "Enterprise")),
    Choice::new("public_body", text("Organisme public", "Public body")),
    Choice::new(
        "small_local_authority",
        text(
            "Collectivité autonome (moins de 10 M€ de budget et de 5 000 habitants)",
            "Small local authority (budget under €10M and under 5,000 inhabitants)",
        ),
    ),
    Choice::new(
        "venture_capital",
        text("Société de capital-risque", "Venture-capital company"),
    ),
    Choice::new(
        "business_angel",
        text("Investisseur providentiel", "Business angel"),
    ),
    Choice::new(
        "university",
        text(
            "Université ou centre de recherche",
            "University or research centre",
        ),
    ),
    Choice::new(
        "public_investment_corp",
        text(
            "Société publique de participation",
            "Public investment corporation",
        ),
    ),
    Choice::new(
        "institutional_investor",
        text("Investisseur institutionnel", "Institutional investor"),
    ),
];

/// Which of the two holds the other.
pub const DIRECTIONS: &[Choice] = &[
    Choice::new("held", text("Elle est détenue par nous", "We hold it")),
    Choice::new("holder", text("Elle nous détient", "It holds us")),
];

answers! {
    /// One enterprise of the group, with the percentages between it and the declaring company.
    GroupRow {
        name: rules::required, Widget::Line, text("Nom", "Name");
        kind: rules::required, Widget::Choice(GROUP_KINDS), text("Nature", "Kind");
        direction: rules::required, Widget::Choice(DIRECTIONS), text("Sens de la participation", "Direction of the holding");
        capital_pct: rules::percent, Widget::Decimal(text("%", "%")), text("Part du capital", "Share of the capital");
        voting_pct: rules::percent, Widget::Decimal(text("%", "%")), text("Part des droits de vote", "Share of the votes");
        awu: rules::decimal, Widget::Decimal(text("UTA", "AWU")), text("Effectif", "Staff"), optional = true;
        turnover_eur: rules::decimal, Widget::Decimal(text("€", "€")), text("Chiffre d’affaires", "Turnover"), optional = true;
        balance_eur: rules::decimal, Widget::Decimal(text("€", "€")), text("Total du bilan", "Balance sheet total"), optional = true;
    }
}

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
        awu: rules::decimal, Widget::Decimal(text("UTA", "AWU")),
            text("Effectif, en unités de travail par an", "Staff, in annual work units"),
            hint = text(
                "Un temps plein toute l’année compte 1 ; les apprentis ne comptent pas.",
                "Full time all year counts 1; apprentices do not count.",
            );
        turnover_eur: rules::decimal, Widget::Decimal(text("€", "€")),
            text("Chiffre d’affaires hors taxes", "Turnover without VAT");
        balance_eur: rules::decimal, Widget::Decimal(text("€", "€")),
            text("Total du bilan", "Balance sheet total");
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
    rows rows: GroupRow;
    shown |this, asked| match asked {
        "declare" => true,
        _ => this.declare == "yes",
    }
}

impl SizeStep {
    /// The figures as a case of the SME rules; `None` while an answer is missing or wrong.
    pub fn case(&self) -> Option<Case> {
        super::parse::case(self)
    }

    /// The category under the two-period rule and the arithmetic behind it.
    pub fn outcome(&self) -> Option<(Category, Outcome)> {
        let outcome = crate::sme::simulate(&self.case()?).ok()?;
        Some((super::parse::settled_category(self, &outcome), outcome))
    }
}

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
        let missing = |name: &str, answer: &str| {
            answer.trim().is_empty().then(|| FieldError {
                path: name.to_owned(),
                rule: Rule::Required,
            })
        };
        errors.extend(missing("closing_date", &self.closing_date));
        errors.extend(missing("awu", &self.awu));
        errors.extend(missing("turnover_eur", &self.turnover_eur));
        errors.extend(missing("balance_eur", &self.balance_eur));
        if let Some(closing) = rules::parse_date(&self.closing_date) {
            if closing > today {
                errors.push(FieldError {
                    path: "closing_date".into(),
                    rule: Rule::NotInTheFuture,
                });
            } else if closing
                .checked_add_months(Months::new(24))
                .is_some_and(|limit| limit < today)
            {
                errors.push(FieldError {
                    path: "closing_date".into(),
                    rule: Rule::ClosingTooOld,
                });
            }
        }
        if !self.previous_category.is_empty()
            && Choice::label_of(CATEGORIES, &self.previous_category).is_none()
        {
            errors.push(FieldError {
                path: "previous_category".into(),
                rule: Rule::Choice,
            });
        }
        if self.group == "yes" {
            if self.rows.is_empty() {
                errors.push(FieldError {
                    path: "rows".into(),
                    rule: Rule::NeedRow,
                });
            }
            for (index, row) in self.rows.iter().enumerate() {
                errors.extend(row_errors(row, &format!("rows[{index}]")));
            }
        }
        if errors.is_empty()
            && let Some(case) = self.case()
            && let Err(error) = crate::sme::simulate(&case)
        {
            errors.push(FieldError {
                path: "rows".into(),
                rule: Rule::Group(error),
            });
        }
        errors
    }
}

fn row_errors(row: &GroupRow, prefix: &str) -> Vec<FieldError> {
    let mut errors = row
        .validate()
        .err()
        .map_or_else(Vec::new, |errors| found(prefix, &errors, row));
    for (name, choices) in [("kind", GROUP_KINDS), ("direction", DIRECTIONS)] {
        let answer = row.answer(name);
        if !answer.is_empty() && Choice::label_of(choices, &answer).is_none() {
            errors.push(FieldError {
                path: path(prefix, name),
                rule: Rule::Choice,
            });
        }
    }
    if row.capital_pct.trim().is_empty() && row.voting_pct.trim().is_empty() {
        errors.push(FieldError {
            path: path(prefix, "capital_pct"),
            rule: Rule::Required,
        });
    }
    errors
}
