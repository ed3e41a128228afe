//! The page that adds a document to the size, to a status, to another commitment, or to a contest: its limits first, then the dates, then the file.

use domain::claims::Kind;
use domain::documents::DocumentRefusal;
use domain::form::{Answers, Place, SizeStep, StepCode};
use domain::lifecycle::CommandKind;
use domain::pledges::definition;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::contest_page::contest_path;
use super::document_list::{add_path, anchor, one};
use super::step_page::breadcrumb;
use crate::catalogue::use_catalogue;
use crate::doors::supplier::{declaration_path, step_path};
use crate::doors::supplier_desk;
use crate::error::AppError;
use crate::i18n::{Lang, use_lang};
use crate::islands::documents as islands;
use crate::pages::shared::load::{id_of_address, page, query};
use crate::reply::use_reply;
use crate::shell::IslandScript;
use crate::ui::{
    Actions, Button, DateInput, ErrorSummary, FileInput, Issue, Issues, Notice, PageTitle, Tone,
};
use crate::views::{DeclarationView, Typed};

/// What the address asks for.
#[derive(Clone, Debug, Default)]
struct Asked {
    done: Option<String>,
    refusal: Option<String>,
    /// The document that the new one replaces.
    replaced: Option<Uuid>,
}

#[component]
pub fn DocumentPage() -> impl IntoView {
    let lang = use_lang();
    let id = id_of_address();
    let place = use_params_map()
        .read_untracked()
        .get_str("line")
        .and_then(|place| place.parse::<Place>().ok())
        .ok_or(AppError::NotFound);
    let desk = supplier_desk();
    let asked = Asked {
        done: query("fait"),
        refusal: query("refus"),
        replaced: query("remplace").and_then(|id| Uuid::parse_str(&id).ok()),
    };
    let copy = query("saisie").and_then(|copy| Uuid::parse_str(&copy).ok());
    let load = async move {
        let (desk, id, place) = (desk?, id?, place?);
        let view = desk.declaration(id).await?;
        let typed = match copy {
            Some(copy) => desk.typed(id, copy).await?,
            None => None,
        };
        let editable = view.allowed.contains(&CommandKind::Save);
        match Spot::find(lang, &view, place) {
            None if editable => Err(AppError::NotFound),
            spot => Ok((view, spot, typed)),
        }
    };
    page(load, move |(view, spot, typed)| {
        let spot = spot.filter(|_| view.allowed.contains(&CommandKind::Save));
        let Some(spot) = spot else {
            use_reply().redirect(declaration_path(view.id));
            return ().into_any();
        };
        draw(lang, &view, &spot, &asked, &typed.unwrap_or_default())
    })
}

/// Where the document goes, in words.
struct Spot {
    place: Place,
    mark: String,
    documents: Vec<String>,
    about: String,
    /// What proves it.
    expected: Option<&'static str>,
    back: String,
}

impl Spot {
    fn find(lang: Lang, view: &DeclarationView, place: Place) -> Option<Self> {
        let (mark, documents) = view.draft.at(place)?;
        let back = |step| format!("{}#{}", step_path(view.id, step), anchor(place));
        let (about, expected, back) = match place {
            Place::Size => {
                view.draft.size.shown("documents").then_some(())?;
                let mut fields = SizeStep::fields().iter();
                let asked = fields.find(|field| field.name == "documents");
                (
                    StepCode::Size.title().get(lang).to_owned(),
                    asked
                        .and_then(|field| field.hint)
                        .map(|hint| hint.get(lang)),
                    back(StepCode::Size),
                )
            }
            Place::Line(line) => {
                let row = view.draft.solidarity.rows.get(line);
                let row = row.filter(|row| row.shown("documents"))?;
                let kind: Kind = row.kind.parse().ok()?;
                (
                    use_catalogue().kind_label(kind, lang).to_owned(),
                    kind.evidence_rule().map(|rule| rule.what.get(lang)),
                    back(StepCode::Solidarity),
                )
            }
            Place::Pledge(line) => {
                let row = view.draft.pledges.rows.get(line);
                let row = row.filter(|row| row.shown("documents"))?;
                let catalogue = use_catalogue();
                let name = catalogue.pledge(&row.code)?.label.get(lang);
                let about = match row.item.trim() {
                    item if row.shown("item") && !item.is_empty() => {
                        format!("{name}{}{item}", lang.pick("\u{A0}: ", ": "))
                    }
                    _ => name.to_owned(),
                };
                (
                    about,
                    definition(&row.code).map(|definition| definition.what.get(lang)),
                    back(StepCode::Pledges),
                )
            }
            Place::Contest(fact) => (
                fact.name(&use_catalogue(), lang),
                None,
                contest_path(view.id, fact),
            ),
        };
        Some(Self {
            place,
            mark,
            documents: documents.to_vec(),
            about,
            expected,
            back,
        })
    }
}

