//! Why an act on the people of a company is not carried out, in words that say what to do.

use crate::text::{Text, text};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PeopleProblem {
    /// Only a manager of the company may.
    NotManager,
    /// The company would be left without a manager.
    LastManager,
    /// The other person is better proved.
    WeighsMore,
    /// A third party does not sign nor manage.
    ThirdParty,
    /// The address cannot be an e-mail address.
    Address,
    /// This person is of the company already.
    AlreadyHere,
    /// As many invitations as may wait do.
    TooMany,
    /// As many people as one person may invite in a day were.
    TooManyToday,
    /// The mail of the invitation went a moment ago.
    TooSoon,
    /// The name of the organisation, or the message, is too long or missing.
    Organisation,
    Message,
    /// Neither a SIRET nor a SIREN.
    Number,
    /// The role is missing.
    Role,
    /// The domain is not the manager's own, or anybody may have an address there.
    Domain,
    /// The person, the request or the invitation is not there any more.
    Gone,
    /// The code of the letter is wrong.
    WrongCode,
    /// The code of the letter cannot be used any more.
    DeadCode,
}

impl PeopleProblem {
    pub const ALL: [Self; 17] = [
        Self::NotManager,
        Self::LastManager,
        Self::WeighsMore,
        Self::ThirdParty,
        Self::Address,
        Self::AlreadyHere,
        Self::TooMany,
        Self::TooManyToday,
        Self::TooSoon,
        Self::Organisation,
        Self::Message,
        Self::Number,
        Self::Role,
        Self::Domain,
        Self::Gone,
        Self::WrongCode,
        Self::DeadCode,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::NotManager => "gestionnaire",
            Self::LastManager => "dernier-gestionnaire",
            Self::WeighsMore => "mieux-prouve",
            Self::ThirdParty => "mandataire",
            Self::Address => "adresse",
            Self::AlreadyHere => "deja-rattachee",
            Self::TooMany => "trop",
            Self::TooManyToday => "trop-aujourd-hui",
            Self::TooSoon => "trop-tot",
            Self::Organisation => "organisme",
            Self::Message => "message",
            Self::Number => "numero",
            Self::Role => "role",
            Self::Domain => "domaine",
            Self::Gone => "disparu",
            Self::WrongCode => "code-faux",
            Self::DeadCode => "code-mort",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|problem| problem.code() == code)
    }

    /// What is wrong and what to do.
    pub const fn words(self) -> Text {
        match self {
            Self::NotManager => text(
                "Seule une personne qui gère l’espace de l’entreprise peut faire cela. Demandez-le à l’une d’elles.",
                "Only a person who manages the workspace of the company may do this. Ask one of them.",
            ),
            Self::LastManager => text(
                "L’entreprise n’aurait plus personne pour gérer son espace. Donnez d’abord le rôle de gestionnaire à quelqu’un de l’entreprise, ou invitez quelqu’un à le prendre.",
                "The company would have nobody left to manage its workspace. Make somebody of the company a manager first, or invite somebody to become one.",
            ),
            Self::WeighsMore => text(
                "Le rattachement de cette personne est mieux prouvé que le vôtre (courrier au siège ou décision de l’acheteur)\u{a0}: vous ne pouvez ni la retirer ni changer son rôle.",
                "This person’s attachment is better proved than yours (a letter to the seat or a decision of the buyer): you can neither remove them nor change their role.",
            ),
            Self::ThirdParty => text(
                "Un mandataire prépare ou consulte\u{a0}: il ne signe pas et ne gère pas l’espace. Choisissez «\u{202f}Prépare\u{202f}» ou «\u{202f}Consulte\u{202f}».",
                "A mandated third party prepares or reads: they neither sign nor manage. Choose “Prepares” or “Reads”.",
            ),
            Self::Address => text(
                "Écrivez une adresse électronique complète, par exemple nom@entreprise.fr.",
                "Write a whole e-mail address, such as name@company.com.",
            ),
            Self::AlreadyHere => text(
                "Cette personne est déjà rattachée à l’entreprise. Changez son rôle dans la liste ci-dessous si besoin.",
                "This person is attached to the company already. Change their role in the list below if need be.",
            ),
            Self::TooMany => text(
                "Trente invitations attendent déjà une réponse. Annulez celles qui ne servent plus.",
                "Thirty invitations wait for an answer already. Cancel those that are of no use any more.",
            ),
            Self::TooManyToday => text(
                "Vous avez invité autant de personnes qu’on le peut en une journée. Invitez les suivantes demain.",
                "You have invited as many people as one may in a day. Invite the next ones tomorrow.",
            ),
            Self::TooSoon => text(
                "Ce courriel est parti il y a moins d’une heure\u{a0}: il n’est pas renvoyé. Vérifiez l’adresse, et les courriers indésirables de son destinataire.",
                "This e-mail went less than an hour ago: it is not sent again. Check the address, and the spam folder of whom it is for.",
            ),
            Self::Organisation => text(
                "Écrivez le nom du cabinet ou du réseau, en 200 caractères au plus.",
                "Write the name of the firm or the network, in 200 characters at most.",
            ),
            Self::Message => text(
                "Le message a 1\u{202f}000 caractères au plus. Raccourcissez-le.",
                "The message has 1,000 characters at most. Shorten it.",
            ),
            Self::Number => text(
                "Ce n’est ni un SIRET (14 chiffres) ni un SIREN (9 chiffres) valide. Relisez-le sur une facture de l’entreprise.",
                "This is neither a valid SIRET (14 digits) nor a valid SIREN (9 digits). Read it again on an invoice of the company.",
            ),
            Self::Role => text(
                "Choisissez ce que la personne pourra faire.",
                "Choose what the person may do.",
            ),
            Self::Domain => text(
                "Ce domaine n’est pas celui de votre propre adresse, ou tout le monde peut y ouvrir une boîte.",
                "This domain is not that of your own address, or anybody may open a mailbox there.",
            ),
            Self::Gone => text(
                "Cela a changé entre-temps\u{a0}: voici où en sont les choses.",
                "This has changed in the meantime: here is where things stand.",
            ),
            Self::WrongCode => text(
                "Ce code n’est pas celui du courrier. Recopiez-le tel qu’il est imprimé\u{202f}; majuscules, espaces et tirets n’importent pas.",
                "This is not the code of the letter. Copy it as it is printed; capitals, spaces and dashes do not matter.",
            ),
            Self::DeadCode => text(
                "Ce code ne peut plus servir\u{a0}: il a expiré, ou trop de codes faux ont été essayés. Demandez un nouveau courrier.",
                "This code cannot be used any more: it has expired, or too many wrong codes were tried. Ask for another letter.",
            ),
        }
    }
}
