//! How the people who declare are attached to the company: told before a verdict, and again before a signature.

use leptos::prelude::*;

use crate::i18n::Lang;
use crate::ui::{Notice, Tone};
use crate::views::{Proof, ReviewView};

pub(in crate::pages::buyer) fn attachment_notice(lang: Lang, view: &ReviewView) -> AnyView {
    let people = view.attachment.emails.join(", ");
    let (tone, title, text) = match view.attachment.proof {
        Proof::None => (
            Tone::Warning,
            lang.pick("Aucune preuve de rattachement à l’entreprise", "No proof of attachment to the company"),
            lang.pick(
                "Rien ne montre que la personne qui déclare représente l’entreprise. En cas de doute, appelez l’entreprise à un numéro trouvé par vous-même.",
                "Nothing shows that the person who declares represents the company. If in doubt, call the company on a number that you found yourself.",
            ),
        ),
        Proof::MailDomain => (
            Tone::Info,
            lang.pick("Rattachement par le domaine de messagerie", "Attachment by the mail domain"),
            lang.pick(
                "L’adresse de la personne est du domaine de l’entreprise. C’est un indice, pas une preuve de pouvoir.",
                "The address of the person is of the company’s domain. It is a hint, not a proof of authority.",
            ),
        ),
        Proof::Mandate => (
            Tone::Warning,
            lang.pick("Déclaration préparée par un mandataire", "Declaration prepared by a third party"),
            lang.pick(
                "Un cabinet ou un réseau prépare pour l’entreprise, et personne d’elle n’a encore confirmé ce mandat.",
                "A firm or a network prepares for the company, and nobody of it has confirmed this mandate yet.",
            ),
        ),
        Proof::Member => (
            Tone::Info,
            lang.pick("Rattachement décidé par l’entreprise", "Attachment decided by the company"),
            lang.pick(
                "Une personne qui gère l’espace de l’entreprise a invité ou accepté les autres.",
                "A person who manages the workspace of the company invited or accepted the others.",
            ),
        ),
        Proof::Letter => (
            Tone::Info,
            lang.pick("Rattachement prouvé par courrier", "Attachment proved by post"),
            lang.pick(
                "La personne a recopié le code d’un courrier envoyé au siège de l’entreprise.",
                "The person copied the code of a letter sent to the seat of the company.",
            ),
        ),
        Proof::Agent => (
            Tone::Info,
            lang.pick("Rattachement décidé par un agent", "Attachment decided by an agent"),
            lang.pick(
                "Un agent de l’acheteur a rattaché la personne à l’entreprise.",
                "An agent of the buyer attached the person to the company.",
            ),
        ),
    };
    view! {
        <Notice tone=tone title=title>
            <p>{text}</p>
            {(!people.is_empty())
                .then(|| {
                    view! {
                        <p>
                            {lang.pick("Comptes rattachés\u{a0}: ", "Attached accounts: ")}
                            <span class="as-typed">{people}</span>
                        </p>
                    }
                })}
        </Notice>
    }
    .into_any()
}
