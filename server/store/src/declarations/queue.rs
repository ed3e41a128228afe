//! The reviewers' queue: counts by status, search, sort, pages of 25, in at most three queries.

use chrono::{DateTime, Utc};
use domain::{claims::Kind, identifiers::Siren, lifecycle::Status};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, Order, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, RelationTrait, Select,
    sea_query::{Asterisk, Condition, Expr, ExprTrait, LikeExpr, Query},
};
use uuid::Uuid;

use crate::{
    entities::{
        account, claim, company,
        declaration::{Column, Entity, Relation},
    },
    error::StoreError,
    search::Question,
    sql::{capped_count, joined, line, uuid_text},
    store::Store,
    stored,
};

/// Rows of one page.
pub const PAGE_SIZE: u64 = 25;
/// Beyond this many, the total is not counted and further pages are not given.
pub const TOTAL_CAP: u64 = 1000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QueueSort {
    /// Waiting for the longest first.
    #[default]
    Oldest,
    Newest,
    /// By the name of the company.
    Name,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueAsked {
    /// `None`: all that were sent.
    pub status: Option<Status>,
    /// A name, a SIREN, a SIRET or a reference, or the beginning of one.
    pub search: String,
    pub sort: QueueSort,
    /// These come before all others, in this order.
    pub first: Vec<Uuid>,
    /// From 1.
    pub page: u64,
}

/// How many declarations are in each status; a status without any is left out.
pub type Counts = Vec<(Status, u64)>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuePage {
    /// Of all that were sent, whatever was searched.
    pub counts: Counts,
    pub rows: Vec<QueueRow>,
    /// At most `TOTAL_CAP`.
    pub total: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueRow {
    pub id: Uuid,
    pub siren: Siren,
    pub company_name: String,
    pub reference: String,
    pub status: Status,
    /// Each once, in the order in which they are told everywhere.
    pub kinds: Vec<Kind>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub reviewer_name: Option<String>,
}

pub async fn queue(store: &Store, asked: &QueueAsked) -> Result<QueuePage, StoreError> {
    let db = store.read();
    let counts = store.counts(counts(db)).await?;
    let question = Question::read(&asked.search);
    let total = if question.is_some() {
        let matching = filtered(asked, question.as_ref())
            .join(JoinType::InnerJoin, Relation::Company.def())
            .into_query();
        capped_count(db, matching, TOTAL_CAP).await?
    } else {
        // Without a question the counts have the answer.
        let wanted = counts
            .iter()
            .filter(|(status, _)| asked.status.is_none_or(|wanted| wanted == *status));
        Ord::min(wanted.map(|(_, count)| count).sum(), TOTAL_CAP)
    };
    let offset = asked.page.saturating_sub(1).saturating_mul(PAGE_SIZE);
    if offset >= total {
        return Ok(QueuePage {
            counts,
            rows: Vec::new(),
            total,
        });
    }
    let order = match asked.sort {
        QueueSort::Oldest | QueueSort::Name => Order::Asc,
        QueueSort::Newest => Order::Desc,
    };
    // Only what a line shows: the answers of a declaration and the facts of a company are long, and nobody reads them here.
    let own = |column| Expr::col((Entity, column));
    let backend = db.get_database_backend();
    let values = [
        uuid_text(backend, own(Column::Id)),
        own(Column::Siren),
        own(Column::Reference),
        own(Column::Status),
        own(Column::SubmittedAt),
        Expr::col((company::Entity, company::Column::Name)),
        Expr::col((account::Entity, account::Column::Name)),
        kinds_of_declaration(),
    ];
    let sorted = |query: Select<Entity>| {
        let query = match asked.sort {
            QueueSort::Oldest | QueueSort::Newest => {
                query.order_by(Column::SubmittedAt, order.clone())
            }
            QueueSort::Name => query.order_by(company::Column::SearchName, order.clone()),
        };
        query.order_by(Column::Id, order.clone())
    };
    let (limit, lines) = (
        Ord::min(PAGE_SIZE, TOTAL_CAP - offset),
        line(backend, values),
    );
    let all = filtered(asked, question.as_ref()).join(JoinType::InnerJoin, Relation::Company.def());
    let query = if asked.first.is_empty() {
        sorted(all).limit(limit).offset(offset)
    } else {
        // Which lines are shown is decided before anything of them is read: this order has no index.
        let page = sorted(ranked(all, &asked.first))
            .select_only()
            .column(Column::Id)
            .limit(limit)
            .offset(offset)
            .into_query();
        let shown = Entity::find()
            .join(JoinType::InnerJoin, Relation::Company.def())
            .filter(Column::Id.in_subquery(page));
        sorted(ranked(shown, &asked.first))
    };
    let found = query
        .join(JoinType::LeftJoin, Relation::Reviewer.def())
        .select_only()
        .column_as(lines, "line")
        .into_tuple::<String>()
        .all(db)
        .await?;
    let rows = found
        .iter()
        .map(|line| read(stored::json(line, "declarations")?))
        .collect::<Result<_, _>>()?;
    Ok(QueuePage {
        counts,
        rows,
        total,
    })
}

/// The values of a row, in the order in which they are selected.
type Line = (
    Uuid,
    String,
    String,
    String,
    Option<DateTime<Utc>>,
    String,
    Option<String>,
    Option<String>,
);

fn read(line: Line) -> Result<QueueRow, StoreError> {
    let (id, siren, reference, status, submitted_at, company_name, reviewer_name, kinds) = line;
    Ok(QueueRow {
        id,
        siren: stored::siren(&siren)?,
        company_name,
        reference,
        status: status
            .parse()
            .map_err(|_| StoreError::corrupt("declarations.status"))?,
        kinds: each_once(kinds.as_deref())?,
        submitted_at,
        reviewer_name,
    })
}

/// Puts these declarations before the others, in this order.
fn ranked(mut query: Select<Entity>, first: &[Uuid]) -> Select<Entity> {
    let rank = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
    let values = first.iter().enumerate().map(|(at, id)| (*id, rank(at)));
    let ranks = Query::select()
        .column(Asterisk)
        .from_values(values, "listed")
        .take();
    let of_line = Expr::col(("ranks", "column1")).equals((Entity, Column::Id));
    QueryTrait::query(&mut query)
        .join_subquery(JoinType::LeftJoin, ranks, "ranks", of_line)
        .order_by_expr(
            Expr::col(("ranks", "column2")).if_null(rank(first.len())),
            Order::Asc,
        );
    query
}

fn filtered(asked: &QueueAsked, question: Option<&Question>) -> Select<Entity> {
    let mut query = Entity::find().filter(Column::SubmittedAt.is_not_null());
    if let Some(status) = asked.status {
        query = query.filter(Column::Status.eq(status.code()));
    }
    if let Some(question) = question {
        let mut any = Condition::any();
        if let Some(siren) = &question.siren {
            any = any.add(Column::Siren.starts_with(siren));
        }
        if let Some(reference) = &question.reference {
            any = any.add(Column::Reference.starts_with(reference));
        }
        if let Some(words) = words(question) {
            any = any.add(words);
        }
        query = query.filter(any);
    }
    query
}

/// Every word of the question begins a word of the company's name.
pub(crate) fn words(question: &Question) -> Option<Condition> {
    if question.words.is_empty() {
        return None;
    }
    // Folded words hold letters and digits only, so nothing in them is a wildcard.
    let like = |word: &String| {
        Expr::col((company::Entity, company::Column::SearchName))
            .like(LikeExpr::new(format!("% {word}%")))
    };
    Some(
        question
            .words
            .iter()
            .fold(Condition::all(), |all, word| all.add(like(word))),
    )
}

#[derive(FromQueryResult)]
struct CountRow {
    status: String,
    count: i64,
}

async fn counts(db: &impl ConnectionTrait) -> Result<Counts, StoreError> {
    let rows = Entity::find()
        .select_only()
        .column(Column::Status)
        .column_as(Column::Id.count(), "count")
        .filter(Column::SubmittedAt.is_not_null())
        .group_by(Column::Status)
        .into_model::<CountRow>()
        .all(db)
        .await?;
    let mut counts = rows
        .into_iter()
        .map(|row| {
            let status = row
                .status
                .parse()
                .map_err(|_| StoreError::corrupt("declarations.status"))?;
            Ok((status, u64::try_from(row.count).unwrap_or(0)))
        })
        .collect::<Result<Counts, StoreError>>()?;
    counts.sort_unstable();
    Ok(counts)
}

/// The kinds of the claims with a space between: one value of the line instead of a query of their own.
fn kinds_of_declaration() -> Expr {
    let of_line =
        Expr::col((claim::Entity, claim::Column::DeclarationId)).equals((Entity, Column::Id));
    let kinds = Query::select()
        .expr(joined("kind"))
        .from(claim::Entity)
        .and_where(of_line)
        .take();
    Expr::SubQuery(None, Box::new(kinds.into()))
}

fn each_once(written: Option<&str>) -> Result<Vec<Kind>, StoreError> {
    let mut kinds = written
        .unwrap_or_default()
        .split_ascii_whitespace()
        .map(|code| code.parse().map_err(|_| StoreError::corrupt("claims.kind")))
        .collect::<Result<Vec<Kind>, _>>()?;
    kinds.sort_unstable();
    kinds.dedup();
    Ok(kinds)
}
