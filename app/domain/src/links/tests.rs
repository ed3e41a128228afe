//! What a link may and may not do, by example and for any address.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::catalogue::Catalogue;
use crate::form::{Answers as _, Draft, Rule, StatementStep, StepCode};

fn at() -> chrono::DateTime<chrono::Utc> {
    "2026-05-04T08:00:00Z".parse().unwrap()
}

fn filled(draft: &Draft, query: &str) -> (Draft, Vec<Proposal>) {
    let link = read(query).unwrap();
    propose(
        draft,
        &link.given,
        &Catalogue::default(),
        Origin::Link,
        at(),
    )
}

fn refusals(query: &str) -> Vec<(String, Reason)> {
    let link = read(query).unwrap();
    link.refused
        .into_iter()
        .map(|refused| (refused.name, refused.reason))
        .collect()
}

fn outcomes(proposals: &[Proposal]) -> Vec<(Parameter, Outcome)> {
    proposals
        .iter()
        .map(|one| (one.given.parameter, one.outcome))
        .collect()
}

#[test]
fn every_example_of_the_list_is_taken() {
    for parameter in Parameter::ALL {
        let dated = matches!(parameter, Parameter::ValidFrom | Parameter::ValidTo);
        let with = if dated { "statut=esus&" } else { "" };
        let query = format!("{with}{}={}", parameter.name(), parameter.example());
        let link = read(&query).unwrap();
        assert_eq!(link.refused, [], "{query}");
        assert!(
            link.given.iter().any(|given| given.parameter == parameter),
            "{query}"
        );
        assert_eq!(Parameter::from_name(parameter.name()), Some(parameter));
    }
}

#[test]
fn a_whole_link_fills_a_new_draft() {
    let (draft, proposals) = filled(
        &Draft::default(),
        "siret=73282932000074&effectif=12.5&groupe=non&siae=ei+01324+0013+A0M0&valable-du=2026-01-01\
         &insertion=oui&metier=travaux,numerique&engagement=env-cli-02",
    );
    assert!(proposals.iter().all(|one| one.outcome == Outcome::Fills));
    assert_eq!(draft.company.siret, "73282932000074");
    assert_eq!((&*draft.size.declare, &*draft.size.awu), ("yes", "12,50"));
    assert_eq!(draft.solidarity.rows.len(), 1);
    let row = draft.solidarity.rows.first().unwrap();
    assert_eq!((&*row.kind, &*row.reference), ("EI", "EI013240013A0M0"));
    assert_eq!(row.valid_from, "01/01/2026");
    assert_eq!(draft.pledges.families, ["works", "digital"]);
    assert_eq!(first_step(&proposals), Some(StepCode::Company));
    let again = filled(&draft, "effectif=12,5&statut=ei");
    assert!(again.1.iter().all(|one| one.outcome == Outcome::Same));
    assert_eq!(again.0, draft, "twice changes nothing");
}

#[test]
fn what_is_refused_is_said() {
    let wrong = |rule| Reason::Wrong(rule);
    assert_eq!(
        refusals(
            "contact_email=a%40b.fr&nom=X&signer_name=Y&accepted=yes&utm_source=mail&pme=peut-etre&effectif=-3\
             &date-cloture=31/02/2026&statut=ei,nope,EI&groupe=&solidaire=oui&solidaire=non&total-bilan=%ff&%zz=1"
        ),
        [
            ("contact_email".into(), Reason::Personal),
            ("nom".into(), Reason::Personal),
            ("signer_name".into(), Reason::Personal),
            ("accepted".into(), Reason::Personal),
            ("utm_source".into(), Reason::Unknown),
            ("pme".into(), wrong(Rule::ChooseOne)),
            ("effectif".into(), wrong(Rule::Decimal)),
            ("date-cloture".into(), wrong(Rule::Date)),
            ("statut".into(), Reason::Code),
            ("statut".into(), Reason::Repeated),
            ("groupe".into(), Reason::Empty),
            ("solidaire".into(), Reason::Repeated),
            ("total-bilan".into(), Reason::Encoding),
            ("%zz".into(), Reason::Encoding),
        ]
    );
    for query in [
        "valable-du=2026-01-01",
        "statut=ei,ea&valable-du=2026-01-01",
    ] {
        assert_eq!(
            refusals(query),
            [("valable-du".into(), Reason::WhichStatus)],
            "{query}"
        );
    }
    assert_eq!(read(&"a".repeat(LONGEST + 1)), Err(TooLong));
    assert_eq!(read(&"a=1&".repeat(MOST + 1)), Err(TooLong));
    let html = read("pme=<script>alert(1)</script>").unwrap();
    assert_eq!(html.given, []);
}

