//! Headings of files as they are published, and of files that cannot be used.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
use super::{Field, ListKind, Mapping, WrongMapping, guess, heading_line, mapping};

fn headings(of: &[&str]) -> Vec<String> {
    of.iter().map(|one| (*one).to_owned()).collect()
}

#[test]
fn headings_are_known_with_and_without_accents_and_capitals() {
    for given in [
        ["SIREN", "Dénomination", "Date d’agrément", "Département"],
        ["n° siren", "DENOMINATION SOCIALE", "date agrement", "dept"],
        [
            "N°\u{a0}SIREN",
            "denomination",
            "Date d'Agrément",
            "departement (siège)",
        ],
    ] {
        let mapping = guess(ListKind::Esus, &headings(&given));
        let found: Vec<_> = mapping.into_iter().collect();
        assert_eq!(
            found,
            [
                (Field::Siren, given[0].to_owned()),
                (Field::Name, given[1].to_owned()),
                (Field::ValidFrom, given[2].to_owned()),
                (Field::Department, given[3].to_owned()),
            ]
        );
    }
}

#[test]
fn the_columns_of_the_equality_file_are_not_taken_for_others() {
    let file = headings(&[
        "Année",
        "Structure",
        "SIREN",
        "Raison Sociale",
        "Entreprises UES (SIREN)",
        "Département",
        "Note Ecart rémunération",
        "Note Index",
    ]);
    let found = guess(ListKind::Egapro, &file);
    assert_eq!(found[&Field::Siren], "SIREN");
    assert_eq!(found[&Field::Name], "Raison Sociale");
    assert_eq!(found[&Field::Score], "Note Index");
    assert_eq!(found[&Field::Year], "Année");
}

#[test]
fn the_headings_are_found_under_a_title() {
    let lines = [
        headings(&["", ""]),
        headings(&["Liste des entreprises agréées", ""]),
        headings(&["Raison sociale", "SIREN"]),
        headings(&["Les Jardins", "910000058"]),
    ];
    assert_eq!(heading_line(ListKind::Esus, &lines), Some(2));
    assert_eq!(heading_line(ListKind::Esus, &lines[..2]), Some(1));
    assert_eq!(heading_line(ListKind::Esus, &[]), None);
}

#[test]
fn a_file_without_what_it_needs_is_refused_with_the_name_of_the_column() {
    let file = headings(&["SIREN", "Type"]);
    let wanted = |pairs: &[(Field, &str)]| -> Mapping {
        let pairs = pairs.iter();
        pairs
            .map(|(field, name)| (*field, (*name).to_owned()))
            .collect()
    };
    let told = |pairs: &[(Field, &str)]| mapping(ListKind::Inclusion, &file, &wanted(pairs));
    assert_eq!(told(&[]), Err(WrongMapping::NoIdentifier));
    assert_eq!(
        told(&[(Field::Siren, "SIREN")]),
        Err(WrongMapping::Missing(Field::Kind))
    );
    assert_eq!(
        told(&[(Field::Siren, "SIREN"), (Field::Kind, "Genre")]),
        Err(WrongMapping::Unknown("Genre".to_owned()))
    );
    assert_eq!(
        told(&[(Field::Siren, "SIREN"), (Field::Kind, "SIREN")]),
        Err(WrongMapping::Twice(Field::Siren, Field::Kind))
    );
    let columns = told(&[
        (Field::Siren, "siren"),
        (Field::Siret, "SIREN"),
        (Field::Kind, "TYPE"),
    ]);
    assert_eq!(columns.unwrap()[&Field::Kind], 1);
}
