//! Statuses with less to say because something proves them, and those with more: the state of an agreement, the conditions of
//! the law; what was stored before the form asked for them.

use domain::claims::{
    AgreementState, Claim, ClaimBody, EssCondition, Evidence, Kind, Proved, Witness, WitnessSource,
};
use domain::form::{CompanyContext, Draft, Rule, StatusRow, StepCode, sha256_hex};
use domain::identifiers::Siret;
use domain::known::{Contest, Fact};
use domain::lists::ListKind;
use domain::registry::Source;

use crate::form::{complete, context, text, today};
use crate::support::day;

const HERE: &str = "73282932000074";

fn list(kind: Kind) -> Proved {
    Proved {
        kind,
        witness: Witness {
            source: WitnessSource::List(ListKind::Inclusion),
            read_on: Some(day("2026-10-01")),
        },
        siret: Some(Siret::parse(HERE).unwrap()),
        alone: true,
        reference: None,
        valid_from: None,
        valid_to: None,
        state: None,
        signed_siret: None,
    }
}

fn register(kind: Kind) -> Proved {
    Proved {
        witness: Witness {
            source: WitnessSource::Register(Source::RechercheEntreprises),
            read_on: Some(day("2026-11-20")),
        },
        siret: None,
        ..list(kind)
    }
}

fn beside(proved: Vec<Proved>) -> CompanyContext {
    CompanyContext {
        proved,
        ..context()
    }
}

/// A declaration of one status of which nothing is said but its kind.
fn bare(kind: &str) -> Draft {
    let mut draft = complete();
    draft.solidarity.rows = vec![StatusRow {
        kind: text(kind),
        ..StatusRow::default()
    }];
    draft
}

fn wrong(draft: &Draft, context: &CompanyContext) -> Vec<(String, Rule)> {
    draft
        .step_errors(StepCode::Solidarity, context, today())
        .into_iter()
        .map(|error| {
            let name = error.path.trim_start_matches("rows[0]").to_owned();
            (name, error.rule)
        })
        .collect()
}

fn paths(draft: &Draft, context: &CompanyContext) -> Vec<String> {
    let wrong = wrong(draft, context).into_iter();
    wrong.map(|(path, _)| path).collect()
}

fn signed(draft: &Draft, context: &CompanyContext) -> (Claim, Evidence) {
    let claim = draft.parse(context, today()).unwrap().claims.remove(1);
    let ClaimBody::Status(evidence) = claim.body.clone() else {
        unreachable!("a status")
    };
    (claim, evidence)
}

#[test]
fn a_status_that_nothing_proves_needs_its_whole_evidence() {
    let asked = ["[reference]", "[state]", "[valid_from]", "[valid_to]"];
    let mut found = paths(&bare("EI"), &context());
    found.sort();
    assert_eq!(found, asked);
    // What proves another kind proves nothing here.
    assert_eq!(paths(&bare("EI"), &beside(vec![list(Kind::Aci)])).len(), 4);
    for kind in ["EA", "ESUS", "GEIQ", "ESS_COMPANY"] {
        assert!(!paths(&bare(kind), &context()).is_empty(), "{kind}");
    }
}

#[test]
fn a_list_or_a_register_stands_for_reference_dates_and_state() {
    for (proof, source) in [
        (list(Kind::Ei), WitnessSource::List(ListKind::Inclusion)),
        (
            register(Kind::Ei),
            WitnessSource::Register(Source::RechercheEntreprises),
        ),
    ] {
        let context = beside(vec![proof.clone()]);
        assert_eq!(wrong(&bare("EI"), &context), []);
        let (claim, evidence) = signed(&bare("EI"), &context);
        assert_eq!(
            evidence,
            Evidence {
                witness: Some(proof.witness),
                ..Evidence::default()
            }
        );
        assert_eq!(evidence.witness.unwrap().source, source);
        // Twelve months from the statement, as for any evidence without an end.
        let validity = claim.validity(today());
        assert_eq!(validity.from, today());
        assert_eq!(validity.to, Some(day("2027-11-22")));
    }
}

