//! What a search found, and the ways on: a company, an establishment or the head office, or the number alone.

use domain::decimal::Hundredths;
use leptos::prelude::*;

use super::search::{KEPT_SIMULATION, Searched};
use crate::i18n::Lang;
use crate::pages::shared::claim::quoted;
use crate::routes::path;
use crate::ui::{Actions, Button, ButtonKind, EmptyState, Notice, Pager, StatusChip, Tone};
use crate::views::{CompanyHit, EstablishmentDoubt, HITS_A_PAGE, LAST_HITS_PAGE};

/// How a company is chosen on this page.
pub(super) struct Choosing {
    pub(super) lang: Lang,
    /// Answers of the simulator, sealed: the company chosen begins with them.
    pub(super) kept: Option<String>,
}

impl Choosing {
    /// The button that opens a company by its number.
    fn button(
        &self,
        number: &str,
        label: &'static str,
        about: Option<String>,
        kind: ButtonKind,
    ) -> impl IntoView + use<> {
        let door = match self.kept {
            Some(_) => path::START_FROM_SIMULATOR,
            None => "/fn/open-company",
        };
        let (number, kept) = (number.to_owned(), self.kept.clone());
        view! {
            <form method="post" action=door>
                <input type="hidden" name="number" value=number/>
                {kept.map(|kept| view! { <input type="hidden" name=KEPT_SIMULATION value=kept/> })}
                <Button label=label about=about kind=kind/>
            </form>
        }
    }
}

/// Which part of the answer is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The first is 1.
    pub(super) page: u32,
    /// How many companies the register finds.
    pub(super) total: u64,
}

impl Part {
    fn pages(self) -> u32 {
        let pages = self.total.div_ceil(HITS_A_PAGE);
        u32::try_from(pages).unwrap_or(u32::MAX).min(LAST_HITS_PAGE)
    }

    /// How many come on the pages before.
    fn before(self) -> u64 {
        u64::from(self.page.saturating_sub(1)) * HITS_A_PAGE
    }
}

pub(super) fn results(
    choosing: &Choosing,
    typed: &Searched,
    hits: &[CompanyHit],
    part: Part,
    demonstration: bool,
) -> impl IntoView + use<> {
    let lang = choosing.lang;
    let shown = u64::try_from(hits.len()).unwrap_or(u64::MAX);
    let empty = (part.total == 0).then(|| {
        view! {
            <EmptyState
                title=lang.pick("Le répertoire ne trouve rien", "The register finds nothing")
                text=lang
                    .pick(
                        "Essayez le SIRET, inscrit sur vos factures, ou un nom plus court.",
                        "Try the SIRET, printed on your invoices, or a shorter name.",
                    )
            />
        }
    });
    let more = (part.total > shown).then(|| more(lang, typed, shown, part));
    let items = hits.iter().map(|hit| result(choosing, hit)).collect_view();
    view! {
        <section aria-labelledby="results-title">
            <h2 id="results-title">{heading(lang, &typed.text, shown, part)}</h2>
            {demonstration.then(|| fictional(lang))}
            {empty}
            <ul class="hits">{items}</ul>
            {more}
        </section>
    }
}

/// What to do when the company is not on this page.
fn more(lang: Lang, typed: &Searched, shown: u64, part: Part) -> impl IntoView + use<> {
    let previous =
        (part.page > 1).then(|| typed.page(part.page.saturating_sub(1).min(part.pages())));
    let next = (part.page < part.pages()).then(|| typed.page(part.page + 1));
    let (first, last) = (part.before() + 1, part.before() + shown);
    let total = count(lang, part.total);
    let summary = match (lang, shown) {
        (Lang::Fr, 0) => format!("{total} en tout"),
        (Lang::En, 0) => format!("{total} in all"),
        (Lang::Fr, _) => format!("{} à {} sur {total}", count(lang, first), count(lang, last)),
        (Lang::En, _) => format!("{} to {} of {total}", count(lang, first), count(lang, last)),
    };
    view! {
        <p>
            {lang
                .pick(
                    "La vôtre n’y est pas\u{202f}? Ajoutez la ville au nom, ou donnez le code postal, ou le SIRET inscrit sur vos factures.",
                    "Yours is not there? Add the town to the name, or give the postal code, or the SIRET printed on your invoices.",
                )}
        </p>
        <Pager
            lang=lang
            label=lang.pick("Pages de résultats", "Pages of results")
            summary=summary
            previous=previous
            next=next
        />
    }
}

