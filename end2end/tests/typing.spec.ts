// [TYPING] Nothing typed is ever lost: offline and back, two tabs, a session that ends, a page that is reloaded or left.
import { type Locator, type Page, expect } from "@playwright/test";
import { axe } from "./support/accessibility";
import { codeIn, linkIn } from "./support/mailbox";
import type { Portal } from "./support/portal";
import { signIn } from "./support/sign-in";
import { test } from "./support/test";

const CONTACT = "Prénom et nom de la personne à contacter";
const ROLE = "Fonction";
const SAVED = /^Enregistré à \d{1,2}\sh\s\d\d, non transmis\.$/;
const OFFLINE = "Pas enregistré : hors ligne. Vos réponses sont gardées dans cet onglet et seront envoyées dès le retour du réseau.";

const state = (page: Page): Locator => page.locator("#typing");
const contact = (page: Page): Locator => page.getByLabel(CONTACT);
const role = (page: Page): Locator => page.getByLabel(ROLE, { exact: true });
/** The words shown, but for those of a save under way. */
const says = (page: Page, words: string | RegExp) => expect(state(page).locator('[data-says]:not([hidden]):not([data-says="saving"])')).toHaveText(words);
/** The answer to the next difference. */
const answered = (page: Page) => page.waitForResponse((response) => response.url().endsWith("/saisie"));

/** What the tab keeps of answers. */
const kept = (page: Page) => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("saisie:")));

/** The first step of a declaration of somebody new, with its script awake. */
async function open(page: Page, portal: Portal, email: string, siren: string): Promise<string> {
  await signIn(page, portal, email);
  await page.goto(`/espace/recherche?q=${siren}`);
  await page.getByRole("button", { name: /^Déclarer/ }).click();
  await expect(page).toHaveURL(/\/declarations\/[0-9a-f-]{36}/);
  const step = `${/\/declarations\/[0-9a-f-]{36}/.exec(page.url())?.[0]}/entreprise`;
  await visit(page, step);
  return step;
}

async function visit(page: Page, step: string): Promise<void> {
  await page.goto(step);
  await expect(state(page)).toBeVisible();
}

test("[TYPING-SAVED] what is typed is saved after a pause, and the button goes on without a conflict", async ({ page, portal }) => {
  const step = await open(page, portal, "lea@typing.example", "910000058");
  await says(page, "Vos réponses s’enregistrent pendant que vous les saisissez.");
  const saved = answered(page);
  await contact(page).pressSequentially("Léa Blanc", { delay: 20 });
  expect((await saved).status()).toBe(200);
  await says(page, SAVED);
  expect(await kept(page), "acknowledged, so forgotten here").toEqual([]);
  await role(page).fill("Gérante");
  // At once, while the last difference may be on its way.
  await page.getByRole("button", { name: "Enregistrer le brouillon" }).click();
  await expect(page).toHaveURL(/\?enregistre/);
  await expect(contact(page)).toHaveValue("Léa Blanc");
  await expect(role(page)).toHaveValue("Gérante");
  // The way of a person in a hurry: type, go on, come back.
  await role(page).fill("Directrice");
  await page.getByRole("button", { name: "Enregistrer et continuer" }).and(page.locator(":not([aria-hidden])")).click();
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Deux versions de cette étape");
  await visit(page, step);
  await expect(role(page)).toHaveValue("Directrice");
  expect(await kept(page)).toEqual([]);
  expect.soft(await axe(page), "in this state").toEqual([]);
});

test("[TYPING-OFFLINE] ten minutes offline and back: everything typed meanwhile arrives", async ({ page, portal, context, watch }) => {
  watch.expect(/ERR_INTERNET_DISCONNECTED/);
  await page.clock.install();
  const step = await open(page, portal, "noe@typing.example", "910000025");
  await contact(page).fill("Noé");
  await says(page, SAVED);
  await context.setOffline(true);
  await contact(page).fill("Noé Petit");
  await says(page, OFFLINE);
  await page.clock.fastForward("10:00");
  await role(page).fill("Gérant & associé, 100 % « é »");
  await page.clock.fastForward("00:02");
  await says(page, OFFLINE);
  expect(await kept(page)).toEqual([`saisie:${step}/saisie`]);
  // The button does not lead to an error page of the browser.
  await page.getByRole("button", { name: "Enregistrer le brouillon" }).click();
  await says(page, OFFLINE);
  await expect(contact(page)).toHaveValue("Noé Petit");
  expect.soft(await axe(page), "offline").toEqual([]);
  await context.setOffline(false);
  await says(page, SAVED);
  expect(await kept(page)).toEqual([]);
  await visit(page, step);
  await expect(contact(page)).toHaveValue("Noé Petit");
  await expect(role(page)).toHaveValue("Gérant & associé, 100 % « é »");
});

