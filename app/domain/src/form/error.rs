//! What is wrong with an answer, by field, in words that say what to do.

use chrono::NaiveDate;

use crate::identifiers::IdentifierError;
use crate::sme::CaseError;
use crate::text::{Lang, Text, text};

/// An answer that must be corrected before the declaration is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The path in the posted form, such as `valid_from` or `rows[0][valid_from]`.
    pub path: String,
    pub rule: Rule,
}

/// The rules of the form. Codes come from `validator`; sentences live here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    Required,
    /// A question with two answers was left open.
    ChooseOne,
    Identifier(IdentifierError),
    /// The establishment belongs to another company.
    OtherCompany,
    Email,
    Phone,
    Date,
    /// A number with at most two decimals, zero or more.
    Decimal,
    Whole,
    Percent,
    Choice,
    TooLong(usize),
    NotInTheFuture,
    ClosingTooOld,
    EndBeforeStart,
    AlreadyEnded,
    /// An ESUS approval over since this day, by its certificate or by the law.
    ApprovalEnded(NaiveDate),
    NeedRow,
    AtLeastOnePublic,
    HoursBounds,
    HoursPerPerson,
    RateBounds,
    PersonsMissing,
    Duplicate,
    /// The box of the sworn statement.
    Tick,
    SiaeMeasure,
    /// The agreement has ended, or was never in force.
    AgreementInactive,
    /// It is on its way.
    AgreementNotYet,
    /// A commercial company of the social economy confirms each condition of the law.
    Conditions,
    Finess,
    AfterContract,
    /// The catalogue does not offer it any more.
    NotOffered,
    PastYear,
    FutureYear,
    Score,
    BaselineOrTarget,
    DueMissing,
    DuePast,
    Group(CaseError),
    /// More lines than a step has room for.
    TooManyRows(usize),
    /// The line that this one names is not there any more.
    LineGone,
    HoldsItself,
    PersonHeld,
    /// The same holder and the same held on two lines.
    HeldTwice,
    /// More than 100 % of the capital, or of the votes, over several lines.
    OverHundred {
        votes: bool,
    },
    /// The enterprise counts, so its figures are needed.
    FigureNeeded,
    /// A document of this line holds a virus.
    DocumentInfected,
    /// A document of this line is not the company’s, or is gone.
    DocumentUnknown,
    DocumentEnded,
    Unknown,
}

