//! Which column of a file gives what: the fields of each list, and the headings by which a column is recognised.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ListKind;
use crate::text::{Text, text};

/// How far the line of the headings is looked for: published workbooks begin with a title.
const HEADING_LINES: usize = 20;

/// What a column may give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Siret,
    Siren,
    Name,
    /// The kind of structure.
    Kind,
    /// The number of the approval or of the agreement.
    Reference,
    ValidFrom,
    ValidTo,
    Department,
    /// The year of an index.
    Year,
    Score,
    /// Of the agreement of an inclusion structure.
    State,
    /// The establishment that signed the agreement.
    SignedSiret,
}

impl Field {
    pub const ALL: [Self; 12] = [
        Self::Siret,
        Self::Siren,
        Self::Name,
        Self::Kind,
        Self::Reference,
        Self::ValidFrom,
        Self::ValidTo,
        Self::Department,
        Self::Year,
        Self::Score,
        Self::State,
        Self::SignedSiret,
    ];

    /// The word in forms, commands and what is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Siret => "siret",
            Self::Siren => "siren",
            Self::Name => "name",
            Self::Kind => "kind",
            Self::Reference => "reference",
            Self::ValidFrom => "valid_from",
            Self::ValidTo => "valid_to",
            Self::Department => "department",
            Self::Year => "year",
            Self::Score => "score",
            Self::State => "state",
            Self::SignedSiret => "signed_siret",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }

    pub const fn label(self) -> Text {
        match self {
            Self::Siret => text("SIRET", "SIRET"),
            Self::Siren => text("SIREN", "SIREN"),
            Self::Name => text("Nom", "Name"),
            Self::Kind => text("Type de structure", "Kind of structure"),
            Self::Reference => text("Numéro d’agrément", "Number of the approval"),
            Self::ValidFrom => text("Début", "Start"),
            Self::ValidTo => text("Fin", "End"),
            Self::Department => text("Département", "Department"),
            Self::Year => text("Année", "Year"),
            Self::Score => text("Index (note sur 100)", "Index (score out of 100)"),
            Self::State => text("État de la convention", "State of the agreement"),
            Self::SignedSiret => text("SIRET à la signature", "SIRET at signature"),
        }
    }

    /// Words of usual headings, folded, the surest first.
    const fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Siret => &["siret", "numero siret", "n siret"],
            Self::Siren => &["siren", "numero siren", "n siren"],
            Self::Name => &[
                "raison sociale",
                "denomination sociale",
                "denomination",
                "nom ou raison sociale",
                "nom de la structure",
                "nom de l entreprise",
                "nom",
                "name",
                "entreprise",
                "structure",
            ],
            Self::Kind => &[
                "type de structure",
                "type structure",
                "kind",
                "type",
                "categorie",
            ],
            Self::Reference => &[
                "numero d agrement",
                "numero agrement",
                "n d agrement",
                "n agrement",
                "numero de convention",
                "annexe financiere",
                "numero d arrete",
                "reference",
            ],
            Self::ValidFrom => &[
                "date d agrement",
                "date agrement",
                "date de debut",
                "debut de validite",
                "debut",
                "date de decision",
                "date d effet",
                "valid from",
                "start",
            ],
            Self::ValidTo => &[
                "date de fin",
                "fin de validite",
                "fin d agrement",
                "fin de l agrement",
                "date d expiration",
                "expiration",
                "echeance",
                "fin",
                "valid to",
                "end",
            ],
            Self::Department => &[
                "departement",
                "code departement",
                "dept",
                "dep",
                "department",
            ],
            Self::Year => &["annee", "annee des donnees", "year"],
            Self::State => &[
                "etat de l annexe financiere",
                "etat de la convention",
                "etat",
                "statut de la convention",
                "state",
            ],
            Self::SignedSiret => &[
                "siret a la signature",
                "siret signature",
                "siret signataire",
            ],
            Self::Score => &["note index", "index", "note globale", "score", "note"],
        }
    }
}

impl ListKind {
    /// What a file of this list can give.
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Esus => &[
                Field::Siret,
                Field::Siren,
                Field::Name,
                Field::Reference,
                Field::ValidFrom,
                Field::ValidTo,
                Field::Department,
            ],
            Self::EssFrance => &[Field::Siret, Field::Siren, Field::Name, Field::Department],
            Self::Inclusion => &[
                Field::Siret,
                Field::Siren,
                Field::Name,
                Field::Kind,
                Field::Reference,
                Field::ValidFrom,
                Field::ValidTo,
                Field::Department,
                Field::State,
                Field::SignedSiret,
            ],
            Self::Egapro => &[
                Field::Siret,
                Field::Siren,
                Field::Name,
                Field::Department,
                Field::Year,
                Field::Score,
            ],
        }
    }

    /// A file without these columns says nothing; SIREN or SIRET is asked besides.
    pub const fn required(self) -> &'static [Field] {
        match self {
            Self::Esus | Self::EssFrance => &[],
            Self::Inclusion => &[Field::Kind],
            Self::Egapro => &[Field::Year, Field::Score],
        }
    }
}

