//! The acknowledgement of receipt (articles L112-11 and R112-5 of the code on relations with the administration).

use domain::catalogue::Catalogue;
use domain::civil::silence_means_refusal;
use domain::claims::{Claim, ClaimBody};
use domain::form::{CAPACITIES, Choice, Computed, Snapshot, statement_text};
use domain::lifecycle::Status;
use domain::sme::Explanation;

use super::{Block, Paper, PaperClaim, Row, Section, strong, words};
use crate::i18n::{Lang, euros, long_date};
use crate::islands::group::counted;
use crate::pages::shared::claim::{claim_facts, claim_title};
use crate::pages::shared::contest::{contest_facts, contest_title};
use crate::pages::shared::moment::{long_day, long_moment};
use crate::site::Site;
use crate::ui::Tone;
use crate::views::ReceiptView;

pub fn receipt(lang: Lang, view: &ReceiptView, site: &Site) -> Paper {
    let title = lang.pick("Accusé de réception", "Acknowledgement of receipt");
    let statement = statement_text(&view.statement.text_version, &site.buyer_name, lang);
    Paper {
        lang,
        title: title.to_owned(),
        name: format!("{title}, {}", view.reference),
        tone: tone(view.status),
        notice: vec![
            Block::Reference {
                label: lang.pick("Référence à rappeler\u{A0}:", "Reference to quote:").to_owned(),
                value: view.reference.clone(),
            },
            strong(became(lang, view)),
            words(lang.pick(
                "Cet accusé vous est aussi envoyé par courriel. Vous pouvez l’imprimer ou y revenir à tout moment\u{A0}: il prouve ce que nous avons reçu, et quand (articles L112-11 et R112-5 du code des relations entre le public et l’administration).",
                "This acknowledgement is also sent to you by e-mail. You may print it or come back to it at any time: it proves what we received, and when (articles L112-11 and R112-5 of the French code on relations between the public and the administration).",
            )),
        ],
        blocks: vec![Block::Rows { rows: facts(lang, view) }],
        sections: vec![
            Section {
                id: "declared",
                title: lang.pick("Ce que vous avez déclaré", "What you declared").to_owned(),
                blocks: vec![Block::Claims { claims: declared(lang, &view.names, &view.snapshot) }],
            },
        ]
        .into_iter()
        .chain(contested(lang, view))
        .chain([
            Section {
                id: "oath",
                title: lang.pick("L’attestation que vous avez signée", "The statement that you signed").to_owned(),
                blocks: vec![
                    Block::List { items: statement },
                    Block::Rows { rows: signature(lang, view) },
                ],
            },
            Section {
                id: "service",
                title: lang.pick("Qui s’occupe de votre dossier", "Who is in charge").to_owned(),
                blocks: vec![Block::Rows { rows: service(lang, site) }],
            },
            Section {
                id: "delays",
                title: lang.pick("Délais et recours", "Time limits and remedies").to_owned(),
                blocks: vec![Block::List { items: delays(lang, view) }],
            },
        ])
        .collect(),
    }
}

/// What the registers say, and the signer swore to be otherwise.
fn contested(lang: Lang, view: &ReceiptView) -> Option<Section> {
    let contests = &view.snapshot.contests;
    let claims = contests
        .iter()
        .map(|one| PaperClaim {
            title: contest_title(&view.names, one, lang),
            rows: contest_facts(one, lang)
                .into_iter()
                .map(|fact| Row::new(fact.label, fact.value))
                .collect(),
        })
        .collect();
    (!contests.is_empty()).then(|| Section {
        id: "contested",
        title: lang
            .pick("Ce que vous contestez", "What you contest")
            .to_owned(),
        blocks: vec![Block::Claims { claims }],
    })
}

/// The facts that the signer swore to.
fn declared(lang: Lang, names: &Catalogue, snapshot: &Snapshot) -> Vec<PaperClaim> {
    snapshot
        .claims
        .iter()
        .map(|claim| PaperClaim {
            title: claim_title(names, claim, lang),
            rows: claim_facts(names, claim, lang)
                .into_iter()
                .map(|fact| Row::new(fact.label, fact.value))
                .chain(group(lang, claim, &snapshot.name))
                .collect(),
        })
        .collect()
}

