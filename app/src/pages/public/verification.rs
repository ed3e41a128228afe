//! Checking an attestation by its short code, without an account: the form, and the answer at an address of its own.

use std::sync::Arc;

use domain::attestation::{Attested, CodeError, LineState, ShortCode, Standing};
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_params_map;

use crate::catalogue::use_catalogue;
use crate::desk::VerificationDesk;
use crate::error::AppError;
use crate::i18n::{Lang, Text, long_date, text, use_lang};
use crate::pages::shared::load::{page, query};
use crate::pages::shared::paper::{Cell, facts_table};
use crate::papers::{decision, evidence, validity, what};
use crate::reply::use_reply;
use crate::routes::path;
use crate::site::use_site;
use crate::ui::{
    Actions, Button, DescriptionList, Entry, ErrorSummary, Issue, Issues, Notice, PageTitle,
    StatusChip, TextInput, Tone,
};
use crate::views::{Verification, Verified};

/// The name of the field, in the address too.
const CODE: &str = "code";

/// The address of the answer to a code.
pub fn verification_path(code: &ShortCode) -> String {
    format!("{}/{code}", path::VERIFY)
}

/// The form. What was typed is read here, and a code leads to its own address.
#[component]
pub fn VerifyForm() -> AnyView {
    let lang = use_lang();
    match query(CODE) {
        None => form_page(lang, "", None),
        Some(typed) => match ShortCode::parse(&typed) {
            Ok(code) => {
                use_reply().redirect(verification_path(&code));
                form_page(lang, &typed, None)
            }
            Err(error) => form_page(lang, &typed, Some(error)),
        },
    }
}

/// The answer.
#[component]
pub fn VerifyCode() -> AnyView {
    let lang = use_lang();
    let typed = use_params_map()
        .read_untracked()
        .get_str("code")
        .unwrap_or_default()
        .to_owned();
    let code = match ShortCode::parse(&typed) {
        Ok(code) => code,
        Err(error) => {
            use_reply().status(404);
            return form_page(lang, &typed, Some(error));
        }
    };
    let desk = use_context::<Arc<dyn VerificationDesk>>().ok_or(AppError::NotFound);
    let asked = code.clone();
    let answer = page(
        async move { desk?.verify(&asked).await },
        move |found| match found {
            Verification::Unknown => {
                use_reply().status(404);
                unknown(lang, &code)
            }
            Verification::Unpublished => unpublished(lang, &code),
            Verification::Found(verified) => show(lang, &verified),
        },
    );
    view! {
        <Meta name="robots" content="noindex"/>
        {answer}
    }
    .into_any()
}

fn title(lang: Lang) -> &'static str {
    lang.pick("Vérifier une attestation", "Check a certificate")
}

fn form_page(lang: Lang, typed: &str, error: Option<CodeError>) -> AnyView {
    let issues = error.map_or_else(Issues::default, |error| {
        Issues(vec![Issue::new(CODE, error.message(lang))])
    });
    view! {
        <PageTitle title=title(lang) error=!issues.is_empty()/>
        <div class="page declaring">
            <ErrorSummary lang=lang issues=issues.clone()/>
            <h1>{title(lang)}</h1>
            <p class="lead">
                {lang
                    .pick(
                        "Chaque attestation de ce portail porte un code de 10\u{A0}caractères, que contient aussi le carré imprimé à côté. La réponse dit ce qui est validé aujourd’hui, depuis quand et jusqu’à quand.",
                        "Each certificate of this portal bears a code of 10 characters, which the square printed beside it holds too. The answer tells what is validated today, since when and until when.",
                    )}
            </p>
            {form(lang, typed, issues)}
            {limits(lang)}
        </div>
    }
    .into_any()
}

fn form(lang: Lang, typed: &str, issues: Issues) -> impl IntoView + use<> {
    view! {
        <form class="verify" method="get" action=path::VERIFY novalidate>
            <TextInput
                lang=lang
                name=CODE
                label=lang.pick("Code de l’attestation", "Code of the certificate")
                hint=lang
                    .pick(
                        "Par exemple ABCDE-23456. Majuscules, espaces et tirets ne comptent pas.",
                        "For example ABCDE-23456. Capitals, spaces and hyphens do not matter.",
                    )
                value=typed.to_owned()
                error=issues.of(CODE)
                width="medium"
                autocomplete="off"
                maxlength=40
            />
            <Actions>
                <Button label=lang.pick("Vérifier", "Check")/>
            </Actions>
        </form>
    }
}

