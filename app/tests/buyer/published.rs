//! The published lists that prove: their pages in every state, what their doors ask, and what stands beside a claim.

use std::collections::BTreeMap;

use app::doors::lists::{discard_list, put_list_in_force, read_list, roll_back_list};
use app::error::AppError;
use app::i18n::Lang;
use app::pages::admin::lists::ListProblem;
use app::views::{ListImportView, ListView};
use app::visitor::AccountRole;
use domain::claims::{Kind, Scope};
use domain::lists::{Facts, ImportState, ListKind, Listed, Proof, compare};
use futures::future::BoxFuture;

use crate::doors::at;
use crate::fakes::desk::{COPY, FakeDesk, Scene, person};
use crate::fakes::published::{
    IMPORT, LIST, PAGE, empty, in_state, list, lists, read, wrong_columns,
};
use crate::fakes::scenes::{self, day, siren};
use crate::visit::{Seen, post, see};

fn scene() -> Scene {
    Scene {
        lists: Some(lists()),
        list: Some(list()),
        list_import: Some(read()),
        ..Scene::default()
    }
}

/// Every page in every state.
pub(crate) fn states() -> Vec<(String, Scene)> {
    let of = |view: ListView| Scene {
        list: Some(view),
        ..scene()
    };
    let file = |view: ListImportView| Scene {
        list_import: Some(view),
        ..scene()
    };
    let first = ListView {
        roll_back: list().roll_back.map(|mut back| {
            back.back_to = None;
            back
        }),
        ..list()
    };
    let mut same = read();
    if let Some(outcome) = &mut same.outcome {
        outcome.difference.added = 0;
        outcome.difference.removed = 0;
        outcome.difference.changed = 0;
    }
    let outdated = ListImportView {
        outdated: true,
        ..read()
    };
    let kept = ListImportView {
        state: ImportState::Kept,
        in_force: true,
        ..read()
    };
    let mut states = vec![
        (PAGE.to_owned(), scene()),
        (LIST.to_owned(), of(list())),
        (LIST.to_owned(), of(empty())),
        (format!("{LIST}?retirer"), of(list())),
        (format!("{LIST}?retirer"), of(first)),
        (
            format!("{LIST}?retirer&saisie={COPY}"),
            Scene {
                typed: Some(app::views::Typed {
                    problem: ListProblem::ReasonTooLong.code().to_owned(),
                    fields: [("reason".to_owned(), "<i>".to_owned())].into(),
                }),
                ..scene()
            },
        ),
        (IMPORT.to_owned(), file(read())),
        (IMPORT.to_owned(), file(same)),
        (IMPORT.to_owned(), file(outdated)),
        (IMPORT.to_owned(), file(kept)),
        (IMPORT.to_owned(), file(wrong_columns())),
        (format!("{IMPORT}?refus=reduction"), file(read())),
        (format!("{IMPORT}?refus=date"), file(read())),
        (format!("{IMPORT}?refus=depasse"), file(read())),
    ];
    for code in ["vigueur", "ecarte", "retire"] {
        states.push((format!("{LIST}?fait={code}"), of(list())));
    }
    for code in [
        "sans-fichier",
        "illisible",
        "date-future",
        "decide",
        "sans-precedent",
    ] {
        states.push((format!("{LIST}?refus={code}"), of(list())));
    }
    for state in ImportState::ALL {
        states.push((IMPORT.to_owned(), file(in_state(state))));
    }
    states
}

fn seen(url: &str, scene: Scene) -> Seen {
    let desk = FakeDesk::of(scene);
    see(url, Lang::Fr, person(AccountRole::Administrator), &desk)
}

#[test]
fn the_lists_say_what_is_in_force_and_what_waits() {
    let html = seen(PAGE, scene()).html;
    for words in [
        "Liste nationale des agréments ESUS",
        "En vigueur, à mettre à jour",
        "2\u{a0}fichiers à décider",
        "Jamais importée",
        "ligne de commande",
        "n’est jamais soupçonnée",
    ] {
        assert!(html.contains(words), "{words}");
    }
    let html = seen(LIST, scene()).html;
    assert!(html.contains("Liste ancienne") && html.contains("multipart/form-data"));
    assert!(html.contains("Revenir à la version précédente"));
    assert!(!html.contains("/fn/roll-back-list"), "asked first");
    let html = seen(&format!("{LIST}?retirer"), scene()).html;
    assert!(html.contains("/fn/roll-back-list"));
}

#[test]
fn what_a_file_would_change_is_shown_before_it_is_done() {
    let html = seen(IMPORT, scene()).html;
    for words in [
        "1\u{202f}712",
        "depuis le 1er\u{a0}février 2024",
        "et 413 autres",
        "notation scientifique",
        "lignes 3, 4",
        "J’ai vérifié\u{a0}: la liste passe bien de 1\u{202f}712 à 1\u{202f}300 lignes",
        "plus de 20\u{a0}%",
    ] {
        assert!(html.contains(words), "{words}");
    }
    let calm = ListImportView {
        shrinks: false,
        ..read()
    };
    let calm = Scene {
        list_import: Some(calm),
        ..scene()
    };
    let html = seen(IMPORT, calm).html;
    assert!(
        !html.contains("name=\"confirmed\""),
        "no more questions than needed"
    );
}

