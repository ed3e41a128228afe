//! Finding the company that declares: by SIRET, SIREN or name, with every reason why it cannot be opened.

use chrono::NaiveDate;
use domain::identifiers::Siren;
use leptos::prelude::*;
use leptos_router::location::Url;

use super::search_results::{Choosing, Part, down, results, unknown};
use crate::doors::people::joining_path;
use crate::doors::supplier_desk;
use crate::i18n::{Lang, long_date, use_lang};
use crate::pages::shared::load::{page, query};
use crate::routes::path;
use crate::site::use_site;
use crate::ui::{Actions, Button, ErrorSummary, Issue, Issues, Notice, PageTitle, TextInput, Tone};
use crate::views::{CompanyQuestion, CompanySearch, LAST_HITS_PAGE, SearchOutcome};

/// The id and the name of the first field, and of the place.
const FIELD: &str = "q";
const PLACE: &str = "code_postal";
/// Which page of the answer.
const PAGE: &str = "page";
/// Answers of the simulator that wait for a company: sealed by the server, and carried from page to page as they are.
pub const KEPT_SIMULATION: &str = "simulation";

/// What became of an attempt to open a company, told by the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stopped {
    /// Answers of the simulator wait for another company; this one may be asked to join.
    HeldByAnother,
    Closed(Option<NaiveDate>),
}

/// What was typed in the form, as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Searched {
    pub(super) text: String,
    /// `None` where the place is not asked: on the workspace.
    pub(super) postal_code: Option<String>,
    /// Answers of the simulator, sealed.
    pub(super) kept: Option<String>,
}

impl Searched {
    fn read() -> Self {
        Self {
            text: query(FIELD).unwrap_or_default().trim().to_owned(),
            postal_code: Some(query(PLACE).unwrap_or_default().trim().to_owned()),
            kept: query(KEPT_SIMULATION).filter(|kept| !kept.is_empty()),
        }
    }

