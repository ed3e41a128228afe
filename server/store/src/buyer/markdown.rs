//! The buyer database as a page of documentation, made from its description.

use std::fmt::Write as _;

use domain::text::Lang;

use crate::config::Engine;

use super::{
    ddl::{key, sql_type},
    examples::EXAMPLES,
    schema::{TABLES, VERSION, VIEWS},
};

/// The tables, the columns and some questions, for an analyst: a test holds the page and the schema together.
pub fn markdown(lang: Lang) -> String {
    let mut page = lang.pick(
        "# La base de l’acheteur\n\n".to_owned(),
        "# The buyer database\n\n".to_owned(),
    );
    page += &lang.pick(
        format!("Version {VERSION} du schéma. Les colonnes de la clé sont en gras.\n"),
        format!("Version {VERSION} of the schema. Columns of the key are in bold.\n"),
    );
    for table in TABLES {
        let _ = write!(
            page,
            "\n## `{}`\n\n{}\n\n{}\n| --- | --- | --- | --- |\n",
            table.name,
            table.about.get(lang),
            lang.pick(
                "| colonne | PostgreSQL | SQLite | contenu |",
                "| column | PostgreSQL | SQLite | content |"
            ),
        );
        for column in table.columns {
            let in_key = key(table).iter().any(|part| part.name == column.name);
            let name = if in_key {
                format!("**`{}`**", column.name)
            } else {
                format!("`{}`", column.name)
            };
            let required = if column.required { " NOT NULL" } else { "" };
            let _ = writeln!(
                page,
                "| {name} | {}{required} | {} | {} |",
                sql_type(column.kind, Engine::Postgres),
                sql_type(column.kind, Engine::Sqlite),
                column.about.get(lang)
            );
        }
    }
    for view in VIEWS {
        let _ = write!(
            page,
            "\n## `{}` ({})\n\n{}\n",
            view.name,
            lang.pick("vue", "view"),
            view.about.get(lang)
        );
    }
    page.push_str(lang.pick("\n## Trois questions\n", "\n## Three questions\n"));
    for example in &EXAMPLES {
        let _ = write!(
            page,
            "\n{}\n\n```sql\n{}\n```\n",
            example.question.get(lang),
            example.sql
        );
    }
    page
}
