//! The page of a sign-in link: a button. Mail scanners open links; only a person presses the button.

use leptos::prelude::*;

use super::{CodeField, SignInProblem, issues, use_view};
use crate::i18n::use_lang;
use crate::routes::path;
use crate::ui::{Actions, Button, ButtonKind, ButtonLink, ErrorSummary, Notice, PageTitle, Tone};

#[component]
pub fn OpenLink() -> impl IntoView {
    let lang = use_lang();
    let problem = use_view().problem;
    match problem {
        None => button().into_any(),
        Some(SignInProblem::AccountClosed) => super::SignIn().into_any(),
        Some(problem) => {
            let issues = issues(lang, Some(problem));
            let dead = problem == SignInProblem::Dead;
            let title = if dead {
                lang.pick("Ce lien ne fonctionne plus", "This link no longer works")
            } else {
                lang.pick(
                    "Saisissez le code du courriel",
                    "Type the code of the e-mail",
                )
            };
            let why = if dead {
                lang.pick(
                    "Il a déjà servi, un plus récent l’a remplacé, ses dix minutes sont passées, ou il a été demandé dans un autre navigateur. Dans ce dernier cas, le code du courriel suffit.",
                    "It was used already, a newer one replaced it, its ten minutes are over, or it was asked for in another browser. In that last case, the code of the e-mail is enough.",
                )
            } else {
                SignInProblem::Elsewhere.words().get(lang)
            };
            let tone = if dead { Tone::Danger } else { Tone::Info };
            view! {
                <PageTitle title=title error=dead || !issues.is_empty()/>
                <div class="page">
                    <ErrorSummary lang=lang issues=issues.clone()/>
                    <h1>{title}</h1>
                    <Notice tone=tone live=dead>
                        <p>{why}</p>
                    </Notice>
                    <form method="post" novalidate>
                        <CodeField lang=lang issues=issues/>
                        <Actions>
                            <Button label=lang.pick("Se connecter", "Sign in")/>
                            <ButtonLink
                                href=path::SIGN_IN
                                label=lang.pick("Demander un autre lien", "Ask for another link")
                                kind=ButtonKind::Secondary
                            />
                        </Actions>
                    </form>
                </div>
            }
            .into_any()
        }
    }
}

/// A form without an action posts to the address of the page, token included: the token is written nowhere else.
fn button() -> impl IntoView {
    let lang = use_lang();
    let title = lang.pick("Votre lien de connexion", "Your sign-in link");
    view! {
        <PageTitle title=title/>
        <div class="page">
            <h1>{title}</h1>
            <p class="lead">
                {lang.pick(
                    "Une dernière étape\u{A0}: ce bouton ouvre votre session.",
                    "One last step: this button opens your session.",
                )}
            </p>
            <form method="post">
                <Actions>
                    <Button label=lang.pick("Se connecter", "Sign in")/>
                </Actions>
            </form>
        </div>
    }
}
