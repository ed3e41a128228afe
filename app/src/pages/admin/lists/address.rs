//! The addresses of the lists and of their files.

use domain::lists::ListKind;

use crate::routes::path;

/// The page of a list.
pub fn list(list: ListKind) -> String {
    format!("{}/{}", path::LISTS, list.slug())
}

/// The same, saying something.
pub fn list_with(of: ListKind, query: &str) -> String {
    format!("{}?{query}", list(of))
}

/// Where the form of a list sends a file.
pub fn upload(of: ListKind) -> String {
    format!("{}/depot", list(of))
}

/// The page of a file.
pub fn import(of: ListKind, id: i64) -> String {
    format!("{}/{id}", list(of))
}

pub fn import_with(of: ListKind, id: i64, query: &str) -> String {
    format!("{}?{query}", import(of, id))
}
