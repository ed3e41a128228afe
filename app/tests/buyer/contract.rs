//! The page of a contract: what it brings, why, and the way to each decision.

use app::doors::shares::{ShareForm, enter_shares, forget_shares};
use app::error::AppError;
use app::views::{ContractAddress, ShareSource, Typed};
use app::visitor::AccountRole;
use domain::contracts::Mode;
use scraper::Html;

use crate::fakes::contract;
use crate::fakes::desk::{COPY, FakeDesk, Scene, person};
use crate::html::{all, text};
use crate::visit::{page, post};

fn shown(view: app::views::ContractView) -> Html {
    let desk = FakeDesk::of(Scene {
        contract: Some(view),
        ..Scene::default()
    });
    Html::parse_document(&page(contract::ADDRESS, &desk).html)
}

#[test]
fn the_address_names_the_contract_whatever_its_characters() {
    let at = ContractAddress {
        buyer_siret: "20005480700017".into(),
        contract_id: "M-1 é<?#%".into(),
        mode: Mode::Current,
    };
    let desk = FakeDesk::of(Scene::default());
    let seen = page(&app::pages::buyer::address::contract(&at), &desk);
    assert_eq!(seen.reply.status, Some(404), "the desk knows none");
    assert_eq!(*desk.asked.lock().unwrap(), [format!("{at:?}")]);
}

#[test]
fn each_figure_says_what_the_contract_brings_to_it() {
    let html = shown(contract::contract(ShareSource::Equal));
    let lines: Vec<String> = all(&html, "table td").into_iter().map(text).collect();
    assert_eq!(
        lines,
        [
            "ne compte pas au numérateur (0 sur 1)",
            "compte pour 1\u{A0}marché sur 1",
            "compte pour 45\u{202F}000\u{A0}€ sur 90\u{202F}000\u{A0}€",
            "ne compte pas\u{A0}: son montant n’entre pas dans les indicateurs",
        ]
    );
}

#[test]
fn each_status_counts_or_says_why_not_and_leads_to_its_decision() {
    let html = shown(contract::contract(ShareSource::Equal));
    let statuses = all(&html, ".statuses > li");
    let first: Vec<String> = statuses
        .iter()
        .map(|status| text(all_in(*status, "p")[0]))
        .collect();
    for (line, words) in first.iter().zip([
        "compte comme entreprise solidaire",
        "compte comme PME",
        "hors de la définition",
        "il commence le 1er\u{A0}février 2025",
        "il a pris fin le 1er\u{A0}février 2025",
        "il est clos à partir du 1er\u{A0}février 2025",
        "un autre établissement",
    ]) {
        assert!(line.contains(words), "{line}: {words}");
    }
    assert_eq!(first.len(), 7);
    let links = all(
        &html,
        &format!(".statuses a[href='/qualifications/{COPY}']"),
    );
    assert_eq!(
        links.len(),
        2,
        "one for each qualification that the portal has"
    );
}

fn all_in<'a>(of: scraper::ElementRef<'a>, what: &str) -> Vec<scraper::ElementRef<'a>> {
    of.select(&scraper::Selector::parse(what).unwrap())
        .collect()
}

#[test]
fn an_amount_left_out_says_why_and_leads_to_its_framework() {
    let html = shown(contract::excluded());
    let link = all(&html, ".entries a")[0];
    assert_eq!(
        link.value().attr("href"),
        Some("/instruction/indicateurs/marches/20005480700017/AC%5F1")
    );
    assert!(text(all(&html, "main")[0]).contains("Aucun titulaire publié"));
}

const PAGE: &str = "/instruction/indicateurs/marches/20005480700017/M%5F1";

/// Posts two shares; what the desk was asked, what was kept, and where the browser goes.
fn enter(
    scene: Scene,
    unit: &str,
    shares: [&str; 2],
    source: &str,
) -> (Vec<String>, Option<Typed>, Result<(), AppError>, String) {
    let desk = FakeDesk::of(scene);
    let shares = ["910000017", "910000025"]
        .into_iter()
        .zip(shares)
        .map(|(holder, share)| ShareForm {
            holder: holder.into(),
            share: share.into(),
        })
        .collect();
    let (unit, source) = (unit.to_owned(), source.to_owned());
    let (answer, reply) = post(person(AccountRole::Reviewer), &desk, || {
        enter_shares(
            "20005480700017".into(),
            "M_1".into(),
            "notifie".into(),
            unit,
            source,
            shares,
        )
    });
    let asked = desk.asked.lock().unwrap().clone();
    let kept = desk.kept.lock().unwrap().clone();
    (asked, kept, answer, reply.location.unwrap_or_default())
}

