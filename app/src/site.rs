//! What this installation says about itself: name, buyer, contacts, persons in charge, targets. All of it is configuration.
//!
//! Invariant: the default values here are the only place of the program that names a particular buyer.

use serde::{Deserialize, Serialize};

/// The identity of the portal, read from the configuration and given to every page by context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Site {
    /// Name of the service, in the header, the titles and the mails.
    pub name: String,
    /// Legal name of the buyer, as in the legal notice.
    pub buyer_name: String,
    /// The buyer as named in a sentence, without an article.
    pub buyer_short_name: String,
    pub buyer_siren: String,
    /// The service that answers suppliers.
    pub service: String,
    pub postal_address: String,
    pub email: String,
    pub phone: String,
    /// When the phone is answered, in French and in English.
    pub opening_hours_fr: String,
    pub opening_hours_en: String,
    /// Data protection officer.
    pub dpo_email: String,
    pub publication_director: String,
    pub host: Host,
    pub targets: Targets,
    /// The day when the accessibility statement was made.
    pub accessibility_date: chrono::NaiveDate,
    /// Shown as a band on every page: fictional companies, mails kept in a folder.
    pub demonstration: bool,
}

/// Who runs the machines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Host {
    pub name: String,
    pub postal_address: String,
    pub phone: String,
}

/// The three targets of the plan for responsible purchasing, in whole percents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Targets {
    /// Share of purchases from solidarity enterprises.
    pub solidarity: u8,
    /// Share of contracts notified in the year with a social clause.
    pub social_clauses: u8,
    /// Share of contracts notified in the year with an environmental clause.
    pub environmental_clauses: u8,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            name: "Portail Spaser".into(),
            buyer_name: "Métropole d’Aix-Marseille-Provence".into(),
            buyer_short_name: "Aix-Marseille-Provence".into(),
            buyer_siren: "200054807".into(),
            service: "Service des achats responsables".into(),
            postal_address: "58 boulevard Charles-Livon, 13007\u{A0}Marseille".into(),
            email: "achats-responsables@spaser.example".into(),
            phone: "04\u{A0}00\u{A0}00\u{A0}00\u{A0}00".into(),
            opening_hours_fr:
                "du lundi au vendredi, de 9\u{A0}h à 12\u{A0}h et de 14\u{A0}h à 17\u{A0}h".into(),
            opening_hours_en: "Monday to Friday, 9 a.m. to noon and 2 p.m. to 5 p.m.".into(),
            dpo_email: "dpo@spaser.example".into(),
            publication_director: "La présidence de la Métropole".into(),
            host: Host::default(),
            targets: Targets::default(),
            accessibility_date: chrono::NaiveDate::from_ymd_opt(2026, 9, 1).unwrap_or_default(),
            demonstration: false,
        }
    }
}

impl Default for Host {
    fn default() -> Self {
        Self {
            name: "Hébergeur à renseigner dans la configuration".into(),
            postal_address: String::new(),
            phone: String::new(),
        }
    }
}

impl Default for Targets {
    fn default() -> Self {
        Self {
            solidarity: 5,
            social_clauses: 30,
            environmental_clauses: 100,
        }
    }
}

/// The site of this request; the default one when the server provided none.
#[cfg(feature = "ssr")]
pub fn use_site() -> std::sync::Arc<Site> {
    leptos::prelude::use_context::<std::sync::Arc<Site>>().unwrap_or_default()
}
