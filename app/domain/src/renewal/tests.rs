//! What is taken over, what is not, and what a choice leaves of the draft.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use uuid::Uuid;

use super::*;
use crate::claims::{Closure, ClosureCause};
use crate::documents::{Document, FileKind, KnownDocument, Scan};
use crate::form::{CommitmentRow, PledgeRow, SizeStep, StatusRow};
use crate::identifiers::Siren;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn context() -> CompanyContext {
    CompanyContext {
        siren: Siren::parse("732829320").unwrap(),
        created_on: None,
        catalogue: std::sync::Arc::default(),
        documents: vec![],
        proved: vec![],
    }
}

fn status(kind: &str, reference: &str, to: &str) -> StatusRow {
    StatusRow {
        kind: kind.into(),
        reference: reference.into(),
        valid_from: "01/01/2026".into(),
        valid_to: to.into(),
        state: "VALIDE".to_owned(),
        ..StatusRow::default()
    }
}

fn commitment(end: &str) -> CommitmentRow {
    CommitmentRow {
        modality: "embauche_directe".into(),
        contract_ref: "2026-1".into(),
        unit: "hours".into(),
        hours: "500".into(),
        persons: "1".into(),
        publics: vec!["qpv".into()],
        start: "01/02/2026".into(),
        end: end.into(),
        ..CommitmentRow::default()
    }
}

/// A size of 2025, an EI until the end of 2027, a commitment until March 2027.
fn draft() -> Draft {
    let mut draft = Draft {
        size: SizeStep {
            declare: "yes".into(),
            closing_date: "31/12/2025".into(),
            awu: "12".into(),
            turnover_eur: "900 000".into(),
            balance_eur: "300 000".into(),
            group: "no".into(),
            ..SizeStep::default()
        },
        ..Draft::default()
    };
    draft.company.siret = "73282932000074".into();
    draft.solidarity.declare = "yes".into();
    draft.solidarity.rows = vec![status("EI", "EI013230042A0M1", "31/12/2027")];
    draft.insertion.declare = "yes".into();
    draft.insertion.rows = vec![commitment("31/03/2027")];
    draft.statement.signer_name = "Anne Martin".into();
    draft
}

fn claims(draft: &Draft) -> Vec<Claim> {
    rows::places(draft)
        .filter_map(|(step, index)| crate::form::claim_of(draft, step, index, &context()))
        .collect()
}

/// Decided in March 2026, everything accepted but what is refused here.
fn past(draft: Draft, refused: &[usize]) -> Past {
    let claims = claims(&draft)
        .into_iter()
        .enumerate()
        .map(|(rank, claim)| {
            let verdict = if refused.contains(&rank) {
                Verdict::Refused("Pièce illisible.".into())
            } else {
                Verdict::Accepted
            };
            (claim, verdict)
        })
        .collect();
    Past {
        reference: "SPA-2026-AAAA-AAAA".into(),
        signed_on: day("2026-03-04"),
        draft,
        claims,
    }
}

fn qualifications(past: &Past, revision: u32) -> Vec<Qualification> {
    past.claims
        .iter()
        .filter(|(_, verdict)| *verdict == Verdict::Accepted)
        .enumerate()
        .map(|(rank, (claim, _))| Qualification {
            id: Uuid::from_u128(u128::from(revision) * 100 + rank as u128),
            siren: context().siren,
            claim: claim.clone(),
            hash: claim.hash(),
            validity: claim.validity(past.signed_on),
            revision,
            closures: vec![],
        })
        .collect()
}

fn renewal(pasts: &[Past], held: &[Qualification], open: Option<&Draft>, today: &str) -> Renewal {
    Renewal::of(&Sources {
        pasts,
        qualifications: held,
        open,
        context: &context(),
        today: day(today),
    })
}

fn ticked(renewal: &Renewal) -> Vec<String> {
    let lines = renewal.lines.iter().filter(|line| line.ticked);
    lines.map(Line::mark).collect()
}

#[test]
fn what_has_not_changed_is_taken_over_and_says_since_when() {
    let pasts = [past(draft(), &[])];
    let found = renewal(&pasts, &qualifications(&pasts[0], 1), None, "2026-11-27");
    assert_eq!(ticked(&found), ["taille-0", "solidarite-0", "insertion-0"]);
    let size = found.line("taille-0").unwrap();
    assert_eq!(size.fate, Fate::Same);
    assert_eq!(size.since.as_ref().unwrap().signed_on, day("2026-03-04"));
    assert_eq!(size.held.unwrap().to, Some(day("2027-03-03")));
    assert_eq!(size.renewed.unwrap().to, Some(day("2027-11-26")));
    assert!(size.extends());
    assert!(
        !found.line("insertion-0").unwrap().extends(),
        "its end is its own"
    );
    assert_eq!(
        found.draft.statement,
        crate::form::StatementStep::default(),
        "sworn anew"
    );
    assert!(found.is_possible());
}

