//! After asking: where the mail is, and the field for its code. The page is the same for every address.

use leptos::prelude::*;

use super::{CodeField, SignInProblem, issues, use_view};
use crate::i18n::{text, use_lang};
use crate::routes::path;
use crate::site::use_site;
use crate::ui::{Actions, Button, ErrorSummary, Notice, PageTitle, Tone};

#[component]
pub fn Sent() -> impl IntoView {
    let lang = use_lang();
    let view = use_view();
    let site = use_site();
    let issues = issues(lang, view.problem);
    let dead = match view.problem {
        Some(SignInProblem::Dead) => Some(text(
            "Ce code ne fonctionne plus\u{A0}: il a servi, un plus récent l’a remplacé, ses dix minutes sont passées, ou il y a eu trop d’essais.",
            "This code no longer works: it was used, a newer one replaced it, its ten minutes are over, or there were too many tries.",
        )),
        Some(SignInProblem::NotAsked) => Some(text(
            "Ce navigateur n’a pas demandé de code. Saisissez le code dans le navigateur qui l’a demandé, ou demandez-en un ici.",
            "This browser did not ask for a code. Type it in the browser that asked, or ask for one here.",
        )),
        Some(SignInProblem::AccountClosed) => Some(text(
            "Ce compte est fermé. Notre service vous en dira plus\u{A0}: ses coordonnées sont en bas de la page.",
            "This account is closed. Our service will tell you more: see the bottom of the page.",
        )),
        _ => None,
    };
    let error = !issues.is_empty() || dead.is_some();
    let title = lang.pick("Consultez votre messagerie", "Check your inbox");
    view! {
        <PageTitle title=title error=error/>
        <div class="page">
            <ErrorSummary lang=lang issues=issues.clone()/>
            <h1>{title}</h1>
            {dead.map(|why| view! { <Notice tone=Tone::Danger live=true><p>{why.get(lang)}</p></Notice> })}
            <p class="lead">
                {lang.pick(
                    "Un courriel vient de partir. Ouvrez son lien dans ce navigateur, ou recopiez son code ici.",
                    "An e-mail is on its way. Open its link in this browser, or copy its code here.",
                )}
            </p>
            {site
                .demonstration
                .then(|| {
                    view! {
                        <Notice tone=Tone::Info>
                            <p>
                                {lang.pick("Démonstration\u{A0}: le courriel se lit à la page ", "Demonstration: read the e-mail on the page ")}
                                <a href="/demo/courriels">{lang.pick("Courriels envoyés", "E-mails sent")}</a>
                                "."
                            </p>
                        </Notice>
                    }
                })}
            <form method="post" action="/connexion/code" novalidate>
                <CodeField lang=lang issues=issues/>
                <Actions>
                    <Button label=lang.pick("Se connecter", "Sign in")/>
                </Actions>
            </form>
            <h2>{lang.pick("Rien reçu\u{202F}?", "Nothing received?")}</h2>
            <ul>
                <li>{lang.pick("Attendez une minute, puis regardez dans les indésirables.", "Wait a minute, then look in the spam folder.")}</li>
                <li>
                    {lang.pick("Vérifiez l’adresse, puis ", "Check the address, then ")}
                    <a href=path::SIGN_IN>{lang.pick("demandez un autre lien", "ask for another link")}</a>
                    {lang.pick("\u{202F}; seul le dernier fonctionne.", "; only the latest works.")}
                </li>
            </ul>
        </div>
    }
}
