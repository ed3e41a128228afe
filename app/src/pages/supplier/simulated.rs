//! Said on the size step when it was filled in from the simulator: what was taken over, and what was not.

use leptos::prelude::*;

use crate::i18n::Lang;
use crate::pages::public::LeftOut;
use crate::routes::path;
use crate::ui::{Notice, Tone};

/// In the address of the step, with the codes of what was left out.
pub const SIMULATION: &str = super::search::KEPT_SIMULATION;

/// `left` is what could not be carried over.
pub(super) fn simulated(lang: Lang, left: &[LeftOut]) -> AnyView {
    if left.contains(&LeftOut::Everything) {
        return gone(lang).into_any();
    }
    if left.is_empty() {
        return whole(lang).into_any();
    }
    view! {
        <Notice
            tone=Tone::Warning
            live=true
            title=lang.pick("La catégorie n’est pas celle de votre simulation", "The category is not that of your simulation")
        >
            <p>
                {lang
                    .pick(
                        "Vos réponses sont reprises, mais une fois rangées ici elles ne donnent pas le même résultat. Vérifiez chaque ligne du groupe. Si le calcul reste faux, ne déclarez pas votre taille et ",
                        "Your answers are taken over, but once here they do not give the same result. Check each line of the group. If the result stays wrong, do not declare your size and ",
                    )} <a href=path::HELP>{lang.pick("écrivez-nous", "write to us")}</a> "."
            </p>
        </Notice>
    }
    .into_any()
}

fn whole(lang: Lang) -> impl IntoView {
    view! {
        <Notice tone=Tone::Info live=true>
            <p>
                {lang
                    .pick(
                        "Voici vos réponses au simulateur. Vérifiez-les, et complétez la date de clôture.",
                        "Here are your answers to the simulator. Check them, and add the closing date.",
                    )}
            </p>
        </Notice>
    }
}

fn gone(lang: Lang) -> impl IntoView {
    view! {
        <Notice
            tone=Tone::Warning
            live=true
            title=lang.pick("Le simulateur n’est pas repris", "The simulation is not taken over")
        >
            <p>
                {lang
                    .pick(
                        "Ses réponses n’étaient gardées qu’une heure. Donnez-les ici, ou ",
                        "Its answers were kept for one hour only. Give them here, or ",
                    )} <a href=path::SIMULATOR>{lang.pick("refaites la simulation", "run the simulation again")}</a> "."
            </p>
        </Notice>
    }
}
