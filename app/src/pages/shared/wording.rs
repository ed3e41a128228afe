//! The words and tones of statuses, verdicts, acts, validity periods and closures.

use domain::claims::{ClosureCause, Validity, ValidityState};
use domain::lifecycle::{Act, Status, Verdict};

use crate::doors::supplier::declaration_path;
use crate::i18n::{Lang, Text, Words, long_date, text};
use crate::pages::supplier::comparison_path;
use crate::ui::{Moment, Tone};
use crate::views::{QualificationLine, TimelineEntry};

use super::moment::{long_moment, machine};

/// The tone of a status, for the supplier: warning when something is expected of them.
pub const fn status_tone(status: Status) -> Tone {
    match status {
        Status::Draft | Status::Withdrawn => Tone::Neutral,
        Status::Submitted | Status::InReview => Tone::Info,
        Status::ChangesRequested => Tone::Warning,
        Status::Validated | Status::PartlyValidated => Tone::Success,
        Status::Refused => Tone::Danger,
    }
}

pub const fn verdict_tone(verdict: &Verdict) -> Tone {
    match verdict {
        Verdict::Pending => Tone::Neutral,
        Verdict::Accepted => Tone::Success,
        Verdict::ToFix(_) => Tone::Warning,
        Verdict::Refused(_) => Tone::Danger,
    }
}

/// What happened, as one line of a history.
pub const fn act_words(act: Act) -> Text {
    match act {
        Act::Opened => text("Déclaration ouverte", "Declaration opened"),
        Act::Saved => text("Réponses enregistrées", "Answers saved"),
        Act::Submitted => text("Déclaration transmise", "Declaration sent"),
        Act::Resubmitted => text(
            "Déclaration corrigée et transmise",
            "Declaration corrected and sent",
        ),
        Act::Discarded => text("Brouillon abandonné", "Draft given up"),
        Act::TakenBack => text(
            "Déclaration reprise pour la modifier",
            "Declaration taken back to change it",
        ),
        Act::ReviewStarted => text("Examen commencé", "Review started"),
        Act::VerdictGiven => text("Verdict donné", "Verdict given"),
        Act::Released => text("Remise dans la file d’attente", "Put back in the queue"),
        Act::Withdrawn => text("Déclaration retirée", "Declaration withdrawn"),
        Act::ChangesRequested => text("Corrections demandées", "Corrections requested"),
        Act::Validated => text("Déclaration validée", "Declaration validated"),
        Act::PartlyValidated => text(
            "Déclaration validée en partie",
            "Declaration partly validated",
        ),
        Act::Refused => text("Déclaration refusée", "Declaration refused"),
        Act::Continued => text(
            "Nouvelle déclaration ouverte à partir de celle-ci",
            "New declaration opened from this one",
        ),
        Act::RevocationProposed => text("Révocation proposée", "Revocation proposed"),
        Act::RevocationDropped => text(
            "Proposition de révocation abandonnée",
            "Proposal of revocation dropped",
        ),
        Act::QualificationRevoked => text("Qualification révoquée", "Qualification revoked"),
        Act::QualificationWithdrawn => text("Qualification retirée", "Qualification withdrawn"),
        Act::QualificationExpiring => text(
            "Qualification bientôt expirée",
            "Qualification about to expire",
        ),
        Act::QualificationExpired => text("Qualification expirée", "Qualification expired"),
        Act::HoursTold => text("Heures déclarées", "Hours stated"),
        Act::HoursAccepted => text("Heures vérifiées", "Hours checked"),
        Act::HoursReturned => text("Heures à corriger", "Hours to correct"),
    }
}

const fn act_tone(act: Act) -> Tone {
    match act {
        Act::Submitted | Act::Resubmitted | Act::ReviewStarted => Tone::Info,
        Act::ChangesRequested | Act::QualificationExpiring | Act::RevocationProposed => {
            Tone::Warning
        }
        Act::Validated | Act::PartlyValidated => Tone::Success,
        Act::Refused | Act::QualificationRevoked => Tone::Danger,
        _ => Tone::Neutral,
    }
}

/// Who acted, without a name.
pub fn actor_words(actor_kind: &str) -> Text {
    match actor_kind {
        "supplier" => text("par l’entreprise", "by the company"),
        "reviewer" | "administrator" => text("par l’acheteur", "by the buyer"),
        _ => text("automatiquement", "automatically"),
    }
}

/// What a line of the history leads to: what changed in a version sent after another, the declaration that began from this one.
/// `here` is the address of the declaration for its reader.
fn link(entry: &TimelineEntry, here: &str, lang: Lang) -> Option<(Words, Words)> {
    match (entry.act, entry.revision, entry.next) {
        (Act::Submitted | Act::Resubmitted, Some(number), _) if number > 1 => Some((
            comparison_path(here, number).into(),
            lang.pick("Voir ce qui a changé", "See what changed").into(),
        )),
        (Act::Continued, _, Some(next)) => Some((
            declaration_path(next).into(),
            lang.pick("Ouvrir la nouvelle déclaration", "Open the new declaration")
                .into(),
        )),
        _ => None,
    }
}

/// The history of a declaration as moments, in the order given.
pub fn moments(timeline: &[TimelineEntry], here: &str, lang: Lang) -> Vec<Moment> {
    timeline
        .iter()
        .map(|entry| Moment {
            when: long_moment(lang, entry.at).into(),
            datetime: machine(entry.at).into(),
            title: match entry.revision {
                Some(revision) => format!(
                    "{}, {} {revision}",
                    act_words(entry.act).get(lang),
                    lang.pick("version", "version")
                ),
                None => act_words(entry.act).get(lang).to_owned(),
            }
            .into(),
            text: actor_words(&entry.actor_kind).get(lang).into(),
            tone: act_tone(entry.act),
            link: link(entry, here, lang),
        })
        .collect()
}

/// The state of a qualification on the day of the page.
pub const fn qualification_state(line: &QualificationLine) -> (Text, Tone) {
    // A closure planned for later ends nothing yet.
    let closed = if line.ended { &line.closed } else { &None };
    match (closed, line.state) {
        (Some((_, ClosureCause::Superseded)), _) => {
            (text("Remplacée", "Superseded"), Tone::Neutral)
        }
        (Some((_, ClosureCause::Revoked)), _) => (text("Révoquée", "Revoked"), Tone::Danger),
        (Some((_, ClosureCause::Withdrawn)), _) => (text("Retirée", "Withdrawn"), Tone::Neutral),
        (None, ValidityState::Pending) => (text("À venir", "Not yet in force"), Tone::Info),
        (None, ValidityState::Valid) => (text("En vigueur", "In force"), Tone::Success),
        (None, ValidityState::Expiring) => (text("Expire bientôt", "Expires soon"), Tone::Warning),
        (None, ValidityState::Expired) => (text("Expirée", "Expired"), Tone::Neutral),
    }
}

/// The period of a validity, both ends included.
pub fn period(validity: &Validity, lang: Lang) -> String {
    let from = long_date(lang, validity.from);
    match (lang, validity.to) {
        (Lang::Fr, Some(to)) => format!("du {from} au {} inclus", long_date(lang, to)),
        (Lang::En, Some(to)) => format!("from {from} to {} inclusive", long_date(lang, to)),
        (Lang::Fr, None) => format!("depuis le {from}, sans date de fin"),
        (Lang::En, None) => format!("since {from}, with no end date"),
    }
}
