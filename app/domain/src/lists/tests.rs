//! Longer than 400 lines: one walk from the cells of a file to the words beside a claim.
//! What rows prove: reading, duplicates and contradictions, and the words set beside a claim.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::catalogue::Label;
use crate::claims::{AgreementState, ClaimKey, Evidence, Scope};
use crate::decimal::Hundredths;
use crate::identifiers::{Siren, Siret};
use crate::pledges::{Pledge, Unit};
use crate::registry::Agreement;
use crate::text::Lang;

const SIRET: &str = "73282932000074";
const OTHER_SIRET: &str = "73282932000082";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn line(list: ListKind, headings: &[&str], cells: &[&str]) -> RowRead {
    let own = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| (*text).to_owned())
            .collect::<Vec<_>>()
    };
    let headings = own(headings);
    let columns = mapping(list, &headings, &guess(list, &headings)).unwrap();
    read_row(list, &columns, &own(cells))
}

fn esus(cells: [&str; 5]) -> RowRead {
    let headings = [
        "SIREN",
        "Raison sociale",
        "N° d’agrément",
        "Date d’agrément",
        "Date de fin",
    ];
    line(ListKind::Esus, &headings, &cells)
}

fn row(read: RowRead) -> Row {
    match read {
        RowRead::Read { row, problems } if problems.is_empty() => *row,
        other => panic!("{other:?}"),
    }
}

fn problems(read: RowRead) -> (bool, Vec<(Field, ProblemKind)>) {
    let (kept, problems) = match read {
        RowRead::Read { problems, .. } => (true, problems),
        RowRead::Refused(problems) => (false, problems),
        RowRead::Empty => (false, Vec::new()),
    };
    let problems = problems.into_iter();
    (
        kept,
        problems
            .map(|problem| (problem.field, problem.kind))
            .collect(),
    )
}

#[test]
fn a_row_of_each_list_is_read_with_the_scope_that_it_proves() {
    let approved = row(esus([
        " 732 829 320 ",
        "Les\u{a0}Jardins",
        "2024-13-001",
        "01/02/2024",
        "31/01/2029",
    ]));
    assert_eq!(approved.siren.as_str(), "732829320");
    assert_eq!(approved.name.as_deref(), Some("Les Jardins"));
    assert_eq!(approved.facts.valid_to, Some(day("2029-01-31")));
    // Of a SIRET, the ESUS list proves something of the whole legal unit.
    assert_eq!(row(esus([SIRET, "", "", "", ""])).facts.siret, None);

    let site = row(line(
        ListKind::Inclusion,
        &["siret", "kind"],
        &[SIRET, "ESAT"],
    ));
    assert_eq!(site.facts.siret, Some(Siret::parse(SIRET).unwrap()));
    assert_eq!(site.facts.kind, Some(Kind::Esat));

    let index = row(line(
        ListKind::Egapro,
        &["SIREN", "Année", "Note Index"],
        &["732829320", "2025", "NC"],
    ));
    assert_eq!(
        (index.facts.year, index.facts.score),
        (Some(2025), Some(Score::NotComputable))
    );
}

#[test]
fn what_is_wrong_is_named_by_its_column() {
    assert_eq!(esus(["", " ", "", "\u{a0}", ""]), RowRead::Empty);
    let wrong = |cells| problems(esus(cells));
    assert_eq!(
        wrong(["", "Sans numéro", "", "", ""]),
        (false, vec![(Field::Siren, ProblemKind::NoNumber)])
    );
    assert_eq!(
        wrong(["732829321", "", "", "", ""]),
        (false, vec![(Field::Siren, ProblemKind::Siren)])
    );
    assert_eq!(
        wrong(["7,32829E+8", "", "", "", ""]),
        (false, vec![(Field::Siren, ProblemKind::Scientific)])
    );
    // A date that cannot be read does not take the company off the list.
    assert_eq!(
        wrong(["732829320", "", "", "bientôt", ""]),
        (true, vec![(Field::ValidFrom, ProblemKind::Date)])
    );
    assert_eq!(
        wrong(["732829320", "", "", "2024-02-01", "2023-02-01"]),
        (true, vec![(Field::ValidTo, ProblemKind::DatesReversed)])
    );
    let both = |siren, siret| {
        let headings = ["SIREN", "SIRET", "Type"];
        problems(line(ListKind::Inclusion, &headings, &[siren, siret, "EA"]))
    };
    assert_eq!(both("732829320", SIRET), (true, vec![]));
    assert_eq!(
        both("910000058", SIRET),
        (false, vec![(Field::Siret, ProblemKind::OtherSiren)])
    );
    let kind = |cell| {
        problems(line(
            ListKind::Inclusion,
            &["SIRET", "Type"],
            &[SIRET, cell],
        ))
    };
    assert_eq!(
        kind("Boulangerie"),
        (false, vec![(Field::Kind, ProblemKind::Kind)])
    );
    assert_eq!(kind(""), (false, vec![(Field::Kind, ProblemKind::Kind)]));
    // A line that is too short.
    assert_eq!(
        problems(line(ListKind::Inclusion, &["SIRET", "Type"], &[SIRET])),
        (false, vec![(Field::Kind, ProblemKind::Kind)])
    );
}

