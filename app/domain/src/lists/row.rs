//! One row of a list: read from the cells of a file, with what is wrong named by column.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cells::{self, Number};
use super::{Field, ListKind};
use crate::claims::{AgreementState, Kind};
use crate::identifiers::{Siren, Siret};
use crate::text::{Text, text};

/// The longest value that is shown with a problem.
const SHOWN: usize = 40;

/// An index of professional equality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Score {
    /// Out of 100.
    Points(u8),
    /// Legal where too few employees can be compared.
    NotComputable,
}

/// What a row says besides the company and its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Facts {
    /// The establishment; `None` when the row speaks of the whole legal unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub siret: Option<Siret>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Of the agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<AgreementState>,
    /// The establishment that signed the agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_siret: Option<Siret>,
    /// What rows of the list contradict each other about: nothing is said of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contradicted: Vec<Field>,
}

/// A row that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub siren: Siren,
    pub name: Option<String>,
    pub facts: Facts,
}

impl Row {
    /// What the row is about: the same company or establishment, kind, start and year. Two rows with one key say the same
    /// thing, or contradict each other; two approvals that follow each other have two starts, and so two keys.
    pub fn key(&self) -> String {
        let mut key = match &self.facts.siret {
            Some(siret) => siret.as_str().to_owned(),
            None => self.siren.as_str().to_owned(),
        };
        if let Some(kind) = self.facts.kind {
            key.push('/');
            key.push_str(kind.code());
        }
        if let Some(from) = self.facts.valid_from {
            key.push('@');
            key.push_str(&from.to_string());
        }
        if let Some(year) = self.facts.year {
            key.push('#');
            key.push_str(&year.to_string());
        }
        key
    }
}

/// What is wrong in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// Neither SIREN nor SIRET.
    NoNumber,
    Siren,
    Siret,
    /// The SIRET belongs to another SIREN than the one beside it.
    OtherSiren,
    /// The spreadsheet wrote the number as `7,3E+13`.
    Scientific,
    Kind,
    State,
    SignedSiret,
    Date,
    /// The end comes before the start.
    DatesReversed,
    Year,
    Score,
}

impl ProblemKind {
    /// Whether the row says nothing at all because of it; otherwise only the cell is left out.
    pub const fn refuses_row(self) -> bool {
        !matches!(
            self,
            Self::Date | Self::DatesReversed | Self::State | Self::SignedSiret
        )
    }

    pub const fn words(self) -> Text {
        match self {
            Self::NoNumber => text("ni SIREN ni SIRET", "neither SIREN nor SIRET"),
            Self::Siren => text("SIREN invalide", "invalid SIREN"),
            Self::Siret => text("SIRET invalide", "invalid SIRET"),
            Self::OtherSiren => text(
                "le SIRET n’est pas de ce SIREN",
                "the SIRET is not of this SIREN",
            ),
            Self::Scientific => text(
                "nombre écrit par le tableur en notation scientifique\u{A0}: mettez la colonne au format texte",
                "number written by the spreadsheet in scientific notation: make the column text",
            ),
            Self::Kind => text("type de structure inconnu", "unknown kind of structure"),
            Self::State => text("état inconnu, laissé de côté", "unknown state, left out"),
            Self::SignedSiret => text(
                "SIRET à la signature invalide, laissé de côté",
                "invalid SIRET at signature, left out",
            ),
            Self::Date => text(
                "date illisible, laissée de côté",
                "unreadable date, left out",
            ),
            Self::DatesReversed => text(
                "fin avant le début, laissée de côté",
                "end before the start, left out",
            ),
            Self::Year => text("année illisible", "unreadable year"),
            Self::Score => text(
                "index attendu entre 0 et 100, ou NC",
                "index expected between 0 and 100, or NC",
            ),
        }
    }
}

/// One problem of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub field: Field,
    pub kind: ProblemKind,
    /// The beginning of the cell.
    pub value: String,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowRead {
    /// No cell that is read holds anything.
    Empty,
    Read {
        row: Box<Row>,
        problems: Vec<Problem>,
    },
    Refused(Vec<Problem>),
}

