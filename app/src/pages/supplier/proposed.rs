//! Where the answers of a step come from that the person did not type: who proposed them and when, or which register says so.

use domain::civil::paris_day;
use domain::form::{Answers as _, StatusRow, StepCode};
use domain::identifiers::Siret;
use domain::known::{Fact, KnownFact, known};
use domain::links::Origin;

use super::known::{fact_source, proven_in};
use crate::catalogue::use_catalogue;
use crate::i18n::{Lang, long_date};
use crate::views::DeclarationView;

/// By the path of the answer, as long as it is what was proposed or what the register says.
pub(super) fn sources(lang: Lang, view: &DeclarationView, step: StepCode) -> Vec<(String, String)> {
    let mut sources = proposed(lang, view, step);
    let read = match step {
        StepCode::Company => of_company(lang, view),
        StepCode::Solidarity => of_statuses(lang, view),
        _ => vec![],
    };
    for (path, words) in read {
        if sources.iter().all(|(known, _)| *known != path) {
            sources.push((path, words));
        }
    }
    sources
}

/// By somebody else, until they are changed or confirmed.
fn proposed(lang: Lang, view: &DeclarationView, step: StepCode) -> Vec<(String, String)> {
    view.draft
        .proposed(step)
        .into_iter()
        .map(|(path, one)| {
            let (who, day) = (
                one.origin.words().get(lang),
                long_date(lang, paris_day(one.at)),
            );
            let words = match (lang, one.origin) {
                (Lang::Fr, Origin::Egapro) => format!("{who}, éditée le {day}. À vérifier."),
                (Lang::En, Origin::Egapro) => format!("{who}, of {day}. To be checked."),
                (Lang::Fr, _) => format!("{who}, le {day}. À vérifier."),
                (Lang::En, _) => format!("{who}, on {day}. To be checked."),
            };
            (path, words)
        })
        .collect()
}

/// The establishment and the name, as the register of companies gives them.
fn of_company(lang: Lang, view: &DeclarationView) -> Vec<(String, String)> {
    let facts = view.registry.facts();
    let all = known(
        (&view.siren, &view.registry),
        &view.listed,
        &use_catalogue(),
    );
    let source = all.iter().find(|known| known.fact == Fact::Name);
    let (Some(facts), Some(source)) = (facts, source) else {
        return vec![];
    };
    // Since when the company is there says nothing of its number nor of its name.
    let source = KnownFact {
        since: None,
        ..source.clone()
    };
    let company = &view.draft.company;
    // However its digits are spaced, a number is the same answer.
    let typed = Siret::parse(&company.siret).ok();
    [
        ("siret", typed.is_some() && typed == facts.siret),
        ("name", facts.name.as_ref() == Some(&company.name)),
    ]
    .into_iter()
    .filter(|(_, same)| *same)
    .map(|(name, _)| (name.to_owned(), fact_source(lang, &source)))
    .collect()
}

/// The answers of the statuses that registers and lists prove.
fn of_statuses(lang: Lang, view: &DeclarationView) -> Vec<(String, String)> {
    let rows = &view.draft.solidarity.rows;
    let mut sources = vec![];
    for proven in proven_in(view) {
        let at = rows.iter().enumerate();
        let mut at = at.filter(|(_, row)| row.mark() == proven.row.mark());
        let Some((rank, row)) = at.next() else {
            continue;
        };
        let (source, day) = (proven.source.get(lang), long_date(lang, proven.read_on));
        let words = match lang {
            Lang::Fr => format!("{source}, le {day}"),
            Lang::En => format!("{source}, on {day}"),
        };
        for field in StatusRow::fields() {
            let said = proven.row.answer(field.name);
            if !said.is_empty() && said == row.answer(field.name) {
                sources.push((format!("rows[{rank}][{}]", field.name), words.clone()));
            }
        }
    }
    sources
}
