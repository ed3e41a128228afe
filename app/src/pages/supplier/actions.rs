//! What a supplier may still do with a declaration. Each act that cannot be undone asks once more, on the same page.

use domain::lifecycle::{CommandKind, Sequel};
use leptos::prelude::*;

use super::declaration::secondary;
use super::renewal::{is_due, weight};
use crate::doors::renewal::renewal_path;
use crate::doors::supplier::declaration_path;
use crate::i18n::{Lang, Text, text};
use crate::ui::{Actions, Button, ButtonKind, ButtonLink, ConfirmPanel};
use crate::views::DeclarationView;

/// An act that asks for a confirmation.
struct Act {
    command: CommandKind,
    /// Begins a new declaration at once.
    sequel: Option<Sequel>,
    /// In the address of the page that asks.
    word: &'static str,
    door: &'static str,
    label: Text,
    question: Text,
    consequence: Text,
    confirm: Text,
    kind: ButtonKind,
}

impl Act {
    /// What the domain allows; a page decides nothing.
    fn may(&self, view: &DeclarationView) -> bool {
        view.allowed.contains(&self.command)
            && self
                .sequel
                .is_none_or(|sequel| view.sequels.contains(&sequel))
    }
}

const ACTS: [Act; 4] = [
    Act {
        command: CommandKind::TakeBack,
        sequel: None,
        word: "reprise",
        door: "/fn/take-back-declaration",
        label: text("Reprendre pour modifier", "Take back to change"),
        question: text(
            "Reprendre la déclaration\u{202F}?",
            "Take the declaration back?",
        ),
        consequence: text(
            "Elle redevient un brouillon, et l’acheteur en est informé. Vous devrez la transmettre à nouveau. Vos réponses sont gardées.",
            "It becomes a draft again, and the buyer is told. You will have to send it again. Your answers are kept.",
        ),
        confirm: text("Reprendre la déclaration", "Take the declaration back"),
        kind: ButtonKind::Primary,
    },
    Act {
        command: CommandKind::Withdraw,
        sequel: Some(Sequel::Redo),
        word: "recommencer",
        door: "/fn/redo-declaration",
        label: text("Annuler et refaire", "Cancel and redo"),
        question: text(
            "Annuler la déclaration et la refaire\u{202F}?",
            "Cancel the declaration and redo it?",
        ),
        consequence: text(
            "Celle-ci est annulée et reste dans votre historique\u{202F}; l’acheteur ne l’examinera plus, et il en est informé. Une nouvelle s’ouvre avec les mêmes réponses\u{A0}: il faudra la transmettre. Les qualifications déjà accordées restent.",
            "This one is cancelled and stays in your history; the buyer will no longer review it, and is told. A new one opens with the same answers: it will have to be sent. Qualifications already granted remain.",
        ),
        confirm: text("Annuler et refaire", "Cancel and redo"),
        kind: ButtonKind::Primary,
    },
    Act {
        command: CommandKind::Withdraw,
        sequel: None,
        word: "retrait",
        door: "/fn/withdraw-declaration",
        label: text("Retirer la déclaration", "Withdraw the declaration"),
        question: text(
            "Retirer la déclaration\u{202F}?",
            "Withdraw the declaration?",
        ),
        consequence: text(
            "L’acheteur ne l’examinera plus, et il en est informé. Les qualifications déjà accordées restent. C’est définitif\u{A0}: il faudra une nouvelle déclaration.",
            "The buyer will no longer review it, and is told. Qualifications already granted remain. This is final: a new declaration will be needed.",
        ),
        confirm: text("Retirer définitivement", "Withdraw for good"),
        kind: ButtonKind::Danger,
    },
    Act {
        command: CommandKind::Discard,
        sequel: None,
        word: "abandon",
        door: "/fn/discard-declaration",
        label: text("Abandonner ce brouillon", "Give up this draft"),
        question: text("Abandonner ce brouillon\u{202F}?", "Give up this draft?"),
        consequence: text(
            "Les réponses de ce brouillon ne seront plus modifiables. Rien n’a été transmis, et personne n’est prévenu.",
            "The answers of this draft can no longer be changed. Nothing was sent, and nobody is told.",
        ),
        confirm: text("Abandonner le brouillon", "Give up the draft"),
        kind: ButtonKind::Danger,
    },
];

