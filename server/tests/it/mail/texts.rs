//! What the mails say, in both languages.
//! Longer than 400 lines: one walk through every mail.

use std::collections::BTreeSet;
use std::sync::Arc;

use base64::Engine as _;
use chrono::TimeDelta;
use domain::claims::{ClaimKey, Kind, Scope};
use domain::decimal::Hundredths;
use domain::identifiers::{Siren, Siret};
use domain::lifecycle::{BuyerNotice, Ended, MemberRole, Remark, Signed, SupplierNotice, Verdict};
use domain::text::Lang;
use serde_json::json;
use server::keys::{Keys, Purpose};
use server::mail::{Letter, Rendered, Texts, Transport};
use server::outbox::{Dispatch, Failure, Worker};
use store::prepared::{self, NewPrepared};
use store::testing::TestDatabase;
use store::{BuyerMail, Engine, declarations, qualifications};
use uuid::Uuid;

use crate::outbox::bench::{Bench, day, quick};

fn all_texts() -> BTreeSet<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("mails");
    std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn every_text_exists_in_both_languages_with_the_same_variables_and_is_known() {
    let files = all_texts();
    let names: BTreeSet<&str> = files
        .iter()
        .map(|name| name.split('.').next().unwrap())
        .collect();
    let known: BTreeSet<&str> = Texts::names().collect();
    assert_eq!(names, known, "a text that nobody sends, or that is missing");
    for name in names {
        let variables = |lang: &str| {
            let path = format!("{}/mails/{name}.{lang}.md", env!("CARGO_MANIFEST_DIR"));
            let source = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{path}"));
            assert!(
                !source.starts_with('\n') && !source.contains('\r'),
                "{path}"
            );
            let environment = minijinja::Environment::new();
            let template = environment.template_from_named_str(name, &source).unwrap();
            template
                .undeclared_variables(true)
                .into_iter()
                .collect::<BTreeSet<_>>()
        };
        assert_eq!(variables("fr"), variables("en"), "{name}");
    }
}

#[test]
fn french_texts_follow_french_typography() {
    for file in all_texts().iter().filter(|name| name.ends_with(".fr.md")) {
        let path = format!("{}/mails/{file}", env!("CARGO_MANIFEST_DIR"));
        let source = std::fs::read_to_string(path).unwrap();
        // What is between braces or in a link is for machines.
        let mut text = String::new();
        let mut rest = source.as_str();
        while let Some(start) = ["{{", "{%", "](<"]
            .iter()
            .filter_map(|open| rest.find(open))
            .min()
        {
            text.push_str(&rest[..start]);
            let close = if rest[start..].starts_with("](<") {
                ">)"
            } else {
                "}"
            };
            let end = rest[start..].find(close).unwrap();
            rest = rest[start + end..].trim_start_matches(['}', '%', '>', ')']);
            text.push('x');
        }
        text.push_str(rest);
        for wrong in ["'", "\"", " ?", " !", " ;", " :", "« ", " »", "...", "n°"] {
            assert!(!text.contains(wrong), "{file}: {wrong:?} in {text}");
        }
        for mark in ['?', '!', ';'] {
            for (at, _) in text.match_indices(mark) {
                assert!(text[..at].ends_with('\u{202f}'), "{file}: {mark}");
            }
        }
    }
}

fn key(siren: &Siren, kind: Kind) -> ClaimKey {
    ClaimKey {
        kind,
        scope: Scope::Siren(siren.clone()),
        commitment: None,
        contract: None,
    }
}

fn signed() -> Signed {
    Signed {
        name: "Dominique Blanc".into(),
        quality: "Responsable des achats".into(),
    }
}

/// A qualification that ends with the signature.
fn ended(siren: &Siren) -> Ended {
    Ended {
        claim: key(siren, Kind::Esus),
        from: day("2026-05-01"),
        reason: "L’agrément n’est plus déclaré.".into(),
    }
}

