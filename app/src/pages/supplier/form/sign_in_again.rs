//! The panel in which somebody whose session ended signs in again, beside what they were typing. Opened by a script alone:
//! without one, a form that arrives after its session is kept by the server.

use leptos::prelude::*;
use uuid::Uuid;

use crate::doors::supplier::declaration_path;
use crate::i18n::{Lang, Text, text};
use crate::islands::typing::SIGN_IN_AGAIN;
use crate::pages::sign_in::CODE_FORM;
use crate::routes::path;
use crate::ui::{Actions, Button, ButtonKind, TextInput};
use crate::visitor::Visitor;

const TITLE: Text = text("Me reconnecter", "Sign in again");
const WHY: Text = text(
    "Votre session est terminée. Vos réponses sont gardées dans cet onglet\u{A0}: elles seront envoyées dès la reconnexion.",
    "Your session has ended. Your answers are kept in this tab: they will be sent as soon as you are signed in.",
);
const SEND_CODE: Text = text("Recevoir un code à ", "Send a code to ");
const SENT: Text = text(
    "Un courriel vient de partir. Recopiez ici son code, ou ouvrez son lien dans ce navigateur puis revenez à cet onglet.",
    "An e-mail is on its way. Copy its code here, or open its link in this browser, then come back to this tab.",
);
const CUT: Text = text(
    "Le service n’a pas répondu, ou a reçu trop de demandes. Réessayez dans quelques minutes\u{A0}: rien n’est perdu.",
    "The service did not answer, or was asked too often. Try again in a few minutes: nothing is lost.",
);

pub(super) fn sign_in_again(lang: Lang, id: Uuid) -> impl IntoView + use<> {
    let email = use_context::<Visitor>()
        .and_then(|visitor| visitor.identity().map(|identity| identity.email.clone()))
        .unwrap_or_default();
    // The link of the mail leads to a page that says to come back to this one.
    let next = format!("{}?reconnexion", declaration_path(id));
    view! {
        <dialog class="panel" id=SIGN_IN_AGAIN aria-labelledby="again-title">
            <h2 id="again-title">{TITLE.get(lang)}</h2>
            <p>{WHY.get(lang)}</p>
            <form method="post" action=CODE_FORM novalidate hidden>
                <p role="status">{SENT.get(lang)}</p>
                <TextInput
                    lang=lang
                    name="code"
                    id="again-code"
                    label=lang.pick("Code à 8 chiffres", "8-digit code")
                    autocomplete="one-time-code"
                    inputmode="numeric"
                    width="short"
                    maxlength=20
                />
                <Actions>
                    <Button label=TITLE.get(lang)/>
                </Actions>
            </form>
            <p class="panel-problem" role="alert" data-problem=CUT.get(lang)></p>
            <form method="post" action=path::SIGN_IN>
                <input type="hidden" name="email" value=email.clone()/>
                <input type="hidden" name="next" value=next/>
                <Actions>
                    <Button label=format!("{}{email}", SEND_CODE.get(lang)) kind=ButtonKind::Secondary/>
                </Actions>
            </form>
            <form method="dialog">
                <Button label=lang.pick("Fermer", "Close") kind=ButtonKind::Quiet/>
            </form>
        </dialog>
    }
}
