//! Fictional contracts of the last five years and statuses taken over, so that the figures of the demonstration say something.

use anyhow::Context;
use chrono::{Datelike, Days, NaiveDate};
use domain::claims::KindSet;
use domain::contracts::Mode;
use domain::identifiers::{Siren, Siret};
use domain::indicators::{Asked, Narrowing};
use serde_json::{Value, json};
use store::buyer::contracts::TakenOver;

use crate::contracts::Source;
use crate::contracts::frozen::freeze;
use crate::contracts::import::import;
use crate::state::AppState;

/// Contracts of each year.
const EACH_YEAR: u32 = 16;
const YEARS: i32 = 5;
/// Who wins them, the frequent ones several times.
/// Those of 910000082 and 910000090 have a file that waits, without which their euros do not count.
const HOLDERS: [&str; 12] = [
    "91000004100012",
    "91000002500015",
    "91000003300019",
    "91000008200016",
    "91000005800016",
    "91000011600012",
    "91000002500015",
    "91000004100012",
    "91000003300019",
    "91000006600019",
    "91000009000019",
    "91000003300019",
];
/// What is bought, with its CPV code.
const OBJECTS: [(&str, &str); 8] = [
    ("Entretien des espaces verts", "77310000-6"),
    ("Nettoyage des locaux", "90910000-9"),
    ("Réfection de voirie", "45233142-6"),
    ("Fourniture de mobilier", "39130000-2"),
    ("Études de mobilité", "71311200-3"),
    ("Collecte des biodéchets", "90511000-2"),
    ("Charpente d’un gymnase", "45261100-5"),
    ("Maintenance informatique", "50312000-5"),
];
/// Where it is carried out, with the kind of the code.
const PLACES: [(&str, &str); 5] = [
    ("13055", "Code commune"),
    ("13", "Code département"),
    ("13500", "Code postal"),
    ("93", "Code région"),
    ("84", "Code département"),
];
/// The establishments that buy, by the end of their SIRET.
const ESTABLISHMENTS: [&str; 2] = ["00017", "00025"];
/// Contracts with a subcontract, and to whom: the first two are solidarity enterprises.
const SUBCONTRACTED: [(u32, &str); 3] = [
    (2, "91000001700012"),
    (7, "91000005800016"),
    (10, "91000011600012"),
];
/// What is granted, its value, and its social consideration.
const CONCESSIONS: [(&str, u32, &str); 3] = [
    (
        "Exploitation d’un parc de stationnement",
        4_200_000,
        "Pas de considération sociale",
    ),
    ("Distribution d’eau potable", 38_000_000, "Clause sociale"),
    ("Réseau de chaleur", 12_500_000, "Clause sociale"),
];
/// Solidarity enterprises whose files wait.
const WAITING: [&str; 2] = ["910000082", "910000090"];
/// What the edition says.
const NOTE: &str = "Édition de démonstration";
/// Statuses validated before the portal: SIREN, kind, and days from today until their end.
const STATUSES: [(&str, &str, Option<u64>); 3] = [
    ("910000017", "ACI", None),
    ("910000058", "EI", None),
    ("910000066", "ESUS", Some(45)),
];

