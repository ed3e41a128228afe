//! The letter to an agent: one notice with its own words, or several in one list.

use app::i18n::long_date;
use app::pages::shared::claim::key_title;
use chrono::{DateTime, NaiveDate, Utc};
use domain::catalogue::Catalogue;
use domain::civil::paris_day;
use domain::lifecycle::BuyerNotice;
use domain::text::{Lang, Text, text};
use serde_json::{Value, json};
use store::accounts::{self, Role};
use store::{BuyerMail, Store, memberships};

use super::{Made, Post, Reader, payload};
use crate::outbox::{Batch, Failure};

impl Post {
    /// The agent must still be one.
    pub(crate) async fn buyer(
        &self,
        store: &Store,
        batch: &Batch,
        now: DateTime<Utc>,
    ) -> Result<Made, Failure> {
        let first: BuyerMail = payload(&batch.first)?;
        let account = accounts::by_id(store.read(), first.account).await?;
        let Some(account) = account.filter(|account| account.disabled_at.is_none()) else {
            return Ok(Err("account_closed"));
        };
        if account.role == Role::Supplier {
            return Ok(Err("no_longer_an_agent"));
        }
        let reader = Reader::of(&account);
        let mut notices = Vec::with_capacity(batch.others.len() + 1);
        for message in batch.messages() {
            let mail: BuyerMail = payload(message)?;
            if decided_meanwhile(store, &mail.notice).await? {
                continue;
            }
            let values = self.notice(store, &mail, &reader, paris_day(now)).await?;
            notices.push((mail.notice, values));
        }
        if notices.is_empty() {
            return Ok(Err("decided_meanwhile"));
        }
        if let [(notice, values)] = notices.as_slice() {
            return self
                .letter(batch, &reader, template(notice), values.clone(), now)
                .map(Ok);
        }
        let notices: Vec<Value> = notices.into_iter().map(|(_, values)| values).collect();
        let values = json!({ "notices": notices });
        self.letter(batch, &reader, "buyer_several", values, now)
            .map(Ok)
    }

    async fn notice(
        &self,
        store: &Store,
        mail: &BuyerMail,
        reader: &Reader<'_>,
        today: NaiveDate,
    ) -> Result<Value, Failure> {
        let names = self.catalogues.on(today);
        let (company, reference) = match mail.declaration {
            Some(id) => {
                let (company, reference) = super::named(store, id).await?;
                (company, Some(reference))
            }
            None => (super::company(store, &mail.siren).await?, None),
        };
        let mut values = json!({
            "company": company,
            "siren": mail.siren.formatted(),
            "reference": reference,
            "revision": mail.revision,
            "what": in_short(&mail.notice).get(reader.lang),
            "link": self.buyer_link(mail),
        });
        if let (Value::Object(values), Value::Object(own)) =
            (&mut values, details(&names, &mail.notice, reader.lang))
        {
            values.extend(own);
        }
        Ok(values)
    }

    /// Where the agent goes from there.
    fn buyer_link(&self, mail: &BuyerMail) -> String {
        match (&mail.notice, mail.declaration) {
            (
                BuyerNotice::QualificationWithdrawn { qualification, .. }
                | BuyerNotice::HoursTold { qualification, .. },
                _,
            ) => self.qualification_link(*qualification),
            (BuyerNotice::AttachmentRequested { .. }, _) | (_, None) => {
                self.config.url("/instruction/rattachements")
            }
            (_, Some(id)) => self.review_link(id),
        }
    }
}

/// Whether a request that the managers had time to answer was answered.
async fn decided_meanwhile(store: &Store, notice: &BuyerNotice) -> Result<bool, Failure> {
    let BuyerNotice::AttachmentRequested {
        request: Some(request),
    } = notice
    else {
        return Ok(false);
    };
    let asked = memberships::request(store.read(), *request).await?;
    Ok(asked.is_none_or(|asked| asked.decided.is_some()))
}

/// What one notice shows that others do not.
fn details(names: &Catalogue, notice: &BuyerNotice, lang: Lang) -> Value {
    match notice {
        BuyerNotice::QualificationWithdrawn {
            claim,
            from,
            reason,
            ..
        } => json!({
            "claim": key_title(names, claim, lang),
            "from": long_date(lang, *from),
            "reason": reason,
        }),
        BuyerNotice::HoursTold {
            claim,
            quarter,
            hours,
            ..
        } => json!({
            "claim": key_title(names, claim, lang),
            "quarter": super::quarter_words(quarter, lang),
            "hours": hours.display(lang),
        }),
        BuyerNotice::NewSubmission { .. }
        | BuyerNotice::CorrectionReceived { .. }
        | BuyerNotice::TakenBack
        | BuyerNotice::Withdrawn
        | BuyerNotice::AttachmentRequested { .. } => json!({}),
    }
}

const fn template(notice: &BuyerNotice) -> &'static str {
    match notice {
        BuyerNotice::NewSubmission { .. } => "buyer_new_submission",
        BuyerNotice::CorrectionReceived { .. } => "buyer_correction_received",
        BuyerNotice::TakenBack => "buyer_taken_back",
        BuyerNotice::Withdrawn => "buyer_withdrawn",
        BuyerNotice::QualificationWithdrawn { .. } => "buyer_qualification_withdrawn",
        BuyerNotice::HoursTold { .. } => "buyer_hours_told",
        BuyerNotice::AttachmentRequested { .. } => "buyer_attachment_requested",
    }
}

/// In a list.
const fn in_short(notice: &BuyerNotice) -> Text {
    match notice {
        BuyerNotice::NewSubmission { .. } => text("à examiner", "to be examined"),
        BuyerNotice::CorrectionReceived { .. } => text("correction reçue", "correction received"),
        BuyerNotice::TakenBack => text("reprise par le fournisseur", "taken back by the supplier"),
        BuyerNotice::Withdrawn => text("retirée par le fournisseur", "withdrawn by the supplier"),
        BuyerNotice::QualificationWithdrawn { .. } => text(
            "qualification retirée par l’entreprise",
            "qualification withdrawn by the company",
        ),
        BuyerNotice::HoursTold { .. } => {
            text("heures d’insertion à vérifier", "insertion hours to check")
        }
        BuyerNotice::AttachmentRequested { .. } => {
            text("demande de rattachement", "request for attachment")
        }
    }
}
