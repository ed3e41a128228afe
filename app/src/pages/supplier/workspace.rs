//! The home of a supplier: their companies, the declaration to go on with, what is in force, and how to find a company.

use domain::claims::ValidityState;
use domain::lifecycle::{Side, Status, status_label, status_sentence};
use leptos::prelude::*;

use super::people::{invited, pending, place, prepared};
use super::qualification::qualification_list;
use super::renewal::{is_due, weight};
use super::search::{Searched, search_form};
use super::{attestation, hours};
use crate::doors::renewal::renewal_path;
use crate::doors::supplier::declaration_path;
use crate::doors::supplier_desk;
use crate::i18n::{Lang, long_date, use_lang};
use crate::pages::shared::load::{page, query};
use crate::pages::shared::moment::{long_day, machine};
use crate::pages::shared::wording::status_tone;
use crate::routes::path;
use crate::ui::{ButtonLink, EmptyState, Issues, Notice, PageTitle, StatusChip, Tone};
use crate::views::{DeclarationLine, Workspace, WorkspaceCompany};

#[component]
pub fn WorkspacePage() -> impl IntoView {
    let lang = use_lang();
    let desk = supplier_desk();
    let asked = query(attestation::PUBLICATION);
    let done = query("fait").and_then(|act| match act.as_str() {
        "abandon" => Some(lang.pick(
            "Le brouillon est abandonné. Rien n’avait été transmis.",
            "The draft is given up. Nothing had been sent.",
        )),
        "abandon-repris" => Some(lang.pick(
            "Le brouillon est abandonné. Ce que vous aviez transmis avant de le reprendre ne sera pas examiné\u{202F}; son accusé de réception reste dans vos déclarations passées.",
            "The draft is given up. What you had sent before taking it back will not be examined; its acknowledgement stays among your past declarations.",
        )),
        "depart" => Some(lang.pick(
            "Vous n’êtes plus rattaché à cette entreprise.",
            "You are not attached to this company any more.",
        )),
        "rattachement" => Some(lang.pick(
            "Vous êtes rattaché à l’entreprise\u{a0}: elle est ci-dessous.",
            "You are attached to the company: it is below.",
        )),
        "invitation-refusee" => Some(lang.pick(
            "Invitation déclinée. Vous n’êtes rattaché à rien.",
            "Invitation declined. You are attached to nothing.",
        )),
        "publication" => Some(lang.pick(
            "La page de vérification de vos attestations est publiée.",
            "The verification page of your certificates is published.",
        )),
        "non-publication" => Some(lang.pick(
            "La page de vérification de vos attestations n’est plus publiée.",
            "The verification page of your certificates is not published any more.",
        )),
        _ => None,
    });
    page(async move { desk?.workspace().await }, move |workspace| {
        show(lang, &workspace, done, asked.as_deref())
    })
}

fn show(
    lang: Lang,
    workspace: &Workspace,
    done: Option<&'static str>,
    asked: Option<&str>,
) -> AnyView {
    let title = lang.pick("Mon espace", "My account");
    let companies = workspace
        .companies
        .iter()
        .enumerate()
        .map(|(index, one)| company(lang, index, one, asked))
        .collect_view();
    let empty = workspace.companies.is_empty();
    let find = if empty {
        lang.pick("Trouver votre entreprise", "Find your company")
    } else {
        lang.pick(
            "Déclarer pour une autre entreprise",
            "Declare for another company",
        )
    };
    view! {
        <PageTitle title=title/>
        <div class="page declaring">
            <h1>{title}</h1>
            {done
                .map(|words| {
                    view! {
                        <Notice tone=Tone::Success live=true>
                            <p>{words}</p>
                        </Notice>
                    }
                })}
            {invited(lang, workspace)}
            {prepared(lang, workspace)}
            {pending(lang, workspace)}
            {empty.then(|| first_visit(lang))}
            {companies}
            <section aria-labelledby="find-title">
                <h2 id="find-title">{find}</h2>
                {search_form(lang, &Searched::default(), &Issues::default())}
                <p>
                    {lang
                        .pick(
                            "Vous préparez pour d’autres (cabinet, réseau)\u{202f}? ",
                            "Preparing for others (firm, network)? ",
                        )}
                    <a href=path::MANDATE>
                        {lang.pick("Préparer pour une entreprise qui vous mandate", "Prepare for a company that mandates you")}
                    </a>
                </p>
            </section>
        </div>
    }
    .into_any()
}

fn first_visit(lang: Lang) -> impl IntoView {
    view! {
        <EmptyState
            title=lang.pick("Aucune entreprise pour l’instant", "No company yet")
            text=lang
                .pick(
                    "Cherchez la vôtre ci-dessous\u{A0}: ce que le répertoire connaît sera déjà rempli. Comptez dix minutes, en plusieurs fois si vous voulez\u{A0}: tout est enregistré.",
                    "Look yours up below: what the register knows is filled in already. Allow ten minutes, in several goes if you wish: everything is saved.",
                )
        />
    }
}

