//! Every state of every page of the agents: an address, and what the desks show there.
//! Longer than 400 lines: it is one list, with the scenes of each page.

use app::views::Typed;
use domain::claims::ValidityState;
use domain::lifecycle::{Status, Verdict};
use domain::registry::RegistryState;

use crate::commitments;
use crate::fakes::desk::{COPY, Scene};
use crate::fakes::scenes as made;
use crate::fakes::{catalogue, figures, levers};
use crate::figure_states;
use crate::frozen;
use crate::import_states;
use crate::payments;
use crate::published;

#[expect(clippy::too_many_lines, reason = "one list, read top to bottom")]
pub(crate) fn states() -> Vec<(String, Scene)> {
    let scene = Scene::default;
    let review = |view| Scene {
        review: Some(view),
        ..scene()
    };
    let qualification = |view| Scene {
        qualification: Some(view),
        ..scene()
    };
    let id = made::ID;
    let mut states = vec![
        (
            "/instruction".to_owned(),
            Scene {
                queue: made::queue(25),
                ..scene()
            },
        ),
        (
            "/instruction".to_owned(),
            Scene {
                queue: made::queue(0),
                ..scene()
            },
        ),
        (
            "/instruction?statut=toutes&q=%3Cb%3E&tri=nom&page=2".to_owned(),
            Scene {
                queue: made::queue(3),
                ..scene()
            },
        ),
        (
            "/instruction?statut=toutes&q=%3Cb%3E%20%22x%22".to_owned(),
            scene(),
        ),
        (
            "/instruction?refus=gone&statut=validated&tri=recent".to_owned(),
            scene(),
        ),
        (
            "/instruction?page=9".to_owned(),
            Scene {
                queue: app::views::QueuePage {
                    total: 3,
                    page: 9,
                    pages: 1,
                    ..made::queue(0)
                },
                ..scene()
            },
        ),
        (
            format!("/instruction/{id}/courriels"),
            Scene {
                sent: Some(made::sent()),
                ..scene()
            },
        ),
        (
            "/instruction/qualifications".to_owned(),
            Scene {
                qualifications: made::qualifications(7),
                ..scene()
            },
        ),
        ("/instruction/qualifications".to_owned(), scene()),
        (
            "/instruction/indicateurs?annee=2025".to_owned(),
            Scene {
                indicators: Some(figures::indicators()),
                ..scene()
            },
        ),
        (
            "/instruction/indicateurs?annee=2019&etat=modifie".to_owned(),
            Scene {
                indicators: Some(figures::no_indicators()),
                ..scene()
            },
        ),
        (
            "/instruction/indicateurs/marches?annee=2025&mesure=solidaires".to_owned(),
            Scene {
                contracts: Some(figures::contracts(4)),
                ..scene()
            },
        ),
        (
            "/instruction/indicateurs/marches?annee=2025&mesure=x&page=0".to_owned(),
            Scene {
                contracts: Some(figures::contracts(0)),
                ..scene()
            },
        ),
        (
            "/instruction/indicateurs/marches?annee=2025&fournisseur=732829320".to_owned(),
            Scene {
                contracts: Some(figures::contracts(2)),
                ..scene()
            },
        ),
        (
            "/instruction/indicateurs/leviers?annee=2026".to_owned(),
            Scene {
                levers: Some(levers::levers(3, Some(16_000))),
                ..scene()
            },
        ),
        (
            "/instruction/indicateurs/leviers?annee=2026&choix=1&dossier=x&page=2".to_owned(),
            Scene {
                levers: Some(levers::levers(1, None)),
                ..scene()
            },
        ),
        (
            "/instruction/indicateurs/leviers?etat=modifie".to_owned(),
            Scene {
                levers: Some(levers::levers(0, None)),
                ..scene()
            },
        ),
        (
            "/instruction?tri=enjeu".to_owned(),
            Scene {
                queue: app::views::QueuePage {
                    stakes: app::views::Stakes::Of(2026),
                    ..made::queue(3)
                },
                ..scene()
            },
        ),
        (
            "/instruction?tri=enjeu&statut=toutes".to_owned(),
            Scene {
                queue: app::views::QueuePage {
                    stakes: app::views::Stakes::Unavailable,
                    ..made::queue(2)
                },
                ..scene()
            },
        ),
        (
            "/instruction/rattachements".to_owned(),
            Scene {
                attachments: made::attachments(),
                ..scene()
            },
        ),
        (
            "/instruction/rattachements?adresse=00000000-0000-0000-0000-0000000000e2".to_owned(),
            Scene {
                attachments: made::attachments(),
                ..scene()
            },
        ),
        (
            "/instruction/rattachements/00000000-0000-0000-0000-0000000000e2/courrier?copie=00000000-0000-0000-0000-0000000000e3".to_owned(),
            scene(),
        ),
        ("/instruction/rattachements?fait=refus".to_owned(), scene()),
        (
            "/instruction/rattachements?refus=settled".to_owned(),
            scene(),
        ),
        (
            "/administration/envois?fait=reprise".to_owned(),
            Scene {
                outbox: made::outbox(5),
                ..scene()
            },
        ),
        ("/administration/envois?refus=settled".to_owned(), scene()),
        (
            catalogue::PAGE.to_owned(),
            Scene {
                catalogue: Some(catalogue::fresh()),
                ..scene()
            },
        ),
        (
            catalogue::ENTRIES[0].to_owned(),
            Scene {
                catalogue: Some(catalogue::edited()),
                ..scene()
            },
        ),
        (
            catalogue::ENTRIES[2].to_owned(),
            Scene {
                catalogue: Some(catalogue::edited()),
                ..scene()
            },
        ),
        (
            catalogue::ENTRIES[5].to_owned(),
            Scene {
                catalogue: Some(catalogue::edited()),
                ..scene()
            },
        ),
        (
            format!("{}?saisie={COPY}", catalogue::ENTRIES[3]),
            Scene {
                catalogue: Some(catalogue::edited()),
                typed: Some(Typed {
                    problem: "date_past".into(),
                    fields: [("label_fr".to_owned(), "<i>".to_owned())].into(),
                }),
                ..scene()
            },
        ),
        (
            format!("{}?fait=version", catalogue::PAGE),
            Scene {
                catalogue: Some(catalogue::edited()),
                ..scene()
            },
        ),
        (
            "/demo/courriels".to_owned(),
            Scene {
                mails: made::mails(),
                ..scene()
            },
        ),
        (
            "/demo/courriels/0192-b.eml".to_owned(),
            Scene {
                mails: made::mails(),
                ..scene()
            },
        ),
        (
            "/demo/courriels/0192-a.eml".to_owned(),
            Scene {
                mails: made::mails(),
                ..scene()
            },
        ),
        (
            format!("/qualifications/{COPY}"),
            qualification(made::qualification(false, false)),
        ),
        (
            format!("/qualifications/{COPY}?fait=proposition"),
            qualification(made::qualification(true, true)),
        ),
        (
            format!("/qualifications/{COPY}"),
            qualification(made::qualification(true, false)),
        ),
        (
            format!("/qualifications/{COPY}?fait=revocation"),
            qualification(made::revoked()),
        ),
        (
            format!("/qualifications/{COPY}?refus=second_person_needed"),
            qualification(made::qualification(true, true)),
        ),
    ];
    let mut expired = made::qualification(false, false);
    expired.line.state = ValidityState::Expired;
    states.push((format!("/qualifications/{COPY}"), qualification(expired)));
    for status in Status::ALL {
        states.push((format!("/instruction/{id}"), review(made::review(status))));
        states.push((
            format!("/instruction/{id}/signature"),
            review(made::review(status)),
        ));
    }
    for done in ["examen", "verdict", "liberation", "signature", "autre"] {
        states.push((
            format!("/instruction/{id}?fait={done}"),
            review(made::partly()),
        ));
    }
    for view in [
        made::partly(),
        made::sent_back(),
        made::judged(refusals(), Status::Refused),
    ] {
        states.push((format!("/instruction/{id}"), review(view.clone())));
        states.push((format!("/instruction/{id}/signature"), review(view)));
    }
    for registry in [
        RegistryState::Unresolved,
        RegistryState::Unknown {
            asked_at: made::at("2026-11-20T09:12:00Z"),
        },
    ] {
        let mut view = made::review(Status::InReview);
        view.registry = registry;
        states.push((format!("/instruction/{id}?refus=conflict"), review(view)));
    }
    states.extend(commitments::states());
    states.extend(typed_states());
    states.extend(figure_states::states());
    states.extend(import_states::states());
    states.extend(frozen::states());
    states.extend(payments::states());
    states
}

