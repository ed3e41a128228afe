// Signing in as people do: the address, then the link of the mail and its button, or its code.
import { type Page, expect } from "@playwright/test";
import { type Mail, codeIn, linkIn } from "./mailbox";
import type { Portal } from "./portal";

const SUBJECT = /connexion/i;

/** Asks for a link and returns the mail that the SMTP server received for this request. */
export async function askForLink(page: Page, portal: Portal, email: string): Promise<Mail> {
  const before = portal.mailbox.mails.length;
  await page.goto("/connexion");
  await page.getByLabel("Adresse électronique").fill(email);
  await page.getByRole("button", { name: "Recevoir le lien de connexion" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Consultez votre messagerie");
  return portal.mailbox.next(email, SUBJECT, before);
}

/** Signs in with the link. */
export async function signIn(page: Page, portal: Portal, email: string): Promise<void> {
  const mail = await askForLink(page, portal, email);
  await page.goto(linkIn(mail, /\/connexion\/lien\//));
  await page.getByRole("main").getByRole("button", { name: "Se connecter" }).click();
  await expect(page).not.toHaveURL(/\/connexion/);
}

/** Signs in with the code. */
export async function signInWithCode(page: Page, portal: Portal, email: string): Promise<void> {
  const mail = await askForLink(page, portal, email);
  await page.getByLabel("Code à 8 chiffres").fill(codeIn(mail));
  await page.getByRole("main").getByRole("button", { name: "Se connecter" }).click();
  await expect(page).not.toHaveURL(/\/connexion/);
}
