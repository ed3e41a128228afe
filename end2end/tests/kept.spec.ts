// [KEPT] What is not saved while one types: forms that only buttons save, and files that are cut on their way.
import { type Page, expect } from "@playwright/test";
import type { Portal } from "./support/portal";
import { signIn } from "./support/sign-in";
import { test } from "./support/test";

const GARDENS = "910000017";

/** The page of what registers know of somebody new. */
async function open(page: Page, portal: Portal, email: string): Promise<string> {
  await signIn(page, portal, email);
  await page.goto(`/espace/recherche?q=${GARDENS}`);
  await page.getByRole("button", { name: /^Déclarer/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ce que nous savons déjà de vous");
  return page.url();
}

/** The browser asks whether to leave; the person stays. */
async function staysWhenAsked(page: Page): Promise<void> {
  const asked = page.waitForEvent("dialog");
  await page.evaluate(() => setTimeout(() => location.assign("/espace"), 0));
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
}

test("[KEPT-FORM] the page of what registers know keeps what was typed: offline, left, opened again", async ({ page, portal, context, watch }) => {
  watch.expect(/ERR_INTERNET_DISCONNECTED/);
  const address = await open(page, portal, "lea@jardins-demo.example.fr");
  const name = page.getByLabel("Prénom et nom de la personne à contacter");
  const role = page.getByLabel("Fonction", { exact: true });
  const note = page.locator("#kept");
  // Its script is awake once it keeps something.
  await expect(async () => {
    await role.fill("");
    await role.fill("Présidente");
    expect(await page.evaluate(() => Object.keys(sessionStorage).length)).toBe(1);
  }).toPass();
  await name.fill("Léa Blanc");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Enregistrer le brouillon" }).click();
  await expect(note).toContainText("Pas envoyé : hors ligne.");
  await expect(name).toHaveValue("Léa Blanc");
  await context.setOffline(false);
  await staysWhenAsked(page);
  // Left all the same: it is there again, and arrives.
  page.once("dialog", (dialog) => void dialog.accept());
  await page.goto("/aide");
  await page.goto(address);
  await expect(note).toContainText("est remis en place");
  await expect(name).toHaveValue("Léa Blanc");
  await expect(role).toHaveValue("Présidente");
  await page.getByRole("button", { name: "Enregistrer le brouillon" }).click();
  await expect(page).toHaveURL(/fait=enregistre/);
  await expect(name).toHaveValue("Léa Blanc");
  await expect(note).toBeHidden();
  // Saved: nothing is asked, and nothing stays in the tab.
  await page.goto("/aide");
  await page.goto(address);
  await expect(role).toHaveValue("Présidente");
  await expect(note).toBeHidden();
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
});

test("[KEPT-UPLOAD] a file that is cut on its way goes on where it was, beside another", async ({ page, portal, watch }) => {
  watch.expect(/ERR_FAILED|Failed to load resource/);
  await open(page, portal, "noe@jardins-demo.example.fr");
  await page.getByRole("link", { name: /^Ce n’est pas exact.*Adresse/ }).click();
  await page.getByLabel("Ce qui est vrai aujourd’hui").fill("3 quai Neuf, 13002 Marseille");
  await page.getByLabel("Pourquoi le registre se trompe").fill("Déménagement");
  await page.getByRole("button", { name: "Enregistrer et ajouter une pièce" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ajouter une pièce");

  // Noise does not compress: a picture of several pieces.
  const noise = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1200, height: 1000 });
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no canvas");
    const image = context.createImageData(1200, 1000);
    for (let from = 0; from < image.data.length; from += 65_536) {
      crypto.getRandomValues(image.data.subarray(from, Math.min(from + 65_536, image.data.length)));
    }
    for (let alpha = 3; alpha < image.data.length; alpha += 4) image.data[alpha] = 255;
    context.putImageData(image, 0, 0);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
    const bytes = new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  });
  const scan = Buffer.from(noise, "base64");
  expect(scan.length, "of more than one piece").toBeGreaterThan(2_500_000);
  const pieces: string[] = [];
  page.on("request", (request) => {
    const from = new URL(request.url()).searchParams.get("debut");
    if (from) pieces.push(from);
  });
  await page.route(
    (url) => url.searchParams.get("debut") === "2000000",
    (route) => route.abort(),
  );
  await page.getByLabel("Fichier").setInputFiles([
    { name: "bail.png", mimeType: "image/png", buffer: scan },
    { name: "plan.png", mimeType: "image/png", buffer: await page.screenshot() },
  ]);
  await page.getByRole("button", { name: "Envoyer" }).click();
  const again = page.getByRole("button", { name: "Reprendre l’envoi" });
  await expect(again).toBeFocused();
  await expect(page.locator("#documents-sending")).toContainText("L’envoi s’est interrompu.");
  await staysWhenAsked(page);
  await page.unrouteAll();
  await again.press("Enter");
  await expect(page).toHaveURL(/fait=ajoutee/);
  await expect(page.getByRole("main")).toContainText("bail.png");
  await expect(page.getByRole("main")).toContainText("plan.png");
  expect(pieces.filter((from) => from === "0"), "the beginning of each file went once").toHaveLength(2);
  expect(pieces.filter((from) => from === "2000000"), "cut, then taken").toHaveLength(2);
});
