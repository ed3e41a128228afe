//! The published lists at the desk of an administrator: shown, read, put in force, taken back.

use std::collections::{BTreeMap, BTreeSet};

use app::pages::admin::lists::ListProblem;
use app::views::{
    ListFile, ListImportView, ListInForce, ListLine, ListTurn, ListView, ListsView, RollBack,
};
use chrono::NaiveDate;
use domain::lists::{ListKind, Mapping};
use store::lists::{self, Import, NotPut, State, TurnAct};
use store::{Txn, accounts};
use uuid::Uuid;

use super::admin::AdminService;
use super::common::{account_of, not_found};
use super::error::DeskError;
use crate::lists::{self as service, By, Put};

/// Files and changes that the page of a list shows.
const SHOWN: u64 = 50;
/// Files to decide about that are counted.
const PENDING: u64 = 200;

impl AdminService {
    fn by(&self) -> By {
        By::Administrator(account_of(&self.0))
    }

    /// The names of those who did something.
    async fn names(
        &self,
        people: impl IntoIterator<Item = Option<Uuid>>,
    ) -> Result<BTreeMap<Uuid, String>, DeskError> {
        let people: BTreeSet<Uuid> = people.into_iter().flatten().collect();
        let people: Vec<Uuid> = people.into_iter().collect();
        if people.is_empty() {
            return Ok(BTreeMap::new());
        }
        let accounts = accounts::by_ids(self.0.state.store.read(), &people).await?;
        Ok(accounts
            .into_iter()
            .map(|account| (account.id, account.name))
            .collect())
    }

    fn in_force(
        &self,
        import: &Import,
        since: chrono::DateTime<chrono::Utc>,
        names: &BTreeMap<Uuid, String>,
    ) -> ListInForce {
        let age = (self.0.today() - import.published_on).num_days();
        ListInForce {
            import: import.id,
            published_on: import.published_on,
            since,
            rows: import.rows,
            file_name: import.file_name.clone(),
            by: name(names, import.by),
            old: age > import.list.fresh_days(),
        }
    }

    pub(super) async fn read_lists(&self) -> Result<ListsView, DeskError> {
        let db = self.0.state.store.read();
        let in_force = lists::in_force(db).await?;
        let pending = lists::pending(db, PENDING).await?;
        let names = self
            .names(in_force.iter().map(|(import, _)| import.by))
            .await?;
        let line = |list: ListKind| ListLine {
            list,
            in_force: in_force
                .iter()
                .find(|(import, _)| import.list == list)
                .map(|(import, since)| self.in_force(import, *since, &names)),
            pending: pending.iter().filter(|import| import.list == list).count(),
        };
        Ok(ListsView {
            lists: ListKind::ALL.map(line).to_vec(),
        })
    }

    pub(super) async fn read_list(&self, list: ListKind) -> Result<ListView, DeskError> {
        let db = self.0.state.store.read();
        let in_force = lists::in_force(db).await?;
        let in_force = in_force.into_iter().find(|(import, _)| import.list == list);
        let files = lists::imports(db, list, SHOWN).await?;
        let turns = lists::turns(db, list, SHOWN).await?;
        let senders = files.iter().map(|file| file.by);
        let deciders = turns.iter().map(|turn| turn.by);
        let sender = in_force.iter().map(|(import, _)| import.by);
        let names = self.names(senders.chain(deciders).chain(sender)).await?;
        let current = in_force.as_ref().map(|(import, _)| import.id);
        let kept = |id: i64| {
            let before = files.iter().find(|file| file.id == id);
            before.is_some_and(|before| before.rows_kept)
        };
        let roll_back = in_force
            .as_ref()
            .filter(|(import, _)| import.base.is_none_or(kept))
            .map(|(import, _)| RollBack {
                import: import.id,
                back_to: import.base,
            });
        let undecided = [State::Sent, State::Reading, State::Read];
        Ok(ListView {
            line: ListLine {
                list,
                in_force: in_force
                    .as_ref()
                    .map(|(import, since)| self.in_force(import, *since, &names)),
                pending: files
                    .iter()
                    .filter(|file| undecided.contains(&file.state))
                    .count(),
            },
            files: files
                .iter()
                .map(|file| ListFile {
                    id: file.id,
                    state: file.state,
                    in_force: current == Some(file.id),
                    file_name: file.file_name.clone(),
                    published_on: file.published_on,
                    rows: file.rows,
                    by: name(&names, file.by),
                    sent_at: file.sent_at,
                })
                .collect(),
            turns: turns
                .into_iter()
                .map(|turn| ListTurn {
                    taken_back: turn.act == TurnAct::RolledBack,
                    import: turn.import,
                    reason: turn.reason,
                    by: name(&names, turn.by),
                    at: turn.at,
                })
                .collect(),
            roll_back,
            largest: self.0.state.config.lists.max_bytes,
        })
    }

