//! The acknowledgement of receipt (articles L112-11 and R112-5 of the code on relations with the administration), made to be printed.

use chrono::Months;
use domain::form::{CAPACITIES, Choice, statement_text};
use leptos::prelude::*;

use super::verification::claims;
use crate::doors::supplier::declaration_path;
use crate::doors::supplier_desk;
use crate::i18n::{Lang, long_date, use_lang};
use crate::pages::shared::load::{id_of_address, page};
use crate::pages::shared::moment::{long_moment, paris};
use crate::site::{Site, use_site};
use crate::ui::{DescriptionList, Entry, Notice, PageTitle, Tone};
use crate::views::ReceiptView;

/// Silence of two months means a refusal: the procedure is not set by a law or a decree (article L231-4, 2° of the same code).
const SILENCE_MONTHS: u32 = 2;

#[component]
pub fn ReceiptPage() -> impl IntoView {
    let lang = use_lang();
    let (id, desk) = (id_of_address(), supplier_desk());
    page(async move { desk?.receipt(id?).await }, move |view| {
        show(lang, &view)
    })
}

fn show(lang: Lang, view: &ReceiptView) -> AnyView {
    let site = use_site();
    let reference = view.reference.clone();
    let title = lang.pick("Accusé de réception", "Acknowledgement of receipt");
    let statement = statement_text(&site.buyer_name, lang)
        .into_iter()
        .map(|words| view! { <li>{words}</li> })
        .collect_view();
    view! {
        <PageTitle title=format!("{title}, {}", view.reference)/>
        <div class="page declaring receipt">
            <p class="back">
                <a href=declaration_path(view.id)>{lang.pick("Revenir à la déclaration", "Back to the declaration")}</a>
            </p>
            <h1>{title}</h1>
            <Notice tone=Tone::Success>
                <p class="receipt-reference">
                    {lang.pick("Référence à rappeler\u{A0}: ", "Reference to quote: ")}
                    <strong>{reference}</strong>
                </p>
                <p>
                    {lang
                        .pick(
                            "Votre déclaration est transmise. Cet accusé vous est aussi envoyé par courriel. Vous pouvez l’imprimer ou y revenir à tout moment.",
                            "Your declaration is sent. This acknowledgement is also sent to you by e-mail. You may print it or come back to it at any time.",
                        )}
                </p>
            </Notice>
            <DescriptionList entries=facts(lang, view) label=title/>
            <section aria-labelledby="declared-title">
                <h2 id="declared-title">{lang.pick("Ce que vous avez déclaré", "What you declared")}</h2>
                {claims(lang, &view.snapshot)}
            </section>
            <section aria-labelledby="oath-title">
                <h2 id="oath-title">{lang.pick("L’attestation que vous avez signée", "The statement that you signed")}</h2>
                <ul class="terms">{statement}</ul>
                <DescriptionList entries=signature(lang, view)/>
            </section>
            {service(lang, &site)}
            {delays(lang, view)}
        </div>
    }
    .into_any()
}

fn facts(lang: Lang, view: &ReceiptView) -> Vec<Entry> {
    let snapshot = &view.snapshot;
    vec![
        Entry::new(
            lang.pick("Reçue le", "Received on"),
            long_moment(lang, view.received_at),
        ),
        Entry::new(lang.pick("Entreprise", "Company"), snapshot.name.clone()),
        Entry::new("SIREN", snapshot.siren.formatted()),
        Entry::new("SIRET", snapshot.siret.formatted()),
        Entry::new(
            lang.pick("Contact", "Contact"),
            format!(
                "{}, {}, {}",
                snapshot.contact.name, snapshot.contact.role, snapshot.contact.email
            ),
        ),
        Entry::new(lang.pick("Version", "Version"), view.revision.to_string()),
        Entry::view(
            lang.pick(
                "Empreinte du contenu (SHA-256)",
                "Fingerprint of the content (SHA-256)",
            ),
            view! { <code class="hash">{view.hash.clone()}</code> }.into_any(),
        ),
    ]
}

