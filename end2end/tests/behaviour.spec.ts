// What the pages do that only a browser shows: islands that wake up, errors, focus, colours, motion, spacing, languages.
import type { Page } from "@playwright/test";
import { axe, overflow } from "./support/accessibility";
import { focused } from "./support/keyboard";
import type { Portal } from "./support/portal";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

/** Pages of every kind: public, of a supplier whose declaration was sent back, of an agent. */
const PLACES: { who: string; email?: string; paths: string[]; inside?: { from: RegExp; paths: string[] } }[] = [
  { who: "anyone", paths: ["/", "/simulateur-pme", "/connexion", "/aide"] },
  {
    who: "a supplier",
    email: "fournisseur@demo.example",
    paths: ["/espace", "/espace/recherche?q=demo"],
    inside: { from: /^\/declarations\/[0-9a-f-]{36}/, paths: ["", "/taille", "/insertion", "/verification", "/accuse"] },
  },
  {
    who: "an agent",
    email: "agent@demo.example",
    paths: ["/instruction?statut=toutes", "/instruction/qualifications"],
    inside: { from: /^\/instruction\/[0-9a-f-]{36}/, paths: [""] },
  },
];

type Place = (typeof PLACES)[number];

async function visit(page: Page, portal: Portal, { email, paths, inside }: Place, examine: (path: string) => Promise<void>): Promise<void> {
  if (email) await signIn(page, portal, email);
  const all = [...paths];
  if (inside) {
    await page.goto(paths[0] ?? "/");
    const links = await page.locator("main a").evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute("href") ?? ""));
    const found = links.map((link) => inside.from.exec(link)?.[0]).find(Boolean);
    expect(found, `a link ${inside.from}`).toBeTruthy();
    all.push(...inside.paths.map((path) => `${found}${path}`));
  }
  for (const path of all) {
    await page.goto(path);
    await examine(path);
  }
}

/** Holds the WebAssembly back until it is let go. */
async function holdModule(page: Page): Promise<() => void> {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

const awake = (page: Page) => expect(page.locator("html")).toHaveAttribute("data-islands", "awake");

/** A blank declaration of somebody new; returns its address. */
async function open(page: Page, portal: Portal, email: string, siren: string): Promise<string> {
  await signIn(page, portal, email);
  await page.goto(`/espace/recherche?q=${siren}`);
  await page.getByRole("button", { name: /^Déclarer/ }).click();
  await expect(page).toHaveURL(/\/declarations\/[0-9a-f-]{36}/);
  return /\/declarations\/[0-9a-f-]{36}/.exec(page.url())?.[0] ?? "";
}

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

test("[SITE-ERRORS] errors take the focus, name their page and their fields, and hold on a phone", async ({ page, portal, watch }) => {
  watch.expect(/status of 422/);
  const examine = async (where: string) => {
    await expect(page.getByRole("region", { name: /^Erreur/ }), where).toBeFocused();
    expect.soft(await focused(page), where).toMatchObject({ seen: true });
    await expect.soft(page, where).toHaveTitle(/^Erreur/);
    const wrong = page.locator("main :is([aria-invalid], fieldset.field-wrong)");
    for (const field of await wrong.all()) {
      const said = await field.evaluate((one) => document.getElementById((one.getAttribute("aria-describedby") ?? "").split(" ")[0] ?? "")?.textContent);
      expect.soft(said, `${where}: a wrong field says what to write`).toMatch(/^\s*Erreur\s*:\s*\S.{8,}/);
    }
    expect.soft(await axe(page), where).toEqual([]);
    expect.soft(await overflow(page, 320), where).toBeLessThanOrEqual(0);
  };

  await page.goto("/connexion");
  await page.getByLabel("Adresse électronique").fill("lucie");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Adresse électronique")).toHaveValue("lucie");
  await examine("/connexion");

  const declaration = await open(page, portal, "erreurs@demo.example", "910000066");
  await page.goto("/espace/recherche?q=123");
  await examine("/espace/recherche");
  for (const step of ["entreprise", "taille", "solidarite", "insertion", "engagements"]) {
    await page.goto(`${declaration}/${step}`);
    if (step !== "entreprise") await page.getByRole("main").getByLabel("Oui", { exact: true }).first().check();
    await page.getByRole("button", { name: "Enregistrer et continuer" }).and(page.locator(":not([aria-hidden])")).click();
    await expect(page).toHaveURL(/#errors$/);
    await examine(step);
  }
});

test("[SITE-EARLY] what is typed before the WebAssembly arrives is kept, with the focus", async ({ page, portal }) => {
  const email = "tot@demo.example";
  const declaration = await open(page, portal, email, "910000074");
  const release = await holdModule(page);

  await page.goto(`${declaration}/taille`);
  const declare = page.getByRole("main").getByLabel("Oui", { exact: true }).first();
  await declare.focus();
  await page.keyboard.press("Space");

  const other = await page.context().newPage();
  const releaseOther = await holdModule(other);
  await other.goto("/simulateur-pme");
  const [staff, turnover, balance] = ["Effectif", "Chiffre d’affaires hors taxes, en euros", "Total du bilan, en euros"].map((label) => other.getByLabel(label, { exact: true }));
  if (!staff || !turnover || !balance) throw new Error("three fields");
  await staff.fill("42,5");
  await turnover.fill("3 850 000");
  await balance.focus();
  await other.keyboard.type("2 100");
  await expect(other.locator("html")).not.toHaveAttribute("data-islands");

  release();
  releaseOther();
  await awake(page);
  await awake(other);
  await expect(declare).toBeChecked();
  await expect(declare).toBeFocused();
  await expect(page.getByLabel(/^Effectif, en unités de travail/), "the questions that follow are asked").toBeVisible();
  await expect(staff).toHaveValue("42,5");
  await expect(turnover).toHaveValue("3 850 000");
  await expect(balance).toBeFocused();
  await other.keyboard.type(" 000");
  await expect(balance).toHaveValue("2 100 000");
  await expect(other.getByRole("main"), "and the answer counts all of it").toContainText(/petite entreprise/i);
});

for (const media of [
  { colorScheme: "dark" },
  { forcedColors: "active" },
  { reducedMotion: "reduce" },
] as const) {
  for (const place of PLACES) {
    test(`[SITE-MEDIA] the pages of ${place.who} hold with ${JSON.stringify(media)}`, async ({ page, portal }) => {
      await page.emulateMedia(media);
      await visit(page, portal, place, async (path) => {
        // The colours that a forced palette paints are not those that axe can read.
        const without = "forcedColors" in media ? ["color-contrast"] : [];
        expect.soft(await axe(page, { without }), path).toEqual([]);
        await page.keyboard.press("Tab");
        expect.soft(await focused(page), `${path}: the focus`).toMatchObject({ seen: true });
        if (!("reducedMotion" in media)) return;
        const moving = await page.evaluate(() =>
          [...document.querySelectorAll("*")].filter((one) => {
            const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(one);
            return /[1-9]/.test(transitionDuration) || animationName !== "none" || scrollBehavior === "smooth";
          }).length,
        );
        expect.soft(moving, `${path}: elements that move`).toBe(0);
      });
    });
  }
}

for (const place of PLACES) {
  test(`[SITE-SPACING] wider text spacing and 200 % text cut nothing on the pages of ${place.who}`, async ({ page, portal }) => {
    await visit(page, portal, place, async (path) => {
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
    });
  });
}
