// The fixtures: one portal for each worker and engine, and the watch on every page of every test.
import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";
import { type Engine, type Portal, startPortal } from "./portal";
import { withoutScripts } from "./scripts";
import { Watch } from "./watch";

export interface Options {
  /** The engine of both databases. */
  engine: Engine;
  /** Start with the demonstration data. */
  demonstration: boolean;
  /** Run the scripts of the pages. */
  scripts: boolean;
}

interface Fixtures {
  scripts: boolean;
  watch: Watch;
  /** Another person, in a browser of their own, watched as well. */
  visitor: () => Promise<Page>;
}

interface Workers extends Omit<Options, "scripts"> {
  portal: Portal;
}

export const test = base.extend<Fixtures, Workers>({
  engine: ["sqlite", { option: true, scope: "worker" }],
  demonstration: [false, { option: true, scope: "worker" }],
  portal: [
    async ({ engine, demonstration }, use, info) => {
      const name = `${info.project.name}-${info.workerIndex}`.replace(/\W+/g, "-");
      const portal = await startPortal({ engine, demonstration, name });
      await use(portal);
      await portal.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  scripts: [true, { option: true }],
  page: async ({ page, scripts }, use) => {
    if (!scripts) await withoutScripts(page);
    await use(page);
  },
  baseURL: async ({ portal }, use) => use(portal.url),
  visitor: async ({ browser, portal, javaScriptEnabled, locale, timezoneId, watch }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL: portal.url, javaScriptEnabled, locale, timezoneId });
      contexts.push(context);
      watch.follow(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
  watch: [
    async ({ context, portal }, use) => {
      const watch = new Watch(portal.url);
      watch.follow(context);
      await use(watch);
      expect(watch.problems(), "console errors, blocked content, other hosts, 5xx").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
