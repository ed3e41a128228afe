//! Charts drawn on the server as SVG; each says nothing that the text or the table beside it does not say.

use domain::decimal::Hundredths;
use leptos::prelude::*;

use crate::i18n::Lang;
use crate::views::YearRates;

/// The drawing area of the history, in units of the image.
const WIDTH: i32 = 640;
const HEIGHT: i32 = 200;
/// Room for half a year's label on both sides; the style sheet has the same share of the width.
const SIDE: i32 = 32;
const BOTTOM: i32 = 190;
const TOP: i32 = 16;

/// A rate between 0 and 100 as a share of `length`.
fn along(rate: Hundredths, length: i32) -> i32 {
    let clamped = rate.hundredths().clamp(0, 10_000);
    i32::try_from(clamped * i128::from(length) / 10_000).unwrap_or(0)
}

/// A bar with the mark of the target.
pub(in crate::pages::buyer) fn gauge(rate: Option<Hundredths>, target: u8) -> AnyView {
    let filled = rate.map_or(0, |rate| along(rate, 300));
    let mark = along(Hundredths::from_units(target.into()), 300).clamp(1, 299);
    view! {
        <svg class="gauge" viewBox="0 0 300 16" aria-hidden="true" focusable="false">
            <rect class="gauge-back" x="0" y="4" width="300" height="8" rx="4"/>
            <rect class="gauge-fill" x="0" y="4" width=filled height="8" rx="4"/>
            <line class="gauge-mark" x1=mark x2=mark y1="0" y2="16"/>
        </svg>
    }
    .into_any()
}

/// The three rates over the years; told apart by the shape of the points, not by colour alone.
pub(super) fn chart(lang: Lang, history: &[YearRates]) -> AnyView {
    let mut years: Vec<&YearRates> = history.iter().collect();
    years.sort_unstable_by_key(|rates| rates.year);
    let gaps = i32::try_from(years.len().saturating_sub(1).max(1)).unwrap_or(1);
    let x = |at: usize| SIDE + i32::try_from(at).unwrap_or(0) * (WIDTH - 2 * SIDE) / gaps;
    let y = |rate: Hundredths| BOTTOM - along(rate, BOTTOM - TOP);
    let grid = [0_u8, 25, 50, 75, 100]
        .map(|level| {
            let height = y(Hundredths::from_units(level.into()));
            view! { <line class="chart-grid" x1="0" x2=WIDTH y1=height y2=height/> }
        })
        .into_iter()
        .collect_view();
    // Words stand outside the image, where their contrast is that of the page.
    let labels = years
        .iter()
        .map(|rates| view! { <li>{rates.year}</li> })
        .collect_view();
    let series = |class: &'static str, shape: Shape, of: fn(&YearRates) -> Option<Hundredths>| {
        let points: Vec<(i32, i32)> = years
            .iter()
            .enumerate()
            .filter_map(|(at, rates)| Some((x(at), y(of(rates)?))))
            .collect();
        let line: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
        let marks = points
            .iter()
            .map(|(x, y)| view! { <path d=shape.path(*x, *y)></path> })
            .collect_view();
        view! {
            <g class=class>
                <polyline points=line.join(" ")></polyline>
                {marks}
            </g>
        }
    };
    let all = (
        series("chart-environmental", Shape::Circle, |rates| {
            rates.environmental
        }),
        series("chart-social", Shape::Square, |rates| rates.social),
        series("chart-solidarity", Shape::Triangle, |rates| {
            rates.solidarity
        }),
    );
    let legend = [
        (
            "chart-environmental",
            Shape::Circle,
            lang.pick("Clauses environnementales", "Environmental clauses"),
        ),
        (
            "chart-social",
            Shape::Square,
            lang.pick("Clauses sociales", "Social clauses"),
        ),
        (
            "chart-solidarity",
            Shape::Triangle,
            lang.pick("Achats solidaires", "Solidarity purchases"),
        ),
    ]
    .map(|(class, shape, label)| {
        view! {
            <li>
                <svg class="chart-key" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                    <g class=class><path d=shape.path(8, 8)></path></g>
                </svg>
                {label}
            </li>
        }
    })
    .into_iter()
    .collect_view();
    view! {
        <figure class="chart">
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") aria-hidden="true" focusable="false">
                {grid} {all}
            </svg>
            <ol class="chart-years">{labels}</ol>
            <ul class="chart-legend">{legend}</ul>
            <figcaption>
                {lang
                    .pick(
                        "De 0 à 100\u{A0}%, une ligne tous les 25 points, par année de notification. Les mêmes valeurs sont dans le tableau qui suit.",
                        "From 0 to 100%, a line every 25 points, by year of notification. The table below holds the same values.",
                    )}
            </figcaption>
        </figure>
    }
    .into_any()
}

/// The mark of a point.
#[derive(Clone, Copy)]
enum Shape {
    Circle,
    Square,
    Triangle,
}

impl Shape {
    fn path(self, x: i32, y: i32) -> String {
        match self {
            Self::Circle => format!("M{} {y}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0", x - 5),
            Self::Square => format!("M{} {}h10v10h-10z", x - 5, y - 5),
            Self::Triangle => format!("M{x} {}l6 11h-12z", y - 6),
        }
    }
}
