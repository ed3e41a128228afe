//! The people of a company: who they are, what each may do, who is invited, who asks, and how one leaves.

mod domains;
mod fields;
mod invitation;
mod invite;
mod joining;
mod mandate;
mod members;
mod mine;
mod requests;
mod tell;

pub use invitation::InvitationPage;
pub use joining::JoiningPage;
pub use mandate::MandatePage;
pub use mine::{invited, pending, place, prepared};

use domain::identifiers::Siren;
use domain::people::PeopleProblem;
use fields::Fields;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use crate::doors::people::INVITE;
use crate::doors::people_desk;
use crate::error::AppError;
use crate::i18n::{Lang, use_lang};
use crate::pages::shared::load::{page, query};
use crate::reply::use_reply;
use crate::routes::path;
use crate::ui::{ErrorSummary, Notice, PageTitle, Tone};
use crate::views::{PeopleView, Typed};

/// The company that the address names.
fn company_of_address() -> Result<Siren, AppError> {
    use_params_map()
        .read_untracked()
        .get_str("siren")
        .and_then(|typed| Siren::parse(typed).ok())
        .ok_or(AppError::NotFound)
}

#[component]
pub fn PeoplePage() -> impl IntoView {
    let lang = use_lang();
    let (siren, desk) = (company_of_address(), people_desk());
    let copy = query("saisie").and_then(|copy| Uuid::parse_str(&copy).ok());
    let done = query("fait").and_then(|act| done_words(lang, &act));
    let refused = query("refus").and_then(|code| PeopleProblem::from_code(&code));
    let asked = Asked::read();
    let load = async move {
        let (desk, siren) = (desk?, siren?);
        let view = desk.people(&siren).await?;
        let typed = match copy {
            Some(copy) => desk.kept_form(INVITE, copy).await?,
            None => None,
        };
        Ok((view, typed))
    };
    page(load, move |(view, typed)| {
        draw(lang, &view, typed.as_ref(), done, refused, asked)
    })
}

/// What the address asks to confirm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Nothing,
    Remove(Uuid),
    Leave,
}

impl Asked {
    fn read() -> Self {
        if query("partir").is_some() {
            return Self::Leave;
        }
        query("retirer")
            .and_then(|account| Uuid::parse_str(&account).ok())
            .map_or(Self::Nothing, Self::Remove)
    }
}

fn draw(
    lang: Lang,
    view: &PeopleView,
    typed: Option<&Typed>,
    done: Option<&'static str>,
    refused: Option<PeopleProblem>,
    asked: Asked,
) -> AnyView {
    let issues = fields::issues(lang, typed, invite::field);
    let form = Fields {
        lang,
        typed,
        issues: &issues,
    };
    if !issues.is_empty() {
        use_reply().status(422);
    } else if refused.is_some() {
        use_reply().status(409);
    }
    let title = match lang {
        Lang::Fr => format!("Personnes de {}", view.company_name),
        Lang::En => format!("People of {}", view.company_name),
    };
    let wrong = !issues.is_empty();
    let alone = view.people.len() == 1;
    view! {
        <PageTitle title=title.clone() error=wrong/>
        <div class="page declaring people">
            <p class="back">
                <a href=path::SUPPLIER>{lang.pick("Mon espace", "My account")}</a>
            </p>
            <ErrorSummary lang=lang issues=issues.clone()/>
            <h1>{title}</h1>
            <p class="hint">"SIREN " {view.siren.formatted()}</p>
            {done
                .map(|words| {
                    view! {
                        <Notice tone=Tone::Success live=true>
                            <p>{words}</p>
                        </Notice>
                    }
                })}
            {refused.map(|problem| refusal(lang, problem))}
            {(view.manages && alone).then(|| second_manager(lang))}
            {requests::section(lang, view)}
            {members::section(lang, view, asked)}
            {view.manages.then(|| invite::section(view, form))}
            {view.tells.then(|| tell::section(view, form))}
            {view.manages.then(|| domains::section(lang, view))}
            {members::leaving(lang, view, asked)}
        </div>
    }
    .into_any()
}

/// Why an act was not carried out.
fn refusal(lang: Lang, problem: PeopleProblem) -> impl IntoView {
    view! {
        <div id="errors">
            <Notice tone=Tone::Warning title=lang.pick("Rien n’a changé", "Nothing has changed") live=true>
                <p>{problem.words().get(lang)}</p>
            </Notice>
        </div>
    }
}

/// The file belongs to the company: two people who manage it are better than one.
fn second_manager(lang: Lang) -> impl IntoView {
    view! {
        <Notice tone=Tone::Info title=lang.pick("Vous gérez seul cet espace", "You manage this workspace alone")>
            <p>
                {lang
                    .pick(
                        "Si vous quittez l’entreprise ou perdez votre adresse, personne ne pourra plus signer sans passer par un courrier au siège. Invitez une deuxième personne pour gérer l’espace.",
                        "If you leave the company or lose your address, nobody can sign without a letter to the seat. Invite a second person to manage the workspace.",
                    )}
            </p>
        </Notice>
    }
}

fn done_words(lang: Lang, act: &str) -> Option<&'static str> {
    Some(match act {
        "invitation" => lang.pick(
            "Invitation envoyée. Elle vaut trente jours\u{202f}; une même adresse reçoit un courriel par heure au plus.",
            "Invitation sent. It holds for thirty days; an address gets one e-mail an hour at most.",
        ),
        "relance" => lang.pick(
            "Le courriel d’invitation est envoyé de nouveau, pour trente jours.",
            "The invitation e-mail is sent again, for thirty days.",
        ),
        "annulation" => lang.pick(
            "Invitation annulée\u{a0}: son lien ne mène plus à rien.",
            "Invitation cancelled: its link leads nowhere any more.",
        ),
        "role" => lang.pick(
            "Rôle enregistré. Si c’est celui d’une autre personne et qu’il a changé, elle en est avertie.",
            "Role saved. If it is that of another person and has changed, they are told.",
        ),
        "retrait" => lang.pick(
            "Personne retirée. Elle ne voit plus rien de l’entreprise, et en est avertie.",
            "Person removed. They see nothing of the company any more, and are told.",
        ),
        "accueil" => lang.pick(
            "Demande acceptée. La personne en est avertie.",
            "Request accepted. The person is told.",
        ),
        "refus" => lang.pick(
            "Demande refusée. La personne en est avertie\u{202f}; rien ne lui a été montré.",
            "Request declined. The person is told; nothing was shown to them.",
        ),
        "domaine" => lang.pick(
            "Les personnes de ce domaine peuvent maintenant rejoindre l’espace sans demander. Vous serez averti de chacune.",
            "People of this domain may now join the workspace without asking. You will be told of each of them.",
        ),
        "domaine-ferme" => lang.pick(
            "Les personnes de ce domaine devront de nouveau demander. Celles qui sont déjà là restent.",
            "People of this domain have to ask again. Those who are here already stay.",
        ),
        _ => return None,
    })
}
