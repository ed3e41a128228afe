//! Three questions that an analyst asks of the buyer database, in SQL that both engines accept. Tests run them.

use domain::text::{Text, text};

/// A question and its query.
#[derive(Debug)]
pub struct Example {
    pub question: Text,
    pub sql: &'static str,
}

pub const EXAMPLES: [Example; 3] = [
    Example {
        question: text(
            "Qui est entreprise solidaire le 30 juin 2026, et à quel titre ?",
            "Who is a solidarity enterprise on 30 June 2026, and on what ground?",
        ),
        sql: "SELECT s.siren, s.name, p.kind, p.reference, p.valid_from, p.valid_to
FROM suppliers s
JOIN qualification_periods p ON p.siren = s.siren
WHERE p.kind IN ('ESUS', 'EI', 'ETTI', 'AI', 'ACI', 'EITI', 'EA', 'EATT', 'ESAT', 'SEP')
  AND p.valid_from <= '2026-06-30'
  AND (p.valid_to IS NULL OR p.valid_to >= '2026-06-30')
  AND (p.closed_from IS NULL OR p.closed_from > '2026-06-30')
ORDER BY s.name, p.kind",
    },
    Example {
        question: text(
            "Quelle part de vos dépenses va aux entreprises solidaires, chacune comptée avec le statut valide à la date du paiement ? \
             La table expenses(siren, paid_on, amount) est la vôtre.",
            "What share of your expenses goes to solidarity enterprises, each counted with the status valid on the day of payment? \
             The table expenses(siren, paid_on, amount) is yours.",
        ),
        sql: "SELECT SUM(CASE WHEN EXISTS (
           SELECT 1 FROM qualification_periods p
           WHERE p.siren = e.siren
             AND p.kind IN ('ESUS', 'EI', 'ETTI', 'AI', 'ACI', 'EITI', 'EA', 'EATT', 'ESAT', 'SEP')
             AND p.valid_from <= e.paid_on
             AND (p.valid_to IS NULL OR p.valid_to >= e.paid_on)
             AND (p.closed_from IS NULL OR p.closed_from > e.paid_on)
       ) THEN e.amount ELSE 0 END) * 100.0 / SUM(e.amount) AS percent
FROM expenses e
WHERE e.paid_on BETWEEN '2026-01-01' AND '2026-12-31'",
    },
    Example {
        question: text(
            "Combien d’heures d’insertion sont engagées sur chaque marché, sans celles qui ont pris fin avant terme ?",
            "How many insertion hours are committed on each contract, without those that ended early?",
        ),
        sql: "SELECT c.contract, COUNT(DISTINCT c.siren) AS companies, SUM(c.hours) AS hours
FROM commitments c
JOIN qualification_periods p
  ON p.siren = c.siren AND p.claim_key = c.claim_key AND p.valid_from = c.valid_from
WHERE p.closed_from IS NULL AND c.contract IS NOT NULL
GROUP BY c.contract
ORDER BY hours DESC",
    },
];
