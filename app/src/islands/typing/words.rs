//! The line that says how it stands: which of the words drawn by the server are shown.

use wasm_bindgen::JsCast;
use web_sys::Element;

use super::page::Page;

impl Page {
    pub(super) fn says(&self, state: &str) -> bool {
        self.state.get_attribute("data-state").as_deref() == Some(state)
    }

    /// Shows the words of a state. Those of the last save stay for screen readers while the next one goes: they would
    /// otherwise be read out after each pause.
    pub(super) fn say(&self, state: &str) {
        if !self.says(state) {
            let _ = self.state.set_attribute("data-state", state);
        }
        let _ = self.state.remove_attribute("hidden");
        let Ok(all) = self.state.query_selector_all("[data-says]") else {
            return;
        };
        for index in 0..all.length() {
            let words = all
                .item(index)
                .and_then(|words| words.dyn_into::<Element>().ok());
            let Some(words) = words else { continue };
            let said = words.get_attribute("data-says").unwrap_or_default();
            let shown = match said.as_str() {
                "unkept" => self.unkept.get(),
                "saved" if state == "saving" => !words.has_attribute("hidden"),
                _ => said == state,
            };
            if shown == words.has_attribute("hidden") {
                let _ = words.toggle_attribute_with_force("hidden", !shown);
            }
        }
    }

    pub(super) fn words(&self, place: &str, words: &str) {
        if let Ok(Some(place)) = self.state.query_selector(place)
            && place.text_content().as_deref() != Some(words)
        {
            place.set_text_content(Some(words));
        }
    }
}
