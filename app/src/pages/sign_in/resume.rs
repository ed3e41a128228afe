//! After a session expired in the middle of a form: what was typed was kept, and one button sends it.

use leptos::prelude::*;

use crate::i18n::use_lang;
use crate::ui::{Actions, Button, PageTitle};

#[component]
pub fn Resume() -> impl IntoView {
    let lang = use_lang();
    let title = lang.pick("Votre saisie a été conservée", "What you typed was kept");
    view! {
        <PageTitle title=title/>
        <div class="page">
            <h1>{title}</h1>
            <p class="lead">
                {lang.pick(
                    "Votre session avait expiré au moment de l’envoi. Rien n’est perdu\u{A0}: ce que vous aviez saisi est gardé pendant une heure, chiffré, pour vous seul.",
                    "Your session had expired when you sent the form. Nothing is lost: what you typed is kept for one hour, encrypted, for you alone.",
                )}
            </p>
            <form method="post">
                <Actions>
                    <Button label=lang.pick("Reprendre l’envoi", "Send it now")/>
                </Actions>
            </form>
        </div>
    }
}
