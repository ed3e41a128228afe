// Pages whose scripts do not run, and can still be examined.
//
// Playwright's own `javaScriptEnabled: false` cannot be lifted, and axe needs promises, which such a page never settles.
// Here the page is loaded without scripts through the developer tools, then examined with them.
import type { CDPSession, Page } from "@playwright/test";

const silenced = new WeakMap<Page, CDPSession>();

/** From the next load on, the scripts of this page do not run and its `noscript` parts show. */
export async function withoutScripts(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setScriptExecutionDisabled", { value: true });
  silenced.set(page, devtools);
}

/** Runs an examination that needs promises, on a page that may have been loaded without scripts. */
export async function withScripts<T>(page: Page, examine: () => Promise<T>): Promise<T> {
  const devtools = silenced.get(page);
  if (!devtools) return examine();
  await devtools.send("Emulation.setScriptExecutionDisabled", { value: false });
  try {
    return await examine();
  } finally {
    await devtools.send("Emulation.setScriptExecutionDisabled", { value: true });
  }
}
