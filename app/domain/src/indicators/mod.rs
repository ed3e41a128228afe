//! The figures of the scheme for one buyer and one civil year: environmental clauses (I1), social clauses (I2), purchases from
//! solidarity enterprises (I3), and the figures beside them (I4 to I8), from facts that a database counted.
//!
//! Arithmetic is exact to the end; a figure is rounded half up to two decimals when it is written, never before (R13). A rate
//! without denominator is no number (R16).

mod compute;
mod facts;
mod measure;
mod number;
mod report;
mod split;
mod supplier;
mod why;

pub use compute::{Figure, Figures, Unit, compute};
pub use facts::{Cover, Facts, Group, SharedContract, SharedHolder};
pub use measure::Measure;
pub use number::rounded;
pub use report::{Asked, Indicator, Report, report};
pub use split::{PartyShare, split};
pub use supplier::SupplierSize;
pub use why::{NotCounted, Period};
