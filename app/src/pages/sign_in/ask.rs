//! The first page of sign-in: an address, and nothing else to remember.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{SignInProblem, issues, use_view};
use crate::i18n::use_lang;
use crate::reply::is_local_path;
use crate::routes::path;
use crate::site::use_site;
use crate::ui::{Actions, Button, ErrorSummary, Notice, PageTitle, TextInput, Tone};

#[component]
pub fn SignIn() -> impl IntoView {
    let lang = use_lang();
    let view = use_view();
    let site = use_site();
    let next = view.next.clone().or_else(asked_page);
    let issues = issues(lang, view.problem);
    let wrong = !issues.is_empty();
    let title = lang.pick("Se connecter", "Sign in");
    let closed = (view.problem == Some(SignInProblem::AccountClosed)).then(|| {
        view! {
            <Notice tone=Tone::Danger live=true title=lang.pick("Ce compte est fermé", "This account is closed")>
                <p>
                    {lang.pick("Pour en savoir plus, écrivez à ", "To know more, write to ")}
                    <a href=format!("mailto:{}", site.email)>{site.email.clone()}</a>
                    "."
                </p>
            </Notice>
        }
    });
    let email = issues.of("email");
    view! {
        <PageTitle title=title error=wrong/>
        <div class="page">
            <ErrorSummary lang=lang issues=issues/>
            <h1>{title}</h1>
            {closed}
            <p class="lead">
                {lang.pick(
                    "Pas de mot de passe\u{A0}: nous vous envoyons un lien et un code, valables dix minutes.",
                    "No password: we send you a link and a code, valid for ten minutes.",
                )}
            </p>
            <form method="post" action=path::SIGN_IN novalidate>
                <TextInput
                    lang=lang
                    name="email"
                    kind="email"
                    label=lang.pick("Adresse électronique", "E-mail address")
                    hint=lang.pick(
                        "De préférence celle de votre entreprise\u{A0}: elle aide à vérifier que vous la représentez. Exemple\u{A0}: prenom.nom@entreprise.fr",
                        "Preferably your company’s: it helps to check that you represent it. Example: firstname.lastname@company.com",
                    )
                    value=view.email
                    error=email
                    autocomplete="email"
                    maxlength=254
                />
                {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                <Actions>
                    <Button label=lang.pick("Recevoir le lien de connexion", "Send me the sign-in link")/>
                </Actions>
            </form>
            <p>
                {lang.pick(
                    "Première visite\u{202F}? La même adresse ouvre votre espace, sans autre inscription.",
                    "First visit? The same address opens your account, with nothing else to register.",
                )}
            </p>
        </div>
    }
}

/// The page named in the address, if it is one of ours.
fn asked_page() -> Option<String> {
    use_query_map()
        .read_untracked()
        .get("next")
        .filter(|next| is_local_path(next))
}
