//! What one cell of a file says: numbers that a spreadsheet has spoilt, dates, kinds, scores.

use chrono::{Datelike, Duration, NaiveDate};

use super::row::{ProblemKind, Score};
use crate::claims::{AgreementState, Kind};
use crate::identifiers::{Siren, Siret};

/// The longest text that is kept of a cell.
const LONGEST: usize = 200;
/// No list reaches further back, nor further ahead.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// The text of a cell without what cannot be seen, one space between words.
pub(super) fn clean(cell: &str) -> String {
    let mut out = String::new();
    for (count, c) in cell.chars().enumerate() {
        if count >= LONGEST {
            break;
        }
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !c.is_control() && !matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}') {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A SIREN, or a SIRET with its SIREN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Number {
    Siren(Siren),
    Siret(Siret),
}

/// The number of a cell; a spreadsheet may have dropped its leading zeros or added a decimal.
pub(super) fn number(cell: &str) -> Result<Number, ProblemKind> {
    let whole = [".0", ".00", ",0", ",00"]
        .iter()
        .find_map(|end| cell.strip_suffix(end))
        .unwrap_or(cell);
    if is_scientific(whole) {
        return Err(ProblemKind::Scientific);
    }
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    if digits.len() <= 9 {
        return siren(whole, &digits).map(Number::Siren);
    }
    Siret::parse(whole)
        .ok()
        .or_else(|| Siret::repair_leading_zero(whole))
        .map(Number::Siret)
        .ok_or(ProblemKind::Siret)
}

fn siren(written: &str, digits: &str) -> Result<Siren, ProblemKind> {
    if let Ok(siren) = Siren::parse(written) {
        return Ok(siren);
    }
    let only_digits = written
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace());
    if only_digits && matches!(digits.len(), 7 | 8) {
        let padded = Siren::parse(&format!("{digits:0>9}"));
        return padded.map_err(|_| ProblemKind::Siren);
    }
    Err(ProblemKind::Siren)
}

/// `1,23457E+13`: the digits are gone.
fn is_scientific(cell: &str) -> bool {
    let Some((number, power)) = cell.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits(&number.replace([',', '.'], "")) && digits(power.trim_start_matches('+'))
}

/// `2024-03-31`, `31/03/2024`, with or without a time, or the number of a day in a spreadsheet.
pub(super) fn date(cell: &str) -> Result<NaiveDate, ProblemKind> {
    let day = cell.split([' ', 'T']).next().unwrap_or_default();
    let read = NaiveDate::parse_from_str(day, "%Y-%m-%d")
        .or_else(|_| NaiveDate::parse_from_str(day, "%d/%m/%Y"))
        .or_else(|_| NaiveDate::parse_from_str(day, "%d-%m-%Y"))
        .or_else(|_| NaiveDate::parse_from_str(day, "%d.%m.%Y"))
        .ok()
        .or_else(|| serial(day));
    read.filter(|day| YEARS.contains(&day.year()))
        .ok_or(ProblemKind::Date)
}

/// Days since 30 December 1899.
fn serial(day: &str) -> Option<NaiveDate> {
    let days: i64 = day.parse().ok().filter(|_| day.len() == 5)?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(Duration::days(days))
}

pub(super) fn year(cell: &str) -> Result<i32, ProblemKind> {
    let year = cell.strip_suffix(".0").unwrap_or(cell);
    let year = year.parse().map_err(|_| ProblemKind::Year)?;
    YEARS
        .contains(&year)
        .then_some(year)
        .ok_or(ProblemKind::Year)
}

pub(super) fn score(cell: &str) -> Result<Score, ProblemKind> {
    let words = super::folded(cell);
    if words == "nc" || words.starts_with("non calculable") {
        return Ok(Score::NotComputable);
    }
    let whole = cell.replace(',', ".");
    let (whole, rest) = whole.split_once('.').unwrap_or((&whole, ""));
    let points: u8 = whole.parse().map_err(|_| ProblemKind::Score)?;
    (points <= 100 && rest.bytes().all(|byte| byte == b'0'))
        .then_some(Score::Points(points))
        .ok_or(ProblemKind::Score)
}

/// By its code or by its name, such as `VALIDE` or `Validé`.
pub(super) fn state(cell: &str) -> Result<AgreementState, ProblemKind> {
    let words = super::folded(cell);
    AgreementState::ALL
        .into_iter()
        .find(|state| {
            let code = state.code().to_lowercase();
            words == code || words.split(' ').next() == Some(code.as_str())
        })
        .ok_or(ProblemKind::State)
}

pub(super) fn siret(cell: &str) -> Result<Siret, ProblemKind> {
    match number(cell) {
        Ok(Number::Siret(siret)) => Ok(siret),
        Ok(Number::Siren(_)) | Err(_) => Err(ProblemKind::SignedSiret),
    }
}

