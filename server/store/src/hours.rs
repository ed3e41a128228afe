//! Hours realised for commitments: stated by the company, checked by the buyer, read beside what was promised.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    claims::{Kind, Qualification},
    decimal::Hundredths,
    identifiers::Siren,
    insertion::{HoursAccount, HoursCheck, HoursStatement, Quarter},
    lifecycle::{Actor, HoursDecision},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    audit::Entry,
    declarations::{PAGE_SIZE, TOTAL_CAP, actor_code},
    effects::{self, About},
    entities::{
        company, hours_check as check,
        hours_statement::{self as statement, Column, Entity},
        qualification,
    },
    error::StoreError,
    ids::{new_id, stamp},
    qualifications::{self, Found, with_closures},
    sql::capped_count,
    stored,
    txn::Txn,
};

/// Statements by company and key of the claim.
pub type Accounts = HashMap<(Siren, String), HoursAccount>;

/// A commitment that was ended before its first day.
const NEVER_HELD: &str = "EXISTS (SELECT 1 FROM closures x
    WHERE x.qualification_id = qualifications.id AND x.starts_on <= qualifications.valid_from)";

/// The last statement of one of its quarters was not checked.
const WAITS: &str = "EXISTS (SELECT 1 FROM hours_statements s
    WHERE s.siren = qualifications.siren AND s.claim_key = qualifications.claim_key
    AND s.quarter_ends >= qualifications.valid_from
    AND NOT EXISTS (SELECT 1 FROM closures x
        WHERE x.qualification_id = qualifications.id AND x.starts_on <= s.quarter)
    AND NOT EXISTS (SELECT 1 FROM hours_checks k WHERE k.statement_id = s.id)
    AND NOT EXISTS (SELECT 1 FROM hours_statements n WHERE n.siren = s.siren
        AND n.claim_key = s.claim_key AND n.quarter = s.quarter AND n.number > s.number)
    AND NOT EXISTS (SELECT 1 FROM qualifications q WHERE q.siren = s.siren
        AND q.claim_key = s.claim_key AND q.valid_from > qualifications.valid_from
        AND q.valid_from <= s.quarter_ends
        AND NOT EXISTS (SELECT 1 FROM closures x
            WHERE x.qualification_id = q.id AND x.starts_on <= q.valid_from)))";

/// Which commitments a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum HoursFilter {
    #[default]
    All,
    /// Those with a statement that waits for the buyer.
    ToCheck,
}

/// A commitment beside what was realised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitmentRow {
    pub qualification: Qualification,
    pub company_name: String,
    /// Of this commitment alone.
    pub account: HoursAccount,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitmentPage {
    pub rows: Vec<CommitmentRow>,
    /// At most `declarations::TOTAL_CAP`.
    pub total: u64,
    /// How many have a statement to check, likewise.
    pub to_check: u64,
}

/// A decision with who took it and when.
#[derive(Clone, Copy, Debug)]
pub struct Deciding<'a> {
    pub decision: &'a HoursDecision,
    pub by: &'a Actor,
    pub at: DateTime<Utc>,
    pub request: Option<&'a str>,
}

/// What was stated about the key of a qualification, for a decision on it.
pub async fn account(
    db: &impl ConnectionTrait,
    of: &Qualification,
) -> Result<HoursAccount, StoreError> {
    let held = qualifications::of_company(db, &of.siren).await?;
    account_among(db, of, &held).await
}

/// The same where all qualifications of the company are at hand.
pub async fn account_among(
    db: &impl ConnectionTrait,
    of: &Qualification,
    held: &[Qualification],
) -> Result<HoursAccount, StoreError> {
    let mut all = accounts(db, std::slice::from_ref(&of.siren), held).await?;
    let key = (of.siren.clone(), of.claim.key.to_string());
    Ok(all.remove(&key).unwrap_or_default())
}

