//! The people in place: who they are, what proves it, their role and how it is changed, and how one leaves.

use domain::people::{proof_label, role_label, role_means};
use leptos::prelude::*;

use super::Asked;
use crate::doors::people::people_path;
use crate::i18n::Lang;
use crate::pages::shared::moment::{long_day, machine};
use crate::ui::{Button, ButtonKind, Choice, ConfirmPanel, Select, StatusChip, Tone};
use crate::views::{PeopleView, PersonLine};

pub(super) fn section(lang: Lang, view: &PeopleView, asked: Asked) -> AnyView {
    let people = view
        .people
        .iter()
        .enumerate()
        .map(|(index, person)| card(lang, view, index, person, asked))
        .collect_view();
    let roles = domain::lifecycle::MemberRole::ALL
        .map(|role| {
            view! {
                <dt>{role_label(role).get(lang)}</dt>
                <dd>{role_means(role).get(lang)}</dd>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="people-title">
            <h2 id="people-title">{lang.pick("Qui est rattaché", "Who is attached")}</h2>
            <ul class="person-list">{people}</ul>
            <details class="roles">
                <summary>{lang.pick("Ce que chaque rôle permet", "What each role allows")}</summary>
                <dl class="plain">{roles}</dl>
            </details>
        </section>
    }
    .into_any()
}

/// A name, or the address when there is none.
pub(super) fn shown_name(name: &str, email: &str) -> String {
    if name.trim().is_empty() {
        email.to_owned()
    } else {
        name.trim().to_owned()
    }
}

fn card(lang: Lang, view: &PeopleView, index: usize, person: &PersonLine, asked: Asked) -> AnyView {
    let name = shown_name(&person.name, &person.email);
    let me = person.account == view.me;
    let other_mail = (name != person.email).then(|| person.email.clone());
    let title = format!("person-{index}");
    let third = person.organisation.clone().map(|organisation| {
        view! {
            <p>
                {lang.pick("Mandataire\u{a0}: ", "Mandated third party: ")} <span class="as-typed">{organisation}</span>
            </p>
        }
    });
    let acts = if asked == Asked::Remove(person.account) && person.may_be_removed && !me {
        confirm_removal(lang, view, person, &name)
    } else {
        acts(lang, view, index, person, &name, me)
    };
    view! {
       <li class="card">
            <h3 id=title>
                {name} {me.then(|| view! { <span class="row-note">{lang.pick("vous", "you")}</span> })}
            </h3>
            <p class="state-line">
                <StatusChip label=role_label(person.role).get(lang) tone=Tone::Info/>
                {other_mail.map(|email| view! { <span class="as-typed">{email}</span> })}
            </p>
            {third}
            <p class="hint">
                {lang.pick("Depuis le ", "Since ")}
                <time datetime=machine(person.since)>{long_day(lang, person.since)}</time> ", "
                {proof_label(person.proof).get(lang)} "."
            </p>
            {acts}
        </li>
    }
    .into_any()
}

fn acts(
    lang: Lang,
    view: &PeopleView,
    index: usize,
    person: &PersonLine,
    name: &str,
    me: bool,
) -> AnyView {
    let change = (!person.may_be.is_empty()).then(|| {
        // What the person is comes first: pressing the button by mistake changes nothing.
        let choices = std::iter::once(&person.role)
            .chain(&person.may_be)
            .map(|role| Choice::new(role.code(), role_label(*role).get(lang)))
            .collect::<Vec<_>>();
        let form = view! {
            <form class="inline-form" method="post" action="/fn/change-role">
                <input type="hidden" name="siren" value=view.siren.as_str().to_owned()/>
                <input type="hidden" name="account" value=person.account.to_string()/>
                <Select
                    lang=lang
                    id=format!("new-role-{index}")
                    name="role"
                    label=lang.pick("Nouveau rôle", "New role")
                    choices=choices
                />
                <Button
                    label=lang.pick("Changer le rôle", "Change the role")
                    about=name.to_owned()
                    kind=ButtonKind::Secondary
                />
            </form>
        };
        if me {
            own_role(lang, form.into_any())
        } else {
            form.into_any()
        }
    });
    let remove = (person.may_be_removed && !me).then(|| {
        let href = format!(
            "{}?retirer={}#retirer",
            people_path(&view.siren),
            person.account
        );
        let about = name.to_owned();
        view! {
            <p>
                <a href=href>
                    {lang.pick("Retirer de l’entreprise", "Remove from the company")}
                    <span class="visually-hidden">" (" {about} ")"</span>
                </a>
            </p>
        }
    });
    view! {
        {change}
        {remove}
    }
    .into_any()
}

/// Giving up what one may do is behind a fold that says what it costs.
fn own_role(lang: Lang, form: AnyView) -> AnyView {
    view! {
        <details class="known-evidence">
            <summary>{lang.pick("Changer mon propre rôle", "Change my own role")}</summary>
            <p class="hint">
                {lang
                    .pick(
                        "Si vous ne gérez plus l’espace, seule une autre personne qui le gère pourra vous en rendre le droit.",
                        "If you manage the workspace no more, only another person who does can give you that right again.",
                    )}
            </p>
            {form}
        </details>
    }
    .into_any()
}

fn confirm_removal(lang: Lang, view: &PeopleView, person: &PersonLine, name: &str) -> AnyView {
    let title = match lang {
        Lang::Fr => format!("Retirer {name}\u{202f}?"),
        Lang::En => format!("Remove {name}?"),
    };
    let page = people_path(&view.siren);
    let (siren, account) = (view.siren.as_str().to_owned(), person.account.to_string());
    view! {
        <div id="retirer">
            <ConfirmPanel
                lang=lang
                title=title
                consequence=lang
                    .pick(
                        "Cette personne ne verra plus rien de l’entreprise, et en sera avertie par courriel. Ce qu’elle a signé reste signé. Ses invitations en attente sont annulées.",
                        "This person will see nothing of the company any more, and is told by e-mail. What they signed stays signed. Their waiting invitations are cancelled.",
                    )
                action="/fn/remove-person"
                confirm=lang.pick("Retirer", "Remove")
                cancel_href=page
            >
                <input type="hidden" name="siren" value=siren/>
                <input type="hidden" name="account" value=account/>
            </ConfirmPanel>
        </div>
    }
    .into_any()
}

/// The way out, for everyone: also for whoever chose the wrong company.
pub(super) fn leaving(lang: Lang, view: &PeopleView, asked: Asked) -> AnyView {
    let page = people_path(&view.siren);
    if asked != Asked::Leave {
        let href = format!("{page}?partir=#partir");
        return view! {
            <section aria-labelledby="leave-title">
                <h2 id="leave-title">{lang.pick("Quitter cette entreprise", "Leave this company")}</h2>
                <p>
                    {lang
                        .pick(
                            "Vous avez changé de poste, ou ce n’est pas votre entreprise\u{202f}?",
                            "You have changed jobs, or this is not your company?",
                        )} " " <a href=href>{lang.pick("Ne plus y être rattaché", "Stop being attached to it")}</a>
                </p>
            </section>
        }
        .into_any();
    }
    let consequence = if view.people.len() == 1 {
        lang.pick(
            "Il n’y a personne d’autre. Le brouillon qui n’a jamais été transmis sera abandonné. Si quelque chose a été transmis, la prochaine personne devra prouver qu’elle agit pour l’entreprise.",
            "There is nobody else. The draft that was never sent will be given up. If anything was sent, the next person has to prove that they act for the company.",
        )
    } else {
        lang.pick(
            "Vous ne verrez plus rien de l’entreprise. Ce que vous avez signé reste signé. Les autres personnes continuent sans vous.",
            "You will see nothing of the company any more. What you signed stays signed. The other people go on without you.",
        )
    };
    let siren = view.siren.as_str().to_owned();
    view! {
        <div id="partir">
            <ConfirmPanel
                lang=lang
                title=lang.pick("Quitter cette entreprise\u{202f}?", "Leave this company?")
                consequence=consequence
                action="/fn/leave-company"
                confirm=lang.pick("Quitter l’entreprise", "Leave the company")
                cancel_href=page
            >
                <input type="hidden" name="siren" value=siren/>
            </ConfirmPanel>
        </div>
    }
    .into_any()
}
