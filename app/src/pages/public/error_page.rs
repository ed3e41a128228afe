//! What a visitor reads when a page cannot be shown: what happened, and what to do next.

use leptos::prelude::*;

use crate::i18n::{Lang, Text, Words, text, use_lang};
use crate::routes::path;
use crate::site::use_site;
use crate::ui::{ButtonKind, ButtonLink, PageTitle};

/// Why there is no page. Nothing here says whether something exists that the visitor may not see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Unknown address, or an object of somebody else: the same answer.
    NotFound,
    /// The visitor is known and has no right to this action.
    Forbidden,
    /// What was sent could not be read: unknown field, wrong encoding.
    BadRequest,
    /// The rules refuse it, or somebody was faster: why, as a whole sentence in the language of the page.
    Refused { message: String },
    /// The body is larger than the limit, in whole megabytes.
    TooLarge { limit_mb: u32 },
    /// Too many tries; seconds to wait.
    TooMany { wait_seconds: u32 },
    /// A fault on our side, with the reference found in the logs.
    Unavailable { reference: Option<String> },
    /// The request took too long or the server is stopping.
    Busy,
}

impl ErrorKind {
    const fn title(&self) -> Text {
        match self {
            Self::NotFound => text("Page introuvable", "Page not found"),
            Self::Forbidden => text("Action non autorisée", "Action not allowed"),
            Self::BadRequest => text("Demande illisible", "Unreadable request"),
            Self::Refused { .. } => text("Action impossible", "This cannot be done"),
            Self::TooLarge { .. } => text("Envoi trop volumineux", "Request too large"),
            Self::TooMany { .. } => text("Trop d’essais", "Too many attempts"),
            Self::Unavailable { .. } => text(
                "Le service rencontre une difficulté",
                "The service is having difficulties",
            ),
            Self::Busy => text("Le service est très sollicité", "The service is very busy"),
        }
    }

    fn explanation(&self, lang: Lang) -> Words {
        match self {
            Self::NotFound => lang.pick(
                "L’adresse est peut-être incomplète, ou la page n’existe plus. Si vous attendiez un dossier, connectez-vous avec l’adresse électronique qui l’a ouvert.",
                "The address may be incomplete, or the page no longer exists. If you expected a file, sign in with the e-mail address that opened it.",
            ).into(),
            Self::Forbidden => lang.pick(
                "Votre compte ne permet pas cette action. Rien n’a été modifié.",
                "Your account does not allow this action. Nothing was changed.",
            ).into(),
            Self::BadRequest => lang.pick(
                "Ce que votre navigateur a envoyé n’a pas pu être lu. Rien n’a été modifié. Revenez à la page précédente, rechargez-la, puis recommencez.",
                "What your browser sent could not be read. Nothing was changed. Go back to the previous page, reload it, then try again.",
            ).into(),
            Self::Refused { message } => message.clone().into(),
            Self::TooLarge { limit_mb } => match lang {
                Lang::Fr => format!("L’envoi dépasse {limit_mb}\u{A0}Mo. Rien n’a été enregistré. Revenez à la page précédente et raccourcissez vos réponses."),
                Lang::En => format!("The request exceeds {limit_mb}\u{A0}MB. Nothing was saved. Go back to the previous page and shorten your answers."),
            }.into(),
            Self::TooMany { wait_seconds } => {
                let minutes = wait_seconds.div_ceil(60).max(1);
                match (lang, minutes) {
                    (Lang::Fr, 1) => "Pour protéger le service, les essais sont limités. Réessayez dans une minute.".to_owned(),
                    (Lang::Fr, n) => format!("Pour protéger le service, les essais sont limités. Réessayez dans {n}\u{A0}minutes."),
                    (Lang::En, 1) => "To protect the service, attempts are limited. Try again in one minute.".to_owned(),
                    (Lang::En, n) => format!("To protect the service, attempts are limited. Try again in {n}\u{A0}minutes."),
                }.into()
            }
            Self::Unavailable { .. } => lang.pick(
                "Une erreur est survenue de notre côté. Ce qui avait été enregistré est conservé. Réessayez dans quelques minutes.",
                "An error occurred on our side. What had been saved is kept. Try again in a few minutes.",
            ).into(),
            Self::Busy => lang.pick(
                "Votre demande n’a pas pu être traitée à temps. Ce qui avait été enregistré est conservé. Réessayez dans quelques instants.",
                "Your request could not be handled in time. What had been saved is kept. Try again in a moment.",
            ).into(),
        }
    }
}

/// The whole page; the server sets the status.
#[component]
pub fn ErrorPage(kind: ErrorKind) -> impl IntoView {
    let lang = use_lang();
    let site = use_site();
    let title = kind.title().get(lang);
    let explanation = kind.explanation(lang);
    let reference = match &kind {
        ErrorKind::Unavailable {
            reference: Some(reference),
        } => Some(view! {
            <p>
                {lang.pick("Référence à nous communiquer\u{A0}: ", "Reference to quote: ")}
                <code>{reference.clone()}</code>
            </p>
        }),
        _ => None,
    };
    let contact = match lang {
        Lang::Fr => format!(
            "Besoin d’aide\u{202F}? {}\u{A0}: {}.",
            site.service, site.phone
        ),
        Lang::En => format!("Need help? {}: {}.", site.service, site.phone),
    };
    view! {
        <PageTitle title=title error=true/>
        <div class="page page-error">
            <h1>{title}</h1>
            <p class="lead">{explanation}</p>
            {reference}
            <p>{contact}</p>
            <div class="actions">
                <ButtonLink href=path::HOME label=lang.pick("Revenir à l’accueil", "Back to the home page")/>
                <ButtonLink
                    href=path::HELP
                    label=lang.pick("Aide et contact", "Help and contact")
                    kind=ButtonKind::Secondary
                />
            </div>
        </div>
    }
}
