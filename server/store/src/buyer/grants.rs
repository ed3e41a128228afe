//! The rights of the roles that are not the owner of the buyer database, on `PostgreSQL`: the portal that writes, and the
//! analyst who reads.

use super::schema::{
    APPEND_ONLY, FEED_INBOX, LAST_CHANGE, LEDGER_MAPPINGS, REPLACED_ROWS, TABLES, VIEWS,
};

/// A name that is no name of a role as we write them: small letters, digits and underscores, a letter first.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} : un rôle s’écrit en minuscules, chiffres et _, une lettre d’abord")]
pub struct NotARole(String);

/// What only the portal needs.
const INTERNAL: [&str; 4] = [
    FEED_INBOX.name,
    LAST_CHANGE.name,
    LEDGER_MAPPINGS.name,
    REPLACED_ROWS.name,
];
/// What only an installation writes.
const INSTALLED: [&str; 2] = ["schema_version", "schema_comments"];

/// The statements that the owner runs once, and again after each new version of the schema. `writer` may change rows and no
/// definition, and may only add where rows never change; `analyst` may read.
pub fn grants(writer: &str, analyst: &str) -> Result<String, NotARole> {
    for role in [writer, analyst] {
        let mut letters = role.chars();
        let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        // Everybody, and nobody: no roles of their own.
        let reserved = matches!(role, "public" | "none");
        if reserved
            || !letters.next().is_some_and(|c| c.is_ascii_lowercase())
            || !letters.all(known)
        {
            return Err(NotARole(role.to_owned()));
        }
    }
    let (writer, analyst) = (format!("\"{writer}\""), format!("\"{analyst}\""));
    let views: Vec<&str> = VIEWS.iter().map(|view| view.name).collect();
    let tables: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    let fixed: Vec<&str> = APPEND_ONLY.iter().map(|table| table.name).collect();
    let of = |wanted: &dyn Fn(&str) -> bool| -> String {
        let names = tables.iter().copied().chain(["schema_comments"]);
        let names: Vec<&str> = names.filter(|name| wanted(name)).collect();
        names.join(", ")
    };
    let changed = of(&|name| !fixed.contains(&name) && !INSTALLED.contains(&name));
    let read = of(&|name| !INTERNAL.contains(&name));
    let (views, fixed, installed) = (views.join(", "), fixed.join(", "), INSTALLED.join(", "));
    Ok(format!(
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC;\n\
         GRANT USAGE ON SCHEMA public TO {writer}, {analyst};\n\
         GRANT SELECT, INSERT, UPDATE, DELETE ON {changed} TO {writer};\n\
         GRANT SELECT, INSERT ON {fixed} TO {writer};\n\
         GRANT SELECT ON {installed}, {views} TO {writer};\n\
         GRANT SELECT ON {read}, {views} TO {analyst};\n"
    ))
}