    pub(super) async fn read_list_import(
        &self,
        list: ListKind,
        id: i64,
    ) -> Result<ListImportView, DeskError> {
        let db = self.0.state.store.read();
        let found = lists::find(db, id).await?;
        let import = not_found(found.filter(|import| import.list == list))?;
        let in_force = lists::in_force(db).await?;
        let current = in_force.iter().find(|(one, _)| one.list == list);
        let current = current.map(|(one, _)| one.id);
        let names = self.names([import.by]).await?;
        let percent = self.0.state.config.lists.shrink_percent;
        let outcome = import.outcome;
        Ok(ListImportView {
            list,
            id,
            state: import.state,
            in_force: current == Some(id),
            size_bytes: u64::try_from(import.size_bytes).unwrap_or(0),
            outdated: import.state == State::Read && current != import.base,
            shrinks: outcome
                .as_ref()
                .is_some_and(|outcome| outcome.shrinks(percent)),
            shrink_percent: percent,
            by: name(&names, import.by),
            file_name: import.file_name,
            format: import.format,
            sha256: import.sha256,
            published_on: import.published_on,
            headings: import.headings,
            sample: import.sample,
            mapping: import.mapping,
            outcome,
            failure: import.failure,
            sent_at: import.sent_at,
        })
    }

    pub(super) async fn start_reading(
        &self,
        id: i64,
        columns: Mapping,
        published_on: Option<NaiveDate>,
    ) -> Result<Option<ListProblem>, DeskError> {
        let state = &self.0.state;
        let import = not_found(lists::find(state.store.read(), id).await?)?;
        if !matches!(
            import.state,
            State::Sent | State::Read | State::Failed | State::Reading
        ) {
            return Ok(Some(ListProblem::Settled));
        }
        let problem = match published_on {
            None => Some(ListProblem::DateWrong),
            Some(day) if day > self.0.today() => Some(ListProblem::DateFuture),
            Some(_) => None,
        };
        if let Some(problem) = problem {
            // The columns that were chosen come back all the same.
            let (now, date) = (self.0.now(), import.published_on);
            let kept = state
                .store
                .write(async |txn: Txn| lists::change(&txn, id, &columns, date, now).await);
            kept.await?;
            return Ok(Some(problem));
        }
        let day = published_on.unwrap_or(import.published_on);
        let read = service::read_in_background(state, id, columns, day).await;
        Ok(if read {
            None
        } else {
            Some(ListProblem::Settled)
        })
    }

    pub(super) async fn force_list(
        &self,
        id: i64,
        confirmed: bool,
    ) -> Result<Option<ListProblem>, DeskError> {
        let put = service::put_in_force(&self.0.state, id, confirmed, self.by()).await;
        Ok(match put? {
            Put::Done => None,
            Put::Shrinks => Some(ListProblem::Shrinks),
            Put::Not(not) => Some(problem(not)),
        })
    }

    pub(super) async fn throw_list_away(&self, id: i64) -> Result<Option<ListProblem>, DeskError> {
        let done = service::discard(&self.0.state, id, self.by()).await?;
        Ok((!done).then_some(ListProblem::Settled))
    }

    pub(super) async fn take_list_back(
        &self,
        id: i64,
        reason: &str,
    ) -> Result<Option<ListProblem>, DeskError> {
        let done = service::roll_back(&self.0.state, id, reason, self.by()).await?;
        Ok(done.err().map(problem))
    }
}

fn name(names: &BTreeMap<Uuid, String>, who: Option<Uuid>) -> String {
    who.and_then(|who| names.get(&who))
        .cloned()
        .unwrap_or_default()
}

const fn problem(not: NotPut) -> ListProblem {
    match not {
        NotPut::NotRead => ListProblem::Settled,
        NotPut::Outdated => ListProblem::Outdated,
        NotPut::NothingBefore => ListProblem::NothingBefore,
    }
}
