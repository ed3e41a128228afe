//! Every claim with its verdict and its reason, once more before signing.

use leptos::prelude::*;

use crate::catalogue::use_catalogue;
use crate::i18n::Lang;
use crate::pages::shared::claim::claim_title;
use crate::pages::shared::wording::verdict_tone;
use crate::ui::{Column, DataTable, StatusChip};
use crate::views::ReviewedClaim;

#[component]
pub(super) fn Summary(lang: Lang, claims: Vec<ReviewedClaim>) -> AnyView {
    let (verdict, reason) = (
        lang.pick("Verdict", "Verdict"),
        lang.pick("Motif", "Reason"),
    );
    let columns = vec![
        Column::new(lang.pick("Affirmation", "Claim")),
        Column::new(verdict),
        Column::new(reason),
    ];
    let rows = claims
        .into_iter()
        .map(|reviewed| {
            let given = reviewed.verdict.reason().unwrap_or("\u{2013}").to_owned();
            view! {
                <tr>
                    <th scope="row">{claim_title(&use_catalogue(), &reviewed.claim, lang)}</th>
                    <td data-label=verdict>
                        <StatusChip
                            label=reviewed.verdict.label().get(lang)
                            tone=verdict_tone(&reviewed.verdict)
                        />
                    </td>
                    <td data-label=reason class="as-typed">{given}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="rows">
            <DataTable
                caption=lang.pick("Les verdicts de cette décision", "The verdicts of this decision")
                columns=columns
            >
                {rows}
            </DataTable>
        </div>
    }
    .into_any()
}
