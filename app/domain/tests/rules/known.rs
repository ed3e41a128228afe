//! What registers and lists prove of a company, what a supplier says instead, and what the assistant thinks of it.
//! Longer than 400 lines: one case after the other of what registers and lists may say.

use chrono::{DateTime, Utc};
use domain::catalogue::{Catalogue, Change, Label};
use domain::claims::Kind;
use domain::documents::{Document, FileKind, KnownDocument, Scan};
use domain::form::{
    CompanyContext, ContestRow, Draft, Place, PledgeRow, PledgeStep, Rule, Step as _, StepCode,
    contest_path,
};
use domain::identifiers::{LegalCategory, Siret};
use domain::known::{Contest, Fact, Proven, Since, advice, known, proven, published_index};
use domain::lists::{EGAPRO_PLEDGE, Edition, Facts, ListKind, Listed, Proof, Score};
use domain::registry::{RegistryFacts, RegistryState, Source};
use domain::text::Lang;
use uuid::Uuid;

use crate::form::{complete, context, today};
use crate::support::{day, siren};

fn at(day: &str) -> DateTime<Utc> {
    format!("{day}T10:00:00Z").parse().unwrap()
}

fn facts(category: &str, kinds: &[Kind], ess: Option<bool>) -> RegistryFacts {
    RegistryFacts {
        siren: siren(),
        name: Some("Exemple".into()),
        siret: Some(Siret::parse("73282932000074").unwrap()),
        address: Some("1 rue du Port".into()),
        postal_code: None,
        commune: None,
        legal_category: LegalCategory::parse(category).ok(),
        naf: None,
        staff_band: Some("12".into()),
        staff_band_year: Some(2024),
        category: Some("PME".into()),
        category_year: Some(2023),
        active: true,
        created_on: Some(day("2009-04-01")),
        ess,
        siae: None,
        siae_kinds: kinds.to_vec(),
        partly_masked: false,
        vat: vec![],
        source: Source::RechercheEntreprises,
        fetched_at: at("2026-11-20"),
    }
}

fn state(category: &str, kinds: &[Kind], ess: Option<bool>) -> RegistryState {
    RegistryState::Known(Box::new(facts(category, kinds, ess)))
}

fn proof(list: ListKind, kind: Kind, siret: Option<&str>, to: Option<&str>) -> Proof {
    Proof {
        list,
        published_on: day("2026-10-01"),
        since: at("2026-10-05"),
        siren: siren(),
        name: None,
        facts: Facts {
            siret: siret.map(|siret| Siret::parse(siret).unwrap()),
            kind: (list == ListKind::Inclusion).then_some(kind),
            reference: Some("EI013230042A0M1".into()),
            valid_from: Some(day("2026-01-01")),
            valid_to: to.map(day),
            ..Facts::default()
        },
    }
}

fn listed(proofs: Vec<Proof>) -> Listed {
    Listed {
        editions: vec![Edition {
            list: ListKind::Inclusion,
            published_on: day("2026-10-01"),
            since: at("2026-10-05"),
            rows: 1,
        }],
        proofs,
    }
}

fn found(state: &RegistryState, listed: &Listed) -> Vec<Proven> {
    proven((&siren(), state), listed, &Catalogue::default(), today())
}

fn kinds(found: &[Proven]) -> Vec<Kind> {
    found.iter().map(|one| one.kind).collect()
}

#[test]
fn a_legal_form_of_the_social_economy_leaves_nothing_to_answer() {
    let found = found(&state("9220", &[], Some(true)), &Listed::default());
    assert_eq!(kinds(&found), [Kind::EssStatus]);
    assert!(found[0].is_whole(today()));
    assert_eq!(found[0].fact, Fact::LegalForm);
    assert_eq!(found[0].read_on, day("2026-11-20"));
}

#[test]
fn a_kind_without_its_agreement_number_leaves_nothing_to_answer() {
    let found = found(&state("5710", &[Kind::Ei], Some(true)), &Listed::default());
    assert_eq!(
        kinds(&found),
        [Kind::Ei],
        "the mention is that of the structure"
    );
    assert!(found[0].is_whole(today()), "the register stands for it");
    assert_eq!(
        found[0].row.siret, "",
        "the agreement is that of the company"
    );
}

