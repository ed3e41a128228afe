// [CLAIMS] Statuses and commitments of many kinds in a real browser, with and without scripts: declared, sent back, corrected,
// accepted, renewed on one screen. All kinds, over HTTP, are in server/tests/it/every_claim.
import type { Page } from "@playwright/test";
import { axe } from "./support/accessibility";
import { type Answer, answerSome, answerStep, choice, list, text, ticks } from "./support/answers";
import { linkIn } from "./support/mailbox";
import { eventually } from "./support/processes";
import { askForLink, signInWithCode } from "./support/sign-in";
import { expect, test } from "./support/test";

const SIRET = "91000005800016";
const COMPANY = "DÉMO INSERTION PROPRETÉ";
const STRUCTURE = "91000008200016";
const SUPPLIER = "direction@claims.example";
const REVIEWER = { email: "nadia@claims.example", name: "Nadia Benali", quality: "Chargée des achats responsables" };
const REASON = "Le volume et la référence sont à revoir.";

const YEAR = new Date().getFullYear();
const PERIOD = { start: `01/01/${YEAR}`, end: `31/12/${YEAR + 1}` };

const main = (page: Page) => page.getByRole("main");
const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const goOn = (page: Page) => page.getByRole("button", { name: /^Enregistrer et (continuer|revenir)/ }).and(page.locator(":not([aria-hidden])"));

interface Status {
  name: string;
  /** As sent, then as corrected. */
  references: [string, string];
  siret?: string;
}

const STATUSES: Status[] = [
  { name: "Établissement et service d’accompagnement par le travail (ESAT)", references: ["130000001", "130000002"], siret: SIRET },
  { name: "Groupement d’employeurs pour l’insertion et la qualification (GEIQ)", references: ["GEIQ-17", "GEIQ-18"] },
  { name: "Structure employant des personnes détenues (SEP)", references: ["SEP-3", "SEP-4"] },
];

const statusLine = (index: number) => `Statut ou agrément ${index + 1}`;

function statusAnswers(status: Status, index: number, round: 0 | 1): Answer[] {
  const line = statusLine(index);
  return [
    list("Statut ou agrément", status.name, line),
    ...(status.siret ? [text(/^SIRET de l’établissement/, status.siret, line)] : []),
    text(/^Référence de la pièce/, status.references[round], line),
    text(/^Valable du/, PERIOD.start, line),
    text(/^(Valable jusqu’au|Fin de l’engagement)/, PERIOD.end, line),
  ];
}

interface Promised {
  /** The label of the modality. */
  name: string;
  contract: string;
  answers: (line: string) => Answer[];
  /** What changes when it is corrected. */
  corrected: (line: string) => Answer[];
  /** What the agent reads, as sent, then as corrected. */
  read: [RegExp, RegExp];
  /** The hours of the buyer database once accepted, and the base of its full-time equivalents. */
  hours: number;
  base: number;
}

const structure = (kind: string, line: string): Answer[] => [
  text(/^SIRET de la structure inclusive/, STRUCTURE, line),
  list("Type de structure", kind, line),
];

