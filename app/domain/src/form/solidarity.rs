//! Step 3: the statuses and approvals, each with its evidence.

use chrono::NaiveDate;

use super::solidarity_errors::{reference_error, row_errors};
use super::{Choice, FieldError, Offered, Rule, Step, StepCode, Widget, lines, rules};
use crate::catalogue::Catalogue;
use crate::claims::{AgreementState, EssCondition, Kind, Proved, ReferenceRule, esus_end};
use crate::identifiers::Siret;
use crate::text::text;

/// The states of an agreement, the active ones first.
pub const AGREEMENT_STATES: &[Choice] = {
    const fn of(state: AgreementState) -> Choice {
        Choice::new(state.code(), state.label())
    }
    use AgreementState::{
        Annule, Brouillon, Cloture, Historise, Provisoire, Rejete, Saisi, Valide,
    };
    &[
        of(Valide),
        of(Provisoire),
        of(Historise),
        of(Cloture),
        of(Annule),
        of(Rejete),
        of(Saisi),
        of(Brouillon),
    ]
};

/// The conditions of the law for a commercial company, in its order.
pub const CONDITIONS: &[Choice] = {
    const fn of(condition: EssCondition) -> Choice {
        Choice::new(condition.code(), condition.label())
    }
    use EssCondition::{
        Aim, Capital, CarryForward, DevelopmentFund, Governance, Profits, Reserves, Utility,
    };
    &[
        of(Aim),
        of(Governance),
        of(Profits),
        of(Reserves),
        of(Utility),
        of(DevelopmentFund),
        of(CarryForward),
        of(Capital),
    ]
};

answers! {
    /// One status, with its evidence.
    StatusRow {
        kind: rules::required, Widget::Offered(Offered::Kinds), text("Statut ou agrément", "Status or approval");
        siret: rules::siret, Widget::Siret,
            text("SIRET de l’établissement concerné", "SIRET of the establishment concerned"),
            hint = text(
                "Seulement si le statut ne vaut que pour un établissement ; obligatoire pour un ESAT.",
                "Only if the status is that of one establishment; compulsory for an ESAT.",
            ), optional = true;
        reference: rules::line, Widget::Line, text("Référence de la pièce", "Reference of the evidence");
        state: rules::line, Widget::Choice(AGREEMENT_STATES),
            text("État de la convention", "State of the agreement"),
            hint = text(
                "Celui de l’annexe financière en cours\u{a0}: valide ou provisoire tant qu’elle court.",
                "That of the current annexe financière: valid or provisional while it runs.",
            );
        signed_siret: rules::siret, Widget::Siret,
            text("SIRET à la signature de la convention", "SIRET at the signature of the agreement"),
            hint = text(
                "Seulement s’il diffère du SIRET actuel, par exemple après un déménagement.",
                "Only if it differs from the current one, for example after a move.",
            ), optional = true;
        authority: rules::line, Widget::Line, text("Autorité qui l’a délivrée", "Authority that issued it"), optional = true;
        applied_on: rules::date, Widget::Date,
            text("Date de la demande d’agrément", "Date of the application"), optional = true;
        valid_from: rules::date, Widget::Date, text("Valable du", "Valid from");
        valid_to: rules::date, Widget::Date, text("Valable jusqu’au (inclus)", "Valid until (inclusive)"), optional = true;
    }
    list conditions: Widget::Many(CONDITIONS),
        text(
            "Conditions de la loi du 31 juillet 2014 que vos statuts remplissent",
            "Conditions of the law of 31 July 2014 that your articles of association meet",
        ),
        hint = text(
            "Cochez chacune après l’avoir retrouvée dans vos statuts\u{a0}: l’acheteur les vérifie sur la pièce.",
            "Tick each one after finding it in your articles of association: the buyer checks them on the evidence.",
        );
    list documents: Widget::Documents, text("Pièces jointes", "Documents"), optional = true;
    shown |this, asked| {
        let kind = this.kind.parse::<Kind>();
        let proved = kind.is_ok_and(|kind| kind.reference_rule() != ReferenceRule::None);
        match asked {
            "siret" => kind.is_ok_and(Kind::may_be_siret_scoped),
            "state" | "signed_siret" => kind.is_ok_and(Kind::is_siae),
            "conditions" => this.kind == Kind::EssCompany.code(),
            "applied_on" => this.kind == Kind::Esus.code(),
            "reference" | "authority" | "valid_from" | "valid_to" | "documents" => proved,
            _ => true,
        }
    }
}

answers! {
    /// The solidarity statuses of the company.
    SolidarityStep {
        declare: rules::yes_no, Widget::YesNo,
            text(
                "Relevez-vous de l’économie sociale et solidaire, ou êtes-vous une structure inclusive ?",
                "Are you part of the social economy, or an inclusion structure?",
            );
    }
    rows rows: StatusRow;
}

/// A reference without the spaces that people put in it.
pub(super) fn compact(reference: &str) -> String {
    reference.chars().filter(|c| !c.is_whitespace()).collect()
}

impl StatusRow {
    /// What is not asked of a status that is proved.
    pub const PROVED: [&str; 5] = ["reference", "state", "valid_from", "valid_to", "conditions"];

    /// Whether this is what a register or a list says.
    pub fn is_proved_by(&self, proved: &Proved) -> bool {
        self.kind
            .parse()
            .is_ok_and(|kind| proved.is_about(kind, self.scoped_siret().as_ref()))
    }

    /// Whether the form takes this reference for the kind.
    pub fn takes_reference(kind: Kind, reference: &str) -> bool {
        reference_error(kind, reference.trim()).is_none()
    }

