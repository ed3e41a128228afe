//! Identifiers: every row of the reference tables, the errors, and properties.
#![expect(clippy::unwrap_used, reason = "tests")]

use domain::decimal::Hundredths;
use domain::identifiers::{
    CheckKind, EssFamily, EssStatus, FrenchVat, IdentifierError, IdentifierKind, LegalCategory,
    Naf, Nomenclature, SiaeMeasure, SiaeNumber, Siren, Siret, StaffBand, check, normalize,
};
use domain::text::Lang;
use proptest::prelude::*;
use serde_json::{Value, json};

fn answer(kind: CheckKind, value: &str) -> Value {
    serde_json::to_value(check(kind, value)).unwrap()
}

fn code(kind: CheckKind, value: &str) -> String {
    answer(kind, value)["code"]
        .as_str()
        .unwrap_or("valid")
        .to_owned()
}

#[test]
fn the_rows_of_the_siret_table() {
    for (value, expected) in [
        ("732 829 320 00074", "valid"),
        ("73282932000079", "wrong_check_digit"),
        ("35600000000048", "valid"),
        ("35600000049837", "valid"),
        ("35600000049838", "la_poste_sum"),
        ("05781313100026", "valid"),
        ("5781313100026", "too_few_digits"),
        ("00000000000000", "all_zeros"),
        ("20005480700017", "valid"),
    ] {
        assert_eq!(code(CheckKind::Siret, value), expected, "{value}");
    }
}

#[test]
fn the_rows_of_the_vat_table() {
    for (value, expected) in [
        ("Fr 40 303 265 045", "valid"),
        ("FR4Z123456782", "valid"),
        ("FRA6732829320", "valid"),
        ("FR45732829320", "vat_wrong_key"),
        ("FRIO334175221", "vat_key_letter"),
        ("FR19200054807", "valid"),
        ("FR39356000000", "valid"),
        ("FRK7399859412", "valid"),
        ("FR23334175221", "valid"),
        ("FR84323140391", "wrong_siren_part"),
    ] {
        assert_eq!(code(CheckKind::Vat, value), expected, "{value}");
    }
    assert_eq!(
        answer(CheckKind::Vat, "Fr 40 303 265 045")["normalized"],
        "FR40303265045"
    );
    for (siren, vat) in [
        ("732829320", "FR44732829320"),
        ("200054807", "FR19200054807"),
        ("356000000", "FR39356000000"),
    ] {
        assert_eq!(Siren::parse(siren).unwrap().vat().as_str(), vat);
    }
}

#[test]
fn an_answer_has_exactly_the_promised_keys() {
    assert_eq!(
        answer(CheckKind::Siren, "732 829 320"),
        json!({"valid": true, "normalized": "732829320", "reason": null, "vat": "FR44732829320"})
    );
    assert_eq!(
        answer(CheckKind::Siret, "732.829.320-00074"),
        json!({"valid": true, "normalized": "73282932000074", "reason": null, "siren": "732829320"})
    );
    assert_eq!(
        answer(CheckKind::Vat, "fra6 732829320"),
        json!({"valid": true, "normalized": "FRA6732829320", "reason": null, "siren": "732829320"})
    );
    assert_eq!(
        answer(CheckKind::Siae, " aci-051-17-0013 a0m1 "),
        json!({"valid": true, "normalized": "ACI051170013A0M1", "reason": null})
    );
    assert_eq!(
        answer(CheckKind::Siret, "5781313100026"),
        json!({
            "valid": false,
            "normalized": "5781313100026",
            "reason": "13 chiffres\u{a0}: il en manque un (un SIRET en compte 14).",
            "code": "too_few_digits"
        })
    );
    assert_eq!(answer(CheckKind::Vat, "")["normalized"], "");
}

