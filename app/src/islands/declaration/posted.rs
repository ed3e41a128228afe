//! From the names and values of a form to the answers of a step, with the meaning that the server gives them.

use domain::form::Answers;

use super::shown::Rows;

/// Ranks far beyond what a form holds are ignored.
const MOST_ROWS: usize = 300;

/// Reads `answers[declare]`, `answers[rows][0][kind]` and `answers[rows][0][publics][]`; everything else is left out.
pub fn posted<S, N>(pairs: impl IntoIterator<Item = (N, String)>) -> S
where
    S: Rows + Default,
    N: AsRef<str>,
{
    let mut step = S::default();
    for (name, value) in pairs {
        let path = name
            .as_ref()
            .strip_prefix("answers[")
            .and_then(|rest| rest.strip_suffix(']'));
        let Some(path) = path else { continue };
        let mut keys = path.split("][");
        match (
            keys.next(),
            keys.next(),
            keys.next(),
            keys.next(),
            keys.next(),
        ) {
            (Some(name), None | Some(""), None, ..) => step.set(name, value),
            (Some("rows"), Some(rank), Some(name), None | Some(""), None) => {
                let Some(rank) = rank.parse().ok().filter(|rank| *rank < MOST_ROWS) else {
                    continue;
                };
                let rows = step.rows_mut();
                while rows.len() <= rank {
                    rows.push(S::Row::default());
                }
                if let Some(row) = rows.get_mut(rank) {
                    row.set(name, value);
                }
            }
            _ => {}
        }
    }
    step
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use domain::form::{InsertionStep, SizeStep};

    use super::*;

    fn read<S: Rows + Default>(pairs: &[(&str, &str)]) -> S {
        posted(
            pairs
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        )
    }

    #[test]
    fn a_form_becomes_the_answers_of_a_step() {
        let step: InsertionStep = read(&[
            ("id", "x"),
            ("answers[declare]", "yes"),
            ("answers[rows][0][modality]", "embauche_directe"),
            ("answers[rows][0][publics][]", "deld"),
            ("answers[rows][0][publics][]", "qpv"),
            ("answers[rows][1][hours]", "12"),
            ("intent", "save"),
        ]);
        assert_eq!(step.declare, "yes");
        assert_eq!(step.rows.len(), 2);
        assert_eq!(step.rows.first().unwrap().publics, ["deld", "qpv"]);
        assert_eq!(step.rows.last().unwrap().hours, "12");
    }

    #[test]
    fn odd_names_do_no_harm() {
        for name in [
            "answers[",
            "answers[]",
            "answers[rows][999999999][x]",
            "answers[rows][a]",
            "answers[a][b][c][d][e]",
            "answers[rows]",
        ] {
            let step: SizeStep = read(&[(name, "x"), (name, "z")]);
            assert_eq!(step, SizeStep::default(), "{name}");
        }
    }
}