#[test]
fn a_wrong_column_is_said_at_its_field_and_what_was_chosen_stays() {
    let page = seen(
        IMPORT,
        Scene {
            list_import: Some(wrong_columns()),
            ..scene()
        },
    );
    assert_eq!(page.reply.status, Some(422));
    assert!(page.html.contains("href=\"#column-name\""));
    assert!(page.html.contains("lus dans la même colonne"));
    let chosen = page.html.split("value=\"Date de fin\"").any(|rest| {
        rest.split('>')
            .next()
            .unwrap_or_default()
            .contains("selected")
    });
    assert!(chosen, "{}", page.html);
}

#[test]
fn a_list_or_a_file_that_does_not_exist_has_no_page() {
    for url in [
        "/administration/listes/autre",
        "/administration/listes/egapro",
        "/administration/listes/esus/8",
        "/administration/listes/esus/x",
        "/administration/listes/egapro/7",
    ] {
        assert_eq!(seen(url, scene()).reply.status, Some(404), "{url}");
    }
}

type Posted = BoxFuture<'static, Result<(), AppError>>;

fn ask(scene: Scene, door: impl FnOnce() -> Posted) -> (Result<(), AppError>, String, Vec<String>) {
    let desk = FakeDesk::of(scene);
    let (answer, reply) = post(person(AccountRole::Administrator), &desk, door);
    let asked = desk.asked.lock().unwrap().clone();
    (answer, at(&reply).to_owned(), asked)
}

#[test]
fn each_door_asks_its_act_and_leads_on() {
    let own = str::to_owned;
    let columns: BTreeMap<String, String> =
        [("siren", "N° SIREN"), ("name", " "), ("autre", "Colonne")]
            .map(|(field, heading)| (own(field), own(heading)))
            .into();
    let posts: [(Posted, &str, &str); 4] = [
        (
            Box::pin(read_list(own("esus"), own("7"), columns, own("1/11/2026"))),
            "read list 7 {Siren: \"N° SIREN\"} Some(2026-11-01)",
            IMPORT,
        ),
        (
            Box::pin(put_list_in_force(own("esus"), own("7"), own("yes"))),
            "put list 7 true",
            "/administration/listes/esus?fait=vigueur",
        ),
        (
            Box::pin(discard_list(own("esus"), own("7"))),
            "discard list 7",
            "/administration/listes/esus?fait=ecarte",
        ),
        (
            Box::pin(roll_back_list(own("esus"), own("6"), own("Erreur"))),
            "roll back list 6 \"Erreur\"",
            "/administration/listes/esus?fait=retire",
        ),
    ];
    for (door, asked, next) in posts {
        let (answer, to, all) = ask(scene(), || door);
        assert_eq!((answer, to.as_str()), (Ok(()), next));
        assert_eq!(all.last().map(String::as_str), Some(asked));
    }
}

#[test]
fn what_is_not_done_comes_back_with_why() {
    let own = str::to_owned;
    let stopped = |problem| Scene {
        list_problem: Some(problem),
        ..scene()
    };
    let (answer, to, _) = ask(stopped(ListProblem::Shrinks), || {
        Box::pin(put_list_in_force(own("esus"), own("7"), own("")))
    });
    assert_eq!(answer, Err(AppError::Unreadable));
    assert_eq!(to, "/administration/listes/esus/7?refus=reduction#errors");
    let (_, to, _) = ask(stopped(ListProblem::Settled), || {
        Box::pin(discard_list(own("esus"), own("7")))
    });
    assert_eq!(to, "/administration/listes/esus/7?refus=decide#stopped");
    // A reason that is missing or too long: the desk is not asked, and what was typed is kept.
    for reason in [own(" "), "x".repeat(501)] {
        let (_, to, asked) = ask(scene(), || {
            Box::pin(roll_back_list(own("esus"), own("6"), reason))
        });
        assert_eq!(
            to,
            format!("/administration/listes/esus?retirer&saisie={COPY}#errors")
        );
        assert!(!asked.iter().any(|asked| asked.contains("roll back")));
    }
    for (list, import) in [("autre", "7"), ("esus", "x"), ("esus", "")] {
        let (answer, _, _) = ask(scene(), || Box::pin(discard_list(own(list), own(import))));
        assert_eq!(answer, Err(AppError::NotFound), "{list} {import}");
    }
}

#[test]
fn a_reviewer_reads_each_list_beside_the_claim() {
    let (published_on, since) = (day("2026-09-01"), scenes::at("2026-09-03T08:00:00Z"));
    let edition = domain::lists::Edition {
        list: ListKind::Inclusion,
        published_on,
        since,
        rows: 1,
    };
    let proof = Proof {
        list: ListKind::Inclusion,
        published_on,
        since,
        siren: siren(),
        name: None,
        facts: Facts {
            kind: Some(Kind::Aci),
            ..Facts::default()
        },
    };
    let listed = Listed {
        editions: vec![edition],
        proofs: vec![proof],
    };
    let mut review = scenes::review(domain::lifecycle::Status::InReview);
    let url = format!("/instruction/{}", scenes::ID);
    let beside = |review| {
        let scene = Scene {
            review: Some(review),
            ..Scene::default()
        };
        seen(&url, scene).html
    };
    assert!(
        !beside(review.clone()).contains("listes publiées"),
        "no list, no word"
    );
    for reviewed in &mut review.claims {
        reviewed.lists = compare(&reviewed.claim, &siren(), &listed, day("2026-11-23"));
    }
    assert_eq!(review.claims[1].claim.key.scope, Scope::Siren(siren()));
    let html = beside(review);
    assert!(html.contains("Ce que disent les listes publiées"));
    assert!(html.contains("du 01/09/2026 porte l’entreprise comme ACI et non comme EI"));
    assert!(html.contains("Cette liste est ancienne"));
}
