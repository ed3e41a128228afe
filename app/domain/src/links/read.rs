//! Reads the query of an address: the values that a link may propose, and what is refused, each with its reason.
//! Longer than 400 lines: each type of value is read, and each refusal named, in one place.

use super::parameter::{Parameter, TRADE_CODES, Takes, kind_of};
use crate::form::{
    Answers, CommitmentRow, CompanyStep, ContestRow, PledgeRow, StatementStep, StatusRow,
};
use crate::form::{Rule, rules};
use crate::identifiers::{SiaeNumber, Siren, Siret};
use crate::pledges::definition;
use crate::text::{Lang, text};

/// The longest query, in bytes: a link must go through every mail, and through sign-in.
pub const LONGEST: usize = 2_000;
/// The most parameters.
pub const MOST: usize = 30;
/// The most statuses, trades or commitments of one list.
const MOST_CODES: usize = 10;
/// No value that is taken is longer, in characters.
const LONGEST_VALUE: usize = 200;
/// What is shown of a name or of a value that is refused.
const SHOWN: usize = 60;

/// What a link proposes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The company: a SIRET or a SIREN, its digits alone.
    pub number: Option<String>,
    pub given: Vec<Given>,
    pub refused: Vec<Refused>,
}

/// One value that may fill an answer, as the answers hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub parameter: Parameter,
    pub value: String,
    /// The line that it belongs to: the kind of the status, or the code of the commitment.
    pub line: Option<String>,
    /// Not written in the link: it goes with what is.
    pub implied: bool,
}

/// Something in the link that fills nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Shortened, as written.
    pub name: String,
    pub value: String,
    pub reason: Reason,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No parameter has this name.
    Unknown,
    /// A question of the form that only the person may answer.
    Personal,
    /// The first one counts.
    Repeated,
    Empty,
    /// The encoding of the address is broken.
    Encoding,
    /// Not one of the codes.
    Code,
    /// Not what the form takes.
    Wrong(Rule),
    TooMany,
    /// Dates with several statuses, or with none.
    WhichStatus,
}

/// The address is too long, or names too many things: nothing of it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the link is too long")]
pub struct TooLong;

impl Reason {
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Wrong(rule) => rule.message(lang),
            Self::Unknown => text(
                "Aucun paramètre ne porte ce nom.",
                "No parameter has this name.",
            )
            .get(lang)
            .to_owned(),
            Self::Personal => text(
                "Jamais par un lien\u{a0}: vous seul répondez à cette question.",
                "Never by a link: you alone answer this question.",
            )
            .get(lang)
            .to_owned(),
            Self::Repeated => text(
                "Déjà donné\u{a0}: la première valeur compte.",
                "Given before: the first value counts.",
            )
            .get(lang)
            .to_owned(),
            Self::Empty => text("Aucune valeur.", "No value.").get(lang).to_owned(),
            Self::Encoding => text(
                "Illisible\u{a0}: l’adresse est mal codée.",
                "Unreadable: the address is badly encoded.",
            )
            .get(lang)
            .to_owned(),
            Self::Code => text("Ce code n’existe pas.", "There is no such code.")
                .get(lang)
                .to_owned(),
            Self::TooMany => text(
                "Trop de valeurs\u{a0}: les premières comptent.",
                "Too many values: the first ones count.",
            )
            .get(lang)
            .to_owned(),
            Self::WhichStatus => text(
                "Une date de validité demande un statut, et un seul.",
                "A date of validity needs one status, and only one.",
            )
            .get(lang)
            .to_owned(),
        }
    }
}

impl Link {
    fn refuse(&mut self, name: &str, value: &str, reason: Reason) {
        let shown = |text: &str| {
            text.chars()
                .filter(|c| !c.is_control())
                .take(SHOWN)
                .collect()
        };
        self.refused.push(Refused {
            name: shown(name),
            value: shown(value),
            reason,
        });
    }

    fn give(&mut self, parameter: Parameter, value: String, line: Option<String>) {
        self.given.push(Given {
            parameter,
            value,
            line,
            implied: false,
        });
    }

    fn has(&self, parameter: Parameter) -> bool {
        self.given.iter().any(|given| given.parameter == parameter)
    }

    /// Nothing is proposed, and no company named.
    pub fn is_empty(&self) -> bool {
        self.number.is_none() && self.given.is_empty() && self.refused.is_empty()
    }
}

