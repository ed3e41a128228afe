// [KEPT] The forms that only buttons save, beyond the page of what registers know: a contest, a signature, and who may see it.
import { type Page, expect } from "@playwright/test";
import { linkIn } from "./support/mailbox";
import type { Portal } from "./support/portal";
import { askForLink, signIn } from "./support/sign-in";
import { test } from "./support/test";

const TRUE = "Ce qui est vrai aujourd’hui";
const REASON = "Pourquoi le registre se trompe";

const note = (page: Page) => page.locator("#kept");
const kept = (page: Page) => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("saisie:")).length);
const awake = (page: Page) => expect(page.locator("html")).toHaveAttribute("data-islands", "awake");

/** Leaves although something is not saved. */
async function leave(page: Page, go: () => Promise<unknown>): Promise<void> {
  const accept = (dialog: { accept(): Promise<void> }) => void dialog.accept();
  page.on("dialog", accept);
  await go();
  page.off("dialog", accept);
}

/** The page of what registers know of a company that somebody opens. */
async function open(page: Page, portal: Portal, email: string, siren: string): Promise<string> {
  await signIn(page, portal, email);
  await page.goto(`/espace/recherche?q=${siren}`);
  await page.getByRole("button", { name: /^Déclarer/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ce que nous savons déjà de vous");
  return page.url();
}

async function contest(page: Page): Promise<string> {
  await page.getByRole("link", { name: /^Ce n’est pas exact.*Adresse/ }).click();
  await expect(page.getByRole("heading", { name: "Pourquoi cette différence ?" })).toBeVisible();
  await awake(page);
  return page.url();
}

/** The session has ended without a word: the person signs in again in the same tab. */
async function again(page: Page, portal: Portal, email: string, address: string): Promise<void> {
  await page.context().clearCookies({ name: /session$/ });
  await leave(page, () => page.goto(address));
  await expect(page).toHaveURL(/\/connexion/);
  const mail = await askForLink(page, portal, email);
  await page.goto(linkIn(mail, /\/connexion\/lien\//));
  await page.getByRole("main").getByRole("button", { name: "Se connecter" }).click();
  await page.goto(address);
  await awake(page);
}

test("[KEPT-CONTEST] a contest that is typed stays: reloaded, signed out by time, until it has arrived", async ({ page, portal, watch }) => {
  watch.expect(/status of 422/);
  const email = "ines@foyer-demo.example.fr";
  await open(page, portal, email, "910000074");
  const address = await contest(page);
  await page.getByLabel(TRUE).fill("3 quai Neuf, 13002 Marseille");
  await leave(page, () => page.reload());
  await expect(page.getByLabel(TRUE)).toHaveValue("3 quai Neuf, 13002 Marseille");
  await expect(note(page)).toContainText("est remis en place");
  await page.getByLabel(REASON).fill("Déménagement & travaux, « 3 mars »");
  await again(page, portal, email, address);
  await expect(page.getByLabel(TRUE)).toHaveValue("3 quai Neuf, 13002 Marseille");
  await expect(page.getByLabel(REASON)).toHaveValue("Déménagement & travaux, « 3 mars »");

  // Sent with an answer missing: the server has it now, and shows it.
  await page.getByLabel(REASON).fill("");
  await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await expect(page.locator("#errors")).toBeVisible();
  await awake(page);
  await expect(page.getByLabel(TRUE)).toHaveValue("3 quai Neuf, 13002 Marseille");
  await page.getByLabel(REASON).fill("Déménagement");
  await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await expect(page.locator("#fait-adresse")).toContainText("3 quai Neuf, 13002 Marseille");
  // Arrived: nothing of it stays in the tab, and nothing is said to be put back.
  await page.goto(address);
  await awake(page);
  await expect(page.getByLabel(REASON)).toHaveValue("Déménagement");
  await expect(note(page)).toBeHidden();
  expect(await kept(page)).toBe(0);
});

test("[KEPT-SIGNATURE] who signs is kept while it is typed, the oath never", async ({ page, portal }) => {
  const email = "paul@scop-demo.example.fr";
  const known = await open(page, portal, email, "910000025");
  await page.getByLabel("Prénom et nom de la personne à contacter").fill("Nadia Ferrand");
  await page.getByLabel("Fonction", { exact: true }).fill("Gérante");
  await page.getByRole("button", { name: "Enregistrer le brouillon" }).click();
  await expect(page).toHaveURL(/fait=enregistre/);
  for (const step of ["taille", "insertion"]) {
    await page.goto(known.replace(/registres.*$/, step));
    await page.getByRole("main").getByLabel("Non", { exact: true }).first().check();
    await page.getByRole("button", { name: "Enregistrer le brouillon" }).click();
    await expect(page).toHaveURL(/\?enregistre/);
  }
  const address = known.replace(/registres.*$/, "verification");
  await page.goto(address);
  await awake(page);
  const form = page.locator("form.statement");
  const signer = form.locator("[name='answers[signer_name]']");
  const quality = form.locator("[name='answers[signer_quality]']");
  const capacity = form.getByRole("radio", { name: /représentant/i }).first();
  const oath = page.getByRole("checkbox", { name: /atteste sur l’honneur/i });
  await expect(signer).toHaveValue("Nadia Ferrand");
  await signer.fill("Paul Aubert");
  await quality.fill("Directeur général");
  await capacity.check();
  await oath.check();
  await leave(page, () => page.reload());
  await expect(note(page)).toContainText("est remis en place");
  await expect(signer).toHaveValue("Paul Aubert");
  await expect(quality).toHaveValue("Directeur général");
  await expect(capacity).toBeChecked();
  await expect(oath, "sworn each time").not.toBeChecked();
  await again(page, portal, email, address);
  await expect(signer).toHaveValue("Paul Aubert");
  await expect(oath).not.toBeChecked();

  await form.getByRole("button", { name: "Enregistrer le brouillon" }).click();
  await expect(page).not.toHaveURL(address);
  await page.goto(address);
  await awake(page);
  await expect(signer).toHaveValue("Paul Aubert");
  await expect(note(page)).toBeHidden();
  expect(await kept(page)).toBe(0);
  await capacity.check();
  await oath.check();
  await form.getByRole("button", { name: "Signer et transmettre" }).click();
  await expect(page).toHaveURL(/\/accuse$/);
  await expect(page.getByRole("main")).toContainText("Paul Aubert");
  expect(await kept(page)).toBe(0);
});

test("[KEPT-OTHERS] what one person typed is never shown to the next one in the same tab", async ({ page, portal }) => {
  const [first, second] = ["lou@chantier-demo.example.fr", "sam@chantier-demo.example.fr"];
  await open(page, portal, first, "910000066");
  const address = await contest(page);
  // A colleague may join without asking.
  await page.goto("/espace/personnes/910000066");
  await page.locator("form[action='/fn/open-domain'] [value=editor]").check();
  await page.getByRole("button", { name: "Ouvrir à ce domaine" }).click();
  await expect(page.getByRole("main")).toContainText("sans demander");
  await page.goto(address);
  await awake(page);
  await page.getByLabel(TRUE).fill("Chez moi");
  await expect.poll(() => kept(page)).toBe(1);

  await page.context().clearCookies({ name: /session$/ });
  await leave(page, () => page.goto("/connexion"));
  const mail = await askForLink(page, portal, second);
  await page.goto(linkIn(mail, /\/connexion\/lien\//));
  await page.getByRole("main").getByRole("button", { name: "Se connecter" }).click();
  await page.goto("/espace/recherche?q=910000066");
  await page.getByRole("button", { name: /^Déclarer/ }).click();
  await page.goto(address);
  await awake(page);
  await expect(page.getByLabel(TRUE)).toHaveValue("");
  await expect(note(page)).toBeHidden();
  expect(await kept(page), "and is forgotten").toBe(0);
  // Nor is it there for the first one any more: another person held the tab.
  await again(page, portal, first, address);
  await expect(page.getByLabel(TRUE)).toHaveValue("");
});
