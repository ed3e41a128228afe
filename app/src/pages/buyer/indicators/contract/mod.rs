//! One contract: what was published, what it brings to each figure, and the decisions that make it so.

mod brought;
mod holders;
mod published;
mod statuses;

pub(super) use statuses::decision;

use domain::contracts::Mode;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::words::mode_words;
use crate::desk::Answer;
use crate::doors::buyer_desk;
use crate::error::AppError;
use crate::i18n::{Lang, use_lang};
use crate::pages::buyer::frame::{Back, Done, Lists};
use crate::pages::buyer::shares::{self, SharesForm};
use crate::pages::buyer::{address, copy_of_address};
use crate::pages::shared::load::{page, query};
use crate::reply::use_reply;
use crate::routes::path;
use crate::ui::{ErrorSummary, PageTitle};
use crate::views::{ContractAddress, ContractFilter, ContractView, Typed};

#[component]
pub fn ContractPage() -> impl IntoView {
    let lang = use_lang();
    let at = at_address();
    let (done, copy) = (query("fait"), copy_of_address());
    let desk = buyer_desk();
    page(
        async move {
            let desk = desk?;
            let found = desk.contract(&at?).await?;
            let typed = match copy {
                Some(copy) => desk.kept_form(shares::FORM, copy).await?,
                None => None,
            };
            Ok((found, typed))
        },
        move |(found, typed)| draw(lang, done, found, typed),
    )
}

/// The contract that the address names; the numbers of contracts hold any character but `/`.
fn at_address() -> Answer<ContractAddress> {
    let params = use_params_map().read_untracked().clone();
    let named = |name: &str| params.get(name).ok_or(AppError::NotFound);
    Ok(ContractAddress {
        buyer_siret: named("buyer")?,
        contract_id: named("contract")?,
        mode: address::mode(query("etat")),
    })
}

fn draw(lang: Lang, done: Option<String>, found: ContractView, typed: Option<Typed>) -> AnyView {
    let issues = typed
        .as_ref()
        .map(|typed| shares::issues(lang, &found, typed))
        .unwrap_or_default();
    let wrong = !issues.is_empty();
    if wrong {
        use_reply().status(422);
    }
    let done = done
        .and_then(|code| done_words(lang, &code))
        .filter(|_| !wrong);
    let form = shares::has_form(&found).then(|| {
        let typed = typed.unwrap_or_else(|| shares::prefilled(&found));
        view! {
            <SharesForm lang=lang found=found.clone() typed=typed issues=issues.clone()/>
        }
    });
    let key = &found.record.key;
    let number = match lang {
        Lang::Fr => format!("Marché {}", key.id),
        Lang::En => format!("Contract {}", key.id),
    };
    let title = found
        .record
        .object
        .clone()
        .unwrap_or_else(|| number.clone());
    // Contracts of different years often have the same object.
    let tab = format!("{title} ({})", key.id);
    let year = chrono::Datelike::year(&found.notified_on);
    let all = domain::indicators::Measure::All;
    let back = address::contracts(&ContractFilter::of(year, found.mode, all));
    let back_words = match lang {
        Lang::Fr => format!("Marchés notifiés en {year}"),
        Lang::En => format!("Contracts notified in {year}"),
    };
    view! {
        <PageTitle title=tab error=wrong/>
        <div class="page agent indicators contract">
            <Back href=back label=back_words/>
            <ErrorSummary lang=lang issues=issues/>
            <h1>{title}</h1>
            <p class="identity">{number}</p>
            <Lists lang=lang current=path::INDICATORS/>
            {done.map(|words| view! { <Done text=words/> })}
            {state(lang, &found)}
            {brought::table(lang, &found)}
            {holders::section(lang, &found)}
            {form}
            {published::facts(lang, &found)}
            {published::flags(lang, &found)}
            {published::records(lang, &found)}
        </div>
    }
    .into_any()
}

fn done_words(lang: Lang, code: &str) -> Option<&'static str> {
    Some(match code {
        "parts" => lang.pick(
            "Parts enregistrées. Les indicateurs en tiennent compte.",
            "Shares saved. The figures take them into account.",
        ),
        "parts-egales" => lang.pick(
            "Les parts sont de nouveau égales.",
            "The shares are equal again.",
        ),
        _ => return None,
    })
}

/// Which state is shown, and the way to the other one.
fn state(lang: Lang, found: &ContractView) -> AnyView {
    let other = match found.mode {
        Mode::Initial => Mode::Current,
        Mode::Current => Mode::Initial,
    };
    let at = |mode| ContractAddress {
        buyer_siret: found.record.key.buyer_siret.clone(),
        contract_id: found.record.key.id.clone(),
        mode,
    };
    let (shown, way) = (
        lang.pick("Montants et titulaires\u{A0}: ", "Amounts and holders: "),
        lang.pick("Voir l’autre état\u{A0}: ", "See the other state: "),
    );
    let lower = |mode: Mode| mode_words(mode).get(lang).to_lowercase();
    view! {
        <p>
            {shown} <strong>{lower(found.mode)}</strong> ". "
            <a href=address::contract(&at(other))>{way} {lower(other)}</a>
        </p>
    }
    .into_any()
}
