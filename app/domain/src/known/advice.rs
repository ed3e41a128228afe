//! The disagreement assistant: why a register may not say what is true, and who can correct it. Every cause is only plausible.

use chrono::{Datelike, NaiveDate};

use super::Fact;
use crate::claims::Kind;
use crate::identifiers::{EssStatus, LegalCategory};
use crate::registry::RegistryFacts;
use crate::text::{Text, text};

/// What to think of a disagreement, and where to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The most plausible first.
    pub causes: Vec<Text>,
    /// Who can correct the register.
    pub body: Text,
    /// How.
    pub way: Text,
}

/// For a fact that the supplier finds wrong, or a status that no register shows.
pub fn advice(fact: Fact, facts: Option<&RegistryFacts>, today: NaiveDate) -> Advice {
    Advice {
        causes: causes(fact, facts, today),
        body: body(fact),
        way: way(fact),
    }
}

const FILED: Text = text(
    "Le changement est déclaré depuis peu\u{a0}: le répertoire le publie après quelques jours, parfois quelques semaines.",
    "The change was filed recently: the register publishes it after some days, sometimes some weeks.",
);
const NOT_FILED: Text = text(
    "Le changement n’a pas encore été déclaré au guichet unique.",
    "The change has not been filed yet.",
);
const LIST_DATED: Text = text(
    "La liste consultée a une date\u{a0}: un agrément ou une convention obtenus depuis n’y sont pas encore.",
    "The list has a date: an approval or agreement obtained since is not in it yet.",
);
const OTHER_SITE: Text = text(
    "La liste porte sur un établissement\u{a0}: l’entreprise peut y être sous un autre SIRET, ou avoir déménagé et changé de SIRET.",
    "The list is about establishments: the company may be there under another SIRET, or have moved and changed SIRET.",
);

fn causes(fact: Fact, facts: Option<&RegistryFacts>, today: NaiveDate) -> Vec<Text> {
    match fact {
        Fact::Name | Fact::LegalForm | Fact::Activity => vec![FILED, NOT_FILED],
        Fact::Address => vec![
            text(
                "Vous avez déménagé\u{a0}: le siège change d’établissement, donc de SIRET, sans que le SIREN change.",
                "You moved: the head office gets another establishment, so another SIRET, while the SIREN stays.",
            ),
            FILED,
            NOT_FILED,
        ],
        Fact::Staff => {
            let old = facts.and_then(|facts| facts.staff_band_year);
            let dated = text(
                "La tranche d’effectif est celle d’une année passée\u{a0}: elle a souvent deux ans de retard.",
                "The staff band is that of a past year: it is often two years old.",
            );
            let counted = text(
                "Le répertoire compte les salariés au 31 décembre\u{202f}; la taille européenne compte des unités de travail sur l’année, groupe compris.",
                "The register counts employees on 31 December; the European size counts work units over the year, group included.",
            );
            if old.is_some_and(|year| year < today.year() - 1) {
                vec![dated, counted]
            } else {
                vec![counted, dated]
            }
        }
        Fact::Size => vec![
            text(
                "La catégorie du répertoire est calculée par l’Insee une fois par an, sur des chiffres d’il y a deux ans et sur le groupe français.",
                "The register’s category is computed by Insee once a year, on figures two years old and on the French group.",
            ),
            text(
                "Elle suit le décret du 18 décembre 2008, qui n’a pas tout à fait les seuils ni le périmètre de la définition européenne.",
                "It follows the decree of 18 December 2008, whose thresholds and perimeter are not quite those of the European definition.",
            ),
        ],
        Fact::Ess | Fact::Status(Kind::EssCompany) => vec![
            text(
                "Une société commerciale de l’ESS n’a la mention qu’après l’avoir demandée au greffe\u{a0}: beaucoup sont absentes des listes.",
                "A commercial company of the social economy bears the mention only once it asked the court registry: many are absent from the lists.",
            ),
            text(
                "Une SCOP ou une SCIC constituée en SAS ne se voit pas à sa forme juridique.",
                "A SCOP or SCIC set up as an SAS does not show in its legal form.",
            ),
            LIST_DATED,
        ],
        Fact::Status(Kind::EssStatus) => {
            let unclear = facts
                .and_then(|facts| facts.legal_category.as_ref())
                .map(LegalCategory::ess_family);
            let statutes = text(
                "La catégorie juridique ne suffit pas toujours à conclure\u{a0}: les statuts le disent.",
                "The legal category does not always settle it: the statutes do.",
            );
            if matches!(unclear, Some(EssStatus::ToCheck(_))) {
                vec![statutes]
            } else {
                vec![statutes, NOT_FILED, FILED]
            }
        }
        Fact::Status(Kind::Esus) => vec![
            text(
                "La liste nationale des ESUS est publiée de temps en temps\u{a0}: un agrément récent ou renouvelé peut y manquer.",
                "The national ESUS list is published from time to time: a recent or renewed approval may be missing.",
            ),
            text(
                "L’agrément porte peut-être sur une autre entité de votre groupe.",
                "The approval may be that of another entity of your group.",
            ),
        ],
        Fact::Status(_) => vec![
            LIST_DATED,
            OTHER_SITE,
            text(
                "Une même entreprise peut porter plusieurs structures, chacune avec sa convention.",
                "One company may run several structures, each with its agreement.",
            ),
        ],
    }
}

