//! The documents of a line as its supplier sees them: each with its state, what removes or replaces it, and what adds one.

use domain::documents::{KnownDocument, Scan};
use domain::form::Place;
use leptos::prelude::*;
use uuid::Uuid;

use super::form::{Marks, Question};
use crate::i18n::{Lang, text};
use crate::islands::declaration::field_id;
use crate::pages::shared::documents::{document_link, document_words};
use crate::ui::{Button, ButtonKind, Notice, Tone};
use crate::views::DeclarationView;

/// The field of a line: its documents, kept by hidden inputs, so that a save of the step keeps them.
pub fn documents_field(marks: &Marks, question: &Question) -> AnyView {
    let lang = marks.lang;
    let (id, line) = (question.id(), line_of(&question.path));
    let ids = question.answers();
    let name = format!("{}[]", question.name());
    let full = ids.len() >= marks.document_limits.per_claim;
    let items = ids
        .iter()
        .map(|document| {
            let known = marks
                .documents
                .iter()
                .find(|known| known.id.to_string() == *document);
            let about = known.map_or_else(
                || unknown(lang).to_owned(),
                |known| known.document.name.clone(),
            );
            let button = |label, intent: &str| {
                let value = format!("{intent}-{line}-{document}");
                view! { <Button label=label about=about.clone() kind=ButtonKind::Quiet name="intent" value=value/> }
            };
            view! {
                <li class="document">
                    <input type="hidden" name=name.clone() value=document.clone()/>
                    {known.map_or_else(|| unknown(lang).into_any(), |known| one(lang, known))}
                    <span class="document-acts">
                        {button(lang.pick("Remplacer", "Replace"), "replace")}
                        {button(lang.pick("Retirer", "Remove"), "detach")}
                    </span>
                </li>
            }
        })
        .collect_view();
    let list = (!ids.is_empty()).then(|| view! { <ul class="documents">{items}</ul> });
    let error = marks.issues.of(&id).0.map(|error| {
        view! {
            <p class="error" id=format!("{id}-error")>
                <span class="visually-hidden">{lang.pick("Erreur\u{A0}: ", "Error: ")}</span>
                {error}
            </p>
        }
    });
    // A step without lines has one place, which needs no rank.
    let about = question
        .path
        .contains('[')
        .then(|| format!("({} {})", lang.pick("ligne", "line"), line + 1));
    let add = (!full).then(|| {
        view! {
            <Button
                label=lang.pick("Enregistrer et ajouter une pièce", "Save and add a document")
                about=about
                kind=ButtonKind::Secondary
                name="intent"
                value=format!("attach-{line}")
            />
        }
    });
    let label_id = format!("{id}-label");
    let named = label_id.clone();
    view! {
        <div class="field" role="group" id=id tabindex="-1" aria-labelledby=named>
            <p class="label" id=label_id>
                {question.field.label.get(lang)}
                <span class="label-note">{lang.pick(" (facultatif)", " (optional)")}</span>
            </p>
            {question.field.hint.map(|hint| view! { <p class="hint">{hint.get(lang)}</p> })}
            <p class="hint">{marks.document_limits.sentence(lang)}</p>
            {error}
            {list}
            {put_back(marks, line, &ids)}
            {add}
        </div>
    }
    .into_any()
}

/// Said after a document was taken away, with the button that undoes it.
fn put_back(marks: &Marks, line: usize, ids: &[String]) -> Option<AnyView> {
    let lang = marks.lang;
    let (_, document) = marks.removed.filter(|(at, _)| *at == line)?;
    let document = document.to_string();
    if ids.contains(&document) {
        return None;
    }
    Some(removed_notice(lang, format!("restore-{line}-{document}")).into_any())
}

/// The same on the page of a contest.
pub fn removed_notice(lang: Lang, intent: String) -> impl IntoView {
    view! {
        <div class="document-removed" role="status">
            <p>{lang.pick("La pièce est retirée.", "The document is removed.")}</p>
            <Button
                label=lang.pick("Remettre la pièce", "Put the document back")
                kind=ButtonKind::Quiet
                name="intent"
                value=intent
            />
        </div>
    }
}

/// A document. That a scanner has not looked at it yet is no business of its author: only a virus is.
pub fn one(lang: Lang, known: &KnownDocument) -> AnyView {
    let infected = (known.scan == Scan::Infected).then(|| {
        view! {
            <span class="error">
                {text(
                        "L’antivirus a trouvé un virus dans ce fichier. Retirez-le, puis envoyez un fichier sain.",
                        "The scanner found a virus in this file. Remove it, then send a clean file.",
                    )
                    .get(lang)}
            </span>
        }
    });
    view! {
        <span class="document-words">
            {document_link(known, known.scan != Scan::Infected)} " "
            <span class="row-note">{document_words(lang, &known.document)}</span>
        </span>
        {infected}
    }
    .into_any()
}

/// What the scanner found since a document was sent, on the page of the declaration.
pub fn infected(lang: Lang, view: &DeclarationView) -> Option<AnyView> {
    let names: Vec<String> = view
        .documents
        .iter()
        .filter(|known| known.scan == Scan::Infected)
        .map(|known| known.document.name.clone())
        .collect();
    if names.is_empty() {
        return None;
    }
    let items = names
        .into_iter()
        .map(|name| view! { <li>{name}</li> })
        .collect_view();
    let title = lang.pick(
        "L’antivirus a trouvé un virus dans vos pièces",
        "The scanner found a virus in your documents",
    );
    Some(
        view! {
            <Notice tone=Tone::Danger title=title>
                <ul>{items}</ul>
                <p>
                    {lang
                        .pick(
                            "Personne ne peut les ouvrir. Remplacez-les par des fichiers sains\u{a0}: si la déclaration est transmise, reprenez-la d’abord.",
                            "Nobody can open them. Replace them with clean files: if the declaration is sent, take it back first.",
                        )}
                </p>
            </Notice>
        }
        .into_any(),
    )
}

fn unknown(lang: Lang) -> &'static str {
    lang.pick(
        "Pièce qui n’est plus là",
        "Document that is not there any more",
    )
}

/// The rank of the line in a path such as `rows[3][documents]`; the first where there is none.
fn line_of(path: &str) -> usize {
    path.split(['[', ']'])
        .nth(1)
        .and_then(|rank| rank.parse().ok())
        .unwrap_or_default()
}

/// Where the documents of a place are in the page of their step.
pub fn anchor(place: Place) -> String {
    field_id(&place.path())
}

/// The page that adds a document to a place.
pub fn add_path(declaration: Uuid, place: Place) -> String {
    format!("/declarations/{declaration}/pieces/{place}")
}
