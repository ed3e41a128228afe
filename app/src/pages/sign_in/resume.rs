//! What was typed before signing in was kept, and one button sends it. The form posts to the address of the page, query
//! included: a form posted before any sign-in travels there, sealed.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::i18n::{text, use_lang};
use crate::ui::{Actions, Button, PageTitle};

#[component]
pub fn Resume() -> impl IntoView {
    let lang = use_lang();
    let carried = use_query_map().read_untracked().get("form").is_some();
    let title = lang.pick("Votre saisie a été conservée", "What you typed was kept");
    let why = if carried {
        text(
            "Vous voici connecté\u{A0}: il reste à envoyer ce que vous aviez saisi avant. C’est gardé pendant une heure, chiffré, pour ce navigateur seul.",
            "You are signed in: what you typed before remains to be sent. It is kept for one hour, encrypted, for this browser alone.",
        )
    } else {
        text(
            "Votre session avait expiré au moment de l’envoi. Rien n’est perdu\u{A0}: ce que vous aviez saisi est gardé pendant une heure, chiffré, pour vous seul.",
            "Your session had expired when you sent the form. Nothing is lost: what you typed is kept for one hour, encrypted, for you alone.",
        )
    };
    view! {
        <PageTitle title=title/>
        <div class="page">
            <h1>{title}</h1>
            <p class="lead">{why.get(lang)}</p>
            <form method="post">
                <Actions>
                    <Button label=lang.pick("Reprendre l’envoi", "Send it now")/>
                </Actions>
            </form>
        </div>
    }
}