/// What the page never says, and whom to ask.
fn limits(lang: Lang) -> impl IntoView {
    view! {
        <p class="hint">
            {lang
                .pick(
                    "Seules des données d’entreprise sont montrées, jamais un contact ni un montant. Une entreprise peut choisir de ne pas publier sa page.",
                    "Only data of companies are shown, never a contact nor an amount. A company may choose not to publish its page.",
                )} " "
            <a href=path::HELP>{lang.pick("Aide et contact", "Help and contact")}</a>
        </p>
    }
}

fn unknown(lang: Lang, code: &ShortCode) -> AnyView {
    let title = lang.pick("Code inconnu", "Unknown code");
    let words = match lang {
        Lang::Fr => format!(
            "Aucune attestation ne porte le code {}. Il est bien formé\u{A0}: ce n’est sans doute pas une faute de frappe. Demandez à l’entreprise une nouvelle attestation, ou écrivez-nous.",
            code.grouped()
        ),
        Lang::En => format!(
            "No certificate bears the code {}. It is well formed, so this is probably not a typing error. Ask the company for a new certificate, or write to us.",
            code.grouped()
        ),
    };
    simple(lang, title, Tone::Danger, words)
}

fn unpublished(lang: Lang, code: &ShortCode) -> AnyView {
    let title = lang.pick("Page non publiée", "Page not published");
    let words = match lang {
        Lang::Fr => format!(
            "L’entreprise qui a reçu l’attestation {} a choisi de ne pas publier ses vérifications. Cela ne dit rien de ses statuts\u{A0}: demandez-lui, ou écrivez-nous.",
            code.grouped()
        ),
        Lang::En => format!(
            "The company that was given the certificate {} chose not to publish its verifications. This says nothing of its statuses: ask it, or write to us.",
            code.grouped()
        ),
    };
    simple(lang, title, Tone::Neutral, words)
}

fn simple(lang: Lang, title: &'static str, tone: Tone, words: String) -> AnyView {
    let site = use_site();
    let mail = format!("mailto:{}", site.email);
    view! {
        <PageTitle title=title/>
        <div class="page declaring">
            {back(lang)}
            <h1>{title}</h1>
            <Notice tone=tone>
                <p>{words}</p>
                <p>
                    {site.service.clone()} ", " <a href=mail>{site.email.clone()}</a> ", "
                    {site.phone.clone()}
                </p>
            </Notice>
        </div>
    }
    .into_any()
}

fn back(lang: Lang) -> impl IntoView {
    view! {
        <p class="back">
            <a href=path::VERIFY>{lang.pick("Vérifier un autre code", "Check another code")}</a>
        </p>
    }
}

const fn standing_words(standing: Standing) -> (Tone, Text, Text) {
    match standing {
        Standing::Valid => (
            Tone::Success,
            text("Attestation exacte", "The certificate is right"),
            text(
                "Tout ce qu’elle montre est validé aujourd’hui.",
                "All that it shows is validated today.",
            ),
        ),
        Standing::Changed => (
            Tone::Warning,
            text("Attestation dépassée", "The certificate is out of date"),
            text(
                "Elle a été délivrée, mais ce qui est validé a changé depuis. Ce qui l’est aujourd’hui est écrit plus bas.",
                "It was issued, but what is validated has changed since. What is validated today is written below.",
            ),
        ),
        Standing::Revoked => (
            Tone::Danger,
            text("Statut révoqué", "A status was revoked"),
            text(
                "L’acheteur a révoqué au moins un des statuts que montre cette attestation. Ne vous y fiez plus.",
                "The buyer revoked at least one of the statuses that this certificate shows. Do not rely on it any more.",
            ),
        ),
        Standing::Withdrawn => (
            Tone::Warning,
            text("Statuts retirés", "The statuses were withdrawn"),
            text(
                "L’entreprise a retiré ce que montre cette attestation.",
                "The company withdrew what this certificate shows.",
            ),
        ),
        Standing::Expired => (
            Tone::Warning,
            text("Attestation échue", "The certificate has expired"),
            text(
                "Les statuts qu’elle montre sont arrivés à échéance.",
                "The statuses that it shows have come to their end.",
            ),
        ),
    }
}

