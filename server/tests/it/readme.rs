//! The README tells the truth: its tables are those of the program. `README_UPDATE=1 cargo test readme` rewrites them.

use std::fmt::Write as _;
use std::path::PathBuf;

use domain::catalogue::Catalogue;
use domain::claims::{Kind, ReferenceRule};
use domain::form::{Answers as _, CommitmentRow};
use domain::insertion::{ETP_BASES, Modality};
use domain::links::Parameter;
use domain::pledges::{Ask, Definition, TAXONOMY, YearRule, asks};
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

/// The kinds of claims: what proves each, how long it holds, what the portal compares it with.
fn kinds() -> String {
    let mut table = String::from(
        "| kind | name | scope | evidence | validity | check, source |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for kind in Kind::ALL {
        let scope = match (kind.is_siret_scoped(), kind.may_be_siret_scoped()) {
            (true, _) => "SIRET",
            (_, true) => "SIREN or SIRET",
            _ => "SIREN",
        };
        let (evidence, validity) = match (kind, kind.evidence_rule()) {
            (Kind::Sme, _) => (
                "Figures of the last closed period, and of the group: the portal computes the category.",
                "12 months from the signature",
            ),
            (Kind::Commitment, _) => (
                "Modality and what it asks (see below), publics and period; each quarter, a statement of the hours promised.",
                "its period",
            ),
            (Kind::Pledge, _) => (
                "What its code asks: see the table below.",
                "the evidence, else the due date, else 12 months",
            ),
            (Kind::EssStatus, Some(rule)) => (rule.what.en, "as long as the legal form"),
            (Kind::Esus, Some(rule)) => (
                rule.what.en,
                "to the day before the anniversary; the certificate’s own end prevails",
            ),
            (_, Some(rule)) if rule.reference == ReferenceRule::None => {
                (rule.what.en, "12 months from the signature")
            }
            (_, Some(rule)) if rule.end_required => (
                rule.what.en,
                "the dates of the evidence; of a list that proves it, else 12 months",
            ),
            (_, Some(rule)) => (
                rule.what.en,
                "the dates of the evidence, 12 months where it has no end",
            ),
            (_, None) => ("", ""),
        };
        let check = match kind {
            Kind::Sme => "French category; Sirene, through the company search API",
            Kind::EssStatus => "legal category and ESS mention; Sirene",
            Kind::EssCompany => {
                "each condition of articles 1 and 2 of the law, ticked; ESS mention in Sirene, ESS France list"
            }
            Kind::Ei | Kind::Etti | Kind::Ai | Kind::Aci | Kind::Eiti => {
                "number (form and measure) and state of the agreement; Marché de l’inclusion"
            }
            Kind::Esat | Kind::Ea | Kind::Eatt | Kind::Geiq | Kind::Sep => "Marché de l’inclusion",
            Kind::Commitment => "structure named; Marché de l’inclusion",
            Kind::Esus => "by the reviewer; national ESUS list, once imported",
            Kind::Rq | Kind::Tih | Kind::Pledge => "by the reviewer",
        };
        let off = if Catalogue::default().offers(kind) {
            ""
        } else {
            " (off until the buyer offers it)"
        };
        let name = kind.label().en;
        writeln!(
            table,
            "| `{kind}` | {name}{off} | {scope} | {evidence} | {validity} | {check} |"
        )
        .unwrap();
    }
    table.push_str(&modalities());
    table.push_str("\n| pledge | name | theme | shown | answers | what is asked |\n| --- | --- | --- | --- | --- | --- |\n");
    let catalogue = Catalogue::default();
    for definition in &TAXONOMY {
        let entry = catalogue.pledge(definition.code).unwrap();
        let mut shown: Vec<String> = entry
            .trades()
            .map(|trade| trade.label().en.to_lowercase())
            .collect();
        if let Some(staff) = entry.staff_from {
            shown.insert(0, format!("from {staff} staff"));
        }
        if shown.is_empty() {
            shown.push("to all".to_owned());
        }
        writeln!(
            table,
            "| `{}` | {} | {} | {} | {} | {} |",
            definition.code,
            definition.label.en,
            catalogue.theme_label(definition.theme, Lang::En),
            shown.join(", "),
            answers(definition),
            definition.what.en,
        )
        .unwrap();
    }
    table
}

/// The questions of a commitment, in words.
fn answers(definition: &Definition) -> String {
    let unit = definition.unit.words().en;
    let words: Vec<String> = asks(definition.code)
        .iter()
        .map(|ask| match ask {
            Ask::Item => "which one".to_owned(),
            Ask::Done => "in place, or due date".to_owned(),
            Ask::Measure => format!("baseline, target ({unit}), due date"),
            Ask::Score => format!("baseline, target ({unit}), due date of the target"),
            Ask::Year(YearRule::Past) => "year".to_owned(),
            Ask::Year(YearRule::Future) => "year aimed at".to_owned(),
            Ask::Evidence => "reference, dates, documents".to_owned(),
            Ask::Documents => "documents".to_owned(),
            Ask::Details => "details".to_owned(),
        })
        .collect();
    words.join("; ")
}

/// What each modality of insertion asks beside the contract, the publics and the period.
fn modalities() -> String {
    let mut table = String::from("\n| modality | name | what is asked |\n| --- | --- | --- |\n");
    for modality in Modality::ALL {
        let row = CommitmentRow {
            modality: modality.code().to_owned(),
            ..CommitmentRow::default()
        };
        let asked: Vec<String> = CommitmentRow::fields()
            .iter()
            .filter(|field| OF_A_MODALITY.contains(&field.name) && row.shown(field.name))
            .map(|field| {
                let optional = if field.required { "" } else { " (optional)" };
                format!("{}{optional}", field.label.en)
            })
            .collect();
        let (code, name, asked) = (modality.code(), modality.label().en, asked.join("; "));
        writeln!(table, "| `{code}` | {name} | {asked} |").unwrap();
    }
    let bases = ETP_BASES.map(|base| base.to_string()).join(", ");
    writeln!(
        table,
        "\nHours are promised as such, as a share of the labour hours of the contract, or as full-time equivalents on a base of {bases} hours a year.",
    )
    .unwrap();
    table
}

/// The questions that not all modalities ask.
const OF_A_MODALITY: [&str; 9] = [
    "clause_hours",
    "training",
    "unit",
    "persons",
    "structure_siret",
    "structure_kind",
    "structure_amount",
    "structure_share",
    "contract_types",
];

/// The parameters of a link, one line each.
fn links() -> String {
    let mut table = String::from(
        "| parameter | proposes | step | takes | example |\n| --- | --- | --- | --- | --- |\n",
    );
    for parameter in Parameter::ALL {
        let (step, _) = parameter.place();
        writeln!(
            table,
            "| `{}` | {} | {} | {} | `{}` |",
            parameter.name(),
            parameter.label().en,
            step.slug(),
            parameter.takes().words().en,
            parameter.example(),
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
    hold("kinds", &kinds());
    hold("links", &links());
    // One level below the section that holds it, without its title.
    let page = store::buyer::markdown(Lang::En);
    let (_, tables) = page.split_once("\n\n").unwrap();
    hold("buyer-database", &tables.replace("\n## ", "\n### "));
}