/// Both readings of a file.
fn both_readings(rows: &[Row]) -> (Vec<Row>, Vec<Contradiction>, u64) {
    let mut tally = Tally::default();
    for row in rows {
        tally.note(row);
    }
    let expected = tally.rows();
    let mut placing = tally.placing();
    let mut kept: Vec<Row> = (2..)
        .zip(rows)
        .filter_map(|(line, row)| placing.place(line, row.clone()))
        .collect();
    let (merged, contradictions, duplicates) = placing.finish();
    kept.extend(merged);
    assert_eq!(kept.len() as u64, expected);
    (kept, contradictions, duplicates)
}

#[test]
fn rows_that_say_the_same_count_once() {
    let one = row(esus([
        "732829320",
        "Les Jardins",
        "",
        "2024-02-01",
        "2029-01-31",
    ]));
    let mut spelt = one.clone();
    spelt.name = Some("LES JARDINS".to_owned());
    let mut fuller = one.clone();
    fuller.facts.reference = Some("A1".to_owned());
    let (kept, contradictions, duplicates) =
        both_readings(&[one.clone(), spelt.clone(), one.clone()]);
    assert_eq!(
        (kept, contradictions, duplicates),
        (vec![one.clone()], vec![], 2)
    );
    // A cell that one of them leaves empty is completed by the other.
    let (kept, contradictions, duplicates) = both_readings(&[one.clone(), fuller.clone(), spelt]);
    assert_eq!(
        (kept, contradictions, duplicates),
        (vec![fuller], vec![], 2)
    );
}

#[test]
fn rows_that_contradict_each_other_say_nothing_of_what_they_disagree_on() {
    let ends = |end| row(esus(["732829320", "Les Jardins", "A1", "2024-02-01", end]));
    let rows = [ends("2029-01-31"), ends("2026-01-31"), ends("2029-01-31")];
    let (kept, contradictions, duplicates) = both_readings(&rows);
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].facts.valid_to, None);
    assert_eq!(kept[0].facts.reference.as_deref(), Some("A1"));
    assert_eq!(kept[0].facts.contradicted, [Field::ValidTo]);
    assert_eq!(duplicates, 0);
    assert_eq!(contradictions[0].lines, [2, 3, 4]);
    assert_eq!(contradictions[0].fields, [Field::ValidTo]);
    // Approvals that follow each other do not.
    let next = row(esus(["732829320", "", "A2", "2029-02-01", "2034-01-31"]));
    let (kept, contradictions, _) = both_readings(&[rows[0].clone(), next]);
    assert_eq!((kept.len(), contradictions.len()), (2, 0));
}

fn siren() -> Siren {
    Siren::parse("732829320").unwrap()
}

fn listed(list: ListKind, facts: Vec<Facts>) -> Listed {
    let (published_on, since) = (day("2026-02-01"), DateTime::UNIX_EPOCH);
    let proof = |facts| Proof {
        list,
        published_on,
        since,
        siren: siren(),
        name: None,
        facts,
    };
    Listed {
        editions: vec![Edition {
            list,
            published_on,
            since,
            rows: 1,
        }],
        proofs: facts.into_iter().map(proof).collect(),
    }
}