impl Rule {
    /// Turns the code of `validator` back into a rule, with the answer at hand.
    pub(super) fn from_code(code: &str, answer: &str) -> Self {
        match code {
            "required" => Self::Required,
            "choose_one" => Self::ChooseOne,
            "siret" => match crate::identifiers::Siret::parse(answer) {
                Err(error) => Self::Identifier(error),
                Ok(_) => Self::Unknown,
            },
            "email" => Self::Email,
            "phone" => Self::Phone,
            "date" => Self::Date,
            "decimal" => Self::Decimal,
            "whole" => Self::Whole,
            "percent" => Self::Percent,
            "choice" => Self::Choice,
            "line" => Self::TooLong(super::rules::LINE),
            "long" => Self::TooLong(super::rules::LONG),
            _ => Self::Unknown,
        }
    }

    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Identifier(error) => error.message(lang),
            Self::Group(error) => error.message(lang),
            Self::TooLong(max) => lang.pick(
                format!("Raccourcissez cette réponse à {max} caractères au plus."),
                format!("Shorten this answer to {max} characters at most."),
            ),
            Self::TooManyRows(most) => lang.pick(
                format!("Gardez {most} lignes au plus\u{a0}: les autres ne sont pas calculées."),
                format!("Keep {most} lines at most: the others are not computed."),
            ),
            Self::ApprovalEnded(day) => lang.pick(
                format!(
                    "Cet agrément s’est terminé le {} (fin du certificat ou, à défaut, 5 ans, 2 ans pour une entreprise de moins de 3 ans). Saisissez la fin du certificat si elle est autre, ou la nouvelle décision. Une demande restée deux mois sans réponse vaut agrément\u{a0}: donnez la date de cet accord et joignez la preuve de dépôt. Sinon, attendez la décision pour le déclarer.",
                    day.format("%d/%m/%Y")
                ),
                format!(
                    "This approval ended on {} (end of the certificate or, failing that, 5 years, 2 years for an enterprise under 3 years old). Type the end of the certificate if it is another one, or give the new decision. An application left two months without an answer stands as approval: give the date of that agreement and attach the proof of filing. Otherwise wait for the decision before declaring it.",
                    day.format("%-d %B %Y")
                ),
            ),
            _ => self.sentence().get(lang).to_owned(),
        }
    }

    const fn sentence(&self) -> Text {
        match self {
            Self::Required => text("Répondez à cette question.", "Answer this question."),
            Self::ChooseOne => text("Choisissez oui ou non.", "Choose yes or no."),
            Self::OtherCompany => text(
                "Cet établissement n’appartient pas à votre entreprise : ses neuf premiers chiffres doivent être votre SIREN.",
                "This establishment is not your company’s: its first nine digits must be your SIREN.",
            ),
            Self::Email => text(
                "Saisissez une adresse électronique complète, par exemple prenom.nom@exemple.fr.",
                "Type a complete e-mail address, for example name@example.fr.",
            ),
            Self::Phone => text(
                "Saisissez un numéro de téléphone, par exemple 04 91 00 00 00.",
                "Type a phone number, for example +33 4 91 00 00 00.",
            ),
            Self::Date => crate::dates::WRONG,
            Self::Decimal => text(
                "Saisissez un nombre positif ou nul, avec deux décimales au plus, par exemple 1 250,50.",
                "Type a number, zero or more, with at most two decimals, for example 1250.50.",
            ),
            Self::Whole => text(
                "Saisissez un nombre entier, par exemple 3.",
                "Type a whole number, for example 3.",
            ),
            Self::Percent => text(
                "Saisissez un pourcentage de 0 à 100, par exemple 33,33.",
                "Type a percentage from 0 to 100, for example 33.33.",
            ),
            Self::Choice => text(
                "Choisissez une réponse de la liste.",
                "Choose an answer of the list.",
            ),
            Self::NotInTheFuture => text(
                "Cette date est dans le futur : indiquez une date passée ou celle d’aujourd’hui.",
                "This date is in the future: give a past date or today’s.",
            ),
            Self::ClosingTooOld => text(
                "Cet exercice est clos depuis plus de 24 mois : donnez les chiffres du dernier exercice clos.",
                "This period closed more than 24 months ago: give the figures of the last closed period.",
            ),
            Self::EndBeforeStart => {
                text("La fin précède le début.", "The end is before the start.")
            }
            Self::AlreadyEnded => text(
                "Cette validité est déjà terminée : donnez la pièce en cours de validité.",
                "This validity has already ended: give the evidence in force.",
            ),
            Self::NeedRow => text(
                "Ajoutez au moins une ligne, ou répondez non.",
                "Add at least one line, or answer no.",
            ),
            Self::AtLeastOnePublic => {
                text("Cochez au moins un public.", "Tick at least one public.")
            }
            Self::HoursBounds => text(
                "Le nombre d’heures doit être supérieur à 0 et ne pas dépasser 200 000.",
                "The number of hours must be above 0 and at most 200,000.",
            ),
            Self::HoursPerPerson => text(
                "Cela dépasse 1 821 heures par personne et par an : vérifiez les heures, les personnes ou la période.",
                "This is over 1,821 hours a person a year: check the hours, the persons or the period.",
            ),
            Self::RateBounds => text(
                "Le taux doit être supérieur à 0 et ne pas dépasser 100 %.",
                "The rate must be above 0 and at most 100%.",
            ),
            Self::PersonsMissing => text(
                "Indiquez au moins une personne pour cette modalité.",
                "Give at least one person for this modality.",
            ),
            Self::Duplicate => text(
                "Cette ligne répète une autre ligne : réunissez-les.",
                "This line repeats another one: merge them.",
            ),
            Self::Tick => text(
                "Cochez cette case pour attester et transmettre.",
                "Tick this box to swear and send.",
            ),
            Self::SiaeMeasure
            | Self::AgreementInactive
            | Self::AgreementNotYet
            | Self::Conditions
            | Self::Finess => self.about_statuses(),
            Self::AfterContract => text(
                "La période de l’engagement dépasse la fin du marché.",
                "The period of the commitment goes beyond the end of the contract.",
            ),
            Self::DocumentInfected | Self::DocumentUnknown | Self::DocumentEnded => {
                self.about_documents()
            }
            _ => self.sentence_of_pledges(),
        }
    }

    /// The rules that the catalogue and the pledges add.
    const fn sentence_of_pledges(&self) -> Text {
        match self {
            Self::NotOffered => text(
                "Le formulaire ne propose plus cette réponse : supprimez cette ligne, ou choisissez-en une autre.",
                "The form does not offer this answer any more: remove this line, or choose another one.",
            ),
            Self::PastYear => text(
                "Indiquez une année passée ou en cours, en quatre chiffres.",
                "Give this year or a past one, in four digits.",
            ),
            Self::FutureYear => text(
                "Indiquez une année à venir, en quatre chiffres.",
                "Give a coming year, in four digits.",
            ),
            Self::Score => text(
                "Saisissez une note entière de 0 à 100, ou NC.",
                "Type a whole score from 0 to 100, or NC.",
            ),
            Self::BaselineOrTarget => text(
                "Donnez la valeur d’aujourd’hui, la valeur visée, ou les deux.",
                "Give the value today, the value aimed at, or both.",
            ),
            Self::DueMissing => text(
                "Donnez le jour où cet engagement sera tenu.",
                "Give the day by which this commitment is met.",
            ),
            Self::DuePast => text(
                "Cette échéance est passée : donnez aujourd’hui ou une date à venir.",
                "This due date is past: give today or a coming date.",
            ),
            _ => self.sentence_of_group(),
        }
    }

    const fn sentence_of_group(&self) -> Text {
        match self {
            Self::LineGone => text(
                "La ligne choisie n’est plus là\u{a0}: choisissez-en une autre.",
                "The line chosen is gone: choose another one.",
            ),
            Self::HoldsItself => text(
                "Une entreprise ne peut pas se détenir elle-même\u{a0}: choisissez une autre ligne.",
                "An enterprise cannot hold itself: choose another line.",
            ),
            Self::PersonHeld => text(
                "Nul ne peut détenir une personne physique\u{a0}: choisissez une autre ligne.",
                "Nobody can hold a natural person: choose another line.",
            ),
            Self::HeldTwice => text(
                "Cette participation figure déjà sur une autre ligne\u{a0}: corrigez l’une des deux.",
                "This holding is given on another line already: correct one of the two.",
            ),
            Self::OverHundred { votes: false } => text(
                "Avec les autres lignes, plus de 100\u{a0}% du capital de cette entreprise sont détenus\u{a0}: corrigez les parts.",
                "With the other lines, more than 100% of the capital of this enterprise is held: correct the shares.",
            ),
            Self::OverHundred { votes: true } => text(
                "Avec les autres lignes, plus de 100\u{a0}% des droits de vote de cette entreprise sont détenus\u{a0}: corrigez les parts.",
                "With the other lines, more than 100% of the votes of this enterprise are held: correct the shares.",
            ),
            Self::FigureNeeded => text(
                "Cette entreprise entre dans le calcul\u{a0}: donnez ce chiffre.",
                "This enterprise enters the computation: give this figure.",
            ),
            _ => text("Vérifiez cette réponse.", "Check this answer."),
        }
    }

    const fn about_statuses(&self) -> Text {
        match self {
            Self::SiaeMeasure => text(
                "Ce numéro est celui d’un autre dispositif : il doit commencer par le sigle de la structure.",
                "This number is of another scheme: it must begin with the acronym of the structure.",
            ),
            Self::AgreementInactive => text(
                "Dans cet état, l’annexe financière n’est plus active\u{a0}: une convention l’est si l’une de ses annexes est valide ou provisoire. Donnez le numéro, l’état et les dates de celle-là.",
                "In this state the annexe financière is not active any more: an agreement is active if one of its annexes is valid or provisional. Give the number, the state and the dates of that one.",
            ),
            Self::AgreementNotYet => text(
                "Cette annexe financière n’est pas encore active\u{a0}: attendez que l’État la valide, ou donnez celle qui court encore.",
                "This annexe financière is not active yet: wait until the State validates it, or give the one that still runs.",
            ),
            Self::Conditions => text(
                "Confirmez chaque condition\u{a0}: la loi les demande toutes, et vos statuts doivent les dire. S’il en manque une, cette qualité ne peut pas être déclarée.",
                "Confirm each condition: the law asks for all of them, and your statutes must say so. If one is missing, this status cannot be declared.",
            ),
            _ => text(
                "Un numéro FINESS compte neuf caractères, par exemple 130000001.",
                "A FINESS number has nine characters, for example 130000001.",
            ),
        }
    }

    const fn about_documents(&self) -> Text {
        match self {
            Self::DocumentInfected => text(
                "Une pièce contient un virus\u{a0}: retirez-la, puis envoyez un fichier sain.",
                "A document holds a virus: remove it, then send a clean file.",
            ),
            Self::DocumentUnknown => text(
                "Une pièce n’est plus là\u{a0}: retirez-la, puis ajoutez-la à nouveau.",
                "A document is not there any more: remove it, then add it again.",
            ),
            _ => text(
                "Une pièce n’est plus valable\u{a0}: retirez-la, puis ajoutez celle qui est en vigueur.",
                "A document is not valid any more: remove it, then add the one that is in force.",
            ),
        }
    }
}
