//! A link followed by a supplier: exactly what it would fill, beside what is answered; one button agrees.

use domain::lifecycle::Status;
use domain::links::{Link, Outcome, Parameter, Proposal};
use leptos::prelude::*;

use super::ask_company;
use super::company::{card, is_closed};
use super::words::{proposals, refused};
use crate::doors::supplier::declaration_path;
use crate::i18n::Lang;
use crate::routes::path;
use crate::ui::{Actions, Button, ButtonKind, ButtonLink, Notice, PageTitle, Tone};
use crate::views::{LinkView, Receiver};

/// The field of the form that carries the link.
const LINK: &str = "link";

pub(super) fn show(lang: Lang, query: &str, link: &Link, view: &LinkView) -> AnyView {
    let title = lang.pick("Ce que ce lien propose", "What this link proposes");
    let closed = is_closed(&view.company);
    let lines: Vec<Proposal> = view
        .proposals
        .iter()
        .filter(|line| line.given.parameter != Parameter::Siret || line.outcome == Outcome::Kept)
        .cloned()
        .collect();
    let editable = view.receiver.as_ref().is_none_or(|one| one.editable);
    let list = (!lines.is_empty() && !closed && editable).then(|| {
        view! {
            <section aria-labelledby="proposed-title">
                <h2 id="proposed-title">{lang.pick("Les réponses proposées", "The proposed answers")}</h2>
                <p>
                    {lang
                        .pick(
                            "Rien n’est rempli avant votre accord. Une réponse déjà donnée n’est jamais remplacée.",
                            "Nothing is filled in before you agree. An answer given already is never replaced.",
                        )}
                </p>
                {proposals(lang, &lines, true)}
            </section>
        }
    });
    let fills = lines.iter().any(|line| line.outcome == Outcome::Fills);
    let act = match (&view.receiver, link.number.is_some(), closed) {
        (_, _, true) => back(lang).into_any(),
        (_, false, _) => ask_company(lang, query, link).into_any(),
        (Some(receiver), ..) if !receiver.editable => sent(lang, receiver).into_any(),
        (receiver, ..) => agree(lang, query, receiver.as_ref(), fills).into_any(),
    };
    view! {
        <PageTitle title=title/>
        <div class="page declaring">
            <p class="back">
                <a href=path::SUPPLIER>{lang.pick("Mon espace", "My account")}</a>
            </p>
            <h1>{title}</h1>
            {card(lang, &view.company)}
            {list}
            {refused(lang, link)}
            {act}
        </div>
    }
    .into_any()
}

fn agree(
    lang: Lang,
    query: &str,
    receiver: Option<&Receiver>,
    fills: bool,
) -> impl IntoView + use<> {
    let away = receiver.map_or_else(|| path::SUPPLIER.to_owned(), |one| declaration_path(one.id));
    let (label, words) = match (receiver, fills) {
        (Some(_), true) => (
            lang.pick("Remplir ma déclaration", "Fill in my declaration"),
            lang.pick(
                "Les réponses marquées «\u{202F}Sera rempli\u{202F}» rejoignent votre déclaration en cours, avec la mention «\u{202F}Proposé par un lien\u{202F}».",
                "The answers marked “Will be filled in” join your open declaration, with the mention “Proposed by a link”.",
            ),
        ),
        (Some(_), false) => (
            lang.pick("Ouvrir ma déclaration", "Open my declaration"),
            lang.pick(
                "Le lien n’apporte rien de nouveau à votre déclaration en cours.",
                "The link brings nothing new to your open declaration.",
            ),
        ),
        (None, true) => (
            lang.pick("Commencer avec ces réponses", "Start with these answers"),
            lang.pick(
                "Une déclaration commence pour cette entreprise. Si une autre personne la suit déjà, rien n’est rempli, et il vous est proposé de demander à la rejoindre.",
                "A declaration starts for this company. If another person follows it already, nothing is filled in, and you may ask to join them.",
            ),
        ),
        (None, false) => (
            lang.pick("Commencer la déclaration", "Start the declaration"),
            lang.pick(
                "Une déclaration commence pour cette entreprise. Si une autre personne la suit déjà, il vous est proposé de demander à la rejoindre.",
                "A declaration starts for this company. If another person follows it already, you may ask to join them.",
            ),
        ),
    };
    view! {
        <form method="post" action="/fn/open-by-link">
            <input type="hidden" name=LINK value=query.to_owned()/>
            <p>{words}</p>
            <Actions>
                <Button label=label/>
                <ButtonLink
                    href=away
                    label=lang.pick("Ne rien reprendre du lien", "Take nothing from the link")
                    kind=ButtonKind::Quiet
                />
            </Actions>
        </form>
    }
}

/// The declaration is not the supplier's to change now.
fn sent(lang: Lang, receiver: &Receiver) -> impl IntoView + use<> {
    let (reference, page) = (receiver.reference.clone(), declaration_path(receiver.id));
    let words = match (receiver.status, lang) {
        (Status::Draft | Status::ChangesRequested, Lang::Fr) => format!(
            "Vous pouvez lire la déclaration {reference}, mais pas la modifier\u{A0}: le lien ne remplit rien."
        ),
        (Status::Draft | Status::ChangesRequested, Lang::En) => {
            format!(
                "You may read the declaration {reference}, not change it: the link fills nothing."
            )
        }
        (_, Lang::Fr) => format!(
            "La déclaration {reference} est déjà transmise\u{A0}: le lien ne remplit rien. Pour la corriger, ouvrez-la."
        ),
        (_, Lang::En) => format!(
            "The declaration {reference} has been sent: the link fills nothing. To correct it, open it."
        ),
    };
    view! {
        <Notice tone=Tone::Info title=lang.pick("Une déclaration est en cours", "A declaration is under way")>
            <p>{words}</p>
        </Notice>
        <p>
            <ButtonLink
                href=page
                label=lang.pick("Voir la déclaration", "See the declaration")
            />
        </p>
    }
}

fn back(lang: Lang) -> impl IntoView {
    view! {
        <p>
            <ButtonLink
                href=path::SUPPLIER
                label=lang.pick("Revenir à mon espace", "Back to my account")
                kind=ButtonKind::Secondary
            />
        </p>
    }
}

/// Said at the first step that a link filled.
pub fn filled_notice(lang: Lang) -> impl IntoView {
    view! {
        <Notice tone=Tone::Info live=true title=lang.pick("Réponses proposées", "Proposed answers")>
            <p>
                {lang
                    .pick(
                        "Elles sont en place, chacune avec sa mention. Vérifiez-les\u{A0}: elles deviennent vôtres quand vous enregistrez l’étape pour continuer.",
                        "They are in place, each with its mention. Check them: they become yours when you save the step to go on.",
                    )}
            </p>
        </Notice>
    }
}
