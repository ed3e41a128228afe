//! The lists of the catalogue, each line with the way to change it.

use domain::catalogue::{Catalogue, PledgeEntry};
use leptos::prelude::*;

use super::address::{List, NEW, entry_path};
use crate::i18n::Lang;
use crate::ui::{ButtonKind, ButtonLink, Column, DataTable};

pub(super) fn all(lang: Lang, catalogue: &Catalogue) -> AnyView {
    List::ALL
        .map(|list| {
            let id = format!("{}-title", list.slug());
            let named = id.clone();
            let title = list.title().get(lang);
            view! {
                <section class="block" aria-labelledby=named>
                    <h2 id=id>{title}</h2>
                    {table(lang, catalogue, list)}
                </section>
            }
        })
        .collect_view()
        .into_any()
}

fn table(lang: Lang, catalogue: &Catalogue, list: List) -> AnyView {
    match list {
        List::Kinds => kinds(lang, catalogue),
        List::Themes => themes(lang, catalogue),
        List::Plans => plans(lang, catalogue),
        List::Pledges => catalogue
            .themes
            .iter()
            .filter_map(|theme| {
                let of_theme: Vec<&PledgeEntry> = catalogue
                    .pledges
                    .iter()
                    .filter(|entry| entry.theme == theme.code)
                    .collect();
                let label = theme.label.get(lang);
                (!of_theme.is_empty()).then(|| pledges(lang, catalogue, label, &of_theme))
            })
            .collect_view()
            .into_any(),
    }
}

fn headers(lang: Lang, first: &'static str, others: &[&'static str]) -> Vec<Column> {
    std::iter::once(Column::new(first))
        .chain(others.iter().map(|label| Column::new(*label)))
        .chain([Column::new(lang.pick("Action", "Action"))])
        .collect()
}

fn change(lang: Lang, list: List, code: &str, name: &str) -> AnyView {
    let about = format!(" {name}");
    view! {
        <a href=entry_path(list, code)>
            {lang.pick("Modifier", "Change")} <span class="visually-hidden">{about}</span>
        </a>
    }
    .into_any()
}

fn offered(lang: Lang, offered: bool) -> &'static str {
    if offered {
        lang.pick("Oui", "Yes")
    } else {
        lang.pick("Non", "No")
    }
}

fn kinds(lang: Lang, catalogue: &Catalogue) -> AnyView {
    let labels = [lang.pick("Code", "Code"), lang.pick("Proposé", "Offered")];
    let rows = domain::claims::Kind::SOLIDARITY
        .into_iter()
        .filter_map(|kind| catalogue.kind(kind))
        .map(|entry| {
            let name = entry.label.get(lang).to_owned();
            let [code, shown] = labels;
            view! {
                <tr>
                    <th scope="row">{name.clone()}</th>
                    <td data-label=code>{entry.kind.code()}</td>
                    <td data-label=shown>{offered(lang, entry.offered)}</td>
                    <td data-label=lang.pick("Action", "Action")>
                        {change(lang, List::Kinds, entry.kind.code(), &name)}
                    </td>
                </tr>
            }
        })
        .collect_view();
    let first = lang.pick("Statut ou agrément", "Status or approval");
    drawn(
        lang.pick(
            "Statuts que le formulaire connaît",
            "Statuses that the form knows",
        )
        .to_owned(),
        headers(lang, first, &labels),
        rows.into_any(),
    )
}

fn themes(lang: Lang, catalogue: &Catalogue) -> AnyView {
    let labels = [
        lang.pick("Plans servis", "Plans served"),
        lang.pick("Proposé", "Offered"),
    ];
    let rows = catalogue
        .themes
        .iter()
        .map(|theme| {
            let name = theme.label.get(lang).to_owned();
            let [served, shown] = labels;
            view! {
                <tr>
                    <th scope="row">{name.clone()}</th>
                    <td data-label=served>{words(lang, &catalogue.plan_labels(&theme.plans, lang))}</td>
                    <td data-label=shown>{offered(lang, theme.offered)}</td>
                    <td data-label=lang.pick("Action", "Action")>
                        {change(lang, List::Themes, &theme.code, &name)}
                    </td>
                </tr>
            }
        })
        .collect_view();
    let first = lang.pick("Thème", "Theme");
    let caption = lang
        .pick(
            "Thèmes, avec les plans servis",
            "Themes, with the plans served",
        )
        .to_owned();
    view! {
        {drawn(caption, headers(lang, first, &labels), rows.into_any())}
        {add(List::Themes, lang.pick("Ajouter un thème", "Add a theme"))}
    }
    .into_any()
}

