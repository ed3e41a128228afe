//! Numbers and names of the figures, as a page says them.

use domain::contracts::Mode;
use domain::decimal::Hundredths;

use crate::i18n::{Lang, NO_BREAK, Text, text};

pub(in crate::pages::buyer) const fn mode_words(mode: Mode) -> Text {
    match mode {
        Mode::Initial => text("Tels que notifiés", "As notified"),
        Mode::Current => text("Modifications comprises", "Modifications included"),
    }
}

/// `52,94 %`, or that there is nothing to divide by.
pub(in crate::pages::buyer) fn percent(lang: Lang, rate: Option<Hundredths>) -> String {
    match (rate, lang) {
        (Some(rate), Lang::Fr) => format!("{}{NO_BREAK}%", rate.display(lang)),
        (Some(rate), Lang::En) => format!("{}%", rate.display(lang)),
        (None, _) => lang.pick("non calculable", "not computable").to_owned(),
    }
}

/// What each figure counts.
pub const fn figure_words(id: &str) -> Text {
    match id.as_bytes() {
        b"I1" => text(
            "Marchés avec clause environnementale",
            "Contracts with an environmental clause",
        ),
        b"I1w" => text(
            "Marchés avec clause ou critère environnemental",
            "Contracts with an environmental clause or criterion",
        ),
        b"I1v" => text(
            "Montant des marchés avec clause environnementale",
            "Amount of contracts with an environmental clause",
        ),
        b"I2" => text(
            "Marchés avec clause sociale",
            "Contracts with a social clause",
        ),
        b"I2w" => text(
            "Marchés avec clause ou critère social, ou réservés",
            "Contracts with a social clause or criterion, or reserved",
        ),
        b"I2v" => text(
            "Montant des marchés avec clause sociale",
            "Amount of contracts with a social clause",
        ),
        b"I3" => text(
            "Achats auprès d’entreprises solidaires",
            "Purchases from solidarity enterprises",
        ),
        b"I3low" => text(
            "Borne basse\u{A0}: tous les titulaires sont solidaires",
            "Lower bound: all holders are solidarity enterprises",
        ),
        b"I3high" => text(
            "Borne haute\u{A0}: un titulaire au moins est solidaire",
            "Upper bound: at least one holder is",
        ),
        b"I3s" => text(
            "Achats solidaires indirects, par la sous-traitance\u{A0}: jamais ajoutés aux précédents",
            "Indirect solidarity purchases, through subcontracts: never added to those above",
        ),
        b"I4" => text("Marchés attribués à des PME", "Contracts held by SMEs"),
        b"I4v" => text(
            "Montant des marchés attribués à des PME",
            "Amount of contracts held by SMEs",
        ),
        b"I5" => text("Marchés réservés", "Reserved contracts"),
        b"I6" => text("Marchés innovants", "Innovative contracts"),
        b"I7" => text(
            "Titulaires avec une déclaration validée",
            "Holders with a validated declaration",
        ),
        b"I8" => text("Heures d’insertion engagées", "Insertion hours committed"),
        b"I8r" => text(
            "Heures d’insertion réalisées et vérifiées",
            "Insertion hours realised and checked",
        ),
        _ => text("Mesure", "Measure "),
    }
}
