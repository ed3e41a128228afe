//! The payments of a year by department and by supplier, and those of one supplier with the decisions that make them count.

use app::error::AppError;
use app::views::{
    Counted, DirectionRow, PaidSums, PaidSupplier, PaymentRow, PaymentsFilter, PaymentsView,
    StatusSeen, SupplierPayments,
};
use domain::claims::{KindSet, Qualification};
use domain::contracts::{Amount, Mode};
use domain::identifiers::Siren;
use domain::indicators::{Asked, Paid, Payer};
use store::buyer::contracts::{Origin, StatusFound};
use store::buyer::payments::{PaidLine, PaidParty};
use store::qualifications;

use super::super::error::DeskError;
use super::contract::origin;
use super::{BuyerService, pages};
use crate::contracts::export::euros;

impl BuyerService {
    /// Payments are what they are: there is no state to choose.
    pub(super) fn asked_of_ledger(&self, year: Option<i32>) -> Result<Asked, DeskError> {
        self.asked(self.year(year), Mode::default())
    }

    pub(super) async fn read_payments(
        &self,
        filter: PaymentsFilter,
    ) -> Result<PaymentsView, DeskError> {
        let asked = self.asked_of_ledger(filter.year)?;
        let buyer = &self.0.state.buyer;
        buyer.prepare(self.0.now()).await?;
        let (mut found, data_date) = buyer.paid_by_direction(&asked).await?;
        found.sort_by(|(a, paid_a), (b, paid_b)| {
            paid_b.total.cmp(&paid_a.total).then_with(|| a.cmp(b))
        });
        let (mut whole, mut shown) = (Paid::default(), Paid::default());
        for (name, paid) in &found {
            whole += paid;
            let is_shown = match &filter.part.payer {
                Payer::Any => true,
                Payer::Unnamed => name.is_none(),
                Payer::Named(wanted) => name.as_ref() == Some(wanted),
            };
            if is_shown {
                shown += paid;
            }
        }
        let page = filter.page.max(1);
        let parties = buyer
            .paid_parties(&asked, &filter.part, u64::from(page))
            .await?;
        Ok(PaymentsView {
            year: asked.year,
            years: self.years(),
            part: filter.part,
            page,
            sums: sums(&shown),
            whole: sums(&whole),
            directions: found
                .into_iter()
                .map(|(name, paid)| DirectionRow {
                    name,
                    sums: sums(&paid),
                })
                .collect(),
            suppliers: parties.rows.into_iter().map(supplier).collect(),
            suppliers_total: parties.total,
            pages: pages(parties.total),
            kinds: asked.kinds,
            data_date,
        })
    }

    pub(super) async fn read_supplier_payments(
        &self,
        filter: PaymentsFilter,
    ) -> Result<SupplierPayments, DeskError> {
        let party = filter.part.party.clone();
        let party = party.ok_or(DeskError::App(AppError::NotFound))?;
        let asked = self.asked_of_ledger(filter.year)?;
        let buyer = &self.0.state.buyer;
        buyer.prepare(self.0.now()).await?;
        let page = filter.page.max(1);
        let found = buyer
            .paid_lines(&asked, &filter.part, u64::from(page))
            .await?;
        let decided = self.decisions_of(&party, &found.statuses).await?;
        let rows = found
            .rows
            .into_iter()
            .map(|line| payment(line, &asked.kinds, &found.statuses, &decided))
            .collect();
        Ok(SupplierPayments {
            year: asked.year,
            years: self.years(),
            part: filter.part,
            page,
            name: found.name,
            party,
            pages: pages(found.paid.payments),
            sums: sums(&found.paid),
            rows,
        })
    }

    /// The qualifications of the portal that these statuses come from, in one query.
    async fn decisions_of(
        &self,
        party: &str,
        statuses: &[StatusFound],
    ) -> Result<Vec<Qualification>, DeskError> {
        let on_portal = |status: &StatusFound| matches!(status.origin, Origin::Portal { .. });
        match Siren::parse(party) {
            Ok(siren) if statuses.iter().any(on_portal) => {
                Ok(qualifications::of_companies(self.0.state.store.read(), &[siren]).await?)
            }
            _ => Ok(Vec::new()),
        }
    }
}

pub(super) fn sums(paid: &Paid) -> PaidSums {
    let shown = |millionths| euros(Amount::from_millionths(millionths));
    PaidSums {
        payments: paid.payments,
        total: shown(paid.total),
        solidarity: shown(paid.solidarity),
        solidarity_low: shown(paid.solidarity_low),
        solidarity_high: shown(paid.solidarity_high),
        sme: shown(paid.sme),
        solidarity_rate: paid.rate(paid.solidarity),
        low_rate: paid.rate(paid.solidarity_low),
        high_rate: paid.rate(paid.solidarity_high),
        sme_rate: paid.rate(paid.sme),
    }
}

pub(super) fn supplier(found: PaidParty) -> PaidSupplier {
    PaidSupplier {
        siren: Siren::parse(&found.party).ok(),
        party: found.party,
        name: found.name,
        payments: found.payments,
        total: euros(found.total),
        solidarity: euros(found.solidarity),
    }
}

fn payment(
    line: PaidLine,
    kinds: &KindSet,
    statuses: &[StatusFound],
    decided: &[Qualification],
) -> PaymentRow {
    let because = statuses
        .iter()
        .filter(|_| line.solidarity)
        .filter(|status| {
            let missed = status.period.why_not(line.paid_on, line.siret.as_ref());
            missed.is_none()
        })
        .filter_map(|status| {
            let kind = status.kind.parse().ok()?;
            kinds.contains(kind).then(|| StatusSeen {
                kind,
                in_set: true,
                period: status.period.clone(),
                missed: None,
                reference: status.reference.clone(),
                authority: status.authority.clone(),
                origin: origin(&status.origin, status, decided),
            })
        })
        .collect();
    PaymentRow {
        paid_on: line.paid_on,
        amount: euros(line.amount),
        counted: counted(&line),
        because,
        direction: line.direction,
        reference: line.reference,
        siret: line.siret,
    }
}

pub(super) const fn counted(line: &PaidLine) -> Counted {
    match (line.solidarity, line.possible) {
        (true, _) => Counted::Yes,
        (false, true) => Counted::Perhaps,
        (false, false) => Counted::No,
    }
}
