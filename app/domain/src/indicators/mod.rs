//! The figures of the scheme for one buyer and one civil year: environmental clauses (I1), social clauses (I2), purchases from
//! solidarity enterprises (I3, and I3s through subcontracts), and the figures beside them (I4 to I8), from facts that a database counted.
//!
//! Arithmetic is exact to the end; a figure is rounded half up to two decimals when it is written, never before (R13). A rate
//! without denominator is no number (R16).

mod breakdown;
mod compute;
mod facts;
mod ledger;
mod measure;
mod narrowing;
mod number;
mod parts;
mod payments;
mod report;
mod restated;
mod split;
mod sums;
mod supplier;
mod theme;
mod what_if;
mod why;

pub use breakdown::{BreakdownPart, breakdown};
pub use compute::{Figure, Figures, Unit, compute};
pub use facts::{Cover, Facts, Group, Hours, Part, SharedContract, SharedHolder};
pub use ledger::{LedgerFacts, LedgerPart, Paid, Payer, Purchases, from_ledger};
pub use measure::Measure;
pub use narrowing::{Dimension, NO_KIND, Narrowing, OTHER, UNKNOWN};
pub use number::rounded;
pub use parts::corrections;
pub use payments::{Payment, PaymentLine, PaymentRefused};
pub use report::{Asked, Indicator, Report, report};
pub use restated::{
    Brought, Cause, CauseSums, PublishedLine, RestatedContract, Restatement, restate,
};
pub use split::{PartyShare, split};
pub use supplier::SupplierSize;
pub use theme::theme_of;
pub use what_if::{
    Announced, Change, Held, Stake, Status, announce, fewest, missing, stake, with_more,
};
pub use why::{NotCounted, Period};
