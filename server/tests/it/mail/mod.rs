//! Mails that leave through a real mail server that misbehaves, and through a folder.

mod people;
pub(crate) mod server;
mod texts;
mod tls;

use std::time::Duration;

use ::server::mail::folder::Mailbox;
use ::server::outbox::{Report, Settings};
use app::desk::DemoMailbox;
use chrono::TimeDelta;
use domain::lifecycle::{Signed, SupplierNotice};
use mail_parser::{Message, MessageParser};
use store::accounts;

use self::server::{MailServer, Options, Play, Received, Step};
use crate::outbox::bench::{Bench, impatient, quick};

fn parsed(mail: &Received) -> Message<'static> {
    MessageParser::default()
        .parse(&mail.bytes)
        .unwrap()
        .into_owned()
}

fn ids(mails: &[Received]) -> Vec<String> {
    mails
        .iter()
        .map(|mail| parsed(mail).message_id().unwrap().to_owned())
        .collect()
}

fn hours(settings: Settings) -> Settings {
    Settings {
        schedule: impatient(),
        ..settings
    }
}

store::on_both_engines! {
    async fn a_mail_has_exactly_our_headers_and_two_bodies(db) {
        let bench = Bench::on(db).await;
        let server = MailServer::good().await;
        let id = bench.order(SupplierNotice::ReviewStarted).await;
        let worker = bench.worker(&bench.smtp(server.port), quick()).await;
        assert_eq!(worker.drain_once().await.unwrap().delivered, 1);
        let received = server.received();
        assert_eq!(received.len(), 1);
        assert_eq!(received[0].recipients, ["gerante@entreprise.example"]);
        let mail = parsed(&received[0]);
        let mut names: Vec<_> = mail.headers().iter().map(|header| header.name().to_owned()).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            ["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Reply-To", "Subject", "To"]
        );
        assert_eq!(mail.message_id(), Some(format!("{id}@spaser.example").as_str()));
        assert_eq!(mail.date().unwrap().to_rfc3339(), "2026-05-04T08:00:00Z");
        let reply = mail.reply_to().unwrap().first().unwrap();
        assert_eq!(reply.name(), Some("Service des achats responsables"));
        assert_eq!(mail.header("Auto-Submitted").unwrap().as_text(), Some("auto-generated"));
        let text = mail.body_text(0).unwrap();
        assert!(text.starts_with("Bonjour Camille Martin,"), "{text}");
        assert!(text.contains("http://127.0.0.1:3000/declarations/"), "{text}");
        assert!(mail.body_html(0).unwrap().contains("<p>Bonjour Camille Martin,</p>"));
    }

    async fn a_line_break_in_a_name_is_refused_and_shown_to_a_person(db) {
        for name in ["Éclair\r\nBcc: tous@evil.example", "Éclair\nX: y", "Éclair\u{7}"] {
            let bench = Bench::on(store::testing::TestDatabase::create(db.config().engine()).await).await;
            let server = MailServer::good().await;
            let (siren, now) = (&bench.siren, bench.clock.now());
            bench.store.write(async |txn| {
                let state = domain::registry::RegistryState::Unknown { asked_at: now };
                store::companies::record(&txn, siren, name, &state, now).await?;
                store::companies::call(&txn, siren, name, now).await
            }).await.unwrap();
            let id = bench.order(SupplierNotice::Received { revision: 1, corrected: false }).await;
            let worker = bench.worker(&bench.smtp(server.port), quick()).await;
            assert_eq!(worker.drain_once().await.unwrap().parked, 1);
            assert_eq!(bench.row(id).await, (1, false, true, "mail_header".to_owned()));
            assert_eq!(server.played(|_, _| true), 0, "nobody was even called");
        }
    }

    async fn nobody_is_told_who_left_the_company_or_whose_account_is_closed(db) {
        let bench = Bench::on(db).await;
        let server = MailServer::good().await;
        let worker = bench.worker(&bench.smtp(server.port), quick()).await;
        bench.order(SupplierNotice::ReviewStarted).await;
        let (id, now) = (bench.supplier.id, bench.clock.now());
        bench.store.write(async |txn| accounts::disable(&txn, id, now).await).await.unwrap();
        assert_eq!(worker.drain_once().await.unwrap(), Report { moot: 1, ..Report::default() });
        bench.db.execute("UPDATE accounts SET disabled_at = NULL").await;
        bench.db.execute("DELETE FROM memberships").await;
        bench.order(SupplierNotice::ReviewStarted).await;
        assert_eq!(worker.drain_once().await.unwrap(), Report { moot: 1, ..Report::default() });
        assert!(server.received().is_empty());
    }

    async fn r_14_a_server_that_refuses_or_swallows_the_connection_is_tried_again(db) {
        let bench = Bench::on(db).await;
        let id = bench.order(SupplierNotice::TakenBack).await;
        let closed = {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            listener.local_addr().unwrap().port()
        };
        let worker = bench.worker(&bench.smtp(closed), hours(quick())).await;
        assert_eq!(worker.drain_once().await.unwrap().retried, 1);
        assert_eq!(bench.row(id).await.3, "smtp_connection");
        // Accepts, and never says a word.
        let mute = MailServer::start(|step, _| if *step == Step::Connected { Play::Stall } else { Play::Well }).await;
        let settings = Settings { delivery: Duration::from_millis(200), ..hours(quick()) };
        let worker = bench.worker(&bench.smtp(mute.port), settings).await;
        bench.clock.advance(TimeDelta::seconds(2));
        assert_eq!(worker.drain_once().await.unwrap().retried, 1);
        assert_eq!(bench.row(id).await, (2, false, false, "timeout".to_owned()));
        assert_eq!(mute.played(|_, play| *play == Play::Stall), 1);
        // A name that nobody knows.
        let nowhere = bench.config(&[("mail.mode", "smtp"), ("mail.host", "smtp.invalid"), ("mail.encryption", "tls")]);
        let worker = bench.worker(&nowhere, hours(quick())).await;
        bench.clock.advance(TimeDelta::seconds(2));
        assert_eq!(worker.drain_once().await.unwrap().retried, 1);
        // And the day it works, the mail leaves, once.
        let good = MailServer::good().await;
        let worker = bench.worker(&bench.smtp(good.port), quick()).await;
        bench.clock.advance(TimeDelta::seconds(2));
        assert_eq!(worker.drain_once().await.unwrap().delivered, 1);
        assert_eq!(good.received().len(), 1);
        assert_eq!(bench.row(id).await, (4, true, false, String::new()));
    }

    async fn r_15_a_server_that_makes_strangers_wait_five_minutes_gets_the_mail_once(db) {
        let bench = Bench::on(db).await;
        let clock = bench.clock.clone();
        let patient = clock.now() + TimeDelta::minutes(5);
        let server = MailServer::start(move |step, _| match step {
            Step::Recipient(_) if clock.now() < patient => Play::Say("451 4.7.1 greylisted, come back later"),
            _ => Play::Well,
        }).await;
        let id = bench.order(SupplierNotice::TakenBack).await;
        let worker = bench.worker(&bench.smtp(server.port), quick()).await;
        // The fifth try may come 250 seconds after the order, and the sixth 380 after it.
        bench.drain_for(&worker, 160, TimeDelta::seconds(5)).await;
        let (attempts, delivered, ..) = bench.row(id).await;
        assert!(delivered && (4..=8).contains(&attempts), "{attempts}");
        assert_eq!(server.received().len(), 1);
        assert_eq!(
            server.played(|_, play| matches!(play, Play::Say(_))),
            usize::try_from(attempts - 1).unwrap()
        );
    }

    async fn r_16_any_refusal_for_now_is_tried_again_and_names_no_address(db) {
        let bench = Bench::on(db).await;
        for (at, say, code) in [
            (Step::Connected, "421 too busy", "smtp_opening_421"),
            (Step::Connected, "554 not today", "smtp_opening_554"),
            (Step::Sender, "452 no room", "smtp_sender_452"),
            (Step::Sender, "550 not from you", "smtp_sender_550"),
            (Step::Recipient(String::new()), "450 gerante@entreprise.example is busy", "smtp_450"),
            (Step::Data, "451 oops", "smtp_451"),
            (Step::Dot, "452 gerante@entreprise.example is full", "smtp_452"),
        ] {
            let kind = std::mem::discriminant(&at);
            let server = MailServer::start(move |step, _| {
                if std::mem::discriminant(step) == kind { Play::Say(say) } else { Play::Well }
            }).await;
            let id = bench.order(SupplierNotice::TakenBack).await;
            let worker = bench.worker(&bench.smtp(server.port), quick()).await;
            assert_eq!(worker.drain_once().await.unwrap().retried, 1, "{say}");
            assert_eq!(bench.row(id).await, (1, false, false, code.to_owned()));
            assert_eq!(server.played(|_, play| *play == Play::Say(say)), 1);
            bench.empty().await;
        }
    }

    async fn r_17_a_final_refusal_is_not_tried_again_and_is_shown(db) {
        let bench = Bench::on(db).await;
        for (at, say, code) in [
            (Step::Recipient(String::new()), "550 5.1.1 gerante@entreprise.example unknown", "smtp_550"),
            (Step::Recipient(String::new()), "552 full", "smtp_552"),
            (Step::Dot, "554 5.7.1 looks like spam", "smtp_554"),
        ] {
            let kind = std::mem::discriminant(&at);
            let server = MailServer::start(move |step, _| {
                if std::mem::discriminant(step) == kind { Play::Say(say) } else { Play::Well }
            }).await;
            let id = bench.order(SupplierNotice::TakenBack).await;
            let worker = bench.worker(&bench.smtp(server.port), hours(quick())).await;
            assert_eq!(worker.drain_once().await.unwrap().parked, 1, "{say}");
            bench.drain_for(&worker, 3, TimeDelta::hours(1)).await;
            assert_eq!(bench.row(id).await, (1, false, true, code.to_owned()));
            assert_eq!(server.played(|_, play| *play == Play::Say(say)), 1, "one attempt");
            bench.empty().await;
        }
    }

    async fn r_18_a_slow_server_holds_its_own_mails_and_no_other(db) {
        let bench = Bench::on(db).await;
        let slow = bench.colleague("lent@ailleurs.example").await;
        // They were told that they are attached.
        bench.empty().await;
        // One byte, then an hour: whatever the machine, a worker that waited for it would send nothing else.
        let hour = Duration::from_hours(1);
        let server = MailServer::start(move |step, _| match step {
            Step::Recipient(address) if address.starts_with("lent@") => Play::Trickle(hour),
            _ => Play::Well,
        }).await;
        for _ in 0..3 {
            bench.order_for(&slow, SupplierNotice::TakenBack).await;
        }
        for _ in 0..100 {
            bench.order(SupplierNotice::TakenBack).await;
        }
        let settings = Settings { delivery: hour, ..quick() };
        let worker = bench.worker(&bench.smtp(server.port), settings).await;
        let shutdown = ::server::shutdown::Shutdown::new();
        let hint = tokio::sync::Notify::new();
        tokio::join!(
            worker.run(::server::outbox::Route::Supplier, &shutdown, &hint),
            async {
                server.wait_for_mails(100).await;
                // The marks follow the mails.
                let waiting = "SELECT count(*) FROM outbox WHERE delivered_at IS NULL";
                while bench.db.number(waiting).await > 3 {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                shutdown.begin();
            }
        );
        assert_eq!(server.played(|_, play| matches!(play, Play::Trickle(_))), 3, "the fault fired");
        assert!(server.received().iter().all(|mail| mail.recipients[0].starts_with("gerante@")));
        let late = bench.all().await.into_iter().filter(|message| message.delivered_at.is_none()).count();
        assert_eq!(late, 3);
    }

    async fn r_19_a_connection_cut_in_the_middle_is_tried_again(db) {
        let bench = Bench::on(db).await;
        let id = bench.order(SupplierNotice::TakenBack).await;
        let server = MailServer::start(|step, nth| match step {
            Step::Content(bytes) if *bytes > 300 && nth < 20 => Play::Drop,
            _ => Play::Well,
        }).await;
        let worker = bench.worker(&bench.smtp(server.port), hours(quick())).await;
        assert_eq!(worker.drain_once().await.unwrap().retried, 1);
        assert_eq!(server.played(|_, play| *play == Play::Drop), 1);
        assert!(server.received().is_empty(), "half a mail is no mail");
        bench.drain_for(&worker, 5, TimeDelta::seconds(2)).await;
        assert!(bench.row(id).await.1);
        assert_eq!(server.received().len(), 1);
    }

    async fn r_05_a_mail_whose_answer_was_lost_comes_back_under_the_same_identifier(db) {
        let bench = Bench::on(db).await;
        let id = bench.order(SupplierNotice::TakenBack).await;
        let server = MailServer::start(|step, nth| match step {
            Step::Dot if nth == 0 => Play::Drop,
            _ => Play::Well,
        }).await;
        let worker = bench.worker(&bench.smtp(server.port), hours(quick())).await;
        bench.drain_for(&worker, 3, TimeDelta::seconds(2)).await;
        assert!(bench.row(id).await.1);
        let received = server.received();
        assert_eq!(received.iter().map(|mail| mail.acknowledged).collect::<Vec<_>>(), [false, true]);
        assert_eq!(ids(&received)[0], ids(&received)[1]);
    }

    async fn r_19_without_the_encryption_asked_for_not_a_byte_of_a_mail_is_sent(db) {
        let bench = Bench::on(db).await;
        let id = bench.order(SupplierNotice::TakenBack).await;
        let stripped = MailServer::good().await;
        let port = stripped.port.to_string();
        let worker = bench.worker(&bench.config(&[
            ("mail.mode", "smtp"), ("mail.host", "localhost"), ("mail.port", &port), ("mail.encryption", "required"),
            ("mail.user", "portail"), ("mail.password", "secret"),
        ]), hours(quick())).await;
        assert_eq!(worker.drain_once().await.unwrap().retried, 1);
        assert_eq!(bench.row(id).await.3, "smtp_starttls_missing");
        assert_eq!(stripped.played(|step, _| *step == Step::Hello), 1, "the server was reached");
        let leaked = |step: &Step, _: &Play| matches!(step, Step::Sender | Step::Auth | Step::Data | Step::Content(_));
        assert_eq!(stripped.played(leaked), 0);
    }

    async fn a_certificate_of_a_stranger_is_refused_and_that_of_ours_is_accepted(db) {
        let bench = Bench::on(db).await;
        let (_, stranger) = tls::acceptor(bench.db.folder());
        for (encryption, implicit) in [("required", false), ("tls", true)] {
            let (acceptor, authority) = tls::acceptor(bench.db.folder());
            let server = MailServer::with(
                Options { tls: Some(acceptor), implicit, password: Some(("portail", "mot de passe é")) },
                |_, _| Play::Well,
            ).await;
            let port = server.port.to_string();
            let with = |authority: &std::path::Path, password: &'static str| bench.config(&[
                ("mail.mode", "smtp"), ("mail.host", "localhost"), ("mail.port", &port), ("mail.encryption", encryption),
                ("mail.user", "portail"), ("mail.password", password), ("mail.ca_file", &authority.display().to_string()),
            ]);
            let id = bench.order(SupplierNotice::TakenBack).await;
            let worker = bench.worker(&with(&stranger, "mot de passe é"), hours(quick())).await;
            assert_eq!(worker.drain_once().await.unwrap().retried, 1);
            assert_eq!(server.played(|step, _| *step == Step::Auth), 0, "no password for a stranger");
            let worker = bench.worker(&with(&authority, "faux"), hours(quick())).await;
            bench.clock.advance(TimeDelta::seconds(2));
            assert_eq!(worker.drain_once().await.unwrap().retried, 1);
            assert_eq!(bench.row(id).await, (2, false, false, "smtp_auth_535".to_owned()));
            let worker = bench.worker(&with(&authority, "mot de passe é"), quick()).await;
            bench.clock.advance(TimeDelta::seconds(2));
            assert_eq!(worker.drain_once().await.unwrap().delivered, 1);
            let received = server.received();
            assert_eq!((received.len(), received[0].encrypted, received[0].user.as_deref()), (1, true, Some("portail")));
        }
    }

    async fn a_folder_holds_whole_mails_that_the_demonstration_reads(db) {
        let bench = Bench::on(db).await;
        let config = bench.config(&[]);
        let worker = bench.worker(&config, quick()).await;
        let first = bench.order(SupplierNotice::ReviewStarted).await;
        bench.clock.advance(TimeDelta::minutes(1));
        let second = bench.order(SupplierNotice::Refused {
            refused: Vec::new(),
            ended: vec![],
            signed_by: Signed { name: "Zoé <b>".into(), quality: "Acheteuse".into() },
        }).await;
        assert_eq!(worker.drain_once().await.unwrap().delivered, 2);
        let files: Vec<_> = std::fs::read_dir(&config.mail.folder).unwrap().map(|file| file.unwrap().file_name()).collect();
        assert_eq!(files.len(), 2, "{files:?}");
        let mailbox = Mailbox::new(&config.mail.folder);
        let lines = mailbox.list().await.unwrap();
        assert_eq!(lines.iter().map(|line| line.id.clone()).collect::<Vec<_>>(), [second.to_string(), first.to_string()]);
        assert_eq!(lines[1].to, ["gerante@entreprise.example"]);
        let opened = mailbox.open(&second.to_string()).await.unwrap().unwrap();
        assert!(opened.mail.subject.contains("refusée"), "{}", opened.mail.subject);
        assert!(opened.text.contains("Décision signée par Zoé <b>, Acheteuse"), "{}", opened.text);
        assert!(opened.html.contains("Zoé &lt;b&gt;"), "{}", opened.html);
        assert_eq!(opened.mail.at, bench.clock.now());
        assert_eq!(mailbox.read(&second.to_string()).await.unwrap().text, opened.text);
        for strange in ["../../etc/passwd", "", "..", "a/b", "é", &"a".repeat(200)] {
            assert_eq!(mailbox.read(strange).await.unwrap_err(), app::error::AppError::NotFound, "{strange}");
        }
    }
}
