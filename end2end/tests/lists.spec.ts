// [LISTS] An administrator imports a published list: the columns are checked once, the differences are read before they are made,
// a list that shrinks asks for one more tick, and a version is taken back.
import { axe } from "./support/accessibility";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

const ADMINISTRATOR = "admin@demo.example";
const LIST = "/administration/listes/egapro";

/** A file of indexes; the headings are other ones than those of the demonstration, so that the columns are asked for. */
function file(headings: string, rows: string[]) {
  return { name: "index.csv", mimeType: "text/csv", buffer: Buffer.from([headings, ...rows].join("\n") + "\n") };
}

test("[LISTS] columns, differences, confirmation, roll back", async ({ page, portal, watch, javaScriptEnabled: scripts = true }) => {
  test.setTimeout(180_000);
  watch.expect(/status of 422/);
  const main = page.getByRole("main");
  const accessible = async () => {
    if (scripts) expect.soft(await axe(page), page.url()).toEqual([]);
  };
  const headings = `Millésime ${scripts};N° SIREN;Points`;
  const send = async (rows: string[]) => {
    await page.goto(LIST);
    await main.getByLabel("Fichier de la liste").setInputFiles(file(headings, rows));
    await main.getByRole("button", { name: "Envoyer et vérifier" }).click();
  };
  await signIn(page, portal, ADMINISTRATOR);
  await page.goto("/administration/listes");
  await accessible();
  await main.getByRole("link", { name: "Index Egapro publiés" }).click();
  await expect(main).toContainText("En vigueur depuis");
  await accessible();

  await test.step("a file that is no list says what to do", async () => {
    await main.getByRole("button", { name: "Envoyer et vérifier" }).click();
    await expect(page.getByRole("region", { name: /^Erreur/ })).toBeFocused();
    await expect(main).toContainText("Choisissez le fichier de la liste");
    await accessible();
  });

  await test.step("the columns are asked for, and a missing one is said at its field", async () => {
    await send(["2025;910000058;91", "2025;910000041;84", "2025;910000033;77"]);
    await expect(main).toContainText("Colonnes à vérifier");
    await accessible();
    await main.getByLabel(/^SIREN/).selectOption("N° SIREN");
    await main.getByLabel(/^Année/).selectOption(`Millésime ${scripts}`);
    await main.getByLabel(/^Index/).selectOption("");
    await main.getByRole("button", { name: "Lire et comparer" }).click();
    await expect(main.getByLabel(/^Index/)).toHaveAttribute("aria-invalid", "true");
    await expect(main.getByLabel(/^SIREN/)).toHaveValue("N° SIREN");
    await main.getByLabel(/^Index/).selectOption("Points");
    await main.getByRole("button", { name: "Lire et comparer" }).click();
    await expect(main.getByRole("heading", { name: "Ce que ce fichier changerait" })).toBeVisible();
    await accessible();
    await main.getByRole("button", { name: "Mettre en vigueur" }).click();
    await expect(main).toContainText("Nouvelle version en vigueur");
  });

  await test.step("the same headings are read at once; a list that shrinks asks for one more tick", async () => {
    await send(["2025;910000058;91", "2025;910000058;90"]);
    await expect(main).toContainText("La liste rétrécit");
    await expect(main).toContainText("Lignes qui se contredisent");
    await accessible();
    await main.getByRole("button", { name: "Mettre en vigueur" }).click();
    await expect(page.getByRole("region", { name: /^Erreur/ })).toBeFocused();
    await main.getByLabel(/^J’ai vérifié/).check();
    await main.getByRole("button", { name: "Mettre en vigueur" }).click();
    await expect(main).toContainText("Nouvelle version en vigueur");
  });

  await test.step("and is taken back with a reason", async () => {
    await main.getByRole("link", { name: "Revenir à la version précédente" }).click();
    await main.getByRole("button", { name: "Revenir en arrière" }).click();
    await expect(page.getByRole("region", { name: /^Erreur/ })).toBeFocused();
    await accessible();
    await main.getByLabel(/^Motif/).fill("Fichier coupé");
    await main.getByRole("button", { name: "Revenir en arrière" }).click();
    await expect(main).toContainText("Version retirée");
    await expect(main).toContainText("Fichier coupé");
    await accessible();
  });
});
