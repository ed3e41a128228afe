//! What a version of the catalogue changed, in sentences.

use domain::catalogue::{Catalogue, Label, PledgeEntry};

use crate::i18n::Lang;
use crate::pages::shared::claim::quoted;

/// One sentence for each change from one version to the next.
pub fn told(lang: Lang, before: &Catalogue, after: &Catalogue) -> Vec<String> {
    let mut lines = Vec::new();
    for entry in &after.kinds {
        if let Some(old) = before.kind(entry.kind) {
            renamed(lang, &old.label, &entry.label, &mut lines);
            offered(lang, &entry.label, old.offered, entry.offered, &mut lines);
        }
    }
    for theme in &after.themes {
        match before.theme(&theme.code) {
            None => added(lang, &theme.label, &mut lines),
            Some(old) => {
                renamed(lang, &old.label, &theme.label, &mut lines);
                offered(lang, &theme.label, old.offered, theme.offered, &mut lines);
                if old.plans != theme.plans {
                    plans(lang, after, &theme.label, &theme.plans, &mut lines);
                }
            }
        }
    }
    for plan in &after.plans {
        match before.plans.iter().find(|old| old.code == plan.code) {
            None => added(lang, &plan.label, &mut lines),
            Some(old) => {
                renamed(lang, &old.label, &plan.label, &mut lines);
                offered(lang, &plan.label, old.offered, plan.offered, &mut lines);
            }
        }
    }
    for entry in &after.pledges {
        if let Some(old) = before.pledge(&entry.code) {
            pledge(lang, after, old, entry, &mut lines);
        }
    }
    lines
}

fn pledge(
    lang: Lang,
    names: &Catalogue,
    old: &PledgeEntry,
    new: &PledgeEntry,
    lines: &mut Vec<String>,
) {
    renamed(lang, &old.label, &new.label, lines);
    offered(lang, &new.label, old.offered, new.offered, lines);
    let name = quoted(lang, new.label.get(lang));
    if old.theme != new.theme {
        let theme = quoted(lang, names.theme_label(&new.theme, lang));
        lines.push(match lang {
            Lang::Fr => format!("{name} passe au thème {theme}."),
            Lang::En => format!("{name} moves to the theme {theme}."),
        });
    }
    if old.plans != new.plans {
        plans(lang, names, &new.label, &new.plans, lines);
    }
    if old.staff_from != new.staff_from {
        lines.push(match (lang, new.staff_from) {
            (Lang::Fr, Some(staff)) => {
                format!("{name} est proposé à partir de {staff}\u{A0}salariés.")
            }
            (Lang::En, Some(staff)) => format!("{name} is offered from {staff} staff on."),
            (Lang::Fr, None) => format!("{name} est proposé quel que soit l’effectif."),
            (Lang::En, None) => format!("{name} is offered whatever the staff."),
        });
    }
    if old.families != new.families {
        let trades: Vec<&str> = new.trades().map(|trade| trade.label().get(lang)).collect();
        let trades = if trades.is_empty() {
            lang.pick("tous", "all").to_owned()
        } else {
            trades.join(", ")
        };
        lines.push(match lang {
            Lang::Fr => format!("{name}\u{A0}: métiers concernés, {trades}."),
            Lang::En => format!("{name}: trades concerned, {trades}."),
        });
    }
}

fn renamed(lang: Lang, old: &Label, new: &Label, lines: &mut Vec<String>) {
    if old == new {
        return;
    }
    // The name of the other language may be the one that changed.
    let seen = if old.get(lang) == new.get(lang) {
        lang.pick(Lang::En, Lang::Fr)
    } else {
        lang
    };
    let (old, new) = (quoted(lang, old.get(seen)), quoted(lang, new.get(seen)));
    lines.push(match lang {
        Lang::Fr => format!("{old} devient {new}."),
        Lang::En => format!("{old} becomes {new}."),
    });
}

fn offered(lang: Lang, label: &Label, old: bool, new: bool, lines: &mut Vec<String>) {
    if old == new {
        return;
    }
    let name = quoted(lang, label.get(lang));
    lines.push(match (lang, new) {
        (Lang::Fr, true) => format!("{name} est proposé."),
        (Lang::Fr, false) => format!("{name} n’est plus proposé."),
        (Lang::En, true) => format!("{name} is offered."),
        (Lang::En, false) => format!("{name} is not offered any more."),
    });
}

fn added(lang: Lang, label: &Label, lines: &mut Vec<String>) {
    let name = quoted(lang, label.get(lang));
    lines.push(match lang {
        Lang::Fr => format!("{name} est ajouté."),
        Lang::En => format!("{name} is added."),
    });
}

fn plans(lang: Lang, names: &Catalogue, label: &Label, codes: &[String], lines: &mut Vec<String>) {
    let name = quoted(lang, label.get(lang));
    let served = names.plan_labels(codes, lang).join(", ");
    let served = if served.is_empty() {
        lang.pick("aucun", "none").to_owned()
    } else {
        served
    };
    lines.push(match lang {
        Lang::Fr => format!("{name}\u{A0}: plans servis, {served}."),
        Lang::En => format!("{name}: plans served, {served}."),
    });
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use domain::catalogue::Change;
    use domain::claims::Kind;

    use super::*;

    #[test]
    fn each_change_is_one_sentence() {
        let before = Catalogue::default();
        let entry = before.kind(Kind::Eiti).unwrap().clone();
        let after = before
            .changed(Change::Kind {
                kind: Kind::Eiti,
                label: entry.label,
                offered: false,
            })
            .unwrap();
        assert_eq!(
            told(Lang::Fr, &before, &after),
            [
                "«\u{202f}Entreprise d’insertion par le travail indépendant (EITI)\u{202f}» n’est plus proposé."
            ]
        );
        let (theme, plan) = (before.theme("economy").unwrap(), &before.plans[2]);
        let without = before
            .changed(Change::Theme {
                code: Some(theme.code.clone()),
                label: theme.label.clone(),
                offered: false,
                plans: theme.plans.clone(),
            })
            .unwrap();
        let neither = without
            .changed(Change::Plan {
                code: Some(plan.code.clone()),
                label: plan.label.clone(),
                offered: false,
            })
            .unwrap();
        assert_eq!(
            told(Lang::Fr, &before, &neither),
            [
                "«\u{202f}Accès des PME et innovation\u{202f}» n’est plus proposé.",
                "«\u{202f}projet alimentaire territorial (PAT)\u{202f}» n’est plus proposé.",
            ]
        );
        assert_eq!(
            told(Lang::En, &neither, &without),
            ["“territorial food project (PAT)” is offered."]
        );
        let pledge = before.pledge("ENV-ALI-01").unwrap().clone();
        let after = before
            .changed(Change::Pledge {
                code: pledge.code,
                label: Label {
                    fr: pledge.label.fr,
                    en: "Organic food".into(),
                },
                offered: true,
                theme: "economy".into(),
                plans: vec![],
                staff_from: Some(20),
                families: vec![],
            })
            .unwrap();
        assert_eq!(
            told(Lang::En, &before, &after),
            [
                "“Share of sustainable and organic products” becomes “Organic food”.",
                "“Organic food” moves to the theme “Access for SMEs and innovation”.",
                "“Organic food”: plans served, none.",
                "“Organic food” is offered from 20 staff on.",
                "“Organic food”: trades concerned, all.",
            ]
        );
        assert_eq!(told(Lang::Fr, &before, &before), Vec::<String>::new());
    }
}
