//! Identifiers: every row of the reference tables, and the errors.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use domain::identifiers::{
    CheckKind, FrenchVat, IdentifierError, IdentifierKind, SiaeMeasure, SiaeNumber, Siren, Siret,
    check,
};
use domain::text::Lang;
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