fn plans(lang: Lang, catalogue: &Catalogue) -> AnyView {
    let shown = lang.pick("Proposé", "Offered");
    let rows = catalogue
        .plans
        .iter()
        .map(|plan| {
            let name = plan.label.get(lang).to_owned();
            view! {
                <tr>
                    <th scope="row">{name.clone()}</th>
                    <td data-label=shown>{offered(lang, plan.offered)}</td>
                    <td data-label=lang.pick("Action", "Action")>
                        {change(lang, List::Plans, &plan.code, &name)}
                    </td>
                </tr>
            }
        })
        .collect_view();
    let caption = lang
        .pick("Plans de l’acheteur", "Plans of the buyer")
        .to_owned();
    view! {
        {drawn(caption, headers(lang, lang.pick("Plan", "Plan"), &[shown]), rows.into_any())}
        {add(List::Plans, lang.pick("Ajouter un plan", "Add a plan"))}
    }
    .into_any()
}

fn pledges(lang: Lang, catalogue: &Catalogue, theme: &str, entries: &[&PledgeEntry]) -> AnyView {
    let labels = [
        lang.pick("Code", "Code"),
        lang.pick("Montré", "Shown"),
        lang.pick("Plans servis", "Plans served"),
        lang.pick("Proposé", "Offered"),
    ];
    let rows = entries
        .iter()
        .map(|entry| {
            let name = entry.label.get(lang).to_owned();
            let [code, shown, plans, proposed] = labels;
            view! {
                <tr>
                    <th scope="row">{name.clone()}</th>
                    <td data-label=code>{entry.code.clone()}</td>
                    <td data-label=shown>{applies(lang, entry)}</td>
                    <td data-label=plans>{words(lang, &catalogue.plan_labels(&entry.plans, lang))}</td>
                    <td data-label=proposed>{offered(lang, catalogue.offers_pledge(&entry.code))}</td>
                    <td data-label=lang.pick("Action", "Action")>
                        {change(lang, List::Pledges, &entry.code, &name)}
                    </td>
                </tr>
            }
        })
        .collect_view();
    let first = lang.pick("Engagement", "Commitment");
    view! {
        <h3>{theme.to_owned()}</h3>
        {drawn(
            match lang {
                Lang::Fr => format!("Engagements du thème {theme}"),
                Lang::En => format!("Commitments of the theme {theme}"),
            },
            headers(lang, first, &labels),
            rows.into_any(),
        )}
    }
    .into_any()
}

/// To whom a pledge is shown: from which staff, for which trades.
fn applies(lang: Lang, entry: &PledgeEntry) -> String {
    let mut parts = Vec::new();
    if let Some(staff) = entry.staff_from {
        parts.push(match lang {
            Lang::Fr => format!("dès {staff}\u{A0}salariés"),
            Lang::En => format!("from {staff} staff"),
        });
    }
    parts.extend(
        entry
            .trades()
            .map(|trade| trade.label().get(lang).to_lowercase()),
    );
    if parts.is_empty() {
        lang.pick("à tous", "to all").to_owned()
    } else {
        parts.join(", ")
    }
}

fn words(lang: Lang, labels: &[&str]) -> String {
    if labels.is_empty() {
        lang.pick("aucun", "none").to_owned()
    } else {
        labels.join(", ")
    }
}

fn drawn(caption: String, columns: Vec<Column>, rows: AnyView) -> AnyView {
    view! {
        <div class="rows">
            <DataTable caption=caption columns=columns quiet_caption=true>
                {rows}
            </DataTable>
        </div>
    }
    .into_any()
}

fn add(list: List, label: &'static str) -> AnyView {
    view! {
        <p>
            <ButtonLink label=label href=entry_path(list, NEW) kind=ButtonKind::Secondary/>
        </p>
    }
    .into_any()
}
