//! Who signs, what is sworn, and the tick: the same on the page that checks all answers and on the page of what registers know.

use domain::form::{STATEMENT_VERSION, StatementStep, statement_text};
use leptos::prelude::*;

use super::form::{Marks, ask, questions};
use crate::i18n::{Lang, Words};
use crate::site::use_site;
use crate::ui::{Checkbox, Issues};
use crate::views::DeclarationView;

pub(super) const TICK: &str = "accepted";

/// Who signs, and in which capacity.
pub(super) fn signer(lang: Lang, view: &DeclarationView, issues: &Issues) -> AnyView {
    let marks = Marks::plain(lang, view, issues);
    questions(&known_signer(view), "")
        .iter()
        .filter(|question| question.field.name != TICK)
        .map(|question| ask(&marks, question))
        .collect_view()
        .into_any()
}

/// The same beside the contact, who most often signs: another person has a fold.
pub(super) fn signer_or_contact(lang: Lang, view: &DeclarationView, issues: &Issues) -> AnyView {
    let marks = Marks::plain(lang, view, issues);
    let (statement, contact) = (&view.draft.statement, &view.draft.company);
    let same = (&statement.signer_name, &statement.signer_quality)
        == (&contact.contact_name, &contact.contact_role);
    let shown = if same {
        StatementStep {
            signer_name: String::new(),
            signer_quality: String::new(),
            ..statement.clone()
        }
    } else {
        statement.clone()
    };
    let (capacity, person): (Vec<_>, Vec<_>) = questions(&shown, "")
        .into_iter()
        .filter(|question| question.field.name != TICK)
        .partition(|question| question.field.name == "capacity");
    let open = person
        .iter()
        .any(|question| !question.answer.is_empty() || issues.of(&question.id()).0.is_some());
    let fields = |all: Vec<_>| {
        all.iter()
            .map(|question| ask(&marks, question))
            .collect_view()
    };
    view! {
        <details class="known-evidence" open=open>
            <summary>
                {lang.pick("Une autre personne que ce contact signe", "Another person than this contact signs")}
            </summary>
            {fields(person)}
        </details>
        {fields(capacity)}
    }
    .into_any()
}

/// What is sworn, and the tick.
pub(super) fn oath(lang: Lang, issues: &Issues) -> AnyView {
    let mut paragraphs =
        statement_text(STATEMENT_VERSION, &use_site().buyer_name, lang).into_iter();
    // The first sentence is the one that is ticked.
    let oath: Words = paragraphs.next().unwrap_or_default().into();
    let terms = paragraphs
        .map(|words| view! { <li>{words}</li> })
        .collect_view();
    view! {
        <ul class="terms">{terms}</ul>
        <Checkbox
            lang=lang
            id=TICK
            name=format!("answers[{TICK}]")
            label=oath
            hint=lang.pick("À cocher à chaque transmission.", "To be ticked at each sending.")
            error=issues.of(TICK)
        />
    }
    .into_any()
}

/// Who signs is most often who answers: what step 1 said is not asked again, and can be changed.
fn known_signer(view: &DeclarationView) -> StatementStep {
    let (mut signer, contact) = (view.draft.statement.clone(), &view.draft.company);
    if signer.signer_name.is_empty() && signer.signer_quality.is_empty() {
        signer.signer_name.clone_from(&contact.contact_name);
        signer.signer_quality.clone_from(&contact.contact_role);
    }
    signer
}
