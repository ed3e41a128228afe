//! The mails about a declaration, as both sides see them: what was written, to whom, and what became of it.

use domain::lifecycle::SupplierNotice;
use leptos::prelude::*;

use super::moment::{long_moment, machine};
use crate::i18n::{Lang, Text, Words, text};
use crate::ui::{Column, DataTable, EmptyState, StatusChip, Tone};
use crate::views::{MailLine, MailState, MailsView};

/// The address of the list, below that of the declaration for its reader.
pub fn mails_path(declaration: &str) -> String {
    format!("{declaration}/courriels")
}

pub fn mails_title(lang: Lang) -> &'static str {
    lang.pick(
        "Courriels envoyés à l’entreprise",
        "Mails sent to the company",
    )
}

/// What a mail tells.
pub const fn told(notice: &SupplierNotice) -> Text {
    match notice {
        SupplierNotice::Received { .. } => {
            text("Accusé de réception", "Acknowledgement of receipt")
        }
        SupplierNotice::TakenBack => text(
            "Déclaration reprise pour la modifier",
            "Declaration taken back to change it",
        ),
        SupplierNotice::ReviewStarted => text("Examen commencé", "Review started"),
        SupplierNotice::ChangesRequested { .. } => {
            text("Corrections demandées", "Corrections requested")
        }
        SupplierNotice::Validated { .. } => text("Déclaration validée", "Declaration validated"),
        SupplierNotice::PartlyValidated { .. } => text(
            "Déclaration validée en partie",
            "Declaration partly validated",
        ),
        SupplierNotice::Refused { .. } => text("Déclaration refusée", "Declaration refused"),
        SupplierNotice::Withdrawn => text("Déclaration retirée", "Declaration withdrawn"),
        SupplierNotice::Revoked { .. } => text("Qualification révoquée", "Qualification revoked"),
        SupplierNotice::QualificationWithdrawn { .. } => {
            text("Qualification retirée", "Qualification withdrawn")
        }
        SupplierNotice::Expiring { .. } => text(
            "Qualification bientôt expirée",
            "Qualification about to expire",
        ),
        SupplierNotice::Expired { .. } => text("Qualification expirée", "Qualification expired"),
        SupplierNotice::DraftForgotten { .. } => text(
            "Rappel d’un brouillon oublié",
            "Reminder of a forgotten draft",
        ),
        SupplierNotice::HoursAccepted { .. } => text("Heures vérifiées", "Hours checked"),
        SupplierNotice::HoursReturned { .. } => text("Heures à corriger", "Hours to correct"),
        SupplierNotice::AttachmentAccepted
        | SupplierNotice::AttachmentDeclined
        | SupplierNotice::JoinRequested { .. }
        | SupplierNotice::Joined { .. }
        | SupplierNotice::RoleChanged { .. }
        | SupplierNotice::Removed
        | SupplierNotice::LetterMade { .. } => {
            text("Personnes de l’entreprise", "People of the company")
        }
    }
}

fn state_words(state: MailState) -> (Text, Tone) {
    match state {
        MailState::Waiting { failed: false } => (
            text("Part dans quelques secondes", "Leaves within seconds"),
            Tone::Info,
        ),
        MailState::Waiting { failed: true } => (
            text(
                "Pas encore parti, nouvel essai prévu",
                "Not gone yet, another try is due",
            ),
            Tone::Warning,
        ),
        MailState::Left { .. } => (text("Parti", "Gone"), Tone::Success),
        MailState::Moot => (
            text(
                "Pas envoyé\u{A0}: sans objet entre-temps",
                "Not sent: no object in the meantime",
            ),
            Tone::Neutral,
        ),
        MailState::Parked => (
            text(
                "N’a pas pu partir, le service est averti",
                "Could not leave, the service knows",
            ),
            Tone::Danger,
        ),
    }
}

/// The list; `act` draws what its reader may do with a mail.
pub fn mails(lang: Lang, view: &MailsView, act: Option<impl Fn(&MailLine) -> AnyView>) -> AnyView {
    if view.mails.is_empty() {
        return view! {
            <EmptyState title=lang.pick(
                "Aucun courriel n’a encore été écrit au sujet de cette déclaration.",
                "No mail has been written about this declaration yet.",
            )/>
        }
        .into_any();
    }
    let labels = [
        lang.pick("Écrit le", "Written on"),
        lang.pick("À", "To"),
        lang.pick("Envoi", "Sending"),
    ];
    let mut columns = vec![Column::new(lang.pick("Courriel", "Mail"))];
    columns.extend(labels.map(Column::new));
    let acts = lang.pick("Action", "Action");
    if act.is_some() {
        columns.push(Column::new(acts));
    }
    let rows = view
        .mails
        .iter()
        .map(|line| {
            let act = act
                .as_ref()
                .map(|act| view! { <td data-label=acts>{act(line)}</td> });
            row(lang, labels, line, act)
        })
        .collect_view();
    view! {
        <div class="rows">
            <DataTable caption=mails_title(lang) columns=columns quiet_caption=true>
                {rows}
            </DataTable>
        </div>
        <p class="hint">
            {lang.pick(
                "«\u{202F}Parti\u{202F}» veut dire remis à la messagerie\u{A0}: un filtre peut encore l’arrêter, et personne ne sait s’il a été lu. Tout ce que ces courriels annoncent se lit aussi sur le portail.",
                "“Gone” means handed over to the mail server: a filter may still stop it, and nobody knows whether it was read. All that these mails tell can be read on the portal too.",
            )}
        </p>
    }
    .into_any()
}

fn row(
    lang: Lang,
    [written, to, sending]: [&'static str; 3],
    line: &MailLine,
    act: Option<impl IntoView + 'static>,
) -> AnyView {
    let (words, tone) = state_words(line.state);
    let at = match line.state {
        MailState::Left { at } => Some(moment(lang, at)),
        _ => None,
    };
    let address: Words = match &line.to {
        Some(address) => address.clone().into(),
        None => lang
            .pick("N’est plus de l’entreprise", "No longer of the company")
            .into(),
    };
    view! {
        <tr>
            <th scope="row">{told(&line.notice).get(lang)}</th>
            <td data-label=written>{moment(lang, line.written_at)}</td>
            <td data-label=to class="mail-to">{address}</td>
            <td data-label=sending>
                <div>
                    <StatusChip label=words.get(lang) tone=tone/>
                    {at.map(|at| view! { <span class="mail-left">{at}</span> })}
                </div>
            </td>
            {act}
        </tr>
    }
    .into_any()
}

fn moment(lang: Lang, at: chrono::DateTime<chrono::Utc>) -> AnyView {
    view! { <time datetime=machine(at)>{long_moment(lang, at)}</time> }.into_any()
}
