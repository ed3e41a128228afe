//! Step 5: the sworn statement (`domain.md` 10.1): un-ticked, versioned, signed by a named person with a capacity.

use chrono::NaiveDate;
use validator::Validate;

use super::step::found;
use super::{Choice, FieldError, Rule, Step, StepCode, Widget, rules};
use crate::text::{Lang, text};

/// The version of the statement's text; it changes with every change of the words below.
pub const STATEMENT_VERSION: &str = "2026-11-25";
/// The version before it, whose words old receipts still show.
const FIRST_VERSION: &str = "2026-11";

/// In what capacity a person binds the company.
pub const CAPACITIES: &[Choice] = &[
    Choice::new(
        "legal_representative",
        text("Représentant légal", "Legal representative"),
    ),
    Choice::new(
        "delegation",
        text("Délégation de signature", "Delegation of signature"),
    ),
];

answers! {
    /// Who signs, and the box that must be ticked each time.
    StatementStep {
        signer_name: rules::required, Widget::Line,
            text("Prénom et nom du signataire", "First and last name of the signer"), autocomplete = "name";
        signer_quality: rules::required, Widget::Line,
            text("Qualité", "Position"), hint = text("Par exemple : gérante", "For example: managing director"),
            autocomplete = "organization-title";
        capacity: rules::required, Widget::Choice(CAPACITIES),
            text("À quel titre engagez-vous l’entreprise ?", "In what capacity do you sign for the company?");
        accepted: rules::line, Widget::YesNo,
            text("J’atteste sur l’honneur l’exactitude des informations déclarées ci-dessus.",
                 "I swear that the information declared above is accurate.");
    }
}

impl Step for StatementStep {
    const CODE: StepCode = StepCode::Statement;

    fn errors(&self, _today: NaiveDate) -> Vec<FieldError> {
        let mut errors = self
            .validate()
            .err()
            .map_or_else(Vec::new, |errors| found("", &errors, self));
        if self.accepted != "yes" {
            errors.push(FieldError {
                path: "accepted".into(),
                rule: Rule::Tick,
            });
        }
        if !self.capacity.is_empty() && Choice::label_of(CAPACITIES, &self.capacity).is_none() {
            errors.push(FieldError {
                path: "capacity".into(),
                rule: Rule::Choice,
            });
        }
        errors
    }
}

/// The paragraphs that the signer of a version reads, after the list of the facts. `buyer` is the name of the buyer. Nothing for
/// a version that this program does not know: nobody is shown words that they did not sign.
pub fn statement_text(version: &str, buyer: &str, lang: Lang) -> Vec<String> {
    let buyer = match (version, lang) {
        (STATEMENT_VERSION, Lang::Fr) => format!("l’acheteur ({buyer})"),
        (STATEMENT_VERSION, Lang::En) => format!("the buyer ({buyer})"),
        (FIRST_VERSION, _) => buyer.to_owned(),
        _ => return vec![],
    };
    lang.pick(
        vec![
            "J’atteste sur l’honneur l’exactitude des informations déclarées ci-dessus.".to_owned(),
            format!(
                "Je m’engage à informer {buyer} de tout changement et à fournir, dans un délai de quinze jours, les justificatifs qui me seraient demandés."
            ),
            "J’ai connaissance des sanctions prévues aux articles 441-1 et 441-7 du code pénal en cas de fausse déclaration."
                .to_owned(),
            format!("Je suis informé que {buyer} vérifie ces informations auprès des registres publics."),
            "Cette déclaration ne remplace pas les attestations des articles L2141-1 à L2141-5 et L2141-7 à L2141-10 du code de la commande publique, fournies avec l’offre."
                .to_owned(),
        ],
        vec![
            "I swear that the information declared above is accurate.".to_owned(),
            format!("I undertake to inform {buyer} of any change and to supply, within fifteen days, the evidence that I am asked for."),
            "I know the penalties of articles 441-1 and 441-7 of the French criminal code for a false declaration.".to_owned(),
            format!("I am informed that {buyer} checks this information with the public registers."),
            "This declaration does not replace the statements of articles L2141-1 to L2141-5 and L2141-7 to L2141-10 of the French public procurement code, given with the tender."
                .to_owned(),
        ],
    )
}
