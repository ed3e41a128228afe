//! The addresses of the agents' pages, written in one place for links, forms and redirections.

mod apart;

pub use apart::{
    concession_filter, concessions, restated, restated_filter, subcontract_filter, subcontracts,
    year_hours, year_hours_filter,
};

use domain::contracts::Mode;
use domain::identifiers::Siren;
use domain::indicators::{Dimension, Measure, Narrowing};
use domain::lifecycle::Status;
use leptos_router::location::Url;
use uuid::Uuid;

use crate::routes::path;
use crate::views::{
    ContractAddress, ContractFilter, Export, FiguresFilter, FileFormat, ImportAddress,
    LeversFilter, QueueFilter, QueueSort,
};

/// The value of `statut` that shows every status.
pub const EVERY_STATUS: &str = "toutes";
/// Says that the person chose the files of the levers, none of them perhaps; and each chosen file.
pub const CHOICE: &str = "choix";
pub const FILE: &str = "dossier";
/// No more files than this wait at once on the page.
const MOST_FILES: usize = 1_000;
const TO_CHECK: &str = "a-verifier";
/// The anchor of the last section of a review.
pub const SIGNATURE: &str = "signature";

pub fn review(id: Uuid) -> String {
    format!("{}/{id}", path::REVIEW)
}

pub fn signature(id: Uuid) -> String {
    format!("{}/{id}/signature", path::REVIEW)
}

pub fn qualification(id: Uuid) -> String {
    format!("/qualifications/{id}")
}

/// The anchor of a claim, by its rank from 1; of the signature beyond the last.
pub fn anchor(rank: usize) -> String {
    match rank {
        0 => SIGNATURE.to_owned(),
        rank => format!("affirmation-{rank}"),
    }
}

/// The queue as filtered; defaults are left out, so that the plain address shows what is to be reviewed.
pub fn queue(filter: &QueueFilter) -> String {
    let mut parts = Vec::new();
    match filter.status {
        Some(Status::Submitted) => {}
        Some(status) => parts.push(format!("statut={}", status.code())),
        None => parts.push(format!("statut={EVERY_STATUS}")),
    }
    if !filter.search.is_empty() {
        parts.push(format!("q={}", Url::escape(&filter.search)));
    }
    if filter.sort != QueueSort::default() {
        parts.push(format!("tri={}", sort_code(filter.sort)));
    }
    if filter.page > 1 {
        parts.push(format!("page={}", filter.page));
    }
    with_query(path::REVIEW, &parts)
}

/// The list of qualifications as searched.
pub fn qualifications(search: &str, page: u32) -> String {
    let mut parts = Vec::new();
    if !search.is_empty() {
        parts.push(format!("q={}", Url::escape(search)));
    }
    if page > 1 {
        parts.push(format!("page={page}"));
    }
    with_query(path::QUALIFICATIONS, &parts)
}

/// The commitments; those with hours to check alone if `to_check`.
pub fn commitments(to_check: bool, page: u32) -> String {
    let mut parts = Vec::new();
    if to_check {
        parts.push(format!("heures={TO_CHECK}"));
    }
    if page > 1 {
        parts.push(format!("page={page}"));
    }
    with_query(path::COMMITMENTS, &parts)
}

/// Whether an address asks for the commitments with hours to check alone.
pub fn hours_to_check(get: impl Fn(&str) -> Option<String>) -> bool {
    get("heures").as_deref() == Some(TO_CHECK)
}

/// A list as a file, with the filters of the page that shows it.
pub fn export(list: Export, format: FileFormat, page: &str) -> String {
    let query = page.split_once('?').map(|(_, query)| query.to_owned());
    let file = format!("{}/{}.{}", path::EXPORTS, list.code(), format.code());
    with_query(&file, &query.into_iter().collect::<Vec<_>>())
}

/// The figures of a year.
pub fn indicators(filter: &FiguresFilter) -> String {
    let mut parts: Vec<String> = filter
        .year
        .map(|year| format!("annee={year}"))
        .into_iter()
        .collect();
    parts.extend(in_mode(filter.mode));
    parts.extend(in_part(&filter.narrowing));
    if filter.by != Dimension::default() {
        parts.push(format!("par={}", filter.by.code()));
    }
    with_query(path::INDICATORS, &parts)
}