/// One notice of each kind.
fn notices(bench: &Bench) -> Vec<SupplierNotice> {
    let siren = &bench.siren;
    let esat = ClaimKey {
        scope: Scope::Siret(Siret::parse("73282932000074").unwrap()),
        ..key(siren, Kind::Esat)
    };
    let remark = |kind, reason: &str| Remark {
        claim: key(siren, kind),
        reason: reason.into(),
    };
    let qualification = Uuid::from_u128(7);
    vec![
        SupplierNotice::Received {
            revision: 2,
            corrected: false,
        },
        SupplierNotice::TakenBack,
        SupplierNotice::ReviewStarted,
        SupplierNotice::ChangesRequested {
            remarks: vec![
                remark(
                    Kind::Ei,
                    "La convention est échue.\nJoignez la nouvelle [ici](http://evil.example).",
                ),
                Remark {
                    claim: bench.commitment(800).key,
                    reason: "Précisez les publics visés <script>".into(),
                },
                remark(Kind::Sme, "Le groupe manque."),
            ],
            signed_by: signed(),
        },
        SupplierNotice::Validated {
            accepted: vec![key(siren, Kind::Sme), esat.clone()],
            ended: vec![ended(siren)],
            signed_by: signed(),
        },
        SupplierNotice::PartlyValidated {
            accepted: vec![key(siren, Kind::Sme)],
            refused: vec![remark(Kind::Esus, "L’agrément a été retiré.")],
            ended: vec![ended(siren)],
            signed_by: signed(),
        },
        SupplierNotice::Refused {
            refused: vec![remark(Kind::Esus, "L’agrément a été retiré.")],
            ended: vec![],
            signed_by: signed(),
        },
        SupplierNotice::Withdrawn,
        // As the bench has it: left alone since it was opened.
        SupplierNotice::DraftForgotten {
            saved_on: day("2026-05-04"),
        },
        SupplierNotice::AttachmentAccepted,
        SupplierNotice::AttachmentDeclined,
        SupplierNotice::RoleChanged {
            role: MemberRole::Editor,
        },
        SupplierNotice::Removed,
        SupplierNotice::LetterMade {
            address: "Les Éclaireurs\n1 rue de la Paix\n13001 Marseille".into(),
            until: day("2026-07-18"),
        },
        SupplierNotice::Revoked {
            qualification,
            claim: key(siren, Kind::Esus),
            from: day("2026-05-01"),
            reason: "L’agrément a été retiré par le préfet.".into(),
            signed_by: signed(),
        },
        SupplierNotice::QualificationWithdrawn {
            qualification,
            claim: esat.clone(),
            from: day("2026-05-01"),
        },
        SupplierNotice::HoursAccepted {
            qualification,
            claim: esat.clone(),
            quarter: "2026-Q1".into(),
            hours: Hundredths::from_hundredths(152_050),
        },
        SupplierNotice::HoursReturned {
            qualification,
            claim: esat,
            quarter: "2026-Q2".into(),
            hours: Hundredths::from_units(12),
            reason: "Le nom de la structure manque.".into(),
        },
    ]
}

fn as_text(mail: &Rendered) -> String {
    format!("{}\n\n{}\n=====\n\n{}", mail.subject, mail.text, mail.html)
}

/// What a bench of one language sends, and how it is shown in a snapshot.
pub(super) struct Reading {
    pub(super) bench: Bench,
    pub(super) worker: Worker,
    kept: Kept,
    lang: Lang,
}

impl Reading {
    pub(super) async fn of(lang: Lang) -> Self {
        let bench = Bench::on(TestDatabase::create(Engine::Sqlite).await).await;
        let sql = format!("UPDATE accounts SET language = '{}'", lang.tag());
        bench.db.execute(&sql).await;
        let kept = Kept::default();
        let dispatch = bench.dispatch(&bench.config(&[])).await;
        let worker = bench.worker_of(kept.instead_of(dispatch), quick());
        Self {
            bench,
            worker,
            kept,
            lang,
        }
    }

    /// Sends what was ordered, and compares it with what a person has read once.
    pub(super) async fn check(&self, code: &str) {
        self.check_with(code, (self.bench.declaration, "<declaration>"))
            .await;
    }

