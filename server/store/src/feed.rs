//! What the buyer database must hold, read from the portal.

use std::collections::HashMap;

use domain::{identifiers::Siren, insertion::HoursStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    buyer::{Accepted, CompanyState},
    companies::Company,
    entities::{company, qualification},
    error::StoreError,
    hours,
    qualifications::with_closures,
    stored,
};

/// The state of one company; `None` when nothing of it was ever validated.
pub async fn state(
    db: &impl ConnectionTrait,
    siren: &Siren,
) -> Result<Option<CompanyState>, StoreError> {
    Ok(states(db, &[siren.as_str().to_owned()]).await?.pop())
}

/// The companies with a validated claim, in the order of their SIREN, after a given one.
pub async fn companies_after(
    db: &impl ConnectionTrait,
    after: Option<&Siren>,
    limit: u64,
) -> Result<Vec<Siren>, StoreError> {
    let sirens: Vec<String> = qualification::Entity::find()
        .select_only()
        .column(qualification::Column::Siren)
        .distinct()
        .filter(qualification::Column::Siren.gt(after.map(Siren::as_str).unwrap_or_default()))
        .order_by_asc(qualification::Column::Siren)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    sirens.iter().map(|text| stored::siren(text)).collect()
}

/// The states of several companies, in three queries.
pub async fn states_of(
    db: &impl ConnectionTrait,
    sirens: &[Siren],
) -> Result<Vec<CompanyState>, StoreError> {
    let sirens: Vec<String> = sirens.iter().map(ToString::to_string).collect();
    states(db, &sirens).await
}

async fn states(
    db: &impl ConnectionTrait,
    sirens: &[String],
) -> Result<Vec<CompanyState>, StoreError> {
    let wanted = qualification::Column::Siren.is_in(sirens.iter().map(String::as_str));
    let mut accepted: HashMap<String, Vec<Accepted>> = HashMap::new();
    for (qualification, row) in with_closures(db, wanted).await? {
        accepted.entry(row.siren).or_default().push(Accepted {
            qualification,
            declaration: row.declaration_id,
            at: row.accepted_at,
        });
    }
    let known: Vec<Siren> = accepted
        .keys()
        .map(|siren| stored::siren(siren))
        .collect::<Result<_, _>>()?;
    let mut realised: HashMap<Siren, Vec<(String, HoursStatement)>> = HashMap::new();
    for (siren, key, statement) in hours::statements(db, &known).await? {
        realised.entry(siren).or_default().push((key, statement));
    }
    let companies = company::Entity::find()
        .filter(company::Column::Siren.is_in(accepted.keys().map(String::as_str)))
        .order_by_asc(company::Column::Siren)
        .all(db)
        .await?;
    companies
        .into_iter()
        .map(|row| {
            let company: Company = row.try_into()?;
            let of_company = accepted.remove(company.siren.as_str()).unwrap_or_default();
            let hours = realised.remove(&company.siren).unwrap_or_default();
            Ok(CompanyState::of(&company, &of_company, &hours))
        })
        .collect()
}
