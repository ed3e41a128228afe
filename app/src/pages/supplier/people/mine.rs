//! What the home of a supplier says of people: invitations and requests that wait, and one's own role in a company.

use domain::people::role_label;
use leptos::prelude::*;
use uuid::Uuid;

use crate::doors::people::{invitation_path, joining_path, people_path};
use crate::i18n::{Lang, long_date};
use crate::pages::supplier::claim_draft_path;
use crate::ui::{Notice, Tone};
use crate::views::{InvitedTo, Workspace, WorkspaceCompany};

/// Invitations are not only in a mail.
pub fn invited(lang: Lang, workspace: &Workspace) -> Option<impl IntoView + use<>> {
    let title = lang.pick("Vous êtes invité à rejoindre", "You are invited to join");
    answer(lang, title, &workspace.invitations, invitation_path)
}

/// Nor are the drafts that the buyer prepared.
pub fn prepared(lang: Lang, workspace: &Workspace) -> Option<impl IntoView + use<>> {
    let title = if workspace.prepared.len() > 1 {
        lang.pick(
            "Des brouillons préparés par l’acheteur vous attendent",
            "Drafts prepared by the buyer wait for you",
        )
    } else {
        lang.pick(
            "Un brouillon préparé par l’acheteur vous attend",
            "A draft prepared by the buyer waits for you",
        )
    };
    answer(lang, title, &workspace.prepared, claim_draft_path)
}

fn answer(
    lang: Lang,
    title: &'static str,
    waiting: &[InvitedTo],
    address: fn(Uuid) -> String,
) -> Option<impl IntoView + use<>> {
    if waiting.is_empty() {
        return None;
    }
    let list = waiting
        .iter()
        .map(|one| {
            let until = match lang {
                Lang::Fr => format!(", jusqu’au {}", long_date(lang, one.until)),
                Lang::En => format!(", until {}", long_date(lang, one.until)),
            };
            view! {
                <li>
                    <a href=address(one.id)>{one.company_name.clone()}</a>
                    {until}
                </li>
            }
        })
        .collect_view();
    Some(view! {
        <Notice tone=Tone::Info title=title>
            <ul>{list}</ul>
        </Notice>
    })
}

/// Companies that somebody else holds: a person waits.
pub fn pending(lang: Lang, workspace: &Workspace) -> Option<impl IntoView + use<>> {
    if workspace.pending.is_empty() {
        return None;
    }
    let list = workspace
        .pending
        .iter()
        .map(|siren| {
            view! {
                <li>
                    <a href=joining_path(siren)>"SIREN " {siren.formatted()}</a>
                </li>
            }
        })
        .collect_view();
    let words = lang.pick(
        "Vous recevrez un courriel dès qu’une réponse est donnée.",
        "You will get an e-mail as soon as there is an answer.",
    );
    Some(view! {
        <Notice tone=Tone::Info title=lang.pick("Demande de rattachement en attente", "Request to join, waiting")>
            <p>{words}</p>
            <ul>{list}</ul>
        </Notice>
    })
}

/// What the person may do here, and with whom.
pub fn place(lang: Lang, company: &WorkspaceCompany) -> impl IntoView + use<> {
    let role = role_label(company.role).get(lang);
    let mine = match lang {
        Lang::Fr => format!("Votre rôle\u{a0}: «\u{202f}{role}\u{202f}»"),
        Lang::En => format!("Your role: “{role}”"),
    };
    let third = company
        .organisation
        .as_ref()
        .map(|organisation| format!(" ({organisation})"));
    let people = people_path(&company.siren);
    let tell = people.clone();
    let unconfirmed = company.unconfirmed.then(|| {
        view! {
            <Notice tone=Tone::Info title=lang.pick("Mandat à confirmer par l’entreprise", "Mandate to be confirmed by the company")>
                <p>
                    {lang
                        .pick(
                            "Vous préparez. L’entreprise ouvre son espace, confirme votre mandat, signe et transmet.",
                            "You prepare. The company opens its workspace, confirms your mandate, signs and sends.",
                        )} " "
                    <a href=tell>{lang.pick("Prévenir l’entreprise", "Tell the company")}</a>
                </p>
            </Notice>
        }
    });
    let about = company.name.clone();
    view! {
        {unconfirmed}
        <p class="hint">
            {mine} {third} ". "
            <a href=people>
                {lang.pick("Personnes et rôles", "People and roles")}
                <span class="visually-hidden">" (" {about} ")"</span>
            </a>
        </p>
    }
}