    /// The line with what proves it in the place of what was left open.
    pub(super) fn completed(&self, proved: Option<&Proved>) -> Self {
        let mut row = self.clone();
        let Some((proved, kind)) = proved.zip(self.kind.parse::<Kind>().ok()) else {
            return row;
        };
        let fill = |answer: &mut String, known: Option<String>| {
            if answer.trim().is_empty()
                && let Some(known) = known
            {
                *answer = known;
            }
        };
        let day = |day: Option<NaiveDate>| day.map(|day| day.format("%d/%m/%Y").to_string());
        let reference = proved.reference.clone();
        fill(
            &mut row.reference,
            reference.filter(|reference| Self::takes_reference(kind, reference)),
        );
        fill(&mut row.valid_from, day(proved.valid_from));
        fill(&mut row.valid_to, day(proved.valid_to));
        if kind.is_siae() {
            let state = proved.state.map(|state| state.code().to_owned());
            fill(&mut row.state, state);
            let signed = proved.signed_siret.as_ref();
            fill(
                &mut row.signed_siret,
                signed.map(|siret| siret.as_str().to_owned()),
            );
        }
        row
    }

    /// Whether something is left open that is asked of a status that nothing proves.
    pub(super) fn leans_on_proof(&self) -> bool {
        let Some((kind, rule)) = self
            .kind
            .parse::<Kind>()
            .ok()
            .and_then(|kind| Some((kind, kind.evidence_rule()?)))
        else {
            return false;
        };
        let open = |answer: &str| answer.trim().is_empty();
        (rule.reference != ReferenceRule::None && open(&self.reference))
            || (rule.start_required && open(&self.valid_from))
            || (rule.end_required && open(&self.valid_to))
            || (kind.is_siae() && open(&self.state))
            || (kind == Kind::EssCompany && !self.missing_conditions().is_empty())
    }

    pub(super) fn confirmed(&self) -> Vec<EssCondition> {
        let ticked = self.conditions.iter();
        let mut confirmed: Vec<EssCondition> = ticked
            .filter_map(|code| EssCondition::from_code(code))
            .collect();
        confirmed.sort();
        confirmed.dedup();
        confirmed
    }

    pub(super) fn missing_conditions(&self) -> Vec<EssCondition> {
        EssCondition::missing(&self.confirmed())
    }

    /// The establishment that the line is about, where its kind may be that of one.
    fn scoped_siret(&self) -> Option<Siret> {
        self.key().1
    }

    /// What tells two statuses apart, as in the key of the claim: an answer that is not asked any more says nothing.
    fn key(&self) -> (&str, Option<Siret>) {
        let siret = self
            .kind
            .parse::<Kind>()
            .ok()
            .filter(|kind| kind.may_be_siret_scoped())
            .and_then(|_| Siret::parse(&self.siret).ok());
        (&self.kind, siret)
    }

    /// The last day of an ESUS approval, by its certificate or by the law; nothing for other kinds, whose end is typed.
    pub(super) fn approval_end(&self, created_on: Option<NaiveDate>) -> Option<NaiveDate> {
        if self.kind != Kind::Esus.code() {
            return None;
        }
        // The certificate prevails, even where its first day is not known.
        let certificate = rules::parse_date(&self.valid_to);
        let from = rules::parse_date(&self.valid_from).or(certificate)?;
        let applied = rules::parse_date(&self.applied_on).unwrap_or(from);
        esus_end(from, certificate, applied, created_on)
    }

    /// The same as text: by this a form about one line knows it again, should the lines have moved meanwhile.
    pub fn mark(&self) -> String {
        match self.key() {
            (kind, Some(siret)) => format!("{kind}@{}", siret.as_str()),
            (kind, None) => kind.to_owned(),
        }
    }
}

impl SolidarityStep {
    /// The approvals that are over, whether their end is typed or computed: nothing is left to accept.
    pub(super) fn approvals_over<'p>(
        &self,
        created_on: Option<NaiveDate>,
        today: NaiveDate,
        proof: impl Fn(&StatusRow) -> Option<&'p Proved>,
    ) -> Vec<FieldError> {
        if self.declare != "yes" {
            return Vec::new();
        }
        self.rows
            .iter()
            .enumerate()
            .filter_map(|(index, row)| {
                let end = row.completed(proof(row)).approval_end(created_on);
                let end = end.filter(|end| *end < today)?;
                Some(FieldError {
                    path: format!("rows[{index}][valid_to]"),
                    rule: Rule::ApprovalEnded(end),
                })
            })
            .collect()
    }

    /// What must be corrected, given what proves each line: nothing more is asked of a status that is proved.
    pub(crate) fn errors_beside<'p>(
        &self,
        today: NaiveDate,
        proof: impl Fn(&StatusRow) -> Option<&'p Proved>,
    ) -> Vec<FieldError> {
        let of_row = |row: &StatusRow, prefix: &str| row_errors(row, prefix, today, proof(row));
        lines::errors(self, &self.rows, "kind", of_row, |one, other| {
            one.key() == other.key()
        })
    }

    /// The rows whose kind the catalogue does not offer any more.
    pub(super) fn not_offered(&self, catalogue: &Catalogue) -> Vec<FieldError> {
        lines::not_offered(self, &self.rows, "kind", |row| {
            let kind = row.kind.parse::<Kind>();
            kind.is_ok_and(|kind| Kind::SOLIDARITY.contains(&kind) && !catalogue.offers(kind))
        })
    }
}

impl Step for SolidarityStep {
    const CODE: StepCode = StepCode::Solidarity;

    fn errors(&self, today: NaiveDate) -> Vec<FieldError> {
        self.errors_beside(today, |_| None)
    }
}
