//! The letters to the people of a company, one for each notice of the life cycle.

use app::i18n::long_date;
use app::pages::shared::claim::key_title;
use app::pages::shared::moment::long_moment;
use app::pages::supplier::claim_path;
use chrono::{DateTime, NaiveDate, Utc};
use domain::civil::{paris_day, silence_means_refusal};
use domain::claims::{ClaimKey, Qualification};
use domain::lifecycle::{Ended, Remark, Signed, Status, SupplierNotice};
use domain::text::Lang;
use serde_json::{Map, Value, json};
use store::{Store, SupplierMail, accounts, declarations, memberships, qualifications};
use uuid::Uuid;

use super::{Made, Post, Reader, payload};
use crate::outbox::{Batch, Failure};

impl Post {
    /// The person must still be of the company, and a reminder must still be true.
    pub(crate) async fn supplier(
        &self,
        store: &Store,
        batch: &Batch,
        now: DateTime<Utc>,
    ) -> Result<Made, Failure> {
        let mail: SupplierMail = payload(&batch.first)?;
        let db = store.read();
        let account = accounts::by_id(db, mail.account).await?;
        let Some(account) = account.filter(|account| account.disabled_at.is_none()) else {
            return Ok(Err("account_closed"));
        };
        let role = memberships::role_of(db, account.id, &mail.siren).await?;
        if role.is_none() && !is_for_strangers(&mail.notice) {
            return Ok(Err("no_longer_of_the_company"));
        }
        if let Some(moot) = no_longer_true(store, &mail, paris_day(now)).await? {
            return Ok(Err(moot));
        }
        let reader = Reader::of(&account);
        let (company, reference, link) = if let Some(id) = mail.declaration {
            let (company, reference) = super::named(store, id).await?;
            (company, Some(reference), self.declaration_link(id))
        } else {
            let company = super::company(store, &mail.siren).await?;
            (company, None, self.config.url("/espace"))
        };
        let mut values = json!({
            "company": company,
            "siren": mail.siren.formatted(),
            "reference": reference,
            "revision": mail.revision,
            "link": link,
        });
        if let Value::Object(values) = &mut values {
            let writer = Writer {
                post: self,
                lang: reader.lang,
                declaration: mail.declaration.unwrap_or_default(),
                today: paris_day(now),
                ordered_at: mail.happened_at.unwrap_or(batch.first.created_at),
            };
            values.extend(writer.values(&mail.notice));
            match self.of_people(store, &mail, role, reader.lang).await? {
                Ok(own) => values.extend(own),
                Err(moot) => return Ok(Err(moot)),
            }
        }
        let name = mail.notice.code();
        self.letter(batch, &reader, name, values, now).map(Ok)
    }
}

/// Who was turned down or put out is told, and is of no company; who waits for a letter is not of it yet.
const fn is_for_strangers(notice: &SupplierNotice) -> bool {
    matches!(
        notice,
        SupplierNotice::AttachmentDeclined
            | SupplierNotice::Removed
            | SupplierNotice::LetterMade { .. }
    )
}

/// Why a reminder has no object left: the end was decided or moved meanwhile.
async fn no_longer_true(
    store: &Store,
    mail: &SupplierMail,
    today: NaiveDate,
) -> Result<Option<&'static str>, Failure> {
    let (id, near) = match &mail.notice {
        SupplierNotice::Expiring { qualification, .. } => (*qualification, true),
        SupplierNotice::Expired { qualification, .. } => (*qualification, false),
        SupplierNotice::DraftForgotten { saved_on } => {
            return still_forgotten(store, mail, *saved_on).await;
        }
        _ => return Ok(None),
    };
    let all = qualifications::of_company(store.read(), &mail.siren).await?;
    let Some(reminded) = all.iter().find(|one| one.id == id) else {
        return Err(Failure::never("qualification_missing"));
    };
    let end = reminded.validity.to.unwrap_or(NaiveDate::MAX);
    Ok(
        if reminded.closures.iter().any(|closure| closure.from <= end) {
            Some("closed_meanwhile")
        } else if all.iter().any(|one| renews(one, reminded, end)) {
            Some("renewed_meanwhile")
        } else if near && today > end {
            Some("ended_meanwhile")
        } else {
            None
        },
    )
}

/// Why a draft is not forgotten any more: somebody went on with it, sent it or gave it up.
async fn still_forgotten(
    store: &Store,
    mail: &SupplierMail,
    saved_on: NaiveDate,
) -> Result<Option<&'static str>, Failure> {
    let id = mail.declaration.unwrap_or_default();
    let record = declarations::find(store.read(), id)
        .await?
        .ok_or_else(|| Failure::never("declaration_missing"))?;
    let left =
        record.declaration.status == Status::Draft && paris_day(record.updated_at) == saved_on;
    Ok((!left).then_some("resumed_meanwhile"))
}

/// Whether `one` takes over from `old` where that ends.
fn renews(one: &Qualification, old: &Qualification, end: NaiveDate) -> bool {
    one.id != old.id
        && one.claim.key == old.claim.key
        && end.succ_opt().is_some_and(|day| one.holds_on(day))
}

/// Puts one notice into the words of one language.
struct Writer<'a> {
    post: &'a Post,
    lang: Lang,
    declaration: Uuid,
    today: NaiveDate,
    /// When what the letter tells happened.
    ordered_at: DateTime<Utc>,
}