fn signature(lang: Lang, view: &ReceiptView) -> Vec<Entry> {
    let statement = &view.statement;
    let capacity = Choice::label_of(CAPACITIES, &statement.capacity).map_or_else(
        || statement.capacity.clone(),
        |label| label.get(lang).to_owned(),
    );
    vec![
        Entry::new(
            lang.pick("Signataire", "Signer"),
            format!("{}, {}", statement.signer_name, statement.signer_quality),
        ),
        Entry::new(lang.pick("En capacité de", "In the capacity of"), capacity),
        Entry::new(
            lang.pick("Signée le", "Signed on"),
            long_moment(lang, statement.signed_at),
        ),
        Entry::new(
            lang.pick("Version du texte", "Version of the text"),
            statement.text_version.clone(),
        ),
    ]
}

fn service(lang: Lang, site: &Site) -> impl IntoView + use<> {
    let hours = lang.pick(site.opening_hours_fr.clone(), site.opening_hours_en.clone());
    let entries = vec![
        Entry::new(
            lang.pick("Service", "Service"),
            format!("{}, {}", site.service, site.buyer_name),
        ),
        Entry::new(
            lang.pick("Adresse postale", "Postal address"),
            site.postal_address.clone(),
        ),
        Entry::new(lang.pick("Courriel", "E-mail"), site.email.clone()),
        Entry::new(
            lang.pick("Téléphone", "Phone"),
            format!("{}, {hours}", site.phone),
        ),
    ];
    view! {
        <section aria-labelledby="service-title">
            <h2 id="service-title">{lang.pick("Qui s’occupe de votre dossier", "Who is in charge")}</h2>
            <DescriptionList entries=entries/>
        </section>
    }
}

fn delays(lang: Lang, view: &ReceiptView) -> impl IntoView + use<> {
    let received = paris(view.received_at).date();
    let limit = received
        .checked_add_months(Months::new(SILENCE_MONTHS))
        .map_or_else(String::new, |day| long_date(lang, day));
    let lines = match lang {
        Lang::Fr => [
            format!("Une décision motivée vous est adressée par courriel. Sans décision de notre part au {limit}, votre déclaration est réputée refusée (articles L231-4 et L231-6 du code des relations entre le public et l’administration)."),
            "Vous pouvez contester une décision, même implicite, dans les deux mois\u{A0}: par un recours gracieux adressé au service ci-dessus, ou devant le tribunal administratif (article R421-1 du code de justice administrative), y compris par Télérecours citoyens.".to_owned(),
            "Un recours gracieux formé dans ce délai le prolonge\u{A0}: deux mois de plus à compter de la réponse, ou du silence gardé pendant deux mois.".to_owned(),
            "En cas d’erreur de bonne foi, vous pouvez corriger votre déclaration (article L123-1 du même code)\u{A0}: reprenez-la, ou écrivez-nous.".to_owned(),
        ],
        Lang::En => [
            format!("A reasoned decision is sent to you by e-mail. Without a decision from us by {limit}, your declaration is deemed refused (articles L231-4 and L231-6 of the French code on relations with the administration)."),
            "You may contest a decision, even an implicit one, within two months: by asking the service above to reconsider, or before the administrative court (article R421-1 of the code of administrative justice), including online.".to_owned(),
            "Asking us to reconsider within that time extends it: two more months from the answer, or from two months of silence.".to_owned(),
            "If you made a mistake in good faith, you may correct your declaration (article L123-1 of the same code): take it back, or write to us.".to_owned(),
        ],
    };
    let items = lines
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect_view();
    view! {
        <section aria-labelledby="delays-title">
            <h2 id="delays-title">{lang.pick("Délais et recours", "Time limits and remedies")}</h2>
            <ul>{items}</ul>
        </section>
    }
}