fn claim(kind: Kind, siret: Option<&str>, end: Option<&str>) -> Claim {
    Claim {
        key: ClaimKey {
            kind,
            scope: siret.map_or_else(
                || Scope::Siren(siren()),
                |siret| Scope::Siret(Siret::parse(siret).unwrap()),
            ),
            commitment: None,
            contract: None,
        },
        body: ClaimBody::Status(Evidence {
            reference: None,
            authority: None,
            valid_from: None,
            valid_to: end.map(day),
            documents: vec![],
            ..Evidence::default()
        }),
    }
}

fn said(claim: &Claim, listed: &Listed) -> (Agreement, String) {
    let compared = compare(claim, &siren(), listed, day("2026-03-02"));
    assert_eq!(compared.len(), 1);
    let comparison = &compared[0].comparison;
    assert!(!comparison.explanation(Lang::En).is_empty());
    (
        comparison.agreement,
        comparison.explanation(Lang::Fr).to_owned(),
    )
}

#[test]
fn the_list_of_approvals_speaks_with_its_dates() {
    let ends = |end: &str| Facts {
        valid_to: Some(day(end)),
        ..Facts::default()
    };
    let list = listed(ListKind::Esus, vec![ends("2029-01-31"), ends("2024-01-31")]);
    let (agreement, words) = said(&claim(Kind::Esus, None, Some("2029-01-31")), &list);
    assert_eq!(agreement, Agreement::Agree);
    assert_eq!(
        words,
        "La liste nationale ESUS du 01/02/2026 porte l’entreprise, jusqu’au 31/01/2029."
    );
    let (agreement, words) = said(&claim(Kind::Esus, None, Some("2030-01-31")), &list);
    assert_eq!(agreement, Agreement::Differ);
    assert!(
        words.contains("31/01/2029") && words.contains("31/01/2030"),
        "{words}"
    );
    let old = listed(ListKind::Esus, vec![ends("2026-03-01")]);
    let (agreement, words) = said(&claim(Kind::Esus, None, None), &old);
    assert_eq!(agreement, Agreement::Differ);
    assert!(words.contains("renouvelé"), "{words}");
}

#[test]
fn absence_never_proves_anything() {
    for (list, kind) in [
        (ListKind::Esus, Kind::Esus),
        (ListKind::EssFrance, Kind::EssCompany),
        (ListKind::EssFrance, Kind::EssStatus),
        (ListKind::Inclusion, Kind::Esat),
    ] {
        let (agreement, words) = said(&claim(kind, None, None), &listed(list, vec![]));
        assert_eq!(agreement, Agreement::Unknown);
        assert!(words.contains("ne prouve rien"), "{words}");
    }
    let (_, words) = said(
        &claim(Kind::EssCompany, None, None),
        &listed(ListKind::EssFrance, vec![]),
    );
    assert!(words.contains("sociétés commerciales"), "{words}");
    // A list that was never imported says nothing at all, and neither does one about something else.
    let today = day("2026-03-02");
    assert_eq!(
        compare(
            &claim(Kind::Esus, None, None),
            &siren(),
            &Listed::default(),
            today
        ),
        vec![]
    );
    let other = listed(ListKind::EssFrance, vec![Facts::default()]);
    assert_eq!(
        compare(&claim(Kind::Esus, None, None), &siren(), &other, today),
        vec![]
    );
}

#[test]
fn the_directory_speaks_of_one_establishment_and_one_kind() {
    let site = |siret: &str, kind| Facts {
        siret: Some(Siret::parse(siret).unwrap()),
        kind: Some(kind),
        ..Facts::default()
    };
    let list = listed(
        ListKind::Inclusion,
        vec![site(SIRET, Kind::Esat), site(SIRET, Kind::Ea)],
    );
    assert_eq!(
        said(&claim(Kind::Esat, Some(SIRET), None), &list).0,
        Agreement::Agree
    );
    assert_eq!(
        said(&claim(Kind::Ea, None, None), &list).0,
        Agreement::Agree
    );
    let (agreement, words) = said(&claim(Kind::Esat, Some(OTHER_SIRET), None), &list);
    assert_eq!(agreement, Agreement::Differ);
    assert!(
        words.contains("déménagement") && words.contains("732\u{a0}829\u{a0}320\u{a0}00074"),
        "{words}"
    );
    let (agreement, words) = said(&claim(Kind::Aci, None, None), &list);
    assert_eq!(agreement, Agreement::Differ);
    assert!(words.contains("EA, ESAT"), "{words}");
}

