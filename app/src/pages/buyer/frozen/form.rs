//! The form that freezes a year: what it means, what was typed, and why it was not done.

use leptos::prelude::*;

use crate::i18n::{Lang, Text, text};
use crate::routes::path;
use crate::ui::{ButtonKind, Choice, ConfirmPanel, Issue, Issues, Select, TextArea};
use crate::views::{FrozenView, Typed};

/// Under which name its answers are kept.
pub const FORM: &str = "freeze";
const LONGEST_NOTE: u32 = 500;

/// Whether a note is short enough.
pub fn fits(note: &str) -> bool {
    u32::try_from(note.chars().count()).is_ok_and(|length| length <= LONGEST_NOTE)
}

/// What stopped an act, as addresses and kept forms say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The year has no contract.
    Empty,
    /// An import changed the data while they were read.
    Changing,
    /// The lines of an edition are no longer those of its hash.
    Altered,
}

impl Stopped {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "sans-marche",
            Self::Changing => "donnees-changent",
            Self::Altered => "alteree",
        }
    }

    pub(super) const fn message(self) -> Text {
        match self {
            Self::Empty => text(
                "Aucun marché n’est notifié cette année-là dans les données\u{A0}: il n’y a rien à arrêter. Choisissez une autre année.",
                "No contract was notified in that year in the data: there is nothing to freeze. Choose another year.",
            ),
            Self::Changing => text(
                "Un import a changé les données pendant qu’elles étaient lues. Arrêtez l’année à nouveau quand il sera terminé.",
                "An import changed the data while they were read. Freeze the year again when it has ended.",
            ),
            Self::Altered => text(
                "Les marchés de cette édition ne sont plus ceux de son empreinte\u{A0}: la base a été modifiée hors du portail. Signalez-le à la personne qui administre la base.",
                "The contracts of this edition are no longer those of its checksum: the database was changed outside the portal. Tell the person who administers it.",
            ),
        }
    }
}

/// What is wrong with a form that came back, in the order of its fields.
pub(super) fn issues(lang: Lang, found: &FrozenView, typed: &Typed) -> Issues {
    let mut issues = Vec::new();
    let year = typed.get("year").parse();
    if !year.is_ok_and(|year: i32| found.years.contains(&year)) {
        issues.push(Issue::new("year", YEAR_WRONG.get(lang)));
    }
    let stopped = [Stopped::Empty, Stopped::Changing];
    let stopped = stopped.into_iter().find(|one| one.code() == typed.problem);
    if let Some(why) = stopped {
        issues.push(Issue::new("year", why.message().get(lang)));
    }
    if !fits(typed.get("note").trim()) {
        issues.push(Issue::new("note", NOTE_TOO_LONG.get(lang)));
    }
    Issues(issues)
}

const YEAR_WRONG: Text = text(
    "Choisissez l’année à arrêter dans la liste.",
    "Choose the year to freeze in the list.",
);
const NOTE_TOO_LONG: Text = text(
    "La note ne peut pas dépasser 500 caractères.",
    "The note cannot be longer than 500 characters.",
);

/// The last question before a year is frozen.
pub(super) fn panel(
    lang: Lang,
    found: &FrozenView,
    typed: Option<&Typed>,
    issues: &Issues,
) -> AnyView {
    let years: Vec<Choice> = found
        .years
        .iter()
        .map(|year| Choice::new(year.to_string(), year.to_string()))
        .collect();
    // The last year that is over.
    let usual = found.years.get(1).or(found.years.first());
    let year = match typed {
        Some(typed) => typed.get("year").to_owned(),
        None => usual.map(ToString::to_string).unwrap_or_default(),
    };
    let note = typed.map(|typed| typed.get("note").to_owned());
    let (year_error, note_error) = (issues.of("year"), issues.of("note"));
    view! {
        <ConfirmPanel
            lang=lang
            title=lang.pick("Arrêter une année\u{202F}?", "Freeze a year?")
            consequence=lang.pick(
                "Les indicateurs de l’année, tels que notifiés et modifications comprises, sont gardés tels qu’ils sont maintenant, avec leurs marchés et votre nom. Personne ne pourra les modifier ni les effacer. Une année déjà arrêtée reçoit une édition de plus\u{202F}; les précédentes restent.",
                "The figures of the year, as notified and with modifications, are kept as they are now, with their contracts and your name. Nobody can change or remove them. A year that is frozen already gets one more edition; those before stay.",
            )
            action="/fn/freeze-year"
            confirm=lang.pick("Arrêter l’année", "Freeze the year")
            cancel_href=path::FROZEN_YEARS
            kind=ButtonKind::Primary
        >
            <Select
                lang=lang
                name="year"
                label=lang.pick("Année", "Year")
                hint=lang.pick(
                    "L’année en cours n’est pas finie\u{A0}: ses chiffres changeront encore.",
                    "The present year is not over: its figures will still change.",
                )
                choices=years
                value=year
                error=year_error
            />
            <TextArea
                lang=lang
                name="note"
                label=lang.pick("Note", "Note")
                hint=lang.pick(
                    "Ce que dit l’édition, par exemple où elle est publiée. 500 caractères au plus.",
                    "What the edition says, such as where it is published. 500 characters at most.",
                )
                value=note.unwrap_or_default()
                error=note_error
                rows=3
                maxlength=LONGEST_NOTE
                optional=true
            />
        </ConfirmPanel>
    }
    .into_any()
}
