//! The mails about a declaration, as its company sees them, and asking for one again.
#![expect(clippy::indexing_slicing, reason = "tests")]

use app::doors::mails::send_again;
use app::views::{MailLine, MailState, MailsView};
use domain::lifecycle::SupplierNotice;

use crate::fakes::supplier::*;
use crate::html::{all, text};
use crate::supplier_doors::supplier;
use crate::supplier_visit::{knock, only, sound, words};

fn lines() -> Vec<MailLine> {
    let moment = at("2026-05-04T10:00:00Z");
    let states = [
        MailState::Waiting { failed: false },
        MailState::Waiting { failed: true },
        MailState::Left { at: moment },
        MailState::Moot,
        MailState::Parked,
    ];
    let line = |(rank, state)| MailLine {
        id: id(60 + rank as u128),
        notice: match rank {
            4 => SupplierNotice::ReviewStarted,
            _ => SupplierNotice::Received {
                revision: 1,
                corrected: false,
            },
        },
        to: (rank != 3).then(|| "camille@atelier.example".to_owned()),
        written_at: moment,
        state,
    };
    states.into_iter().enumerate().map(line).collect()
}

fn showing(mails: Vec<MailLine>) -> Fake {
    Fake {
        mails: Some(MailsView {
            id: id(1),
            reference: "D-2026-00012".into(),
            company_name: "L’Atelier".into(),
            mails,
        }),
        ..Fake::default()
    }
}

#[test]
fn each_mail_says_what_became_of_it_and_can_be_asked_for_again() {
    let url = format!("/declarations/{}/courriels", id(1));
    let page = sound("mails", showing(lines()), &url);
    let rows: Vec<String> = all(&page, "main tbody tr").into_iter().map(text).collect();
    assert_eq!(rows.len(), 5);
    for (row, expected) in rows.iter().zip([
        "Part dans quelques secondes",
        "Pas encore parti, nouvel essai prévu",
        "Parti",
        "sans objet entre-temps",
        "N’a pas pu partir",
    ]) {
        assert!(row.contains(expected), "{row}");
    }
    assert!(
        rows[3].contains("N’est plus de l’entreprise") && rows[4].contains("Examen commencé"),
        "{rows:#?}"
    );
    let form = "form[action='/fn/send-again'] ";
    assert_eq!(all(&page, form.trim()).len(), 5);
    let names: Vec<String> = all(&page, &format!("{form}button"))
        .into_iter()
        .map(text)
        .collect();
    assert_eq!(names[4], "Me l’envoyer (Examen commencé)");
    only(
        &page,
        &format!("{form}input[name=message][value='{}']", id(64)),
    );

    let page = sound("empty", showing(vec![]), &url);
    assert!(words(&page, "main").contains("Aucun courriel n’a encore été écrit"));
    let page = sound("again", showing(lines()), &format!("{url}?fait=renvoi"));
    assert!(words(&page, "main [role=status], main [role=alert]").contains("repart vers "));
    let page = sound(
        "just before",
        showing(lines()),
        &format!("{url}?refus=deja-renvoye"),
    );
    assert!(words(&page, "main").contains("il y a moins d’une heure"));
}

#[test]
fn asking_again_leads_back_to_the_list() {
    let fake = std::sync::Arc::new(showing(lines()));
    let (done, location) = knock(&fake, &supplier(), || send_again(id(1), id(62)));
    assert_eq!(done, Ok(()));
    assert_eq!(
        *fake.asked.lock().unwrap(),
        [format!("send again {}", id(62))]
    );
    assert_eq!(
        location,
        Some(format!("/declarations/{}/courriels?fait=renvoi", id(1)))
    );
}
