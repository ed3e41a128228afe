//! The form of one entry of the catalogue: its names, whether and to whom it is offered, from which day.

use domain::catalogue::{Catalogue, Label};
use domain::claims::Kind;
use domain::pledges::FAMILIES;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::address::{List, NEW};
use super::problem::{CatalogueProblem, FORM};
use crate::doors::{admin_desk, buyer_desk};
use crate::error::AppError;
use crate::i18n::{Lang, Words, use_lang};
use crate::pages::shared::load::{page, query};
use crate::routes::path;
use crate::ui::{
    Actions, Button, ButtonKind, ButtonLink, CheckboxGroup, Choice, DateInput, ErrorSummary, Issue,
    Issues, PageTitle, RadioGroup, Select, TextArea, TextInput, show_date,
};
use crate::views::{CatalogueView, Typed};

#[component]
pub fn CatalogueEntryPage() -> impl IntoView {
    let lang = use_lang();
    let (list, code) = {
        let params = use_params_map();
        let params = params.read_untracked();
        let list = params.get_str("list").and_then(List::from_slug);
        (list, params.get("code").unwrap_or_default())
    };
    let copy = query("saisie").and_then(|copy| Uuid::parse_str(&copy).ok());
    let (desk, agent) = (admin_desk(), buyer_desk());
    let load = async move {
        let list = list.ok_or(AppError::NotFound)?;
        let view = desk?.catalogue().await?;
        let typed = match copy {
            Some(copy) => agent?.kept_form(FORM, copy).await?,
            None => None,
        };
        let entry = Entry::find(view.catalogues.latest(), list, &code).ok_or(AppError::NotFound)?;
        Ok((view, entry, typed))
    };
    page(load, move |(view, entry, typed)| {
        draw(lang, view, entry, typed)
    })
}

/// What the fields show on a first visit.
struct Entry {
    list: List,
    code: String,
    label: Label,
    offered: Option<bool>,
    theme: Option<String>,
    plans: Option<Vec<String>>,
    staff_from: Option<u32>,
    /// The trades to which it is shown, where that can be chosen.
    families: Option<Vec<String>>,
}

impl Entry {
    fn find(catalogue: &Catalogue, list: List, code: &str) -> Option<Self> {
        let bare = |label: Label| Self {
            list,
            code: code.to_owned(),
            label,
            offered: None,
            theme: None,
            plans: None,
            staff_from: None,
            families: None,
        };
        Some(match list {
            List::Kinds => {
                let kind: Kind = code.parse().ok()?;
                let entry = catalogue.kind(kind)?;
                Self {
                    offered: Some(entry.offered),
                    ..bare(entry.label.clone())
                }
            }
            List::Themes if code == NEW => Self {
                plans: Some(Vec::new()),
                ..bare(Label::default())
            },
            List::Themes => {
                let theme = catalogue.theme(code)?;
                Self {
                    offered: Some(theme.offered),
                    plans: Some(theme.plans.clone()),
                    ..bare(theme.label.clone())
                }
            }
            List::Plans if code == NEW => bare(Label::default()),
            List::Plans => {
                let plan = catalogue.plans.iter().find(|plan| plan.code == code)?;
                Self {
                    offered: Some(plan.offered),
                    ..bare(plan.label.clone())
                }
            }
            List::Pledges => {
                let entry = catalogue.pledge(code)?;
                Self {
                    offered: Some(entry.offered),
                    theme: Some(entry.theme.clone()),
                    plans: Some(entry.plans.clone()),
                    staff_from: entry.staff_from,
                    families: Some(entry.families.clone()),
                    ..bare(entry.label.clone())
                }
            }
        })
    }

    fn title(&self, lang: Lang) -> String {
        match (self.list, self.code.as_str()) {
            (List::Themes, NEW) => lang.pick("Ajouter un thème", "Add a theme").to_owned(),
            (List::Plans, NEW) => lang.pick("Ajouter un plan", "Add a plan").to_owned(),
            _ => format!(
                "{} {}",
                lang.pick("Modifier", "Change"),
                self.label.get(lang)
            ),
        }
    }

