//! Beside the claims: who to call, the company as the register knows it, the sworn statement, the history.

use domain::form::{CAPACITIES, Choice, SignedStatement};
use domain::registry::RegistryFacts;
use leptos::prelude::*;

use super::register::source;
use crate::i18n::{Lang, long_date};
use crate::pages::shared::mails::{mails_path, mails_title};
use crate::pages::shared::moment::long_moment;
use crate::pages::shared::timeline::History;
use crate::ui::{DescriptionList, Entry};
use crate::views::ReviewView;

#[component]
pub(super) fn Aside(lang: Lang, view: ReviewView) -> AnyView {
    let contact = view.snapshot.as_ref().map(|snapshot| {
        let contact = &snapshot.contact;
        let mail = format!("mailto:{}", contact.email);
        let email = contact.email.clone();
        let mut entries = vec![
            Entry::new(lang.pick("Personne", "Person"), contact.name.clone()),
            Entry::new(lang.pick("Fonction", "Position"), contact.role.clone()),
            Entry::view(
                lang.pick("Courriel", "E-mail"),
                view! { <a href=mail>{email}</a> }.into_any(),
            ),
        ];
        if let Some(phone) = &contact.phone {
            entries.push(Entry::new(lang.pick("Téléphone", "Phone"), phone.clone()));
        }
        entries.push(Entry::new(
            lang.pick("Établissement", "Establishment"),
            format!("SIRET {}", snapshot.siret.formatted()),
        ));
        block(lang.pick("Contact", "Contact"), "contact", entries)
    });
    let register = view.registry.facts().map(|facts| {
        block(
            lang.pick("Au registre", "In the register"),
            "register",
            register_entries(lang, facts),
        )
    });
    let statement = view.statement.as_ref().map(|statement| {
        block(
            lang.pick("Attestation sur l’honneur", "Sworn statement"),
            "statement",
            statement_entries(lang, statement),
        )
    });
    let here = crate::pages::buyer::address::review(view.id);
    view! {
        <div class="review-aside">
            {contact}
            {register}
            <p class="hint">{source(lang, &view.registry)}</p>
            {statement}
            <History lang=lang here=here.clone() entries=view.timeline/>
            <p>
                <a href=mails_path(&here)>{mails_title(lang)}</a>
            </p>
        </div>
    }
    .into_any()
}

fn block(title: &'static str, id: &'static str, entries: Vec<Entry>) -> AnyView {
    let id = format!("{id}-title");
    let heading_id = id.clone();
    view! {
        <section aria-labelledby=id>
            <h2 id=heading_id>{title}</h2>
            <DescriptionList entries=entries/>
        </section>
    }
    .into_any()
}

fn register_entries(lang: Lang, facts: &RegistryFacts) -> Vec<Entry> {
    let mut entries = vec![];
    let mut add = |label: &'static str, value: Option<String>| {
        if let Some(value) = value {
            entries.push(Entry::new(label, value));
        }
    };
    add(lang.pick("Nom", "Name"), facts.name.clone());
    add(lang.pick("Adresse", "Address"), facts.address.clone());
    add(
        lang.pick("Activité", "Activity"),
        Some(
            if facts.active {
                lang.pick("En activité", "Active")
            } else {
                lang.pick("Activité cessée", "Closed")
            }
            .to_owned(),
        ),
    );
    add(
        lang.pick("Créée le", "Created on"),
        facts.created_on.map(|day| long_date(lang, day)),
    );
    add(lang.pick("Code NAF", "NAF code"), facts.naf.clone());
    add(
        lang.pick("Catégorie", "Category"),
        facts
            .category
            .as_ref()
            .map(|category| match facts.category_year {
                Some(year) => format!("{category} ({year})"),
                None => category.clone(),
            }),
    );
    entries
}

fn statement_entries(lang: Lang, statement: &SignedStatement) -> Vec<Entry> {
    let capacity = Choice::label_of(CAPACITIES, &statement.capacity)
        .map_or(statement.capacity.as_str(), |label| label.get(lang));
    vec![
        Entry::new(
            lang.pick("Signée par", "Signed by"),
            statement.signer_name.clone(),
        ),
        Entry::new(
            lang.pick("Qualité", "Position"),
            statement.signer_quality.clone(),
        ),
        Entry::new(
            lang.pick("Signe à titre de", "Signs as"),
            capacity.to_owned(),
        ),
        Entry::new(
            lang.pick("Le", "On"),
            long_moment(lang, statement.signed_at),
        ),
        Entry::new(
            lang.pick("Texte", "Text"),
            format!("version {}", statement.text_version),
        ),
    ]
}
