//! Visits to the pages and doors of a supplier, with a fake desk behind them.

use std::sync::Arc;

use app::desk::{LinkDesk, Reception, VerificationDesk};
use app::error::AppError;
use app::i18n::Lang;
use app::reply::{Reply, ReplyParts};
use app::shell::NavRole;
use app::site::Site;
use app::visitor::{AccountRole, Visitor};
use futures::StreamExt;
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use leptos_meta::ServerMetaContext;
use leptos_router::location::RequestUrl;
use scraper::{ElementRef, Html};

use crate::fakes::supplier::{Fake, FakeReception, id, visitor};
use crate::html::{all, assert_french_typography, assert_sound, text};

/// The contexts of a request of this visitor.
fn provide(fake: &Arc<Fake>, visitor: &Visitor, lang: Lang, reply: &Reply) {
    provide_context::<Arc<dyn Reception>>(Arc::new(FakeReception(fake.clone())));
    provide_context::<Arc<dyn VerificationDesk>>(fake.clone());
    provide_context::<Arc<dyn LinkDesk>>(fake.clone());
    provide_context(visitor.clone());
    provide_context(lang);
    provide_context(reply.clone());
    provide_context(NavRole::Supplier);
    provide_context(Arc::new(Site::default()));
}

/// The document at an address for the signed-in supplier, and what it asks of the HTTP answer.
pub(crate) fn visit(fake: &Arc<Fake>, url: &str, lang: Lang) -> (String, ReplyParts) {
    visit_as(fake, &visitor(AccountRole::Supplier), url, lang)
}

pub(crate) fn visit_as(
    fake: &Arc<Fake>,
    who: &Visitor,
    url: &str,
    lang: Lang,
) -> (String, ReplyParts) {
    let _ = any_spawner::Executor::init_futures_executor();
    let reply = Reply::default();
    let (meta, output) = ServerMetaContext::new();
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new())));
    let stream = owner.with(|| {
        provide_context(meta);
        provide_context(RequestUrl::new(url));
        provide(fake, who, lang, &reply);
        app::shell::shell().into_view().to_html_stream_in_order()
    });
    let html = futures::executor::block_on(async move {
        // Like the server: the page is complete before its head is written.
        let page = stream.collect::<String>().await;
        let stream = futures::stream::iter([page]);
        let stream = output.inject_meta_context(stream).await;
        stream.collect::<String>().await
    });
    owner.unset_with_forced_cleanup();
    (html, reply.parts())
}

/// Runs a door as this visitor; answers the outcome and where the browser goes.
pub(crate) fn knock<F: Future<Output = Result<(), AppError>>>(
    fake: &Arc<Fake>,
    who: &Visitor,
    door: impl FnOnce() -> F,
) -> (Result<(), AppError>, Option<String>) {
    let _ = any_spawner::Executor::init_futures_executor();
    let reply = Reply::default();
    let owner = Owner::new_root(None);
    let outcome = owner.with(|| {
        provide(fake, who, Lang::Fr, &reply);
        futures::executor::block_on(door())
    });
    owner.unset_with_forced_cleanup();
    (outcome, reply.parts().location)
}

pub(crate) const STEPS: [&str; 6] = [
    "entreprise",
    "taille",
    "solidarite",
    "insertion",
    "engagements",
    "verification",
];

/// Checks a page in both languages; answers the French document.
pub(crate) fn sound(what: &str, fake: Fake, url: &str) -> Html {
    let fake = Arc::new(fake);
    let (english, _) = visit(&fake, url, Lang::En);
    assert_sound(&format!("{what} en"), &english, "en");
    let (french, reply) = visit(&fake, url, Lang::Fr);
    assert_sound(&format!("{what} fr"), &french, "fr");
    assert_french_typography(what, &french);
    assert_eq!(reply.location, None, "{what}: stays on the page");
    Html::parse_document(&french)
}

pub(crate) fn step(slug: &str) -> String {
    format!("/declarations/{}/{slug}", id(1))
}

pub(crate) fn only<'a>(page: &'a Html, selector: &str) -> ElementRef<'a> {
    let found = all(page, selector);
    assert_eq!(found.len(), 1, "{selector}");
    *found.first().unwrap()
}

pub(crate) fn words(page: &Html, selector: &str) -> String {
    all(page, selector).into_iter().map(text).collect()
}
