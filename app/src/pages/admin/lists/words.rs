//! What the states, failures and rows of a list are called.

use domain::claims::Kind;
use domain::decimal::Hundredths;
use domain::identifiers::{Siren, Siret};
use domain::lists::{Failure, ImportState, WrongMapping};

use crate::i18n::{Lang, Text, long_date, text};
use crate::ui::Tone;
use crate::views::{ListFile, ListLine};

/// A count as people read it.
pub(super) fn count(lang: Lang, count: u64) -> String {
    Hundredths::from_units(i64::try_from(count).unwrap_or(i64::MAX)).display(lang)
}

/// Who did it; nobody is the command line.
pub(super) fn by(lang: Lang, name: &str) -> String {
    if name.is_empty() {
        lang.pick("ligne de commande", "command line").to_owned()
    } else {
        name.to_owned()
    }
}

pub(super) fn line_state(line: &ListLine) -> (Text, Tone) {
    match &line.in_force {
        None => (text("Jamais importée", "Never imported"), Tone::Neutral),
        Some(force) if force.old => (
            text("En vigueur, à mettre à jour", "In force, to be updated"),
            Tone::Warning,
        ),
        Some(_) => (text("En vigueur", "In force"), Tone::Success),
    }
}

pub(super) const fn state(state: ImportState, in_force: bool) -> (Text, Tone) {
    match state {
        ImportState::Sent => (
            text("Colonnes à vérifier", "Columns to check"),
            Tone::Warning,
        ),
        ImportState::Reading => (text("En cours de lecture", "Being read"), Tone::Info),
        ImportState::Read => (text("Lu, à décider", "Read, to decide"), Tone::Warning),
        ImportState::Failed => (text("À corriger", "To correct"), Tone::Danger),
        ImportState::Discarded => (text("Écarté", "Discarded"), Tone::Neutral),
        ImportState::Kept if in_force => (text("En vigueur", "In force"), Tone::Success),
        ImportState::Kept => (text("Remplacé", "Replaced"), Tone::Neutral),
    }
}

pub(super) fn file_state(file: &ListFile) -> (Text, Tone) {
    state(file.state, file.in_force)
}

/// Why a file could not be read, and what to do.
pub(super) fn failure(lang: Lang, failure: &Failure) -> String {
    let fixed = match failure {
        Failure::Mapping(wrong) => return mapping(lang, wrong),
        Failure::TooManyRows => text(
            "Le fichier a plus d’un million de lignes\u{A0}: ce n’est pas une de ces listes. Vérifiez que c’est le bon fichier.",
            "The file has more than a million rows: it is not one of these lists. Check that it is the right file.",
        ),
        Failure::NoRows => text(
            "Aucune ligne ne donne un SIREN ou un SIRET lisible avec ces colonnes. Vérifiez les colonnes, et que celle des numéros est au format texte dans le tableur.",
            "No row gives a readable SIREN or SIRET with these columns. Check the columns, and that the one of the numbers is text in the spreadsheet.",
        ),
        Failure::NotATable => text(
            "Le fichier s’interrompt ou n’est pas un tableau. Ouvrez-le dans un tableur, enregistrez-le en CSV, et envoyez-le à nouveau.",
            "The file breaks off or is no table. Open it in a spreadsheet, save it as CSV, and send it again.",
        ),
        Failure::Gone => text(
            "Le fichier n’est plus sur cette machine\u{A0}: envoyez-le à nouveau.",
            "The file is no longer on this machine: send it again.",
        ),
        Failure::Interrupted => text(
            "La lecture s’est arrêtée\u{A0}: le disque ou la base n’a pas répondu. La liste en vigueur n’a pas changé\u{202F}; réessayez.",
            "The reading stopped: the disk or the database did not answer. The list in force has not changed; try again.",
        ),
    };
    fixed.get(lang).to_owned()
}

fn mapping(lang: Lang, wrong: &WrongMapping) -> String {
    match (wrong, lang) {
        (WrongMapping::NoIdentifier, Lang::Fr) => {
            "Choisissez la colonne qui donne le SIREN ou le SIRET.".to_owned()
        }
        (WrongMapping::NoIdentifier, Lang::En) => {
            "Choose the column that gives the SIREN or the SIRET.".to_owned()
        }
        (WrongMapping::Missing(field), Lang::Fr) => format!(
            "Choisissez la colonne «\u{202F}{}\u{202F}»\u{A0}: sans elle, une ligne ne prouve rien.",
            field.label().fr
        ),
        (WrongMapping::Missing(field), Lang::En) => format!(
            "Choose the column “{}”: without it, a row proves nothing.",
            field.label().en
        ),
        (WrongMapping::Unknown(heading), Lang::Fr) => {
            format!("Le fichier n’a pas de colonne «\u{202F}{heading}\u{202F}».")
        }
        (WrongMapping::Unknown(heading), Lang::En) => {
            format!("The file has no column “{heading}”.")
        }
        (WrongMapping::Twice(one, other), Lang::Fr) => format!(
            "«\u{202F}{}\u{202F}» et «\u{202F}{}\u{202F}» sont lus dans la même colonne\u{A0}: choisissez-en une autre.",
            one.label().fr,
            other.label().fr
        ),
        (WrongMapping::Twice(one, other), Lang::En) => format!(
            "“{}” and “{}” are read in the same column: choose another one.",
            one.label().en,
            other.label().en
        ),
    }
}

/// What a row is about: `732 829 320 00074, ESAT, depuis le 1er février 2024`.
pub(super) fn key(lang: Lang, key: &str) -> String {
    let end = key.find(['/', '@', '#']).unwrap_or(key.len());
    let (number, rest) = key.split_at(end);
    let mut words = Siret::parse(number)
        .map(|siret| siret.formatted())
        .or_else(|_| Siren::parse(number).map(|siren| siren.formatted()))
        .unwrap_or_else(|_| number.to_owned());
    for (at, mark) in rest
        .char_indices()
        .filter(|(_, c)| matches!(c, '/' | '@' | '#'))
    {
        let part = rest.get(at + mark.len_utf8()..).unwrap_or_default();
        let part = part.split(['/', '@', '#']).next().unwrap_or_default();
        words.push_str(", ");
        match (mark, part.parse::<chrono::NaiveDate>()) {
            ('@', Ok(day)) => {
                words.push_str(lang.pick("depuis le ", "since "));
                words.push_str(&long_date(lang, day));
            }
            _ => words.push_str(part.parse().map_or(part, |kind: Kind| kind.code())),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_told_by_its_number_and_what_tells_it_apart() {
        assert_eq!(key(Lang::Fr, "732829320"), "732\u{a0}829\u{a0}320");
        assert_eq!(
            key(Lang::Fr, "73282932000074/ESAT@2024-02-01"),
            "732\u{a0}829\u{a0}320\u{a0}00074, ESAT, depuis le 1er\u{a0}février 2024"
        );
        assert_eq!(
            key(Lang::En, "732829320#2025"),
            "732\u{a0}829\u{a0}320, 2025"
        );
    }
}