#[test]
fn the_index_is_compared_for_its_year() {
    let index = |year, score| Facts {
        year: Some(year),
        score,
        ..Facts::default()
    };
    let list = listed(
        ListKind::Egapro,
        vec![
            index(2024, Some(Score::Points(87))),
            index(2025, Some(Score::NotComputable)),
        ],
    );
    let pledge = |year, points: Option<i64>| Claim {
        key: ClaimKey {
            kind: Kind::Pledge,
            scope: Scope::Siren(siren()),
            commitment: Some("SOC-EGA-01".to_owned()),
            contract: None,
        },
        body: ClaimBody::Pledge(Box::new(Pledge {
            documents: vec![],
            code: "SOC-EGA-01".to_owned(),
            label: Label {
                fr: "Index".to_owned(),
                en: "Index".to_owned(),
            },
            theme: "egalite".to_owned(),
            plans: vec![],
            item: None,
            contract: None,
            done: None,
            year: Some(year),
            unit: Unit::Score,
            baseline: points.map(Hundredths::from_units),
            target: None,
            due: None,
            reference: None,
            valid_from: None,
            valid_to: None,
            details: None,
        })),
    };
    for (year, points, expected) in [
        (2024, Some(87), Agreement::Agree),
        (2024, Some(90), Agreement::Differ),
        (2025, None, Agreement::Agree),
        (2025, Some(90), Agreement::Differ),
        (2023, Some(90), Agreement::Unknown),
    ] {
        assert_eq!(
            said(&pledge(year, points), &list).0,
            expected,
            "{year} {points:?}"
        );
    }
}

#[test]
fn a_list_grows_old_by_the_rhythm_of_its_publisher() {
    let edition = |list| listed(list, vec![]).editions.remove(0);
    assert!(!edition(ListKind::Esus).is_old(day("2026-04-04")));
    assert!(edition(ListKind::Esus).is_old(day("2026-04-05")));
    assert!(!edition(ListKind::EssFrance).is_old(day("2027-03-01")));
}

#[test]
fn a_row_says_for_which_kinds_it_speaks() {
    let of = |list, kind| {
        let facts = Facts {
            kind,
            ..Facts::default()
        };
        listed(list, vec![facts]).proofs[0].kinds()
    };
    assert_eq!(of(ListKind::Esus, None), [Kind::Esus]);
    assert_eq!(
        of(ListKind::EssFrance, None),
        [Kind::EssStatus, Kind::EssCompany]
    );
    assert_eq!(of(ListKind::Inclusion, Some(Kind::Ea)), [Kind::Ea]);
    assert_eq!(of(ListKind::Egapro, None), []);
}

proptest! {
    #[test]
    fn any_cells_are_read_or_refused_and_what_is_kept_can_be_stored(
        list in prop::sample::select(ListKind::ALL.to_vec()),
        cells in prop::collection::vec(any::<String>(), 0..12),
        known in prop::collection::vec(0..4_usize, 0..12),
    ) {
        let known: Vec<String> = known.iter().map(|at| {
            ["732829320", SIRET, "EA", "2024-02-01"][*at].to_owned()
        }).collect();
        let columns: BTreeMap<Field, usize> = list.fields().iter().copied().zip(0..).collect();
        for cells in [&cells, &known] {
            if let RowRead::Read { row, .. } = read_row(list, &columns, cells) {
                let stored = serde_json::to_string(&row).unwrap();
                prop_assert!(!stored.contains("\\u0000"), "no database takes a null character");
                prop_assert_eq!(serde_json::from_str::<Row>(&stored).unwrap(), *row);
            }
        }
    }

    #[test]
    fn any_headings_give_a_mapping_that_the_same_headings_allow(
        list in prop::sample::select(ListKind::ALL.to_vec()),
        headings in prop::collection::vec(any::<String>(), 0..8),
        known in prop::collection::vec(prop::sample::select(vec!["SIREN", "Siret", "Type", "Fin", "Année", "Note"]), 0..8),
    ) {
        let known: Vec<String> = known.into_iter().map(str::to_owned).collect();
        for headings in [&headings, &known] {
            let guessed = guess(list, headings);
            match mapping(list, headings, &guessed) {
                Ok(columns) => prop_assert_eq!(columns.len(), guessed.len()),
                Err(WrongMapping::NoIdentifier | WrongMapping::Missing(_)) => {}
                Err(other) => prop_assert!(false, "{:?}", other),
            }
            let _ = heading_line(list, std::slice::from_ref(headings));
        }
    }
}