/// What moves the solidarity figure; the chosen files are in the address.
pub fn levers(filter: &LeversFilter) -> String {
    let mut parts: Vec<String> = filter
        .year
        .map(|year| format!("annee={year}"))
        .into_iter()
        .collect();
    parts.extend(in_mode(filter.mode));
    if let Some(chosen) = &filter.chosen {
        parts.push(format!("{CHOICE}=1"));
        parts.extend(chosen.iter().map(|id| format!("{FILE}={id}")));
    }
    if filter.page > 1 {
        parts.push(format!("page={}", filter.page));
    }
    with_query(path::LEVERS, &parts)
}

/// Reads what the page of levers is asked.
pub fn levers_filter(
    query: impl Fn(&str) -> Option<String>,
    queries: impl Fn(&str) -> Vec<String>,
) -> LeversFilter {
    let ids = || {
        let typed = queries(FILE).into_iter().take(MOST_FILES);
        let mut ids: Vec<Uuid> = typed.filter_map(|id| Uuid::parse_str(&id).ok()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    LeversFilter {
        year: year(query("annee")),
        mode: mode(query("etat")),
        chosen: query(CHOICE).map(|_| ids()),
        page: page_number(query("page")),
    }
}

/// The contracts behind a figure.
pub fn contracts(filter: &ContractFilter) -> String {
    let mut parts = vec![format!("annee={}", filter.year)];
    parts.extend(in_mode(filter.mode));
    parts.push(format!("mesure={}", filter.measure.code()));
    if let Some(supplier) = &filter.supplier {
        parts.push(format!("fournisseur={supplier}"));
    }
    parts.extend(in_part(&filter.narrowing));
    if filter.page > 1 {
        parts.push(format!("page={}", filter.page));
    }
    with_query(path::INDICATOR_CONTRACTS, &parts)
}

fn in_part(narrowing: &Narrowing) -> impl Iterator<Item = String> {
    narrowing
        .parts()
        .map(|(dimension, key)| format!("{}={}", dimension.code(), Url::escape(key)))
}

/// The imports, with what to say on them.
pub fn imports_with(said: &str) -> String {
    format!("{}?{said}", path::IMPORTS)
}

pub fn imports(page: u32) -> String {
    let page = (page > 1).then(|| format!("page={page}"));
    with_query(path::IMPORTS, &page.into_iter().collect::<Vec<_>>())
}

/// One import, from a record that it set aside on, or with one to correct.
pub fn import(at: &ImportAddress) -> String {
    let mut parts = Vec::new();
    if at.after > 0 {
        parts.push(format!("apres={}", at.after));
    }
    if let Some(position) = at.correct {
        parts.push(format!("corriger={position}"));
    }
    with_query(&format!("{}/{}", path::IMPORTS, at.id), &parts)
}

/// A page of the frozen years.
pub fn frozen_years(page: u32) -> String {
    let page = (page > 1).then(|| format!("page={page}"));
    with_query(path::FROZEN_YEARS, &page.into_iter().collect::<Vec<_>>())
}

/// The frozen years with what to say on the page.
pub fn frozen_years_with(said: &str) -> String {
    format!("{}?{said}", path::FROZEN_YEARS)
}

/// One contract.
pub fn contract(at: &ContractAddress) -> String {
    let path = format!(
        "{}/{}/{}",
        path::INDICATOR_CONTRACTS,
        Url::escape(&at.buyer_siret),
        Url::escape(&at.contract_id)
    );
    with_query(&path, &in_mode(at.mode))
}

/// The same, with what to say on it.
pub fn contract_with(at: &ContractAddress, said: &str) -> String {
    let page = contract(at);
    let sign = if page.contains('?') { '&' } else { '?' };
    format!("{page}{sign}{said}")
}

/// Nothing for the headline.
fn in_mode(mode: Mode) -> Vec<String> {
    if mode == Mode::default() {
        return Vec::new();
    }
    vec![format!("etat={}", mode_code(mode))]
}

/// The value of `etat`.
pub const fn mode_code(mode: Mode) -> &'static str {
    match mode {
        Mode::Initial => "notifie",
        Mode::Current => "modifie",
    }
}

/// What is not understood is the headline.
pub fn mode(typed: Option<String>) -> Mode {
    let wanted = |mode: &Mode| typed.as_deref() == Some(mode_code(*mode));
    Mode::ALL.into_iter().find(wanted).unwrap_or_default()
}

pub(super) fn year(typed: Option<String>) -> Option<i32> {
    typed.and_then(|year| year.parse().ok())
}

/// Reads which figures a page shows.
pub fn figures_filter(query: impl Fn(&str) -> Option<String>) -> FiguresFilter {
    FiguresFilter {
        year: year(query("annee")),
        mode: mode(query("etat")),
        by: query("par")
            .and_then(|code| Dimension::from_code(&code))
            .unwrap_or_default(),
        narrowing: Narrowing::read(query),
    }
}

/// Reads which contracts a list shows; without a year, those of the present one.
pub fn contract_filter(query: impl Fn(&str) -> Option<String>) -> ContractFilter {
    ContractFilter {
        year: year(query("annee")).unwrap_or_default(),
        mode: mode(query("etat")),
        measure: query("mesure")
            .and_then(|code| Measure::from_code(&code))
            .unwrap_or_default(),
        supplier: query("fournisseur").and_then(|typed| Siren::parse(&typed).ok()),
        page: page_number(query("page")),
        narrowing: Narrowing::read(query),
    }
}

pub(super) fn with_query(path: &str, parts: &[String]) -> String {
    if parts.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", parts.join("&"))
    }
}

