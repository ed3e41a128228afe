// What the pages do that only a browser shows: islands that wake up, the skip link, print, colours, motion, languages.
import { axe } from "./support/accessibility";
import { expect, test } from "./support/test";

test("[SITE-ISLAND] the optimised WebAssembly starts and answers a click", async ({ page }) => {
  await page.goto("/simulateur-pme");
  await expect(page.locator("leptos-island").first()).toBeAttached();
  const module = page.waitForResponse((response) => response.url().endsWith(".wasm"));
  await page.reload();
  expect((await module).headers()["content-encoding"]).toBe("br");
});

test("[SITE-SKIP] the first Tab offers to skip to the content, and does", async ({ page }) => {
  await page.goto("/aide");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Aller au contenu" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("[SITE-ENGLISH] the other language is one click away, on the same page", async ({ page }) => {
  await page.goto("/aide");
  await page.getByRole("link", { name: /English/ }).click();
  await expect(page).toHaveURL(/\/aide$/);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  expect(await axe(page)).toEqual([]);
  await page.getByRole("link", { name: /Français/ }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
});

for (const media of [
  { colorScheme: "dark" },
  { forcedColors: "active" },
  { reducedMotion: "reduce" },
] as const) {
  test(`[SITE-MEDIA] the pages hold with ${JSON.stringify(media)}`, async ({ page }) => {
    await page.emulateMedia(media);
    for (const path of ["/", "/simulateur-pme", "/connexion", "/aide"]) {
      await page.goto(path);
      // The colours that a forced palette paints are not those that axe can read.
      const without = "forcedColors" in media ? ["color-contrast"] : [];
      expect.soft(await axe(page, { without }), path).toEqual([]);
    }
  });
}

test("[SITE-SPACING] wider text spacing and 200 % text cut nothing", async ({ page }) => {
  for (const path of ["/", "/simulateur-pme", "/connexion", "/aide"]) {
    await page.goto(path);
    const cut = await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important } html { font-size: 200% !important }",
      );
      document.adoptedStyleSheets.push(sheet);
      const hides = (element: Element) => /hidden|clip/.test(getComputedStyle(element).overflowX + getComputedStyle(element).overflowY);
      return [...document.querySelectorAll<HTMLElement>("main *, header *, footer *")]
        .filter((element) => element.checkVisibility() && hides(element) && element.textContent?.trim())
        .filter((element) => element.clientWidth > 1 && (element.scrollHeight > element.clientHeight + 2 || element.scrollWidth > element.clientWidth + 2))
        .map((element) => element.outerHTML.slice(0, 120));
    });
    expect.soft(cut, path).toEqual([]);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect.soft(wider, `${path}: scrolls sideways`).toBeLessThanOrEqual(0);
  }
});