fn body(fact: Fact) -> Text {
    match fact {
        Fact::Name | Fact::Address | Fact::LegalForm | Fact::Activity => text(
            "Le guichet unique des formalités des entreprises (INPI), qui transmet à l’Insee et au greffe",
            "The single desk for company formalities (INPI), which passes it on to Insee and the court registry",
        ),
        Fact::Staff | Fact::Size => text(
            "L’Insee, à partir de vos déclarations sociales et fiscales",
            "Insee, from your social-security and tax returns",
        ),
        Fact::Ess | Fact::Status(Kind::EssStatus | Kind::EssCompany) => text(
            "Le greffe du tribunal de commerce pour la mention, et la chambre régionale de l’ESS (CRESS) pour la liste",
            "The commercial court registry for the mention, and the regional chamber of the social economy (CRESS) for the list",
        ),
        Fact::Status(Kind::Esus) => text(
            "La DREETS ou la DDETS de votre siège, qui délivre l’agrément",
            "The DREETS or DDETS of your head office, which grants the approval",
        ),
        Fact::Status(Kind::Ei | Kind::Etti | Kind::Ai | Kind::Aci | Kind::Eiti) => text(
            "La DDETS qui a signé la convention, et le Marché de l’inclusion pour la fiche",
            "The DDETS that signed the agreement, and the inclusion directory for the entry",
        ),
        Fact::Status(Kind::Ea | Kind::Eatt) => text(
            "La DREETS qui a signé le contrat d’objectifs et de moyens (CPOM)",
            "The DREETS that signed the multi-year contract (CPOM)",
        ),
        Fact::Status(Kind::Esat) => text(
            "L’agence régionale de santé (ARS), qui tient le répertoire FINESS",
            "The regional health agency (ARS), which keeps the FINESS register",
        ),
        Fact::Status(Kind::Geiq) => text(
            "La fédération française des GEIQ",
            "The French federation of GEIQs",
        ),
        Fact::Status(Kind::Sep) => text(
            "L’agence du travail d’intérêt général et de l’insertion professionnelle (ATIGIP)",
            "The agency for community work and professional integration (ATIGIP)",
        ),
        Fact::Status(Kind::Rq) => text(
            "Le réseau national des régies",
            "The national network of régies",
        ),
        Fact::Status(Kind::Tih | Kind::Sme | Kind::Commitment | Kind::Pledge) => {
            text("L’acheteur", "The buyer")
        }
    }
}

fn way(fact: Fact) -> Text {
    match fact {
        Fact::Name | Fact::Address | Fact::LegalForm | Fact::Activity => text(
            "Déposez une formalité de modification\u{202f}; une association sans salarié écrit à l’Insee avec son récépissé de préfecture.",
            "File a change; an association without staff writes to Insee with its prefecture receipt.",
        ),
        Fact::Staff | Fact::Size => text(
            "Rien à demander\u{a0}: la valeur se met à jour seule. Ce que vous déclarez ici est calculé sur vos propres chiffres.",
            "Nothing to ask for: the value updates by itself. What you declare here is computed on your own figures.",
        ),
        Fact::Ess | Fact::Status(Kind::EssStatus | Kind::EssCompany) => text(
            "Demandez la mention avec vos statuts, puis signalez l’absence de la liste à la CRESS.",
            "Ask for the mention with your statutes, then report the absence from the list to the CRESS.",
        ),
        Fact::Status(_) => text(
            "Signalez l’erreur à ce service avec votre décision ou votre convention.",
            "Report the error to this service with your decision or agreement.",
        ),
    }
}