/// The arithmetic of a size, enterprise by enterprise, for a company that does not stand alone.
fn group(lang: Lang, claim: &Claim, company: &str) -> Vec<Row> {
    let ClaimBody::Sme(size) = &claim.body else {
        return vec![];
    };
    let alone = |computed: &Computed| {
        computed.outcome.explanation.len() < 2 && computed.by_period.len() < 2
    };
    let Some(computed) = size.recomputed(company).filter(|computed| !alone(computed)) else {
        return vec![];
    };
    let mut rows: Vec<Row> = computed
        .outcome
        .explanation
        .iter()
        .map(|line| Row::new(line.enterprise.clone(), part_words(lang, line)))
        .collect();
    let periods: Vec<&str> = computed
        .by_period
        .iter()
        .map(|category| category.label().get(lang))
        .collect();
    if periods.len() > 1 {
        rows.push(Row::new(
            lang.pick(
                "Catégorie de chaque exercice, du plus ancien au dernier",
                "Category of each period, from the oldest to the last",
            ),
            periods.join(", "),
        ));
    }
    rows
}

/// `Liée, comptée à 100 % : effectif 30, …`.
fn part_words(lang: Lang, line: &Explanation) -> String {
    let counted = counted(lang, line);
    let Some(part) = line.contribution else {
        return counted;
    };
    let (awu, turnover, balance) = (
        part.awu.display(lang),
        euros(lang, part.turnover_eur),
        euros(lang, part.balance_eur),
    );
    match lang {
        Lang::Fr => format!(
            "{counted}\u{a0}: effectif {awu}, chiffre d’affaires {turnover}, bilan {balance}"
        ),
        Lang::En => format!("{counted}: staff {awu}, turnover {turnover}, balance sheet {balance}"),
    }
}

const fn tone(status: Status) -> Tone {
    match status {
        Status::Submitted | Status::InReview => Tone::Success,
        Status::Draft | Status::Withdrawn => Tone::Warning,
        Status::ChangesRequested
        | Status::Validated
        | Status::PartlyValidated
        | Status::Refused => Tone::Info,
    }
}

/// What became since of what was received: the paper must not say that it waits when it does not.
fn became(lang: Lang, view: &ReceiptView) -> String {
    let day = long_day(lang, view.received_at);
    let words = match view.status {
        Status::Submitted => lang.pick(
            "Votre déclaration est transmise.",
            "Your declaration is sent.",
        ),
        Status::InReview => lang.pick(
            "Votre déclaration est transmise, et un agent l’examine.",
            "Your declaration is sent, and an agent is examining it.",
        ),
        Status::Draft => {
            return match lang {
                Lang::Fr => format!(
                    "Reçue le {day}, puis reprise par vous\u{A0}: cette version n’est plus examinée. Elle ne le sera qu’une fois la déclaration transmise à nouveau."
                ),
                Lang::En => format!(
                    "Received on {day}, then taken back by you: this version is no longer examined. Nothing is, until you send the declaration again."
                ),
            };
        }
        Status::Withdrawn => {
            return match lang {
                Lang::Fr => format!(
                    "Reçue le {day}, puis retirée ou abandonnée par vous\u{A0}: elle ne sera pas examinée."
                ),
                Lang::En => format!(
                    "Received on {day}, then withdrawn or given up by you: it will not be examined."
                ),
            };
        }
        Status::ChangesRequested => lang.pick(
            "Cette version a été examinée, et des corrections vous sont demandées.",
            "This version has been examined, and you are asked for corrections.",
        ),
        Status::Validated | Status::PartlyValidated | Status::Refused => lang.pick(
            "Cette version a été examinée, et la décision vous a été adressée.",
            "This version has been examined, and the decision has been sent to you.",
        ),
    };
    words.to_owned()
}

fn facts(lang: Lang, view: &ReceiptView) -> Vec<Row> {
    let snapshot = &view.snapshot;
    vec![
        Row::new(
            lang.pick("Reçue le", "Received on"),
            long_moment(lang, view.received_at),
        ),
        Row::new(lang.pick("Entreprise", "Company"), snapshot.name.clone()),
        Row::new("SIREN", snapshot.siren.formatted()),
        Row::new("SIRET", snapshot.siret.formatted()),
        Row::new(
            lang.pick("Contact", "Contact"),
            format!(
                "{}, {}, {}",
                snapshot.contact.name, snapshot.contact.role, snapshot.contact.email
            ),
        ),
        Row::new(lang.pick("Version", "Version"), view.revision.to_string()),
        Row::code(
            lang.pick(
                "Empreinte du contenu (SHA-256)",
                "Fingerprint of the content (SHA-256)",
            ),
            view.hash.clone(),
        ),
    ]
}