/// By its code or by its name.
pub(super) fn kind(cell: &str) -> Result<Kind, ProblemKind> {
    let words = super::folded(cell);
    let found = Kind::SOLIDARITY
        .into_iter()
        .filter(|kind| super::is_in_directory(*kind))
        .find(|kind| {
            let code = kind.code().to_lowercase();
            words == code
                || words
                    .strip_prefix(&code)
                    .is_some_and(|rest| rest.starts_with(' '))
                || names(*kind).iter().any(|name| words.starts_with(name))
        });
    found.ok_or(ProblemKind::Kind)
}

/// The names of a kind, folded; the longest that begins a cell decides, so none begins another.
const fn names(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Etti => &["entreprise de travail temporaire d insertion"],
        Kind::Eiti => &["entreprise d insertion par le travail independant"],
        Kind::Ei => &["entreprise d insertion ei", "entreprises d insertion"],
        Kind::Ai => &["association intermediaire"],
        Kind::Aci => &[
            "atelier et chantier d insertion",
            "atelier chantier d insertion",
        ],
        Kind::Ea => &["entreprise adaptee ea"],
        Kind::Eatt => &[
            "entreprise adaptee de travail temporaire",
            "entreprise adaptee travail temporaire",
        ],
        Kind::Esat => &[
            "etablissement et service d aide par le travail",
            "etablissement et service d accompagnement par le travail",
        ],
        Kind::Geiq => &["groupement d employeurs pour l insertion"],
        Kind::Sep => &[
            "structure employant des personnes sous main de justice",
            "service de l emploi penitentiaire",
        ],
        _ => &[],
    }
}

/// Names that begin others: only the whole cell counts.
pub(super) fn whole_name(cell: &str) -> Option<Kind> {
    match super::folded(cell).as_str() {
        "entreprise d insertion" => Some(Kind::Ei),
        "entreprise adaptee" => Some(Kind::Ea),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_spoilt_by_a_spreadsheet_are_read_or_named() {
        let siret = |cell: &str| match number(cell) {
            Ok(Number::Siret(siret)) => siret.as_str().to_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(siret("732 829 320 00074"), "73282932000074");
        assert_eq!(siret("73282932000074.0"), "73282932000074");
        assert_eq!(siret("5781313100026"), "05781313100026");
        assert_eq!(number("7,32829E+13"), Err(ProblemKind::Scientific));
        assert_eq!(number("73282932000079"), Err(ProblemKind::Siret));
        assert_eq!(number("732829321"), Err(ProblemKind::Siren));
        assert_eq!(number("néant"), Err(ProblemKind::Siren));
        assert_eq!(
            number("732829320"),
            Siren::parse("732829320")
                .map(Number::Siren)
                .map_err(|_| ProblemKind::Siren)
        );
    }

    #[test]
    fn dates_are_read_in_the_forms_of_published_files() {
        let day = NaiveDate::from_ymd_opt(2024, 3, 31);
        for cell in [
            "2024-03-31",
            "31/03/2024",
            "31-03-2024",
            "2024-03-31T00:00:00",
            "31/03/2024 00:00",
            "45382",
        ] {
            assert_eq!(date(cell).ok(), day, "{cell}");
        }
        for cell in ["31/02/2024", "31/03/24", "mars 2024", "0001-01-01", "123"] {
            assert_eq!(date(cell), Err(ProblemKind::Date), "{cell}");
        }
    }

    #[test]
    fn a_kind_is_read_by_its_code_or_its_name() {
        for (cell, expected) in [
            ("EI", Kind::Ei),
            ("Entreprise d’insertion", Kind::Ei),
            (
                "entreprise d'insertion par le travail indépendant",
                Kind::Eiti,
            ),
            ("Entreprise adaptée", Kind::Ea),
            (
                "Entreprise adaptée de travail temporaire (EATT)",
                Kind::Eatt,
            ),
            ("aci", Kind::Aci),
            (
                "ETTI - Entreprise de travail temporaire d'insertion",
                Kind::Etti,
            ),
            ("ESAT", Kind::Esat),
        ] {
            assert_eq!(
                whole_name(cell).ok_or(()).or_else(|()| kind(cell)),
                Ok(expected),
                "{cell}"
            );
        }
        assert_eq!(kind("SARL"), Err(ProblemKind::Kind));
        assert_eq!(kind("ESUS"), Err(ProblemKind::Kind));
    }

    #[test]
    fn a_state_is_read_by_its_code_or_its_name() {
        assert_eq!(state("VALIDE"), Ok(AgreementState::Valide));
        assert_eq!(state("Historisé"), Ok(AgreementState::Historise));
        assert_eq!(state("Clôturé le 3 mai"), Ok(AgreementState::Cloture));
        assert_eq!(state("en cours"), Err(ProblemKind::State));
    }

    #[test]
    fn a_score_is_a_whole_number_out_of_a_hundred_or_not_computable() {
        assert_eq!(score("94"), Ok(Score::Points(94)));
        assert_eq!(score("94,0"), Ok(Score::Points(94)));
        assert_eq!(score("NC"), Ok(Score::NotComputable));
        assert_eq!(score("Non calculable"), Ok(Score::NotComputable));
        for cell in ["101", "-1", "94,5", ""] {
            assert_eq!(score(cell), Err(ProblemKind::Score), "{cell}");
        }
    }
}
