//! The data of the page of one contract: what it brings to each figure, and why.

use chrono::{DateTime, NaiveDate, Utc};
use domain::claims::Kind;
use domain::contracts::{Flag, Mode, Record};
use domain::decimal::Hundredths;
use domain::identifiers::Siren;
use domain::indicators::{NotCounted, Period, SupplierSize};
use uuid::Uuid;

/// Which contract a page is about, in which state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractAddress {
    pub buyer_siret: String,
    /// Normalised.
    pub contract_id: String,
    pub mode: Mode,
}

/// A contract, in one of its states. Amounts are euros excluding tax.
#[derive(Clone, Debug, PartialEq)]
pub struct ContractView {
    pub mode: Mode,
    pub notified_on: NaiveDate,
    /// The publication that was kept.
    pub record: Record,
    /// As notified, and as modified since; `None`: unusable.
    pub initial_amount: Option<Hundredths>,
    pub current_amount: Option<Hundredths>,
    /// Its amount is within that of its framework.
    pub excluded: bool,
    pub flags: Vec<Flag>,
    pub parties: Vec<ContractParty>,
    pub shares: ShareSource,
    pub brought: Vec<Brought>,
    /// The publications in JSON, the one that was kept first.
    pub records: Vec<String>,
}

impl ContractView {
    /// The amount of the state shown.
    pub const fn amount(&self) -> Option<Hundredths> {
        match self.mode {
            Mode::Initial => self.initial_amount,
            Mode::Current => self.current_amount,
        }
    }
}

/// Where the shares of the holders come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareSource {
    Equal,
    Entered(EnteredShares),
    /// Entered for other holders than those of this state: equal shares are taken.
    Ignored(EnteredShares),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnteredShares {
    pub source: String,
    pub by: String,
    pub at: DateTime<Utc>,
    /// Whom each entry names, and its weight as entered.
    pub entries: Vec<(String, String)>,
}

/// A holder, all its establishments together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractParty {
    /// What shares name it by: the SIREN, else the identifier as published.
    pub named: String,
    pub name: Option<String>,
    pub siren: Option<Siren>,
    /// Identifiers as published, with their types.
    pub identifiers: Vec<(String, String)>,
    /// Its share of the amount, in percent, rounded.
    pub share: Hundredths,
    /// Its part of the amount, when the amount counts.
    pub amount: Option<Hundredths>,
    pub solidarity: bool,
    pub size: SupplierSize,
    pub statuses: Vec<StatusSeen>,
}

/// A status of a holder, whether it counts or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusSeen {
    pub kind: Kind,
    /// Its kind is in the definition of the solidarity enterprise.
    pub in_set: bool,
    pub period: Period,
    /// `None`: it holds on the notification date.
    pub missed: Option<NotCounted>,
    pub reference: Option<String>,
    pub authority: Option<String>,
    pub origin: StatusOrigin,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatusOrigin {
    /// Decided on the portal; the page of the qualification, when the portal still has it.
    Portal {
        qualification: Option<Uuid>,
        decided_at: DateTime<Utc>,
    },
    /// Validated elsewhere, and taken over.
    TakenOver {
        recorded_at: DateTime<Utc>,
        validated_on: Option<NaiveDate>,
        note: Option<String>,
    },
}

/// What the contract brings to one figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Brought {
    pub id: &'static str,
    /// In euros rather than in contracts.
    pub in_euros: bool,
    pub numerator: Hundredths,
    pub denominator: Hundredths,
}
