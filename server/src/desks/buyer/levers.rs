//! What moves the solidarity figure of a year: files that wait, suppliers to ask, statuses that end too early.

use std::collections::{BTreeSet, HashMap};

use app::views::{
    EndingStatus, LeversFilter, LeversView, Outcome, Share, UndeclaredPage, UndeclaredSupplier,
    WaitingFile,
};
use chrono::NaiveDate;
use domain::civil::paris_day;
use domain::claims::Kind;
use domain::identifiers::Siren;
use domain::indicators::{
    Asked, Change, Figure, Stake, Status, announce, compute, fewest, rounded, stake,
};
use domain::lifecycle::if_accepted;
use store::StoreError;
use store::buyer::contracts::{Companies, Ending, HeldStatus, Undeclared, UndeclaredHolders};
use store::companies::{self, Known};
use store::declarations::{self, Waiting, WaitingFiles};

use uuid::Uuid;

use super::super::error::DeskError;
use super::{BuyerService, pages};
use crate::contracts::export::euros;
use crate::state::AppState;

/// Lines of statuses that end; beyond, they are counted.
const MOST_ENDINGS: usize = 100;

/// A file that waits and what it would bring to the figure.
pub(super) struct Lever {
    pub(super) waiting: Waiting,
    pub(super) stake: Stake,
}

impl Lever {
    pub(super) fn id(&self) -> Uuid {
        self.waiting.declaration.id
    }

    pub(super) fn status(&self) -> domain::lifecycle::Status {
        self.waiting.declaration.status
    }
}

/// The files that would bring euros, the greatest amounts first, then those that wait for the longest.
#[derive(Default)]
pub(super) struct Levers {
    pub(super) files: Vec<Lever>,
    /// Only the oldest files were looked at.
    pub(super) more: bool,
}

impl BuyerService {
    /// The files that wait, in two queries whatever their number.
    pub(super) async fn waiting(&self, asked: &Asked) -> Result<WaitingFiles, StoreError> {
        declarations::waiting(self.0.state.store.read(), &asked.kinds).await
    }

    /// What the files would bring, in three queries to the buyer database, which may be down.
    pub(super) async fn weigh(
        &self,
        asked: &Asked,
        found: WaitingFiles,
    ) -> Result<Levers, StoreError> {
        let buyer = &self.0.state.buyer;
        buyer.prepare(self.0.now()).await?;
        let sirens: Vec<Siren> = found
            .files
            .iter()
            .map(|file| file.declaration.siren.clone())
            .collect();
        let held = buyer.companies(asked, self.0.today(), &sirens).await?;
        let mut files: Vec<Lever> = found
            .files
            .into_iter()
            .map(|waiting| Lever {
                stake: self.stake(asked, &waiting, &held),
                waiting,
            })
            .filter(|lever| lever.stake.adds())
            .collect();
        // A stable sort: the oldest come first as they were read.
        files.sort_by(|a, b| b.stake.euros.cmp(&a.stake.euros));
        Ok(Levers {
            files,
            more: found.more,
        })
    }

    /// What the file brings once its signature has fed the buyer database, which then holds all that the portal says of the
    /// company beside what was taken over.
    fn stake(&self, asked: &Asked, waiting: &Waiting, held: &Companies) -> Stake {
        let declaration = &waiting.declaration;
        let known: &[HeldStatus] = held
            .statuses
            .get(&declaration.siren)
            .map_or(&[], Vec::as_slice);
        let taken_over = known.iter().filter(|one| !one.on_portal);
        let after = if_accepted(declaration, self.0.now());
        let after = after
            .iter()
            .filter(|held| asked.kinds.contains(held.claim.kind()))
            .map(Status::from)
            .chain(taken_over.map(|one| one.status.clone()))
            .collect();
        let change = Change {
            siren: declaration.siren.clone(),
            before: known.iter().map(|one| one.status.clone()).collect(),
            after,
        };
        stake(&held.contracts, &change)
    }

    pub(super) async fn read_levers(&self, filter: LeversFilter) -> Result<LeversView, DeskError> {
        let (today, state) = (self.0.today(), &self.0.state);
        let year = self.year(filter.year);
        let asked = self.asked(year, filter.mode)?;
        let levers = self.weigh(&asked, self.waiting(&asked).await?).await?;
        let facts = state.buyer.year_facts(&asked, today).await?;
        let figures = compute(&facts);
        let figure = figures.get("I3").ok_or(app::error::AppError::NotFound)?;
        let target = state.config.site.targets.solidarity;
        let chosen = chosen(&filter, figure, target, &levers);
        let gone = filter
            .chosen
            .as_ref()
            .map_or(0, |asked| asked.len().saturating_sub(chosen.len()));
        let outcome = outcome(figure, target, &levers, &chosen);
        let (page, undeclared) = self.undeclared(&asked, filter.page.max(1)).await?;
        let ending = state.buyer.ending(&asked, today).await?;
        let ending_total = ending.len();
        let ending = ending
            .into_iter()
            .take(MOST_ENDINGS)
            .filter_map(|one| ending_status(one, today))
            .collect();
        Ok(LeversView {
            filter: LeversFilter { page, ..filter },
            year,
            years: self.years(),
            target,
            total: figure.denominator.as_ref().map(rounded).unwrap_or_default(),
            files: levers
                .files
                .into_iter()
                .enumerate()
                .map(|(rank, lever)| self.file(lever, chosen.contains(&rank)))
                .collect(),
            more_files: levers.more,
            gone,
            outcome,
            undeclared,
            ending,
            ending_total,
        })
    }

