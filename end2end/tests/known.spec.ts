// A company whose registers already know: from a link to the receipt on one page, and a fact that it contests.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { axe } from "./support/accessibility";
import { expect, test } from "./support/test";
import { linkIn } from "./support/mailbox";
import type { Portal } from "./support/portal";
import { askForLink } from "./support/sign-in";

const SCOP = { siret: "91000002500015", name: "SCOP DÉMO BOIS ET CHARPENTE" };
const INSERTION = { siret: "91000005800016", name: "DÉMO INSERTION PROPRETÉ" };
const GARDENS = { siret: "91000001700012", name: "ASSOCIATION DÉMO LES JARDINS DU LARGUE" };
/** What a person does, each time: a click, an answer, a link followed. */
const MOST = 12;
/** Seconds from the link to the receipt: what such a company needs in all, thinking included, so far more than a machine takes. */
const LONGEST = 90;

async function accessible(page: Page, scripts: boolean): Promise<void> {
  // Examined with scripts only: Playwright's way of switching them off cannot be lifted for axe.
  if (scripts) expect.soft(await axe(page), page.url()).toEqual([]);
}

interface Company {
  siret: string;
  name: string;
}

/** From a link to the receipt on one page: every act is counted, and the time without thinking. */
async function signed(page: Page, portal: Portal, company: Company, email: string, status: RegExp, scripts: boolean): Promise<void> {
  let done = 0;
  const act = async (what: Promise<unknown>) => {
    done += 1;
    await what;
  };
  const begun = Date.now();
  const before = portal.mailbox.mails.length;
  await page.goto(`/espace/recherche?q=${company.siret}`);
  await act(page.getByLabel("Adresse électronique").fill(email));
  await act(page.getByRole("button", { name: "Recevoir le lien de connexion" }).click());
  const mail = await portal.mailbox.next(email, /connexion/i, before);
  await act(page.goto(linkIn(mail, /\/connexion\/lien\//)));
  await act(page.getByRole("main").getByRole("button", { name: "Se connecter" }).click());
  await act(page.getByRole("button", { name: new RegExp(`^Déclarer.*${company.name}`) }).click());
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ce que nous savons déjà de vous");
  await expect(page.getByRole("checkbox", { name: status })).toBeChecked();
  await accessible(page, scripts);
  await act(page.getByLabel("Prénom et nom de la personne à contacter").fill("Nadia Ferrand"));
  await act(page.getByLabel("Fonction").fill("Gérante"));
  await act(page.getByRole("radio", { name: /représentant/i }).first().check());
  await act(page.getByRole("checkbox", { name: /atteste sur l’honneur/i }).check());
  await act(page.getByRole("button", { name: "Signer et transmettre" }).click());
  await expect(page).toHaveURL(/\/accuse$/);
  await expect(page.getByRole("main")).toContainText("Nadia Ferrand");
  const seconds = (Date.now() - begun) / 1000;
  test.info().annotations.push({ type: "zero-question", description: `${done} interactions, ${seconds.toFixed(1)} s without thinking time` });
  expect(done).toBeLessThanOrEqual(MOST);
  expect(seconds, "without thinking time").toBeLessThan(LONGEST);
  await portal.mailbox.next(email, /reçue/);
}

test("[KNOWN-1] from a link to the receipt, without a question that a register answers", async ({ page, portal, javaScriptEnabled: scripts = true }) => {
  const status = /^Je déclare ce statut.*Économie sociale et solidaire par son statut/;
  await signed(page, portal, SCOP, "direction@scop-demo.example.fr", status, scripts);
});

test("[KNOWN-3] an insertion enterprise that a published list names signs as fast, without reference nor dates", async ({ page, portal, javaScriptEnabled: scripts = true }) => {
  const folder = await mkdtemp(join(tmpdir(), "spaser-list-"));
  const list = join(folder, "inclusion.csv");
  await writeFile(list, `siret,kind,name\n${INSERTION.siret},EI,Démo Insertion Propreté\n`);
  await portal.done("lists", "import", "inclusion", list);
  await rm(folder, { recursive: true });
  const status = /^Je déclare ce statut.*Entreprise d’insertion/;
  await signed(page, portal, INSERTION, "direction@insertion-demo.example.fr", status, scripts);
  const receipt = page.getByRole("main");
  await expect(receipt).toContainText("Prouvé par");
  await expect(receipt).toContainText("Annuaire du Marché de l’inclusion, liste du");
});

test("[KNOWN-2] a fact is contested with a reason and a document, and both values are kept", async ({ page, portal, watch, javaScriptEnabled: scripts = true }) => {
  watch.expect(/status of 422/);
  const email = "direction@jardins-demo.example.fr";
  const mail = await askForLink(page, portal, email);
  await page.goto(linkIn(mail, /\/connexion\/lien\//));
  await page.getByRole("main").getByRole("button", { name: "Se connecter" }).click();
  await page.getByLabel("SIRET, SIREN ou nom de l’entreprise").fill(GARDENS.siret);
  await page.getByRole("button", { name: "Chercher" }).click();
  await page.getByRole("button", { name: new RegExp(`^Déclarer.*${GARDENS.name}`) }).click();
  await page.getByRole("link", { name: /^Ce n’est pas exact.*Adresse/ }).click();
  await expect(page.getByRole("heading", { name: "Pourquoi cette différence ?" })).toBeVisible();
  await accessible(page, scripts);

  // An answer without a reason comes back with what was typed.
  await page.getByLabel("Ce qui est vrai aujourd’hui").fill("3 quai Neuf, 13002 Marseille");
  await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await expect(page.getByLabel("Ce qui est vrai aujourd’hui")).toHaveValue("3 quai Neuf, 13002 Marseille");
  await expect(page.locator("#errors")).toBeVisible();
  await page.getByLabel("Pourquoi le registre se trompe").fill("Déménagement le 3 mars");
  await page.getByRole("button", { name: "Enregistrer et ajouter une pièce" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ajouter une pièce");
  await accessible(page, scripts);
  await page.getByLabel("Fichier").setInputFiles({ name: "bail.png", mimeType: "image/png", buffer: await page.screenshot() });
  await page.getByRole("button", { name: "Envoyer" }).click();
  // With a script the file goes on its own, and the page comes once it is there.
  await expect(page).toHaveURL(/fait=ajoutee/);
  await expect(page.getByRole("main")).toContainText("bail.png");
  await page.getByRole("link", { name: "Revenir à la page précédente" }).click();
  await page.getByRole("link", { name: "Ce que nous savons de vous" }).click();

  const address = page.locator("#fait-adresse");
  await expect(address).toContainText("12 RUE DE LA FICTION");
  await expect(address).toContainText("Contesté");
  await expect(address).toContainText("3 quai Neuf, 13002 Marseille");
  await expect(address).toContainText("1 pièce jointe");
  await accessible(page, scripts);
});
