//! The form of a prepared draft: the company by the register, what is known before, the contact, and what is proposed.

use domain::claims::Kind;
use domain::form::rules;
use domain::links::{Parameter, kind_code, read, value_of_query};
use leptos::prelude::*;

use super::search;
use crate::catalogue::use_catalogue;
use crate::i18n::{Lang, Words};
use crate::pages::buyer::frame::Back;
use crate::pages::links::company_card;
use crate::routes::path;
use crate::ui::{
    Actions, Button, ButtonLink, Checkbox, CheckboxGroup, Choice, DateInput, ErrorSummary, Issue,
    Issues, Notice, PageTitle, TextArea, TextInput, Tone,
};
use crate::views::{Obstacle, Preparing, SearchOutcome, Typed};

/// Under which name its answers are kept.
pub const FORM: &str = "prepare";
const LONGEST_MESSAGE: u32 = 1_000;

/// The fields that propose something, with the parameters of a link that they stand for.
const PROPOSED: [(&str, Parameter); 6] = [
    ("statuses", Parameter::Status),
    ("siae", Parameter::Siae),
    ("valid_from", Parameter::ValidFrom),
    ("valid_to", Parameter::ValidTo),
    ("staff", Parameter::Staff),
    ("insertion", Parameter::Insertion),
];

