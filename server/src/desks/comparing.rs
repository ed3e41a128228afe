//! Two versions of a company as both sides read them.

use std::sync::Arc;

use app::views::{ComparedVersion, ComparisonView};
use store::declarations::{Compared, Revision};
use uuid::Uuid;

use super::common::Desk;

/// The names are those of the day on which the newer one was signed.
pub(super) fn comparison(desk: &Desk, id: Uuid, compared: Compared) -> ComparisonView {
    let catalogues = desk.state.catalogues.all();
    let names = catalogues
        .numbered(compared.newer.snapshot.catalogue)
        .unwrap_or_else(|| catalogues.latest());
    ComparisonView {
        id,
        names: Arc::clone(names),
        reference: compared.reference,
        company_name: compared.company.name,
        newer: version(compared.newer),
        older: compared.older.map(version),
    }
}

fn version(revision: Revision) -> ComparedVersion {
    ComparedVersion {
        number: revision.number,
        declaration: revision.declaration,
        signed_at: revision.signed_at,
        snapshot: revision.snapshot,
    }
}
