// Finds the pages of the portal by following its links, as one signed-in (or anonymous) visitor.
import type { Page } from "@playwright/test";

const IDENTIFIER = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b\d{9,14}\b|(?<=\/marches\/\d+\/)[^/?]+|(?<=\/verifier\/)[^/?]+|(?<=\/catalogue\/[a-z]+\/)[^/?]+|(?<=\/listes\/)[a-z-]+|(?<=\/listes\/[a-z-]+\/)\d+|(?<=\/versions\/)\d+/g;

/** The parts to which figures and payments are narrowed: any of them is as good as another, or as several. */
const PARTS = /(&(etablissement|lieu|cpv|taille|genre|direction|sans-direction)=[^&]*)+/g;

/** The state of the contracts changes the numbers of a page and nothing of its form. */
const STATE = /&etat=[^&]*|etat=[^&]*&?/g;

/** Two pages of each shape (`/declarations/…/taille`) are enough: the second shows what the first has by luck. */
const OF_EACH_SHAPE = 2;
const AT_MOST = 120;

/** The links of the page that stay in the portal, without their fragments. */
export async function links(page: Page): Promise<string[]> {
  const origin = new URL(page.url()).origin;
  const all = await page.locator("a[href]:not([download])").evaluateAll((anchors) => anchors.map((a) => (a as HTMLAnchorElement).href));
  return all.filter((href) => href.startsWith(`${origin}/`)).map((href) => href.slice(origin.length).replace(/#.*$/, ""));
}

/** What a page looks like, whatever it is about: identifiers and the values of a query are left out. */
export function shape(path: string): string {
  return path.replace(STATE, "").replace(IDENTIFIER, "…").replace(PARTS, "&part=").replace(/=[^&]*/g, "=…").replace(/\?$/, "");
}

/** Visits every page that can be reached from `starts` but those that are `alike`, and hands each to `examine`. */
export async function crawl(page: Page, starts: string[], examine: (path: string) => Promise<void>, alike?: RegExp): Promise<string[]> {
  const queue = [...starts];
  const seen = new Set<string>();
  const shapes = new Map<string, number>();
  const visited: string[] = [];
  while (queue.length > 0 && visited.length < AT_MOST) {
    const path = queue.shift() ?? "/";
    const count = shapes.get(shape(path)) ?? 0;
    if (seen.has(path) || alike?.test(path) || count >= OF_EACH_SHAPE || /\.[a-z0-9]{2,5}(\?|$)/.test(path)) continue;
    seen.add(path);
    shapes.set(shape(path), count + 1);
    await page.goto(path);
    visited.push(path);
    // The same page in the other language would double the crawl: it is crawled from its own start.
    queue.push(...(await links(page)).filter((link) => !/[?&]lang=/.test(link)));
    await examine(path);
  }
  return visited;
}
