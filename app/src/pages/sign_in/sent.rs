//! After asking: where the mail is, and the field for its code. The page is the same for every address.

use leptos::prelude::*;

use super::{CODE_FORM, CodeField, SignInProblem, issues, use_view};
use crate::i18n::use_lang;
use crate::routes::path;
use crate::site::use_site;
use crate::ui::{Actions, Button, ErrorSummary, Notice, PageTitle, Tone};

#[component]
pub fn Sent() -> impl IntoView {
    let lang = use_lang();
    let view = use_view();
    let site = use_site();
    let issues = issues(lang, view.problem);
    let dead = view
        .problem
        .filter(|_| issues.is_empty())
        .map(SignInProblem::words);
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
            <form method="post" action=CODE_FORM novalidate>
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