/// Reads the cells of a row in the columns that give the fields.
pub fn read_row(list: ListKind, columns: &BTreeMap<Field, usize>, cells: &[String]) -> RowRead {
    let mut reader = Reader {
        columns,
        cells,
        problems: Vec::new(),
    };
    if columns.keys().all(|field| reader.cell(*field).is_none()) {
        return RowRead::Empty;
    }
    let number = reader.number();
    let mut facts = Facts {
        kind: match list {
            ListKind::Inclusion => {
                reader.required(
                    Field::Kind,
                    ProblemKind::Kind,
                    |cell| match cells::whole_name(cell) {
                        Some(kind) => Ok(kind),
                        None => cells::kind(cell),
                    },
                )
            }
            _ => None,
        },
        valid_from: reader.optional(Field::ValidFrom, cells::date),
        valid_to: reader.optional(Field::ValidTo, cells::date),
        reference: reader.cell(Field::Reference),
        department: reader.cell(Field::Department),
        state: reader.optional(Field::State, cells::state),
        signed_siret: reader.optional(Field::SignedSiret, cells::siret),
        ..Facts::default()
    };
    if list == ListKind::Egapro {
        facts.year = reader.required(Field::Year, ProblemKind::Year, cells::year);
        facts.score = reader.required(Field::Score, ProblemKind::Score, cells::score);
    }
    if facts.valid_from > facts.valid_to && facts.valid_to.is_some() {
        facts.valid_to = None;
        reader.problem(Field::ValidTo, ProblemKind::DatesReversed);
    }
    let name = reader.cell(Field::Name);
    let problems = reader.problems;
    let refused = problems.iter().any(|problem| problem.kind.refuses_row());
    match number {
        Some(number) if !refused => {
            let siren = match number {
                Number::Siren(siren) => siren,
                Number::Siret(siret) => {
                    let siren = siret.siren();
                    // The other lists speak of the whole legal unit, whichever establishment they name.
                    facts.siret = (list == ListKind::Inclusion).then_some(siret);
                    siren
                }
            };
            let row = Box::new(Row { siren, name, facts });
            RowRead::Read { row, problems }
        }
        _ => RowRead::Refused(problems),
    }
}

struct Reader<'r> {
    columns: &'r BTreeMap<Field, usize>,
    cells: &'r [String],
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn cell(&self, field: Field) -> Option<String> {
        let at = self.columns.get(&field)?;
        let cell = cells::clean(self.cells.get(*at)?);
        (!cell.is_empty()).then_some(cell)
    }

    fn problem(&mut self, field: Field, kind: ProblemKind) {
        let value = self.cell(field).unwrap_or_default();
        self.problems.push(Problem {
            field,
            kind,
            value: value.chars().take(SHOWN).collect(),
        });
    }

    fn optional<T>(
        &mut self,
        field: Field,
        read: impl Fn(&str) -> Result<T, ProblemKind>,
    ) -> Option<T> {
        let cell = self.cell(field)?;
        let value = read(&cell);
        value.map_err(|kind| self.problem(field, kind)).ok()
    }

    fn required<T>(
        &mut self,
        field: Field,
        missing: ProblemKind,
        read: impl Fn(&str) -> Result<T, ProblemKind>,
    ) -> Option<T> {
        if self.cell(field).is_none() {
            self.problem(field, missing);
            return None;
        }
        self.optional(field, read)
    }

    /// The SIRET where there is one, else the SIREN; when both are there they must go together.
    fn number(&mut self) -> Option<Number> {
        let siret = self.cell(Field::Siret);
        let siren = self.cell(Field::Siren);
        let (field, cell) = match (&siret, &siren) {
            (Some(siret), _) => (Field::Siret, siret),
            (None, Some(siren)) => (Field::Siren, siren),
            (None, None) => {
                let known = self.columns.contains_key(&Field::Siren);
                let field = if known { Field::Siren } else { Field::Siret };
                self.problem(field, ProblemKind::NoNumber);
                return None;
            }
        };
        let number = match cells::number(cell) {
            Ok(number) => number,
            Err(kind) => {
                self.problem(field, kind);
                return None;
            }
        };
        if let (Number::Siret(siret), Some(beside)) = (&number, siren.as_deref()) {
            let same = match cells::number(beside) {
                Ok(Number::Siren(siren)) => siret.belongs_to(&siren),
                Ok(Number::Siret(other)) => other == *siret,
                Err(kind) => {
                    self.problem(Field::Siren, kind);
                    return None;
                }
            };
            if !same {
                self.problem(Field::Siret, ProblemKind::OtherSiren);
                return None;
            }
        }
        Some(number)
    }
}