fn refusals() -> [Verdict; 4] {
    ["a", "b", "c", "d"].map(|reason| Verdict::Refused(reason.into()))
}

/// What was typed in a form that was not carried out.
pub(crate) fn typed(problem: &str, fields: &[(&str, &str)]) -> Typed {
    Typed {
        problem: problem.into(),
        fields: fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
    }
}

fn typed_states() -> Vec<(String, Scene)> {
    let verdict = |problem: &str| {
        typed(
            problem,
            &[
                ("verdict-1", "refused"),
                ("reason-1", made::HOSTILE),
                ("problem-1", problem),
            ],
        )
    };
    let closing = made::line(ValidityState::Valid, None).id.to_string();
    let ended = |problem: &str| {
        typed(
            problem,
            &[
                ("name", made::HOSTILE),
                ("quality", ""),
                ("wrong", &closing),
                (&format!("end-{closing}"), "yes"),
                (&format!("from-{closing}"), "31/02/2026"),
                (&format!("reason-{closing}"), made::HOSTILE),
            ],
        )
    };
    let id = made::ID;
    let mut states = Vec::new();
    for problem in [
        "conflict",
        "reason_missing",
        "reason_too_long",
        "verdict_missing",
        "held_by_another",
        "wrong_status",
    ] {
        states.push((
            format!("/instruction/{id}?saisie={COPY}"),
            Scene {
                review: Some(made::review(Status::InReview)),
                typed: Some(verdict(problem)),
                ..Scene::default()
            },
        ));
    }
    for problem in [
        "conflict",
        "date_wrong",
        "reason_missing",
        "signature_missing",
        "closure_outside_validity",
        "already_closed",
    ] {
        states.push((
            format!("/instruction/{id}/signature?saisie={COPY}"),
            Scene {
                review: Some(made::partly()),
                typed: Some(ended(problem)),
                ..Scene::default()
            },
        ));
    }
    for problem in [
        "date_wrong",
        "reason_missing",
        "closure_outside_validity",
        "conflict",
    ] {
        states.push((
            format!("/qualifications/{COPY}?saisie={COPY}"),
            Scene {
                qualification: Some(made::qualification(false, false)),
                typed: Some(typed(
                    problem,
                    &[("from", "demain"), ("reason", made::HOSTILE)],
                )),
                ..Scene::default()
            },
        ));
    }
    states.push((
        format!("/qualifications/{COPY}?saisie={COPY}"),
        Scene {
            qualification: Some(made::qualification(true, false)),
            typed: Some(typed(
                "signature_missing",
                &[("name", ""), ("quality", made::HOSTILE)],
            )),
            ..Scene::default()
        },
    ));
    states.extend(published::states());
    states
}