pub(super) async fn seed(state: &AppState) -> anyhow::Result<()> {
    let (now, today) = (state.clock.now(), state.clock.today());
    let buyer = Siren::parse(&state.config.site.buyer_siren).context("SIREN de l’acheteur")?;
    state.buyer.prepare(now).await?;
    let first = today.year() - YEARS + 1;
    let statuses = STATUSES
        .iter()
        .map(|(siren, kind, days)| {
            let end = days.and_then(|days| today.checked_add_days(Days::new(days)));
            taken_over(siren, kind, first, end)
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    // The last one is known after the year was frozen: there is something to explain.
    let (late, early) = statuses.split_last().context("statuts repris")?;
    state.buyer.take_over("demo", early, now).await?;
    let records: Vec<Value> = (first..=today.year())
        .flat_map(|year| (0..EACH_YEAR).map(move |number| (year, number)))
        .filter_map(|(year, number)| record(&buyer, first, year, number, today))
        .collect();
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("demonstration.json");
    std::fs::write(
        &path,
        json!({ "marches": { "marche": records, "contrat-concession": concessions(&buyer, first) } })
            .to_string(),
    )?;
    let source = Source::open(&path)?;
    import(&state.buyer, &buyer, source, "demo", &state.clock, |_| {}).await?;
    let asked = Asked {
        buyer,
        year: today.year() - 1,
        mode: Mode::Initial,
        kinds: KindSet::solidarity_default(),
        narrowing: Narrowing::default(),
    };
    freeze(&state.buyer, &asked, NOTE, "demo", &state.clock).await?;
    let late = std::slice::from_ref(late);
    state.buyer.take_over("demo", late, now).await?;
    Ok(())
}

/// One a year, apart from the contracts.
fn concessions(buyer: &Siren, first: i32) -> Vec<Value> {
    (first..)
        .zip(CONCESSIONS)
        .map(|(year, (object, value, social))| {
            json!({
                "id": format!("{year}-C1"),
                "autoriteConcedante": { "id": format!("{buyer}00017") },
                "nature": "Délégation de service public",
                "objet": object,
                "procedure": "Procédure négociée ouverte",
                "dureeMois": 96,
                "dateSignature": format!("{year}-01-02"),
                "datePublicationDonnees": format!("{year}-01-05"),
                "dateDebutExecution": format!("{year}-02-01"),
                "valeurGlobale": value,
                "montantSubventionPublique": 0,
                "concessionnaires": [{ "concessionnaire": { "typeIdentifiant": "SIRET", "id": "91000011600012" } }],
                "considerationsSociales": { "considerationSociale": [social] },
                "considerationsEnvironnementales": {
                    "considerationEnvironnementale": ["Clause environnementale"]
                },
            })
        })
        .collect()
}

fn taken_over(
    siren: &str,
    kind: &str,
    first: i32,
    end: Option<NaiveDate>,
) -> anyhow::Result<TakenOver> {
    Ok(TakenOver {
        siren: Siren::parse(siren)?,
        siret: None,
        kind: kind.to_owned(),
        valid_from: NaiveDate::from_ymd_opt(first, 1, 1).unwrap_or_default(),
        valid_to: end,
        status: "validated".to_owned(),
        reference: Some("Reprise de la démonstration".to_owned()),
        authority: None,
        validated_on: None,
        note: None,
    })
}

/// One contract; `None` when its day is still to come.
fn record(buyer: &Siren, first: i32, year: i32, number: u32, today: NaiveDate) -> Option<Value> {
    let day = NaiveDate::from_ymd_opt(year, 1 + number * 5 % 12, 1 + number * 7 % 28)?;
    if day > today {
        return None;
    }
    let age = u32::try_from(year - first).ok()?;
    let pick = |list: &[&'static str], at: u32| -> Option<&'static str> {
        list.get(usize::try_from(at).ok()? % list.len()).copied()
    };
    let holder = |at: u32| -> Option<Value> {
        let siret = Siret::parse(pick(&HOLDERS, at)?).ok()?;
        Some(json!({ "titulaire": { "typeIdentifiant": "SIRET", "id": siret } }))
    };
    let mut holders = vec![holder(number + age)?];
    if number.is_multiple_of(5) {
        holders.push(holder(number + age + 5)?);
    }
    // Each year more clauses than the year before.
    let environmental = number * 3 % 16 < 7 + age * 2;
    let social = number * 5 % 16 < 2 + age;
    let amount = if number == 13 {
        json!("à définir")
    } else {
        let amount = 60_000 + number * number * 7_919 % 560_000;
        // Inclusion structures win small contracts.
        let small = pick(&HOLDERS, number + age)
            .is_some_and(|siret| STATUSES.iter().any(|(siren, ..)| siret.starts_with(siren)));
        let waiting = pick(&HOLDERS, number + age)
            .is_some_and(|siret| WAITING.iter().any(|siren| siret.starts_with(siren)));
        json!(match (small, waiting) {
            (true, _) => 40_000 + amount / 20,
            (_, true) => 20_000 + amount / 20,
            _ => amount,
        })
    };
    let establishment = Siret::parse(&format!(
        "{buyer}{}",
        ESTABLISHMENTS.get(usize::from(number.is_multiple_of(4)))?
    ))
    .ok()?;
    let (object, cpv) = OBJECTS.get(usize::try_from(number + age).ok()? % OBJECTS.len())?;
    let place = PLACES.get(usize::try_from(number * 3 + age).ok()? % (PLACES.len() + 1));
    let acts = SUBCONTRACTED
        .iter()
        .find(|(contract, _)| *contract == number);
    let acts = acts.and_then(|(_, to)| {
        let siret = Siret::parse(to).ok()?;
        Some(json!([{ "acteSousTraitance": {
            "id": 1,
            "sousTraitant": { "typeIdentifiant": "SIRET", "id": siret },
            "dureeMois": 12,
            "dateNotification": day.to_string(),
            "datePublicationDonnees": day.to_string(),
            "montant": 12_500 + number * 1_000,
            "variationPrix": "Ferme",
        } }]))
    });
    Some(json!({
        "id": format!("{year}-{:03}", number + 1),
        "acheteur": { "id": establishment },
        "nature": "Marché",
        "objet": object,
        "codeCPV": cpv,
        "dureeMois": 12 + number % 4 * 12,
        "lieuExecution": place.map(|(code, kind)| json!({ "code": code, "typeCode": kind })),
        "procedure": "Procédure adaptée",
        "dateNotification": day.to_string(),
        "datePublicationDonnees": day.to_string(),
        "montant": amount,
        "marcheInnovant": number == 9,
        "techniques": { "technique": [if number == 4 { "Accord-cadre" } else { "Sans objet" }] },
        "idAccordCadre": (number == 12).then(|| format!("{year}-005")),
        "titulaires": holders,
        "sousTraitanceDeclaree": acts.is_some(),
        "actesSousTraitance": acts,
        "considerationsSociales": { "considerationSociale": [
            if social { "Clause sociale" } else { "Pas de considération sociale" }
        ] },
        "considerationsEnvironnementales": { "considerationEnvironnementale": [
            if environmental { "Clause environnementale" } else { "Pas de considération environnementale" }
        ] },
    }))
}