/// What is proposed, as a link writes it.
pub fn proposals(typed: &Typed) -> String {
    let number = (Parameter::Siret, typed.get("number"));
    let answers = PROPOSED.map(|(field, parameter)| (parameter, typed.get(field).trim()));
    std::iter::once(number)
        .chain(answers.into_iter().filter(|(_, value)| !value.is_empty()))
        .map(|(parameter, value)| format!("{}={}", parameter.name(), value_of_query(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// What is wrong with a form, in the order of its fields; read as a link is.
pub fn issues(lang: Lang, typed: &Typed) -> Issues {
    let mut issues = Vec::new();
    let contact = typed.get("contact");
    if contact.is_empty() || contact.chars().count() > rules::LINE {
        let words = lang.pick(
            "Écrivez le prénom et le nom du contact.",
            "Write the first and last name of the contact.",
        );
        issues.push(Issue::new("contact", words));
    }
    let email = typed.get("email");
    if email.is_empty() || !rules::is_email(email) || typed.problem == "email" {
        let words = lang.pick(
            "Écrivez une adresse électronique complète, par exemple prenom.nom@entreprise.fr.",
            "Write a complete e-mail address, for example name@company.com.",
        );
        issues.push(Issue::new("email", words));
    }
    let message = typed.get("message").chars().count();
    if !u32::try_from(message).is_ok_and(|length| length <= LONGEST_MESSAGE) {
        let words = lang.pick(
            "Le message ne peut pas dépasser 1\u{202F}000 caractères.",
            "The message cannot be longer than 1,000 characters.",
        );
        issues.push(Issue::new("message", words));
    }
    match read(&proposals(typed)) {
        Ok(link) => {
            for refused in &link.refused {
                let field = PROPOSED
                    .iter()
                    .find(|(_, parameter)| parameter.name() == refused.name);
                if let Some((field, _)) = field {
                    issues.push(Issue::new(*field, refused.reason.message(lang)));
                }
            }
            let only_number = link
                .given
                .iter()
                .all(|one| one.parameter == Parameter::Siret);
            if only_number && link.refused.is_empty() {
                let words = lang.pick(
                    "Proposez au moins une réponse\u{A0}: un statut, par exemple.",
                    "Propose one answer at least: a status, for example.",
                );
                issues.push(Issue::new("statuses", words));
            }
        }
        Err(_) => issues.push(Issue::new(
            "statuses",
            lang.pick("Proposez moins de réponses.", "Propose fewer answers."),
        )),
    }
    Issues(issues)
}

pub(super) fn draw(lang: Lang, number: &str, found: &Preparing, typed: Option<&Typed>) -> AnyView {
    let title = lang.pick("Préparer un brouillon", "Prepare a draft");
    let blank = Typed::default();
    let issues = typed.map(|typed| issues(lang, typed)).unwrap_or_default();
    let invalid = match &found.company {
        SearchOutcome::Invalid(error) => Some(error.message(lang)),
        _ => None,
    };
    let body = match found.obstacle {
        None if !matches!(found.company, SearchOutcome::Empty) => {
            fields(lang, number, typed.unwrap_or(&blank), &issues)
        }
        Some(Obstacle::Closed) => ().into_any(),
        Some(Obstacle::Waiting) => waiting(lang),
        _ => search(lang, number, invalid).into_any(),
    };
    view! {
        <PageTitle title=title error=!issues.is_empty()/>
        <div class="page agent declaring">
            <Back href=path::PREPARED label=lang.pick("Brouillons préparés", "Prepared drafts")/>
            <ErrorSummary lang=lang issues=issues.clone()/>
            <h1>{title}</h1>
            {company_card(lang, &found.company)}
            {known(lang, found)}
            {body}
        </div>
    }
    .into_any()
}

/// What the portal knows of the company: said before anything is typed.
fn known(lang: Lang, found: &Preparing) -> Option<AnyView> {
    let held = found.held.then(|| {
        lang.pick(
            "Quelqu’un gère déjà l’espace de cette entreprise\u{A0}: si votre contact n’en est pas, c’est cette personne qui décidera s’il la rejoint.",
            "Somebody manages the workspace of this company already: if your contact is not of it, that person decides whether they join.",
        )
        .to_owned()
    });
    let open = found.reference.as_ref().map(|reference| match lang {
        Lang::Fr => format!(
            "La déclaration {reference} est en cours\u{A0}: vos propositions n’y rempliront que ce qui est vide, et rien si elle est transmise."
        ),
        Lang::En => format!(
            "The declaration {reference} is under way: your proposals only fill what is empty in it, and nothing if it was sent."
        ),
    });
    let lines: Vec<String> = held.into_iter().chain(open).collect();
    if lines.is_empty() {
        return None;
    }
    let lines = lines
        .into_iter()
        .map(|line| view! { <p>{line}</p> })
        .collect_view();
    Some(
        view! {
            <Notice tone=Tone::Warning title=lang.pick("Avant de préparer", "Before you prepare")>
                {lines}
            </Notice>
        }
        .into_any(),
    )
}

fn waiting(lang: Lang) -> AnyView {
    view! {
        <Notice tone=Tone::Warning title=lang.pick("Un brouillon l’attend déjà", "A draft waits for it already")>
            <p>
                {lang
                    .pick(
                        "Un seul à la fois\u{A0}: renvoyez-le ou retirez-le dans la liste.",
                        "One at a time: send it again or take it back in the list.",
                    )}
            </p>
        </Notice>
        <p>
            <ButtonLink href=path::PREPARED label=lang.pick("Voir la liste", "See the list")/>
        </p>
    }
    .into_any()
}

fn fields(lang: Lang, number: &str, typed: &Typed, issues: &Issues) -> AnyView {
    let catalogue = use_catalogue();
    let kinds = Kind::SOLIDARITY
        .into_iter()
        .filter(|kind| catalogue.offers(*kind))
        .map(|kind| Choice::new(kind_code(kind), catalogue.kind_label(kind, lang).to_owned()))
        .collect::<Vec<_>>();
    let ticked = typed
        .get("statuses")
        .split(',')
        .filter(|code| !code.is_empty())
        .map(|code| Words::from(code.to_owned()))
        .collect::<Vec<_>>();
    let value = |field: &str| typed.get(field).to_owned();
    view! {
        <form class="prepare-form" method="post" action="/fn/prepare-draft" novalidate>
            <input type="hidden" name="number" value=number.to_owned()/>
            <h2>{lang.pick("À qui l’envoyer", "To whom")}</h2>
            <TextInput
                lang=lang name="contact" label=lang.pick("Prénom et nom du contact", "First and last name of the contact")
                value=value("contact") error=issues.of("contact") autocomplete="off"
            />
            <TextInput
                lang=lang name="email" kind="email"
                label=lang.pick("Adresse électronique professionnelle", "Work e-mail address")
                hint=lang.pick("Seule la personne qui la lit pourra reprendre le brouillon.", "Only the person who reads it can take the draft.")
                value=value("email") error=issues.of("email") autocomplete="off" maxlength=254
            />
            <TextArea
                lang=lang name="message" label=lang.pick("Message", "Message")
                hint=lang.pick("Pourquoi vous lui écrivez. 1\u{202F}000 caractères au plus.", "Why you write to them. 1,000 characters at most.")
                value=value("message") error=issues.of("message") rows=4 maxlength=LONGEST_MESSAGE optional=true
            />
            <h2>{lang.pick("Ce que vous croyez savoir", "What you believe to know")}</h2>
            <CheckboxGroup
                lang=lang name="statuses[]" id="statuses" legend=lang.pick("Statuts et agréments", "Statuses and approvals")
                choices=kinds values=ticked error=issues.of("statuses") optional=true
            />
            <TextInput
                lang=lang name="siae" label=lang.pick("Numéro d’annexe financière (SIAE)", "Number of the SIAE agreement")
                hint=lang.pick("Par exemple EI013240013A0M0", "For example EI013240013A0M0")
                value=value("siae") error=issues.of("siae") width="medium" optional=true autocomplete="off"
            />
            <DateInput
                lang=lang name="valid_from" label=lang.pick("Statut valable du", "Status valid from")
                value=value("valid_from") error=issues.of("valid_from") optional=true
            />
            <DateInput
                lang=lang name="valid_to" label=lang.pick("Statut valable jusqu’au", "Status valid to")
                value=value("valid_to") error=issues.of("valid_to") optional=true
            />
            <TextInput
                lang=lang name="staff" label=lang.pick("Effectif, en unités de travail par an", "Staff, in annual work units")
                value=value("staff") error=issues.of("staff") width="short" inputmode="decimal" optional=true autocomplete="off"
            />
            <Checkbox
                lang=lang name="insertion" value="oui"
                label=lang.pick("Elle prend des engagements d’insertion", "It makes insertion commitments")
                checked=typed.get("insertion") == "oui" error=issues.of("insertion")
            />
            <p class="hint">
                {lang
                    .pick(
                        "L’entreprise verra chaque réponse avec la mention «\u{202F}Proposé par l’acheteur\u{202F}», et le journal dira qui l’a préparée.",
                        "The company will see each answer with the mention “Proposed by the buyer”, and the trail will say who prepared it.",
                    )}
            </p>
            <Actions>
                <Button label=lang.pick("Envoyer le brouillon", "Send the draft")/>
            </Actions>
        </form>
    }
    .into_any()
}
