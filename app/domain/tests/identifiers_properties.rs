//! Properties of identifiers that hold for any value.
#![expect(clippy::unwrap_used, reason = "tests")]

use domain::identifiers::{
    CheckKind, FrenchVat, IdentifierKind, LegalCategory, Naf, Nomenclature, Siren, Siret,
    StaffBand, check, normalize,
};
use proptest::prelude::*;

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
            whole
                .chars()
                .rev()
                .enumerate()
                .map(doubled)
                .sum::<u32>()
                .is_multiple_of(10)
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
        prop_assert_eq!(Siret::parse(&siret).is_ok(), sum.is_multiple_of(5) || siret == "35600000000048");
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