/// Giving up a draft that was sent once, then taken back.
const GIVEN_UP_AFTER_SENDING: Text = text(
    "Les réponses de ce brouillon ne seront plus modifiables. Ce que vous aviez transmis puis repris ne sera pas examiné\u{202F}; l’accusé de réception en garde la trace. L’acheteur, informé de la reprise, n’est pas prévenu à nouveau.",
    "The answers of this draft can no longer be changed. What you had sent, then taken back, will not be examined; the acknowledgement keeps its trace. The buyer, told that you took it back, is not told again.",
);

/// The links to what is allowed now.
pub(super) fn actions(lang: Lang, view: &DeclarationView) -> impl IntoView + use<> {
    let here = declaration_path(view.id);
    let links: Vec<_> = ACTS
        .iter()
        .filter(|act| act.may(view))
        .map(|act| {
            secondary(
                format!("{here}?confirmer={}#confirmer", act.word),
                act.label.get(lang),
            )
        })
        .collect();
    let amend = begin(lang, view);
    let any = !links.is_empty() || amend.is_some();
    any.then(|| {
        view! {
            <section aria-labelledby="acts-title">
                <h2 id="acts-title">{lang.pick("Ce que vous pouvez faire", "What you can do")}</h2>
                {amend}
                {(!links.is_empty()).then(|| view! { <Actions>{links}</Actions> })}
            </section>
        }
    })
}

/// What a declaration that is over may go on with: on one screen, or step by step.
fn begin(lang: Lang, view: &DeclarationView) -> Option<impl IntoView + use<>> {
    let renews = view.sequels.contains(&Sequel::Renew);
    if !view.sequels.contains(&Sequel::Amend) {
        return None;
    }
    let label = if renews {
        lang.pick("Modifier étape par étape", "Change step by step")
    } else {
        lang.pick(
            "Recommencer avec les mêmes réponses",
            "Begin again with the same answers",
        )
    };
    let renew = renews.then(|| {
        view! {
            <ButtonLink
                href=renewal_path(view.id)
                label=lang.pick("Renouveler en un écran", "Renew on one screen")
                kind=weight(is_due(&view.qualifications))
            />
        }
    });
    Some(view! {
        <form method="post" action="/fn/amend-declaration">
            <input type="hidden" name="id" value=view.id.to_string()/>
            <p>
                {lang
                    .pick(
                        "Une nouvelle déclaration part des mêmes réponses. Celle-ci reste, et ce qui est en vigueur le reste.",
                        "A new declaration starts from the same answers. This one stays, and what is in force remains so.",
                    )}
            </p>
            <Actions>
                {renew}
                <Button label=label kind=ButtonKind::Secondary/>
            </Actions>
        </form>
    })
}

/// The question asked before the act named in the address, if it is allowed.
pub(super) fn confirmation(
    lang: Lang,
    view: &DeclarationView,
    word: Option<&str>,
) -> Option<AnyView> {
    let act = ACTS
        .iter()
        .find(|act| Some(act.word) == word && act.may(view))?;
    let (id, version) = (view.id.to_string(), view.version.to_string());
    let consequence = match act.command {
        CommandKind::Discard if view.revision.is_some() => GIVEN_UP_AFTER_SENDING,
        _ => act.consequence,
    };
    Some(
        view! {
            <div id="confirmer" tabindex="-1" autofocus>
                <ConfirmPanel
                    lang=lang
                    title=act.question.get(lang)
                    consequence=consequence.get(lang)
                    action=act.door
                    confirm=act.confirm.get(lang)
                    cancel_href=declaration_path(view.id)
                    kind=act.kind
                >
                    <input type="hidden" name="id" value=id/>
                    <input type="hidden" name="version" value=version/>
                </ConfirmPanel>
            </div>
        }
        .into_any(),
    )
}
