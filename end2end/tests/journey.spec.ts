// [JOURNEY] The whole job in a real browser: a supplier declares, a buyer decides, mails go out, the buyer database knows.
import type { Page } from "@playwright/test";
import { axe } from "./support/accessibility";
import { type Answer, answerSome, answerStep, choice, list, text, ticks } from "./support/answers";
import { type Mail, linkIn } from "./support/mailbox";
import type { Portal } from "./support/portal";
import { eventually } from "./support/processes";
import { askForLink, signInWithCode } from "./support/sign-in";
import { expect, test } from "./support/test";

const COMPANY = { siren: "910000058", siret: "91000005800016", name: "DÉMO INSERTION PROPRETÉ" };
const SUPPLIER = "direction@insertion-proprete.example";
const REVIEWER = { email: "nadia.benali@acheteur.example", name: "Nadia Benali", quality: "Chargée des achats responsables" };

const YEAR = new Date().getFullYear();
const NEXT = YEAR + 1;

const COMPANY_STEP: Answer[] = [
  text("Prénom et nom de la personne à contacter", "Lucie Morel"),
  text("Fonction", "Directrice"),
  text("Adresse électronique professionnelle", SUPPLIER),
  text("Téléphone professionnel", "04 91 00 00 58"),
];

const SIZE_STEP: Answer[] = [
  choice(/^Souhaitez-vous déclarer votre taille/, "Oui"),
  text(/^Date de clôture du dernier exercice clos/, `31/12/${YEAR - 1}`),
  text(/^Effectif, en unités de travail par an/, "42,5"),
  text(/^Chiffre d’affaires hors taxes/, "3 850 000"),
  text(/^Total du bilan/, "2 100 000,50"),
  choice(/^Appartenez-vous à un groupe/, "Non"),
];

const EI = "Statut ou agrément 1";
const SOLIDARITY_STEP: Answer[] = [
  choice(/^Relevez-vous de l’économie sociale et solidaire/, "Oui"),
  list("Statut ou agrément", "Entreprise d’insertion (EI)", EI),
  text(/^Référence de la pièce/, "EI013170013A0M1", EI),
  list(/^État de la convention/, "Valide", EI),
  text(/^Valable du/, `01/01/${YEAR}`, EI),
  text(/^(Valable jusqu’au|Fin de l’engagement)/, `31/12/${NEXT}`, EI),
];

const [DIRECT, TRAINING] = ["Engagement 1", "Engagement 2"];
const FIRST_COMMITMENT: Answer[] = [
  choice(/^Prenez-vous des engagements d’insertion/, "Oui"),
  choice("Modalité", "Embauche directe (CDI, CDD, apprentissage, professionnalisation)", DIRECT),
  text(/^Référence du marché/, "2026-PROP-014", DIRECT),
  choice("Unité", "Heures", DIRECT),
  text(/^Nombre d’heures/, "1 820", DIRECT),
  text(/^Nombre de personnes/, "2", DIRECT),
  text(/^Début de l’engagement/, `01/01/${NEXT}`, DIRECT),
  text(/^(Valable jusqu’au|Fin de l’engagement)/, `31/12/${NEXT}`, DIRECT),
  ticks(/^Publics concernés/, ["Demandeurs d’emploi de longue durée", "Habitants d’un quartier prioritaire"], DIRECT),
];
const SECOND_COMMITMENT: Answer[] = [
  choice("Modalité", "Formation ou tutorat", TRAINING),
  choice(/^La clause du marché prévoit-elle/, "Oui", TRAINING),
  text(/^Actions de formation ou de tutorat/, "Deux apprentis, tutorat hebdomadaire", TRAINING),
  choice("Unité", "Heures", TRAINING),
  text(/^Nombre d’heures/, "120", TRAINING),
  text(/^Début de l’engagement/, `01/01/${NEXT}`, TRAINING),
  text(/^(Valable jusqu’au|Fin de l’engagement)/, `31/12/${NEXT}`, TRAINING),
  ticks(/^Publics concernés/, ["Jeunes de moins de 26 ans peu qualifiés"], TRAINING),
];

const PLEDGE_STEP: Answer[] = [
  choice(/^Souhaitez-vous faire connaître d’autres engagements/, "Oui"),
  list("Engagement", "Apprentis et stagiaires accueillis", DIRECT),
  text(/^Valeur aujourd’hui/, "2", DIRECT),
  text(/^Valeur visée/, "5", DIRECT),
  text(/^Échéance/, `31/12/${NEXT}`, DIRECT),
];

