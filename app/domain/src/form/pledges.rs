//! Step 5: the social, environmental and economic commitments, one row each. Nobody has to make any.

use chrono::{Datelike, NaiveDate};
use validator::Validate;

use super::step::{found, path};
use super::{Answers, Choice, FieldError, Offered, Rule, Step, StepCode, Widget, lines, rules};
use crate::catalogue::Catalogue;
use crate::decimal::Hundredths;
use crate::insertion::normalize_contract;
use crate::pledges::{self, Ask, Family, Unit, YearRule, asks, held_by_reference, slug, year_rule};
use crate::text::text;

const fn trade(family: Family) -> Choice {
    Choice::new(family.code(), family.label())
}

/// The trades, for the question that shortens the list.
pub const TRADES: &[Choice] = &[
    trade(Family::Works),
    trade(Family::Transport),
    trade(Family::GreenSpaces),
    trade(Family::Supplies),
    trade(Family::Food),
    trade(Family::Digital),
];

/// Said instead of a score that the law lets nobody compute.
pub const NOT_CALCULABLE: &str = "NC";

answers! {
    /// One pledge.
    PledgeRow {
        code: rules::required, Widget::Offered(Offered::Pledges), text("Engagement", "Commitment");
        item: rules::line, Widget::Line,
            text("Label, certification ou catégorie de produits", "Label, certification or product category");
        contract_ref: rules::line, Widget::Line,
            text("Référence du marché", "Reference of the contract"),
            hint = text(
                "Laissez vide pour un engagement de toute l’entreprise.",
                "Leave empty for a commitment of the whole company.",
            ), optional = true;
        done: rules::line, Widget::YesNo,
            text("Est-ce en place ou obtenu aujourd’hui\u{202f}?", "Is it in place, or obtained, today?"),
            hint = text(
                "Sinon, dites pour quand vous vous y engagez.",
                "If not, say by when you commit to it.",
            );
        score: rules::line, Widget::Line,
            text("Note de l’index, sur 100", "Score of the index, out of 100"),
            hint = text("NC si elle n’est pas calculable.", "NC if it cannot be computed.");
        year: rules::whole, Widget::Whole, text("Année", "Year"),
            hint = text("En quatre chiffres", "In four digits");
        baseline: rules::line, Widget::Number, text("Valeur aujourd’hui", "Value today"),
            hint = text(
                "Un nombre, dans l’unité dite sous le choix de l’engagement.",
                "A number, in the unit given below the choice of the commitment.",
            ), optional = true;
        target: rules::line, Widget::Number, text("Valeur visée", "Target value"),
            hint = text("Dans la même unité.", "In the same unit."), optional = true;
        due: rules::date, Widget::Date, text("Échéance", "Due date"),
            hint = text(
                "Le jour où la valeur visée sera atteinte, ou ce qui manque mis en place, comme 31/12/2027. À donner dès qu’une valeur est visée.",
                "The day by which the target is reached, or what is missing is in place, such as 31/12/2027. To be given once a value is aimed at.",
            ), optional = true;
        reference: rules::line, Widget::Line, text("Référence de la pièce", "Reference of the evidence");
        valid_from: rules::date, Widget::Date, text("Valable du", "Valid from"), optional = true;
        valid_to: rules::date, Widget::Date, text("Valable jusqu’au (inclus)", "Valid until (inclusive)"), optional = true;
        details: rules::long, Widget::Long, text("Précisions", "Details"), optional = true;
    }
    list documents: Widget::Documents, text("Pièces jointes", "Documents"), optional = true;
    shown |this, asked| {
        let asks = asks(&this.code);
        // What proves something in place is asked only of what is.
        let missing = asks.contains(&Ask::Done) && this.done == "no";
        match asked {
            "code" => true,
            "item" => asks.contains(&Ask::Item),
            "done" => asks.contains(&Ask::Done),
            "score" => asks.contains(&Ask::Score),
            "baseline" => asks.contains(&Ask::Measure),
            "target" => counted(asks),
            "year" => year_rule(&this.code).is_some_and(|rule| rule == YearRule::Future || !missing),
            "due" => missing || counted(asks),
            "reference" | "valid_from" | "valid_to" => asks.contains(&Ask::Evidence) && !missing,
            "documents" => {
                let proved = asks.contains(&Ask::Evidence) || asks.contains(&Ask::Documents);
                proved && !missing
            }
            _ => !asks.is_empty(),
        }
    }
}

