//! The mails about a declaration: what became of each, and one of them once more.

use app::views::{MailLine, MailState, MailsView, SentAgain};
use store::accounts::Account;
use store::declarations::Record;
use store::memberships::Membership;
use store::outbox::{self, Message};
use store::{SupplierMail, Txn, routes};
use uuid::Uuid;

use super::common::{Desk, account_of, not_found};
use super::error::DeskError;

/// How many a page lists.
const SHOWN: u64 = 200;

pub(super) async fn mails(
    desk: &Desk,
    record: Record,
    people: &[(Membership, Account)],
) -> Result<MailsView, DeskError> {
    let db = desk.state.store.read();
    let id = record.declaration.id;
    let sent = outbox::newest(db, &subject(id), routes::SUPPLIER, SHOWN).await?;
    let mails = sent
        .into_iter()
        .filter_map(read)
        .map(|(message, mail)| MailLine {
            id: message.id,
            to: people
                .iter()
                .find(|(_, person)| person.id == mail.account)
                .map(|(_, person)| person.email.clone()),
            written_at: message.created_at,
            state: state(&message),
            notice: mail.notice,
        });
    Ok(MailsView {
        id,
        mails: mails.collect(),
        reference: record.reference,
        company_name: record.company.name,
    })
}

/// To the person at the desk, who is of the company.
pub(super) async fn again(desk: &Desk, id: Uuid, message: Uuid) -> Result<SentAgain, DeskError> {
    let db = desk.state.store.read();
    let sent = outbox::newest(db, &subject(id), routes::SUPPLIER, SHOWN).await?;
    let found = sent.into_iter().find(|one| one.id == message);
    let (message, mail) = not_found(found.and_then(read))?;
    let (account, now) = (account_of(desk), desk.now());
    let written = desk
        .state
        .store
        .write(async |txn: Txn| {
            store::send_again(&txn, (&message, mail.clone()), account, now).await
        })
        .await?;
    Ok(if written {
        SentAgain::Done
    } else {
        SentAgain::JustBefore
    })
}

fn subject(id: Uuid) -> String {
    format!("declaration:{id}")
}

/// What an older program wrote and this one cannot read is left out.
fn read(message: Message) -> Option<(Message, SupplierMail)> {
    let mail = serde_json::from_value(message.payload.clone()).ok()?;
    Some((message, mail))
}

fn state(message: &Message) -> MailState {
    match (message.delivered_at, message.parked_at, &message.last_error) {
        (Some(_), _, Some(_)) => MailState::Moot,
        (Some(at), _, None) => MailState::Left { at },
        (None, Some(_), _) => MailState::Parked,
        (None, None, failed) => MailState::Waiting {
            failed: failed.is_some(),
        },
    }
}
