//! Help and contact: who answers, and the questions that suppliers ask first.

use leptos::prelude::*;

use crate::i18n::{Text, text, use_lang};
use crate::routes::path;
use crate::site::use_site;
use crate::ui::{DescriptionList, Entry, PageTitle};

/// The first questions, each with its answer.
const QUESTIONS: [(Text, Text); 9] = [
    (
        text("Comment me connecter\u{202F}?", "How do I sign in?"),
        text(
            "Donnez votre adresse électronique professionnelle. Vous recevez un lien et un code, valables 10 minutes. Le lien s’ouvre dans le navigateur qui l’a demandé\u{202F}; ailleurs, recopiez le code. Il n’y a pas de mot de passe.",
            "Give your professional e-mail address. You receive a link and a code, valid for 10 minutes. The link opens in the browser that asked for it; elsewhere, copy the code. There is no password.",
        ),
    ),
    (
        text(
            "Je ne reçois pas le courriel de connexion",
            "I do not receive the sign-in e-mail",
        ),
        text(
            "Vérifiez l’orthographe de l’adresse et le dossier des indésirables, puis demandez un nouveau lien. Si rien n’arrive après quelques minutes, écrivez-nous ou appelez-nous.",
            "Check the spelling of the address and the junk folder, then ask for a new link. If nothing arrives after a few minutes, write to us or call us.",
        ),
    ),
    (
        text(
            "Qui peut déclarer pour une entreprise\u{202F}?",
            "Who can declare for a company?",
        ),
        text(
            "Toute personne de l’entreprise peut préparer la déclaration. Celle qui la signe atteste sur l’honneur et indique en quelle qualité elle engage l’entreprise. La déclaration appartient à l’entreprise, non à la personne.",
            "Anyone in the company can prepare the declaration. The person who signs it makes a sworn statement and says in which capacity they bind the company. The declaration belongs to the company, not to the person.",
        ),
    ),
    (
        text(
            "L’entreprise est déjà suivie par une autre personne",
            "The company is already followed by another person",
        ),
        text(
            "Demandez à la rejoindre\u{A0}: les personnes qui gèrent son espace décident. Si elles ne répondent pas en sept jours, ou si plus personne n’y travaille, un agent vérifie votre lien avec l’entreprise, au besoin par un courrier au siège.",
            "Ask to join it: the people who manage its workspace decide. If they do not answer within seven days, or if nobody works there any more, an agent checks your link with the company, by a letter to its seat if need be.",
        ),
    ),
    (
        text(
            "Mon brouillon a-t-il été transmis\u{202F}?",
            "Has my draft been sent?",
        ),
        text(
            "Non, tant que la page affiche «\u{202F}Brouillon, non transmis\u{202F}». La déclaration est transmise quand vous l’avez signée\u{A0}: un numéro de référence s’affiche et un courriel le confirme.",
            "No, as long as the page shows “Draft, not sent”. The declaration is sent once you have signed it: a reference number is shown and an e-mail confirms it.",
        ),
    ),
    (
        text(
            "Le registre se trompe sur mon entreprise",
            "The register is wrong about my company",
        ),
        text(
            "Signalez-le dans la déclaration et donnez la référence d’un justificatif. L’absence dans un registre ne vaut jamais refus\u{A0}: un agent examine votre réponse.",
            "Say so in the declaration and give the reference of a piece of evidence. Absence from a register is never a refusal: an agent examines your answer.",
        ),
    ),
    (
        text("Je me suis trompé", "I made a mistake"),
        text(
            "Tant que l’examen n’a pas commencé, vous pouvez reprendre votre déclaration et la corriger. Ensuite, déposez une nouvelle version\u{A0}: seul ce qui change est réexaminé. Une erreur de bonne foi peut toujours être rectifiée.",
            "Until the review has started, you can take your declaration back and correct it. After that, submit a new version: only what changes is reviewed again. A mistake made in good faith can always be corrected.",
        ),
    ),
    (
        text(
            "Comment prouver que mes statuts sont validés\u{202F}?",
            "How do I prove that my statuses are validated?",
        ),
        text(
            "Téléchargez l’attestation dans votre espace. Elle porte un code\u{A0}: qui le saisit à la page «\u{202F}Vérifier une attestation\u{202F}» lit ce qui est validé ce jour-là. Vous pouvez choisir de ne pas publier cette page.",
            "Download the certificate in your account. It bears a code: whoever types it on the page “Check a certificate” reads what is validated on that day. You may choose not to publish that page.",
        ),
    ),
    (
        text(
            "La déclaration remplace-t-elle les pièces d’un marché\u{202F}?",
            "Does the declaration replace the documents of a tender?",
        ),
        text(
            "Non. Le DUME ou les formulaires de candidature, et les déclarations sur les motifs d’exclusion, restent demandés dans chaque consultation.",
            "No. The ESPD or the application forms, and the declarations on grounds for exclusion, are still required in each tender.",
        ),
    ),
];

#[component]
pub fn Help() -> AnyView {
    let lang = use_lang();
    let site = use_site();
    let title = lang.pick("Aide et contact", "Help and contact");
    let mail = format!("mailto:{}", site.email);
    let contact = vec![
        Entry::new(
            lang.pick("Service", "Service"),
            format!("{}, {}", site.service, site.buyer_name),
        ),
        Entry::view(
            lang.pick("Courriel", "E-mail"),
            view! { <a href=mail>{site.email.clone()}</a> }.into_any(),
        ),
        Entry::new(
            lang.pick("Téléphone", "Telephone"),
            format!(
                "{} ({})",
                site.phone,
                lang.pick(&site.opening_hours_fr, &site.opening_hours_en)
            ),
        ),
        Entry::new(lang.pick("Adresse", "Address"), site.postal_address.clone()),
    ];
    let questions = QUESTIONS
        .iter()
        .map(|(question, answer)| {
            view! {
                <section class="question">
                    <h3>{question.get(lang)}</h3>
                    <p>{answer.get(lang)}</p>
                </section>
            }
        })
        .collect_view();
    view! {
        <PageTitle title=title/>
        <div class="page">
            <h1>{title}</h1>
            <p class="lead">
                {lang
                    .pick(
                        "Une personne vous répond. Dites-nous le nom de l’entreprise et, s’il existe, le numéro de référence de la déclaration.",
                        "A person answers you. Tell us the name of the company and, if there is one, the reference number of the declaration.",
                    )}
            </p>
            <section aria-labelledby="contact">
                <h2 id="contact">{lang.pick("Nous joindre", "Reaching us")}</h2>
                <DescriptionList entries=contact/>
            </section>
            <p>
                <a href=path::LINKS_HELP>
                    {lang
                        .pick(
                            "Réseaux et partenaires\u{A0}: donner un lien vers une déclaration",
                            "Networks and partners: giving a link to a declaration",
                        )}
                </a>
            </p>
            <h2>{lang.pick("Questions fréquentes", "Frequent questions")}</h2>
            {questions}
        </div>
    }
    .into_any()
}
