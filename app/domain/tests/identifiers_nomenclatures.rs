//! Activity codes, legal categories and staff bands against the files of the nomenclatures.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use domain::decimal::Hundredths;
use domain::identifiers::{
    EssFamily, EssStatus, IdentifierError, LegalCategory, Naf, Nomenclature, StaffBand,
};
use serde_json::Value;

#[test]
fn activity_codes_keep_their_nomenclature_and_no_closed_list() {
    let naf = Naf::parse("6201z", Nomenclature::Rev2).unwrap();
    assert_eq!((naf.as_str(), naf.division()), ("62.01Z", "62"));
    assert_eq!(
        Naf::parse("53.10A", Nomenclature::Naf2025)
            .unwrap()
            .nomenclature(),
        Nomenclature::Naf2025
    );
    let json = serde_json::to_string(&naf).unwrap();
    assert_eq!(json, r#"{"code":"62.01Z","nomenclature":"rev2"}"#);
    assert_eq!(serde_json::from_str::<Naf>(&json).unwrap(), naf);
    for value in ["62.01", "62.0ZZ", "620.1ZZ", "A2.01Z"] {
        assert_eq!(
            Naf::parse(value, Nomenclature::Rev2),
            Err(IdentifierError::NafShape),
            "{value}"
        );
    }
}

#[test]
fn legal_categories_have_the_labels_of_the_nomenclature() {
    let labels: serde_json::Map<String, Value> =
        serde_json::from_str(include_str!("data/natures-juridiques.json")).unwrap();
    assert_eq!(labels.len(), 260);
    for (code, raw) in &labels {
        let cleaned = raw
            .as_str()
            .unwrap()
            .replace("&nbsp;", " ")
            .replace('\'', "’");
        let cleaned: Vec<&str> = cleaned.split_whitespace().collect();
        assert_eq!(
            LegalCategory::parse(code).unwrap().label().unwrap(),
            cleaned.join(" "),
            "{code}"
        );
    }
    assert_eq!(LegalCategory::parse("9999").unwrap().label(), None);
    assert!(LegalCategory::parse("571").is_err() && LegalCategory::parse("57100").is_err());
}

#[test]
fn legal_categories_tell_the_ess_family_of_exactly_65_codes() {
    let file: Value = serde_json::from_str(include_str!("data/ess_legal_categories.json")).unwrap();
    let mut expected = std::collections::BTreeMap::new();
    for row in file["categories"].as_array().unwrap() {
        let family = match row["family"].as_str().unwrap() {
            "association" => EssFamily::Association,
            "fondation" => EssFamily::Fondation,
            "mutuelle" => EssFamily::Mutuelle,
            _ => EssFamily::Cooperative,
        };
        let status = if row["ess"] == "by_status" {
            EssStatus::ByStatus(family)
        } else {
            EssStatus::ToCheck(family)
        };
        expected.insert(row["code"].as_str().unwrap().to_owned(), status);
    }
    assert_eq!(expected.len(), 65);
    for number in 0..10_000 {
        let code = format!("{number:04}");
        let status = expected.get(&code).copied().unwrap_or(EssStatus::No);
        assert_eq!(
            LegalCategory::parse(&code).unwrap().ess_family(),
            status,
            "{code}"
        );
    }
}

#[test]
fn staff_bands_follow_the_label_file() {
    let labels: serde_json::Map<String, Value> =
        serde_json::from_str(include_str!("data/tranches-effectifs.json")).unwrap();
    assert_eq!(labels.len(), StaffBand::ALL.len());
    for code in labels.keys() {
        let band = StaffBand::parse(code).unwrap();
        assert_eq!(band.code(), code);
        assert_eq!(
            serde_json::from_str::<StaffBand>(&serde_json::to_string(&band).unwrap()).unwrap(),
            band
        );
    }
    let mut next = 0;
    for band in StaffBand::ALL {
        let Some((least, greatest)) = band.bounds() else {
            continue;
        };
        assert_eq!(least, next, "bands leave no gap");
        next = greatest.map_or(u32::MAX, |greatest| greatest + 1);
    }
    assert_eq!(next, u32::MAX);
    assert_eq!(
        StaffBand::parse("99"),
        Err(IdentifierError::StaffBandUnknown)
    );
}

#[test]
fn a_declared_staff_contradicts_the_register_beyond_one_band() {
    let awu = Hundredths::from_hundredths;
    assert_eq!(StaffBand::of_awu(awu(990)), StaffBand::From6To9);
    assert_eq!(StaffBand::of_awu(awu(99)), StaffBand::None);
    assert_eq!(StaffBand::of_awu(awu(12_345_600)), StaffBand::From10000);
    let band = StaffBand::From10To19;
    assert!(!band.contradicts(awu(4999)) && band.contradicts(awu(5000)));
    assert!(!band.contradicts(awu(600)) && band.contradicts(awu(599)));
    assert!(!StaffBand::Unknown.contradicts(awu(1_000_000)));
}