#[test]
fn an_answer_that_is_there_stays() {
    let mut draft = Draft::default();
    "no".clone_into(&mut draft.size.declare);
    "yes".clone_into(&mut draft.solidarity.declare);
    draft.pledges.families = vec!["food".to_owned()];
    let (after, proposals) = filled(
        &draft,
        "pme=oui&effectif=3&solidaire=oui&metier=travaux&statut=tih",
    );
    assert_eq!(
        outcomes(&proposals),
        [
            (Parameter::Sme, Outcome::Kept),
            (Parameter::Staff, Outcome::NotAsked),
            (Parameter::Solidarity, Outcome::Same),
            (Parameter::Status, Outcome::NotOffered),
            (Parameter::Pledges, Outcome::Fills),
            (Parameter::Trade, Outcome::Kept),
        ]
    );
    assert_eq!(after.size, draft.size);
    assert_eq!(after.pledges.families, draft.pledges.families);
}

#[test]
fn a_mark_goes_when_the_answer_changes_or_is_confirmed() {
    let (mut draft, _) = filled(&Draft::default(), "effectif=12&statut=ei&groupe=non");
    let paths = |draft: &Draft, step| -> Vec<String> {
        draft
            .proposed(step)
            .into_iter()
            .map(|(path, _)| path)
            .collect()
    };
    assert_eq!(paths(&draft, StepCode::Size), ["declare", "awu", "group"]);
    assert_eq!(
        paths(&draft, StepCode::Solidarity),
        ["declare", "rows[0][kind]"]
    );
    draft.size.awu = "13".to_owned();
    assert_eq!(paths(&draft, StepCode::Size), ["declare", "group"]);
    draft
        .solidarity
        .rows
        .insert(0, crate::form::StatusRow::default());
    assert_eq!(
        paths(&draft, StepCode::Solidarity),
        ["declare", "rows[1][kind]"],
        "the line is followed"
    );
    let settled = draft.settle(&[StepCode::Size]);
    assert_eq!(settled.confirmed, ["taille/declare", "taille/group"]);
    assert_eq!(settled.changed, ["taille/awu"]);
    assert_eq!(paths(&draft, StepCode::Size), [""; 0]);
    assert_eq!(draft.prefilled.len(), 2);
    assert!(draft.settle(&[StepCode::Size]).is_empty());
}

#[test]
fn a_query_is_carried_as_it_reads() {
    for query in [
        "siret=910 000 058&pme=é\"<>\\&a=%zz",
        "statut=ei,nope&effectif=1+2",
    ] {
        let carried = carried(query);
        assert_eq!(read(&carried), read(query), "{carried}");
        assert!(carried.bytes().all(|byte| byte.is_ascii_graphic()));
        assert!(!carried.contains(['<', '>', '"', '\\', '#']));
    }
}

/// Any text, names of the list, and names of questions that must stay closed.
fn pair() -> impl Strategy<Value = String> {
    let names: Vec<String> = Parameter::ALL
        .iter()
        .map(|one| one.name().to_owned())
        .chain(
            crate::form::CompanyStep::names()
                .iter()
                .map(|name| (*name).to_owned()),
        )
        .chain(StatementStep::names().iter().map(|name| (*name).to_owned()))
        .collect();
    let values = prop_oneof![
        "\\PC{0,20}",
        Just("oui".to_owned()),
        Just("12,5".to_owned()),
        Just("2026-01-01".to_owned()),
        Just("ei,esus,<b>".to_owned()),
        Just("%3Cscript%3E".to_owned()),
        Just("EI013240013A0M0".to_owned()),
        Just("ENV-CLI-02".to_owned()),
    ];
    let name = prop_oneof![
        3 => proptest::sample::select(names),
        1 => "\\PC{0,12}".prop_map(String::from),
    ];
    (name, values).prop_map(|(name, value)| format!("{name}={value}"))
}