#[test]
fn the_dates_and_the_agreement_of_the_list_are_taken_over_and_answers_prevail() {
    let context = beside(vec![Proved {
        reference: Some(text("EI013230042A0M1")),
        valid_from: Some(day("2026-01-01")),
        valid_to: Some(day("2027-12-31")),
        state: Some(AgreementState::Provisoire),
        signed_siret: Some(Siret::parse("73282932000082").unwrap()),
        ..list(Kind::Ei)
    }]);
    let (claim, evidence) = signed(&bare("EI"), &context);
    assert_eq!(evidence.reference.as_deref(), Some("EI013230042A0M1"));
    assert_eq!(evidence.state, Some(AgreementState::Provisoire));
    assert_eq!(
        evidence.signed_siret.as_ref().map(Siret::as_str),
        Some("73282932000082")
    );
    assert_eq!(claim.validity(today()).to, Some(day("2027-12-31")));
    assert!(evidence.witness.is_some(), "the supplier said none of it");
    let mut said = bare("EI");
    said.solidarity.rows[0].valid_to = text("30/06/2027");
    let (claim, _) = signed(&said, &context);
    assert_eq!(claim.validity(today()).to, Some(day("2027-06-30")));
    // Said in full, it leans on nothing: a new edition of the list changes nothing of it.
    let (_, evidence) = signed(&complete(), &context);
    assert_eq!(evidence.witness, None);
    // A number that the form would not take is not taken from the list.
    let odd = beside(vec![Proved {
        reference: Some(text("convention n° 12")),
        ..list(Kind::Ei)
    }]);
    let (_, evidence) = signed(&bare("EI"), &odd);
    assert_eq!(evidence.reference, None);
}

#[test]
fn a_wrong_answer_stays_wrong_whatever_proves_the_status() {
    let context = beside(vec![list(Kind::Ei)]);
    let mut draft = bare("EI");
    draft.solidarity.rows[0].reference = text("ACI013170013A0M1");
    draft.solidarity.rows[0].valid_to = text("22/11/2026");
    draft.solidarity.rows[0].state = text("HISTORISE");
    assert_eq!(
        wrong(&draft, &context),
        [
            (text("[reference]"), Rule::SiaeMeasure),
            (text("[state]"), Rule::AgreementInactive),
            (text("[valid_to]"), Rule::AlreadyEnded),
        ]
    );
}

#[test]
fn one_establishment_is_proved_by_a_list_that_names_it_alone() {
    let mut draft = bare("EA");
    draft.solidarity.rows[0].siret = text(HERE);
    assert_eq!(wrong(&draft, &beside(vec![list(Kind::Ea)])), []);
    // The register does not say which establishment it is.
    assert_eq!(paths(&draft, &beside(vec![register(Kind::Ea)])).len(), 3);
    let other = Proved {
        siret: Some(Siret::parse("73282932000082").unwrap()),
        ..list(Kind::Ea)
    };
    assert_eq!(paths(&draft, &beside(vec![other])).len(), 3);
    // Of several structures, none stands for the company.
    let several = Proved {
        alone: false,
        ..list(Kind::Ea)
    };
    assert_eq!(paths(&bare("EA"), &beside(vec![several])).len(), 3);
    let mut esat = bare("ESAT");
    esat.solidarity.rows[0].siret = text(HERE);
    assert_eq!(wrong(&esat, &beside(vec![list(Kind::Esat)])), []);
}

#[test]
fn what_the_supplier_contests_proves_nothing() {
    let mut draft = bare("EI");
    draft.contests.push(Contest {
        fact: Fact::Status(Kind::Ei),
        ..crate::known::contest(vec![])
    });
    assert_eq!(paths(&draft, &beside(vec![list(Kind::Ei)])).len(), 4);
}

#[test]
fn an_approval_on_the_list_without_a_day_holds_twelve_months() {
    let listed = Proved {
        siret: None,
        witness: Witness {
            source: WitnessSource::List(ListKind::Esus),
            read_on: Some(day("2026-10-01")),
        },
        ..list(Kind::Esus)
    };
    let (claim, _) = signed(&bare("ESUS"), &beside(vec![listed.clone()]));
    assert_eq!(claim.validity(today()).to, Some(day("2027-11-22")));
    // With its day, the law gives its end.
    let dated = Proved {
        valid_from: Some(day("2024-03-15")),
        ..listed.clone()
    };
    let (claim, _) = signed(&bare("ESUS"), &beside(vec![dated]));
    assert_eq!(claim.validity(today()).to, Some(day("2029-03-14")));
    // A day so far back that the law ended it is not sent.
    let old = Proved {
        valid_from: Some(day("2020-03-15")),
        ..listed
    };
    assert_eq!(
        wrong(&bare("ESUS"), &beside(vec![old])),
        [(text("[valid_to]"), Rule::ApprovalEnded(day("2025-03-14")))]
    );
}

#[test]
fn the_day_on_which_a_source_was_read_tells_no_two_claims_apart() {
    let later = Proved {
        witness: Witness {
            read_on: Some(day("2026-11-01")),
            ..list(Kind::Ei).witness
        },
        ..list(Kind::Ei)
    };
    let (one, _) = signed(&bare("EI"), &beside(vec![list(Kind::Ei)]));
    let (two, _) = signed(&bare("EI"), &beside(vec![later]));
    assert_ne!(one, two);
    assert_eq!(one.hash(), two.hash());
    let (other, _) = signed(&bare("EI"), &beside(vec![register(Kind::Ei)]));
    assert_ne!(one.hash(), other.hash());
}

