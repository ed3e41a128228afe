//! The README tells the truth: its tables are those of the program. `README_UPDATE=1 cargo test readme` rewrites them.

use std::fmt::Write as _;
use std::path::PathBuf;

use domain::text::Lang;
use server::config::settings::SETTINGS;

fn readme() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../README.md")
}

/// The configuration, one line a setting.
fn configuration() -> String {
    let mut table = String::from("| setting | default | meaning |\n| --- | --- | --- |\n");
    for setting in SETTINGS {
        let default = match setting.default {
            "" => String::new(),
            value => format!("`{value}`"),
        };
        let mark = if setting.secret { " (secret)" } else { "" };
        writeln!(
            table,
            "| `{}`{mark} | {default} | {} |",
            setting.key, setting.help
        )
        .unwrap();
    }
    table
}

/// Holds the text between two marks of the README equal to `expected`.
fn hold(mark: &str, expected: &str) {
    let (open, close) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->"));
    let text = std::fs::read_to_string(readme()).unwrap();
    let start = text
        .find(&open)
        .unwrap_or_else(|| panic!("{open} is missing in README.md"))
        + open.len();
    let end = start
        + text[start..]
            .find(&close)
            .unwrap_or_else(|| panic!("{close} is missing in README.md"));
    if &text[start..end] == expected {
        return;
    }
    assert!(
        std::env::var_os("README_UPDATE").is_some(),
        "README.md is stale between the marks “{mark}”: run README_UPDATE=1 cargo test -p server --test it readme"
    );
    std::fs::write(
        readme(),
        format!("{}{expected}{}", &text[..start], &text[end..]),
    )
    .unwrap();
}

#[test]
fn the_readme_is_generated_where_it_says_so() {
    hold("configuration", &configuration());
    // One level below the section that holds it, without its title.
    let page = store::buyer::markdown(Lang::En);
    let (_, tables) = page.split_once("\n\n").unwrap();
    hold("buyer-database", &tables.replace("\n## ", "\n### "));
}