#[test]
fn errors_say_what_is_wrong() {
    let french = |kind, value: &str| answer(kind, value)["reason"].as_str().unwrap().to_owned();
    assert!(french(CheckKind::Siren, "7328293").starts_with("7 chiffres\u{a0}: il en manque 2"));
    assert!(
        french(CheckKind::Siren, "7328293201")
            .starts_with("10 chiffres\u{a0}: il y en a un de trop")
    );
    assert!(french(CheckKind::Siren, "7").starts_with("1 chiffre\u{a0}: il en manque 8"));
    assert!(french(CheckKind::Siret, "7328293200007O").contains("«\u{202f}O\u{202f}»"));
    assert!(french(CheckKind::Vat, "FR45732829320").contains("44"));
    assert!(french(CheckKind::Vat, "44732829320").contains("FR44732829320"));
    assert!(french(CheckKind::Vat, "732829320").contains("FR44732829320"));
    assert!(french(CheckKind::Vat, "FRIO334175221").contains("«\u{202f}I\u{202f}»"));
    assert!(french(CheckKind::Siret, "35600000049838").contains("46"));
    assert!(
        french(CheckKind::Siren, "\u{7}").contains('\u{fffd}'),
        "control characters are not echoed"
    );
    for (kind, value, expected) in [
        (CheckKind::Siren, "", "empty"),
        (CheckKind::Siren, " \u{a0}-.", "empty"),
        (CheckKind::Siren, "73282932A", "not_a_digit"),
        (CheckKind::Siren, "٧٣٢٨٢٩٣٢٠", "not_a_digit"),
        (CheckKind::Siren, "732829321", "wrong_check_digit"),
        (CheckKind::Siren, "000000000", "all_zeros"),
        (CheckKind::Siren, "FR44732829320", "not_a_digit"),
        (CheckKind::Siret, "73282932100073", "wrong_siren_part"),
        (CheckKind::Siret, "00000000000018", "wrong_siren_part"),
        (CheckKind::Vat, "DE136695976", "vat_without_fr"),
        (CheckKind::Vat, "44 732 829 320", "vat_without_fr"),
        (CheckKind::Vat, "FR", "vat_length"),
        (CheckKind::Vat, "FR447328293", "vat_length"),
        (CheckKind::Vat, "FR4473282932O", "vat_character"),
        (CheckKind::Vat, "FR44_732829320", "vat_character"),
        (CheckKind::Vat, "FRÀ6732829320", "vat_character"),
        (CheckKind::Vat, "FR12000000000", "all_zeros"),
        (CheckKind::Vat, "FRA7732829320", "vat_wrong_key"),
        (CheckKind::Siae, "EA051170013A0M1", "siae_measure"),
        (CheckKind::Siae, "ACI051170013A0M", "siae_length"),
        (CheckKind::Siae, "ACI051170013A0M12", "siae_length"),
        (CheckKind::Siae, "ACI0511700I3A0M1", "siae_shape"),
        (CheckKind::Siae, "ACI051170013B0M1", "siae_shape"),
        (CheckKind::Siae, "ACI05é170013A0M1", "siae_character"),
        (CheckKind::Siae, "", "empty"),
    ] {
        assert_eq!(code(kind, value), expected, "{value}");
        assert!(answer(kind, value)["siren"].is_null() && answer(kind, value)["vat"].is_null());
    }
}

#[test]
fn monegasque_vat_numbers_are_valid_and_hold_no_siren() {
    let vat = FrenchVat::parse("FR 53 000 004 605").unwrap();
    assert!(vat.is_monegasque());
    assert_eq!(vat.siren(), None);
    assert_eq!(
        answer(CheckKind::Vat, "FR53000004605"),
        json!({"valid": true, "normalized": "FR53000004605", "reason": null})
    );
    assert_eq!(code(CheckKind::Vat, "FR54000004605"), "vat_wrong_key");
}

#[test]
fn leading_zeros_are_repaired_for_imports_only() {
    assert_eq!(
        Siret::repair_leading_zero("5781313100026")
            .unwrap()
            .as_str(),
        "05781313100026"
    );
    for value in [
        "05781313100026",
        "5781313100027",
        "578131310002",
        "",
        "578131310002A",
        "73282932000074",
    ] {
        assert_eq!(Siret::repair_leading_zero(value), None, "{value}");
    }
}

