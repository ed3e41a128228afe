// A certificate that proves a commitment: added on its page, removed, added again, and shown where it is checked.
import { axe } from "./support/accessibility";
import { type Answer, answerSome, choice, list, text } from "./support/answers";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

const COMPANY = { siret: "91000004100012", name: "GROUPE DÉMO TRAVAUX PUBLICS" };
const EMAIL = "qualite@travaux-demo.example.fr";
const LINE = "Engagement 1";
const NEXT = new Date().getFullYear() + 1;

const LABEL: Answer[] = [
  choice(/^Souhaitez-vous faire connaître d’autres engagements/, "Oui"),
  list("Engagement", "Écolabel ou certification environnementale", LINE),
  text(/^Label, certification ou catégorie/, "ISO 14001", LINE),
  choice(/^Est-ce en place ou obtenu aujourd’hui/, "Oui", LINE),
  text(/^Référence de la pièce/, "AFNOR-2026-17", LINE),
  text(/^(Valable jusqu’au|Fin de l’engagement)/, `31/12/${NEXT}`, LINE),
];

test("[DOC-1] a document is added to a commitment, removed and added again", async ({ page, portal, javaScriptEnabled: scripts = true }) => {
  await signIn(page, portal, EMAIL);
  await page.getByLabel("SIRET, SIREN ou nom de l’entreprise").fill(COMPANY.siret);
  await page.getByRole("button", { name: "Chercher" }).click();
  await page.getByRole("button", { name: new RegExp(`^Déclarer.*${COMPANY.name}`) }).click();
  await expect(page).toHaveURL(/\/declarations\/[0-9a-f-]{36}/);
  const declaration = /\/declarations\/[0-9a-f-]{36}/.exec(page.url())?.[0] ?? "";
  await page.goto(`${declaration}/engagements`);
  // Without scripts, some questions come once others are saved.
  for (let round = 0; round < (scripts ? 1 : 3); round++) {
    await answerSome(page, LABEL, scripts);
    if (!scripts) await page.getByRole("button", { name: "Enregistrer le brouillon" }).click();
  }
  const main = page.getByRole("main");
  for (const name of ["certificat.png", "certificat-2.png"]) {
    await page.getByRole("button", { name: /^Enregistrer et ajouter une pièce/ }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ajouter une pièce");
    await expect(main).toContainText("ISO 14001");
    // Examined with scripts only: Playwright's way of switching them off cannot be lifted for axe.
    if (scripts) expect.soft(await axe(page), page.url()).toEqual([]);
    await page.getByLabel("Fichier").setInputFiles({ name, mimeType: "image/png", buffer: await page.screenshot() });
    await page.getByRole("button", { name: "Envoyer" }).click();
    await expect(page).toHaveURL(/fait=ajoutee/);
    await expect(main).toContainText(name);
    await page.getByRole("link", { name: "Revenir à la page précédente" }).click();
    await expect(page).toHaveURL(/\/engagements#rows-0-documents$/);
    await expect(page.getByRole("link", { name })).toBeVisible();
  }
  await page.getByRole("button", { name: "Retirer certificat.png" }).click();
  await expect(page.getByRole("link", { name: "certificat.png" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "certificat-2.png" })).toBeVisible();
  if (scripts) expect.soft(await axe(page), page.url()).toEqual([]);
  await expect(page.getByLabel(/^Référence de la pièce/)).toHaveValue("AFNOR-2026-17");
  await page.goto(`${declaration}/verification`);
  await expect(main).toContainText("1 pièce");
});
