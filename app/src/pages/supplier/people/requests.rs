//! People who ask to join: the managers answer.

use domain::lifecycle::MemberRole;
use domain::people::role_label;
use leptos::prelude::*;

use super::members::shown_name;
use crate::doors::people::YES;
use crate::i18n::Lang;
use crate::pages::shared::moment::long_moment;
use crate::ui::{Button, ButtonKind, Choice, DescriptionList, Entry, Select};
use crate::views::{JoinLine, PeopleView};

pub(super) fn section(lang: Lang, view: &PeopleView) -> Option<AnyView> {
    if view.requests.is_empty() {
        return None;
    }
    let cards = view
        .requests
        .iter()
        .enumerate()
        .map(|(index, asked)| card(lang, view, index, asked))
        .collect_view();
    Some(
        view! {
            <section aria-labelledby="requests-title">
                <h2 id="requests-title">{lang.pick("Demandes à décider", "Requests to decide")}</h2>
                <p>
                    {lang
                        .pick(
                            "Acceptez seulement qui vous connaissez\u{a0}: la personne verra toutes les déclarations de l’entreprise.",
                            "Accept only whom you know: the person will see all declarations of the company.",
                        )}
                </p>
                <ul class="person-list">{cards}</ul>
            </section>
        }
        .into_any(),
    )
}

fn card(lang: Lang, view: &PeopleView, index: usize, asked: &JoinLine) -> AnyView {
    let name = shown_name(&asked.name, &asked.email);
    let title = format!("request-{index}");
    let mut entries = vec![
        Entry::new(lang.pick("Adresse", "Address"), asked.email.clone()),
        Entry::new(
            lang.pick("Rôle demandé", "Role asked"),
            role_label(asked.role).get(lang),
        ),
        Entry::new(
            lang.pick("Demandé le", "Asked on"),
            long_moment(lang, asked.asked_at),
        ),
    ];
    if let Some(organisation) = &asked.organisation {
        entries.push(Entry::new(
            lang.pick("Se dit mandaté, pour", "Says they are mandated, for"),
            organisation.clone(),
        ));
    }
    if !asked.message.is_empty() {
        entries.push(Entry::new(
            lang.pick("Message", "Message"),
            asked.message.clone(),
        ));
    }
    // A third party prepares or reads.
    let roles: &[MemberRole] = if asked.organisation.is_some() {
        &[MemberRole::Editor, MemberRole::Reader]
    } else {
        &MemberRole::ALL
    };
    let choices = roles
        .iter()
        .map(|role| Choice::new(role.code(), role_label(*role).get(lang)))
        .collect::<Vec<_>>();
    let (siren, request) = (view.siren.as_str().to_owned(), asked.id.to_string());
    view! {
       <li class="card">
            <h3 id=title>{name.clone()}</h3>
            <DescriptionList entries=entries/>
            <form class="inline-form" method="post" action="/fn/answer-request">
                <input type="hidden" name="siren" value=siren/>
                <input type="hidden" name="request" value=request/>
                <Select
                    lang=lang
                    id=format!("request-role-{index}")
                    name="role"
                    label=lang.pick("Rôle à donner", "Role to give")
                    choices=choices
                    value=asked.role.code()
                />
                <Button
                    label=lang.pick("Accepter", "Accept")
                    about=name.clone()
                    name="answer"
                    value=YES
                />
                <Button
                    label=lang.pick("Refuser", "Decline")
                    about=name
                    name="answer"
                    value="no"
                    kind=ButtonKind::Quiet
                />
            </form>
        </li>
    }
    .into_any()
}
