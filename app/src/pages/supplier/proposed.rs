//! The answers of a step that somebody else proposed: by whom and when, until they are changed or confirmed.

use domain::civil::paris_day;
use domain::form::StepCode;
use domain::links::Origin;

use crate::i18n::{Lang, long_date};
use crate::views::DeclarationView;

/// By the path of the answer.
pub(super) fn sources(lang: Lang, view: &DeclarationView, step: StepCode) -> Vec<(String, String)> {
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
