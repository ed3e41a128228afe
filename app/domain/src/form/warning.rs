//! What is worth a second look without stopping anybody (`domain.md` 3.8 and 4.6).

use super::rules::{parse_date, parse_decimal, parse_percent, parse_whole};
use super::{Answers as _, CommitmentRow, Draft};
use crate::claims::Kind;
use crate::decimal::Percent;
use crate::identifiers::StaffBand;
use crate::insertion::{self, LEGAL_YEAR_HOURS, Modality};
use crate::registry::RegistryState;
use crate::text::{Text, text};

/// A doubt, shown to the supplier and to the reviewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The register's staff band and the declared staff differ by more than one band.
    StaffBand,
    /// More hours a person than the legal year.
    HoursAboveLegalYear,
    /// Fewer than seven hours a person.
    FewHoursPerPerson,
    /// More than half of the labour hours.
    HighRate,
    /// More hours than the labour of the contract pays for.
    HoursAboveLabour,
    /// More hours than what the structure is given pays for.
    HoursAboveStructure,
    /// More is given to the structure than the contract amounts to.
    AmountAboveContract,
    /// Another row names the same contract and structure over the same period.
    DoubleDeclaration,
    /// More recruiters trained than the declared staff.
    TrainedAboveStaff,
}

impl Warning {
    pub const fn message(self) -> Text {
        match self {
            Self::StaffBand => text(
                "L’effectif déclaré s’écarte de plus d’une tranche de celui du répertoire, souvent ancien : vérifiez-le.",
                "The declared staff is more than one band away from the register’s, which is often old: check it.",
            ),
            Self::HoursAboveLegalYear => text(
                "Cela dépasse 1 607 heures par personne et par an : vérifiez.",
                "This is over 1,607 hours a person a year: check it.",
            ),
            Self::FewHoursPerPerson => text(
                "Moins de 7 heures par personne : vérifiez.",
                "Fewer than 7 hours a person: check it.",
            ),
            Self::HighRate => text(
                "Plus de la moitié des heures de travail : c’est rare hors marché réservé, vérifiez.",
                "More than half of the labour hours: rare outside reserved contracts, check it.",
            ),
            Self::HoursAboveLabour => text(
                "À 30 € de l’heure, cela dépasse la part de main-d’œuvre du marché : vérifiez les heures ou le montant.",
                "At €30 an hour, this is more than the labour share of the contract: check the hours or the amount.",
            ),
            Self::HoursAboveStructure => text(
                "À 30 € de l’heure, cela dépasse ce qui revient à la structure : vérifiez les heures, le montant ou la part.",
                "At €30 an hour, this is more than what the structure gets: check the hours, the amount or the share.",
            ),
            Self::AmountAboveContract => text(
                "Cela dépasse le montant du marché : vérifiez.",
                "This is more than the amount of the contract: check it.",
            ),
            Self::DoubleDeclaration => text(
                "Un autre engagement porte sur le même marché, la même structure et la même période : évitez de compter deux fois.",
                "Another commitment has the same contract, structure and period: avoid counting twice.",
            ),
            Self::TrainedAboveStaff => text(
                "Cela dépasse l’effectif déclaré : vérifiez le nombre de personnes formées.",
                "This is more than the declared staff: check the number of persons trained.",
            ),
        }
    }
}

impl Draft {
    /// The doubts of the whole draft, each with the path of its field.
    pub fn warnings(&self, registry: &RegistryState) -> Vec<(super::StepCode, String, Warning)> {
        use super::StepCode;
        let mut warnings = vec![];
        if self.size.declare == "yes"
            && let Some(awu) = parse_decimal(&self.size.awu)
            && let Some(code) = registry
                .facts()
                .and_then(|facts| facts.staff_band.as_deref())
            && StaffBand::parse(code).is_ok_and(|band| band.contradicts(awu))
        {
            warnings.push((StepCode::Size, "awu".to_owned(), Warning::StaffBand));
        }
        if self.insertion.declare == "yes" {
            let inclusive = self.solidarity.declare == "yes"
                && self
                    .solidarity
                    .rows
                    .iter()
                    .any(|row| row.kind.parse().is_ok_and(|kind: Kind| kind.is_siae()));
            for (index, row) in self.insertion.rows.iter().enumerate() {
                let at = |name: &str| format!("rows[{index}][{name}]");
                for (name, warning) in row_warnings(row, inclusive) {
                    warnings.push((StepCode::Insertion, at(name), warning));
                }
                if self
                    .insertion
                    .rows
                    .iter()
                    .take(index)
                    .any(|other| overlaps(other, row))
                {
                    warnings.push((
                        StepCode::Insertion,
                        at("contract_ref"),
                        Warning::DoubleDeclaration,
                    ));
                }
            }
        }
        if let (true, Some(staff)) = (self.pledges.declare == "yes", self.profile().staff) {
            let rows = self.pledges.rows.iter().enumerate();
            for (index, row) in rows.filter(|(_, row)| row.code == TRAINED) {
                let above = |typed: &str| parse_whole(typed).is_some_and(|count| count > staff + 1);
                for (name, typed) in [("baseline", &row.baseline), ("target", &row.target)] {
                    if above(typed) {
                        let path = format!("rows[{index}][{name}]");
                        warnings.push((StepCode::Pledges, path, Warning::TrainedAboveStaff));
                    }
                }
            }
        }
        warnings
    }
}

