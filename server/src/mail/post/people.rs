//! What letters tell of the people of a company: read when the mail leaves, so that it is still true.

use app::i18n::long_date;
use domain::lifecycle::{MemberRole, SupplierNotice};
use domain::people::{proof_label, role_label, role_means};
use domain::text::Lang;
use serde_json::{Map, Value, json};
use store::accounts::Account;
use store::{Store, SupplierMail, memberships};

use super::Post;
use crate::outbox::Failure;

impl Post {
    /// The values of a notice about people; nothing for the others. `role` is that of the reader.
    pub(super) async fn of_people(
        &self,
        store: &Store,
        mail: &SupplierMail,
        role: Option<MemberRole>,
        lang: Lang,
    ) -> Result<Result<Map<String, Value>, &'static str>, Failure> {
        let db = store.read();
        let people_link = self
            .config
            .url(&format!("/espace/personnes/{}", mail.siren));
        let values = match &mail.notice {
            SupplierNotice::AttachmentAccepted => {
                let Some(role) = role else {
                    return Ok(Err("no_longer_of_the_company"));
                };
                in_role(role, lang)
            }
            SupplierNotice::RoleChanged { role } => in_role(*role, lang),
            SupplierNotice::JoinRequested { request } => {
                let asked = memberships::request(db, *request).await?;
                let Some(asked) = asked.filter(|asked| asked.decided.is_none()) else {
                    return Ok(Err("decided_meanwhile"));
                };
                if role != Some(MemberRole::Manager) {
                    return Ok(Err("no_longer_manages"));
                }
                let mut values = in_role(asked.role, lang);
                if let Value::Object(values) = &mut values {
                    values.insert("asker".to_owned(), full_name(&asked.account).into());
                    values.insert("organisation".to_owned(), asked.organisation.into());
                    values.insert("message".to_owned(), asked.message.into());
                    values.insert("link".to_owned(), people_link.into());
                }
                values
            }
            SupplierNotice::Joined { account } => {
                let people = memberships::of_company(db, &mail.siren).await?;
                let joined = people
                    .into_iter()
                    .find(|(member, _)| member.account == *account);
                let Some((member, account)) = joined else {
                    return Ok(Err("left_meanwhile"));
                };
                let mut values = in_role(member.role, lang);
                if let Value::Object(values) = &mut values {
                    values.insert("joined".to_owned(), full_name(&account).into());
                    let proof = proof_label(member.proof).get(lang);
                    values.insert("proof".to_owned(), proof.into());
                    values.insert("link".to_owned(), people_link.into());
                }
                values
            }
            SupplierNotice::LetterMade { address, until } => json!({
                "address": address.split_whitespace().collect::<Vec<_>>().join(" "),
                "until": long_date(lang, *until),
                "link": self.config.url(&format!("/espace/rattachement/{}", mail.siren)),
            }),
            _ => json!({}),
        };
        Ok(Ok(match values {
            Value::Object(values) => values,
            _ => Map::new(),
        }))
    }
}

/// A role and what it lets one do.
pub(super) fn in_role(role: MemberRole, lang: Lang) -> Value {
    json!({
        "role": role_label(role).get(lang),
        "means": role_means(role).get(lang),
    })
}

/// A name and an address, or the address alone.
pub(super) fn full_name(account: &Account) -> String {
    let name = account.name.trim();
    if name.is_empty() {
        account.email.clone()
    } else {
        format!("{name} ({})", account.email)
    }
}