fn draw(lang: Lang, view: &DeclarationView, spot: &Spot, asked: &Asked, typed: &Typed) -> AnyView {
    let refusal = Some(typed.problem.as_str())
        .filter(|code| !code.is_empty())
        .or(asked.refusal.as_deref())
        .and_then(DocumentRefusal::from_code);
    if let Some(refusal) = refusal {
        use_reply().status(refusal.status());
    }
    let issues: Issues = refusal
        .map(|refusal| {
            Issue::new(
                refusal.field(),
                refusal.message(lang, &view.document_limits),
            )
        })
        .into_iter()
        .collect();
    let done = asked
        .done
        .as_deref()
        .filter(|_| refusal.is_none())
        .and_then(|code| done(lang, code));
    let wrong = !issues.is_empty();
    let replaced = asked
        .replaced
        .and_then(|id| view.documents.iter().find(|known| known.id == id))
        .map(|known| known.document.name.clone());
    let title = match (&replaced, lang) {
        (None, _) => lang.pick("Ajouter une pièce", "Add a document").to_owned(),
        (Some(name), Lang::Fr) => format!("Remplacer «\u{202F}{name}\u{202F}»"),
        (Some(name), Lang::En) => format!("Replace “{name}”"),
    };
    let (status, expected) = (spot.about.clone(), spot.expected);
    let there = there(lang, view, &spot.documents);
    let full = spot.documents.len() >= view.document_limits.per_claim && asked.replaced.is_none();
    let form = if full {
        let words = DocumentRefusal::TooMany.message(lang, &view.document_limits);
        view! { <Notice tone=Tone::Info><p>{words}</p></Notice> }.into_any()
    } else {
        form(lang, view, spot, asked, typed, &issues)
    };
    let back = spot.back.clone();
    view! {
        <PageTitle title=title.clone() error=wrong/>
        <div class="page declaring">
            {breadcrumb(lang, view)}
            <ErrorSummary lang=lang issues=issues/>
            <p class="step-count">{status}</p>
            <h1>{title}</h1>
            {done}
            {expected.map(|what| view! { <p class="evidence">{what}</p> })}
            {there}
            {form}
            <p>
                <a href=back>{lang.pick("Revenir à la page précédente", "Go back to the previous page")}</a>
            </p>
        </div>
        <IslandScript/>
    }
    .into_any()
}

fn done(lang: Lang, code: &str) -> Option<AnyView> {
    let words = match code {
        "ajoutee" => lang.pick(
            "Pièce ajoutée. Vous pouvez en ajouter une autre, ou revenir à l’étape.",
            "Document added. You may add another one, or go back to the step.",
        ),
        "deja" => lang.pick(
            "Cette pièce était déjà jointe\u{A0}: elle n’est comptée qu’une fois.",
            "This document was attached already: it counts once.",
        ),
        "dates" => lang.pick(
            "Cette pièce était déjà jointe\u{A0}: ses dates sont mises à jour.",
            "This document was attached already: its dates are updated.",
        ),
        _ => return None,
    };
    Some(view! { <Notice tone=Tone::Success live=true><p>{words}</p></Notice> }.into_any())
}

fn there(lang: Lang, view: &DeclarationView, documents: &[String]) -> Option<AnyView> {
    let items = view
        .documents
        .iter()
        .filter(|known| documents.contains(&known.id.to_string()))
        .map(|known| view! { <li class="document">{one(lang, known)}</li> })
        .collect_view();
    if documents.is_empty() {
        return None;
    }
    Some(
        view! {
            <section aria-labelledby="attached">
                <h2 id="attached">{lang.pick("Pièces déjà jointes", "Documents attached")}</h2>
                <ul class="documents">{items}</ul>
            </section>
        }
        .into_any(),
    )
}

fn form(
    lang: Lang,
    view: &DeclarationView,
    spot: &Spot,
    asked: &Asked,
    typed: &Typed,
    issues: &Issues,
) -> AnyView {
    let action = format!("{}/depot", add_path(view.id, spot.place));
    let pieces = format!("{}/morceau", add_path(view.id, spot.place));
    let replaced = asked.replaced.map(|id| {
        view! { <input type="hidden" name="replaces" value=id.to_string()/> }
    });
    // The file comes last: what goes with it is read before it.
    view! {
        <form
            method="post"
            action=action
            enctype="multipart/form-data"
            class="card"
            id=islands::FORM
            data-pieces=pieces
            data-largest=view.document_limits.bytes.to_string()
            novalidate
        >
            <input type="hidden" name="status" value=spot.mark.clone()/>
            {replaced}
            <DateInput
                lang=lang
                name="valid_from"
                label=lang.pick("Pièce valable du", "Document valid from")
                value=typed.get("valid_from").to_owned()
                error=issues.of("valid_from")
                optional=true
            />
            <DateInput
                lang=lang
                name="valid_to"
                label=lang.pick("Pièce valable jusqu’au (inclus)", "Document valid until (inclusive)")
                value=typed.get("valid_to").to_owned()
                error=issues.of("valid_to")
                optional=true
            />
            <FileInput
                lang=lang
                name="file"
                label=lang.pick("Fichier", "File")
                hint=view.document_limits.sentence(lang)
                error=issues.of("file")
                accept=".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
            />
            <Actions>
                <Button label=lang.pick("Envoyer", "Send")/>
            </Actions>
            {sending(lang)}
            <islands::SendsDocuments/>
        </form>
    }
    .into_any()
}

/// What the browser shows while files go, and when one could not: the island copies the model for each file.
fn sending(lang: Lang) -> AnyView {
    let largest = lang.pick(
        "Ce fichier dépasse la taille annoncée plus haut\u{A0}: il n’a pas été envoyé.",
        "This file is larger than the size said above: it was not sent.",
    );
    let cut = lang.pick(
        "L’envoi s’est interrompu. Reprenez\u{A0}: seule la suite du fichier partira.",
        "The sending was interrupted. Go on: only the rest of the file will be sent.",
    );
    view! {
        <div
            id=islands::SENDING
            data-going=lang.pick("envoi en cours", "sending")
            data-reading=lang.pick("vérification en cours", "being checked")
            data-there=lang.pick("ajouté", "added")
            data-too-large=largest
            data-cut=cut
            data-again=lang.pick("Reprendre l’envoi", "Go on sending")
            hidden
        >
            <ul class="documents" aria-live="polite"></ul>
        </div>
    }
    .into_any()
}
