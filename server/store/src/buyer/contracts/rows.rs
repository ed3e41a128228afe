//! From the domain's contract to rows of text, in the order of the described columns.

use chrono::{DateTime, NaiveDate, Utc};
use domain::contracts::{
    Amount, Concession, Contract, Flags, Holder, Key, Mode, Party, Record, parties,
};

use super::add::Rejected;
use crate::buyer::rows::{Row, instant};

pub(super) fn date(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

fn flag(value: bool) -> String {
    text(u8::from(value))
}

fn text(value: impl ToString) -> String {
    value.to_string()
}

fn key(key: &Key) -> Row {
    vec![Some(text(&key.buyer_siret)), Some(text(&key.id))]
}

/// How a party is written: the SIREN, else type and identifier.
pub(in crate::buyer) fn party(party: &Party) -> String {
    match party {
        Party::Siren(siren) => siren.to_string(),
        Party::Other { id_type, id } => format!("{id_type}:{id}"),
    }
}

/// A publication, given `copies` times in one import; `waits_until` is when it changes by itself.
pub(super) fn record(
    record: &Record,
    json: &str,
    copies: u64,
    import: &str,
    now: DateTime<Utc>,
    waits_until: Option<NaiveDate>,
) -> Row {
    let mut row = vec![Some(text(&record.hash))];
    row.extend(key(&record.key));
    row.extend([
        Some(text(import)),
        Some(text(copies)),
        Some(text(instant(now))),
        record.notified_on.map(date),
        Some(flag(record.is_framework)),
        waits_until.map(date),
        Some(text(json)),
    ]);
    row
}

pub(super) fn rejected(one: &Rejected, import: &str) -> Row {
    vec![
        Some(text(import)),
        Some(text(one.position)),
        Some(text(&one.reason)),
        Some(text(&one.text)),
        None,
    ]
}

pub(super) fn contract(contract: &Contract) -> Row {
    let record = &contract.record;
    let amount = |mode| {
        let amount: Option<Amount> = contract.state(mode).amount;
        amount.map(|amount| amount.millionths().to_string())
    };
    let holders = |mode| text(parties(&contract.state(mode).holders).len());
    let says = record.considerations;
    let mut row = key(&record.key);
    row.extend([
        Some(text(&record.hash)),
        Some(text(date(contract.notified_on))),
        record.published_on.map(date),
        amount(Mode::Initial),
        amount(Mode::Current),
        Some(holders(Mode::Initial)),
        Some(holders(Mode::Current)),
        Some(flag(says.environmental_clause)),
        Some(flag(says.environmental_any())),
        Some(flag(says.social_clause)),
        Some(flag(says.social_any())),
        Some(flag(says.reserved)),
        Some(flag(record.innovative)),
        Some(flag(record.is_framework)),
        record.framework.clone(),
        record.object.clone(),
        record.nature.clone(),
        record.procedure.clone(),
        record.cpv.clone(),
        record.place.code.clone(),
        record.place.kind.clone(),
        record.duration_months.map(|months| months.to_string()),
    ]);
    row
}

pub(super) fn holders(contract: &Contract) -> Vec<Row> {
    let of = |mode: Mode| {
        (1_u32..)
            .zip(&contract.state(mode).holders)
            .map(move |(position, holder)| self::holder(contract, mode, position, holder))
    };
    Mode::ALL.into_iter().flat_map(of).collect()
}

fn holder(contract: &Contract, mode: Mode, position: u32, holder: &Holder) -> Row {
    let mut row = key(&contract.record.key);
    row.extend([
        Some(text(mode.code())),
        Some(text(position)),
        Some(text(party(&holder.party()))),
        Some(text(&holder.id_type)),
        Some(text(&holder.id)),
        holder.siren.as_ref().map(ToString::to_string),
        holder.siret.as_ref().map(ToString::to_string),
        Some(text(date(contract.notified_on))),
    ]);
    row
}

pub(super) fn flags(of: &Key, flags: &Flags) -> Vec<Row> {
    flags
        .iter()
        .map(|flag| {
            let mut row = key(of);
            row.push(Some(text(flag.code())));
            row
        })
        .collect()
}

pub(super) fn modifications(contract: &Contract) -> Vec<Row> {
    (1_u32..)
        .zip(&contract.modifications)
        .map(|(position, one)| {
            let mut row = key(&contract.record.key);
            row.extend([
                Some(text(position)),
                Some(text(&one.id)),
                Some(text(date(one.notified_on))),
                one.amount.map(|amount| amount.millionths().to_string()),
                Some(text(parties(&one.holders).len())),
            ]);
            row
        })
        .collect()
}

pub(super) fn subcontracts(contract: &Contract, today: NaiveDate) -> Vec<Row> {
    (1_u32..)
        .zip(&contract.record.subcontracts)
        .map(|(position, one)| {
            let who = &one.subcontractor;
            let amount = |of: Option<Amount>| of.map(|amount| amount.millionths().to_string());
            let mut row = key(&contract.record.key);
            row.extend([
                Some(text(position)),
                Some(text(&one.id)),
                Some(text(party(&who.party()))),
                who.siren.as_ref().map(ToString::to_string),
                who.siret.as_ref().map(ToString::to_string),
                one.notified_on.map(date),
                Some(date(one.counted_on(contract.notified_on))),
                amount(one.amount),
                amount(one.amount_on(today)),
            ]);
            row
        })
        .collect()
}

/// `holders` are in JSON.
pub(super) fn concession(
    one: &Concession,
    holders: String,
    json: &str,
    import: &str,
    now: DateTime<Utc>,
) -> Row {
    let words = |list: &[String]| (!list.is_empty()).then(|| list.join("; "));
    let amount = |of: Option<Amount>| of.map(|amount| amount.millionths().to_string());
    let mut row = vec![
        Some(text(&one.hash)),
        Some(text(import)),
        Some(text(instant(now))),
    ];
    row.extend(key(&one.key));
    row.extend([
        Some(date(one.signed_on)),
        one.published_on.map(date),
        one.begins_on.map(date),
        one.object.clone(),
        one.nature.clone(),
        one.procedure.clone(),
        one.duration_months.map(|months| months.to_string()),
        amount(one.amount),
        amount(one.subsidy),
        words(&one.social),
        words(&one.environmental),
        Some(holders),
        Some(text(json)),
    ]);
    row
}
