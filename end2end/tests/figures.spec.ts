// [FIGURES] What an agent does with the three targets: imports a file, reads the figures, follows one to its evidence and
// decision, takes a list away, and sees a validation move the figure by what was announced.
import { writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { axe } from "./support/accessibility";
import { shownByOffice, shownNumber } from "./support/office";
import { eventually } from "./support/processes";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

const AGENT = "agent@demo.example";
const YEAR = new Date().getFullYear();
const FILE = "marches-a-la-main.json";
/** A solidarity enterprise of the demonstration, and one that is none. */
const [SOLIDARITY, OTHER] = ["91000006600019", "91000004100011"];

const contract = (id: string, holder: string, amount: number, more: object = {}) => ({
  id,
  acheteur: { id: "20005480700017" },
  objet: `Essai ${id}`,
  dateNotification: `${YEAR}-01-01`,
  montant: amount,
  titulaires: [{ titulaire: { typeIdentifiant: "SIRET", id: holder } }],
  ...more,
});

/** Euros as the page writes them. */
const euros = (text: string) => Number(text.replace(/[^0-9,-]/g, "").replace(",", "."));

/** Numerator and denominator of the solidarity purchases. */
async function solidarity(page: Page): Promise<{ rate: string; part: number; whole: number }> {
  await page.goto("/instruction/indicateurs");
  const row = page.getByRole("row", { name: /^Achats auprès d’entreprises solidaires/ });
  const [rate = "", part = "", whole = ""] = await row.getByRole("cell").allInnerTexts();
  return { rate, part: euros(part), whole: euros(whole) };
}

test("[FIGURES] imported by hand, read, followed to the decision, taken away, moved as announced", async ({
  page,
  portal,
  javaScriptEnabled: scripts = true,
}, info) => {
  test.setTimeout(300_000);
  const main = page.getByRole("main");
  const accessible = async () => {
    if (scripts) expect.soft(await axe(page), page.url()).toEqual([]);
  };
  await signIn(page, portal, AGENT);
  const before = await solidarity(page);

  await test.step("imports a file by hand", async () => {
    await page.getByRole("link", { name: "Imports" }).click();
    await page.getByRole("button", { name: "Importer" }).click();
    await expect(main).toContainText("Choisissez un fichier");
    const nameless = contract("", SOLIDARITY, 1);
    const records = [contract("T-1", SOLIDARITY, 100_000), contract("T-2", OTHER, 50_000.5), nameless];
    const buffer = Buffer.from(JSON.stringify({ marches: { marche: records } }));
    await page.getByLabel("Fichier de données essentielles").setInputFiles({ name: FILE, mimeType: "application/json", buffer });
    await page.getByRole("button", { name: "Importer" }).click();
    await expect(main).toContainText("Fichier reçu");
    await accessible();
    const row = page.getByRole("row", { name: new RegExp(`^${FILE}`) });
    await eventually("the end of the import", async () => {
      // With scripts the page follows by itself.
      if (!scripts) await page.reload();
      return (await row.filter({ hasText: "Terminé" }).count()) === 1 ? true : undefined;
    });
    await expect(row.getByRole("cell").nth(3), "kept").toHaveText("2");
    await row.getByRole("link").click();
    await expect(main).toContainText("Numéro de marché absent");
    await accessible();
  });

  await test.step("the figures have moved by what the file holds", async () => {
    const now = await solidarity(page);
    expect(now.part).toBe(before.part + 100_000);
    expect(now.whole).toBeCloseTo(before.whole + 150_000.5, -1);
    await accessible();
  });

  await test.step("takes a list away, and LibreOffice shows the same", async () => {
    await main.getByRole("link", { name: /^Tous les montants/ }).click();
    const listed = await main.getByRole("row").count();
    const files: string[][][] = [];
    for (const format of ["CSV", "XLSX"]) {
      const coming = page.waitForEvent("download");
      await main.getByRole("link", { name: new RegExp(`^${format}`) }).click();
      const file = info.outputPath((await coming).suggestedFilename());
      await (await coming).saveAs(file);
      files.push(await shownByOffice(file));
    }
    const [csv = [], xlsx = []] = files;
    expect(csv.length, "the heading and each line of the page").toBe(listed);
    const texts = (rows: string[][]) => rows.map((row) => row.map((cell) => cell.replace(/\s/g, " ").trim()));
    const amounts = (rows: string[][]) => {
      const at = rows[0]?.findIndex((heading) => /^Montant/.test(heading)) ?? -1;
      return rows.slice(1).map((row) => shownNumber(row[at] ?? "")).sort((a, b) => a - b);
    };
    expect(texts(xlsx).map((row) => row[0])).toEqual(texts(csv).map((row) => row[0]));
    expect(amounts(xlsx)).toEqual(amounts(csv));
    expect(amounts(csv)).toContain(50_000.5);
    await writeFile(info.outputPath("shown.json"), JSON.stringify(files));
  });

  let announced = "";
  await test.step("validates the file that is said to move the figure", async () => {
    await page.goto("/instruction/indicateurs/leviers");
    await accessible();
    const boxes = main.getByRole("checkbox");
    for (let at = 0; at < (await boxes.count()); at++) await boxes.nth(at).setChecked(at === 0);
    await main.getByRole("button", { name: /^Recalculer/ }).click();
    const words = (await main.getByText(/le taux passe de/).innerText()).replace(/\s/g, " ");
    announced = /passe de [\d,]+ % à ([\d,]+ %)/.exec(words)?.[1] ?? "";
    expect(announced, words).not.toBe("");
    await main.getByRole("link", { name: /^Examiner/ }).first().click();
    const begin = page.getByRole("button", { name: "Commencer l’examen" });
    if (await begin.isVisible()) await begin.click();
    const save = page.getByRole("button", { name: /^Enregistrer le verdict/ });
    while ((await save.count()) > 0) {
      const open = main.getByRole("region").filter({ has: save }).first();
      await open.getByLabel("Accepter", { exact: true }).check();
      await open.getByRole("button", { name: /^Enregistrer le verdict/ }).first().click();
      await expect(main.getByText("Verdict enregistré.")).toBeVisible();
    }
    await page.getByRole("link", { name: /Relire et signer|Signer la décision/ }).first().click();
    await main.getByLabel("Prénom et nom").fill("Dominique Roux");
    await main.getByLabel(/^Qualité/).fill("Acheteur");
    await main.getByRole("button", { name: /^Signer/ }).click();
    await expect(page).toHaveURL(/fait=signature/);
  });

  await test.step("the figure becomes what was announced", async () => {
    await eventually("the figure to move", async () => {
      const now = await solidarity(page);
      return now.rate.replace(/\s/g, " ") === announced ? true : undefined;
    });
  });

  await test.step("follows it to the evidence and the decision, in four clicks", async () => {
    await main.getByRole("link", { name: /^Marchés qui comptent.*solidaires/ }).click();
    await main.getByRole("row", { name: /DÉMO ADAPTÉE SERVICES|910 000 082/ }).getByRole("link").first().click();
    await accessible();
    await main.getByRole("link", { name: /^Voir l’affirmation, la preuve et la décision/ }).first().click();
    await expect(page).toHaveURL(/\/qualifications\//);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Entreprise adaptée (EA)");
    await expect(main, "the evidence").toContainText("CPOM PACA");
    await accessible();
    await main.getByRole("link", { name: "Voir la déclaration qui l’a établie" }).click();
    await expect(main, "the decision").toContainText("Dominique Roux");
  });
});
