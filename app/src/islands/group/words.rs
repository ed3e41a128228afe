//! The words of a group: what one is to the other, how much of it counts, by what it is tied.

use domain::decimal::Percent;
use domain::sme::{Control, Explanation, Relation};

use crate::i18n::{Lang, Text, text};
use crate::ui::Tone;

pub const fn relation(relation: Relation) -> (Text, Tone) {
    match relation {
        Relation::Own => (text("Déclarante", "Declaring"), Tone::Info),
        Relation::Linked => (text("Liée", "Linked"), Tone::Info),
        Relation::Partner => (text("Partenaire", "Partner"), Tone::Info),
        Relation::Exempt => (
            text("Investisseur écarté", "Exempt investor"),
            Tone::Neutral,
        ),
        Relation::PublicBody => (text("Organisme public", "Public body"), Tone::Warning),
        Relation::Ignored => (text("Non comptée", "Not counted"), Tone::Neutral),
    }
}

/// `Liée, comptée à 100 %`: what counts of an enterprise, and as what.
pub fn counted(lang: Lang, line: &Explanation) -> String {
    let label = relation(line.relation).0.get(lang);
    match line.percentage {
        None => label.to_owned(),
        Some(share) => {
            let share = share.display(lang);
            match lang {
                Lang::Fr => format!("{label}, comptée à {share}"),
                Lang::En => format!("{label}, counted at {share}"),
            }
        }
    }
}

/// `60 % du capital et 55 % des votes`; one percentage where they are the same; control in words.
pub fn share_words(
    lang: Lang,
    capital: Percent,
    votes: Percent,
    control: Option<Control>,
) -> String {
    let shares = if capital == votes {
        capital.display(lang)
    } else {
        let (capital, votes) = (capital.display(lang), votes.display(lang));
        match lang {
            Lang::Fr => format!("{capital} du capital et {votes} des votes"),
            Lang::En => format!("{capital} of the capital and {votes} of the votes"),
        }
    };
    match control {
        Some(control) => format!("{shares} ({})", control.label().get(lang)),
        None => shares,
    }
}
