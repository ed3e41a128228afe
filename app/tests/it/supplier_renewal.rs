//! A renewal on one screen, what changed between two versions, and cancelling to begin again.
#![expect(clippy::indexing_slicing, reason = "tests")]

use std::sync::Arc;

use app::doors::renewal::{redo_declaration, renew_declaration};
use app::error::AppError;
use app::i18n::Lang;
use app::views::{ComparedVersion, ComparisonView, RenewalView, Renewed, Renewing};
use app::visitor::AccountRole;
use domain::claims::Qualification;
use domain::form::{Draft, StatementStep, StepCode};
use domain::lifecycle::{Refusal, Status, Verdict};
use domain::registry::RegistryState;
use domain::renewal::{Past, Renewal, Sources};
use scraper::Html;

use crate::fakes::supplier::*;
use crate::html::{all, assert_sound};
use crate::supplier_visit::{knock, only, sound, visit, words};

/// The company of the scenes, decided in March 2026; one commitment was refused.
fn past(draft: Draft) -> Past {
    let claims = draft.parse(&context(), today()).unwrap().claims;
    Past {
        reference: "D-2026-00012".into(),
        signed_on: today(),
        draft,
        claims: claims
            .into_iter()
            .enumerate()
            .map(|(rank, claim)| match rank {
                3 => (claim, Verdict::Refused("Marché inconnu.".into())),
                _ => (claim, Verdict::Accepted),
            })
            .collect(),
    }
}

fn held(past: &Past) -> Vec<Qualification> {
    let accepted = past
        .claims
        .iter()
        .filter(|(_, verdict)| *verdict == Verdict::Accepted);
    accepted
        .enumerate()
        .map(|(rank, (claim, _))| Qualification {
            id: id(50 + rank as u128),
            siren: siren(),
            claim: claim.clone(),
            hash: claim.hash(),
            validity: claim.validity(past.signed_on),
            revision: 1,
            closures: vec![],
        })
        .collect()
}

pub(crate) fn renewal(draft: Draft, open: Option<&Draft>, on: &str) -> RenewalView {
    let pasts = [past(draft)];
    let held = held(&pasts[0]);
    let renewal = Renewal::of(&Sources {
        pasts: &pasts,
        qualifications: &held,
        open,
        context: &context(),
        today: day(on),
    });
    RenewalView {
        id: id(1),
        open: open.is_some(),
        seen: "1.3.".into(),
        siren: siren(),
        company_name: "Atelier des Calanques".into(),
        last: Some((id(1), "D-2026-00012".into(), today())),
        renewal,
        company_errors: vec![],
        registry: RegistryState::Known(Box::new(facts())),
        listed: domain::lists::Listed::default(),
        document_limits: domain::documents::DocumentLimits::default(),
        signer: filled().statement,
        can_edit: true,
        can_sign: true,
        today: day(on),
    }
}

fn showing(view: RenewalView) -> Fake {
    Fake {
        renewal: Some(Renewing::Ready(Box::new(view))),
        ..Fake::default()
    }
}

fn page_path() -> String {
    format!("/declarations/{}/renouveler", id(1))
}

#[test]
fn a_renewal_says_exactly_what_is_taken_over_and_what_is_not() {
    let fake = showing(renewal(filled(), None, "2026-11-02"));
    let page = sound("renewal", fake, &page_path());
    let ticked = all(&page, "input[name='keep[]'][checked]");
    let marks: Vec<_> = ticked.iter().filter_map(|one| one.attr("value")).collect();
    assert_eq!(marks, ["taille-0", "solidarite-0", "insertion-0"]);
    let main = words(&page, "main");
    for expected in [
        "Ce qui est en vigueur le reste",
        "cette page ne fait que lire",
        "Réponses inchangées depuis le 3\u{a0}mars 2026",
        "En vigueur jusqu’au 2\u{a0}mars 2027. Une fois acceptée\u{a0}: jusqu’au 1er\u{a0}novembre 2027, sans interruption.",
        "La pièce prend fin le 31\u{a0}décembre 2026",
        "Ce qui n’est pas repris",
        "Refusée la dernière fois",
        "Marché inconnu.",
        "Signataire\u{a0}: Anne Martin, Gérante (représentant légal).",
    ] {
        assert!(main.contains(expected), "{expected}");
    }
    // The box of the oath is never ticked in advance, and what was refused has none.
    assert!(only(&page, "#accepted").attr("checked").is_none());
    assert_eq!(all(&page, "input[name='keep[]']").len(), 3);
    assert_eq!(
        all(&page, "button[value='edit-insertion-1']").len(),
        1,
        "it may be declared again"
    );
}