/// The value of `tri`.
pub const fn sort_code(sort: QueueSort) -> &'static str {
    match sort {
        QueueSort::Oldest => "ancien",
        QueueSort::Newest => "recent",
        QueueSort::Name => "nom",
        QueueSort::Stake => "enjeu",
    }
}

/// Reads the filter of the queue; what is not understood is the default.
pub fn queue_filter(query: impl Fn(&str) -> Option<String>) -> QueueFilter {
    let status = match query("statut").as_deref() {
        Some(EVERY_STATUS) => None,
        Some(code) => Some(code.parse().unwrap_or(Status::Submitted)),
        None => Some(Status::Submitted),
    };
    let sort = query("tri").and_then(|code| {
        QueueSort::ALL
            .into_iter()
            .find(|sort| sort_code(*sort) == code)
    });
    QueueFilter {
        status,
        search: searched(query("q")),
        sort: sort.unwrap_or_default(),
        page: page_number(query("page")),
    }
}

/// What is searched, without the spaces around and no longer than a name.
pub fn searched(typed: Option<String>) -> String {
    typed.unwrap_or_default().trim().chars().take(200).collect()
}

pub fn page_number(typed: Option<String>) -> u32 {
    typed.and_then(|page| page.parse().ok()).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> QueueFilter {
        queue_filter(|name| {
            pairs
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_address_holds_the_filter() {
        assert_eq!(queue(&read(&[])), "/instruction");
        let filter = read(&[
            ("statut", "in_review"),
            ("q", " L’Atelier & Cie "),
            ("tri", "nom"),
            ("page", "3"),
        ]);
        assert_eq!(
            queue(&filter),
            "/instruction?statut=in_review&q=L%E2%80%99Atelier%20%26%20Cie&tri=nom&page=3"
        );
        assert_eq!(
            queue(&read(&[("statut", "toutes")])),
            "/instruction?statut=toutes"
        );
    }

    #[test]
    fn the_part_of_the_year_is_in_the_address() {
        let query = |name: &str| {
            let value = match name {
                "annee" => "2025",
                "etat" => "modifie",
                "lieu" => "13",
                "etablissement" => "A&B",
                "par" => "genre",
                "cpv" => "x",
                _ => return None,
            };
            Some(value.to_owned())
        };
        assert_eq!(
            indicators(&figures_filter(query)),
            "/instruction/indicateurs?annee=2025&etat=modifie&etablissement=A%26B&lieu=13&par=genre"
        );
        assert_eq!(
            contracts(&contract_filter(query)),
            "/instruction/indicateurs/marches?annee=2025&etat=modifie&mesure=tous&etablissement=A%26B&lieu=13"
        );
    }

    #[test]
    fn what_is_not_understood_is_the_default() {
        let odd = read(&[("statut", "x"), ("tri", "x"), ("page", "-1")]);
        assert_eq!(odd, read(&[]));
        assert_eq!(odd.page, 1);
    }
}