/// The heading of the column that gives each field, as written in the file.
pub type Mapping = BTreeMap<Field, String>;

/// Why the columns of a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", content = "what", rename_all = "snake_case")]
pub enum WrongMapping {
    #[error("no column gives the SIREN nor the SIRET")]
    NoIdentifier,
    #[error("no column gives {}", .0.code())]
    Missing(Field),
    #[error("the file has no column {0}")]
    Unknown(String),
    #[error("{} and {} are read in the same column", .0.code(), .1.code())]
    Twice(Field, Field),
}

/// A text by which headings are compared: without case, accents or punctuation, one space between words.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        let plain = match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' => 'a',
            'ç' => 'c',
            'è' | 'é' | 'ê' | 'ë' => 'e',
            'ì' | 'í' | 'î' | 'ï' => 'i',
            'ñ' => 'n',
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
            'ù' | 'ú' | 'û' | 'ü' => 'u',
            'ÿ' => 'y',
            'œ' => {
                out.push('o');
                'e'
            }
            // A combining accent belongs to the letter before it.
            '\u{300}'..='\u{36f}' => continue,
            other if other.is_alphanumeric() => other,
            _ => ' ',
        };
        if plain != ' ' || (!out.is_empty() && !out.ends_with(' ')) {
            out.push(plain);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Where the headings are among the first lines of a file: the first line that names an identifier and something else, else the
/// first that is not empty. `None` when there is no line at all.
pub fn heading_line(list: ListKind, lines: &[Vec<String>]) -> Option<usize> {
    let cells = |line: &[String]| line.iter().filter(|cell| !cell.trim().is_empty()).count();
    let found = lines.iter().take(HEADING_LINES).position(|line| {
        let guess = guess(list, line);
        guess.contains_key(&Field::Siren) || guess.contains_key(&Field::Siret)
    });
    found.or_else(|| lines.iter().position(|line| cells(line) > 0))
}

/// What the headings say of themselves. No column is given two fields.
pub fn guess(list: ListKind, headings: &[String]) -> Mapping {
    let folded: Vec<String> = headings.iter().map(|heading| folded(heading)).collect();
    let mut taken = vec![false; headings.len()];
    let mut mapping = Mapping::new();
    // A heading that is exactly the word goes first, so that “Note Index” is not lost to a longer one.
    for exact in [true, false] {
        for field in list.fields() {
            if mapping.contains_key(field) {
                continue;
            }
            let found = field.headings().iter().find_map(|word| {
                let mut columns = folded.iter().zip(&taken);
                columns.position(|(heading, taken)| {
                    let same = if exact {
                        heading == word
                    } else {
                        has_words(heading, word) && heading.len() <= 60
                    };
                    same && !taken
                })
            });
            let Some(at) = found else { continue };
            if let (Some(heading), Some(taken)) = (headings.get(at), taken.get_mut(at)) {
                mapping.insert(*field, heading.clone());
                *taken = true;
            }
        }
    }
    mapping
}

/// Whether the words follow each other in the heading.
fn has_words(heading: &str, words: &str) -> bool {
    format!(" {heading} ").contains(&format!(" {words} "))
}

/// The columns in which the fields are read: the position of each, once the mapping is one that the file allows.
pub fn mapping(
    list: ListKind,
    headings: &[String],
    wanted: &Mapping,
) -> Result<BTreeMap<Field, usize>, WrongMapping> {
    let mut columns = BTreeMap::new();
    for (field, heading) in wanted {
        if !list.fields().contains(field) {
            continue;
        }
        let exact = headings.iter().position(|one| one == heading);
        let like = || {
            let wanted = folded(heading);
            headings.iter().position(|one| folded(one) == wanted)
        };
        let at = exact
            .or_else(like)
            .ok_or_else(|| WrongMapping::Unknown(heading.clone()))?;
        let other = columns.iter().find(|(_, column)| **column == at);
        if let Some((other, _)) = other {
            // One column may hold both numbers: either is read for what it is.
            let both = [*other, *field].map(|one| matches!(one, Field::Siren | Field::Siret));
            if both != [true, true] {
                return Err(WrongMapping::Twice(*other, *field));
            }
        }
        columns.insert(*field, at);
    }
    if !columns.contains_key(&Field::Siren) && !columns.contains_key(&Field::Siret) {
        return Err(WrongMapping::NoIdentifier);
    }
    match list
        .required()
        .iter()
        .find(|field| !columns.contains_key(field))
    {
        Some(missing) => Err(WrongMapping::Missing(*missing)),
        None => Ok(columns),
    }
}
