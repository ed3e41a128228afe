// A link that proposes answers: from a network's page to the marked answers of a declaration, and an address that leads to a field.
import type { Page } from "@playwright/test";
import { axe } from "./support/accessibility";
import { expect, test } from "./support/test";
import { linkIn } from "./support/mailbox";
import { askForLink } from "./support/sign-in";

const SIRET = "91000004100012";
const LINK = `/declarer?siret=${SIRET}&effectif=12,5&groupe=non&statut=esus&valable-du=2026-01-01&contact_email=x%40y.fr&utm_source=lettre`;

async function accessible(page: Page, scripts: boolean): Promise<void> {
  // Examined with scripts only: Playwright's way of switching them off cannot be lifted for axe.
  if (scripts) expect.soft(await axe(page), page.url()).toEqual([]);
}

test("[LINK-1] a link is followed through sign-in, agreed with, and its answers bear their mark until they are confirmed", async ({ page, portal, javaScriptEnabled: scripts = true }) => {
  const email = "direction@lien-demo.example.fr";
  await page.goto(LINK);
  await expect(page.getByRole("main")).toContainText("GROUPE DÉMO TRAVAUX PUBLICS");
  await expect(page.getByRole("main")).toContainText("vous seul répondez à cette question");
  await accessible(page, scripts);
  const before = portal.mailbox.mails.length;
  await page.getByRole("link", { name: "Se connecter pour continuer" }).click();
  await page.getByLabel("Adresse électronique").fill(email);
  await page.getByRole("button", { name: "Recevoir le lien de connexion" }).click();
  const mail = await portal.mailbox.next(email, /connexion/i, before);
  await page.goto(linkIn(mail, /\/connexion\/lien\//));
  await page.getByRole("main").getByRole("button", { name: "Se connecter" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ce que ce lien propose");
  await expect(page.locator(".entry", { hasText: /Effectif/ })).toContainText("Sera rempli");
  await expect(page.locator(".entry", { hasText: /utm_source/ })).toContainText("Aucun paramètre ne porte ce nom.");
  await accessible(page, scripts);
  await page.getByRole("button", { name: "Commencer avec ces réponses" }).click();

  await expect(page).toHaveURL(/\/taille\?lien$/);
  const staff = page.getByLabel(/^Effectif, en unités/).first();
  await expect(staff).toHaveValue("12,50");
  await expect(page.locator("#awu-source")).toContainText("Proposé par un lien, le");
  await accessible(page, scripts);
  await staff.fill("14");
  await page.getByRole("button", { name: "Enregistrer et continuer" }).click();
  await page.goto(page.url().replace(/\/(taille|solidarite).*$/, "/taille"));
  await expect(page.getByLabel(/^Effectif, en unités/).first()).toHaveValue("14");
  await expect(page.locator(".proposed-by")).toHaveCount(0);

  // The same link again: nothing is replaced.
  await page.goto(LINK);
  await expect(page.locator(".entry", { hasText: /Effectif/ })).toContainText("votre réponse reste");
  await page.getByRole("link", { name: "Ne rien reprendre du lien" }).click();
  await expect(page).toHaveURL(/\/declarations\/[0-9a-f-]{36}$/);
});

test("[LINK-2] an address of a field leads there after sign-in, with the focus", async ({ page, portal }) => {
  const email = "direction@lien-demo-2.example.fr";
  const mail = await askForLink(page, portal, email);
  await page.goto(linkIn(mail, /\/connexion\/lien\//));
  await page.getByRole("main").getByRole("button", { name: "Se connecter" }).click();
  await page.goto("/declarer?siret=91000007400013&pme=oui");
  await page.getByRole("button", { name: "Commencer avec ces réponses" }).click();
  await expect(page).toHaveURL(/\/taille\?lien$/);
  const field = `${new URL(page.url()).pathname}?champ=turnover_eur`;

  await page.context().clearCookies();
  await page.goto(field);
  await expect(page).toHaveURL(/\/connexion\?next=/);
  const before = portal.mailbox.mails.length;
  await page.getByLabel("Adresse électronique").fill(email);
  await page.getByRole("button", { name: "Recevoir le lien de connexion" }).click();
  const again = await portal.mailbox.next(email, /connexion/i, before);
  await page.goto(linkIn(again, /\/connexion\/lien\//));
  await page.getByRole("main").getByRole("button", { name: "Se connecter" }).click();
  await expect(page).toHaveURL(/\/taille#turnover_eur$/);
  await expect(page.locator("#turnover_eur")).toBeFocused();
});

test("[LINK-3] an agent prepares a draft, and its contact claims it", async ({ page, portal, javaScriptEnabled: scripts = true }) => {
  const contact = "contact@calanques-demo.example.fr";
  const signIn = async (email: string) => {
    await page.context().clearCookies();
    const mail = await askForLink(page, portal, email);
    await page.goto(linkIn(mail, /\/connexion\/lien\//));
    await page.getByRole("main").getByRole("button", { name: "Se connecter" }).click();
  };
  await signIn("agent@demo.example");
  await page.goto("/instruction/brouillons");
  await page.getByLabel("SIRET ou SIREN de l’entreprise").fill("91000006600019");
  await page.getByRole("button", { name: "Préparer un brouillon" }).click();
  await expect(page.getByRole("main")).toContainText("ASSOCIATION DÉMO CHANTIERS DES CALANQUES");
  await page.getByLabel("Prénom et nom du contact").fill("Camille Martin");
  await page.getByLabel("Adresse électronique professionnelle").fill(contact);
  await page.getByLabel(/^Effectif, en unités/).fill("beaucoup");
  await page.getByRole("button", { name: "Envoyer le brouillon" }).click();
  await expect(page.locator("#errors")).toBeVisible();
  await expect(page.getByLabel("Prénom et nom du contact")).toHaveValue("Camille Martin");
  await accessible(page, scripts);
  await page.getByLabel(/^Effectif, en unités/).fill("12,5");
  await page.getByRole("checkbox", { name: /Atelier et chantier d’insertion/ }).check();
  const before = portal.mailbox.mails.length;
  await page.getByRole("button", { name: "Envoyer le brouillon" }).click();
  await expect(page.getByRole("main")).toContainText("Envoyé, sans réponse");
  await accessible(page, scripts);

  const mail = await portal.mailbox.next(contact, /brouillon/i, before);
  await signIn(contact);
  await page.goto(linkIn(mail, /\/brouillons\//));
  await expect(page.getByRole("main")).toContainText("Atelier et chantier d’insertion");
  await accessible(page, scripts);
  await page.getByRole("button", { name: "Reprendre ce brouillon" }).click();
  await expect(page).toHaveURL(/\/taille\?lien$/);
  await expect(page.locator("#awu-source")).toContainText("Proposé par l’acheteur, le");
});
