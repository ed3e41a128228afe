//! Inviting somebody to a company, and the invitations that wait.

use domain::lifecycle::MemberRole;
use domain::people::{PeopleProblem, role_label, role_means};
use leptos::prelude::*;

use super::fields::Fields;
use crate::i18n::{Lang, long_date};
use crate::pages::shared::moment::long_day;
use crate::ui::{Actions, Button, ButtonKind, Choice, RadioGroup, StatusChip, Tone};
use crate::views::{InvitationLine, PeopleView};

/// The id of the field that a problem is about.
pub(super) const fn field(problem: PeopleProblem) -> &'static str {
    match problem {
        PeopleProblem::Role | PeopleProblem::ThirdParty => "role",
        PeopleProblem::Organisation => "organisation",
        PeopleProblem::Message => "message",
        _ => "email",
    }
}

/// The roles as choices, each with what it allows.
pub(super) fn role_choices(lang: Lang, roles: &[MemberRole]) -> Vec<Choice> {
    roles
        .iter()
        .map(|role| {
            Choice::new(role.code(), role_label(*role).get(lang)).hint(role_means(*role).get(lang))
        })
        .collect()
}

pub(super) fn section(view: &PeopleView, fields: Fields<'_>) -> AnyView {
    let lang = fields.lang;
    let waiting = view
        .invitations
        .iter()
        .map(|one| waiting(lang, view, one))
        .collect_view();
    let any = !view.invitations.is_empty();
    view! {
        <section aria-labelledby="invite-title">
            <h2 id="invite-title">{lang.pick("Inviter quelqu’un", "Invite somebody")}</h2>
            {any
                .then(|| {
                    view! {
                        <h3>{lang.pick("Invitations en attente", "Waiting invitations")}</h3>
                        <ul class="person-list">{waiting}</ul>
                        <h3>{lang.pick("Nouvelle invitation", "New invitation")}</h3>
                    }
                })}
            <form method="post" action="/fn/invite-person" novalidate>
                <input type="hidden" name="siren" value=view.siren.as_str().to_owned()/>
                {fields
                    .email(
                        lang.pick("Adresse électronique", "E-mail address"),
                        lang
                            .pick(
                                "Seule la personne qui relève cette boîte pourra répondre.",
                                "Only the person who reads this mailbox can answer.",
                            ),
                    )}
                <RadioGroup
                    lang=lang
                    name="role"
                    legend=lang.pick("Ce que la personne pourra faire", "What the person may do")
                    choices=role_choices(lang, &MemberRole::ALL)
                    value=fields.said("role")
                    error=fields.issues.of("role")
                />
                {fields
                    .their_organisation(
                        lang.pick("Cabinet ou réseau mandaté", "Mandated firm or network"),
                        lang
                            .pick(
                                "À remplir seulement si la personne ne travaille pas dans l’entreprise\u{a0}: expert-comptable, réseau, groupement. Elle prépare ou consulte, et ne signe pas.",
                                "Only if the person does not work in the company: accountant, network, group. They prepare or read, and do not sign.",
                            ),
                    )}
                {fields.word_to_them()}
                <Actions>
                    <Button label=lang.pick("Envoyer l’invitation", "Send the invitation")/>
                </Actions>
            </form>
        </section>
    }
    .into_any()
}

pub(super) fn waiting(
    lang: Lang,
    view: &PeopleView,
    one: &InvitationLine,
) -> impl IntoView + use<> {
    let until = long_date(lang, one.until);
    let (label, tone) = if one.expired {
        (lang.pick("Expirée", "Expired"), Tone::Warning)
    } else {
        (lang.pick("En attente", "Waiting"), Tone::Info)
    };
    let when = match (lang, one.expired) {
        (Lang::Fr, false) => format!(
            "Envoyée le {}, vaut jusqu’au {until}.",
            long_day(lang, one.sent_at)
        ),
        (Lang::En, false) => format!(
            "Sent on {}, holds until {until}.",
            long_day(lang, one.sent_at)
        ),
        (Lang::Fr, true) => format!("A expiré le {until}."),
        (Lang::En, true) => format!("Expired on {until}."),
    };
    let role = role_label(one.role).get(lang);
    let third = one
        .organisation
        .as_ref()
        .map(|organisation| format!(", {organisation}"))
        .unwrap_or_default();
    let siren = view.siren.as_str().to_owned();
    let id = one.id.to_string();
    view! {
        <li class="card">
            <p class="state-line">
                <strong class="as-typed">{one.email.clone()}</strong>
                <StatusChip label=label tone=tone/>
            </p>
            {view.manages.then(|| view! { <p>{role} {third}</p> })}
            <p class="hint">{when}</p>
            <div class="actions">
                <form method="post" action="/fn/invite-again">
                    <input type="hidden" name="siren" value=siren.clone()/>
                    <input type="hidden" name="invitation" value=id.clone()/>
                    <Button
                        label=lang.pick("Envoyer de nouveau", "Send again")
                        about=one.email.clone()
                        kind=ButtonKind::Secondary
                    />
                </form>
                <form method="post" action="/fn/revoke-invitation">
                    <input type="hidden" name="siren" value=siren/>
                    <input type="hidden" name="invitation" value=id/>
                    <Button
                        label=lang.pick("Annuler l’invitation", "Cancel the invitation")
                        about=one.email.clone()
                        kind=ButtonKind::Quiet
                    />
                </form>
            </div>
        </li>
    }
}