fn count(lang: Lang, number: u64) -> String {
    Hundredths::from_units(i64::try_from(number).unwrap_or(i64::MAX)).display(lang)
}

fn heading(lang: Lang, query: &str, shown: u64, part: Part) -> String {
    let quoted = quoted(lang, query);
    let all = count(lang, part.total);
    if part.page > 1 {
        return match lang {
            Lang::Fr => format!("Page {} des {all} résultats pour {quoted}", part.page),
            Lang::En => format!("Page {} of the {all} results for {quoted}", part.page),
        };
    }
    match (lang, shown) {
        (Lang::Fr, 0) => format!("Aucun résultat pour {quoted}"),
        (Lang::En, 0) => format!("No result for {quoted}"),
        (Lang::Fr, n) if part.total > n => {
            format!("{n} premiers résultats sur {all} pour {quoted}")
        }
        (Lang::En, n) if part.total > n => format!("First {n} results of {all} for {quoted}"),
        (Lang::Fr, 1) => format!("Un résultat pour {quoted}"),
        (Lang::En, 1) => format!("One result for {quoted}"),
        (Lang::Fr, n) => format!("{n} résultats pour {quoted}"),
        (Lang::En, n) => format!("{n} results for {quoted}"),
    }
}

fn fictional(lang: Lang) -> impl IntoView {
    view! {
        <p class="hint">
            <StatusChip label=lang.pick("Démonstration", "Demonstration") tone=Tone::Warning/> " "
            {lang
                .pick(
                    "Ces entreprises sont fictives\u{A0}: aucun registre réel n’est interrogé.",
                    "These companies are fictional: no real register is asked.",
                )}
        </p>
    }
}

fn result(choosing: &Choosing, hit: &CompanyHit) -> impl IntoView + use<> {
    let lang = choosing.lang;
    let number = hit.siret.as_ref().map_or_else(
        || format!("SIREN {}", hit.siren.formatted()),
        |siret| format!("SIRET {}", siret.formatted()),
    );
    let act = if hit.active {
        active(choosing, hit)
    } else {
        let words = lang.pick(
            "Le répertoire indique qu’elle a cessé son activité\u{A0}: elle ne peut pas déclarer.",
            "The register says that it has closed: it cannot declare.",
        );
        view! {
            <p class="state-line">
                <StatusChip label=lang.pick("Fermée", "Closed") tone=Tone::Danger/>
                {words}
            </p>
        }
        .into_any()
    };
    view! {
        <li class="hit">
            <div>
                <h3>{hit.name.clone()}</h3>
                {hit.address.clone().map(|address| view! { <p>{address}</p> })}
                <p class="hint">{number}</p>
                {hit.doubt.filter(|_| hit.active).map(|doubt| doubtful(lang, doubt))}
            </div>
            {act}
        </li>
    }
}

/// The establishment asked for or, when it is doubtful, also the head office.
fn active(choosing: &Choosing, hit: &CompanyHit) -> AnyView {
    let lang = choosing.lang;
    let about = match lang {
        Lang::Fr => format!("pour {}", hit.name),
        Lang::En => format!("for {}", hit.name),
    };
    let this = hit
        .siret
        .as_ref()
        .map_or(hit.siren.as_str(), |siret| siret.as_str());
    let (Some(_), Some(office)) = (hit.doubt, &hit.head_office) else {
        let label = lang.pick("Déclarer", "Declare");
        return choosing
            .button(this, label, Some(about), ButtonKind::Secondary)
            .into_any();
    };
    let with_office = format!("SIRET {}, {about}", office.formatted());
    let office = choosing.button(
        office.as_str(),
        lang.pick("Déclarer avec le siège", "Declare with the head office"),
        Some(with_office),
        ButtonKind::Secondary,
    );
    let this = choosing.button(
        this,
        lang.pick("Garder cet établissement", "Keep this establishment"),
        Some(about),
        ButtonKind::Secondary,
    );
    view! { <Actions>{office} {this}</Actions> }.into_any()
}