const PROMISES: Promised[] = [
  {
    name: "Mise à disposition (ETTI, AI, GEIQ, EATT)",
    contract: "CLA-1",
    answers: (line) => [
      choice("Unité", "Équivalents temps plein", line),
      text(/^Nombre d’équivalents temps plein/, "1", line),
      list("Base d’un équivalent temps plein", "1\u202f600\u00a0h par an (ETTI)", line),
      text(/^Nombre de personnes/, "2", line),
      ...structure("Entreprise de travail temporaire d’insertion (ETTI)", line),
    ],
    corrected: (line) => [text(/^Nombre d’équivalents temps plein/, "0,5", line)],
    read: [/1\s600\sheures\s: 1\sETP × 1\s600\sheures par an/, /800\sheures\s: 0,50\sETP × 1\s600\sheures par an/],
    hours: 800,
    base: 1600,
  },
  {
    name: "Sous-traitance à une structure inclusive",
    contract: "CLA-2",
    answers: (line) => [
      choice("Unité", "Part des heures de travail du marché", line),
      text(/^Part des heures de travail, en pourcentage/, "5", line),
      text(/^Heures de travail du marché/, "8 000", line),
      ...structure("Établissement et service d’accompagnement par le travail (ESAT)", line),
      text(/^Montant confié à la structure/, "120 000", line),
    ],
    corrected: (line) => [text(/^Part des heures de travail, en pourcentage/, "6,5", line)],
    read: [/400\sheures, soit 0,25\sETP.*5\s% de 8\s000\sheures/, /520\sheures, soit 0,32\sETP.*6,5\s% de 8\s000\sheures/],
    hours: 520,
    base: 1607,
  },
  {
    name: "Cotraitance avec une structure inclusive",
    contract: "CLA-3",
    answers: (line) => [
      choice("Unité", "Heures", line),
      text(/^Nombre d’heures/, "350", line),
      ...structure("Entreprise d’insertion (EI)", line),
      text(/^Part de la structure dans le groupement/, "12,5", line),
    ],
    corrected: (line) => [text(/^Nombre d’heures/, "370,5", line)],
    read: [/350\sheures/, /370,50\sheures/],
    hours: 370.5,
    base: 1607,
  },
  {
    name: "Formation ou tutorat",
    contract: "CLA-4",
    answers: (line) => [
      choice(/^La clause du marché prévoit-elle un volume d’heures/, "Non", line),
      text(/^Actions de formation ou de tutorat/, "Un tuteur pour deux apprentis", line),
    ],
    corrected: (line) => [text(/^Actions de formation ou de tutorat/, "Un tuteur pour trois apprentis", line)],
    read: [/Aucune heure, la clause du marché n’en prévoit pas[\s\S]*deux apprentis/, /Aucune heure[\s\S]*trois apprentis/],
    hours: 0,
    base: 1607,
  },
];

const promiseLine = (index: number) => `Engagement ${index + 1}`;

function promiseAnswers(promise: Promised, index: number): Answer[] {
  const line = promiseLine(index);
  return [
    choice("Modalité", promise.name, line),
    text(/^Référence du marché/, promise.contract, line),
    ...promise.answers(line),
    text(/^Début de l’engagement/, PERIOD.start, line),
    text(/^(Valable jusqu’au|Fin de l’engagement)/, PERIOD.end, line),
    ticks(/^Publics concernés/, ["Demandeurs d’emploi de longue durée"], line),
  ];
}

/** Every line of a step: each is added once the one before is answered. */
async function fillLines(page: Page, title: string, first: Answer, lines: Answer[][], scripts: boolean): Promise<void> {
  await expect(heading(page)).toHaveText(title);
  await answerSome(page, [first], scripts);
  const add = page.getByRole("button", { name: /^Ajouter/ });
  // Without scripts the lines appear once the first answer is saved.
  if (!(await add.isVisible())) {
    await goOn(page).click();
    await expect(add).toBeVisible();
  }
  const given: Answer[] = [first];
  for (const [index, line] of lines.entries()) {
    if (index > 0) await add.click();
    await answerSome(page, line, scripts);
    given.push(...line);
  }
  await answerStep(page, title, given, scripts);
}

async function sign(page: Page): Promise<void> {
  await expect(heading(page)).toHaveText("Vérifier et attester");
  await main(page).getByLabel("Prénom et nom du signataire").fill("Lucie Morel");
  await main(page).getByLabel(/^Qualité/).fill("Directrice");
  await main(page).getByLabel("Représentant légal").check();
  await main(page).getByLabel(/^J’atteste sur l’honneur/).check();
  await main(page).getByRole("button", { name: "Signer et transmettre" }).click();
  await expect(heading(page)).toHaveText("Accusé de réception");
}

