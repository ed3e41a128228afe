//! The state of the form while it is being filled in.

use leptos::prelude::*;

use super::answers::Answers;
use super::case::{Checked, check, display_name, kind};
use crate::i18n::Lang;

/// Cheap to copy; on the server it holds the answers of the request and never changes.
#[derive(Clone, Copy)]
pub(super) struct Live {
    pub(super) lang: Lang,
    pub(super) answers: RwSignal<Answers>,
    pub(super) entities: Memo<Vec<u32>>,
    pub(super) holdings: Memo<Vec<u32>>,
    pub(super) checked: Memo<Checked>,
}

impl Live {
    pub(super) fn new(lang: Lang, answers: Answers) -> Self {
        let answers = RwSignal::new(answers);
        Self {
            lang,
            answers,
            entities: Memo::new(move |_| {
                answers.with(|all| all.entities.iter().map(|entity| entity.id).collect())
            }),
            holdings: Memo::new(move |_| {
                answers.with(|all| all.holdings.iter().map(|share| share.id).collect())
            }),
            checked: Memo::new(move |_| answers.with(|all| check(lang, all, false))),
        }
    }

    /// The name of an entity as the other rows show it.
    pub(super) fn name(self, id: u32) -> String {
        self.answers.with(|all| {
            all.entity(id)
                .map(|entity| display_name(self.lang, entity))
                .unwrap_or_default()
        })
    }

    /// The kind of an entity, by its name in the rules.
    pub(super) fn kind(self, id: u32) -> &'static str {
        self.answers
            .with(|all| all.entity(id).map(kind).unwrap_or_default().name())
    }

    /// The kind of the holder of a row.
    pub(super) fn holder_kind(self, holding: u32) -> &'static str {
        let holder = self.answers.with(|all| {
            all.holding(holding)
                .and_then(|share| share.holder.parse().ok())
        });
        holder.map_or("", |id| self.kind(id))
    }
}
