// What was decided is renewed on one screen, in as few acts as there are decisions to take; what was sent is cancelled and redone.
import type { Page } from "@playwright/test";
import { axe } from "./support/accessibility";
import { expect, test } from "./support/test";
import { linkIn } from "./support/mailbox";
import type { Portal } from "./support/portal";
import { askForLink } from "./support/sign-in";

/** Validated in the demonstration. */
const SCOP = "scop@demo.example";
/** One of its commitments was refused in the demonstration. */
const DIGITAL = "numerique@demo.example";
/** What a person does from their account to the receipt when nothing changed: a link, an answer, a button. */
const MOST = 6;

async function accessible(page: Page, scripts: boolean): Promise<void> {
  // Examined with scripts only: Playwright's way of switching them off cannot be lifted for axe.
  if (scripts) expect.soft(await axe(page), page.url()).toEqual([]);
}

async function enter(page: Page, portal: Portal, email: string): Promise<void> {
  const mail = await askForLink(page, portal, email);
  await page.goto(linkIn(mail, /\/connexion\/lien\//));
  await page.getByRole("main").getByRole("button", { name: "Se connecter" }).click();
  await expect(page).toHaveURL(/\/espace$/);
}

test("[RENEWAL-1] nothing changed: open, swear, send", async ({ page, portal, watch, javaScriptEnabled: scripts = true }) => {
  await enter(page, portal, SCOP);
  let done = 0;
  const act = async (what: Promise<unknown>) => {
    done += 1;
    await what;
  };
  await act(page.getByRole("main").getByRole("link", { name: /^Renouveler/ }).click());
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Renouveler votre déclaration");
  const main = page.getByRole("main");
  await expect(main).toContainText("Ce qui est en vigueur le reste");
  await expect(main).toContainText("cette page ne fait que lire");
  for (const box of await page.getByRole("checkbox", { name: /^Je renouvelle/ }).all()) await expect(box).toBeChecked();
  await expect(page.getByRole("checkbox", { name: /atteste sur l’honneur/i })).not.toBeChecked();
  await accessible(page, scripts);

  // Forgotten: nothing is sent, and nothing is lost.
  watch.expect(/status of 422/);
  await page.getByRole("button", { name: "Signer et transmettre" }).click();
  await expect(page.locator("#errors")).toContainText("Cochez cette case");
  await accessible(page, scripts);

  await act(page.getByRole("checkbox", { name: /atteste sur l’honneur/i }).check());
  await act(page.getByRole("button", { name: "Signer et transmettre" }).click());
  await expect(page).toHaveURL(/\/accuse$/);
  test.info().annotations.push({ type: "renewal", description: `${done} interactions when nothing changed` });
  expect(done).toBeLessThanOrEqual(MOST);
  await portal.mailbox.next(SCOP, /reçue/);

  // The same versions, told as such.
  await page.getByRole("link", { name: "Revenir à la déclaration" }).click();
  await page.getByRole("link", { name: /^Voir ce qui a changé/ }).click();
  await expect(page.getByRole("main")).toContainText("Aucune différence");
  await accessible(page, scripts);
  await page.getByRole("link", { name: /^Déclaration SPA-/ }).click();

  // Cancelled and redone: the old one stays, and leads to the new one.
  await page.getByRole("link", { name: "Annuler et refaire" }).click();
  await accessible(page, scripts);
  const sent = new URL(page.url()).pathname;
  await page.getByRole("button", { name: "Annuler et refaire" }).click();
  await expect(page.getByRole("main")).toContainText("La déclaration précédente est annulée");
  const fresh = new URL(page.url()).pathname;
  expect(fresh).not.toBe(sent);
  await page.goto(sent);
  await page.getByRole("link", { name: /^Ouvrir la nouvelle déclaration/ }).click();
  await expect(page).toHaveURL(new RegExp(`${fresh}$`));
});

test("[RENEWAL-2] what was refused is told, said anew at its step, and compared", async ({ page, portal, javaScriptEnabled: scripts = true }) => {
  await enter(page, portal, DIGITAL);
  await page.getByRole("main").getByRole("link", { name: /^Renouveler/ }).click();
  const left = page.getByRole("region", { name: "Ce qui n’est pas repris" });
  await expect(left).toContainText("Refusée la dernière fois");
  await expect(left.getByRole("checkbox")).toHaveCount(0);
  await accessible(page, scripts);
  await left.getByRole("button", { name: /^Déclarer à nouveau/ }).click();
  await page.getByLabel(/^Nombre d’heures/).fill("350");
  await page.getByRole("button", { name: "Enregistrer et revenir au renouvellement" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Renouveler votre déclaration");
  const line = page.getByRole("listitem").filter({ has: page.getByRole("checkbox", { name: /^Je renouvelle.*Engagement d’insertion/ }) });
  await expect(line.locator("del")).toContainText("200");
  await expect(line.locator("ins")).toContainText("350");
  await accessible(page, scripts);
  await page.getByRole("checkbox", { name: /atteste sur l’honneur/i }).check();
  await page.getByRole("button", { name: "Signer et transmettre" }).click();
  await expect(page).toHaveURL(/\/accuse$/);
  await page.getByRole("link", { name: "Revenir à la déclaration" }).click();
  await page.getByRole("link", { name: /^Voir ce qui a changé/ }).click();
  await expect(page.getByRole("main")).toContainText("1 affirmation modifiée");
  await accessible(page, scripts);
});
