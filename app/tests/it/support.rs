//! Renders pages as the server does, without a server.

use std::sync::Arc;

use app::i18n::Lang;
use app::shell::NavRole;
use app::site::Site;
use futures::StreamExt;
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use leptos_meta::ServerMetaContext;
use leptos_router::location::RequestUrl;

/// Who asks for which page, in which language.
#[derive(Clone)]
pub(crate) struct Visit {
    pub(crate) url: String,
    pub(crate) lang: Lang,
    pub(crate) role: NavRole,
    pub(crate) site: Site,
}

impl Visit {
    pub(crate) fn to(url: &str, lang: Lang) -> Self {
        Self {
            url: url.to_owned(),
            lang,
            role: NavRole::Anonymous,
            site: Site::default(),
        }
    }

    /// The whole document at this address.
    pub(crate) fn document(self) -> String {
        render(self, app::shell::shell)
    }
}

/// Renders any view with the contexts of a visit.
pub(crate) fn render<V: IntoView + 'static>(visit: Visit, view: impl FnOnce() -> V) -> String {
    let _ = any_spawner::Executor::init_futures_executor();
    let (meta, output) = ServerMetaContext::new();
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new())));
    let stream = owner.with(|| {
        provide_context(meta);
        provide_context(RequestUrl::new(&visit.url));
        provide_context(visit.lang);
        provide_context(visit.role);
        provide_context(Arc::new(visit.site));
        view().into_view().to_html_stream_in_order()
    });
    let html = futures::executor::block_on(async move {
        let stream = output.inject_meta_context(stream).await;
        stream.collect::<String>().await
    });
    owner.unset_with_forced_cleanup();
    html
}
