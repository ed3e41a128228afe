//! Messages that are told together: several notices for one agent make one mail.

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
    /// Groups what was claimed, as the database says.
    pub(super) fn group(route: Route, claimed: Vec<Message>) -> Vec<Self> {
        let mut batches: Vec<Self> = Vec::new();
        for message in claimed {
            let same = batches
                .iter_mut()
                .find(|batch| message.batch.is_some() && batch.first.batch == message.batch);
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

    /// The stable identifier of the mail: that of its first message.
    pub fn id(&self) -> String {
        self.first.batch.unwrap_or(self.first.id).to_string()
    }

    pub fn ids(&self) -> Vec<(Uuid, i64)> {
        self.messages()
            .map(|message| (message.id, message.attempt))
            .collect()
    }
}