/// Reads the query of an address, without its `?`.
pub fn read(query: &str) -> Result<Link, TooLong> {
    let pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    if query.len() > LONGEST || pairs.len() > MOST {
        return Err(TooLong);
    }
    let mut link = Link::default();
    let mut dates = vec![];
    let mut seen = vec![];
    for pair in pairs {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (Some(name), Some(value)) = (decode(name), decode(value)) else {
            link.refuse(name, value, Reason::Encoding);
            continue;
        };
        let value = value.trim();
        let Some(parameter) = Parameter::from_name(&name) else {
            let reason = if personal(&name) {
                Reason::Personal
            } else {
                Reason::Unknown
            };
            link.refuse(&name, value, reason);
            continue;
        };
        if seen.contains(&parameter) {
            link.refuse(&name, value, Reason::Repeated);
            continue;
        }
        seen.push(parameter);
        if value.is_empty() {
            link.refuse(&name, value, Reason::Empty);
        } else if value.chars().count() > LONGEST_VALUE {
            link.refuse(&name, value, Reason::Wrong(Rule::TooLong(LONGEST_VALUE)));
        } else if matches!(parameter, Parameter::ValidFrom | Parameter::ValidTo) {
            dates.push((parameter, value.to_owned()));
        } else {
            take(&mut link, parameter, value);
        }
    }
    date_the_status(&mut link, dates);
    imply(&mut link);
    link.given.sort_by_key(|given| given.parameter);
    Ok(link)
}

fn take(link: &mut Link, parameter: Parameter, value: &str) {
    let name = parameter.name();
    match parameter.takes() {
        Takes::Number => match number(value) {
            Ok((digits, siret)) => {
                link.number = Some(digits.clone());
                if siret {
                    link.give(parameter, digits, None);
                }
            }
            Err(rule) => link.refuse(name, value, Reason::Wrong(rule)),
        },
        Takes::YesNo => match value.to_lowercase().as_str() {
            "oui" => link.give(parameter, "yes".to_owned(), None),
            "non" => link.give(parameter, "no".to_owned(), None),
            _ => link.refuse(name, value, Reason::Wrong(Rule::ChooseOne)),
        },
        Takes::Date => match date(value) {
            Some(date) => link.give(parameter, date, None),
            None => link.refuse(name, value, Reason::Wrong(Rule::Date)),
        },
        Takes::Decimal => match rules::parse_decimal(value) {
            Some(number) => link.give(parameter, number.display(Lang::Fr), None),
            None => link.refuse(name, value, Reason::Wrong(Rule::Decimal)),
        },
        Takes::SiaeNumber => match SiaeNumber::parse(value) {
            Ok(number) => {
                let kind = number.measure().as_str().to_owned();
                link.give(parameter, number.as_str().to_owned(), Some(kind));
            }
            Err(error) => link.refuse(name, value, Reason::Wrong(Rule::Identifier(error))),
        },
        Takes::Kinds => codes(link, parameter, value, |code| {
            kind_of(code).map(|kind| kind.code().to_owned())
        }),
        Takes::Trades => codes(link, parameter, value, |code| {
            let code = code.to_lowercase();
            let known = TRADE_CODES.iter().find(|(name, _)| *name == code)?;
            Some(known.1.code().to_owned())
        }),
        Takes::Pledges => codes(link, parameter, value, |code| {
            definition(&code.to_uppercase()).map(|known| known.code.to_owned())
        }),
    }
}

/// A list of codes: those that exist are given, each other one is refused.
fn codes(
    link: &mut Link,
    parameter: Parameter,
    value: &str,
    known: impl Fn(&str) -> Option<String>,
) {
    let mut taken: Vec<String> = vec![];
    for code in value
        .split(',')
        .map(str::trim)
        .filter(|code| !code.is_empty())
    {
        match known(code) {
            None => link.refuse(parameter.name(), code, Reason::Code),
            Some(known) if taken.contains(&known) => {
                link.refuse(parameter.name(), code, Reason::Repeated);
            }
            Some(_) if taken.len() >= MOST_CODES => {
                link.refuse(parameter.name(), code, Reason::TooMany);
            }
            Some(known) => {
                let line = (parameter != Parameter::Trade).then(|| known.clone());
                taken.push(known.clone());
                link.give(parameter, known, line);
            }
        }
    }
}

