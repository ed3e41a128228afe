//! What shows that a person belongs to a company, and which of two proofs weighs more.

/// How a person came to be attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Proof {
    /// The first to open the company; nothing proves more.
    None,
    /// The address is of a domain that the company uses.
    MailDomain,
    /// A manager of the company invited or accepted them.
    Member,
    /// An agent of the buyer decided it.
    Agent,
    /// They typed the code of a letter sent to the seat.
    Letter,
    /// They say that the company mandated them; nobody of the company confirmed it yet.
    Mandate,
}

impl Proof {
    pub const ALL: [Self; 6] = [
        Self::None,
        Self::MailDomain,
        Self::Member,
        Self::Agent,
        Self::Letter,
        Self::Mandate,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::MailDomain => "mail_domain",
            Self::Member => "member",
            Self::Agent => "agent",
            Self::Letter => "letter",
            Self::Mandate => "mandate",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|proof| proof.code() == code)
    }

    /// What weighs more is never put out by what weighs less: whoever came first by mistake cannot put out whom the buyer or
    /// the post has recognised.
    pub const fn weight(self) -> u8 {
        match self {
            // Whom a manager let in is worth what that manager is.
            Self::Mandate | Self::None | Self::MailDomain | Self::Member => 0,
            Self::Agent | Self::Letter => 1,
        }
    }
}