#[test]
fn what_is_out_of_date_is_told_first_and_is_not_ticked() {
    let fake = showing(renewal(filled(), None, "2027-07-02"));
    let page = sound("renewal late", fake, &page_path());
    let anew = words(&page, "section[aria-labelledby=anew-title]");
    for expected in [
        "Un exercice s’est clos depuis, le 31\u{a0}décembre 2026",
        "La pièce a pris fin le 31\u{a0}décembre 2026",
        "Mettre à jour",
    ] {
        assert!(anew.contains(expected), "{expected}");
    }
    assert!(all(&page, "input[name='keep[]']").is_empty());
    assert!(
        words(&page, "section[aria-labelledby=left-title]").contains("Fin le 31\u{a0}mars 2027")
    );
}

#[test]
fn nothing_is_offered_where_nothing_can_be_taken_over() {
    let mut view = renewal(filled(), None, "2026-11-02");
    for line in &mut view.renewal.lines {
        line.fate = domain::renewal::Fate::Refused("Pièces illisibles.".into());
        line.offered = false;
        line.ticked = false;
    }
    let page = sound("renewal of nothing", showing(view), &page_path());
    assert!(words(&page, ".empty").contains("Rien ne peut être repris tel quel"));
    assert!(all(&page, "form[action='/fn/renew-declaration']").is_empty());
    only(&page, "form[action='/fn/amend-declaration']");
    assert!(words(&page, "main").contains("Pièces illisibles."));
}

#[test]
fn errors_lead_to_the_oath_and_hostile_answers_stay_text() {
    let mut draft = filled();
    draft.company.contact_name = HOSTILE.into();
    let mut view = renewal(draft, None, "2026-11-02");
    view.signer = StatementStep::default();
    let url = format!("{}?verifier&refus=nothing_declared", page_path());
    let (html, _) = visit(&Arc::new(showing(view)), &url, Lang::Fr);
    assert_sound("renewal wrong", &html, "fr");
    let page = Html::parse_document(&html);
    for field in ["accepted", "signer_name", "capacity", "reprises"] {
        only(&page, &format!(".error-summary a[href='#{field}']"));
    }
    assert!(words(&page, "#entreprise").contains(HOSTILE));
}

#[test]
fn an_open_renewal_shows_what_was_changed_and_what_was_left_out() {
    let mut open = filled();
    open.insertion.rows.remove(1);
    open.size.declare = "no".into();
    open.insertion.rows[0].persons = "4".into();
    let view = renewal(filled(), Some(&open), "2026-11-02");
    let page = sound("open renewal", showing(view), &page_path());
    assert!(words(&page, "main").contains("Vos choix sont dans un brouillon, non transmis."));
    let table = words(&page, "#insertion-0 .difference");
    assert!(
        table.contains("Personnes") && table.contains('3') && table.contains('4'),
        "{table}"
    );
    only(&page, "#insertion-0 del");
    only(&page, "#insertion-0 ins");
    // Left out: still there, not ticked.
    let size = only(&page, "input[value='taille-0']");
    assert!(size.attr("checked").is_none());
}

#[test]
fn another_declaration_that_is_open_comes_first() {
    let fake = Arc::new(Fake {
        renewal: Some(Renewing::Elsewhere(id(2))),
        ..Fake::default()
    });
    let (_, reply) = visit(&fake, &page_path(), Lang::Fr);
    assert_eq!(reply.location, Some(format!("/declarations/{}", id(2))));
}

fn renew(renewed: Result<Renewed, AppError>, intent: &str) -> (Arc<Fake>, Option<String>) {
    let fake = Arc::new(Fake {
        renewed,
        ..Fake::default()
    });
    let (outcome, next) = knock(&fake, &visitor(AccountRole::Supplier), || {
        let keep = vec!["taille-0".to_owned()];
        let statement = StatementStep {
            accepted: "yes".into(),
            ..StatementStep::default()
        };
        renew_declaration(id(1), "seen".into(), intent.into(), keep, statement)
    });
    outcome.unwrap();
    (fake, next)
}