impl Writer<'_> {
    /// What each letter shows beside the company and the declaration.
    fn values(&self, notice: &SupplierNotice) -> Map<String, Value> {
        let values = match notice {
            SupplierNotice::Received { .. } => self.receipt(notice),
            SupplierNotice::TakenBack
            | SupplierNotice::ReviewStarted
            | SupplierNotice::Withdrawn
            // What is told of people is read when the mail leaves.
            | SupplierNotice::AttachmentAccepted
            | SupplierNotice::AttachmentDeclined
            | SupplierNotice::JoinRequested { .. }
            | SupplierNotice::Joined { .. }
            | SupplierNotice::RoleChanged { .. }
            | SupplierNotice::Removed
            | SupplierNotice::LetterMade { .. } => {
                json!({})
            }
            SupplierNotice::ChangesRequested { remarks, signed_by } => json!({
                "remarks": self.remarks(remarks),
                "signed": signed(signed_by),
            }),
            SupplierNotice::Validated {
                accepted,
                ended,
                signed_by,
            } => json!({
                "accepted": self.titles(accepted),
                "ended": self.ended(ended),
                "signed": signed(signed_by),
            }),
            SupplierNotice::PartlyValidated {
                accepted,
                refused,
                ended,
                signed_by,
            } => json!({
                "accepted": self.titles(accepted),
                "refused": self.remarks(refused),
                "ended": self.ended(ended),
                "signed": signed(signed_by),
            }),
            SupplierNotice::Refused {
                refused,
                ended,
                signed_by,
            } => json!({
                "refused": self.remarks(refused),
                "ended": self.ended(ended),
                "signed": signed(signed_by),
            }),
            SupplierNotice::Revoked {
                qualification,
                claim,
                from,
                reason,
                signed_by,
            } => json!({
                "claim": self.title(claim),
                "from": long_date(self.lang, *from),
                "reason": reason,
                "signed": signed(signed_by),
                "link": self.post.qualification_link(*qualification),
            }),
            SupplierNotice::QualificationWithdrawn {
                qualification,
                claim,
                from,
            } => json!({
                "claim": self.title(claim),
                "from": long_date(self.lang, *from),
                "link": self.post.qualification_link(*qualification),
            }),
            SupplierNotice::Expiring {
                qualification,
                claim,
                ends_on,
                ..
            } => json!({
                "claim": self.title(claim),
                "ends": long_date(self.lang, *ends_on),
                // Counted when the mail leaves, which may be later than when it was ordered.
                "days": (*ends_on - self.today).num_days(),
                "link": self.renewal_link(*qualification),
            }),
            SupplierNotice::Expired {
                qualification,
                claim,
                ended_on,
            } => json!({
                "claim": self.title(claim),
                "ended": long_date(self.lang, *ended_on),
                "link": self.renewal_link(*qualification),
            }),
            SupplierNotice::DraftForgotten { saved_on } => json!({
                "saved": long_date(self.lang, *saved_on),
            }),
            SupplierNotice::HoursAccepted { .. } | SupplierNotice::HoursReturned { .. } => {
                self.hours(notice)
            }
        };
        match values {
            Value::Object(values) => values,
            _ => Map::new(),
        }
    }

    /// A statement of hours that was checked.
    fn hours(&self, notice: &SupplierNotice) -> Value {
        let (SupplierNotice::HoursAccepted {
            qualification,
            claim,
            quarter,
            hours,
        }
        | SupplierNotice::HoursReturned {
            qualification,
            claim,
            quarter,
            hours,
            ..
        }) = notice
        else {
            return json!({});
        };
        let reason = match notice {
            SupplierNotice::HoursReturned { reason, .. } => reason.as_str(),
            _ => "",
        };
        json!({
            "claim": self.title(claim),
            "quarter": super::quarter_words(quarter, self.lang),
            "hours": hours.display(self.lang),
            "reason": reason,
            "link": self.post.qualification_link(*qualification),
        })
    }

    /// What an acknowledgement of receipt must hold (article R112-5 of the code on relations with the administration).
    fn receipt(&self, notice: &SupplierNotice) -> Value {
        let (revision, corrected) = match notice {
            SupplierNotice::Received {
                revision,
                corrected,
            } => (Some(*revision), *corrected),
            _ => (None, false),
        };
        let site = &self.post.config.site;
        json!({
            "revision": revision,
            "corrected": corrected,
            "received": long_moment(self.lang, self.ordered_at),
            "limit": long_date(self.lang, silence_means_refusal(self.ordered_at)),
            "postal_address": site.postal_address,
            "email": site.email,
        })
    }

    fn titles(&self, keys: &[ClaimKey]) -> Vec<String> {
        keys.iter().map(|key| self.title(key)).collect()
    }

    fn remarks(&self, remarks: &[Remark]) -> Vec<Value> {
        remarks
            .iter()
            .map(|remark| {
                json!({
                    "claim": self.title(&remark.claim),
                    "reason": remark.reason,
                    "link": self.post.config.url(&claim_path(self.declaration, &remark.claim)),
                })
            })
            .collect()
    }

    fn ended(&self, ended: &[Ended]) -> Vec<Value> {
        ended
            .iter()
            .map(|one| {
                json!({
                    "claim": self.title(&one.claim),
                    "from": long_date(self.lang, one.from),
                    "reason": one.reason,
                })
            })
            .collect()
    }

    fn title(&self, claim: &ClaimKey) -> String {
        key_title(&self.post.catalogues.on(self.today), claim, self.lang)
    }

    /// The screen that renews the declarations of the company; without any, the qualification itself.
    fn renewal_link(&self, qualification: Uuid) -> String {
        if self.declaration.is_nil() {
            return self.post.qualification_link(qualification);
        }
        format!(
            "{}/renouveler",
            self.post.declaration_link(self.declaration)
        )
    }
}

fn signed(by: &Signed) -> Value {
    json!({ "name": by.name, "quality": by.quality })
}