/** Opens the file, gives every claim this verdict, signs. */
async function judge(agent: Page, verdict: string, read: (page: Page) => Promise<void>): Promise<void> {
  await agent.goto("/instruction");
  await main(agent).getByRole("link", { name: COMPANY }).click();
  await agent.getByRole("button", { name: "Commencer l’examen" }).click();
  await expect(main(agent).getByRole("group", { name: "Verdict" }).first()).toBeVisible();
  await read(agent);
  for (const group of await main(agent).getByRole("group", { name: "Verdict" }).all()) await group.getByLabel(verdict, { exact: true }).check();
  if (verdict !== "Accepter") for (const reason of await main(agent).getByLabel(/^Motif/).all()) await reason.fill(REASON);
  await main(agent).getByRole("button", { name: /^Enregistrer le verdict/ }).last().click();
  await expect(main(agent).getByText(/^Verdicts? enregistrés?/)).toBeVisible();
  await agent.getByRole("link", { name: /Relire et signer|Signer la décision/ }).first().click();
  await main(agent).getByLabel("Prénom et nom").fill(REVIEWER.name);
  await main(agent).getByLabel(/^Qualité/).fill(REVIEWER.quality);
  await main(agent).getByRole("button", { name: /^Signer/ }).click();
  await expect(heading(agent)).toHaveText(COMPANY);
}

const about = (agent: Page, promise: Promised) => main(agent).getByRole("region", { name: new RegExp(`${promise.contract}$`) });

async function reads(agent: Page, round: 0 | 1): Promise<void> {
  for (const status of STATUSES) await expect(main(agent)).toContainText(status.references[round]);
  for (const promise of PROMISES) await expect(about(agent, promise), promise.name).toContainText(promise.read[round]);
  await expect(main(agent)).toContainText(/120\s000\s€/);
  await expect(main(agent)).toContainText(/12,5\s%/);
}

async function accessible(page: Page, scripts: boolean): Promise<void> {
  // Examined with scripts only: Playwright's way of switching them off cannot be lifted for axe.
  if (scripts) expect.soft(await axe(page), page.url()).toEqual([]);
}