#[test]
fn a_list_fills_in_the_number_and_the_dates_and_is_named_before_the_register() {
    let listed = listed(vec![proof(
        ListKind::Inclusion,
        Kind::Ei,
        Some("73282932000074"),
        Some("2027-12-31"),
    )]);
    let both = found(&state("5710", &[Kind::Ei], None), &listed);
    assert_eq!(kinds(&both), [Kind::Ei]);
    assert!(both[0].is_whole(today()), "{:?}", both[0].row);
    assert_eq!(both[0].row.reference, "EI013230042A0M1");
    assert_eq!(both[0].row.valid_to, "31/12/2027");
    assert_eq!(both[0].read_on, day("2026-10-01"));
    // Known without any register too.
    let silent = found(&RegistryState::Unresolved, &listed);
    assert_eq!(kinds(&silent), [Kind::Ei]);
}

#[test]
fn what_a_list_says_has_ended_or_the_buyer_does_not_offer_is_not_proved() {
    let ended = proof(ListKind::Inclusion, Kind::Ei, None, Some("2026-01-31"));
    assert!(found(&RegistryState::Unresolved, &listed(vec![ended])).is_empty());
    let mut closed = facts("9220", &[Kind::Ei], Some(true));
    closed.active = false;
    let closed = RegistryState::Known(Box::new(closed));
    assert!(found(&closed, &Listed::default()).is_empty());
    let without = Catalogue::default()
        .changed(Change::Kind {
            kind: Kind::Ei,
            label: Label {
                fr: "EI".into(),
                en: "EI".into(),
            },
            offered: false,
        })
        .unwrap();
    let register = state("5710", &[Kind::Ei], None);
    let none = proven((&siren(), &register), &Listed::default(), &without, today());
    assert!(none.is_empty());
}

#[test]
fn several_establishments_are_told_apart_and_the_same_one_twice_counts_once() {
    let listed = listed(vec![
        proof(
            ListKind::Inclusion,
            Kind::Ei,
            Some("73282932000074"),
            Some("2027-12-31"),
        ),
        proof(
            ListKind::Inclusion,
            Kind::Ei,
            Some("73282932000074"),
            Some("2027-12-31"),
        ),
        proof(
            ListKind::Inclusion,
            Kind::Ei,
            Some("73282932000082"),
            Some("2027-12-31"),
        ),
    ]);
    let found = found(&RegistryState::Unresolved, &listed);
    let marks: Vec<String> = found.iter().map(|one| one.row.mark()).collect();
    assert_eq!(marks, ["EI@73282932000074", "EI@73282932000082"]);
}

#[test]
fn ess_france_proves_the_company_or_the_legal_form_not_both() {
    let of = |category: &str| {
        let listed = listed(vec![proof(
            ListKind::EssFrance,
            Kind::EssCompany,
            None,
            None,
        )]);
        kinds(&found(&state(category, &[], Some(true)), &listed))
    };
    assert_eq!(of("9220"), [Kind::EssStatus]);
    assert_eq!(of("5710"), [Kind::EssCompany]);
}

#[test]
fn every_fact_has_its_source_its_date_and_its_period() {
    let names = Catalogue::default();
    let register = state("5710", &[Kind::Ei], Some(false));
    let found = known((&siren(), &register), &Listed::default(), &names);
    let one = |fact| found.iter().find(|known| known.fact == fact).unwrap();
    assert_eq!(one(Fact::Staff).since, Some(Since::Year(2024)));
    assert_eq!(one(Fact::Staff).said.fr, "20 à 49 salariés");
    assert_eq!(one(Fact::Name).since, Some(Since::Day(day("2009-04-01"))));
    assert_eq!(
        one(Fact::LegalForm).said.fr,
        "SAS, société par actions simplifiée (5710)"
    );
    assert!(found.iter().all(|known| known.read_on == day("2026-11-20")));
    assert!(
        found
            .iter()
            .all(|known| known.source.fr.contains("Annuaire"))
    );
    assert!(
        known(
            (&siren(), &RegistryState::Unresolved),
            &Listed::default(),
            &names
        )
        .is_empty()
    );
    let list = listed(vec![proof(
        ListKind::Esus,
        Kind::Esus,
        None,
        Some("2027-12-31"),
    )]);
    let found = known((&siren(), &RegistryState::Unresolved), &list, &names);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].fact, Fact::Status(Kind::Esus));
    assert!(
        found[0].said.fr.ends_with("jusqu’au 31/12/2027"),
        "{}",
        found[0].said.fr
    );
}

