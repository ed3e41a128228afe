//! The names of the files built for the browser, and the script that wakes up the islands of a page.

use std::sync::Arc;

use leptos::prelude::*;

/// Addresses of the style sheet, of the module and of its WebAssembly, with their hashes. Read once, when the server starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    pub css: String,
    pub js: String,
    pub wasm: String,
}

impl Assets {
    /// `hashes` is the content of the `hash.txt` that cargo-leptos writes beside the binary: one `kind: hash` a line.
    /// Without it the files have their plain names.
    pub fn new(pkg_dir: &str, output_name: &str, hashes: Option<&str>) -> Self {
        let address = |kind: &str| {
            let hash = hashes
                .into_iter()
                .flat_map(str::lines)
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.trim() == kind)
                .map(|(_, hash)| format!(".{}", hash.trim()))
                .unwrap_or_default();
            format!("/{}/{output_name}{hash}.{kind}", pkg_dir.trim_matches('/'))
        };
        Self {
            css: address("css"),
            js: address("js"),
            wasm: address("wasm"),
        }
    }
}

impl Default for Assets {
    fn default() -> Self {
        Self::new("pkg", "spaser", None)
    }
}

/// The assets of this server; plain names when none were provided.
pub fn use_assets() -> Arc<Assets> {
    use_context::<Arc<Assets>>().unwrap_or_default()
}

/// Put once in each page that holds an island: loads `public/islands.js`, which wakes up the islands it finds.
#[component]
pub fn IslandScript() -> impl IntoView {
    let assets = use_assets();
    view! {
        <link rel="modulepreload" href=assets.js.clone()/>
        <script
            type="module"
            src="/islands.js"
            id="islands"
            data-module=assets.js.clone()
            data-wasm=assets.wasm.clone()
        ></script>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_put_before_the_extension() {
        let assets = Assets::new("pkg", "spaser", Some("js: AAA\ncss: BBB\nwasm: CCC\n"));
        assert_eq!(assets.css, "/pkg/spaser.BBB.css");
        assert_eq!(assets.js, "/pkg/spaser.AAA.js");
        assert_eq!(assets.wasm, "/pkg/spaser.CCC.wasm");
        assert_eq!(Assets::default().wasm, "/pkg/spaser.wasm");
    }
}
