// A third party prepares alone and tells the company: from its workspace to the mail, and from the mail to the decision.
import { axe } from "./support/accessibility";
import { linkIn } from "./support/mailbox";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

const SIRET = "91000004100012";
const FIRM = "Cabinet Exemple et associés";

test("[PEOPLE-3] a third party tells the company, which opens its workspace and confirms the mandate", async ({ page, portal, visitor, watch, javaScriptEnabled: scripts = true }) => {
  test.setTimeout(240_000);
  watch.expect(/status of 4(04|09|22)/);
  const [firm, boss] = ["max@cabinet-exemple.example", "direction@entreprise-demo.example"];
  const accessible = async (one: typeof page) => {
    // Examined with scripts only: Playwright's way of switching them off cannot be lifted for axe.
    if (scripts) expect.soft(await axe(one), one.url()).toEqual([]);
  };
  const main = page.getByRole("main");
  await signIn(page, portal, firm);
  await page.goto("/espace");
  await main.getByRole("link", { name: "Préparer pour une entreprise qui vous mandate" }).click();
  await main.getByLabel("SIRET ou SIREN de l’entreprise").fill(SIRET);
  await main.getByLabel("Votre cabinet ou réseau").fill(FIRM);
  await main.getByRole("button", { name: "Commencer à préparer" }).click();
  await expect(page).toHaveURL(/\/declarations\/[0-9a-f-]{36}/);
  const declaration = /\/declarations\/[0-9a-f-]{36}/.exec(page.url())?.[0] ?? "";

  await page.goto("/espace");
  await expect(main).toContainText("Mandat à confirmer par l’entreprise");
  await main.getByRole("link", { name: "Prévenir l’entreprise" }).click();
  const telling = main.getByRole("region", { name: "Prévenir l’entreprise" });
  const email = telling.locator("[name=email]");
  const words = telling.locator("[name=message]");
  const send = telling.getByRole("button", { name: "Prévenir l’entreprise" });
  await accessible(page);

  await test.step("an address that is none is told at its field, and the words stay", async () => {
    for (const wrong of ["", "direction@"]) {
      await email.fill(wrong);
      await words.fill("La déclaration est presque prête.");
      await send.click();
      await expect(page.getByRole("region", { name: /^Erreur/ })).toBeFocused();
      await expect(email).toHaveValue(wrong);
      await expect(email).toHaveAttribute("aria-invalid", "true");
      await expect(words).toHaveValue("La déclaration est presque prête.");
    }
    await accessible(page);
    expect(portal.mailbox.mails.some((mail) => mail.to.includes(boss))).toBe(false);
  });

  const before = portal.mailbox.mails.length;
  await email.fill(boss);
  await send.click();
  await expect(telling.getByRole("listitem")).toContainText(boss);
  const mail = await portal.mailbox.next(boss, /prépare/, before);
  expect(mail.text).toContain(FIRM);
  expect(mail.text).toContain("La déclaration est presque prête.");
  await accessible(page);

  await test.step("asked again within the hour, no second mail goes, and it is told", async () => {
    await telling.getByRole("button", { name: /^Envoyer de nouveau/ }).click();
    await expect(page.locator("#errors")).toContainText("il y a moins d’une heure");
    await accessible(page);
  });

  const other = await visitor();
  const there = other.getByRole("main");
  await test.step("the mail leads the company to its workspace, where the draft is", async () => {
    await other.goto(linkIn(mail, /\/invitations\//));
    await expect(other).toHaveURL(/\/connexion/);
    const asked = portal.mailbox.mails.length;
    await other.getByLabel("Adresse électronique").fill(boss);
    await other.getByRole("button", { name: "Recevoir le lien de connexion" }).click();
    const entry = await portal.mailbox.next(boss, /connexion/i, asked);
    await other.goto(linkIn(entry, /\/connexion\/lien\//));
    await there.getByRole("button", { name: "Se connecter" }).click();
    await expect(there).toContainText(FIRM);
    await expect(there).toContainText("La déclaration est presque prête.");
    await accessible(other);
    await there.getByRole("button", { name: "Ouvrir l’espace de l’entreprise" }).click();
    await expect(there).toContainText("Vous êtes rattaché à l’entreprise");
    await there.getByRole("link", { name: /^Reprendre/ }).click();
    await expect(other).toHaveURL(new RegExp(declaration));
  });

  await test.step("until it is confirmed, the third party sees nothing of what it prepared", async () => {
    expect((await page.goto(declaration))?.status()).toBe(404);
  });

  await test.step("the company decides, and the third party goes on", async () => {
    await other.goto("/espace");
    await there.getByRole("link", { name: /^Personnes et rôles/ }).click();
    await expect(there).toContainText(FIRM);
    await accessible(other);
    const decided = portal.mailbox.mails.length;
    await there.getByRole("button", { name: /^Accepter/ }).click();
    await expect(there).toContainText("Demande acceptée");
    await portal.mailbox.next(firm, /est accepté/, decided);
    expect((await page.goto(declaration))?.status()).toBe(200);
    // It is of the company now, and tells nobody any more.
    await page.goto(`/espace/personnes/${SIRET.slice(0, 9)}`);
    await expect(main.getByRole("heading", { level: 3, name: boss })).toBeVisible();
    await expect(page.locator("form[action='/fn/invite-person']")).toHaveCount(0);
  });
});

test("[PEOPLE-4] a second third party asks, and the company opens what is prepared", async ({ page, portal, visitor, javaScriptEnabled: scripts = true }) => {
  test.setTimeout(180_000);
  const siret = "91000009000019";
  const main = page.getByRole("main");
  const prepare = async (one: typeof page, firm: string) => {
    await one.goto("/espace/mandat");
    const there = one.getByRole("main");
    await there.getByLabel("SIRET ou SIREN de l’entreprise").fill(siret);
    await there.getByLabel("Votre cabinet ou réseau").fill(firm);
    await there.getByRole("button", { name: "Commencer à préparer" }).click();
  };
  await signIn(page, portal, "une@reseau-un.example");
  await prepare(page, "Réseau Un");
  await expect(page).toHaveURL(/\/declarations\/[0-9a-f-]{36}/);

  const other = await visitor();
  const there = other.getByRole("main");
  await signIn(other, portal, "deux@reseau-deux.example");
  await prepare(other, "Réseau Deux");
  await expect(other.getByRole("heading", { level: 1 })).toHaveText(/^Rejoindre/);
  await expect(there).toContainText("Un autre mandataire prépare déjà");
  await expect(there).not.toContainText("Réseau Un");
  // Nothing is asked twice.
  await expect(there.getByLabel("Votre cabinet ou réseau")).toHaveValue("Réseau Deux");
  await expect(there.getByRole("radio")).toHaveCount(1);
  await expect(there.getByRole("radio")).toBeChecked();
  if (scripts) expect.soft(await axe(other), other.url()).toEqual([]);
  await there.getByRole("button", { name: "Demander à rejoindre" }).click();
  await expect(there).toContainText("Demande en attente");

  const boss = await visitor();
  await signIn(boss, portal, "gerance@entreprise-une.example");
  await boss.goto(`/espace/rattachement/${siret.slice(0, 9)}`);
  await boss.getByRole("button", { name: /^Je suis de l’entreprise/ }).click();
  await expect(boss).toHaveURL(/\/declarations\/[0-9a-f-]{36}/);
  // Both third parties wait for its word, and the first one sees nothing any more.
  await boss.goto(`/espace/personnes/${siret.slice(0, 9)}`);
  await expect(boss.getByRole("main")).toContainText("Réseau Un");
  await expect(boss.getByRole("main")).toContainText("Réseau Deux");
  await page.goto("/espace");
  await expect(main).toContainText("Demande de rattachement en attente");
});
