//! The line of a step that says whether what is typed is saved. Hidden until the browser can save by itself; every word of every
//! state is drawn here.

use domain::form::StepCode;
use leptos::prelude::*;
use uuid::Uuid;

use crate::doors::supplier::step_path;
use crate::i18n::{Lang, Text, text};
use crate::islands::typing::{STATE, SavesWhileTyping};
use crate::visitor::Visitor;

const IDLE: Text = text(
    "Vos réponses s’enregistrent pendant que vous les saisissez.",
    "Your answers are saved while you type them.",
);
const SAVING: Text = text("Enregistrement…", "Saving…");
const OFFLINE: Text = text(
    "Pas enregistré\u{A0}: hors ligne. Vos réponses sont gardées dans cet onglet et seront envoyées dès le retour du réseau.",
    "Not saved: offline. Your answers are kept in this tab and will be sent as soon as the network is back.",
);
const LATER: Text = text(
    "Pas enregistré\u{A0}: le service ne répond pas. Vos réponses sont gardées dans cet onglet et seront envoyées dès qu’il répond.",
    "Not saved: the service does not answer. Your answers are kept in this tab and will be sent as soon as it does.",
);
const REFUSED: Text = text(
    "Pas enregistré pendant la saisie. Vos réponses restent sur cet écran\u{A0}: utilisez le bouton «\u{202F}Enregistrer le brouillon\u{202F}».",
    "Not saved while typing. Your answers stay on this screen: use the button “Save the draft”.",
);
const SIGNED_OUT: Text = text(
    "Pas enregistré\u{A0}: votre session est terminée. Vos réponses sont gardées dans cet onglet.",
    "Not saved: your session has ended. Your answers are kept in this tab.",
);
const SIGN_IN: Text = text("Me reconnecter ici", "Sign in again here");
const HELD: Text = text(
    "Cette étape a été modifiée ailleurs en même temps. Rien n’est perdu\u{A0}: vos réponses sont gardées à part.",
    "This step was changed elsewhere at the same time. Nothing is lost: your answers are kept aside.",
);
const CHOOSE: Text = text(
    "Choisir entre les deux versions",
    "Choose between the two versions",
);
const OTHERS: Text = text(
    "Vos réponses sont enregistrées. Des lignes ont été ajoutées ou retirées ailleurs\u{A0}:",
    "Your answers are saved. Lines were added or removed elsewhere:",
);
const RELOAD: Text = text(
    "recharger la page pour les voir",
    "reload the page to see them",
);
const UNKEPT: Text = text(
    "Ce navigateur ne peut pas les garder\u{A0}: ne fermez pas cet onglet.",
    "This browser cannot keep them: do not close this tab.",
);

/// Whose answers the tab keeps.
pub(super) fn owner() -> Option<String> {
    let visitor = use_context::<Visitor>()?;
    visitor
        .identity()
        .map(|identity| identity.account.to_string())
}

/// Where the difference of a step goes.
pub fn typing_path(id: Uuid, step: StepCode) -> String {
    format!("{}/saisie", step_path(id, step))
}

pub fn typing_state(
    lang: Lang,
    id: Uuid,
    step: StepCode,
    sent_by: Option<String>,
) -> impl IntoView + use<> {
    let here = step_path(id, step);
    let (saved_at, not_sent) = match lang {
        Lang::Fr => ("Enregistré à ", ", non transmis."),
        Lang::En => ("Saved at ", ", not sent."),
    };
    view! {
        <p
            class="save-state typing"
            id=STATE
            role="status"
            data-state="idle"
            data-to=typing_path(id, step)
            data-owner=owner()
            data-sent-by=sent_by
            hidden
        >
            <span data-says="idle" hidden>{IDLE.get(lang)}</span>
            // Seen, not read out: it would be after each pause.
            <span data-says="saving" aria-hidden="true" hidden>{SAVING.get(lang)}</span>
            <span data-says="saved" hidden>{saved_at} <span data-hour=""></span> {not_sent}</span>
            <span data-says="offline" hidden>{OFFLINE.get(lang)}</span>
            <span data-says="later" hidden>{LATER.get(lang)}</span>
            <span data-says="refused" hidden>{REFUSED.get(lang)}</span>
            <span data-says="signed-out" hidden>
                {SIGNED_OUT.get(lang)} " "
                <button type="button" class="link">{SIGN_IN.get(lang)}</button>
            </span>
            <span data-says="held" hidden>
                {HELD.get(lang)} " " <a href=here.clone() data-choose="">{CHOOSE.get(lang)}</a> "."
            </span>
            <span data-says="others" hidden>
                {OTHERS.get(lang)} " " <a href=here>{RELOAD.get(lang)}</a> "."
            </span>
            <span data-says="unkept" hidden>" " {UNKEPT.get(lang)}</span>
        </p>
        <SavesWhileTyping/>
    }
}
