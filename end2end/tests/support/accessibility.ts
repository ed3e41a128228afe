// axe on a page, in the state it is in: WCAG 2.2 A and AA, good practice, and the rules of the French RGAA.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { withScripts } from "./scripts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"];

/** Every violation, and every doubt that nobody has looked at, one line each. */
export async function axe(page: Page, { reviewed = [], without = [] }: { reviewed?: RegExp[]; without?: string[] } = {}): Promise<string[]> {
  const results = await withScripts(page, () => analyze(page, without));
  const lines = (kind: string, rules: typeof results.violations) =>
    rules.flatMap((rule) => rule.nodes.map((node) => `${kind} ${rule.id}: ${rule.help}: ${node.html.slice(0, 200)} ${node.any[0]?.message ?? ""}`));
  return [...lines("violation", results.violations), ...lines("doubt", results.incomplete)].filter(
    (line) => !reviewed.some((doubt) => doubt.test(line)),
  );
}

function analyze(page: Page, without: string[]) {
  const off = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
  return (
    new AxeBuilder({ page })
      .options({ runOnly: { type: "tag", values: TAGS }, rules: { "target-size": { enabled: true }, ...off } })
      // One document, no frames: the result can be read where it was made.
      .setLegacyMode(true)
      .analyze()
  );
}

/** Pixels by which the page is wider than its window: more than zero means scrolling in two directions. */
export async function overflow(page: Page, width: number): Promise<number> {
  const size = page.viewportSize();
  await page.setViewportSize({ width, height: 800 });
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wider > 0) {
    // Named in the log, so that whoever repairs it knows where to look.
    const guilty = await page.evaluate((edge) => {
      // What scrolls in a box of its own is not guilty.
      const scrolls = (box: Element | null) => box !== null && getComputedStyle(box).overflowX !== "visible";
      const beyond = [...document.querySelectorAll("main *")].filter(
        (element) => element.getBoundingClientRect().right > edge && !scrolls(element.closest(".scroller")),
      );
      return beyond.slice(-3).map((element) => `${element.tagName}.${element.className} ${element.textContent?.slice(0, 40)}`);
    }, width);
    console.log(`wider than ${width} px: ${guilty.join(" | ")}`);
  }
  if (size) await page.setViewportSize(size);
  return wider;
}
