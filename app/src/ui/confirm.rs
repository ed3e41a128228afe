//! The last question before an act that cannot be undone.

use leptos::prelude::*;

use super::{Actions, Button, ButtonKind, ButtonLink};
use crate::i18n::{Lang, Words};

/// A form of its own that posts to `action`; the children are what the act needs (reason, hidden version number).
#[component]
pub fn ConfirmPanel(
    lang: Lang,
    #[prop(into)] title: Words,
    /// What will happen, and to whom it will be told.
    #[prop(into)]
    consequence: Words,
    #[prop(into)] action: Words,
    #[prop(into)] confirm: Words,
    /// Where the person goes back to without doing anything.
    #[prop(into)]
    cancel_href: Words,
    #[prop(default = ButtonKind::Danger)] kind: ButtonKind,
    #[prop(optional)] children: Option<Children>,
) -> AnyView {
    view! {
        <form class="confirm" method="post" action=action novalidate>
            <h2>{title}</h2>
            <p>{consequence}</p>
            {children.map(|children| children())}
            <Actions>
                <Button label=confirm kind=kind/>
                <ButtonLink
                    href=cancel_href
                    label=lang.pick("Annuler", "Cancel")
                    kind=ButtonKind::Quiet
                />
            </Actions>
        </form>
    }
    .into_any()
}