#[test]
fn what_is_refused_revoked_or_given_up_is_told_and_not_taken_over() {
    let pasts = [past(draft(), &[2])];
    let mut held = qualifications(&pasts[0], 1);
    let closure = |cause| Closure {
        from: day("2026-06-01"),
        cause,
        by: None,
        second: None,
        reason: "Agrément retiré.".into(),
        recorded_at: "2026-06-01T08:00:00Z".parse().unwrap(),
    };
    held[0].closures.push(closure(ClosureCause::Withdrawn));
    held[1].closures.push(closure(ClosureCause::Revoked));
    let found = renewal(&pasts, &held, None, "2026-11-27");
    assert_eq!(ticked(&found), Vec::<String>::new());
    assert!(found.lines.iter().all(|line| !line.offered));
    assert!(
        !found.is_possible(),
        "nothing is offered where nothing can be reused"
    );
    let fates: Vec<_> = found.lines.iter().map(|line| &line.fate).collect();
    assert_eq!(
        fates[0],
        &Fate::GivenUp {
            from: day("2026-06-01")
        }
    );
    assert!(matches!(fates[1], Fate::Revoked { reason, .. } if reason == "Agrément retiré."));
    assert_eq!(fates[2], &Fate::Refused("Pièce illisible.".into()));
    // Said anew in a draft, it may be chosen, and is ticked once it says something else.
    let (mut open, at) = found.edited(&[], Some("insertion-0"));
    assert_eq!(at, Some(0));
    assert_eq!(
        (open.size.declare.as_str(), open.solidarity.declare.as_str()),
        ("no", "no")
    );
    let again = renewal(&pasts, &held, Some(&open), "2026-11-27");
    let line = again.line("insertion-0").unwrap();
    assert!(line.offered && !line.ticked);
    open.insertion.rows[0].hours = "450".into();
    let again = renewal(&pasts, &held, Some(&open), "2026-11-27");
    let line = again.line("insertion-0").unwrap();
    assert!(line.ticked && line.before.is_some());
    assert_eq!(
        line.refused_before.as_deref(),
        Some("Pièce illisible."),
        "and why it was refused is told"
    );
}

#[test]
fn what_has_ended_must_be_said_anew_and_what_ends_soon_is_told() {
    let mut before = draft();
    before.solidarity.rows = vec![
        status("EI", "EI013230042A0M1", "30/06/2027"),
        status("ESUS", "2026-12", "31/01/2028"),
    ];
    let pasts = [past(before, &[])];
    let held = qualifications(&pasts[0], 1);
    let soon = renewal(&pasts, &held, None, "2027-05-01");
    assert_eq!(
        soon.line("solidarite-0").unwrap().fate,
        Fate::EndsSoon(day("2027-06-30"))
    );
    assert_eq!(
        soon.line("insertion-0").unwrap().fate,
        Fate::Over(day("2027-03-31"))
    );
    assert_eq!(
        soon.line("taille-0").unwrap().fate,
        Fate::NewerPeriod(day("2026-12-31"))
    );
    let late = renewal(&pasts, &held, None, "2027-07-01");
    assert_eq!(
        late.line("solidarite-0").unwrap().fate,
        Fate::ToUpdate(vec![Stale::Evidence(day("2027-06-30"))])
    );
    assert_eq!(
        late.line("taille-0").unwrap().fate,
        Fate::ToUpdate(vec![Stale::Figures(day("2026-12-31"))])
    );
    assert_eq!(ticked(&late), ["solidarite-1"]);
    // Going to correct the size keeps what waits for a correction and drops what was unticked.
    let (open, _) = late.edited(&[], Some("taille-0"));
    assert_eq!(open.size.declare, "yes");
    assert_eq!(open.solidarity.rows.len(), 1);
    assert_eq!(open.solidarity.rows[0].kind, "EI");
    // It is offered again, without being ticked.
    let again = renewal(&pasts, &held, Some(&open), "2027-07-01");
    let left_out = again.line("solidarite-1").unwrap();
    assert!(left_out.offered && !left_out.ticked);
    assert_eq!(
        again.chosen(&["solidarite-1".into()]).solidarity.rows[0].kind,
        "ESUS"
    );
}