    /// The answers to show: those typed, when the form came back.
    fn answers(&self, typed: Option<&Typed>, today: String) -> Typed {
        if let Some(typed) = typed {
            return typed.clone();
        }
        let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        let joined = |list: &Option<Vec<String>>| list.clone().unwrap_or_default().join(",");
        let staff = self.staff_from.map(|staff| staff.to_string());
        Typed {
            problem: String::new(),
            fields: [
                ("label_fr", self.label.fr.clone()),
                ("label_en", self.label.en.clone()),
                ("offered", self.offered.map(yes_no).unwrap_or_default()),
                ("theme", self.theme.clone().unwrap_or_default()),
                ("plans", joined(&self.plans)),
                ("staff_from", staff.unwrap_or_default()),
                ("families", joined(&self.families)),
                ("from", today),
            ]
            .into_iter()
            .map(|(name, answer)| (name.to_owned(), answer))
            .collect(),
        }
    }
}

fn draw(lang: Lang, view: CatalogueView, entry: Entry, typed: Option<Typed>) -> AnyView {
    let title = entry.title(lang);
    let issues: Issues = typed
        .as_ref()
        .and_then(|typed| CatalogueProblem::from_code(&typed.problem))
        .map(|problem| Issue::new(problem.field(), problem.message().get(lang)))
        .into_iter()
        .collect();
    // A version that waits for its day is taken up by the next one: it must not come into force earlier unasked.
    let planned = view.history.first().map(|version| version.from);
    let from = planned.unwrap_or(view.today).max(view.today);
    let answers = entry.answers(typed.as_ref(), show_date(from));
    let wrong = !issues.is_empty();
    let fields = fields(lang, view.catalogues.latest(), &entry, &answers, &issues);
    let version = view.catalogues.latest().version;
    view! {
        <PageTitle title=title.clone() error=wrong/>
        <div class="page agent">
            <p class="back">
                <a href=path::CATALOGUE>
                    {lang.pick("Catalogue du formulaire", "Catalogue of the form")}
                </a>
            </p>
            <ErrorSummary lang=lang issues=issues.clone()/>
            <h1>{title}</h1>
            <form class="card" method="post" action="/fn/change-catalogue" novalidate>
                <input type="hidden" name="list" value=entry.list.slug()/>
                <input type="hidden" name="code" value=entry.code.clone()/>
                <input type="hidden" name="version" value=version.to_string()/>
                {fields}
                <DateInput
                    lang=lang
                    id="from"
                    name="answers[from]"
                    label=lang.pick("En vigueur à partir du", "Holds from")
                    hint=lang.pick(
                        "Aujourd’hui ou une date à venir. Les déclarations déjà signées ne changent pas.",
                        "Today or a coming date. Declarations already signed do not change.",
                    )
                    value=answers.get("from").to_owned()
                    error=issues.of("from")
                />
                <TextArea
                    lang=lang
                    id="reason"
                    name="answers[reason]"
                    label=lang.pick("Motif", "Reason")
                    hint=lang.pick("Reste dans l’historique.", "Stays in the history.")
                    value=answers.get("reason").to_owned()
                    error=issues.of("reason")
                />
                <Actions>
                    <Button label=lang.pick("Enregistrer la version", "Record the version")/>
                    <ButtonLink
                        label=lang.pick("Annuler", "Cancel")
                        href=path::CATALOGUE
                        kind=ButtonKind::Quiet
                    />
                </Actions>
            </form>
        </div>
    }
    .into_any()
}