proptest! {
    #[test]
    fn any_address_fills_what_is_allowed_and_nothing_else(pairs in proptest::collection::vec(pair(), 0..12)) {
        let query = pairs.join("&");
        if let Ok(link) = read(&query) {
            let before = Draft::default();
            let (after, _) = propose(&before, &link.given, &Catalogue::default(), Origin::Link, at());
            // Contacts, the name, what is sworn and what is contested.
            prop_assert_eq!(&after.company.name, "");
            for name in ["contact_name", "contact_role", "contact_email", "contact_phone"] {
                prop_assert_eq!(after.company.answer(name), "");
            }
            prop_assert_eq!(&after.statement, &before.statement);
            prop_assert_eq!(&after.contests, &before.contests);
            prop_assert!(after.insertion.rows.is_empty() && after.size.rows.is_empty());
            let allowed: BTreeSet<_> = Parameter::ALL.iter().map(|one| one.place()).collect();
            for one in &after.prefilled {
                let step = StepCode::from_slug(&one.step).unwrap();
                prop_assert!(allowed.iter().any(|(at, field)| (*at, *field) == (step, one.field.as_str())));
                // Nothing that a page could take for something else than an answer.
                prop_assert!(!one.value.contains(['<', '>', '"', '&']), "{}", one.value);
                prop_assert!(one.path(&after).is_some(), "{:?}", one);
            }
            for row in &after.solidarity.rows {
                prop_assert_eq!((&*row.authority, &*row.applied_on, row.documents.len()), ("", "", 0));
            }
            for row in &after.pledges.rows {
                prop_assert_eq!((&*row.details, &*row.item, &*row.contract_ref, &*row.reference), ("", "", "", ""));
            }
            // Again, after a first time: nothing changes.
            let (again, _) = propose(&after, &link.given, &Catalogue::default(), Origin::Link, at());
            prop_assert_eq!(again, after);
        }
    }

    #[test]
    fn any_address_reads_the_same_once_carried(query in "\\PC{0,80}") {
        let carried = carried(&query);
        prop_assert!(carried.bytes().all(|byte| byte.is_ascii_graphic()));
        if carried.len() <= LONGEST {
            // What cannot be decoded is shown as it came.
            let read = |query| {
                let link = read(query).unwrap();
                let reasons: Vec<_> = link.refused.into_iter().map(|one| one.reason).collect();
                (link.number, link.given, reasons)
            };
            prop_assert_eq!(read(&carried), read(&query));
        }
    }

    #[test]
    fn no_answer_is_replaced(pairs in proptest::collection::vec(pair(), 0..12), declared in "yes|no") {
        let mut before = Draft::default();
        before.company.siret = "73282932000074".to_owned();
        before.size.declare.clone_from(&declared);
        before.size.awu = "7".to_owned();
        before.size.group = "yes".to_owned();
        before.solidarity.declare.clone_from(&declared);
        before.insertion.declare = declared;
        before.pledges.families = vec!["food".to_owned()];
        if let Ok(link) = read(&pairs.join("&")) {
            let (after, _) = propose(&before, &link.given, &Catalogue::default(), Origin::Buyer, at());
            prop_assert_eq!(&after.company, &before.company);
            prop_assert_eq!(&after.size.declare, &before.size.declare);
            prop_assert_eq!(&after.size.awu, &before.size.awu);
            prop_assert_eq!(&after.size.group, &before.size.group);
            prop_assert_eq!(&after.solidarity.declare, &before.solidarity.declare);
            prop_assert_eq!(&after.insertion, &before.insertion);
            prop_assert_eq!(&after.pledges.families, &before.pledges.families);
        }
    }
}