#[test]
fn a_status_that_both_say_is_told_once_by_the_list() {
    let list = listed(vec![proof(
        ListKind::Inclusion,
        Kind::Ei,
        Some("73282932000074"),
        Some("2027-12-31"),
    )]);
    let register = state("5710", &[Kind::Ei, Kind::Aci], None);
    let found = known((&siren(), &register), &list, &Catalogue::default());
    let of = |kind| {
        let same = found
            .iter()
            .filter(move |one| one.fact == Fact::Status(kind));
        same.map(|one| one.read_on).collect::<Vec<_>>()
    };
    assert_eq!(of(Kind::Ei), [day("2026-10-01")], "the list");
    assert_eq!(of(Kind::Aci), [day("2026-11-20")], "the register alone");
}

#[test]
fn the_assistant_has_a_cause_and_a_body_for_every_fact() {
    let statuses = Kind::SOLIDARITY.into_iter().map(Fact::Status);
    let plain = [
        Fact::Name,
        Fact::Address,
        Fact::LegalForm,
        Fact::Activity,
        Fact::Staff,
        Fact::Size,
        Fact::Ess,
    ];
    for fact in plain.into_iter().chain(statuses) {
        let said = advice(fact, None, today());
        assert!(!said.causes.is_empty(), "{fact}");
        for lang in [Lang::Fr, Lang::En] {
            assert!(
                !said.body.get(lang).is_empty() && !said.way.get(lang).is_empty(),
                "{fact}"
            );
        }
    }
    // The age of the band comes first when it is old, and only then.
    let first = |year: i32| {
        let mut register = facts("5710", &[], None);
        register.staff_band_year = Some(year);
        advice(Fact::Staff, Some(&register), today()).causes[0].fr
    };
    assert!(first(2023).contains("deux ans"));
    assert!(first(2025).contains("31 décembre"));
    let commercial = advice(Fact::Ess, None, today());
    assert!(
        commercial.causes[0].fr.contains("greffe"),
        "absent from the lists"
    );
}

pub(crate) fn contest(documents: Vec<String>) -> Contest {
    Contest {
        fact: Fact::Address,
        said: Label {
            fr: "1 rue du Port".into(),
            en: "1 rue du Port".into(),
        },
        source: Label {
            fr: "Annuaire".into(),
            en: "Directory".into(),
        },
        read_on: day("2026-11-20"),
        answers: ContestRow {
            value: " 3 quai Neuf ".into(),
            reason: "Déménagement le 3 mars".into(),
            documents,
        },
    }
}

#[test]
fn both_values_are_signed_with_the_documents() {
    let id = Uuid::from_u128(9);
    let document = Document {
        sha256: "ab".repeat(32),
        name: "bail.pdf".into(),
        kind: FileKind::Pdf,
        size: 10,
        valid_from: None,
        valid_to: None,
    };
    let known = KnownDocument {
        id,
        document: document.clone(),
        scan: Scan::NotScanned,
        preview: false,
    };
    let draft = Draft {
        contests: vec![contest(vec![id.to_string()])],
        ..complete()
    };
    assert_eq!(draft.documents(), [id]);
    assert_eq!(
        draft.at(Place::Contest(Fact::Address)).unwrap().0,
        "adresse"
    );
    let there = CompanyContext {
        documents: vec![known],
        proved: vec![],
        ..context()
    };
    let signed = draft.parse(&there, today()).unwrap();
    assert_eq!(signed.contests.len(), 1);
    let one = &signed.contests[0];
    assert_eq!(
        (one.said.fr.as_str(), one.value.as_str()),
        ("1 rue du Port", "3 quai Neuf")
    );
    assert_eq!(one.documents, [document]);
    // A document that is nobody's is told, at the fact.
    let missing = draft.parse(&context(), today()).unwrap_err();
    assert!(missing.iter().any(|(step, error)| {
        *step == StepCode::Company
            && error.path == contest_path(Fact::Address)
            && error.rule == Rule::DocumentUnknown
    }));
    // What was signed before there were contests reads, and keeps its hash.
    let before = complete().parse(&context(), today()).unwrap();
    let json = serde_json::to_value(&before).unwrap();
    assert!(json.get("contests").is_none());
    let read: domain::form::Snapshot = serde_json::from_value(json).unwrap();
    assert_eq!(read.hash(), before.hash());
    let draft = serde_json::to_value(complete()).unwrap();
    assert!(draft.get("contests").is_none());
}

