//! Where in the answers a claim comes from, so that a remark of the buyer leads to the field to correct.

use domain::claims::{Claim, ClaimBody, ClaimKey, Kind};
use domain::form::{Draft, StepCode};
use domain::identifiers::Siret;
use domain::insertion::{Commitment, normalize_contract};
use domain::links::value_of_query;
use domain::pledges::{Pledge, slug};
use uuid::Uuid;

use crate::doors::supplier::{declaration_path, step_path};
use crate::views::DeclarationView;

/// In the address of a step: the field to go to, by its id. The server turns it into a fragment, which sign-in would lose.
pub const FIELD: &str = "champ";
/// The same for a claim, by its key: the line that makes it, wherever it stands by then.
pub const CLAIM: &str = "affirmation";
/// The longest id of a field.
const LONGEST_ID: usize = 60;

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

/// The step where a claim of this kind is made.
const fn step_of(kind: Kind) -> StepCode {
    match kind {
        Kind::Sme => StepCode::Size,
        Kind::Commitment => StepCode::Insertion,
        Kind::Pledge => StepCode::Pledges,
        _ => StepCode::Solidarity,
    }
}

/// The address of a claim, for mails: it leads to its line through sign-in, whatever became of the lines meanwhile.
pub fn claim_path(declaration: Uuid, key: &ClaimKey) -> String {
    let (step, key) = (
        step_path(declaration, step_of(key.kind)),
        value_of_query(&key.to_string()),
    );
    format!("{step}?{CLAIM}={key}")
}

/// Where the page of a declaration shows a claim.
pub fn claim_anchor(key: &ClaimKey) -> String {
    let plain = key
        .to_string()
        .replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    format!("{CLAIM}-{plain}")
}

/// Where an address that names a field or a claim leads; `None` when it names none.
pub fn destination(
    view: &DeclarationView,
    step: StepCode,
    field: Option<&str>,
    claim: Option<&str>,
    editable: bool,
) -> Option<String> {
    if let Some(wanted) = claim {
        let found = view
            .claims
            .iter()
            .find(|line| line.claim.key.to_string() == wanted);
        return Some(match (found, editable) {
            (Some(line), true) => place(&line.claim, &view.draft).href(view.id),
            (Some(line), false) => {
                let anchor = claim_anchor(&line.claim.key);
                format!("{}#{anchor}", declaration_path(view.id))
            }
            (None, _) => step_path(view.id, step),
        });
    }
    let field = field?;
    let plain = !field.is_empty()
        && field.len() <= LONGEST_ID
        && field
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let page = step_path(view.id, step);
    editable.then(|| {
        if plain {
            format!("{page}#{field}")
        } else {
            page
        }
    })
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
