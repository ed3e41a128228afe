//! The questions of the form: asked in both languages, with the typography of each.

use domain::form::{
    Answers, CommitmentRow, CompanyStep, Field, GroupRow, InsertionStep, PledgeRow, PledgeStep,
    SizeStep, SolidarityStep, StatementStep, StatusRow,
};

/// Every description of a question, steps and rows.
fn all_fields() -> Vec<&'static Field> {
    [
        CompanyStep::fields(),
        SizeStep::fields(),
        GroupRow::fields(),
        SolidarityStep::fields(),
        StatusRow::fields(),
        InsertionStep::fields(),
        CommitmentRow::fields(),
        PledgeStep::fields(),
        PledgeRow::fields(),
        StatementStep::fields(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn every_question_is_asked_in_both_languages() {
    for field in all_fields() {
        assert!(
            !field.label.fr.is_empty() && !field.label.en.is_empty(),
            "{}",
            field.name
        );
        assert_ne!(field.label.fr, field.label.en, "{}", field.name);
        let typography = format!(
            "{} {}",
            field.label.fr,
            field.hint.map_or("", |hint| hint.fr)
        );
        assert!(
            !typography.contains('\''),
            "typographic apostrophe in {}",
            field.name
        );
        for mark in ['?', '!', ';'] {
            assert!(
                !typography.contains(&format!(" {mark}")),
                "narrow no-break space before {mark} in {}",
                field.name
            );
        }
    }
}