#[test]
fn the_list_of_structures_speaks_of_the_agreement() {
    use AgreementState::{Cloture, Provisoire, Valide};

    let said_with = |state: Option<AgreementState>, signed: Option<&str>, facts: Facts| {
        let mut claim = claim(Kind::Ei, Some("73282932000074"), None);
        if let ClaimBody::Status(evidence) = &mut claim.body {
            evidence.state = state;
            evidence.signed_siret = signed.map(|siret| Siret::parse(siret).unwrap());
        }
        said(&claim, &listed(ListKind::Inclusion, vec![facts]))
    };
    let facts = |state: Option<AgreementState>, signed: Option<&str>| Facts {
        siret: Siret::parse("73282932000074").ok(),
        kind: Some(Kind::Ei),
        state,
        signed_siret: signed.map(|siret| Siret::parse(siret).unwrap()),
        ..Facts::default()
    };
    let (agreement, words) = said_with(Some(Valide), None, facts(Some(Cloture), None));
    assert_eq!(agreement, Agreement::Differ);
    assert!(words.contains("CLOTURE"), "{words}");
    let (agreement, words) = said_with(Some(Valide), None, facts(Some(Provisoire), None));
    assert_eq!(agreement, Agreement::Differ);
    assert!(
        words.contains("PROVISOIRE") && words.contains("VALIDE"),
        "{words}"
    );
    assert_eq!(
        said_with(Some(Valide), None, facts(Some(Valide), None)).0,
        Agreement::Agree
    );
    assert_eq!(
        said_with(None, None, facts(Some(Valide), None)).0,
        Agreement::Agree
    );
    // Another establishment signed.
    let other = Some("73282932000082");
    let (agreement, words) = said_with(None, other, facts(None, Some("73282932000074")));
    assert_eq!(agreement, Agreement::Differ);
    assert!(words.contains("signature"), "{words}");
    // The list still has the one that signed: it is the same structure.
    let moved = Facts {
        siret: Siret::parse("73282932000082").ok(),
        ..facts(None, None)
    };
    assert_eq!(said_with(None, other, moved.clone()).0, Agreement::Agree);
    assert_eq!(said_with(None, None, moved).0, Agreement::Differ);
    // An agreement that is not active proves nothing.
    let inactive = listed(ListKind::Inclusion, vec![facts(Some(Cloture), None)]);
    assert_eq!(
        inactive.proofs[0].state_on(day("2026-03-02")),
        ProofState::Inactive(Cloture)
    );
}

#[test]
fn state_and_establishment_at_signature_are_read_or_left_out() {
    let headings: Vec<String> = ["SIRET", "Type", "État", "SIRET à la signature"]
        .map(str::to_owned)
        .into();
    let found = guess(ListKind::Inclusion, &headings);
    assert_eq!(found[&Field::State], "État");
    assert_eq!(found[&Field::SignedSiret], "SIRET à la signature");
    let columns = mapping(ListKind::Inclusion, &headings, &found).unwrap();
    let read = |cells: [&str; 4]| {
        let cells: Vec<String> = cells.map(str::to_owned).into();
        match read_row(ListKind::Inclusion, &columns, &cells) {
            RowRead::Read { row, problems } => (
                row.facts,
                problems.into_iter().map(|one| one.kind).collect::<Vec<_>>(),
            ),
            other => unreachable!("{other:?}"),
        }
    };
    let (facts, problems) = read(["73282932000074", "EI", "Historisé", "732 829 320 00082"]);
    assert_eq!(facts.state, Some(AgreementState::Historise));
    assert_eq!(facts.signed_siret, Siret::parse("73282932000082").ok());
    assert_eq!(problems, []);
    let (facts, problems) = read(["73282932000074", "EI", "?", "12"]);
    assert_eq!((facts.state, facts.signed_siret), (None, None));
    assert_eq!(problems, [ProblemKind::State, ProblemKind::SignedSiret]);
}