    /// The place, unless nothing or something else was typed.
    fn place(&self) -> Option<String> {
        let typed = self.postal_code.as_ref()?;
        let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        (digits.len() == 5 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
    }

    fn place_is_wrong(&self) -> bool {
        self.place().is_none()
            && self
                .postal_code
                .as_ref()
                .is_some_and(|code| !code.is_empty())
    }

    /// The address of a page of the answer.
    pub(super) fn page(&self, page: u32) -> String {
        let (place, number) = (self.place(), page.to_string());
        let parts = [
            Some((FIELD, self.text.as_str())),
            place.as_deref().map(|code| (PLACE, code)),
            self.kept.as_deref().map(|kept| (KEPT_SIMULATION, kept)),
            Some((PAGE, number.as_str())),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .flatten()
            .map(|(name, value)| format!("{name}={}", Url::escape(value)))
            .collect();
        format!("{}/recherche?{}", path::SUPPLIER, parts.join("&"))
    }
}

/// The form, on the workspace and above the results. It reads only: a GET, whose address can be kept.
pub(super) fn search_form(lang: Lang, typed: &Searched, issues: &Issues) -> impl IntoView + use<> {
    let place = typed.postal_code.as_ref().map(|code| {
        view! {
            <TextInput
                lang=lang
                name=PLACE
                label=lang.pick("Code postal", "Postal code")
                hint=lang.pick("Pour un nom que plusieurs portent.", "For a name that several bear.")
                value=code.clone()
                error=issues.of(PLACE)
                inputmode="numeric"
                autocomplete="off"
                width="short"
                optional=true
            />
        }
    });
    view! {
        <form class="search" method="get" action=format!("{}/recherche", path::SUPPLIER) role="search" novalidate>
            {typed
                .kept
                .clone()
                .map(|kept| view! { <input type="hidden" name=KEPT_SIMULATION value=kept/> })}
            <TextInput
                lang=lang
                name=FIELD
                label=lang.pick("SIRET, SIREN ou nom de l’entreprise", "SIRET, SIREN or name of the company")
                hint=lang
                    .pick(
                        "Par exemple 732 829 320 00074, ou un nom avec la ville.",
                        "For example 732 829 320 00074, or a name with the town.",
                    )
                value=typed.text.clone()
                error=issues.of(FIELD)
                kind="search"
                autocomplete="off"
            />
            {place}
            <Actions>
                <Button label=lang.pick("Chercher", "Search")/>
            </Actions>
        </form>
    }
}

#[component]
pub fn SearchPage() -> impl IntoView {
    let lang = use_lang();
    let desk = supplier_desk();
    let stopped = query("issue").and_then(|issue| match issue.as_str() {
        "suivie" => Some(Stopped::HeldByAnother),
        "fermee" => Some(Stopped::Closed(
            query("depuis").and_then(|day| day.parse().ok()),
        )),
        _ => None,
    });
    let typed = Searched::read();
    let wanted = query(PAGE).and_then(|page| page.parse::<u32>().ok());
    let asked = CompanyQuestion {
        text: typed.text.clone(),
        postal_code: typed.place(),
        page: wanted.unwrap_or(1).clamp(1, LAST_HITS_PAGE),
    };
    page(async move { desk?.search(asked).await }, move |found| {
        show(lang, &found, stopped, &typed)
    })
}

/// What is wrong with what was typed. A wrong place stops nobody: the name is looked for everywhere.
fn wrong(lang: Lang, found: &CompanySearch, typed: &Searched) -> Issues {
    let text = match &found.outcome {
        SearchOutcome::Invalid(error) => Some(error.message(lang)),
        SearchOutcome::Empty => Some(
            lang.pick(
                "Saisissez un SIRET, un SIREN, ou un nom d’au moins trois lettres.",
                "Type a SIRET, a SIREN, or a name of at least three letters.",
            )
            .to_owned(),
        ),
        _ => None,
    };
    let place = typed.place_is_wrong().then(|| {
        let words = lang.pick(
            "Saisissez les cinq chiffres du code postal, par exemple 13001, ou laissez ce champ vide. La recherche n’en a pas tenu compte.",
            "Type the five digits of the postal code, such as 13001, or leave this field empty. The search ignored it.",
        );
        Issue::new(PLACE, words)
    });
    let text = text.map(|words| Issue::new(FIELD, words));
    text.into_iter().chain(place).collect()
}

fn show(lang: Lang, found: &CompanySearch, stopped: Option<Stopped>, typed: &Searched) -> AnyView {
    let issues = wrong(lang, found, typed);
    let title = lang.pick("Trouver une entreprise", "Find a company");
    let choosing = Choosing {
        lang,
        kept: typed.kept.clone(),
    };
    let results = match &found.outcome {
        SearchOutcome::Empty | SearchOutcome::Invalid(_) => None,
        SearchOutcome::Found {
            hits,
            total,
            demonstration,
        } => {
            let part = Part {
                page: found.asked.page,
                total: *total,
            };
            Some(results(&choosing, typed, hits, part, *demonstration).into_any())
        }
        SearchOutcome::UnknownNumber {
            number,
            demonstration,
        } => Some(unknown(&choosing, number, *demonstration).into_any()),
        SearchOutcome::RegistryDown { number } => {
            Some(down(&choosing, number.as_deref()).into_any())
        }
    };
    view! {
        <PageTitle title=title error=!issues.is_empty()/>
        <div class="page declaring">
            <p class="back">
                <a href=path::SUPPLIER>{lang.pick("Mon espace", "My account")}</a>
            </p>
            <ErrorSummary lang=lang issues=issues.clone()/>
            <h1>{title}</h1>
            {stopped.map(|stopped| stop(lang, &typed.text, stopped))}
            {typed.kept.is_some().then(|| waiting(lang))}
            {search_form(lang, typed, &issues)}
            {results}
        </div>
    }
    .into_any()
}

/// The answers of the simulator are not lost because no company was opened yet.
fn waiting(lang: Lang) -> impl IntoView {
    view! {
        <Notice
            tone=Tone::Info
            title=lang.pick("Vos réponses au simulateur sont gardées", "Your answers to the simulator are kept")
        >
            <p>
                {lang
                    .pick(
                        "Pendant une heure, pour votre compte seul. Trouvez l’entreprise\u{A0}: elles rempliront l’étape «\u{202F}Taille\u{202F}» de sa déclaration.",
                        "For one hour, for your account alone. Find the company: they will fill in the step on size of its declaration.",
                    )}
            </p>
        </Notice>
    }
}

/// Why the company could not be opened, and what to do.
fn stop(lang: Lang, typed: &str, stopped: Stopped) -> AnyView {
    let site = use_site();
    let (tone, title, words) = match stopped {
        Stopped::HeldByAnother => return held(lang, typed).into_any(),
        Stopped::Closed(since) => (
            Tone::Danger,
            lang.pick("Entreprise fermée", "Closed company"),
            closed(lang, since),
        ),
    };
    let mail = format!("mailto:{}", site.email);
    let phone = site.phone.replace(' ', "\u{A0}");
    view! {
        <Notice tone=tone title=title live=true>
            <p>{words}</p>
            <p>
                {site.service.clone()} ", " <a href=mail>{site.email.clone()}</a> ", " {phone}
            </p>
        </Notice>
    }
    .into_any()
}

/// Another person follows the company: it may be asked to join.
fn held(lang: Lang, typed: &str) -> impl IntoView + use<> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).take(9).collect();
    let join = Siren::parse(&digits).ok().map(|siren| {
        view! {
            <p>
                <a href=joining_path(&siren)>{lang.pick("Demander à la rejoindre", "Ask to join it")}</a>
            </p>
        }
    });
    view! {
        <Notice
            tone=Tone::Warning
            title=lang.pick("Entreprise déjà suivie par une autre personne", "Another person already follows this company")
            live=true
        >
            <p>
                {lang
                    .pick(
                        "Pour la protéger, rien ne vous est montré avant qu’elle ait accepté.",
                        "To protect it, nothing is shown to you until they accept.",
                    )}
            </p>
            {join}
        </Notice>
    }
}

fn closed(lang: Lang, since: Option<NaiveDate>) -> String {
    match (lang, since) {
        (Lang::Fr, Some(day)) => format!("Le répertoire indique que cette entreprise a cessé son activité le {}\u{A0}: elle ne peut pas déclarer. Si c’est une erreur, faites-la corriger auprès de l’Insee, puis écrivez-nous\u{A0}:", long_date(lang, day)),
        (Lang::Fr, None) => "Le répertoire indique que cette entreprise a cessé son activité\u{A0}: elle ne peut pas déclarer. Si c’est une erreur, faites-la corriger auprès de l’Insee, puis écrivez-nous\u{A0}:".to_owned(),
        (Lang::En, Some(day)) => format!("The register says that this company closed on {}: it cannot declare. If this is a mistake, have it corrected by Insee, then write to us:", long_date(lang, day)),
        (Lang::En, None) => "The register says that this company has closed: it cannot declare. If this is a mistake, have it corrected by Insee, then write to us:".to_owned(),
    }
}