#[test]
fn a_contest_says_what_is_true_and_why() {
    let wrong = |value: &str, reason: &str| -> Vec<String> {
        let row = ContestRow {
            value: value.into(),
            reason: reason.into(),
            documents: vec![],
        };
        row.errors().into_iter().map(|error| error.path).collect()
    };
    assert_eq!(wrong("", " "), ["value", "reason"]);
    assert_eq!(
        wrong(&"x".repeat(201), &"y".repeat(2001)),
        ["value", "reason"]
    );
    assert!(wrong("3 quai Neuf", "Déménagement").is_empty());
    let (one, mut other) = (contest(vec![]), contest(vec![]));
    assert_eq!(one.mark(), other.mark());
    other.answers.reason.push('.');
    assert_ne!(one.mark(), other.mark());
}

fn indexes(years: &[(i32, Option<Score>)]) -> Listed {
    let row = |(year, score): &(i32, Option<Score>)| Proof {
        facts: Facts {
            year: Some(*year),
            score: *score,
            ..Facts::default()
        },
        ..proof(ListKind::Egapro, Kind::Pledge, None, None)
    };
    Listed {
        editions: vec![],
        proofs: years.iter().map(row).collect(),
    }
}

#[test]
fn the_last_published_index_is_a_line_that_can_be_signed() {
    let names = Catalogue::default();
    let of = |years: &[_]| published_index(&siren(), &indexes(years), &names);
    assert_eq!(of(&[]), None);
    // The last year is what the list says of the company, even where it says nothing clear.
    let unclear = [(2024, Some(Score::Points(70))), (2025, None)];
    assert_eq!(of(&unclear), None);
    let index = of(&[
        (2025, Some(Score::Points(88))),
        (2024, Some(Score::NotComputable)),
    ])
    .unwrap();
    assert_eq!((index.year, index.read_on), (2025, day("2026-10-01")));
    let (draft, line) = index.fill(&complete()).unwrap();
    assert_eq!(line, 0);
    assert_eq!(draft.pledges.errors(today()), []);
    assert!(index.is_in(&draft.pledges));
    let marks: Vec<_> = draft
        .proposed(StepCode::Pledges)
        .into_iter()
        .map(|(path, one)| (path, one.value.clone()))
        .collect();
    let mark = |name: &str, value: &str| (format!("rows[0][{name}]"), value.to_owned());
    assert_eq!(marks, [mark("score", "88"), mark("year", "2025")]);
    // Once more changes nothing.
    assert_eq!(index.fill(&draft), Some((draft, 0)));
    let nc = of(&[(2025, Some(Score::NotComputable))]).unwrap();
    assert_eq!(nc.row().score, "NC");
}

#[test]
fn the_index_takes_its_own_line_and_loses_no_other() {
    let index = published_index(
        &siren(),
        &indexes(&[(2025, Some(Score::Points(88)))]),
        &Catalogue::default(),
    )
    .unwrap();
    let row = |code: &str, score: &str| PledgeRow {
        code: code.to_owned(),
        score: score.to_owned(),
        year: "2024".to_owned(),
        target: "95".to_owned(),
        ..PledgeRow::default()
    };
    let mut step = PledgeStep {
        declare: "yes".to_owned(),
        rows: vec![row("SOC-APP-01", ""), row(EGAPRO_PLEDGE, "80")],
        ..PledgeStep::default()
    };
    assert_eq!(index.put(&mut step), Some(1));
    assert_eq!(step.rows[0], row("SOC-APP-01", ""));
    let taken = &step.rows[1];
    assert_eq!(
        (&*taken.score, &*taken.year, &*taken.target),
        ("88", "2025", "95")
    );
    // Somebody aimed at more: the line stays theirs.
    index.take_off(&mut step);
    assert_eq!(step.rows.len(), 2);
    step.rows[1].target.clear();
    index.take_off(&mut step);
    assert_eq!(step.rows.len(), 1);
    // That of a contract is another one, a blank line is used, a full step is left alone.
    step.rows[0] = PledgeRow {
        contract_ref: "2026-1".to_owned(),
        ..index.row()
    };
    step.rows.push(PledgeRow::default());
    assert!(!index.is_in(&step));
    assert_eq!(index.put(&mut step), Some(1));
    assert_eq!(step.rows.len(), 2);
    step.rows = vec![row("SOC-APP-01", ""); 50];
    assert_eq!(index.put(&mut step), None);
}
