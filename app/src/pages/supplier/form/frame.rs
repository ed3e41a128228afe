//! The form around a step: where it posts, what it carries, and its buttons.

use domain::form::StepCode;
use leptos::prelude::*;
use uuid::Uuid;

use super::sign_in_again::sign_in_again;
use super::typing_state::typing_state;
use crate::doors::steps::Back;
use crate::i18n::Lang;
use crate::islands::typing::PAGE;
use crate::ui::{Actions, Button, ButtonKind};

/// What the form of a step carries besides the answers.
#[derive(Clone, Debug)]
pub struct Carried {
    pub id: Uuid,
    pub step: StepCode,
    /// Saving answers over a newer version is refused, and both are shown.
    pub version: i64,
    /// The questions hidden on this page.
    pub seen: String,
    /// The page that sent the answers last, by its own name.
    pub sent_by: Option<String>,
    pub back: Back,
}

pub fn frame(
    lang: Lang,
    action: &'static str,
    carried: Carried,
    fields: impl IntoView + 'static,
) -> impl IntoView {
    let back = carried.back.word();
    let go_on = match carried.back {
        Back::Check => lang.pick(
            "Enregistrer et revenir à la vérification",
            "Save and go back to checking",
        ),
        Back::Renewal => lang.pick(
            "Enregistrer et revenir au renouvellement",
            "Save and go back to the renewal",
        ),
        Back::Nowhere => lang.pick("Enregistrer et continuer", "Save and continue"),
    };
    view! {
        <form class="step-form" method="post" action=action novalidate>
            // The Enter key uses the first button of a form: it must not be one that removes a line.
            <button
                class="visually-hidden"
                type="submit"
                name="intent"
                value="continue"
                tabindex="-1"
                aria-hidden="true"
            >
                {go_on}
            </button>
            <input type="hidden" name="id" value=carried.id.to_string()/>
            <input type="hidden" name="version" value=carried.version.to_string()/>
            <input type="hidden" name="seen" value=carried.seen/>
            <input type="hidden" name="back" value=back/>
            <input type="hidden" name=PAGE value=""/>
            {fields}
            <Actions>
                <Button label=go_on name="intent" value="continue"/>
                <Button
                    label=lang.pick("Enregistrer le brouillon", "Save the draft")
                    kind=ButtonKind::Secondary
                    name="intent"
                    value="save"
                />
            </Actions>
            {typing_state(lang, carried.id, carried.step, carried.sent_by)}
        </form>
        {sign_in_again(lang, carried.id)}
    }
}