fn doubtful(lang: Lang, doubt: EstablishmentDoubt) -> impl IntoView {
    let (chip, words) = match doubt {
        EstablishmentDoubt::Closed => (
            lang.pick("Établissement fermé", "Closed establishment"),
            lang.pick(
                "Le répertoire indique que cet établissement a fermé. L’entreprise, elle, est toujours active\u{A0}: choisissez le siège, ou gardez cet établissement si le répertoire se trompe.",
                "The register says that this establishment has closed. The company itself is still active: choose the head office, or keep this establishment if the register is wrong.",
            ),
        ),
        EstablishmentDoubt::Unknown => (
            lang.pick("Établissement inconnu", "Unknown establishment"),
            lang.pick(
                "Le répertoire connaît l’entreprise, mais pas cet établissement. Vérifiez le numéro\u{A0}: gardez-le s’il est juste, sinon choisissez le siège.",
                "The register knows the company, but not this establishment. Check the number: keep it if it is right, otherwise choose the head office.",
            ),
        ),
    };
    view! {
        <p class="state-line">
            <StatusChip label=chip tone=Tone::Warning/>
            {words}
        </p>
    }
}

/// A valid number that the register does not know. Absence never blocks anybody.
pub(super) fn unknown(
    choosing: &Choosing,
    number: &str,
    demonstration: bool,
) -> impl IntoView + use<> {
    let lang = choosing.lang;
    let go_on = choosing.button(
        number,
        lang.pick("Continuer avec ce numéro", "Go on with this number"),
        None,
        ButtonKind::Primary,
    );
    view! {
        <Notice
            tone=Tone::Warning
            live=true
            title=lang.pick("Numéro inconnu du répertoire", "Number not in the register")
        >
            <p>
                {lang
                    .pick(
                        "Ce numéro est bien formé, mais le répertoire ne le connaît pas. Vérifiez-le sur un document officiel. S’il est juste, par exemple pour une entreprise toute récente, continuez\u{A0}: l’acheteur le vérifiera.",
                        "This number is well formed, but the register does not know it. Check it on an official document. If it is right, for example for a very recent company, go on: the buyer will check it.",
                    )}
            </p>
            {demonstration.then(|| fictional(lang))}
            <Actions>{go_on}</Actions>
        </Notice>
    }
}

/// The register does not answer.
pub(super) fn down(choosing: &Choosing, number: Option<&str>) -> impl IntoView + use<> {
    let lang = choosing.lang;
    let go_on = number.map(|number| {
        choosing.button(
            number,
            lang.pick("Continuer sans le répertoire", "Go on without the register"),
            None,
            ButtonKind::Primary,
        )
    });
    let words = if number.is_some() {
        lang.pick(
            "Votre numéro est valide\u{A0}: vous pouvez continuer. Ce que le répertoire dirait sera vérifié plus tard.",
            "Your number is valid: you may go on. What the register would say is checked later.",
        )
    } else {
        lang.pick(
            "La recherche par nom n’est pas possible pour l’instant. Avec un SIRET ou un SIREN, vous pouvez continuer sans attendre.",
            "Searching by name is not possible for now. With a SIRET or a SIREN you may go on without waiting.",
        )
    };
    view! {
        <Notice tone=Tone::Warning live=true title=lang.pick("Le répertoire ne répond pas", "The register does not answer")>
            <p>{words}</p>
            {go_on.map(|go_on| view! { <Actions>{go_on}</Actions> })}
        </Notice>
    }
}