fn fields(
    lang: Lang,
    catalogue: &Catalogue,
    entry: &Entry,
    answers: &Typed,
    issues: &Issues,
) -> AnyView {
    let name = |field: &'static str, label: &'static str| {
        view! {
            <TextInput
                lang=lang
                id=field
                name=format!("answers[{field}]")
                label=label
                value=answers.get(field).to_owned()
                error=issues.of(field)
                autocomplete="off"
            />
        }
    };
    let offered = entry.offered.map(|_| {
        let choices = [("yes", "Oui", "Yes"), ("no", "Non", "No")]
            .map(|(code, fr, en)| Choice::new(code, lang.pick(fr, en)))
            .to_vec();
        view! {
            <RadioGroup
                lang=lang
                id="offered"
                name="answers[offered]"
                legend=lang.pick("Proposé dans le formulaire", "Offered in the form")
                choices=choices
                value=answers.get("offered").to_owned()
                hint=unoffered(lang, entry.list)
                inline=true
            />
        }
    });
    let theme = entry.theme.as_ref().map(|_| {
        // The present one stays to be chosen.
        let chosen = answers.get("theme");
        let choices = catalogue
            .themes
            .iter()
            .filter(|theme| theme.offered || theme.code == chosen)
            .map(|theme| choice(lang, &theme.code, &theme.label, theme.offered))
            .collect();
        view! {
            <Select
                lang=lang
                id="theme"
                name="answers[theme]"
                label=lang.pick("Thème du schéma", "Theme of the scheme")
                choices=choices
                value=answers.get("theme").to_owned()
                error=issues.of("theme")
            />
        }
    });
    let plans = entry.plans.as_ref().map(|_| {
        let chosen = several(answers, "plans");
        let choices = catalogue
            .plans
            .iter()
            .filter(|plan| plan.offered || chosen.iter().any(|code| **code == *plan.code))
            .map(|plan| choice(lang, &plan.code, &plan.label, plan.offered))
            .collect();
        view! {
            <CheckboxGroup
                lang=lang
                id="plans"
                name="answers[plans][]"
                legend=lang.pick("Plans servis", "Plans served")
                choices=choices
                values=several(answers, "plans")
                error=issues.of("plans")
                optional=true
            />
        }
    });
    let limits = entry
        .families
        .as_ref()
        .map(|_| limits(lang, answers, issues));
    view! {
        {name("label_fr", lang.pick("Nom en français", "Name in French"))}
        {name("label_en", lang.pick("Nom en anglais", "Name in English"))}
        {offered}
        {theme}
        {plans}
        {limits}
    }
    .into_any()
}

/// A theme or a plan to choose; one that is not offered any more says so.
fn choice(lang: Lang, code: &str, label: &Label, offered: bool) -> Choice {
    let mut words = label.get(lang).to_owned();
    if !offered {
        words.push_str(lang.pick(" (n’est plus proposé)", " (not offered any more)"));
    }
    Choice::new(code.to_owned(), words)
}

/// What taking an entry off the form does, and does not.
const fn unoffered(lang: Lang, list: List) -> &'static str {
    match (list, lang) {
        (List::Themes, Lang::Fr) => {
            "Si non, les engagements du thème ne sont plus proposés. Ce qui est déjà validé le reste jusqu’à son terme, et les chiffres de l’année gardent le thème."
        }
        (List::Themes, Lang::En) => {
            "If not, the commitments of the theme are not offered any more. What is validated already stays so until its end, and the figures of the year keep the theme."
        }
        (List::Plans, Lang::Fr) => {
            "Si non, ce qui sera signé ne cite plus ce plan. Ce qui est déjà signé le garde."
        }
        (List::Plans, Lang::En) => {
            "If not, what is signed from then on does not name this plan. What is signed already keeps it."
        }
        (List::Kinds | List::Pledges, Lang::Fr) => {
            "Ce qui est déjà validé le reste jusqu’à son terme."
        }
        (List::Kinds | List::Pledges, Lang::En) => {
            "What is validated already stays so until its end."
        }
    }
}

/// To whom a pledge is shown.
fn limits(lang: Lang, answers: &Typed, issues: &Issues) -> AnyView {
    let trades = FAMILIES
        .map(|family| Choice::new(family.code(), family.label().get(lang)))
        .to_vec();
    view! {
        <TextInput
            lang=lang
            id="staff_from"
            name="answers[staff_from]"
            label=lang.pick("Proposé à partir de cet effectif", "Offered from this staff on")
            hint=lang.pick("En salariés\u{202F}; vide\u{A0}: à tous.", "In persons; empty: to all.")
            value=answers.get("staff_from").to_owned()
            error=issues.of("staff_from")
            width="short"
            inputmode="numeric"
            autocomplete="off"
            optional=true
        />
        <CheckboxGroup
            lang=lang
            id="families"
            name="answers[families][]"
            legend=lang.pick("Métiers concernés", "Trades concerned")
            choices=trades
            values=several(answers, "families")
            hint=lang.pick("Aucun de coché\u{A0}: tous.", "None ticked: all.")
            error=issues.of("families")
            optional=true
        />
    }
    .into_any()
}

/// The ticked boxes of a group.
fn several(answers: &Typed, name: &str) -> Vec<Words> {
    answers
        .get(name)
        .split(',')
        .filter(|code| !code.is_empty())
        .map(|code| Words::from(code.to_owned()))
        .collect()
}