#[test]
fn shares_reach_the_desk_in_plain_decimals() {
    let (asked, kept, answer, next) = enter(
        Scene::default(),
        "pourcentages",
        ["66,67 %", "33.33"],
        " Acte ",
    );
    assert_eq!(
        asked,
        [r#"shares M_1 [("910000017", "66.67"), ("910000025", "33.33")] Acte"#]
    );
    assert_eq!((answer, kept), (Ok(()), None));
    assert_eq!(next, format!("{PAGE}?fait=parts"));
}

#[test]
fn a_form_that_is_not_right_comes_back_whole() {
    for (unit, shares, source) in [
        ("pourcentages", ["60", "30"], "Acte"),
        ("pourcentages", ["60", "x"], "Acte"),
        ("poids", ["0", "0"], "Acte"),
        ("poids", ["1", "2"], "  "),
    ] {
        let (asked, kept, answer, next) = enter(Scene::default(), unit, shares, source);
        assert_eq!(asked, [""; 0], "{shares:?}");
        assert_eq!(answer, Err(AppError::Unreadable));
        let kept = kept.unwrap();
        assert_eq!(
            [
                kept.get("unit"),
                kept.get("share-910000017"),
                kept.get("share-910000025"),
                kept.get("source")
            ],
            [unit, shares[0], shares[1], source]
        );
        assert_eq!(next, format!("{PAGE}?saisie={COPY}#errors"));
    }
    let other_holders = Scene {
        refusal: Some(AppError::Conflict),
        ..Scene::default()
    };
    let (_, kept, _, _) = enter(other_holders, "poids", ["1", "2"], "Acte");
    assert_eq!(kept.unwrap().problem, "holders");
}

#[test]
fn the_errors_name_their_fields_and_nothing_typed_is_lost() {
    let named = crate::fakes::scenes::siren().to_string();
    let typed = crate::states::typed(
        "",
        &[
            ("unit", "pourcentages"),
            (&format!("share-{named}"), "60"),
            ("share-X", "30,5"),
            ("source", ""),
        ],
    );
    let desk = FakeDesk::of(Scene {
        contract: Some(contract::contract(ShareSource::Equal)),
        typed: Some(typed),
        ..Scene::default()
    });
    let seen = page(&format!("{}?saisie={COPY}", contract::ADDRESS), &desk);
    assert_eq!(seen.reply.status, Some(422));
    let html = Html::parse_document(&seen.html);
    let errors: Vec<String> = all(&html, ".error-summary a")
        .into_iter()
        .map(text)
        .collect();
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(errors[0].contains("90,5\u{a0}%"), "{errors:?}");
    let value = |id: &str| {
        all(&html, &format!("#{id}"))[0]
            .value()
            .attr("value")
            .map(str::to_owned)
    };
    assert_eq!(
        (value("share-1"), value("share-2")),
        (Some("60".into()), Some("30,5".into()))
    );
}

#[test]
fn entered_shares_fill_the_form_and_lead_back_to_equal_ones() {
    let mut entered = contract::entered();
    entered.entries[0].0 = crate::fakes::scenes::siren().to_string();
    let html = shown(contract::contract(ShareSource::Entered(entered)));
    assert_eq!(all(&html, "#share-1")[0].value().attr("value"), Some("60"));
    assert_eq!(all(&html, "form[action='/fn/forget-shares']").len(), 1);
    let equal = shown(contract::contract(ShareSource::Equal));
    assert!(all(&equal, "form[action='/fn/forget-shares']").is_empty());
    let alone = shown(contract::excluded());
    assert!(all(&alone, "form[action^='/fn/enter']").is_empty());
    let desk = FakeDesk::of(Scene::default());
    let (answer, reply) = post(person(AccountRole::Reviewer), &desk, || {
        forget_shares("20005480700017".into(), "M_1".into(), "modifie".into())
    });
    assert_eq!(answer, Ok(()));
    assert_eq!(
        reply.location,
        Some(format!("{PAGE}?etat=modifie&fait=parts-egales"))
    );
}
