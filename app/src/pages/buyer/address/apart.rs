//! The addresses of the lists beside the figures.

use super::{in_mode, mode, page_number, with_query, year};
use crate::routes::path;
use crate::views::{ConcessionFilter, RestatedFilter, SubcontractFilter, YearHoursFilter};

/// The subcontracts that count.
pub fn subcontracts(filter: &SubcontractFilter) -> String {
    let mut parts: Vec<String> = of_year(filter.year).collect();
    parts.extend(in_mode(filter.mode));
    parts.extend(on_page(filter.page));
    with_query(path::SUBCONTRACTS, &parts)
}

/// Reads which subcontracts a list shows.
pub fn subcontract_filter(query: impl Fn(&str) -> Option<String>) -> SubcontractFilter {
    SubcontractFilter {
        year: year(query("annee")),
        mode: mode(query("etat")),
        page: page_number(query("page")),
    }
}

/// The concessions.
pub fn concessions(filter: &ConcessionFilter) -> String {
    let mut parts: Vec<String> = of_year(filter.year).collect();
    parts.extend(on_page(filter.page));
    with_query(path::CONCESSIONS, &parts)
}

/// Reads which concessions a list shows.
pub fn concession_filter(query: impl Fn(&str) -> Option<String>) -> ConcessionFilter {
    ConcessionFilter {
        year: year(query("annee")),
        page: page_number(query("page")),
    }
}

/// The insertion commitments of a year.
pub fn year_hours(filter: &YearHoursFilter) -> String {
    let mut parts: Vec<String> = of_year(filter.year).collect();
    parts.extend(on_page(filter.page));
    with_query(path::YEAR_HOURS, &parts)
}

/// Reads which commitments a list shows.
pub fn year_hours_filter(query: impl Fn(&str) -> Option<String>) -> YearHoursFilter {
    YearHoursFilter {
        year: year(query("annee")),
        page: page_number(query("page")),
    }
}

/// What changed since an edition was frozen.
pub fn restated(filter: &RestatedFilter) -> String {
    let mut parts: Vec<String> = of_year(filter.year).collect();
    parts.push(format!("edition={}", filter.edition));
    parts.extend(in_mode(filter.mode));
    parts.extend(on_page(filter.page));
    with_query(path::RESTATED, &parts)
}

/// Reads which edition is compared: the first one when none is given.
pub fn restated_filter(query: impl Fn(&str) -> Option<String>) -> RestatedFilter {
    let edition = query("edition").and_then(|edition| edition.parse().ok());
    RestatedFilter {
        year: year(query("annee")),
        edition: edition.unwrap_or(1),
        mode: mode(query("etat")),
        page: page_number(query("page")),
    }
}

fn of_year(year: Option<i32>) -> impl Iterator<Item = String> {
    year.into_iter().map(|year| format!("annee={year}"))
}

fn on_page(page: u32) -> Option<String> {
    (page > 1).then(|| format!("page={page}"))
}