#[test]
fn each_button_of_a_renewal_leads_to_its_page() {
    let (one, two) = (id(1), id(2));
    let kept = |line| Ok(Renewed::Kept { draft: two, line });
    for (renewed, intent, next) in [
        (
            Ok(Renewed::Sent(two)),
            "submit",
            format!("/declarations/{two}/accuse"),
        ),
        (
            kept(None),
            "save",
            format!("/declarations/{two}/renouveler?fait=enregistre"),
        ),
        (
            kept(None),
            "registers",
            format!("/declarations/{two}/registres"),
        ),
        (
            kept(None),
            "step-entreprise",
            format!("/declarations/{two}/entreprise?retour=renouveler"),
        ),
        (
            kept(Some((StepCode::Insertion, 1))),
            "edit-insertion-1",
            format!("/declarations/{two}/insertion?verifier&retour=renouveler#rows-1"),
        ),
        (
            kept(Some((StepCode::Size, 0))),
            "edit-taille-0",
            format!("/declarations/{two}/taille?verifier&retour=renouveler"),
        ),
        (
            Ok(Renewed::Incomplete(two)),
            "submit",
            format!("/declarations/{two}/renouveler?verifier#errors"),
        ),
        (
            Ok(Renewed::Changed(two)),
            "submit",
            format!(
                "/declarations/{two}/renouveler?fait=change&saisie={}",
                id(9)
            ),
        ),
        (
            Ok(Renewed::Elsewhere(two)),
            "submit",
            format!("/declarations/{two}?change"),
        ),
        (
            Ok(Renewed::Closed(closed_company())),
            "submit",
            "/espace/recherche?q=732829320&issue=fermee&depuis=2024-03-01".to_owned(),
        ),
        (
            Err(Refusal::NothingDeclared.into()),
            "submit",
            format!("/declarations/{one}/renouveler?verifier&refus=nothing_declared#errors"),
        ),
    ] {
        let (fake, location) = renew(renewed, intent);
        assert_eq!(location, Some(next), "{intent}");
        let asked = fake.asked.lock().unwrap();
        assert!(
            asked[0].starts_with("renew seen [\"taille-0\"] yes"),
            "{asked:?}"
        );
    }
}

#[test]
fn cancelling_to_begin_again_is_asked_once_more_and_leads_to_the_new_draft() {
    for status in [
        Status::Submitted,
        Status::InReview,
        Status::ChangesRequested,
    ] {
        let url = format!("/declarations/{}?confirmer=recommencer", id(1));
        let page = sound("redo", Fake::showing(view(status, filled())), &url);
        only(
            &page,
            "form.confirm[action='/fn/redo-declaration'] input[name=version]",
        );
        assert!(words(&page, "form.confirm").contains("reste dans votre historique"));
    }
    // What is decided is not cancelled any more, whatever the address says.
    let url = format!("/declarations/{}?confirmer=recommencer", id(1));
    let page = sound(
        "no redo",
        Fake::showing(view(Status::Validated, filled())),
        &url,
    );
    assert!(all(&page, "form.confirm").is_empty());
    only(&page, &format!("a[href='{}']", page_path()));
    let fake = Arc::new(Fake::default());
    let (outcome, next) = knock(&fake, &visitor(AccountRole::Supplier), || {
        redo_declaration(id(7), 7)
    });
    outcome.unwrap();
    assert_eq!(
        next,
        Some(format!("/declarations/{}?fait=recommencee", id(1)))
    );
    assert_eq!(*fake.asked.lock().unwrap(), ["redo 7"]);
}

fn compared(newer: Draft, older: Option<Draft>) -> Fake {
    let version = |draft: Draft, number, at_: &str| ComparedVersion {
        number,
        declaration: id(1),
        signed_at: at(at_),
        snapshot: draft.parse(&context(), today()).unwrap(),
    };
    Fake {
        comparison: Some(ComparisonView {
            id: id(1),
            reference: "D-2026-00012".into(),
            company_name: "Atelier des Calanques".into(),
            names: Arc::default(),
            older: older.map(|draft| version(draft, 2, "2026-03-03T13:06:00Z")),
            newer: version(newer, 3, "2026-04-03T13:06:00Z"),
        }),
        ..Fake::default()
    }
}

#[test]
fn what_changed_between_two_versions_is_told_in_words() {
    let mut newer = filled();
    newer.company.contact_role = "Présidente".into();
    newer.solidarity.rows[0].reference = "EI013230042A0M2".into();
    newer.insertion.rows[1].contract_ref = "2026-77".into();
    let url = format!("/declarations/{}/versions/3", id(1));
    let page = sound("comparison", compared(newer, Some(filled())), &url);
    let main = words(&page, "main");
    for expected in [
        "Ce qui a changé dans la version 3",
        "comparée à la version 2",
        "1 affirmation modifiée, 1 ajoutée, 1 retirée, 2 inchangées.",
        "Fonction",
        "Modifiée",
        "Ajoutée",
        "Retirée",
    ] {
        assert!(main.contains(expected), "{expected}: {main}");
    }
    let old: String = words(&page, "del");
    let new: String = words(&page, "ins");
    assert!(old.contains("Gérante") && old.contains("EI013230042A0M1"));
    assert!(new.contains("Présidente") && new.contains("EI013230042A0M2"));
    assert!(!main.contains('{'), "never raw data");
    only(
        &page,
        &format!("a[href='/declarations/{}/versions/2']", id(1)),
    );

    let page = sound("same", compared(filled(), Some(filled())), &url);
    assert!(words(&page, "main").contains("Aucune différence"));
    let page = sound("first", compared(filled(), None), &url);
    assert!(words(&page, "main").contains("il n’y a rien à comparer"));
}