fn company(
    lang: Lang,
    index: usize,
    company: &WorkspaceCompany,
    asked: Option<&str>,
) -> impl IntoView + use<> {
    let id = format!("company-{index}");
    let label = id.clone();
    let open = company
        .declarations
        .iter()
        .find(|line| line.status.is_open());
    let past: Vec<_> = company
        .declarations
        .iter()
        .filter(|line| !line.status.is_open())
        .collect();
    let newest = past.first().map(|line| line.id);
    let main = match open {
        Some(line) => open_declaration(lang, line).into_any(),
        None => nothing_open(lang, newest, company).into_any(),
    };
    let past = (!past.is_empty()).then(|| {
        let items = past
            .iter()
            .map(|line| past_declaration(lang, line))
            .collect_view();
        view! {
            <h3>{lang.pick("Déclarations passées", "Past declarations")}</h3>
            <ul class="past">{items}</ul>
        }
    });
    let held = (!company.qualifications.is_empty()).then(|| {
        view! {
            <h3>{lang.pick("Qualifications", "Qualifications")}</h3>
            {qualification_list(lang, &company.qualifications)}
        }
    });
    view! {
        <section class="card company wide" aria-labelledby=label>
            <div class="company-head">
                <h2 id=id>{company.name.clone()}</h2>
                <p class="hint">"SIREN " {company.siren.formatted()}</p>
            </div>
            {place(lang, company)}
            {main}
            {hours::due(lang, &company.hours_due)}
            {held}
            {attestation::section(lang, company, asked)}
            {past}
        </section>
    }
}

fn open_declaration(lang: Lang, line: &DeclarationLine) -> impl IntoView + use<> {
    let label = if line.status.is_editable() {
        lang.pick("Reprendre", "Resume")
    } else {
        lang.pick("Suivre", "Follow")
    };
    let about = match lang {
        Lang::Fr => format!("la déclaration {}", line.reference),
        Lang::En => format!("declaration {}", line.reference),
    };
    let reference = match lang {
        Lang::Fr => format!("Déclaration {}", line.reference),
        Lang::En => format!("Declaration {}", line.reference),
    };
    view! {
        <div class="open-declaration">
            <div>
                <p class="state-line">
                    <strong>{reference}</strong>
                    <StatusChip label=status_label(line.status).get(lang) tone=status_tone(line.status)/>
                </p>
                <p>{status_sentence(line.status, Side::Supplier).get(lang)}</p>
                <p class="hint">{changed(lang, line)}</p>
            </div>
            <ButtonLink href=declaration_path(line.id) label=label about=about/>
        </div>
    }
}

fn changed(lang: Lang, line: &DeclarationLine) -> impl IntoView + use<> {
    let day = long_day(lang, line.changed_at);
    let at = machine(line.changed_at);
    view! {
        {lang.pick("Dernier changement le ", "Last change on ")}
        <time datetime=at>{day}</time>
    }
}

/// A decided declaration is amended from its own page; a company without any starts one.
fn nothing_open(lang: Lang, newest: Option<uuid::Uuid>, company: &WorkspaceCompany) -> AnyView {
    let decided = company
        .declarations
        .iter()
        .find(|line| matches!(line.status, Status::Validated | Status::PartlyValidated));
    if let Some(decided) = decided {
        return renewable(lang, decided, company);
    }
    if let Some(newest) = newest {
        return view! {
            <p>
                {lang.pick("Aucune déclaration en cours. ", "No open declaration. ")}
                <a href=declaration_path(newest)>
                    {lang.pick("Recommencer à partir de la dernière", "Begin again from the last one")}
                </a>
            </p>
        }
        .into_any();
    }
    let about = match lang {
        Lang::Fr => format!("pour {}", company.name),
        Lang::En => format!("for {}", company.name),
    };
    view! {
        <form method="post" action="/fn/open-company">
            <input type="hidden" name="number" value=company.siren.as_str().to_owned()/>
            <crate::ui::Button label=lang.pick("Commencer une déclaration", "Start a declaration") about=about/>
        </form>
    }
    .into_any()
}

/// What was decided is renewed on one screen.
fn renewable(lang: Lang, decided: &DeclarationLine, company: &WorkspaceCompany) -> AnyView {
    let about = match lang {
        Lang::Fr => format!("la déclaration de {}", company.name),
        Lang::En => format!("the declaration of {}", company.name),
    };
    let soon = company
        .qualifications
        .iter()
        .filter(|line| !line.ended)
        .filter(|line| line.state == ValidityState::Expiring)
        .filter_map(|line| line.validity.to)
        .min();
    let due = is_due(&company.qualifications);
    let words = match (soon, lang) {
        (Some(day), Lang::Fr) => format!(
            "Une qualification prend fin le {}\u{A0}: renouvelez-la pour qu’elle continue sans interruption.",
            long_date(lang, day)
        ),
        (Some(day), Lang::En) => format!(
            "A qualification ends on {}: renew it so that it goes on without a break.",
            long_date(lang, day)
        ),
        (None, Lang::Fr) if due => {
            "Plus rien n’est en vigueur. Renouveler reprend vos réponses en un écran.".to_owned()
        }
        (None, Lang::En) if due => {
            "Nothing is in force any more. Renewing takes your answers over on one screen."
                .to_owned()
        }
        (None, Lang::Fr) => {
            "Aucune déclaration en cours\u{A0}: rien n’est à renouveler pour l’instant.".to_owned()
        }
        (None, Lang::En) => "No open declaration: nothing needs renewing for now.".to_owned(),
    };
    let kind = weight(due);
    view! {
        <div class="open-declaration">
            <div>
                <p>{words}</p>
                <p>
                    <a href=declaration_path(decided.id)>
                        {lang.pick("Voir la dernière déclaration, la modifier", "See the last declaration, change it")}
                    </a>
                </p>
            </div>
            <ButtonLink href=renewal_path(decided.id) label=lang.pick("Renouveler", "Renew") about=about kind=kind/>
        </div>
    }
    .into_any()
}

fn past_declaration(lang: Lang, line: &DeclarationLine) -> impl IntoView + use<> {
    view! {
        <li class="state-line">
            <a href=declaration_path(line.id)>{line.reference.clone()}</a>
            <StatusChip label=status_label(line.status).get(lang) tone=status_tone(line.status)/>
            <span class="hint">{long_day(lang, line.changed_at)}</span>
        </li>
    }
}
