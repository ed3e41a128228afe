//! One line of the group: an enterprise, a person or a body with the holding that ties it, or one more holding between two of them.
//!
//! Invariant: a line names another by its code, never by its rank, so lines may be added, removed and moved.

use validator::Validate as _;

use super::step::{found, path};
use super::{Answers as _, Choice, FieldError, Rule, Widget, rules};
use crate::sme::{Control, Kind};
use crate::text::{Text, text};

/// The kind of a line that is no enterprise: one more holding between two that are listed.
pub const LINK: &str = "link";

/// What another holder or holding can be (art. 3 of the annex to Recommendation 2003/361/EC).
pub const GROUP_KINDS: &[Choice] = &[
    Choice::new("enterprise", text("Entreprise", "Enterprise")),
    Choice::new("person", text("Personne physique", "Natural person")),
    Choice::new("public_body", text("Organisme public", "Public body")),
    Choice::new(
        "small_local_authority",
        text(
            "Collectivité autonome (moins de 10 M€ de budget et de 5 000 habitants)",
            "Small local authority (budget under\u{a0}€10M and under 5,000 inhabitants)",
        ),
    ),
    Choice::new(
        "venture_capital",
        text("Société de capital-risque", "Venture-capital company"),
    ),
    Choice::new(
        "business_angel",
        text("Investisseur providentiel", "Business angel"),
    ),
    Choice::new(
        "university",
        text(
            "Université ou centre de recherche",
            "University or research centre",
        ),
    ),
    Choice::new(
        "public_investment_corp",
        text(
            "Société publique de participation",
            "Public investment corporation",
        ),
    ),
    Choice::new(
        "institutional_investor",
        text("Investisseur institutionnel", "Institutional investor"),
    ),
    Choice::new(
        LINK,
        text(
            "Autre participation entre deux lignes",
            "Other holding between two lines",
        ),
    ),
];

/// Which of the two holds the other.
pub const DIRECTIONS: &[Choice] = &[
    Choice::new("held", text("Est détenue par", "Is held by")),
    Choice::new("holder", text("Détient une part de", "Holds a share of")),
];

/// Control whatever the percentages (article 3(3), b to d).
pub const CONTROLS: &[Choice] = &[
    control(Control::AppointsMajority),
    control(Control::DominantInfluence),
    control(Control::Agreement),
];

const fn control(control: Control) -> Choice {
    Choice::new(control.name(), control.label())
}

/// Persons with the same answer act together: their votes are added.
pub const JOINT_GROUPS: &[Choice] = &[
    Choice::new("1", text("Oui, groupe 1", "Yes, group 1")),
    Choice::new("2", text("Oui, groupe 2", "Yes, group 2")),
    Choice::new("3", text("Oui, groupe 3", "Yes, group 3")),
];

const AWU: Widget = Widget::Decimal(text("UTA", "AWU"));
const EUROS: Widget = Widget::Decimal(text("€", "€"));
const PERCENT: Widget = Widget::Decimal(text("%", "%"));