#[test]
fn values_are_shown_and_stored_as_text() {
    let siret = Siret::parse("732 829 320 00074").unwrap();
    assert_eq!(siret.formatted(), "732\u{a0}829\u{a0}320\u{a0}00074");
    assert_eq!(siret.siren().formatted(), "732\u{a0}829\u{a0}320");
    assert_eq!(
        (siret.nic(), siret.to_string().as_str()),
        ("00074", "73282932000074")
    );
    assert!(siret.belongs_to(&siret.siren()));
    let vat = siret.siren().vat();
    assert_eq!(
        (vat.formatted().as_str(), vat.key()),
        ("FR\u{a0}44\u{a0}732\u{a0}829\u{a0}320", "44")
    );
    assert_eq!(serde_json::to_string(&siret).unwrap(), "\"73282932000074\"");
    assert_eq!(
        serde_json::from_str::<Siret>("\"732 829 320 00074\"").unwrap(),
        siret
    );
    assert!(serde_json::from_str::<Siret>("\"73282932000079\"").is_err());
    assert!(
        serde_json::from_str::<Siret>("73282932000074").is_err(),
        "a number has lost its leading zeros"
    );
}

#[test]
fn agreement_numbers_split_into_their_parts() {
    for (value, measure, department) in [
        ("ACI051170013A0M1", SiaeMeasure::Aci, "051"),
        ("EI02A990000A9M0", SiaeMeasure::Ei, "02A"),
        ("AI97C230001A1M2", SiaeMeasure::Ai, "97C"),
        ("ETTI013230001A1M2", SiaeMeasure::Etti, "013"),
        ("EITI013230001A1M2", SiaeMeasure::Eiti, "013"),
    ] {
        let number = SiaeNumber::parse(value).unwrap();
        assert_eq!(
            (number.measure(), number.department()),
            (measure, department),
            "{value}"
        );
    }
    let number = SiaeNumber::parse("aci051170013a0m1").unwrap();
    assert_eq!(
        (
            number.year(),
            number.order(),
            number.amendment(),
            number.modification()
        ),
        ("17", "0013", "0", "1")
    );
}

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

#[test]
fn every_error_speaks_both_languages_with_french_typography() {
    let kind = IdentifierKind::Siren;
    for error in [
        IdentifierError::Empty { kind },
        IdentifierError::NotADigit { kind, found: 'x' },
        IdentifierError::DigitCount {
            kind,
            found: 0,
            expected: 9,
        },
        IdentifierError::DigitCount {
            kind,
            found: 12,
            expected: 9,
        },
        IdentifierError::AllZeros { kind },
        IdentifierError::CheckDigit { kind },
        IdentifierError::SirenPart {
            kind: IdentifierKind::Siret,
        },
        IdentifierError::SirenPart {
            kind: IdentifierKind::Vat,
        },
        IdentifierError::LaPosteSum { sum: 46 },
        IdentifierError::VatCountry { suggestion: None },
        IdentifierError::VatCharacter { found: 'x' },
        IdentifierError::VatLength { found: 1 },
        IdentifierError::VatKeyLetter { found: 'O' },
        IdentifierError::VatKey {
            expected: "44".into(),
        },
        IdentifierError::VatLetterKey {
            expected: "44".into(),
        },
        IdentifierError::SiaeCharacter { found: 'x' },
        IdentifierError::SiaeMeasure,
        IdentifierError::SiaeLength {
            found: 1,
            expected: 13,
        },
        IdentifierError::SiaeShape,
        IdentifierError::NafShape,
        IdentifierError::StaffBandUnknown,
    ] {
        let (fr, en) = (error.message(Lang::Fr), error.message(Lang::En));
        assert_ne!(fr, en);
        assert!(fr.ends_with('.') && en.ends_with('.'), "{fr} {en}");
        assert!(
            !fr.contains('\'') && !fr.contains(" :") && !fr.contains(" ;") && !fr.contains("« "),
            "{fr}"
        );
    }
}

/// The digit that makes a text of digits pass Luhn, written from its definition.
fn luhn_digit(digits: &str) -> char {
    (0..10)
        .filter_map(|digit| char::from_digit(digit, 10))
        .find(|last| {
            let whole = format!("{digits}{last}");
            let doubled = |(index, c): (usize, char)| {
                let digit = c.to_digit(10).unwrap();
                if index % 2 == 0 {
                    digit
                } else {
                    digit * 2 / 10 + digit * 2 % 10
                }
            };
            whole.chars().rev().enumerate().map(doubled).sum::<u32>() % 10 == 0
        })
        .unwrap()
}