#[test]
fn only_an_active_agreement_is_sent() {
    let told = |state: &str| {
        let mut draft = complete();
        draft.solidarity.rows[0].state = text(state);
        wrong(&draft, &context())
    };
    let at = |rule| vec![(text("[state]"), rule)];
    assert_eq!(told("VALIDE"), []);
    assert_eq!(told("PROVISOIRE"), []);
    assert_eq!(told(""), at(Rule::Required));
    assert_eq!(told("ACTIVE"), at(Rule::Choice));
    for state in AgreementState::ALL {
        let expected = match state {
            AgreementState::Valide | AgreementState::Provisoire => vec![],
            AgreementState::Saisi | AgreementState::Brouillon => at(Rule::AgreementNotYet),
            _ => at(Rule::AgreementInactive),
        };
        assert_eq!(told(state.code()), expected, "{state:?}");
    }
    let mut draft = complete();
    draft.solidarity.rows[0].signed_siret = text("732 829 320 00082");
    let (_, evidence) = signed(&draft, &context());
    assert_eq!(evidence.state, Some(AgreementState::Valide));
    assert_eq!(
        evidence.signed_siret.as_ref().map(Siret::as_str),
        Some("73282932000082")
    );
    // Of other kinds it is not asked, and what was typed says nothing.
    draft.solidarity.rows[0].kind = text("EA");
    draft.solidarity.rows[0].state = text("ANNULE");
    let (_, evidence) = signed(&draft, &context());
    assert_eq!((evidence.state, evidence.signed_siret), (None, None));
}

#[test]
fn a_commercial_company_confirms_each_condition_of_the_law() {
    let mut draft = bare("ESS_COMPANY");
    let row = &mut draft.solidarity.rows[0];
    row.reference = text("Statuts du 3 mai 2021");
    row.valid_from = text("03/05/2021");
    let missing = [(text("[conditions]"), Rule::Conditions)];
    assert_eq!(wrong(&draft, &context()), missing);
    let all: Vec<String> = EssCondition::ALL
        .into_iter()
        .map(|condition| text(condition.code()))
        .collect();
    for left_out in 0..all.len() {
        let mut ticked = all.clone();
        ticked.remove(left_out);
        draft.solidarity.rows[0].conditions = ticked;
        assert_eq!(wrong(&draft, &context()), missing, "{left_out}");
    }
    let mut ticked = all;
    ticked.reverse();
    ticked.push(text("aim"));
    ticked.push(text("other"));
    draft.solidarity.rows[0].conditions = ticked;
    let (_, evidence) = signed(&draft, &context());
    assert_eq!(evidence.conditions, EssCondition::ALL);
    // The mention in the register was given on the statutes.
    let proved = beside(vec![register(Kind::EssCompany)]);
    assert_eq!(wrong(&bare("ESS_COMPANY"), &proved), []);
    let (_, evidence) = signed(&bare("ESS_COMPANY"), &proved);
    assert_eq!(evidence.witness, Some(register(Kind::EssCompany).witness));
}

#[test]
fn what_was_stored_before_version_4_reads_and_keeps_its_hash() {
    // A draft, as version 3 stored it: it lacks what is asked now, and says so.
    let draft = r#"{"solidarity":{"declare":"yes","rows":[
        {"kind":"EI","siret":"","reference":"EI013170013A0M1","authority":"DDETS 13","applied_on":"",
         "valid_from":"01/01/2026","valid_to":"31/12/2027","documents":[]},
        {"kind":"ESS_COMPANY","siret":"","reference":"Statuts","authority":"","applied_on":"",
         "valid_from":"03/05/2021","valid_to":"","documents":[]}]}}"#;
    let read: Draft = serde_json::from_str(draft).unwrap();
    let read = Draft {
        solidarity: read.solidarity,
        ..complete()
    };
    let told = read.step_errors(StepCode::Solidarity, &context(), today());
    let told: Vec<_> = told.iter().map(|error| error.path.as_str()).collect();
    assert_eq!(told, ["rows[0][state]", "rows[1][conditions]"]);
    // What was signed.
    let claim = concat!(
        r#"{"key":{"kind":"EI","scope":{"level":"siren","id":"732829320"}},"body":{"type":"status","reference":"EI013170013A0M1","#,
        r#""authority":"DDETS 13","valid_from":"2026-01-01","valid_to":"2027-12-31"}}"#
    );
    let (now, _) = signed(&complete(), &context());
    let shape = serde_json::to_string(&now).unwrap();
    let before = shape.replace(r#","state":"VALIDE""#, "");
    assert_ne!(before, shape);
    assert_eq!(before, claim);
    let read: Claim = serde_json::from_str(&before).unwrap();
    assert_eq!(read.hash(), sha256_hex(before.as_bytes()));
}
