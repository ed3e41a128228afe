//! What changed in a year since an edition of it was frozen: the edition's own lines beside those of today.

use app::error::AppError;
use app::views::{RateChange, RestatedFilter, RestatedRow, RestatedView};
use domain::contracts::RULE_VERSION;
use domain::decimal::Hundredths;
use domain::indicators::{Asked, PublishedLine, RestatedContract, Restatement, report, restate};
use store::buyer::frozen::{FrozenYear, columns};

use super::frozen::Rates;
use super::{BuyerService, pages};
use crate::desks::error::DeskError;

/// Rows of a page.
const PAGE: usize = 25;

/// An edition beside the data of today.
pub(super) struct Compared {
    pub(super) asked: Asked,
    pub(super) frozen: FrozenYear,
    pub(super) restated: Restatement,
}

impl BuyerService {
    pub(super) async fn compare(&self, filter: &RestatedFilter) -> Result<Compared, DeskError> {
        let asked = self.asked(self.year(filter.year), filter.mode)?;
        let buyer = &self.0.state.buyer;
        buyer.prepare(self.0.now()).await?;
        let states = buyer.frozen_edition(asked.year, filter.edition).await?;
        let frozen = states.into_iter().find(|one| one.mode == filter.mode);
        let frozen = frozen.ok_or(AppError::NotFound)?;
        let before = buyer.frozen_whole(&frozen).await?;
        let after = buyer.year_lines(&asked, self.0.today()).await?;
        let restated = restate(&lines(before), &lines(after));
        Ok(Compared {
            asked,
            frozen,
            restated,
        })
    }

    pub(super) async fn read_restated(
        &self,
        filter: RestatedFilter,
    ) -> Result<RestatedView, DeskError> {
        let Compared {
            asked,
            frozen,
            restated,
        } = self.compare(&filter).await?;
        let buyer = &self.0.state.buyer;
        let facts = buyer.year_facts(&asked, self.0.today()).await?;
        let now = serde_json::to_string(&report(&asked, &facts)).map_err(std::io::Error::from)?;
        let (before, after) = (Rates::of(&frozen.figures)?, Rates::of(&now)?);
        let change = |of: fn(&Rates) -> Option<Hundredths>| RateChange {
            before: of(&before),
            after: of(&after),
        };
        let kinds: Vec<&str> = asked.kinds.0.iter().map(|kind| kind.code()).collect();
        let total = restated.contracts.len();
        let skipped = usize::try_from(filter.page.max(1) - 1).unwrap_or(0) * PAGE;
        let shown: Vec<RestatedContract> = restated
            .contracts
            .into_iter()
            .skip(skipped)
            .take(PAGE)
            .collect();
        Ok(RestatedView {
            filter,
            year: asked.year,
            frozen_at: frozen.frozen_at,
            other_rules: kinds.join(" ") != frozen.kinds
                || frozen.rule_version != RULE_VERSION
                || frozen.buyer_siren != asked.buyer.as_str(),
            environmental: change(|rates| rates.environmental),
            social: change(|rates| rates.social),
            solidarity: change(|rates| rates.solidarity),
            causes: restated.causes.into_iter().collect(),
            whole: restated.whole,
            rows: self.titled(&asked, shown).await?,
            pages: pages(total as u64),
        })
    }

    /// With what each contract is about.
    pub(super) async fn titled(
        &self,
        asked: &Asked,
        contracts: Vec<RestatedContract>,
    ) -> Result<Vec<RestatedRow>, DeskError> {
        let key = |one: &RestatedContract| (one.buyer_siret.clone(), one.contract_id.clone());
        let keys: Vec<_> = contracts.iter().map(key).collect();
        let buyer = &self.0.state.buyer;
        let mut titles = buyer.contract_titles(asked, &keys).await?;
        let rows = contracts.into_iter().map(|contract| {
            let title = titles.remove(&key(&contract)).unwrap_or_default();
            RestatedRow {
                contract,
                object: title.object,
                holders: title.holder_names,
            }
        });
        Ok(rows.collect())
    }
}

/// Lines of the published file by the names of its columns.
fn lines(rows: Vec<Vec<Option<String>>>) -> Vec<PublishedLine> {
    rows.into_iter()
        .map(|row| {
            let mut line = PublishedLine::default();
            for ((name, _), value) in columns().zip(row) {
                let yes = value.as_deref() == Some("1");
                match name {
                    "buyer_siret" => line.buyer_siret = value.unwrap_or_default(),
                    "contract_id" => line.contract_id = value.unwrap_or_default(),
                    "amount" => line.amount = value,
                    "in_amounts" => line.in_amounts = yes,
                    "holder" => line.holder = value,
                    "share" => line.share = value,
                    "solidarity" => line.solidarity = yes,
                    "environmental_clause" => line.environmental = yes,
                    "social_clause" => line.social = yes,
                    _ => {}
                }
            }
            line
        })
        .collect()
}
