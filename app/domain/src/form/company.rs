//! Step 1: the establishment that declares, and the person to talk to.

use chrono::NaiveDate;
use validator::Validate;

use super::step::found;
use super::{FieldError, Step, StepCode, Widget, rules};
use crate::text::text;

answers! {
    /// Who is declaring.
    CompanyStep {
        siret: rules::siret, Widget::Siret,
            text("SIRET de l’établissement qui déclare", "SIRET of the establishment that declares"),
            hint = text("14 chiffres, par exemple 732 829 320 00074", "14 digits, for example 732 829 320 00074");
        name: rules::required, Widget::Line,
            text("Nom de l’entreprise", "Name of the company");
        contact_name: rules::required, Widget::Line,
            text("Prénom et nom de la personne à contacter", "First and last name of the contact"),
            autocomplete = "name";
        contact_role: rules::required, Widget::Line,
            text("Fonction", "Position"),
            autocomplete = "organization-title";
        contact_email: rules::contact_email, Widget::Email,
            text("Adresse électronique professionnelle", "Work e-mail address"),
            hint = text("Les courriels sur la déclaration y sont envoyés.", "Mails about the declaration are sent there."),
            autocomplete = "email";
        contact_phone: rules::phone, Widget::Phone,
            text("Téléphone professionnel", "Work phone"),
            autocomplete = "tel", optional = true;
    }
}

impl Step for CompanyStep {
    const CODE: StepCode = StepCode::Company;

    fn errors(&self, _today: NaiveDate) -> Vec<FieldError> {
        self.validate()
            .err()
            .map_or_else(Vec::new, |errors| found("", &errors, self))
    }
}
