//! The mails about the people of a company, from the act that orders them.

use domain::lifecycle::{MemberRole, SupplierNotice};
use domain::people::{INVITATION_LIFE, INVITED_AGAIN_AFTER, Proof};
use domain::text::Lang;
use store::accounts::Role;
use store::memberships::{self, Decider, NewInvitation, NewRequest};

use super::texts::Reading;
use crate::outbox::bench::account;

#[tokio::test]
async fn each_mail_about_people_reads_well_and_is_sent_while_it_is_true() {
    for lang in [Lang::Fr, Lang::En] {
        let reading = Reading::of(lang).await;
        let bench = &reading.bench;
        let (store, siren, now) = (&bench.store, &bench.siren, bench.clock.now());
        let person = account(store, "sam@cabinet.example", Role::Supplier, lang.tag()).await;
        let ask = NewRequest {
            siren: siren.clone(),
            account: person.id,
            role: MemberRole::Editor,
            organisation: Some("Cabinet <Durand>".to_owned()),
            message: "Je prépare vos dossiers.\nSam".to_owned(),
        };
        store
            .write(async |txn| memberships::ask(&txn, ask.clone(), now).await)
            .await
            .unwrap();
        // The agents wait: one mail leaves, to the manager.
        reading.check("join_requested").await;
        let request = memberships::waiting_of(store.read(), siren).await.unwrap()[0].id;
        let (role, by) = (Some(MemberRole::Editor), Decider::Agent(bench.reviewer.id));
        store
            .write(async |txn| memberships::decide(&txn, request, role, by, now).await)
            .await
            .unwrap();
        bench.empty().await;
        bench
            .order(SupplierNotice::Joined { account: person.id })
            .await;
        reading.check("joined").await;
        bench.order(SupplierNotice::JoinRequested { request }).await;
        assert_eq!(
            reading.worker.drain_once().await.unwrap().moot,
            1,
            "decided meanwhile"
        );

        let new = NewInvitation {
            siren: siren.clone(),
            email: "nouvelle@entreprise.example".to_owned(),
            role: MemberRole::Signatory,
            organisation: None,
            message: "Bonjour,\nà toi de <signer>.".to_owned(),
            language: lang.tag().to_owned(),
            by: bench.supplier.id,
            proof: Proof::Member,
        };
        let invite = async |new: &NewInvitation| {
            let now = bench.clock.now();
            let done = store
                .write(async |txn| memberships::invite(&txn, new.clone(), now).await)
                .await;
            done.unwrap().unwrap()
        };
        let made = invite(&new).await;
        reading
            .check_with("invitation", (made.id, "<invitation>"))
            .await;
        let firm = NewInvitation {
            email: "cliente@entreprise.example".to_owned(),
            role: MemberRole::Editor,
            organisation: Some("Cabinet Durand".to_owned()),
            proof: Proof::None,
            ..new.clone()
        };
        let told = invite(&firm).await;
        reading
            .check_with("invitation_by_firm", (told.id, "<invitation>"))
            .await;
        assert!(!invite(&new).await.mailed, "a second click");
        bench.clock.advance(INVITED_AGAIN_AFTER);
        assert!(invite(&new).await.mailed);
        bench.clock.advance(INVITATION_LIFE);
        assert_eq!(
            reading.worker.drain_once().await.unwrap().moot,
            1,
            "expired meanwhile"
        );
    }
}
