//! A qualification for its company: what was accepted, until when, and how to give it up.

use domain::claims::{ClosureCause, ValidityState};
use leptos::prelude::*;
use uuid::Uuid;

use super::attestation;
use super::declaration::refusal_words;
use super::hours;
use crate::catalogue::use_catalogue;
use crate::doors::renewal::renewal_path;
use crate::doors::supplier::declaration_path;
use crate::doors::supplier_desk;
use crate::i18n::{Lang, Text, long_date, text, use_lang};
use crate::pages::shared::claim::{claim_facts, key_title, upper_first};
use crate::pages::shared::load::{id_of_address, page, query};
use crate::pages::shared::moment::{long_day, paris};
use crate::pages::shared::wording::{period, qualification_state};
use crate::routes::path;
use crate::ui::{
    Actions, Button, ButtonKind, ButtonLink, Checkbox, Column, DataTable, DateInput,
    DescriptionList, Entry, ErrorSummary, Issue, Issues, Notice, PageTitle, StatusChip, TextArea,
    Tone, show_date,
};
use crate::views::{QualificationLine, QualificationView, Typed};

/// The qualifications of a company, as a table.
pub fn qualification_list(lang: Lang, lines: &[QualificationLine]) -> impl IntoView + use<> {
    let validity = lang.pick("Validité", "Validity");
    let status = lang.pick("État", "State");
    let columns = vec![
        Column::new(lang.pick("Qualification", "Qualification")),
        Column::new(validity),
        Column::new(status),
    ];
    let rows = lines
        .iter()
        .map(|line| {
            let (state, tone) = qualification_state(line);
            view! {
                <tr>
                    <th scope="row">
                        <a href=format!("/qualifications/{}", line.id)>{key_title(&use_catalogue(), &line.key, lang)}</a>
                    </th>
                    <td data-label=validity>
                        {upper_first(&period(&line.validity, lang))}
                        {cut_short(lang, line)}
                    </td>
                    <td data-label=status>
                        <StatusChip label=state.get(lang) tone=tone/>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="rows">
            <DataTable
                caption=lang.pick("Qualifications de l’entreprise", "Qualifications of the company")
                columns=columns
                quiet_caption=true
            >
                {rows}
            </DataTable>
        </div>
    }
}

/// The day from which it no longer holds, when that is not the end of its period.
fn cut_short(lang: Lang, line: &QualificationLine) -> Option<impl IntoView + use<>> {
    let day = long_date(lang, line.closed.as_ref()?.0);
    let words = match lang {
        Lang::Fr => format!("Plus valable à compter du {day}"),
        Lang::En => format!("No longer valid from {day}"),
    };
    Some(view! { <span class="row-note">{words}</span> })
}

/// What the address asks for.
struct Asked {
    /// Why the form was not carried out.
    problem: Option<String>,
    /// What it held.
    typed: Option<Typed>,
    /// Which form was carried out.
    done: Option<String>,
}

#[component]
pub fn SupplierQualification() -> impl IntoView {
    let lang = use_lang();
    let (id, desk) = (id_of_address(), supplier_desk());
    let problem = query("verifier");
    let copy = query("saisie").and_then(|copy| Uuid::parse_str(&copy).ok());
    let done = query("fait");
    let load = async move {
        let desk = desk?;
        let view = desk.qualification(id?).await?;
        let typed = match copy {
            Some(copy) => desk.typed(view.declaration, copy).await?,
            None => None,
        };
        Ok((view, typed))
    };
    page(load, move |(view, typed)| {
        let asked = Asked {
            problem,
            typed,
            done,
        };
        show(lang, &view, &asked)
    })
}

fn show(lang: Lang, view: &QualificationView, asked: &Asked) -> AnyView {
    let line = &view.line;
    let title = key_title(&use_catalogue(), &line.key, lang);
    let (state, tone) = qualification_state(line);
    let over = line.is_over();
    let about_hours = hours::is_about(asked.problem.as_deref(), asked.typed.as_ref());
    // What has ended is not withdrawn any more; its hours are still stated.
    let issues = if over && !about_hours {
        Issues::default()
    } else {
        issues(lang, asked)
    };
    let hours = view.hours.as_ref().map(|account| {
        let typed = asked.typed.as_ref();
        hours::section(lang, line.id, account, typed, &issues)
    });
    let mut entries: Vec<Entry> = vec![
        Entry::view(
            lang.pick("État", "State"),
            view! { <StatusChip label=state.get(lang) tone=tone/> }.into_any(),
        ),
        Entry::new(
            lang.pick("Validité", "Validity"),
            upper_first(&period(&line.validity, lang)),
        ),
        Entry::new(
            lang.pick("Entreprise", "Company"),
            format!("{}, SIREN {}", line.company_name, line.siren.formatted()),
        ),
        Entry::new(
            lang.pick("Validée le", "Validated on"),
            long_day(lang, view.decided_at),
        ),
    ];
    if let Some((from, cause)) = &line.closed {
        entries.push(Entry::new(ended(*cause).get(lang), long_date(lang, *from)));
    }
    if let Some(reason) = &view.closure_reason {
        entries.push(Entry::new(lang.pick("Motif", "Reason"), reason.clone()));
    }
    let facts = claim_facts(&use_catalogue(), &view.claim, lang)
        .into_iter()
        .map(|fact| Entry::new(fact.label, fact.value))
        .collect::<Vec<_>>();
    view! {
        <PageTitle title=title.clone() error=!issues.is_empty()/>
        <div class="page declaring">
            <p class="back">
                <a href=path::SUPPLIER>{lang.pick("Mon espace", "My account")}</a>
            </p>
            <ErrorSummary lang=lang issues=issues.clone()/>
            <h1>{title}</h1>
            {asked.done.as_deref().map(|done| done_words(lang, done))}
            <DescriptionList entries=entries/>
            <section aria-labelledby="facts-title">
                <h2 id="facts-title">{lang.pick("Ce qui a été validé", "What was validated")}</h2>
                <DescriptionList entries=facts/>
                <p>
                    <a href=declaration_path(view.declaration)>
                        {lang.pick("Voir la déclaration d’origine", "See the original declaration")}
                    </a>
                </p>
            </section>
            {attestation::is_shown(line).then(|| attestation::take(lang, &line.siren, &line.company_name))}
            {renewable(line).then(|| renew(lang, view))}
            {hours}
            {(!over).then(|| withdraw(lang, view, asked, issues))}
        </div>
    }
    .into_any()
}

/// It holds or has ended by its date: nobody closed it.
fn renewable(line: &QualificationLine) -> bool {
    !line.ended && line.validity.to.is_some() && line.state != ValidityState::Pending
}

fn renew(lang: Lang, view: &QualificationView) -> impl IntoView + use<> {
    view! {
        <p>
            <ButtonLink
                href=renewal_path(view.declaration)
                label=lang.pick("Renouveler", "Renew")
                about=lang.pick("cette qualification et les autres", "this qualification and the others")
                kind=ButtonKind::Secondary
            />
        </p>
    }
}

const fn ended(cause: ClosureCause) -> Text {
    match cause {
        ClosureCause::Superseded => text("Remplacée à compter du", "Superseded from"),
        ClosureCause::Revoked => text("Révoquée à compter du", "Revoked from"),
        ClosureCause::Withdrawn => text("Retirée à compter du", "Withdrawn from"),
    }
}

fn done_words(lang: Lang, done: &str) -> impl IntoView + use<> {
    let words = if done == "heures" {
        lang.pick(
            "Vos heures sont enregistrées. L’acheteur en est informé et les vérifie.",
            "Your hours are recorded. The buyer has been told, and checks them.",
        )
    } else {
        lang.pick(
            "Le retrait est enregistré. L’acheteur en est informé.",
            "The withdrawal is recorded. The buyer has been told.",
        )
    };
    view! {
        <Notice tone=Tone::Success live=true>
            <p>{words}</p>
        </Notice>
    }
}

fn issues(lang: Lang, asked: &Asked) -> Issues {
    let Some(problem) = asked.problem.as_deref() else {
        return Issues::default();
    };
    if let Some(words) = refusal_words(lang, problem) {
        if hours::is_about(Some(problem), asked.typed.as_ref()) {
            return hours::issue(problem, words);
        }
        return Issues(vec![Issue::new("from", words)]);
    }
    let issue = match problem {
        "date" => ("from", domain::dates::WRONG.get(lang)),
        "motif" => (
            "reason",
            lang.pick(
                "Donnez un motif, même court.",
                "Give a reason, even a short one.",
            ),
        ),
        "longueur" => (
            "reason",
            lang.pick(
                "Raccourcissez ce motif à 2\u{202F}000 caractères au plus.",
                "Shorten this reason to 2,000 characters at most.",
            ),
        ),
        "confirmation" => (
            "confirmed",
            lang.pick(
                "Cochez la case pour confirmer le retrait.",
                "Tick the box to confirm the withdrawal.",
            ),
        ),
        _ => return Issues::default(),
    };
    Issues(vec![Issue::new(issue.0, issue.1)])
}

fn withdraw(
    lang: Lang,
    view: &QualificationView,
    asked: &Asked,
    issues: Issues,
) -> impl IntoView + use<> {
    // The first day that may be asked for: its start, or the day it was validated.
    let first = view.line.validity.from.max(paris(view.decided_at).date());
    let typed = |field: &str| {
        asked
            .typed
            .as_ref()
            .map_or_else(String::new, |typed| typed.get(field).to_owned())
    };
    let (day, reason) = (typed("from"), typed("reason"));
    let hint = match lang {
        Lang::Fr => format!(
            "Premier jour sans la qualification, au plus tôt le {}.",
            show_date(first)
        ),
        Lang::En => format!(
            "First day without the qualification, {} at the earliest.",
            show_date(first)
        ),
    };
    view! {
        <form class="confirm" method="post" action="/fn/withdraw-qualification" novalidate>
            <h2>{lang.pick("Retirer cette qualification", "Withdraw this qualification")}</h2>
            <p>
                {lang
                    .pick(
                        "Si elle n’est plus vraie, retirez-la\u{A0}: vos marchés ne seront plus comptés avec elle à partir de cette date. L’acheteur en est informé. C’est définitif.",
                        "If it is no longer true, withdraw it: your contracts no longer count with it from that date. The buyer is told. This is final.",
                    )}
            </p>
            <input type="hidden" name="id" value=view.line.id.to_string()/>
            <DateInput
                lang=lang
                name="from"
                label=lang.pick("À compter du", "From")
                hint=hint
                value=day
                error=issues.of("from")
            />
            <TextArea
                lang=lang
                name="reason"
                label=lang.pick("Motif", "Reason")
                value=reason
                error=issues.of("reason")
                maxlength=2_000
            />
            <Checkbox
                lang=lang
                name="confirmed"
                label=lang.pick("Je confirme le retrait de cette qualification.", "I confirm the withdrawal of this qualification.")
                error=issues.of("confirmed")
            />
            <Actions>
                <Button label=lang.pick("Retirer la qualification", "Withdraw the qualification") kind=ButtonKind::Danger/>
            </Actions>
        </form>
    }
}