    pub(super) fn file(&self, lever: Lever, chosen: bool) -> WaitingFile {
        let Lever { waiting, stake } = lever;
        let kinds: BTreeSet<Kind> = waiting
            .declaration
            .claims
            .iter()
            .map(|reviewed| reviewed.claim.kind())
            .collect();
        WaitingFile {
            id: waiting.declaration.id,
            reference: waiting.reference,
            siren: waiting.declaration.siren,
            company_name: waiting.company_name,
            status: waiting.declaration.status,
            kinds: kinds.into_iter().collect(),
            euros: rounded(&stake.euros),
            contracts: stake.contracts,
            days: (self.0.today() - paris_day(waiting.submitted_at)).num_days(),
            chosen,
        }
    }

    /// The page asked for, the first one when it is beyond the end.
    async fn undeclared(
        &self,
        asked: &Asked,
        page: u32,
    ) -> Result<(u32, UndeclaredPage), DeskError> {
        let (buyer, today) = (&self.0.state.buyer, self.0.today());
        let mut page = page;
        let mut found = buyer.undeclared(asked, today, page.into()).await?;
        if found.rows.is_empty() && page > 1 {
            page = 1;
            found = buyer.undeclared(asked, today, 1).await?;
        }
        let known = known(&self.0.state, &found.rows).await?;
        Ok((page, undeclared_page(found, &known)))
    }
}

/// What the portal knows of these holders, in one query.
pub(super) async fn known(
    state: &AppState,
    rows: &[Undeclared],
) -> Result<HashMap<Siren, Known>, StoreError> {
    let sirens: Vec<Siren> = rows
        .iter()
        .filter_map(|row| Siren::parse(&row.party).ok())
        .collect();
    companies::known(state.store.read(), &sirens).await
}

pub(super) fn undeclared_supplier(
    row: Undeclared,
    known: &HashMap<Siren, Known>,
) -> UndeclaredSupplier {
    let siren = Siren::parse(&row.party).ok();
    let known = siren.as_ref().and_then(|siren| known.get(siren));
    let name = known.map(|known| known.name.clone());
    UndeclaredSupplier {
        waiting: known.is_some_and(|known| known.waiting),
        name: row.name.or(name).unwrap_or_else(|| match &siren {
            Some(siren) => siren.formatted(),
            None => row.party.replacen(':', " ", 1),
        }),
        siren,
        amount: euros(row.amount),
        contracts: row.contracts,
        sme: row.sme,
    }
}

/// `None`: not a company.
pub(super) fn ending_status(one: Ending, today: NaiveDate) -> Option<EndingStatus> {
    let siren = Siren::parse(&one.siren).ok()?;
    Some(EndingStatus {
        company_name: one.name.unwrap_or_else(|| siren.formatted()),
        siren,
        ends_on: one.ends_on,
        ended: one.ends_on < today,
        contract_id: one.contract_id,
        object: one.object,
        contract_ends_on: one.contract_ends_on,
    })
}

fn undeclared_page(found: UndeclaredHolders, known: &HashMap<Siren, Known>) -> UndeclaredPage {
    UndeclaredPage {
        pages: pages(found.total),
        total: found.total,
        amount: euros(found.amount),
        rows: found
            .rows
            .into_iter()
            .map(|row| undeclared_supplier(row, known))
            .collect(),
    }
}

/// The ranks of the files chosen by the person, or of the fewest that reach the target.
fn chosen(filter: &LeversFilter, figure: &Figure, target: u8, levers: &Levers) -> BTreeSet<usize> {
    let stakes: Vec<Stake> = levers.files.iter().map(|file| file.stake.clone()).collect();
    match &filter.chosen {
        None => (0..fewest(figure, target, &stakes)).collect(),
        Some(wanted) => levers
            .files
            .iter()
            .enumerate()
            .filter(|(_, file)| wanted.contains(&file.id()))
            .map(|(rank, _)| rank)
            .collect(),
    }
}

fn outcome(figure: &Figure, target: u8, levers: &Levers, chosen: &BTreeSet<usize>) -> Outcome {
    let taken = levers
        .files
        .iter()
        .enumerate()
        .filter(|(rank, _)| chosen.contains(rank))
        .map(|(_, file)| &file.stake);
    let announced = announce(figure, target, taken);
    Outcome {
        files: chosen.len(),
        before: share(figure),
        after: share(&announced.after),
        points: announced.points.as_ref().map(rounded),
        added: rounded(&announced.added),
        missing: announced.missing.as_ref().map(rounded),
    }
}

fn share(figure: &Figure) -> Share {
    Share {
        euros: rounded(&figure.numerator),
        rate: figure.value.as_ref().map(rounded),
    }
}