fn signature(lang: Lang, view: &ReceiptView) -> Vec<Row> {
    let statement = &view.statement;
    let capacity = Choice::label_of(CAPACITIES, &statement.capacity).map_or_else(
        || statement.capacity.clone(),
        |label| label.get(lang).to_owned(),
    );
    vec![
        Row::new(
            lang.pick("Signataire", "Signer"),
            format!("{}, {}", statement.signer_name, statement.signer_quality),
        ),
        Row::new(lang.pick("Signe à titre de", "Signs as"), capacity),
        Row::new(
            lang.pick("Signée le", "Signed on"),
            long_moment(lang, statement.signed_at),
        ),
        Row::new(
            lang.pick("Version du texte", "Version of the text"),
            statement.text_version.clone(),
        ),
    ]
}

/// The service in charge, as article R112-5 asks: postal and electronic address, phone. Attestations bear it too.
pub(super) fn service(lang: Lang, site: &Site) -> Vec<Row> {
    let hours = lang.pick(&site.opening_hours_fr, &site.opening_hours_en);
    vec![
        Row::new(
            lang.pick("Service", "Service"),
            format!("{}, {}", site.service, site.buyer_name),
        ),
        Row::new(
            lang.pick("Adresse postale", "Postal address"),
            site.postal_address.clone(),
        ),
        Row::new(lang.pick("Courriel", "E-mail"), site.email.clone()),
        Row::new(
            lang.pick("Téléphone", "Phone"),
            format!("{}, {hours}", site.phone),
        ),
    ]
}

/// What is expected next, and by when; then the remedies, which do not depend on it.
fn delays(lang: Lang, view: &ReceiptView) -> Vec<String> {
    let limit = long_date(lang, silence_means_refusal(view.received_at));
    let next = match (view.status, lang) {
        (Status::Submitted | Status::InReview, Lang::Fr) => format!(
            "Une décision motivée vous est adressée par courriel. Notre silence pendant deux mois vaut refus\u{A0}: sans décision de notre part au {limit}, votre déclaration est réputée refusée (article L231-4 du code des relations entre le public et l’administration)."
        ),
        (Status::Submitted | Status::InReview, Lang::En) => format!(
            "A reasoned decision is sent to you by e-mail. Our silence for two months means a refusal: without a decision from us by {limit}, your declaration is deemed refused (article L231-4 of the French code on relations between the public and the administration)."
        ),
        (Status::Draft | Status::Withdrawn, _) => lang
            .pick(
                "Vous n’attendez plus de décision sur cette version. Sur une déclaration transmise, notre silence pendant deux mois vaut refus (article L231-4 du code des relations entre le public et l’administration).",
                "You are no longer waiting for a decision on this version. On a declaration that is sent, our silence for two months means a refusal (article L231-4 of the French code on relations between the public and the administration).",
            )
            .to_owned(),
        (Status::ChangesRequested, _) => lang
            .pick(
                "Votre prochain envoi aura son propre accusé de réception. À partir de lui, notre silence pendant deux mois vaudra refus (article L231-4 du code des relations entre le public et l’administration).",
                "What you send next will have its own acknowledgement. From then on, our silence for two months will mean a refusal (article L231-4 of the French code on relations between the public and the administration).",
            )
            .to_owned(),
        (Status::Validated | Status::PartlyValidated | Status::Refused, _) => lang
            .pick(
                "La décision motivée vous a été adressée par courriel.",
                "The reasoned decision has been sent to you by e-mail.",
            )
            .to_owned(),
    };
    match lang {
        Lang::Fr => vec![
            next,
            "Vous pouvez contester une décision, même implicite, dans les deux mois\u{A0}: par un recours gracieux adressé au service ci-dessus, ou devant le tribunal administratif (article R421-1 du code de justice administrative), y compris par Télérecours citoyens.".to_owned(),
            "Un recours gracieux formé dans ce délai le prolonge\u{A0}: deux mois de plus à compter de la réponse, ou du silence gardé pendant deux mois.".to_owned(),
            "En cas d’erreur de bonne foi, vous pouvez corriger votre déclaration (article L123-1 du code des relations entre le public et l’administration)\u{A0}: reprenez-la, ou écrivez-nous.".to_owned(),
        ],
        Lang::En => vec![
            next,
            "You may contest a decision, even an implicit one, within two months: by asking the service above to reconsider, or before the administrative court (article R421-1 of the code of administrative justice), including online.".to_owned(),
            "Asking us to reconsider within that time extends it: two more months from the answer, or from two months of silence.".to_owned(),
            "If you made a mistake in good faith, you may correct your declaration (article L123-1 of the French code on relations between the public and the administration): take it back, or write to us.".to_owned(),
        ],
    }
}
