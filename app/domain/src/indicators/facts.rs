//! What the figures of a year are made of, as counted by the buyer database.

use chrono::NaiveDate;
use num_rational::BigRational;

use super::narrowing::Narrowing;
use super::parts::entered;
use super::supplier::SupplierSize;
use crate::claims::KindSet;
use crate::contracts::{Holder, Party};

/// Contracts of the year that hold the same place in the figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// True when their amounts count: usable (R6), and not within a framework that counts already (R15).
    pub in_amounts: bool,
    /// Distinct holders of each of them (R12).
    pub holders: u64,
    /// Of which solidarity enterprises on the notification date (R11).
    pub solidarity: u64,
    /// Of which SMEs on that date (R17).
    pub sme: u64,
    pub contracts: u64,
    pub environmental_clause: u64,
    pub environmental_any: u64,
    pub social_clause: u64,
    pub social_any: u64,
    pub reserved: u64,
    pub innovative: u64,
    /// The sum of their amounts, in millionths of a euro; 0 when they do not count.
    pub amount: i128,
    /// Of which those with an environmental clause.
    pub environmental_amount: i128,
    /// Of which those with a social clause.
    pub social_amount: i128,
    /// `None`: these contracts are counted whole. Otherwise by one of their holders.
    pub part: Option<Part>,
}

/// The part of one holder of a contract, or of one of its kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Among how many kinds the holder's share is divided; 1 when it is not.
    pub kinds: u64,
    /// What the holder counts as.
    pub solidarity: bool,
    pub sme: bool,
}

/// A contract whose shares were entered (R12). It is in a group as well, as if its shares were equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedContract {
    pub buyer_siret: String,
    pub contract_id: String,
    pub notified_on: NaiveDate,
    /// The group of this contract alone, counted whole.
    pub contract: Group,
    /// Its parts by place and by family.
    pub place: String,
    pub family: String,
    /// Whom each entry names (SIREN, SIRET or identifier), and its weight in decimal notation.
    pub entries: Vec<(String, String)>,
    pub holders: Vec<SharedHolder>,
}

impl SharedContract {
    /// The share of each party as entered; `None` when the entries name other holders, and equal shares are taken.
    pub fn split(&self) -> Option<Vec<(Party, BigRational)>> {
        let holders: Vec<Holder> = self.holders.iter().map(|one| one.holder.clone()).collect();
        entered(&self.entries, &holders)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedHolder {
    pub holder: Holder,
    /// What its party counts as on the notification date.
    pub solidarity: bool,
    pub size: SupplierSize,
    /// The kinds that make it a solidarity enterprise.
    pub kinds: KindSet,
}

/// The distinct holders of the year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    pub holders: u64,
    /// Those with any validated declaration on the notification date of one of their contracts.
    pub covered: u64,
    /// Those that count as SMEs by the register alone.
    pub sme_by_register: u64,
}

/// Hours of the validated insertion commitments of the year, in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    pub committed: i128,
    /// What the buyer checked so far, whenever it was worked.
    pub realised: i128,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The part of the year that was asked for.
    pub narrowing: Narrowing,
    pub groups: Vec<Group>,
    pub shared: Vec<SharedContract>,
    pub cover: Cover,
    pub hours: Hours,
    /// Amounts of the subcontracts of the year to solidarity enterprises, in millionths of a euro: indirect purchases.
    pub indirect: i128,
    /// Buyer, contract and code of what was found.
    pub flags: Vec<(String, String, String)>,
    /// The day of the last import that ended.
    pub data_date: Option<String>,
}