/// What was stated by some companies, whose qualifications are all in `held`: one query.
pub async fn accounts(
    db: &impl ConnectionTrait,
    sirens: &[Siren],
    held: &[Qualification],
) -> Result<Accounts, StoreError> {
    let mut all = Accounts::new();
    for one in held.iter().filter(|one| is_promise(one)) {
        let key = (one.siren.clone(), one.claim.key.to_string());
        let closed = one.closures.iter().map(|closure| closure.from).min();
        let promise = (one.validity.from, closed);
        all.entry(key).or_default().promises.push(promise);
    }
    for (siren, key, statement) in statements(db, sirens).await? {
        let account = all.entry((siren, key)).or_default();
        account.statements.push(statement);
    }
    Ok(all)
}

/// A commitment that held one day at least.
fn is_promise(one: &Qualification) -> bool {
    one.claim.kind() == Kind::Commitment && !one.is_closed_on(one.validity.from)
}

/// All statements of some companies, with the key that each is about, oldest first.
pub(crate) async fn statements(
    db: &impl ConnectionTrait,
    sirens: &[Siren],
) -> Result<Vec<(Siren, String, HoursStatement)>, StoreError> {
    let found = Entity::find()
        .filter(Column::Siren.is_in(sirens.iter().map(Siren::as_str)))
        .find_also_related(check::Entity)
        .order_by_asc(Column::Siren)
        .order_by_asc(Column::ClaimKey)
        .order_by_asc(Column::Number)
        .all(db)
        .await?;
    found
        .into_iter()
        .map(|(row, check)| {
            let statement = HoursStatement {
                number: stored::number(row.number, "hours_statements.number")?,
                quarter: Quarter::of(row.quarter),
                hours: Hundredths::from_hundredths(row.hours.into()),
                note: row.note,
                told_at: row.told_at,
                check: check.map(|check| HoursCheck {
                    accepted: check.accepted,
                    reason: check.reason,
                    at: check.checked_at,
                }),
            };
            Ok((stored::siren(&row.siren)?, row.claim_key, statement))
        })
        .collect()
}

/// Applies a decision on the commitment that `qualifications::lock` gave.
pub async fn apply(txn: &Txn, found: &Found, deciding: &Deciding<'_>) -> Result<(), StoreError> {
    let (q, decision) = (&found.qualification, deciding.decision);
    let (account, at) = (
        deciding.by.account.ok_or(StoreError::NotFound)?,
        stamp(deciding.at),
    );
    if let Some(new) = &decision.statement {
        let row = statement::ActiveModel {
            id: Set(new_id(at)),
            siren: Set(q.siren.to_string()),
            claim_key: Set(q.claim.key.to_string()),
            number: Set(new.number.into()),
            quarter: Set(new.quarter.first_day()),
            quarter_ends: Set(new.quarter.last_day()),
            hours: Set(i64::try_from(new.hours.hundredths())
                .map_err(|_| StoreError::corrupt("hours_statements.hours"))?),
            note: Set(new.note.clone()),
            told_by: Set(account),
            told_at: Set(at),
        };
        Entity::insert(row).exec_without_returning(txn).await?;
    }
    if let Some((number, new)) = &decision.check {
        let id: Option<Uuid> = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::Siren.eq(q.siren.as_str()))
            .filter(Column::ClaimKey.eq(q.claim.key.to_string()))
            .filter(Column::Number.eq(i64::from(*number)))
            .into_tuple()
            .one(txn)
            .await?;
        let row = check::ActiveModel {
            statement_id: Set(id.ok_or(StoreError::NotFound)?),
            accepted: Set(new.accepted),
            reason: Set(new.reason.clone()),
            checked_by: Set(account),
            checked_at: Set(at),
        };
        check::Entity::insert(row)
            .exec_without_returning(txn)
            .await?;
    }
    let subject = qualifications::subject(q.id);
    let mut details = decision.event.details.clone();
    if let Some(details) = details.as_object_mut() {
        details.insert("revision".to_owned(), json!(decision.event.revision));
        details.insert("request".to_owned(), json!(deciding.request));
    }
    let event = txn.audit(Entry {
        actor: actor_code(deciding.by),
        act: decision.event.act.code().to_owned(),
        subject: subject.clone(),
        details,
        at: deciding.at,
    });
    let about = About {
        event,
        subject,
        siren: &q.siren,
        declaration: Some(found.declaration),
        revision: Some(q.revision),
    };
    effects::enqueue(txn, &about, &decision.effects, deciding.at).await
}

