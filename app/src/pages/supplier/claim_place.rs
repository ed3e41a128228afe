//! Where in the answers a claim comes from, so that a remark of the buyer leads to the field to correct.

use domain::claims::{Claim, ClaimBody, Kind};
use domain::form::{Draft, StepCode};
use domain::identifiers::Siret;
use domain::insertion::{Commitment, normalize_contract};
use domain::pledges::{Pledge, slug};
use uuid::Uuid;

use crate::doors::supplier::step_path;

/// A step, and the line of it that makes the claim when it is still there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub step: StepCode,
    pub line: Option<usize>,
}

impl Place {
    /// The address of the line, or of the step.
    pub fn href(&self, declaration: Uuid) -> String {
        let page = step_path(declaration, self.step);
        match self.line {
            Some(line) => format!("{page}#rows-{line}"),
            None => page,
        }
    }
}

pub fn place(claim: &Claim, draft: &Draft) -> Place {
    let (step, line) = match &claim.body {
        ClaimBody::Sme(_) => (StepCode::Size, None),
        ClaimBody::Status(_) => (StepCode::Solidarity, status_line(claim, draft)),
        ClaimBody::Commitment(commitment) => {
            (StepCode::Insertion, commitment_line(commitment, draft))
        }
        ClaimBody::Pledge(pledge) => (StepCode::Pledges, pledge_line(pledge, draft)),
    };
    Place { step, line }
}

/// The line of this kind; of several, the one of this establishment.
fn status_line(claim: &Claim, draft: &Draft) -> Option<usize> {
    let rows = || draft.solidarity.rows.iter().enumerate();
    let siret = claim.key.scope.siret();
    let exact = rows().find(|(_, row)| {
        row.kind.parse::<Kind>() == Ok(claim.kind())
            && Siret::parse(&row.siret).ok().as_ref() == siret
    });
    exact
        .or_else(|| rows().find(|(_, row)| row.kind == claim.kind().code()))
        .map(|(line, _)| line)
}

/// The line of this modality, contract and structure; failing that, of this modality and contract.
fn commitment_line(commitment: &Commitment, draft: &Draft) -> Option<usize> {
    let close = || {
        draft.insertion.rows.iter().enumerate().filter(|(_, row)| {
            row.modality == commitment.modality.code()
                && normalize_contract(&row.contract_ref) == commitment.contract
        })
    };
    let structure = commitment
        .structure
        .as_ref()
        .map(|structure| &structure.siret);
    close()
        .find(|(_, row)| Siret::parse(&row.structure_siret).ok().as_ref() == structure)
        .or_else(|| close().next())
        .map(|(line, _)| line)
}

/// The line of this code, item and contract; failing that, of this code.
fn pledge_line(pledge: &Pledge, draft: &Draft) -> Option<usize> {
    let rows = || {
        let rows = draft.pledges.rows.iter().enumerate();
        rows.filter(|(_, row)| row.code == pledge.code)
    };
    let item = pledge.item.as_deref().map(slug).unwrap_or_default();
    rows()
        .find(|(_, row)| {
            slug(&row.item) == item && normalize_contract(&row.contract_ref) == pledge.contract
        })
        .or_else(|| rows().next())
        .map(|(line, _)| line)
}