    /// The same with one more identifier that differs from run to run.
    pub(super) async fn check_with(&self, code: &str, (id, name): (Uuid, &str)) {
        let report = self.worker.drain_once().await.unwrap();
        assert!(report.delivered > 0, "{code}: {report:?}");
        let record = declarations::find(self.bench.store.read(), self.bench.declaration).await;
        let mut text = as_text(&self.kept.take())
            .replace(&record.unwrap().unwrap().reference, "<reference>")
            .replace(&self.bench.declaration.to_string(), "<declaration>")
            .replace(&id.to_string(), name);
        for held in qualifications::of_company(self.bench.store.read(), &self.bench.siren)
            .await
            .unwrap()
        {
            text = text.replace(&held.id.to_string(), "<qualification>");
        }
        insta::assert_snapshot!(format!("mail_{code}_{}", self.lang.tag()), text);
    }

    async fn tell_agent(&self, notice: &BuyerNotice) {
        let mail = BuyerMail {
            account: self.bench.reviewer.id,
            siren: self.bench.siren.clone(),
            declaration: match notice {
                BuyerNotice::AttachmentRequested { .. } => None,
                _ => Some(self.bench.declaration),
            },
            revision: Some(2),
            notice: notice.clone(),
        };
        self.bench
            .enqueue("mail.buyer", &self.bench.reviewer.id.to_string(), &mail)
            .await;
    }
}

#[tokio::test]
async fn each_mail_to_a_supplier_reads_well() {
    for lang in [Lang::Fr, Lang::En] {
        let reading = Reading::of(lang).await;
        for notice in notices(&reading.bench) {
            let code = notice.code();
            reading.bench.order(notice).await;
            reading.check(code).await;
        }
        let corrected = SupplierNotice::Received {
            revision: 3,
            corrected: true,
        };
        reading.bench.order(corrected).await;
        reading.check("received_corrected").await;
    }
}

#[tokio::test]
async fn each_mail_of_a_prepared_draft_reads_well() {
    for lang in [Lang::Fr, Lang::En] {
        let reading = Reading::of(lang).await;
        let (bench, now) = (&reading.bench, reading.bench.clock.now());
        let new = NewPrepared {
            siren: bench.siren.clone(),
            email: "nouvelle@entreprise.example".into(),
            contact_name: "Camille Martin".into(),
            message: "Nous nous sommes vus au salon.\n[ici](http://evil.example) <script>".into(),
            language: lang.tag().into(),
            proposals: format!("siret={}&statut=ei&effectif=3", bench.siren),
            by: bench.reviewer.id,
        };
        let id = bench
            .store
            .write(async |txn| prepared::prepare(&txn, new.clone(), now).await)
            .await
            .unwrap()
            .unwrap();
        let report = reading.worker.drain_once().await.unwrap();
        assert_eq!(report.delivered, 1, "{report:?}");
        let text = as_text(&reading.kept.take()).replace(&id.to_string(), "<prepared>");
        insta::assert_snapshot!(format!("mail_prepared_draft_{}", lang.tag()), text);
        // A draft that was taken back meanwhile is not written about.
        let by = bench.reviewer.id;
        let done = bench.store.write(async |txn| {
            prepared::send_again(&txn, id, by, now).await?;
            prepared::cancel(&txn, id, by, now).await
        });
        assert!(done.await.unwrap());
        assert_eq!(reading.worker.drain_once().await.unwrap().moot, 1);
    }
}

#[tokio::test]
async fn each_reminder_reads_well() {
    for lang in [Lang::Fr, Lang::En] {
        let reading = Reading::of(lang).await;
        let (bench, end) = (&reading.bench, day("2026-07-03"));
        let claim = bench.status_claim(Kind::Esus, "A", "2026-07-03");
        bench.decide(vec![(claim, Verdict::Accepted)]).await;
        bench.empty().await;
        let held = qualifications::of_company(bench.store.read(), &bench.siren)
            .await
            .unwrap()
            .remove(0);
        let (qualification, claim) = (held.id, held.claim.key);
        bench
            .order(SupplierNotice::Expiring {
                qualification,
                claim: claim.clone(),
                ends_on: end,
                days: 60,
            })
            .await;
        reading.check("expiring").await;
        bench.clock.advance(TimeDelta::days(61));
        bench
            .order(SupplierNotice::Expired {
                qualification,
                claim,
                ended_on: end,
            })
            .await;
        reading.check("expired").await;
    }
}