test("[TYPING-RELOAD] what could not be sent is put back when the page is opened again in the tab", async ({ page, portal, watch }) => {
  watch.expect(/ERR_FAILED|ERR_CONNECTION|Failed to load resource/);
  const step = await open(page, portal, "ana@typing.example", "910000033");
  await page.route("**/saisie", (route) => route.abort());
  await contact(page).fill("Ana");
  await says(page, /^Pas enregistré/);
  await page.reload();
  await expect(contact(page)).toHaveValue("Ana");
  await page.unroute("**/saisie");
  await says(page, SAVED);
  expect(await kept(page)).toEqual([]);
  await visit(page, step);
  await expect(contact(page)).toHaveValue("Ana");
  // Typed, then gone at once by a link: it is sent on the way.
  await role(page).fill("Gérante");
  await page.getByRole("link", { name: /^Déclaration/ }).first().click();
  await expect(page).toHaveURL(/\/declarations\/[0-9a-f-]{36}$/);
  await visit(page, step);
  await expect(role(page)).toHaveValue("Gérante");
});

test("[TYPING-TABS] two tabs: what does not collide joins, what collides is shown answer by answer", async ({ page, portal, watch, context }) => {
  watch.expect(/status of 409/);
  const step = await open(page, portal, "tom@typing.example", "910000017");
  const other = await context.newPage();
  await visit(other, step);
  await contact(page).fill("Tom");
  await says(page, SAVED);
  // Another answer joins, and this tab learns what the first one saved.
  await role(other).fill("Gérant");
  await says(other, SAVED);
  await expect(contact(other)).toHaveValue("Tom");
  // The same answer: nothing is written over.
  await role(page).fill("Directeur");
  await says(page, /Cette étape a été modifiée ailleurs en même temps\. Rien n’est perdu/);
  expect.soft(await axe(page), "with two versions").toEqual([]);
  await page.getByRole("link", { name: "Choisir entre les deux versions" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Deux versions de cette étape");
  const versions = page.getByRole("group", { name: ROLE });
  await expect(versions.getByLabel(/Votre réponse/)).toBeChecked();
  await expect(versions).toContainText("Directeur");
  await expect(versions).toContainText("Gérant");
  await expect(page.getByRole("group", { name: CONTACT })).toHaveCount(0);
  await page.getByRole("button", { name: "Enregistrer ce choix" }).click();
  await expect(role(page)).toHaveValue("Directeur");
  await expect(contact(page)).toHaveValue("Tom");
  expect(await kept(page)).toEqual([]);
});

test("[TYPING-SESSION] the session ends: a panel beside what is typed takes the code of a mail, and everything goes", async ({ page, portal, context, watch }) => {
  watch.expect(/401 \(Unauthorized\)|422 \(Unprocessable/);
  const step = await open(page, portal, "zoe@typing.example", "910000041");
  await contact(page).fill("Zoé");
  await says(page, SAVED);
  await context.clearCookies({ name: /session$/ });
  await role(page).fill("Gérante");
  await says(page, /votre session est terminée\. Vos réponses sont gardées dans cet onglet/);
  expect.soft(await axe(page), "signed out").toEqual([]);
  const opener = page.getByRole("button", { name: "Me reconnecter ici" });
  await opener.press("Enter");
  const panel = page.getByRole("dialog", { name: "Me reconnecter" });
  await expect(panel).toBeVisible();
  // Closed by the keyboard, one is back where one was.
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(opener).toBeFocused();
  await opener.press("Enter");
  const before = portal.mailbox.mails.length;
  await panel.getByRole("button", { name: "Recevoir un code à zoe@typing.example" }).click();
  const field = panel.getByLabel("Code à 8 chiffres");
  await expect(field).toBeFocused();
  const mail = await portal.mailbox.next("zoe@typing.example", /connexion/i, before);
  const code = codeIn(mail);
  await field.fill(code === "00000000" ? "00000001" : "00000000");
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("alert")).toContainText("Ce code n’est pas le bon");
  // Over a dialog, axe cannot tell the ground of a text from the page behind: its colours are those of every surface, and were
  // looked at, light and dark.
  expect.soft(await axe(page, { reviewed: [/^doubt color-contrast: /] }), "wrong code").toEqual([]);
  await field.fill(code);
  await page.keyboard.press("Enter");
  await expect(panel).toBeHidden();
  await expect(role(page), "back at the answer that was not saved").toBeFocused();
  await says(page, SAVED);
  expect(await kept(page)).toEqual([]);
  await visit(page, step);
  await expect(contact(page)).toHaveValue("Zoé");
  await expect(role(page)).toHaveValue("Gérante");
});

test("[TYPING-SESSION-2] the link of the mail, opened in another tab, closes the panel of the first", async ({ page, portal, context, watch }) => {
  watch.expect(/401 \(Unauthorized\)|ERR_FAILED|Failed to load resource/);
  const step = await open(page, portal, "max@typing.example", "910000082");
  await context.clearCookies({ name: /session$/ });
  await contact(page).fill("Max Roux");
  await says(page, /votre session est terminée/);
  await page.getByRole("button", { name: "Me reconnecter ici" }).click();
  const panel = page.getByRole("dialog", { name: "Me reconnecter" });
  const ask = panel.getByRole("button", { name: /^Recevoir un code/ });
  await page.route("**/connexion", (route) => route.abort());
  await ask.click();
  await expect(panel.getByRole("alert")).toHaveText(/Le service n’a pas répondu, ou/);
  await page.unroute("**/connexion");
  const before = portal.mailbox.mails.length;
  await ask.click();
  await expect(panel.locator("[data-problem]")).toHaveText("");
  const mail = await portal.mailbox.next("max@typing.example", /connexion/i, before);
  const tab = await context.newPage();
  await tab.goto(linkIn(mail, /\/connexion\/lien\//));
  await tab.getByRole("main").getByRole("button", { name: "Se connecter" }).click();
  await expect(tab.getByText("Revenez à l’onglet où vous saisissiez")).toBeVisible();
  // As a browser does when the tab comes to the front; without a screen it does not.
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await says(page, SAVED);
  await expect(panel).toBeHidden();
  await visit(page, step);
  await expect(contact(page)).toHaveValue("Max Roux");
});

test("[TYPING-OUT] signing out leaves nothing of what was typed in the browser", async ({ page, portal, watch }) => {
  watch.expect(/ERR_FAILED|Failed to load resource/);
  await open(page, portal, "ian@typing.example", "910000066");
  await page.route("**/saisie", (route) => route.abort());
  await contact(page).fill("Ian");
  await says(page, /^Pas enregistré/);
  expect(await kept(page)).toHaveLength(1);
  await page.getByRole("button", { name: /déconne/i }).first().click();
  await expect(page).toHaveURL(/\/$/);
  expect(await kept(page)).toEqual([]);
});

test("[TYPING-LINES] lines, boxes and hidden questions are saved while they are typed", async ({ page, portal }) => {
  const company = await open(page, portal, "eva@typing.example", "910000074");
  await visit(page, company.replace("entreprise", "insertion"));
  await page.getByRole("group", { name: /^Prenez-vous des engagements/ }).getByLabel("Oui", { exact: true }).check();
  const first = page.getByRole("group", { name: "Engagement 1", exact: true });
  await first.getByLabel("Formation ou tutorat").check();
  const publics = first.getByRole("group", { name: /^Publics concernés/ });
  const [one, two] = [publics.getByRole("checkbox").nth(0), publics.getByRole("checkbox").nth(1)];
  await one.check();
  await two.check();
  await says(page, SAVED);
  // An empty list is an answer too.
  await one.uncheck();
  const saved = answered(page);
  await two.uncheck();
  expect((await saved).status()).toBe(200);
  await says(page, SAVED);
  await page.reload();
  await expect(first.getByLabel("Formation ou tutorat")).toBeChecked();
  await expect(one).not.toBeChecked();
  await expect(two).not.toBeChecked();
});
