//! A fact that a supplier contests, in words: both values, where the first comes from, and why.

use domain::catalogue::Catalogue;
use domain::known::Contested;

use super::claim::{Fact, fact};
use crate::i18n::{Lang, long_date};

/// The title of a contest.
pub fn contest_title(names: &Catalogue, contested: &Contested, lang: Lang) -> String {
    contested.fact.name(names, lang)
}

pub fn contest_facts(contested: &Contested, lang: Lang) -> Vec<Fact> {
    let (source, day) = (
        contested.source.get(lang),
        long_date(lang, contested.read_on),
    );
    let said = match lang {
        Lang::Fr => format!("{}\n{source}, le {day}", contested.said.get(lang)),
        Lang::En => format!("{}\n{source}, on {day}", contested.said.get(lang)),
    };
    vec![
        fact(
            lang.pick("Selon le registre", "According to the register"),
            said,
        ),
        fact(
            lang.pick("Selon l’entreprise", "According to the company"),
            contested.value.clone(),
        ),
        fact(lang.pick("Pourquoi", "Why"), contested.reason.clone()),
    ]
}
