//! Mail domains whose people join without asking.

use domain::lifecycle::MemberRole;
use domain::people::role_label;
use leptos::prelude::*;

use super::invite::role_choices;
use crate::i18n::Lang;
use crate::pages::shared::moment::long_day;
use crate::ui::{Actions, Button, ButtonKind, RadioGroup};
use crate::views::{DomainLine, PeopleView};

/// Nothing for a manager whose address is with a public provider, unless a domain is open.
pub(super) fn section(lang: Lang, view: &PeopleView) -> Option<AnyView> {
    if view.domains.is_empty() && view.own_domain.is_none() {
        return None;
    }
    let open = view
        .domains
        .iter()
        .map(|one| line(lang, view, one))
        .collect_view();
    let own = view.own_domain.clone().map(|own| {
        let legend = match lang {
            Lang::Fr => format!("Toute personne dont l’adresse finit par @{own} pourra, sans demander"),
            Lang::En => format!("Anybody whose address ends with @{own} may, without asking"),
        };
        view! {
            <form method="post" action="/fn/open-domain" novalidate>
                <input type="hidden" name="siren" value=view.siren.as_str().to_owned()/>
                <RadioGroup
                    lang=lang
                    id="domain-role"
                    name="role"
                    legend=legend
                    choices=role_choices(lang, &[MemberRole::Editor, MemberRole::Reader])
                    value=MemberRole::Reader.code()
                />
                <Actions>
                    <Button label=lang.pick("Ouvrir à ce domaine", "Open to this domain") kind=ButtonKind::Secondary/>
                </Actions>
            </form>
        }
    });
    Some(
        view! {
            <section aria-labelledby="domains-title">
                <h2 id="domains-title">{lang.pick("Rejoindre sans demander", "Joining without asking")}</h2>
                <p>
                    {lang
                        .pick(
                            "Utile dans une grande entreprise\u{a0}: vos collègues ouvrent l’entreprise par son SIRET et la rejoignent aussitôt. Vous êtes averti de chaque arrivée.",
                            "Useful in a large company: your colleagues open the company by its SIRET and join at once. You are told of each arrival.",
                        )}
                </p>
                <ul class="person-list">{open}</ul>
                {own}
            </section>
        }
        .into_any(),
    )
}

fn line(lang: Lang, view: &PeopleView, one: &DomainLine) -> impl IntoView + use<> {
    let words = match lang {
        Lang::Fr => format!("Ouvert depuis le {}", long_day(lang, one.since)),
        Lang::En => format!("Open since {}", long_day(lang, one.since)),
    };
    view! {
        <li class="card">
            <p>
                <strong>"@" {one.domain.clone()}</strong> ", " {role_label(one.role).get(lang)}
            </p>
            <p class="hint">{words}</p>
            <form method="post" action="/fn/close-domain">
                <input type="hidden" name="siren" value=view.siren.as_str().to_owned()/>
                <input type="hidden" name="domain" value=one.domain.clone()/>
                <Button
                    label=lang.pick("Fermer", "Close")
                    about=one.domain.clone()
                    kind=ButtonKind::Quiet
                />
            </form>
        </li>
    }
}
