//! Messages that are told together: several notices for one agent make one mail.

use sha2::{Digest, Sha256};
use store::outbox::Message;
use uuid::Uuid;

use super::Route;

/// Messages of one route for one recipient; at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    pub route: Route,
    /// The oldest, which every batch has.
    pub first: Message,
    pub others: Vec<Message>,
}

impl Batch {
    /// Groups what was claimed. Only notices to agents are grouped, and only with those of the same attempt: a mail that may
    /// have arrived already is tried again as it was, under the same identifier, and not with newer news in it.
    pub(super) fn group(route: Route, claimed: Vec<Message>) -> Vec<Self> {
        let mut batches: Vec<Self> = Vec::new();
        for message in claimed {
            let same = batches.iter_mut().find(|batch| {
                route == Route::Buyer
                    && batch.first.recipient == message.recipient
                    && batch.first.attempt == message.attempt
            });
            match same {
                Some(batch) => batch.others.push(message),
                None => batches.push(Self {
                    route,
                    first: message,
                    others: Vec::new(),
                }),
            }
        }
        batches
    }

    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// The stable identifier of the mail: the message's own, or one that only these messages together give. It begins
    /// with the time of the first.
    pub fn id(&self) -> String {
        if self.others.is_empty() {
            return self.first.id.to_string();
        }
        let mut hash = Sha256::new();
        for message in self.messages() {
            hash.update(message.id.as_bytes());
        }
        let digest: [u8; 32] = hash.finalize().into();
        let mut bytes = *self.first.id.as_bytes();
        // The first six bytes of a version 7 identifier are its time; the rest is made from all of them.
        for (byte, drawn) in bytes.iter_mut().skip(6).zip(digest) {
            *byte = drawn;
        }
        uuid::Builder::from_bytes(bytes)
            .with_version(uuid::Version::Custom)
            .with_variant(uuid::Variant::RFC4122)
            .into_uuid()
            .to_string()
    }

    pub fn ids(&self) -> Vec<(Uuid, i64)> {
        self.messages()
            .map(|message| (message.id, message.attempt))
            .collect()
    }
}