/// Dates belong to the one status of the link.
fn date_the_status(link: &mut Link, dates: Vec<(Parameter, String)>) {
    let mut kinds: Vec<String> = link
        .given
        .iter()
        .filter(|given| matches!(given.parameter, Parameter::Status | Parameter::Siae))
        .filter_map(|given| given.line.clone())
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    for (parameter, value) in dates {
        match (date(&value), kinds.as_slice()) {
            (None, _) => link.refuse(parameter.name(), &value, Reason::Wrong(Rule::Date)),
            (Some(date), [kind]) => link.give(parameter, date, Some(kind.clone())),
            (Some(_), _) => link.refuse(parameter.name(), &value, Reason::WhichStatus),
        }
    }
}

/// A status goes with saying that there is one, and its number with the status.
fn imply(link: &mut Link) {
    let mut more: Vec<Given> = vec![];
    let implied = |parameter, value: &str, line: Option<String>| Given {
        parameter,
        value: value.to_owned(),
        line,
        implied: true,
    };
    for given in &link.given {
        if let Some(first) = given.parameter.implies()
            && !link.has(first)
            && !more.iter().any(|one| one.parameter == first)
        {
            more.push(implied(first, "yes", None));
        }
        if given.parameter == Parameter::Siae
            && let Some(kind) = &given.line
            && !link
                .given
                .iter()
                .any(|one| one.parameter == Parameter::Status && one.value == *kind)
        {
            more.push(implied(Parameter::Status, kind, Some(kind.clone())));
        }
    }
    link.given.extend(more);
}

/// The digits, and whether they are those of an establishment.
fn number(value: &str) -> Result<(String, bool), Rule> {
    match Siren::parse(value) {
        Ok(siren) => Ok((siren.as_str().to_owned(), false)),
        Err(_) => Siret::parse(value)
            .map(|siret| (siret.as_str().to_owned(), true))
            .map_err(Rule::Identifier),
    }
}

/// As people type dates into the form.
fn date(value: &str) -> Option<String> {
    rules::parse_date(value).map(|date| date.format("%d/%m/%Y").to_string())
}

/// The questions of the form, by their own names and by the words that people would try: none of them is on the list.
fn personal(name: &str) -> bool {
    const WORDS: [&str; 12] = [
        "contact",
        "nom",
        "name",
        "prenom",
        "email",
        "mail",
        "courriel",
        "telephone",
        "tel",
        "phone",
        "fonction",
        "signature",
    ];
    let lower = name.to_lowercase();
    let asked = CompanyStep::names()
        .iter()
        .chain(StatementStep::names())
        .chain(StatusRow::names())
        .chain(CommitmentRow::names())
        .chain(PledgeRow::names())
        .chain(ContestRow::names());
    let plain = lower.replace('-', "_");
    WORDS
        .iter()
        .any(|word| lower.split(['-', '_']).any(|part| part == *word))
        || asked.into_iter().any(|field| *field == plain)
}

/// The query in letters that every mail, browser and sign-in carries unchanged; it reads the same.
pub fn carried(query: &str) -> String {
    encoded(query, b"-._~,%&=+")
}

/// Any text as one value of a query.
pub fn value_of_query(text: &str) -> String {
    encoded(text, b"-._~,:@/")
}

fn encoded(query: &str, kept: &[u8]) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |nibble: u8| char::from(*HEX.get(usize::from(nibble)).unwrap_or(&b'0'));
    let mut out = String::with_capacity(query.len());
    for byte in query.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(digit(byte >> 4));
            out.push(digit(byte & 15));
        }
    }
    out
}

/// The parts of a query that can be read, for a form that carries them along.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .filter_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            Some((decode(name)?, decode(value)?))
        })
        .collect()
}

/// The text of a percent-encoded part; `None` when it is broken, or no text.
fn decode(part: &str) -> Option<String> {
    let mut bytes = part.bytes();
    let mut out = Vec::with_capacity(part.len());
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => {
                let (high, low) = (bytes.next()?, bytes.next()?);
                let hex = |digit: u8| char::from(digit).to_digit(16);
                u8::try_from(hex(high)? * 16 + hex(low)?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(out).ok()
}