const fn state_words(state: LineState) -> (Tone, Text) {
    match state {
        LineState::InForce => (Tone::Success, text("En vigueur", "In force")),
        LineState::Pending => (Tone::Info, text("À venir", "Not yet in force")),
        LineState::Superseded => (Tone::Neutral, text("Remplacé", "Superseded")),
        LineState::Revoked => (Tone::Danger, text("Révoqué", "Revoked")),
        LineState::Withdrawn => (Tone::Neutral, text("Retiré", "Withdrawn")),
        LineState::Expired => (Tone::Neutral, text("Échu", "Expired")),
    }
}

fn show(lang: Lang, verified: &Verified) -> AnyView {
    let site = use_site();
    let (tone, heading, words) = standing_words(verified.standing);
    let name = verified
        .name
        .clone()
        .unwrap_or_else(|| lang.pick("Nom non publié", "Name not published").to_owned());
    let today = long_date(lang, verified.today);
    let checked = match lang {
        Lang::Fr => format!("Vérifié le {today} par {}.", site.buyer_name),
        Lang::En => format!("Checked on {today} by {}.", site.buyer_name),
    };
    let entries = vec![
        Entry::new(lang.pick("Entreprise", "Company"), name),
        Entry::new("SIREN", verified.siren.formatted()),
        Entry::new(lang.pick("Code", "Code"), verified.code.grouped()),
        Entry::new(
            lang.pick("Délivrée la première fois le", "First issued on"),
            long_date(lang, verified.issued_on),
        ),
    ];
    let newer = verified.newer.as_ref().map(|code| {
        view! {
            <p>
                <a href=verification_path(code)>
                    {lang.pick("Voir l’attestation la plus récente", "See the most recent certificate")}
                </a>
            </p>
        }
    });
    let json = format!("{}/attestation.json", verification_path(&verified.code));
    view! {
        <PageTitle title=heading.get(lang)/>
        <div class="page declaring verified">
            {back(lang)}
            <h1>{heading.get(lang)}</h1>
            <Notice tone=tone>
                <p>
                    <strong>{words.get(lang)}</strong>
                </p>
                <p>{checked}</p>
                {newer}
            </Notice>
            <DescriptionList entries=entries/>
            <section class="wide attested">
                <h2>{lang.pick("Ce que montre l’attestation", "What the certificate shows")}</h2>
                {shown(lang, verified)}
            </section>
            {(verified.standing != Standing::Valid).then(|| now(lang, verified))}
            <p class="hint">
                <a href=json>{lang.pick("Les mêmes faits, signés (JSON)", "The same facts, signed (JSON)")}</a>
                {lang
                    .pick(
                        "\u{202F}; la clé publique est à l’adresse ",
                        "; the public key is at ",
                    )} <a href=path::KEYS>{path::KEYS}</a>
            </p>
        </div>
    }
    .into_any()
}

fn columns(lang: Lang) -> Vec<String> {
    [
        lang.pick("Statut", "Status"),
        lang.pick("Justificatif", "Evidence"),
        lang.pick("Décision", "Decision"),
        lang.pick("Validité", "Validity"),
    ]
    .map(str::to_owned)
    .to_vec()
}

fn cells(lang: Lang, line: &Attested) -> Vec<Cell> {
    [
        what(lang, &use_catalogue(), line),
        evidence(lang, line),
        decision(lang, line),
        validity(lang, line),
    ]
    .map(Cell::Words)
    .into()
}

fn shown(lang: Lang, verified: &Verified) -> AnyView {
    let mut columns = columns(lang);
    columns.push(lang.pick("Aujourd’hui", "Today").to_owned());
    let rows = verified
        .lines
        .iter()
        .map(|line| {
            let (tone, words) = state_words(line.state);
            let mut cells = cells(lang, &line.attested);
            let chip = view! { <StatusChip label=words.get(lang) tone=tone/> };
            cells.push(Cell::View(chip.into_any()));
            cells
        })
        .collect();
    let caption = lang.pick("Ce que montre l’attestation", "What the certificate shows");
    facts_table(caption, &columns, rows)
}

/// What holds today, when it is something else.
fn now(lang: Lang, verified: &Verified) -> AnyView {
    let title = lang.pick("Ce qui est validé aujourd’hui", "What is validated today");
    let body = if verified.now.is_empty() {
        view! {
            <p>{lang.pick("Rien n’est validé aujourd’hui pour cette entreprise.", "Nothing is validated today for this company.")}</p>
        }
        .into_any()
    } else {
        let rows = verified.now.iter().map(|line| cells(lang, line)).collect();
        facts_table(title, &columns(lang), rows)
    };
    view! {
        <section class="wide attested">
            <h2>{title}</h2>
            {body}
        </section>
    }
    .into_any()
}