answers! {
    /// The pledges of the company.
    PledgeStep {
        declare: rules::line, Widget::YesNo,
            text(
                "Souhaitez-vous faire connaître d’autres engagements sociaux ou environnementaux ?",
                "Do you wish to report other social or environmental commitments?",
            ),
            hint = text(
                "Par exemple\u{a0}: égalité, climat, économie circulaire, alimentation, achats responsables…",
                "For example: equality, climate, circular economy, food, responsible purchasing…",
            ), optional = true;
    }
    list families: Widget::Many(TRADES), text("Vos métiers", "Your trades"),
        hint = text(
            "La liste des engagements ne montrera que ce qui les concerne. Sans réponse, elle montre tout.",
            "The list of commitments shows only what concerns them. Without an answer, it shows everything.",
        ), optional = true;
    rows rows: PledgeRow;
    shown |this, asked| match asked {
        "declare" => true,
        _ => this.declare == "yes",
    }
}

/// Whether a value is aimed at, by a day.
fn counted(asks: &[Ask]) -> bool {
    asks.contains(&Ask::Measure) || asks.contains(&Ask::Score)
}

impl PledgeRow {
    pub fn unit(&self) -> Unit {
        pledges::definition(&self.code).map_or(Unit::None, |definition| definition.unit)
    }

    /// The value as the unit reads it; `None` when it is missing or wrong.
    pub(super) fn value(&self, typed: &str) -> Option<Hundredths> {
        match self.unit() {
            Unit::Percent => rules::parse_percent(typed)
                .and_then(|_| rules::parse_decimal(typed.trim().trim_end_matches('%'))),
            Unit::Persons | Unit::Score => rules::parse_whole(typed)
                .filter(|count| self.unit() == Unit::Persons || *count <= 100)
                .map(|count| Hundredths::from_units(i64::from(count))),
            Unit::None => None,
        }
    }

    /// What tells two pledges apart, as in the key of the claim.
    fn key(&self) -> (&str, String, Option<String>) {
        let item = if self.shown("item") {
            slug(&self.item)
        } else {
            String::new()
        };
        (&self.code, item, normalize_contract(&self.contract_ref))
    }

    /// The same as text: by this a form about one line knows it again, should the lines have moved meanwhile.
    pub fn mark(&self) -> String {
        let (code, item, contract) = self.key();
        [code, &item, contract.as_deref().unwrap_or_default()].join("@")
    }
}

impl Step for PledgeStep {
    const CODE: StepCode = StepCode::Pledges;

    fn errors(&self, today: NaiveDate) -> Vec<FieldError> {
        let of_row = |row: &PledgeRow, prefix: &str| row_errors(row, prefix, today);
        lines::errors(self, &self.rows, "code", of_row, |one, other| {
            one.key() == other.key()
        })
    }
}

impl PledgeStep {
    /// The rows whose code the catalogue does not offer any more.
    pub(super) fn not_offered(&self, catalogue: &Catalogue) -> Vec<FieldError> {
        lines::not_offered(self, &self.rows, "code", |row| {
            pledges::definition(&row.code).is_some() && !catalogue.offers_pledge(&row.code)
        })
    }
}

