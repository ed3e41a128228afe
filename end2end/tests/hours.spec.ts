// [HOURS] The hours of a commitment: the company states a quarter, the buyer sends it back, the company corrects it, the buyer
// accepts it, and each is told by mail.
import { axe } from "./support/accessibility";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

const COMPANY = "scop@demo.example";
const AGENT = "agent@demo.example";

test("[HOURS] stated, sent back, corrected, accepted, told by mail", async ({ page, visitor, portal, watch, javaScriptEnabled: scripts = true }) => {
  test.setTimeout(300_000);
  watch.expect(/status of 422/);
  const agent = await visitor();
  const main = page.getByRole("main");
  const desk = agent.getByRole("main");
  const accessible = async (where = page) => {
    if (scripts) expect.soft(await axe(where), where.url()).toEqual([]);
  };
  await signIn(page, portal, COMPANY);
  await signIn(agent, portal, AGENT);
  const statements = main.getByRole("table", { name: "Relevés trimestriels" }).getByRole("row");
  const before = portal.mailbox.mails.length;

  await test.step("the company states a quarter; what was typed survives a mistake", async () => {
    await page.goto("/espace");
    await main.getByText("Heures d’insertion à déclarer").waitFor();
    await main.getByRole("link", { name: /^Engagement d’insertion/ }).first().click();
    const listed = await statements.count();
    await main.getByLabel(/^Heures réalisées pendant/).fill("douze");
    await main.getByLabel(/^Justificatifs/).fill("États d’heures signés");
    await main.getByRole("button", { name: "Déclarer ces heures" }).click();
    await expect(page.getByRole("region", { name: /^Erreur/ })).toBeFocused();
    await expect(main.getByLabel(/^Heures réalisées pendant/)).toHaveValue("douze");
    await expect(main.getByLabel(/^Justificatifs/)).toHaveValue("États d’heures signés");
    await accessible();
    await main.getByLabel(/^Heures réalisées pendant/).fill("151,67");
    await main.getByRole("button", { name: "Déclarer ces heures" }).click();
    await expect(main).toContainText("Vos heures sont enregistrées");
    await expect(statements).toHaveCount(listed + 1);
    await accessible();
  });

  await test.step("the agent is told, and sends it back with a reason", async () => {
    // Alone, or among other news of the same minute in one mail.
    const told = () =>
      portal.mailbox.mails
        .slice(before)
        .some(({ to, subject, text }) => to.includes(AGENT) && /heures d’insertion à vérifier/i.test(`${subject} ${text}`));
    await expect.poll(told, { timeout: 60_000 }).toBe(true);
    await agent.goto("/instruction");
    await agent.getByRole("link", { name: "Engagements" }).click();
    await desk.getByRole("link", { name: /^Heures à vérifier/ }).click();
    await accessible(agent);
    await desk.getByRole("row", { name: /SCOP/ }).getByRole("link").click();
    const form = desk.locator("form", { hasText: /151,67/ });
    await form.getByRole("button", { name: /^Renvoyer le relevé/ }).click();
    await expect(agent.getByRole("region", { name: /^Erreur/ })).toBeFocused();
    await accessible(agent);
    await form.getByLabel(/^Motif du renvoi/).fill("Il manque l’attestation du facilitateur.");
    await form.getByRole("button", { name: /^Renvoyer le relevé/ }).click();
    await expect(desk).toContainText("Relevé renvoyé à l’entreprise");
  });

  await test.step("the company is told, and states the quarter again", async () => {
    const mail = await portal.mailbox.next(COMPANY, /Relevé d’heures à corriger/, before);
    expect(mail.text).toContain("attestation du facilitateur");
    await page.reload();
    await expect(main).toContainText("Il manque l’attestation du facilitateur.");
    await main.getByLabel(/^Heures réalisées pendant/).fill("140");
    await main.getByRole("button", { name: "Déclarer ces heures" }).click();
    await expect(main).toContainText("Vos heures sont enregistrées");
  });

  await test.step("the agent accepts, and the hours count", async () => {
    await agent.reload();
    await desk.locator("form", { hasText: /140/ }).getByRole("button", { name: /^Accepter ces heures/ }).click();
    await expect(desk).toContainText("Heures acceptées");
    const mail = await portal.mailbox.next(COMPANY, /Heures d’insertion vérifiées/, before);
    expect(mail.text).toMatch(/140\sh/);
    await page.reload();
    // 310 of the demonstration, and these.
    await expect(main).toContainText(/450\sh/);
    await accessible();
  });

  await test.step("the figures of the year count them, down to the decision", async () => {
    // The contract of the commitment was notified last year.
    const year = new Date().getFullYear() - 1;
    const realised = desk.getByRole("row", { name: /^Heures d’insertion réalisées/ });
    await expect(async () => {
      await agent.goto(`/instruction/indicateurs?annee=${year}`);
      await expect(realised).toContainText(/450\sh/, { timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
    await realised.getByRole("link").click();
    await expect(desk.getByRole("heading", { level: 1 })).toHaveText(`Heures d’insertion de ${year}`);
    await expect(desk).toContainText(/900\sh promises, 450\sh vérifiées/);
    await accessible(agent);
    await desk.getByRole("row", { name: /SCOP/ }).getByRole("link").click();
    await expect(agent).toHaveURL(/\/qualifications\/[0-9a-f-]{36}#heures$/);
  });
});
