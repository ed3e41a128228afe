//! What the forms about people ask alike: an address, a firm or a network, a word to somebody; and all that was wrong at once.

use domain::people::{LONGEST_MESSAGE, LONGEST_ORGANISATION, PeopleProblem};
use leptos::prelude::*;

use crate::i18n::Lang;
use crate::ui::{Issue, Issues, MaybeWords, TextArea, TextInput};
use crate::views::Typed;

/// The problems of a form that was kept aside, each at the field that it is about.
pub(super) fn issues(
    lang: Lang,
    typed: Option<&Typed>,
    field: impl Fn(PeopleProblem) -> &'static str,
) -> Issues {
    let codes = typed.map_or("", |typed| typed.problem.as_str()).split(' ');
    codes
        .filter_map(PeopleProblem::from_code)
        .map(|problem| Issue::new(field(problem), problem.words().get(lang)))
        .collect()
}

/// A form about people, with what was typed and what was wrong.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    pub(super) lang: Lang,
    pub(super) typed: Option<&'a Typed>,
    pub(super) issues: &'a Issues,
}

impl Fields<'_> {
    /// What was typed in a field; empty the first time.
    pub(super) fn said(&self, name: &str) -> String {
        self.typed
            .map_or(String::new(), |typed| typed.get(name).to_owned())
    }

    pub(super) fn email(&self, label: &'static str, hint: &'static str) -> AnyView {
        view! {
            <TextInput
                lang=self.lang
                name="email"
                label=label
                hint=hint
                value=self.said("email")
                error=self.issues.of("email")
                kind="email"
                autocomplete="off"
            />
        }
        .into_any()
    }

    /// The firm or the network of whoever fills in the form.
    pub(super) fn my_organisation(&self, hint: impl Into<MaybeWords>, optional: bool) -> AnyView {
        let label = self
            .lang
            .pick("Votre cabinet ou réseau", "Your firm or network");
        self.organisation(label, hint.into(), "organization", optional)
    }

    /// That of somebody else.
    pub(super) fn their_organisation(&self, label: &'static str, hint: &'static str) -> AnyView {
        self.organisation(label, hint.into(), "off", true)
    }

    fn organisation(
        &self,
        label: &'static str,
        hint: MaybeWords,
        autocomplete: &'static str,
        optional: bool,
    ) -> AnyView {
        view! {
            <TextInput
                lang=self.lang
                name="organisation"
                label=label
                hint=hint
                value=self.said("organisation")
                error=self.issues.of("organisation")
                autocomplete=autocomplete
                maxlength=u32::try_from(LONGEST_ORGANISATION).unwrap_or_default()
                optional=optional
            />
        }
        .into_any()
    }

    /// What the mail of an invitation says in the words of whoever invites.
    pub(super) fn word_to_them(&self) -> AnyView {
        let label = self
            .lang
            .pick("Un mot pour cette personne", "A word for this person");
        self.message(label, MaybeWords::default())
    }

    pub(super) fn message(&self, label: &'static str, hint: impl Into<MaybeWords>) -> AnyView {
        view! {
            <TextArea
                lang=self.lang
                name="message"
                label=label
                hint=hint.into()
                value=self.said("message")
                error=self.issues.of("message")
                rows=3
                maxlength=u32::try_from(LONGEST_MESSAGE).unwrap_or_default()
                optional=true
            />
        }
        .into_any()
    }
}
