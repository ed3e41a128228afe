//! The catalogue of the form: its pages, and what its door asks and keeps.

use app::doors::catalogue::{EntryForm, change_catalogue};
use app::error::AppError;
use app::i18n::Lang;
use app::pages::admin::catalogue::CatalogueProblem;
use app::views::Typed;
use app::visitor::AccountRole;
use domain::catalogue::ChangeError;
use futures::future::BoxFuture;

use crate::doors::at;
use crate::fakes::catalogue::{ENTRIES, PAGE, edited, fresh};
use crate::fakes::desk::{COPY, FakeDesk, Scene, person};
use crate::visit::{post, see};

fn shown(url: &str, scene: Scene) -> String {
    let desk = FakeDesk::of(scene);
    see(url, Lang::Fr, person(AccountRole::Administrator), &desk).html
}

#[test]
fn the_history_tells_each_change_and_the_one_to_come() {
    let html = shown(
        PAGE,
        Scene {
            catalogue: Some(edited()),
            ..Scene::default()
        },
    );
    for words in [
        "La version 2 sera en vigueur le 23\u{a0}décembre 2026",
        "«\u{202f}Achat inclusif et équitable\u{202f}» devient «\u{202f}Achat solidaire\u{202f}».",
        "n’est plus proposé.",
        "Fin de l’expérimentation &lt;b&gt;EITI&lt;/b&gt;",
        "Nadia Roux",
    ] {
        assert!(html.contains(words), "{words}");
    }
    let html = shown(
        PAGE,
        Scene {
            catalogue: Some(fresh()),
            ..Scene::default()
        },
    );
    assert!(html.contains("le catalogue est celui du programme"));
}

#[test]
fn an_entry_that_does_not_exist_has_no_page() {
    for url in [
        "/administration/catalogue/statuts/XX",
        "/administration/catalogue/statuts/nouveau",
        "/administration/catalogue/themes/xx",
        "/administration/catalogue/autre/EI",
    ] {
        let desk = FakeDesk::of(Scene {
            catalogue: Some(fresh()),
            ..Scene::default()
        });
        let seen = see(url, Lang::Fr, person(AccountRole::Administrator), &desk);
        assert_eq!(seen.reply.status, Some(404), "{url}");
    }
}

#[test]
fn what_was_typed_comes_back_with_what_is_wrong() {
    let fields = [
        ("label_fr", "Achat écologique"),
        ("label_en", "Water <i>"),
        ("plans", "food"),
        ("from", "1/1/2027"),
        ("reason", "Délibération"),
    ];
    let scene = Scene {
        catalogue: Some(fresh()),
        typed: Some(Typed {
            problem: CatalogueProblem::Change(ChangeError::LabelTaken)
                .code()
                .into(),
            fields: fields
                .into_iter()
                .map(|(name, answer)| (name.to_owned(), answer.to_owned()))
                .collect(),
        }),
        ..Scene::default()
    };
    let html = shown(&format!("{}?saisie={COPY}", ENTRIES[2]), scene);
    assert!(html.contains("Ce nom est déjà celui d’une autre ligne"));
    assert!(html.contains("Water &lt;i&gt;") && html.contains("value=\"1/1/2027\""));
    let food = html.split("value=\"food\"").nth(1).unwrap();
    assert!(
        food.split('>').next().unwrap().contains("checked"),
        "{food}"
    );
}

type Posted = BoxFuture<'static, Result<(), AppError>>;

fn change(list: &str, code: &str, staff: &str, from: &str, reason: &str) -> Posted {
    let text = str::to_owned;
    let (list, code, staff) = (text(list), text(code), text(staff));
    let (from, reason) = (text(from), text(reason));
    let answers = EntryForm {
        label_fr: "Nom".into(),
        label_en: "Name".into(),
        offered: "no".into(),
        theme: "inclusive".into(),
        plans: vec!["insertion".into()],
        staff_from: staff,
        families: vec!["food".into()],
        from,
        reason,
    };
    Box::pin(change_catalogue(list, code, 3, answers))
}

#[test]
fn the_door_asks_for_one_version_and_leads_to_the_list() {
    for (list, code, asked) in [
        ("statuts", "EITI", "Kind { kind: Eiti"),
        ("themes", "nouveau", "Theme { code: None"),
        ("themes", "inclusive", "Theme { code: Some(\"inclusive\")"),
        ("plans", "climate", "Plan { code: Some(\"climate\")"),
        ("engagements", "SOC-APP-01", "staff_from: Some(50)"),
    ] {
        let desk = FakeDesk::of(Scene::default());
        let (answer, reply) = post(person(AccountRole::Administrator), &desk, || {
            change(list, code, "50", "01/01/2027", " Délibération ")
        });
        assert_eq!(answer, Ok(()), "{list}");
        assert_eq!(at(&reply), "/administration/catalogue?fait=version");
        let all = desk.asked.lock().unwrap().join("\n");
        assert!(all.contains(asked), "{all}");
        assert!(
            all.contains("version: 3") && all.contains("\"Délibération\""),
            "{all}"
        );
    }
}

#[test]
fn what_cannot_be_read_is_kept_and_the_desk_is_not_asked() {
    let long = "x".repeat(501);
    for (staff, from, reason, problem) in [
        (
            "beaucoup",
            "01/01/2027",
            "R",
            CatalogueProblem::ThresholdWrong,
        ),
        ("", "31/02/2027", "R", CatalogueProblem::DateWrong),
        ("", "01/01/2027", " ", CatalogueProblem::ReasonMissing),
        ("", "01/01/2027", &long, CatalogueProblem::ReasonTooLong),
    ] {
        let desk = FakeDesk::of(Scene::default());
        let (answer, reply) = post(person(AccountRole::Administrator), &desk, || {
            change("engagements", "SOC-APP-01", staff, from, reason)
        });
        assert_eq!(answer, Err(AppError::Unreadable));
        let page = "/administration/catalogue/engagements/SOC-APP-01";
        assert_eq!(at(&reply), format!("{page}?saisie={COPY}#errors"));
        let kept = desk.kept.lock().unwrap().clone().unwrap();
        assert_eq!(kept.problem, problem.code());
        assert_eq!(kept.get("families"), "food");
        assert_eq!(kept.get("reason"), reason);
        assert!(
            !desk
                .asked
                .lock()
                .unwrap()
                .iter()
                .any(|asked| asked.contains("Pledge"))
        );
    }
    let desk = FakeDesk::of(Scene::default());
    let (answer, _) = post(person(AccountRole::Administrator), &desk, || {
        change("autre", "X", "", "", "")
    });
    assert_eq!(answer, Err(AppError::NotFound));
}