#[tokio::test]
async fn each_mail_to_an_agent_reads_well() {
    let news = [
        BuyerNotice::NewSubmission { revision: 1 },
        BuyerNotice::CorrectionReceived { revision: 2 },
        BuyerNotice::TakenBack,
        BuyerNotice::Withdrawn,
        BuyerNotice::QualificationWithdrawn {
            qualification: Uuid::from_u128(7),
            claim: key(&Siren::parse("732829320").unwrap(), Kind::Esus),
            from: day("2026-05-01"),
            reason: "L’agrément a pris fin.".into(),
        },
        BuyerNotice::HoursTold {
            qualification: Uuid::from_u128(7),
            claim: key(&Siren::parse("732829320").unwrap(), Kind::Esus),
            quarter: "2026-Q3".into(),
            hours: Hundredths::from_units(310),
        },
        BuyerNotice::AttachmentRequested { request: None },
    ];
    for lang in [Lang::Fr, Lang::En] {
        let reading = Reading::of(lang).await;
        for notice in &news {
            reading.tell_agent(notice).await;
            reading.check(&format!("buyer_{}", notice.code())).await;
        }
        for notice in &news {
            reading.tell_agent(notice).await;
        }
        reading.check("buyer_several").await;
    }
}

#[tokio::test]
async fn the_sign_in_mail_says_what_the_page_needs_until_it_is_useless() {
    let bench = Bench::on(TestDatabase::create(Engine::Sqlite).await).await;
    let config = bench.config(&[]);
    let kept = Kept::default();
    let dispatch = bench.dispatch(&config).await;
    let worker = bench.worker_of(kept.instead_of(dispatch), quick());
    let keys = Keys::load(&config).unwrap();
    for lang in ["fr", "en"] {
        let key = format!("mail.sign_in:{lang}");
        let secrets = json!({ "token": "jeton", "code": "01234567" }).to_string();
        let sealed = keys
            .seal(Purpose::SignInMail, key.as_bytes(), secrets.as_bytes())
            .unwrap();
        let payload = json!({
            "lang": lang,
            "expires_at": bench.clock.now() + TimeDelta::minutes(10),
            "sealed": base64::engine::general_purpose::STANDARD.encode(sealed),
        });
        let order = async |key: &str| {
            bench
                .enqueue_as(key, "mail.sign_in", "nouvelle@entreprise.example", &payload)
                .await
        };
        order(&key).await;
        assert_eq!(worker.drain_once().await.unwrap().delivered, 1);
        insta::assert_snapshot!(format!("mail_sign_in_{lang}"), as_text(&kept.take()));
        // A sealed text that was moved to another message does not open.
        let moved = order(&format!("{key}:moved")).await;
        assert_eq!(worker.drain_once().await.unwrap().parked, 1);
        assert_eq!(bench.row(moved).await.3, "sealed");
        bench.empty().await;
        order(&key).await;
        bench.clock.advance(TimeDelta::minutes(10));
        assert_eq!(worker.drain_once().await.unwrap().moot, 1);
        bench.empty().await;
    }
}

/// Keeps the last mail.
#[derive(Clone, Default)]
struct Kept(Arc<std::sync::Mutex<Option<Rendered>>>);

impl Kept {
    fn instead_of(&self, dispatch: Dispatch) -> Dispatch {
        Dispatch {
            transport: Arc::new(self.clone()),
            ..dispatch
        }
    }

    fn take(&self) -> Rendered {
        self.0.lock().unwrap().take().expect("a mail")
    }
}

#[async_trait::async_trait]
impl Transport for Kept {
    async fn send(&self, letter: &Letter) -> Result<(), Failure> {
        *self.0.lock().unwrap() = Some(letter.content.clone());
        Ok(())
    }
}