answers! {
    /// One enterprise of the group and the holding that ties it to ours or to another line.
    GroupRow {
        code: rules::line, Widget::Hidden, text("Repère", "Mark"), optional = true;
        kind: rules::required, Widget::Choice(GROUP_KINDS), text("Nature", "Kind");
        name: rules::required, Widget::Line, text("Nom", "Name");
        of: rules::required, Widget::Member, text("Quelle ligne\u{202f}?", "Which line?");
        direction: rules::required, Widget::Choice(DIRECTIONS), text("Sens de la participation", "Direction of the holding");
        with: rules::line, Widget::Member, text("De qui, ou par qui\u{202f}?", "Of whom, or by whom?"), optional = true;
        capital_pct: rules::percent, PERCENT, text("Part du capital", "Share of the capital");
        voting_pct: rules::percent, PERCENT,
            text("Part des droits de vote, si elle diffère", "Share of the votes, if different"), optional = true;
        control: rules::line, Widget::Choice(CONTROLS),
            text("Contrôle autre que par les votes", "Control other than by votes"), optional = true;
        invested_eur: rules::decimal, EUROS,
            text("Total investi dans l’entreprise", "Total invested in the enterprise"), optional = true;
        market: rules::line, Widget::YesNo,
            text(
                "Ses entreprises agissent-elles sur le même marché ou sur des marchés voisins\u{202f}?",
                "Do its enterprises act on the same market or on adjacent markets?",
            );
        jointly: rules::line, Widget::Choice(JOINT_GROUPS),
            text("Agit de concert avec d’autres personnes", "Acts jointly with other persons"), optional = true;
        awu: rules::decimal, AWU, text("Effectif", "Staff"), optional = true;
        turnover_eur: rules::decimal, EUROS, text("Chiffre d’affaires", "Turnover"), optional = true;
        balance_eur: rules::decimal, EUROS, text("Total du bilan", "Balance sheet total"), optional = true;
        previous_awu: rules::decimal, AWU, text("Exercice N-1\u{a0}: effectif", "Period N-1: staff"), optional = true;
        previous_turnover_eur: rules::decimal, EUROS,
            text("Exercice N-1\u{a0}: chiffre d’affaires", "Period N-1: turnover"), optional = true;
        previous_balance_eur: rules::decimal, EUROS,
            text("Exercice N-1\u{a0}: total du bilan", "Period N-1: balance sheet total"), optional = true;
        earlier_awu: rules::decimal, AWU, text("Exercice N-2\u{a0}: effectif", "Period N-2: staff"), optional = true;
        earlier_turnover_eur: rules::decimal, EUROS,
            text("Exercice N-2\u{a0}: chiffre d’affaires", "Period N-2: turnover"), optional = true;
        earlier_balance_eur: rules::decimal, EUROS,
            text("Exercice N-2\u{a0}: total du bilan", "Period N-2: balance sheet total"), optional = true;
    }
    shown |this, asked| match asked {
        "code" => false,
        "kind" | "name" => !this.is_link(),
        "of" => this.is_link(),
        "direction" => this.kind != "person",
        "market" | "jointly" => this.kind == "person",
        "invested_eur" => this.kind == "business_angel" && this.holds(),
        "with" | "capital_pct" | "voting_pct" | "control" => true,
        _ => this.has_accounts(),
    }
}

impl GroupRow {
    /// One more holding between two lines, rather than a line of its own.
    pub fn is_link(&self) -> bool {
        self.kind == LINK
    }

    /// The direction of the holding is said, and its share or another control.
    pub(super) fn says_who_holds(&self) -> bool {
        let said = |answer: &str| !answer.trim().is_empty();
        (said(&self.direction) || self.kind == "person")
            && (said(&self.capital_pct) || said(&self.voting_pct) || said(&self.control))
    }

    /// It holds the other end of its holding. Nobody holds a person.
    pub fn holds(&self) -> bool {
        self.direction == "holder" || self.kind == "person"
    }

    /// Persons and administrations have no figures.
    fn has_accounts(&self) -> bool {
        !self.is_link()
            && !matches!(
                Kind::from_name(&self.kind),
                Some(Kind::Person | Kind::PublicBody | Kind::SmallLocalAuthority)
            )
    }

    /// Nothing but what a button chose.
    pub fn is_blank(&self) -> bool {
        let chosen = Self {
            code: self.code.clone(),
            kind: self.kind.clone(),
            direction: self.direction.clone(),
            with: self.with.clone(),
            of: self.of.clone(),
            ..Self::default()
        };
        *self == chosen
    }

    /// What is wrong with the line alone.
    pub(super) fn errors(&self, prefix: &str) -> Vec<FieldError> {
        let mut errors = self
            .validate()
            .err()
            .map_or_else(Vec::new, |errors| found(prefix, &errors, self));
        let mut wrong = |name: &str, rule| {
            let path = path(prefix, name);
            errors.push(FieldError { path, rule });
        };
        for (name, choices) in [
            ("kind", GROUP_KINDS),
            ("direction", DIRECTIONS),
            ("control", CONTROLS),
            ("jointly", JOINT_GROUPS),
        ] {
            let answer = self.answer(name);
            if self.shown(name)
                && !answer.is_empty()
                && Choice::label_of(choices, &answer).is_none()
            {
                wrong(name, Rule::Choice);
            }
        }
        if self.kind == "person" && !matches!(self.market.as_str(), "yes" | "no") {
            wrong("market", Rule::ChooseOne);
        }
        let no_share = self.capital_pct.trim().is_empty() && self.voting_pct.trim().is_empty();
        if no_share && self.control.is_empty() {
            wrong("capital_pct", Rule::Required);
        }
        errors
    }
}

/// Text for the empty choice of a list of lines.
pub const OURS: Text = text("Notre entreprise", "Our company");