fn row_errors(row: &PledgeRow, prefix: &str, today: NaiveDate) -> Vec<FieldError> {
    let mut errors = row
        .validate()
        .err()
        .map_or_else(Vec::new, |errors| found(prefix, &errors, row));
    let mut wrong = |name: &str, rule: Rule| {
        let path = path(prefix, name);
        if row.shown(name) && !errors.iter().any(|error| error.path == path) {
            errors.push(FieldError { path, rule });
        }
    };
    let asked = asks(&row.code);
    if asked.is_empty() {
        if !row.code.is_empty() {
            wrong("code", Rule::Choice);
        }
        return errors;
    }
    if slug(&row.item).is_empty() {
        wrong("item", Rule::Required);
    }
    let held = held_by_reference(&row.code) && !row.reference.trim().is_empty();
    let said = match row.done.as_str() {
        "yes" | "no" => true,
        answer => held && answer.is_empty(),
    };
    if !said {
        wrong("done", Rule::ChooseOne);
    }
    measure_errors(row, today, &mut wrong);
    match (year_rule(&row.code), rules::parse_whole(&row.year)) {
        (Some(_), None) => wrong("year", Rule::Required),
        (Some(YearRule::Past), Some(year)) if !past(year, today) => wrong("year", Rule::PastYear),
        (Some(YearRule::Future), Some(year)) if !future(year, today) => {
            wrong("year", Rule::FutureYear);
        }
        _ => {}
    }
    // A certificate is enough where a measure may stand in for it.
    let measured = asked.contains(&Ask::Measure)
        && !(row.baseline.trim().is_empty() && row.target.trim().is_empty());
    if row.reference.trim().is_empty() && !measured {
        wrong("reference", Rule::Required);
    }
    let (from, to) = (
        rules::parse_date(&row.valid_from),
        rules::parse_date(&row.valid_to),
    );
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        wrong("valid_to", Rule::EndBeforeStart);
    }
    if to.is_some_and(|to| to < today) {
        wrong("valid_to", Rule::AlreadyEnded);
    }
    let due = rules::parse_date(&row.due).filter(|_| row.shown("due"));
    if let (Some(from), None, Some(due)) = (from.filter(|_| row.shown("valid_from")), to, due)
        && due < from
    {
        wrong("due", Rule::EndBeforeStart);
    }
    if asked.contains(&Ask::Details) && row.details.trim().is_empty() {
        wrong("details", Rule::Required);
    }
    errors
}

/// Values, their bounds, and the day that a promise needs.
fn measure_errors(row: &PledgeRow, today: NaiveDate, wrong: &mut impl FnMut(&str, Rule)) {
    let bounds = match row.unit() {
        Unit::Percent => Rule::Percent,
        Unit::Score => Rule::Score,
        Unit::Persons | Unit::None => Rule::Whole,
    };
    for (name, typed) in [("baseline", &row.baseline), ("target", &row.target)] {
        if !typed.trim().is_empty() && row.value(typed).is_none() {
            wrong(name, bounds.clone());
        }
    }
    let asked = asks(&row.code);
    if asked.contains(&Ask::Score) {
        let typed = row.score.trim();
        let score = rules::parse_whole(typed).is_some_and(|score| score <= 100);
        if typed.is_empty() {
            wrong("score", Rule::Required);
        } else if !score && !typed.eq_ignore_ascii_case(NOT_CALCULABLE) {
            wrong("score", Rule::Score);
        }
    }
    let nothing = row.baseline.trim().is_empty() && row.target.trim().is_empty();
    // A document, or being in place or not, says enough by itself.
    let alone = !asked.contains(&Ask::Evidence) && !asked.contains(&Ask::Done);
    if asked.contains(&Ask::Measure) && nothing && alone {
        wrong("baseline", Rule::BaselineOrTarget);
    }
    let due = rules::parse_date(&row.due);
    if due_needed(&row.code, &row.done, &row.target) && row.due.trim().is_empty() {
        wrong("due", Rule::DueMissing);
    }
    if due.is_some_and(|due| due < today) {
        wrong("due", Rule::DuePast);
    }
}

/// Whether a line needs a day: for what is not in place yet, and for a value that is aimed at.
pub fn due_needed(code: &str, done: &str, target: &str) -> bool {
    let asked = asks(code);
    let promises = !target.trim().is_empty() && counted(asked);
    promises || (asked.contains(&Ask::Done) && done == "no")
}

fn past(year: u32, today: NaiveDate) -> bool {
    i32::try_from(year).is_ok_and(|year| (1990..=today.year()).contains(&year))
}

fn future(year: u32, today: NaiveDate) -> bool {
    i32::try_from(year).is_ok_and(|year| (today.year() + 1..2100).contains(&year))
}
