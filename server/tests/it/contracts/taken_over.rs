//! Statuses validated elsewhere: read from three forms, each line checked, a second import changes nothing.

use server::contracts::NotATable;
use server::contracts::taken_over::{check, lines};

use super::{Bench, texts};

const CSV: &str = "siren;siret;kind;valid_from;valid_to;status;reference\n\
    910 000 017;;ESUS;01/03/2023;2028-02-29;validated;Décision 12\n\
    910000025;91000002500015;esat;2024-01-01;;validated;\n\
    910000033;;EI;2025-01-01;2025-12-31;submitted;\n";

store::on_both_engines! {
    async fn a_second_import_changes_nothing(db) {
        let bench = Bench::on(&db).await;
        let lines = lines(&bench.file("statuses.csv", CSV)).unwrap();
        let statuses: Vec<_> = lines.iter().map(|line| check(line).unwrap()).collect();
        for (created, unchanged) in [(3, 0), (0, 3)] {
            let done = bench.buyer.take_over("x", &statuses, bench.clock.now()).await.unwrap();
            assert_eq!((done.created, done.unchanged), (created, unchanged));
        }
        // A status other than validated is kept, and counts nowhere.
        assert_eq!(texts(&db, "SELECT siren FROM statuses ORDER BY siren").await, ["910000017", "910000025"]);
        assert_eq!(texts(&db, "SELECT status FROM taken_over_qualifications ORDER BY siren").await.len(), 3);
    }
}

#[test]
fn a_bad_line_is_named_with_its_field() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |line: &str| {
        let path = folder.path().join("file.csv");
        let header = "siren,siret,kind,valid_from,valid_to,status,validated_on";
        std::fs::write(&path, format!("{header}\n{line}\n")).unwrap();
        let lines = lines(&path).unwrap();
        check(lines.first().unwrap()).map_err(|refused| (refused.line, refused.field, refused.code))
    };
    assert!(refused("910000017,,ESUS,2023-03-01,,validated,").is_ok());
    for (line, field, code) in [
        (",,ESUS,2023-03-01,,validated,", "siren", "missing"),
        ("910000018,,ESUS,2023-03-01,,validated,", "siren", "invalid"),
        (
            "910000017,123,ESUS,2023-03-01,,validated,",
            "siret",
            "invalid",
        ),
        (
            "910000017,91000002500015,ESUS,2023-03-01,,validated,",
            "siret",
            "other_company",
        ),
        ("910000017,,ESS,2023-03-01,,validated,", "kind", "unknown"),
        (
            "910000017,,ESUS,2023-02-29,,validated,",
            "valid_from",
            "invalid_date",
        ),
        (
            "910000017,,ESUS,2023-03-01,2023-02-01,validated,",
            "valid_to",
            "before_start",
        ),
        ("910000017,,ESUS,2023-03-01,,ok,", "status", "unknown"),
        (
            "910000017,,ESUS,2023-03-01,,validated,soon",
            "validated_on",
            "invalid_date",
        ),
    ] {
        assert_eq!(refused(line).unwrap_err(), (2, field, code), "{line}");
    }
}

#[test]
fn a_file_without_the_columns_is_no_list_of_statuses() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    std::fs::write(&path, "name,kind\na,b\n").unwrap();
    assert!(matches!(lines(&path), Err(NotATable::Column("siren"))));
    std::fs::write(&path, "{\"declarations\": 3}").unwrap();
    assert!(matches!(lines(&path), Err(NotATable::Format(_))));
}
