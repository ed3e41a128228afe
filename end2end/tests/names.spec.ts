// [NAMES] What the pages of the declaration say when they are read aloud: names, descriptions, landmarks, headings, titles.
import { type Page, expect } from "@playwright/test";
import { choice, answerSome, list, text } from "./support/answers";
import { disorder, unspoken } from "./support/names";
import type { Portal } from "./support/portal";
import { signIn } from "./support/sign-in";
import { test } from "./support/test";

const YEAR = new Date().getFullYear();
const COOPERATIVE = { siren: "910000025", name: "SCOP DÉMO BOIS ET CHARPENTE" };
const main = (page: Page) => page.getByRole("main");
const goOn = (page: Page) => page.getByRole("button", { name: /^Enregistrer et (continuer|revenir)/ }).first();

/** Fails unless the page makes sense read aloud, in the state in which it is. */
async function spoken(page: Page, what: string): Promise<void> {
  expect.soft(await unspoken(page), `${what}: ${page.url()}`).toEqual([]);
  expect.soft(await disorder(page), `${what}: ${page.url()}`).toEqual([]);
}

/** Signs in, opens a company; answers the address of its declaration. */
async function open(page: Page, portal: Portal, email: string, siren: string): Promise<string> {
  await signIn(page, portal, email);
  await spoken(page, "empty workspace");
  await page.goto(`/espace/recherche?q=${siren}`);
  await spoken(page, "search");
  await page.getByRole("button", { name: /^Déclarer/ }).first().click();
  await expect(page).toHaveURL(/\/declarations\//);
  const [declaration] = /\/declarations\/[0-9a-f-]+/.exec(page.url()) ?? [];
  if (!declaration) throw new Error("no declaration");
  return declaration;
}

test("[NAMES-STEPS] every step, as it comes and with its errors", async ({ page, portal }) => {
  test.setTimeout(240_000);
  const declaration = await open(page, portal, "noms@demo.example", "910000066");
  await spoken(page, "declaration");

  await test.step("the company", async () => {
    await page.goto(`${declaration}/entreprise`);
    await expect(page.locator("#typing")).toBeVisible();
    await expect(page.locator("#typing")).toMatchAriaSnapshot(`- status: Vos réponses s’enregistrent pendant que vous les saisissez.`);
    await spoken(page, "company");
    await page.getByLabel("Adresse électronique professionnelle").fill("pas une adresse");
    await goOn(page).click();
    await expect(page).toHaveURL(/#errors$/);
    await spoken(page, "company, errors");
    const name = page.getByLabel("Prénom et nom de la personne à contacter");
    await expect(name).toHaveAccessibleDescription(/^Erreur\s: /);
    await expect(name).toHaveAttribute("aria-invalid", "true");
    const summary = page.locator("#errors");
    await expect(summary).toHaveAccessibleName(/^Erreur\s: \d réponses sont à corriger$/);
    await expect(summary).toMatchAriaSnapshot(`
      - region /Erreur.*réponses sont à corriger/:
        - paragraph: /Erreur.*réponses sont à corriger/
        - list:
          - listitem:
            - link
    `);
  });

  await test.step("the group", async () => {
    await page.goto(`${declaration}/taille`);
    await answerSome(page, [
      choice(/^Souhaitez-vous déclarer votre taille/, "Oui"),
      text(/^Date de clôture du dernier exercice clos/, `31/12/${YEAR - 1}`),
      text(/^Effectif, en unités de travail par an/, "42,5"),
      text(/^Chiffre d’affaires hors taxes/, "3 850 000"),
      text(/^Total du bilan/, "2 100 000"),
      choice(/^Appartenez-vous à un groupe/, "Oui"),
    ], true);
    await page.getByText("Ajouter plusieurs filiales d’un coup").click();
    await page.locator("#many").fill("Filiale A\t60\t10\t1000000\t500000\nFiliale B\t120\t10\t1000000\t500000");
    await page.locator('button[name=intent][value="add-many"]').click();
    await expect(page.locator("fieldset.line")).toHaveCount(2);
    await spoken(page, "group");
    await expect(page.locator("#rows-0")).toMatchAriaSnapshot(`
      - group /1\\. Filiale A – détenue à 60/:
        - combobox "Nature":
          - option "Entreprise" [selected]
        - textbox "Nom": Filiale A
        - group "Sens de la participation":
          - radio "Est détenue par" [checked]
          - radio "Détient une part de"
        - combobox "De qui, ou par qui ?":
          - option "Votre entreprise" [selected]
        - textbox "Part du capital, en pourcentage": "60"
        - button /Ajouter ce qu’elle détient \\(1\\. Filiale A/
        - button /Ajouter qui la détient \\(1\\. Filiale A/
        - button /Supprimer cette ligne \\(1\\. Filiale A/
    `);
    await goOn(page).click();
    await expect(page).toHaveURL(/#errors$/);
    await spoken(page, "group, errors");
    await expect(page.locator("#rows-1").getByLabel(/^Part du capital/)).toHaveAccessibleDescription(/^Erreur\s: .*100/);
  });

  await test.step("statuses, commitments, other commitments", async () => {
    await page.goto(`${declaration}/solidarite`);
    await spoken(page, "statuses");
    await answerSome(page, [choice(/^Relevez-vous de l’économie sociale et solidaire/, "Oui"), list("Statut ou agrément", "Entreprise d’insertion (EI)")], true);
    await page.getByRole("button", { name: /^Ajouter/ }).and(main(page).locator("button[value=add]")).click();
    await spoken(page, "two statuses");
    await page.getByRole("button", { name: "Enregistrer le brouillon" }).click();
    await page.goto(`${declaration}/insertion`);
    await answerSome(page, [choice(/^Prenez-vous des engagements d’insertion/, "Oui")], true);
    await spoken(page, "commitments");
    await goOn(page).click();
    await spoken(page, "commitments, errors");
    await page.goto(`${declaration}/engagements`);
    await answerSome(page, [choice(/^Souhaitez-vous faire connaître d’autres engagements/, "Oui")], true);
    await spoken(page, "other commitments");
  });

  await test.step("a document, on its way", async () => {
    await page.goto(`${declaration}/pieces/0`);
    await spoken(page, "document");
    // The page answers only once it was looked at on its way.
    let release = () => {};
    const held = new Promise<void>((go) => (release = go));
    await page.route(/\/(depot|morceau)/, async (route) => {
      await held;
      await route.continue();
    });
    await page.getByLabel("Fichier").setInputFiles({ name: "convention.png", mimeType: "image/png", buffer: await page.screenshot() });
    const send = page.getByRole("button", { name: "Envoyer" });
    if (await send.isEnabled()) await send.click();
    const progress = page.getByRole("progressbar");
    await expect(progress).toBeVisible();
    await expect(progress).toHaveAccessibleName(/convention\.png/);
    await spoken(page, "document on its way");
    release();
    await expect(page).toHaveURL(/\?fait=|solidarite/);
    await spoken(page, "document sent");
    await page.goto(`${declaration}/solidarite`);
    await spoken(page, "statuses with a document");
  });

  await test.step("what is checked before signing", async () => {
    await page.goto(`${declaration}/verification`);
    await spoken(page, "check");
    await page.goto("/espace");
    await spoken(page, "workspace");
  });
});

test("[NAMES-KNOWN] what registers know, a contest, the statement, the receipt", async ({ page, portal, watch }) => {
  watch.expect(/status of 422/);
  const declaration = await open(page, portal, "noms-connus@demo.example", COOPERATIVE.siren);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ce que nous savons déjà de vous");
  await spoken(page, "known");
  await page.getByRole("button", { name: "Signer et transmettre" }).click();
  await spoken(page, "known, errors");
  await page.getByRole("link", { name: /^Ce n’est pas exact.*Adresse/ }).click();
  await spoken(page, "contest");
  await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await spoken(page, "contest, errors");
  await expect(page.getByLabel("Ce qui est vrai aujourd’hui")).toHaveAccessibleDescription(/Erreur\s: /);
  await page.goto(`${declaration}/registres`);
  await page.getByLabel("Prénom et nom de la personne à contacter").fill("Nadia Ferrand");
  await page.getByLabel("Fonction").fill("Gérante");
  await page.getByRole("radio", { name: /représentant/i }).first().check();
  await page.getByRole("checkbox", { name: /atteste sur l’honneur/i }).check();
  await page.getByRole("button", { name: "Signer et transmettre" }).click();
  await expect(page).toHaveURL(/\/accuse$/);
  await spoken(page, "receipt");
  await page.goto(declaration);
  await spoken(page, "declaration sent");
  await page.goto("/espace");
  await spoken(page, "workspace");
});
