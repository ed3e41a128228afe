//! Renders a page, or goes through a door, with fake desks in context, as the server does.

use std::future::Future;
use std::sync::Arc;

use app::desk::{DemoMailbox, Reception};
use app::i18n::Lang;
use app::reply::{Reply, ReplyParts};
use app::shell::NavRole;
use app::site::Site;
use app::visitor::{AccountRole, Visitor};
use futures::StreamExt;
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos_meta::ServerMetaContext;
use leptos_router::location::RequestUrl;

use crate::fakes::desk::{FakeDesk, FakeReception, person};

/// A page as a visitor gets it.
pub(crate) struct Seen {
    pub(crate) html: String,
    pub(crate) reply: ReplyParts,
}

/// The page at this address for this visitor.
pub(crate) fn see(url: &str, lang: Lang, visitor: Visitor, desk: &Arc<FakeDesk>) -> Seen {
    let _ = any_spawner::Executor::init_futures_executor();
    let (meta, output) = ServerMetaContext::new();
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new())));
    let reply = Reply::default();
    let stream = owner.with(|| {
        provide_context(meta);
        provide_context(RequestUrl::new(url));
        provide(lang, visitor, desk, &reply);
        app::shell::shell().into_view().to_html_stream_in_order()
    });
    let html = futures::executor::block_on(async move {
        // The whole page first, because its title comes with its data.
        let page = stream.collect::<String>().await;
        let stream = output
            .inject_meta_context(futures::stream::iter([page]))
            .await;
        stream.collect::<String>().await
    });
    owner.unset_with_forced_cleanup();
    Seen {
        html,
        reply: reply.parts(),
    }
}

/// The same as a reviewer.
pub(crate) fn page(url: &str, desk: &Arc<FakeDesk>) -> Seen {
    see(url, Lang::Fr, person(AccountRole::Reviewer), desk)
}

/// Goes through a door; what it answered, and where it leads.
pub(crate) fn post<T, F: Future<Output = T> + Send + 'static>(
    visitor: Visitor,
    desk: &Arc<FakeDesk>,
    door: impl FnOnce() -> F,
) -> (T, ReplyParts) {
    let owner = Owner::new_root(None);
    let reply = Reply::default();
    let answer = owner.with(|| {
        provide(Lang::Fr, visitor, desk, &reply);
        futures::executor::block_on(ScopedFuture::new(door()))
    });
    (answer, reply.parts())
}

fn provide(lang: Lang, visitor: Visitor, desk: &Arc<FakeDesk>, reply: &Reply) {
    provide_context(lang);
    provide_context(match visitor.role() {
        None => NavRole::Anonymous,
        Some(AccountRole::Supplier) => NavRole::Supplier,
        Some(AccountRole::Reviewer) => NavRole::Reviewer,
        Some(AccountRole::Administrator) => NavRole::Administrator,
    });
    provide_context(Arc::new(FakeReception(Arc::clone(desk))) as Arc<dyn Reception>);
    if !desk.scene.mails.is_empty() {
        provide_context(Arc::clone(desk) as Arc<dyn DemoMailbox>);
    }
    provide_context(visitor);
    provide_context(reply.clone());
    provide_context(Arc::new(Site::default()));
}