/// The pledge that counts the recruiters trained.
const TRAINED: &str = "SOC-DIS-01";

/// `inclusive`: the company is itself an inclusion structure, whose labour is insertion.
fn row_warnings(row: &CommitmentRow, inclusive: bool) -> Vec<(&'static str, Warning)> {
    let mut warnings = vec![];
    if row.shown("rate")
        && !inclusive
        && parse_percent(&row.rate).is_some_and(|rate| rate > Percent::from_hundredths(5_000))
    {
        warnings.push(("rate", Warning::HighRate));
    }
    if let (Some(hours), Some(amount), Some(share)) = (
        row.hours_total(),
        parse_decimal(&row.contract_amount),
        parse_percent(&row.labour_pct),
    ) && !insertion::hours_fit_amount(hours, amount, share)
    {
        warnings.push(("contract_amount", Warning::HoursAboveLabour));
    }
    warnings.extend(structure_warning(row));
    let needs_persons = Modality::from_code(&row.modality).is_some_and(Modality::needs_persons);
    if let (true, Some(hours), Some(persons)) =
        (needs_persons, row.hours_total(), parse_whole(&row.persons))
        && persons > 0
    {
        if hours.hundredths() < i128::from(persons) * 700 {
            warnings.push(("persons", Warning::FewHoursPerPerson));
        }
        if let (Some(start), Some(end)) = (parse_date(&row.start), parse_date(&row.end))
            && start <= end
            && !insertion::hours_fit_persons(hours, persons, start, end, LEGAL_YEAR_HOURS)
        {
            warnings.push(("persons", Warning::HoursAboveLegalYear));
        }
    }
    warnings
}

/// What the structure gets, beside the hours that it is to work and the whole contract.
fn structure_warning(row: &CommitmentRow) -> Option<(&'static str, Warning)> {
    let typed = |name: &str| row.shown(name).then(|| row.answer(name));
    let contract = typed("contract_amount").as_deref().and_then(parse_decimal);
    let labour = typed("labour_pct").as_deref().and_then(parse_percent);
    let given = typed("structure_amount").as_deref().and_then(parse_decimal);
    let (name, amount, share) = match given {
        Some(given) if contract.is_some_and(|contract| given > contract) => {
            return Some(("structure_amount", Warning::AmountAboveContract));
        }
        Some(given) => (
            "structure_amount",
            given,
            labour.unwrap_or(Percent::HUNDRED),
        ),
        None => {
            let share = typed("structure_share")
                .as_deref()
                .and_then(parse_percent)?;
            ("structure_share", contract?, share)
        }
    };
    let fits = insertion::hours_fit_amount(row.hours_total()?, amount, share);
    (!fits).then_some((name, Warning::HoursAboveStructure))
}

/// Same contract, same structure, overlapping periods.
fn overlaps(one: &CommitmentRow, other: &CommitmentRow) -> bool {
    let contract = insertion::normalize_contract(&one.contract_ref);
    let periods = (
        parse_date(&one.start),
        parse_date(&one.end),
        parse_date(&other.start),
        parse_date(&other.end),
    );
    let (Some(start), Some(end), Some(other_start), Some(other_end)) = periods else {
        return false;
    };
    let structure = one.structure();
    contract.is_some()
        && contract == insertion::normalize_contract(&other.contract_ref)
        && structure.is_some()
        && structure == other.structure()
        && start <= other_end
        && other_start <= end
}