const REASONS = {
  fix: "La référence est illisible : indiquez le numéro de la convention signée avec l’État.",
  refuse: "Le tutorat prévu ne figure dans aucun marché en cours ; il ne peut pas être retenu.",
};

/** Signs what the supplier declares. */
async function signDeclaration(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Vérifier et attester");
  const main = page.getByRole("main");
  await main.getByLabel("Prénom et nom du signataire").fill("Lucie Morel");
  await main.getByLabel(/^Qualité/).fill("Directrice générale");
  await main.getByLabel("Représentant légal").check();
  const oath = main.getByLabel(/^J’atteste sur l’honneur/);
  await expect(oath, "the statement is never ticked in advance").not.toBeChecked();
  await oath.check();
  await main.getByRole("button", { name: "Signer et transmettre" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Accusé de réception");
}

/** The part of the review about one claim. */
const claim = (page: Page, title: RegExp) => page.getByRole("main").getByRole("region", { name: title });

async function give(page: Page, title: RegExp, verdict: "Accepter" | "Demander une correction" | "Refuser", reason?: string): Promise<void> {
  const about = claim(page, title);
  await about.getByLabel(verdict, { exact: true }).check();
  if (reason) await about.getByLabel(/^Motif/).fill(reason);
  await about.getByRole("button", { name: /^Enregistrer le verdict/ }).click();
  await expect(page.getByRole("main").getByText("Verdict enregistré.")).toBeVisible();
}

async function signDecision(page: Page, button: string): Promise<void> {
  await page.getByRole("link", { name: /Relire et signer|Signer la décision/ }).first().click();
  const main = page.getByRole("main");
  await main.getByLabel("Prénom et nom").fill(REVIEWER.name);
  await main.getByLabel(/^Qualité/).fill(REVIEWER.quality);
  await main.getByRole("button", { name: button }).click();
}

/** Fails unless the page is as accessible in this state as in its first. */
async function accessible(page: Page, scripts: boolean): Promise<void> {
  // Examined with scripts only: Playwright's way of switching them off cannot be lifted for axe.
  if (scripts) expect.soft(await axe(page), page.url()).toEqual([]);
}

async function rows(portal: Portal, sql: string, count: number) {
  return eventually(`${count} rows of ${sql}`, async () => {
    const found = await portal.buyer(sql);
    return found.length === count ? found : undefined;
  });
}

test("[JOURNEY] declared, sent back, corrected, partly validated, told by mail, known to the buyer database", async ({
  page,
  portal,
  visitor,
  javaScriptEnabled: scripts = true,
}) => {
  test.setTimeout(300_000);
  const { mailbox } = portal;
  const buyer = await visitor();
  let reference = "";

  await test.step("the buyer opens the account of an agent", async () => {
    await portal.done("account", "create", REVIEWER.email, "--name", REVIEWER.name, "--quality", REVIEWER.quality);
    await signInWithCode(buyer, portal, REVIEWER.email);
    await expect(buyer).toHaveURL(/\/instruction/);
  });

  await test.step("the supplier signs in with the link of a mail", async () => {
    const mail = await askForLink(page, portal, SUPPLIER);
    const link = linkIn(mail, /\/connexion\/lien\//);
    expect(mail.html, "the link is in the HTML part too").toContain(link);
    await page.goto(link);
    await page.getByRole("main").getByRole("button", { name: "Se connecter" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mon espace");
    await accessible(page, scripts);
  });

  await test.step("finds the company by its name", async () => {
    await page.getByLabel("SIRET, SIREN ou nom de l’entreprise").fill("insertion propreté");
    await page.getByRole("button", { name: "Chercher" }).click();
    await expect(page.getByRole("heading", { name: COMPANY.name })).toBeVisible();
    await accessible(page, scripts);
    await page.getByRole("button", { name: new RegExp(`^Déclarer.*${COMPANY.name}`) }).click();
    await expect(page.getByRole("main")).toContainText("Brouillon");
    // Her registers prove a status: one page would be enough. This journey takes the steps.
    await expect(page).toHaveURL(/\/registres$/);
    await accessible(page, scripts);
    await page.getByRole("link", { name: "Remplir étape par étape" }).click();
    await page.getByRole("link", { name: /^(Commencer|Reprendre)/ }).click();
  });

  await test.step("answers, step by step", async () => {
    await expect(page.getByLabel("SIRET de l’établissement qui déclare")).toHaveValue(/910\s?000\s?058\s?00016/);
    await answerStep(page, "Votre entreprise et votre contact", COMPANY_STEP, scripts);
    await answerStep(page, "Votre taille", SIZE_STEP, scripts);
    await answerStep(page, "Votre caractère solidaire", SOLIDARITY_STEP, scripts);
    await answerSome(page, FIRST_COMMITMENT, scripts);
    const add = page.getByRole("button", { name: /^Ajouter/ });
    // Without scripts the lines appear once the first answer is saved.
    if (!(await add.isVisible())) {
      await page.getByRole("button", { name: /^Enregistrer et continuer/ }).and(page.locator(":not([aria-hidden])")).click();
      await answerSome(page, FIRST_COMMITMENT, scripts);
    }
    await add.click();
    await answerStep(page, "Vos engagements d’insertion", [...FIRST_COMMITMENT, ...SECOND_COMMITMENT], scripts);
    await answerStep(page, "Vos autres engagements", PLEDGE_STEP, scripts);
  });

  await test.step("checks, signs and sends", async () => {
    await expect(page.getByRole("main")).toContainText("non transmis");
    await accessible(page, scripts);
    await signDeclaration(page);
    reference = /\b[A-Z]{1,4}-?[\w-]*\d{3,}[\w-]*/.exec((await page.getByRole("main").innerText()).replace(/SHA-256[\s\S]*/, ""))?.[0] ?? "";
    expect(reference, "a reference number").toBeTruthy();
    await accessible(page, scripts);
    await mailbox.next(SUPPLIER, /reçue/);
    await mailbox.next(REVIEWER.email, /À examiner/);
  });

  await test.step("asks for the receipt again, and sees what became of it", async () => {
    await page.getByRole("link", { name: "Revenir à la déclaration" }).click();
    await page.getByRole("link", { name: "Courriels envoyés à l’entreprise" }).click();
    const sent = page.getByRole("main").getByRole("row", { name: /^Accusé de réception/ });
    await expect(sent).toContainText("Parti");
    await accessible(page, scripts);
    const before = mailbox.mails.length;
    await sent.getByRole("button", { name: "Me l’envoyer (Accusé de réception)" }).click();
    await expect(page.getByRole("main")).toContainText(`Le courriel repart vers ${SUPPLIER}`);
    await mailbox.next(SUPPLIER, /reçue/, before);
    await expect(sent).toHaveCount(2);
    // Pressed twice: one mail.
    await sent.first().getByRole("button").click();
    await sent.first().getByRole("button").click();
    await expect(page.getByRole("main")).toContainText("il y a moins d’une heure");
  });

  await test.step("the agent reviews each claim", async () => {
    await buyer.goto("/instruction");
    await accessible(buyer, scripts);
    await buyer.getByRole("link", { name: COMPANY.name }).click();
    await accessible(buyer, scripts);
    await buyer.getByRole("link", { name: "Courriels envoyés à l’entreprise" }).click();
    await expect(buyer.getByRole("main").getByRole("row", { name: /^Accusé de réception/ }).first()).toContainText(SUPPLIER);
    await accessible(buyer, scripts);
    await buyer.goBack();
    await buyer.getByRole("button", { name: "Commencer l’examen" }).click();
    await mailbox.next(SUPPLIER, /examen a commencé/);
    await give(buyer, /^PME au sens européen/, "Accepter");
    await give(buyer, /^Entreprise d’insertion/, "Demander une correction", REASONS.fix);
    await give(buyer, /embauche directe/, "Accepter");
    await give(buyer, /formation ou tutorat/, "Refuser", REASONS.refuse);
    await give(buyer, /^Apprentis et stagiaires/, "Accepter");
    await accessible(buyer, scripts);
    await signDecision(buyer, "Signer et demander les corrections");
  });

  await test.step("the supplier corrects what is asked, from the link of the mail", async () => {
    const mail = await mailbox.next(SUPPLIER, /à corriger/);
    expect(mail.text.replace(/\s+/g, " ")).toContain(REASONS.fix.slice(0, 40));
    await page.goto(linkIn(mail, /\/declarations\/[0-9a-f-]+\/solidarite/));
    await expect(page.getByRole("main")).toContainText(REASONS.fix.slice(0, 40));
    await accessible(page, scripts);
    await answerStep(page, "Votre caractère solidaire", [text(/^Référence de la pièce/, "EI013170014A0M2", EI)], scripts);
    await signDeclaration(page);
    await mailbox.next(REVIEWER.email, /Correction reçue/);
  });

  await test.step("the agent accepts the correction and signs", async () => {
    await buyer.goto("/instruction");
    await buyer.getByRole("link", { name: COMPANY.name }).click();
    await buyer.getByRole("button", { name: "Commencer l’examen" }).click();
    await expect(claim(buyer, /^Entreprise d’insertion/)).toContainText("EI013170014A0M2");
    await expect(claim(buyer, /^PME au sens européen/), "an unchanged claim keeps its verdict").toContainText("Acceptée");
    await give(buyer, /^Entreprise d’insertion/, "Accepter");
    await signDecision(buyer, "Signer la décision");
    await mailbox.next(SUPPLIER, /validée en partie/);
  });

  await test.step("the supplier sees the decision, its reasons and its history", async () => {
    await page.goto("/espace");
    await page.getByRole("link", { name: new RegExp(reference) }).first().click();
    const main = page.getByRole("main");
    await expect(main).toContainText("Validée en partie");
    await expect(main).toContainText(REASONS.refuse.slice(0, 40));
    await accessible(page, scripts);
  });

  await test.step("the buyer database knows, by SQL", async () => {
    const [supplier] = await rows(portal, `select siren, name from suppliers where siren = '${COMPANY.siren}'`, 1);
    expect(supplier).toEqual({ siren: COMPANY.siren, name: COMPANY.name });
    const qualifications = await rows(portal, `select kind, reference, eu_category from qualifications where siren = '${COMPANY.siren}' and kind not in ('COMMITMENT', 'PLEDGE') order by kind`, 2);
    expect(qualifications).toEqual([
      expect.objectContaining({ kind: "EI", reference: "EI013170014A0M2" }),
      expect.objectContaining({ kind: "SME", eu_category: "small" }),
    ]);
    const commitments = await rows(portal, `select modality, contract, hours, persons from commitments where siren = '${COMPANY.siren}'`, 1);
    expect(commitments[0]).toMatchObject({ modality: "embauche_directe", persons: 2 });
    expect(Number(commitments[0]?.["hours"])).toBe(1820);
    const pledges = await rows(portal, `select code, theme, unit, baseline, target from pledges where siren = '${COMPANY.siren}'`, 1);
    expect(pledges[0]).toMatchObject({ code: "SOC-APP-01", theme: "inclusive", unit: "persons" });
    expect([Number(pledges[0]?.["baseline"]), Number(pledges[0]?.["target"])]).toEqual([2, 5]);
    const verified = await portal.cli("feed", "verify");
    expect(verified.status, verified.stdout + verified.stderr).toBe(0);
  });

  await test.step("every mail arrived once, complete, from the portal, for a human to answer", async () => {
    const told = (to: string) => mailbox.mails.filter((mail) => mail.to.includes(to)).map((mail) => mail.subject);
    const about = (words: string) => expect.stringMatching(new RegExp(words));
    expect(told(SUPPLIER)).toEqual([
      // The receipt twice: asked for again.
      about("connexion"), about("reçue"), about("reçue"), about("examen a commencé"), about("à corriger"),
      about("reçue"), about("examen a commencé"), about("validée en partie"),
    ]);
    expect(told(REVIEWER.email)).toEqual([about("connexion"), about("À examiner"), about("Correction reçue")]);
    const ids = mailbox.mails.map((mail) => mail.messageId);
    expect(new Set(ids).size, "each mail once").toBe(ids.length);
    for (const mail of mailbox.mails) whole(mail);
    const decision = mailbox.mails.find((mail) => /validée en partie/.test(mail.subject));
    expect(decision?.text, "signed").toContain(REVIEWER.name);
    expect(decision?.text).toContain(REVIEWER.quality);
  });
});

/** A mail has two readable parts, a stable identifier, and an address where somebody answers. */
function whole(mail: Mail): void {
  expect.soft(mail.messageId, mail.subject).toMatch(/^<[^@\s]+@[^@\s]+>$/);
  expect.soft(mail.replyTo, mail.subject).toContain("@");
  expect.soft(mail.text.length, `${mail.subject}: plain text`).toBeGreaterThan(80);
  expect.soft(mail.html, `${mail.subject}: HTML`).toMatch(/<html[^>]* lang="fr"/);
  expect.soft(mail.html, `${mail.subject}: nothing to fetch`).not.toMatch(/<(img|link|script|iframe)\b/i);
}