/// A page of commitments, newest first, from page 1; at most five queries.
pub async fn page(
    db: &impl ConnectionTrait,
    filter: HoursFilter,
    page: u64,
) -> Result<CommitmentPage, StoreError> {
    let all = commitments(HoursFilter::All).into_query();
    let waiting = commitments(HoursFilter::ToCheck).into_query();
    let to_check = capped_count(db, waiting, TOTAL_CAP).await?;
    let total = match filter {
        HoursFilter::All => capped_count(db, all, TOTAL_CAP).await?,
        HoursFilter::ToCheck => to_check,
    };
    let offset = page.saturating_sub(1).saturating_mul(PAGE_SIZE);
    let rows = if offset < total {
        let wanted = commitments(filter)
            .offset(offset)
            .limit(Ord::min(PAGE_SIZE, TOTAL_CAP - offset));
        rows(db, wanted).await?
    } else {
        Vec::new()
    };
    Ok(CommitmentPage {
        rows,
        total,
        to_check,
    })
}

/// The next of them in the same order, at most `size`.
pub async fn after(
    db: &impl ConnectionTrait,
    filter: HoursFilter,
    after: Option<Uuid>,
    size: u64,
) -> Result<Vec<CommitmentRow>, StoreError> {
    let mut wanted = commitments(filter).limit(size);
    if let Some(last) = after {
        wanted = wanted.filter(qualification::Column::Id.lt(last));
    }
    rows(db, wanted).await
}

fn commitments(filter: HoursFilter) -> Select<qualification::Entity> {
    let all = qualification::Entity::find()
        .filter(qualification::Column::Kind.eq(Kind::Commitment.code()))
        .filter(Expr::cust(NEVER_HELD).not());
    match filter {
        HoursFilter::All => all,
        HoursFilter::ToCheck => all.filter(Expr::cust(WAITS)),
    }
}

async fn rows(
    db: &impl ConnectionTrait,
    wanted: Select<qualification::Entity>,
) -> Result<Vec<CommitmentRow>, StoreError> {
    let found = wanted
        .find_also_related(company::Entity)
        .order_by_desc(qualification::Column::Id)
        .all(db)
        .await?;
    let mut sirens = Vec::with_capacity(found.len());
    for (row, _) in &found {
        sirens.push(stored::siren(&row.siren)?);
    }
    let of_companies = qualification::Column::Siren
        .is_in(sirens.iter().map(Siren::as_str))
        .and(qualification::Column::Kind.eq(Kind::Commitment.code()));
    let held: Vec<Qualification> = with_closures(db, of_companies)
        .await?
        .into_iter()
        .map(|(held, _)| held)
        .collect();
    let accounts = accounts(db, &sirens, &held).await?;
    let mut by_id: HashMap<Uuid, Qualification> =
        held.into_iter().map(|one| (one.id, one)).collect();
    Ok(found
        .into_iter()
        .filter_map(|(row, company)| {
            let qualification = by_id.remove(&row.id)?;
            let key = (qualification.siren.clone(), row.claim_key);
            let account = accounts.get(&key);
            Some(CommitmentRow {
                company_name: company?.name,
                account: account
                    .map(|all| all.of(qualification.validity.from))
                    .unwrap_or_default(),
                qualification,
            })
        })
        .collect())
}