const KINDS: [IdentifierKind; 7] = [
    IdentifierKind::Siren,
    IdentifierKind::Siret,
    IdentifierKind::Vat,
    IdentifierKind::Siae,
    IdentifierKind::Naf,
    IdentifierKind::LegalCategory,
    IdentifierKind::StaffBand,
];

proptest! {
    #[test]
    fn normalising_twice_changes_nothing(value in "\\PC*|[A-Za-z0-9 .\\-\u{a0}\u{202f}\u{2009}\t\u{2011}]*") {
        for kind in KINDS {
            let once = normalize(kind, &value);
            prop_assert_eq!(normalize(kind, &once), once);
        }
        for kind in CheckKind::ALL {
            let answer = check(kind, &value);
            prop_assert_eq!(check(kind, &answer.normalized), answer);
        }
    }

    #[test]
    fn nine_digits_with_the_right_last_one_are_a_siren_and_no_other(first in "[0-9]{8}") {
        prop_assume!(first != "00000000");
        let right = luhn_digit(&first);
        for last in '0'..='9' {
            prop_assert_eq!(Siren::parse(&format!("{first}{last}")).is_ok(), last == right);
        }
    }

    #[test]
    fn any_separator_may_stand_anywhere(first in "[1-9][0-9]{7}", place in 0_usize..9) {
        let siren = format!("{first}{}", luhn_digit(&first));
        for separator in [" ", "\u{a0}", "\u{202f}", "\u{2009}", "\t", ".", "-", "\u{2011}", "\u{2013}", "\u{2212}", "\n"] {
            let mut typed = siren.clone();
            typed.insert_str(place, separator);
            prop_assert_eq!(Siren::parse(&typed).unwrap().to_string(), siren.clone());
        }
    }

    #[test]
    fn a_siret_of_la_poste_is_valid_when_its_digits_sum_to_a_multiple_of_five(nic in "[0-9]{5}") {
        let siret = format!("356000000{nic}");
        let sum: u32 = siret.chars().map(|c| c.to_digit(10).unwrap()).sum();
        prop_assert_eq!(Siret::parse(&siret).is_ok(), sum % 5 == 0 || siret == "35600000000048");
    }

    #[test]
    fn other_sirets_need_both_check_digits(first in "[1-9][0-9]{7}", nic in "[0-9]{4}") {
        let siren = format!("{first}{}", luhn_digit(&first));
        prop_assume!(siren != "356000000");
        let thirteen = format!("{siren}{nic}");
        let siret = Siret::parse(&format!("{thirteen}{}", luhn_digit(&thirteen))).unwrap();
        prop_assert_eq!(siret.siren().to_string(), siren);
    }

    #[test]
    fn the_vat_number_of_a_siren_leads_back_to_it(first in "[1-9][0-9]{7}") {
        let siren = Siren::parse(&format!("{first}{}", luhn_digit(&first))).unwrap();
        let vat = siren.vat();
        prop_assert_eq!(FrenchVat::parse(vat.as_str()).unwrap(), vat.clone());
        prop_assert_eq!(vat.siren(), Some(siren.clone()));
        // One key in 97 and no other among the numeric ones.
        let valid = (0..100).filter(|key| FrenchVat::parse(&format!("FR{key:02}{siren}")).is_ok()).count();
        prop_assert_eq!(valid, 1);
    }

    #[test]
    fn no_text_makes_it_panic(value in any::<String>()) {
        for kind in CheckKind::ALL {
            let answer = check(kind, &value);
            prop_assert_eq!(answer.valid, answer.reason.is_none());
            prop_assert_eq!(answer.valid, answer.code.is_none());
        }
        let _ = (LegalCategory::parse(&value), StaffBand::parse(&value), Naf::parse(&value, Nomenclature::Rev2));
        let _ = Siret::repair_leading_zero(&value);
    }
}
