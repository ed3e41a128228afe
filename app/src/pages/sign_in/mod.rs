//! Signing in: asking for a link, the code, the page with the button, and the form that waited for a new session.
//!
//! Reading any of these pages changes nothing. The forms post to plain routes of the server, because cookies are set there.

mod ask;
mod link;
mod resume;
mod sent;

pub use ask::SignIn;
pub use link::OpenLink;
pub use resume::Resume;
pub use sent::Sent;

use leptos::prelude::*;

use crate::i18n::{Lang, Text, text};
use crate::ui::{Issue, Issues, TextInput};

/// Where the form of the code posts.
pub const CODE_FORM: &str = "/connexion/code";

/// What the server says when it shows a page of sign-in again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignInView {
    /// The address as typed.
    pub email: String,
    /// The page that the person was going to.
    pub next: Option<String>,
    pub problem: Option<SignInProblem>,
}

/// Why a form of sign-in did not open a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInProblem {
    /// Not an e-mail address.
    Email,
    /// Not eight digits.
    CodeShape,
    WrongCode,
    /// A code typed in a browser that asked for none.
    NotAsked,
    /// The link was opened in another browser than the one that asked: the code is needed.
    Elsewhere,
    /// Unknown, used, replaced, expired or tried too often: one answer for all.
    Dead,
    AccountClosed,
}

impl SignInProblem {
    /// The field to correct, or nothing when no field is wrong.
    fn field(self) -> Option<&'static str> {
        match self {
            Self::Email => Some("email"),
            Self::CodeShape | Self::WrongCode => Some("code"),
            Self::NotAsked | Self::Elsewhere | Self::Dead | Self::AccountClosed => None,
        }
    }

    /// What happened and what to do.
    pub fn words(self) -> Text {
        match self {
            Self::Email => text(
                "Saisissez une adresse électronique complète, comme prenom.nom@entreprise.fr.",
                "Enter a full e-mail address, such as firstname.lastname@company.com.",
            ),
            Self::CodeShape => text(
                "Le code compte 8 chiffres, comme 1234 5678. Recopiez-le depuis le dernier courriel reçu.",
                "The code has 8 digits, such as 1234 5678. Copy it from the latest e-mail.",
            ),
            Self::WrongCode => text(
                "Ce code n’est pas le bon. Recopiez celui du dernier courriel reçu\u{202F}; après cinq essais, il faut en demander un autre.",
                "This code is not the right one. Copy the one from the latest e-mail; after five tries, you must ask for another.",
            ),
            Self::NotAsked => text(
                "Ce navigateur n’a pas demandé de code. Saisissez le code dans le navigateur qui l’a demandé, ou demandez-en un ici.",
                "This browser did not ask for a code. Type it in the browser that asked, or ask for one here.",
            ),
            Self::Elsewhere => text(
                "Ce lien a été demandé dans un autre navigateur. Pour vous protéger, il faut aussi le code écrit dans le même courriel.",
                "This link was asked for in another browser. To protect you, the code written in the same e-mail is needed too.",
            ),
            Self::Dead => text(
                "Ce code ne fonctionne plus\u{A0}: il a servi, un plus récent l’a remplacé, ses dix minutes sont passées, ou il y a eu trop d’essais.",
                "This code no longer works: it was used, a newer one replaced it, its ten minutes are over, or there were too many tries.",
            ),
            Self::AccountClosed => text(
                "Ce compte est fermé. Notre service vous en dira plus\u{A0}: ses coordonnées sont en bas de la page.",
                "This account is closed. Our service will tell you more: see the bottom of the page.",
            ),
        }
    }
}

/// The problem of this answer, if any.
fn use_view() -> SignInView {
    use_context::<SignInView>().unwrap_or_default()
}

fn issues(lang: Lang, problem: Option<SignInProblem>) -> Issues {
    problem
        .and_then(|problem| Some(Issue::new(problem.field()?, problem.words().get(lang))))
        .into_iter()
        .collect()
}

/// The field of the code: pasting is welcome, and phones propose the code by themselves.
#[component]
fn CodeField(lang: Lang, issues: Issues) -> impl IntoView {
    view! {
        <TextInput
            lang=lang
            name="code"
            label=lang.pick("Code à 8 chiffres", "8-digit code")
            hint=lang.pick("Il se trouve dans le courriel, sous le lien.", "It is in the e-mail, below the link.")
            error=issues.of("code")
            autocomplete="one-time-code"
            inputmode="numeric"
            width="short"
            maxlength=20
        />
    }
}
