// Several people of one company: one is invited by mail and joins, another asks and is let in, roles are kept to, one leaves.
import type { Page } from "@playwright/test";
import { axe } from "./support/accessibility";
import { linkIn } from "./support/mailbox";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

const COMPANY = { siret: "91000005800016", name: "DÉMO INSERTION PROPRETÉ" };

async function accessible(page: Page, scripts: boolean): Promise<void> {
  // Examined with scripts only: Playwright's way of switching them off cannot be lifted for axe.
  if (scripts) expect.soft(await axe(page), page.url()).toEqual([]);
}

/** Looks the company up by its SIRET and opens it. */
async function openCompany(page: Page): Promise<void> {
  await page.goto(`/espace/recherche?q=${COMPANY.siret}`);
  await page.getByRole("button", { name: new RegExp(`^Déclarer.*${COMPANY.name}`) }).click();
}

test("[PEOPLE-1] an invitation, from the mail to the declaration, answered once", async ({ page, portal, visitor, watch, javaScriptEnabled: scripts = true }) => {
  test.setTimeout(180_000);
  watch.expect(/status of 4(09|22)/);
  const [boss, guest] = ["gerance@demo-insertion.example.fr", "adjointe@demo-insertion.example.fr"];
  const main = page.getByRole("main");
  await signIn(page, portal, boss);
  await openCompany(page);
  await page.goto("/espace");
  await main.getByRole("link", { name: /^Personnes et rôles/ }).click();
  await expect(main).toContainText("Vous gérez seul cet espace");
  await accessible(page, scripts);

  await test.step("what is wrong is told at its field, and what was typed is still there", async () => {
    await main.getByLabel("Adresse électronique").fill("adjointe@");
    await main.getByRole("radio", { name: "Signe" }).check();
    await main.getByLabel(/^Un mot/).fill("Bienvenue à bord.");
    await main.getByRole("button", { name: "Envoyer l’invitation" }).click();
    await expect(page.getByRole("region", { name: /^Erreur/ })).toBeFocused();
    await expect(main.getByLabel("Adresse électronique")).toHaveValue("adjointe@");
    await expect(main.getByLabel("Adresse électronique")).toHaveAttribute("aria-invalid", "true");
    await expect(main.getByRole("radio", { name: "Signe" })).toBeChecked();
    await accessible(page, scripts);
  });
  const before = portal.mailbox.mails.length;
  await main.getByLabel("Adresse électronique").fill(guest);
  await main.getByRole("button", { name: "Envoyer l’invitation" }).click();
  await expect(main).toContainText("Invitation envoyée");
  const mail = await portal.mailbox.next(guest, /Invitation à rejoindre/, before);
  expect(mail.text).toContain("Bienvenue à bord.");
  const link = linkIn(mail, /\/invitations\//);

  const other = await visitor();
  await test.step("the link leads to the invitation once the person has signed in", async () => {
    await other.goto(link);
    await expect(other).toHaveURL(/\/connexion/);
    const asked = portal.mailbox.mails.length;
    await other.getByLabel("Adresse électronique").fill(guest);
    await other.getByRole("button", { name: "Recevoir le lien de connexion" }).click();
    const signInMail = await portal.mailbox.next(guest, /connexion/i, asked);
    await other.goto(linkIn(signInMail, /\/connexion\/lien\//));
    await other.getByRole("main").getByRole("button", { name: "Se connecter" }).click();
    await expect(other.getByRole("heading", { level: 1 })).toHaveText(`Invitation à rejoindre ${COMPANY.name}`);
    await expect(other.getByRole("main")).toContainText("Bienvenue à bord.");
    await accessible(other, scripts);
    await other.getByRole("main").getByRole("button", { name: "Accepter" }).click();
    await expect(other.getByRole("main")).toContainText("Vous êtes rattaché à l’entreprise");
    await other.getByRole("main").getByRole("link", { name: /^Reprendre/ }).click();
    await expect(other).toHaveURL(/\/declarations\//);
  });

  await test.step("the same link again says so, and another account learns nothing", async () => {
    await other.goto(link);
    await expect(other.getByRole("main")).toContainText("Vous avez déjà accepté");
    await page.goto(link);
    await expect(main).toContainText("écrite à une autre adresse");
    await expect(main).not.toContainText(COMPANY.name);
  });

  await test.step("roles are kept to, and one leaves", async () => {
    await page.goto(`/espace/personnes/${COMPANY.siret.slice(0, 9)}`);
    await expect(main.getByRole("heading", { level: 3, name: guest })).toBeVisible();
    await other.goto(`/espace/personnes/${COMPANY.siret.slice(0, 9)}`);
    await expect(other.getByRole("main").getByRole("button", { name: /Changer le rôle/ })).toHaveCount(0);
    // The last manager stays.
    await main.getByRole("link", { name: "Ne plus y être rattaché" }).click();
    await accessible(page, scripts);
    await main.getByRole("button", { name: "Quitter l’entreprise" }).click();
    await expect(main).toContainText("Donnez d’abord le rôle de gestionnaire");
    await main.getByLabel("Nouveau rôle").last().selectOption({ label: "Gère l’espace" });
    await main.getByRole("button", { name: `Changer le rôle ${guest}` }).click();
    await portal.mailbox.next(guest, /Votre rôle/);
    await main.getByRole("link", { name: "Ne plus y être rattaché" }).click();
    await main.getByRole("button", { name: "Quitter l’entreprise" }).click();
    await expect(main).toContainText("Vous n’êtes plus rattaché");
    await other.reload();
    await expect(other.getByRole("main")).toContainText("Vous gérez seul cet espace");
  });
});

test("[PEOPLE-2] somebody asks to join, and the manager decides", async ({ page, portal, visitor, javaScriptEnabled: scripts = true }) => {
  test.setTimeout(180_000);
  const siret = "91000003300019";
  const [boss, asker] = ["direction@deuxieme-demo.example.fr", "compta@cabinet-demo.example"];
  const main = page.getByRole("main");
  await signIn(page, portal, boss);
  await page.goto(`/espace/recherche?q=${siret}`);
  await main.getByRole("button", { name: /^Déclarer/ }).first().click();

  const other = await visitor();
  const there = other.getByRole("main");
  await signIn(other, portal, asker);
  await other.goto(`/espace/recherche?q=${siret}`);
  await there.getByRole("button", { name: /^Déclarer/ }).first().click();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText(/^Rejoindre/);
  await accessible(other, scripts);
  await there.getByRole("radio", { name: "Je suis mandataire" }).check();
  await there.getByLabel("Votre cabinet ou réseau").fill("Cabinet Exemple");
  await there.getByLabel("Dites qui vous êtes").fill("Je tiens votre comptabilité.");
  const before = portal.mailbox.mails.length;
  await there.getByRole("button", { name: "Demander à rejoindre" }).click();
  await expect(there).toContainText("Demande en attente");
  await accessible(other, scripts);
  const mail = await portal.mailbox.next(boss, /demande à rejoindre/, before);
  await page.goto(linkIn(mail, /\/espace\/personnes\//));
  await expect(main).toContainText("Cabinet Exemple");
  await expect(main).toContainText("Je tiens votre comptabilité.");
  await accessible(page, scripts);
  await main.getByRole("button", { name: /^Accepter/ }).click();
  await expect(main).toContainText("Demande acceptée");
  await portal.mailbox.next(asker, /est accepté/);
  await other.goto("/espace");
  await expect(there).toContainText("Cabinet Exemple");
  await there.getByRole("link", { name: /^Reprendre/ }).click();
  await expect(other).toHaveURL(/\/declarations\//);
});