#[test]
fn what_an_older_declaration_still_holds_is_renewed_with_the_rest() {
    let older = past(draft(), &[]);
    let mut amended = draft();
    amended.solidarity.declare = "no".into();
    amended.solidarity.rows.clear();
    let mut newer = past(amended, &[]);
    newer.signed_on = day("2026-09-01");
    let mut held = qualifications(&older, 1);
    let pasts = [newer, older];
    let found = renewal(&pasts, &held, None, "2026-11-27");
    assert_eq!(ticked(&found), ["taille-0", "solidarite-0", "insertion-0"]);
    assert_eq!(
        found
            .line("taille-0")
            .unwrap()
            .since
            .as_ref()
            .unwrap()
            .signed_on,
        day("2026-03-04")
    );
    // Once closed, it is no longer the company's.
    held[1].closures.push(Closure {
        from: day("2026-10-01"),
        cause: ClosureCause::Superseded,
        by: None,
        second: None,
        reason: String::new(),
        recorded_at: "2026-10-01T08:00:00Z".parse().unwrap(),
    });
    let found = renewal(&pasts, &held, None, "2026-11-27");
    assert!(found.line("solidarite-0").is_none());
}

#[test]
fn a_document_that_ended_stops_its_line() {
    let known = KnownDocument {
        id: Uuid::from_u128(7),
        document: Document {
            sha256: "0".repeat(64),
            name: "convention.pdf".into(),
            kind: FileKind::Pdf,
            size: 10,
            valid_from: None,
            valid_to: Some(day("2026-10-31")),
        },
        preview: false,
        scan: Scan::Clean,
    };
    let mut before = draft();
    before.solidarity.rows[0].documents = vec![known.id.to_string()];
    let pasts = [past(before, &[])];
    let context = CompanyContext {
        documents: vec![known],
        proved: vec![],
        ..context()
    };
    let at = |today: &str| {
        Renewal::of(&Sources {
            pasts: &pasts,
            qualifications: &[],
            open: None,
            context: &context,
            today: day(today),
        })
    };
    let found = at("2026-10-31");
    let line = found.line("solidarite-0").unwrap();
    assert_eq!(line.fate, Fate::EndsSoon(day("2026-10-31")));
    assert!(line.papers[0].ends_soon);
    let found = at("2026-11-01");
    let line = found.line("solidarite-0").unwrap();
    let stale = Stale::Document("convention.pdf".into(), day("2026-10-31"));
    assert_eq!(line.fate, Fate::ToUpdate(vec![stale]));
    assert!(!line.offered);
}

#[test]
fn documents_of_the_size_and_of_commitments_count_too() {
    let known = |id: u128, name: &str, to: &str| KnownDocument {
        id: Uuid::from_u128(id),
        document: Document {
            sha256: format!("{id:064x}"),
            name: name.into(),
            kind: FileKind::Pdf,
            size: 10,
            valid_from: None,
            valid_to: Some(day(to)),
        },
        preview: false,
        scan: Scan::Clean,
    };
    let certificate = known(7, "iso.pdf", "2026-10-31");
    let accounts = known(8, "liasse.pdf", "2030-12-31");
    let mut before = draft();
    before.size.documents = vec![accounts.id.to_string()];
    before.pledges.declare = "yes".into();
    before.pledges.rows = vec![PledgeRow {
        code: "ENV-LAB-01".into(),
        item: "ISO 14001".into(),
        reference: "AFNOR-17".into(),
        valid_to: "31/12/2028".into(),
        documents: vec![certificate.id.to_string()],
        ..PledgeRow::default()
    }];
    let pasts = [past(before, &[])];
    let context = CompanyContext {
        documents: vec![certificate, accounts],
        ..context()
    };
    let found = Renewal::of(&Sources {
        pasts: &pasts,
        qualifications: &[],
        open: None,
        context: &context,
        today: day("2026-11-01"),
    });
    let line = found.line("engagements-0").unwrap();
    let stale = Stale::Document("iso.pdf".into(), day("2026-10-31"));
    assert_eq!(line.fate, Fate::ToUpdate(vec![stale]));
    let papers: Vec<_> = found
        .lines
        .iter()
        .flat_map(|line| &line.papers)
        .map(|paper| paper.known.document.name.as_str())
        .collect();
    assert_eq!(papers, ["liasse.pdf", "iso.pdf"]);
}

#[test]
fn figures_are_of_the_last_approved_period() {
    let closing = day("2025-12-31");
    for (today, expected) in [
        ("2026-12-31", Figures::Last),
        ("2027-01-01", Figures::MaybeOld(day("2026-12-31"))),
        ("2027-06-30", Figures::MaybeOld(day("2026-12-31"))),
        ("2027-07-01", Figures::Old(day("2026-12-31"))),
        ("2028-01-01", Figures::Old(day("2026-12-31"))),
        ("2028-07-01", Figures::Old(day("2027-12-31"))),
    ] {
        assert_eq!(figures(closing, day(today)), expected, "{today}");
    }
}