test("[CLAIMS] ESAT, GEIQ, SEP and each way of keeping a commitment: declared, corrected, renewed", async ({
  page,
  portal,
  visitor,
  javaScriptEnabled: scripts = true,
}) => {
  test.setTimeout(420_000);
  const { mailbox } = portal;
  const agent = await visitor();
  let declaration = "";

  await test.step("a company and an agent sign in", async () => {
    await portal.done("account", "create", REVIEWER.email, "--name", REVIEWER.name, "--quality", REVIEWER.quality);
    await signInWithCode(agent, portal, REVIEWER.email);
    await page.goto(linkIn(await askForLink(page, portal, SUPPLIER), /\/connexion\/lien\//));
    await main(page).getByRole("button", { name: "Se connecter" }).click();
    await page.getByLabel("SIRET, SIREN ou nom de l’entreprise").fill(SIRET);
    await page.getByRole("button", { name: "Chercher" }).click();
    await page.getByRole("button", { name: new RegExp(`^Déclarer.*${COMPANY}`) }).click();
    await page.getByRole("link", { name: "Remplir étape par étape" }).click();
    await page.getByRole("link", { name: /^(Commencer|Reprendre)/ }).click();
    declaration = new URL(page.url()).pathname.split("/").slice(0, 3).join("/");
  });

  await test.step("declares", async () => {
    await answerStep(page, "Votre entreprise et votre contact", [text("Prénom et nom de la personne à contacter", "Lucie Morel"), text("Fonction", "Directrice"), text("Adresse électronique professionnelle", SUPPLIER)], scripts);
    await answerStep(page, "Votre taille", [choice(/^Souhaitez-vous déclarer votre taille/, "Non")], scripts);
    await fillLines(page, "Votre caractère solidaire", choice(/^Relevez-vous de l’économie sociale et solidaire/, "Oui"), STATUSES.map((status, index) => statusAnswers(status, index, 0)), scripts);
    await fillLines(page, "Vos engagements d’insertion", choice(/^Prenez-vous des engagements d’insertion/, "Oui"), PROMISES.map(promiseAnswers), scripts);
    await page.goto(`${declaration}/insertion`);
    await accessible(page, scripts);
    // Each modality asks its own questions and no other.
    const training = main(page).getByRole("group", { name: promiseLine(3), exact: true });
    await expect(training.getByLabel(/^Nombre d’heures/)).toBeHidden();
    await expect(training.getByLabel(/^Montant du marché/)).toBeHidden();
    await expect(main(page).getByRole("group", { name: promiseLine(1), exact: true }).getByLabel(/^Part de la structure/)).toBeHidden();
    await page.goto(`${declaration}/verification`);
    for (const promise of PROMISES) await expect(main(page)).toContainText(promise.read[0]);
    await accessible(page, scripts);
    await sign(page);
  });

  await test.step("the agent reads every line, and asks for corrections", async () => {
    await judge(agent, "Demander une correction", async (desk) => {
      await reads(desk, 0);
      await accessible(desk, scripts);
    });
  });

  await test.step("corrects each line", async () => {
    await mailbox.next(SUPPLIER, /à corriger/);
    await page.goto(`${declaration}/solidarite`);
    await expect(main(page)).toContainText(REASON);
    const references = STATUSES.map((status, index) => text(/^Référence de la pièce/, status.references[1], statusLine(index)));
    await answerSome(page, references, scripts);
    await goOn(page).click();
    await page.goto(`${declaration}/insertion`);
    const volumes = PROMISES.flatMap((promise, index) => promise.corrected(promiseLine(index)));
    await answerSome(page, volumes, scripts);
    await goOn(page).click();
    await page.goto(`${declaration}/verification`);
    for (const promise of PROMISES) await expect(main(page)).toContainText(promise.read[1]);
    await sign(page);
  });

  await test.step("the agent accepts, and the buyer database holds the hours", async () => {
    await judge(agent, "Accepter", (desk) => reads(desk, 1));
    const found = await eventually("the commitments to be fed", async () => {
      const rows = await portal.buyer("select contract, hours, etp_base_hours, basis from commitments order by contract");
      return rows.length === PROMISES.length ? rows : undefined;
    });
    const fed = found.map((row) => [row["contract"], Number(row["hours"]), Number(row["etp_base_hours"])]);
    expect(fed).toEqual(PROMISES.map((promise) => [promise.contract, promise.hours, promise.base]));
    expect(found.map((row) => row["basis"])).toEqual(["etp", "labour_share", "hours", "no_hours"]);
    const kinds = await portal.buyer("select kind, reference from qualifications where kind <> 'COMMITMENT' order by kind");
    expect(kinds.map((row) => [row["kind"], row["reference"]])).toEqual([["ESAT", "130000002"], ["GEIQ", "GEIQ-18"], ["SEP", "SEP-4"]]);
  });

  await test.step("renews on one screen that says what is reused", async () => {
    await page.goto(`${declaration}/renouveler`);
    await expect(heading(page)).toHaveText("Renouveler votre déclaration");
    const boxes = page.getByRole("checkbox", { name: /^Je renouvelle/ });
    await expect(boxes).toHaveCount(STATUSES.length + PROMISES.length);
    for (const box of await boxes.all()) await expect(box).toBeChecked();
    for (const status of STATUSES) await expect(main(page)).toContainText(status.references[1]);
    for (const promise of PROMISES) await expect(main(page)).toContainText(promise.read[1]);
    await accessible(page, scripts);
    await page.getByRole("checkbox", { name: /atteste sur l’honneur/i }).check();
    await page.getByRole("button", { name: "Signer et transmettre" }).click();
    await expect(page).toHaveURL(/\/accuse$/);
    await judge(agent, "Accepter", (desk) => reads(desk, 1));
  });
});
