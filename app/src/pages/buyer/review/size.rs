//! The arithmetic behind an SME claim, recomputed from its figures, enterprise by enterprise.

use domain::claims::SizeClaim;
use leptos::prelude::*;

use crate::i18n::Lang;
use crate::islands::group::{Arithmetic, Drawing, periods};
use crate::islands::simulator::Lines;
use crate::ui::{Notice, StatusChip, Tone};

/// Folded, because most companies stand alone and the category is above.
#[component]
pub(super) fn SizeExplanation(lang: Lang, size: SizeClaim, company: String) -> AnyView {
    let Some(computed) = size.recomputed(&company) else {
        return view! {
            <Notice tone=Tone::Warning>
                <p>
                    {lang
                        .pick(
                            "Le calcul ne peut pas être refait à partir des chiffres déclarés\u{a0}: vérifiez la catégorie à la main.",
                            "The computation cannot be done again from the declared figures: check the category by hand.",
                        )}
                </p>
            </Notice>
        }
        .into_any();
    };
    let (outcome, by_period) = (computed.outcome, computed.by_period);
    let differs = outcome.eu_category != size.category;
    let check = outcome.explanation.iter().any(|line| line.manual_check);
    let note = differs.then(|| {
        let (raw, kept) = (outcome.eu_category.label().get(lang), size.category.label().get(lang));
        let words = match lang {
            Lang::Fr => format!("L’exercice donne «\u{202f}{raw}\u{202f}», mais un seul exercice ne fait pas changer de catégorie\u{a0}: «\u{202f}{kept}\u{202f}» est conservée (règle des deux exercices)."),
            Lang::En => format!("The period gives “{raw}”, but one period alone does not change the category: “{kept}” is kept (two-period rule)."),
        };
        view! { <p>{words}</p> }
    });
    let flag = check.then(|| {
        view! {
            <p>
                <StatusChip
                    label=lang.pick("Un point est à vérifier à la main", "One point is to be checked by hand")
                    tone=Tone::Warning
                />
            </p>
        }
    });
    let lines = outcome.explanation.clone();
    view! {
        {flag}
        <details class="size" open=check>
            <summary>
                {lang.pick("Calcul, entreprise par entreprise", "Computation, enterprise by enterprise")}
            </summary>
            {note}
            {periods(lang, &by_period)}
            <Drawing lang=lang case=computed.case outcome=Some(outcome.clone())/>
            <Arithmetic lang=lang outcome=outcome/>
            <Lines lang=lang lines=lines/>
        </details>
    }
    .into_any()
}
