//! The island: the same form on the server and in the browser, where it answers at each key.

use leptos::prelude::*;

use super::answers::Answers;
use super::case::{Checked, check};
use super::form::Form;
use super::live::Live;
use crate::i18n::Lang;
use crate::ui::Issues;

/// `checked`: the form was sent to be computed, so what is wrong is marked field by field.
#[island]
pub fn SmeSimulator(
    lang: Lang,
    answers: Answers,
    checked: bool,
    focus: Option<String>,
) -> impl IntoView {
    let live = Live::new(lang, answers);
    let result = live.answers.with_untracked(|all| check(lang, all, checked));
    let complete = matches!(result, Checked::Done { .. });
    let issues = match result {
        Checked::Incomplete(issues) if checked => issues,
        _ => Issues::default(),
    };
    let form = NodeRef::new();
    #[cfg(feature = "hydrate")]
    super::dom::watch(form, live);
    view! {
        <Form
            live=live
            issues=issues
            focus=focus
            form=form
            focus_result=checked && complete
            start_action=super::START_ACTION
        />
    }
}
