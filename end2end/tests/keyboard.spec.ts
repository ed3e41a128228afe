// [KEYBOARD] The whole job with the keys alone: a supplier declares and corrects, an agent sends back and validates.
import type { Page } from "@playwright/test";
import { choice, list, text, ticks } from "./support/answers";
import { Keys } from "./support/keys";
import { codeIn, linkIn } from "./support/mailbox";
import type { Portal } from "./support/portal";
import { expect, test } from "./support/test";

// A trace of a thousand key presses costs more than the presses: a failure lists the stops of Tab instead.
test.use({ trace: "off" });

const COMPANY = "DÉMO INSERTION PROPRETÉ";
const SUPPLIER = "lucie.morel@insertion-proprete.example";
const REVIEWER = "karim.haddad@acheteur.example";
const REASON = "La référence est illisible : indiquez le numéro de la convention.";

const YEAR = new Date().getFullYear();
const EI = "Statut ou agrément 1";
const [FIRST, SECOND] = ["Engagement 1", "Engagement 2"];
const PERIOD = (line: string) => [text(/^Début de l’engagement/, `01/01/${YEAR + 1}`, line), text(/^(Valable jusqu’au|Fin de l’engagement)/, `31/12/${YEAR + 1}`, line)];

const main = (page: Page) => page.getByRole("main");
const button = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name });
const goOn = (page: Page) => button(page, /^Enregistrer et (continuer|revenir)/);
const title = (page: Page) => page.getByRole("heading", { level: 1 });

/** From the home page: the address, the code of the mail. */
async function signIn(keys: Keys, portal: Portal, email: string, mistakes: boolean): Promise<void> {
  const { page } = keys;
  const before = portal.mailbox.mails.length;
  await page.goto("/");
  await keys.follow(page.getByRole("banner").getByRole("link", { name: "Se connecter" }));
  if (mistakes) {
    await keys.write(page.getByLabel("Adresse électronique"), "lucie");
    await keys.turn("Enter");
    await keys.errors(1);
  }
  await keys.write(page.getByLabel("Adresse électronique"), email);
  await keys.turn("Enter");
  const code = codeIn(await portal.mailbox.next(email, /connexion/i, before));
  await keys.write(page.getByLabel("Code à 8 chiffres"), code);
  await keys.follow(button(page, "Se connecter"), { key: "Space" });
}

async function sign(keys: Keys, mistakes: boolean): Promise<void> {
  const { page } = keys;
  await expect(title(page)).toHaveText("Vérifier et attester");
  if (mistakes) {
    await keys.follow(button(page, "Signer et transmettre"));
    // Who answers is taken for who signs: the capacity and the oath are left.
    await keys.errors(2);
  }
  await keys.write(main(page).getByLabel("Prénom et nom du signataire"), "Lucie Morel");
  await keys.write(main(page).getByLabel(/^Qualité/), "Directrice générale");
  await keys.choose(main(page).getByRole("group", { name: /^À quel titre/ }), "Représentant légal");
  await keys.tick(main(page).getByLabel(/^J’atteste sur l’honneur/));
  await keys.follow(button(page, "Signer et transmettre"));
  await expect(title(page)).toHaveText("Accusé de réception");
}

/** The part of the review about one claim. */
const claim = (page: Page, name: RegExp) => main(page).getByRole("region", { name });

async function judge(keys: Keys, name: RegExp, verdict: string, reason?: string): Promise<void> {
  const about = claim(keys.page, name);
  await keys.choose(about.getByRole("group", { name: "Verdict" }), verdict);
  if (reason) await keys.write(about.getByLabel(/^Motif/), reason);
  await keys.follow(about.getByRole("button", { name: /^Enregistrer le verdict/ }));
  await expect(main(keys.page).getByText(/^Verdicts? enregistrés?/)).toBeVisible();
}

async function openReview(keys: Keys): Promise<void> {
  await keys.follow(main(keys.page).getByRole("link", { name: COMPANY }));
  await keys.follow(button(keys.page, "Commencer l’examen"));
}

async function decide(keys: Keys, label: string): Promise<void> {
  await keys.follow(main(keys.page).getByRole("link", { name: "Relire et signer" }));
  await keys.follow(button(keys.page, label));
  await expect(main(keys.page).getByText(/Décision signée/)).toBeVisible();
}

test("[KEYBOARD] declared, sent back, corrected and validated without a mouse", async ({
  page,
  portal,
  visitor,
  watch,
  javaScriptEnabled: scripts = true,
}) => {
  // A minute on a machine of its own; the browser shares its two cores with everything else.
  test.setTimeout(300_000);
  // Forms sent with errors, on purpose.
  watch.expect(/status of 422/);
  const supplier = new Keys(page, scripts);
  const agent = new Keys(await visitor(), scripts);
  await portal.done("account", "create", REVIEWER, "--name", "Karim Haddad", "--quality", "Chargé des achats responsables");

  await test.step("the supplier signs in and finds the company", async () => {
    await signIn(supplier, portal, SUPPLIER, true);
    await expect(title(page)).toHaveText("Mon espace");
    await supplier.write(page.getByLabel("SIRET, SIREN ou nom de l’entreprise"), "12");
    await supplier.turn("Enter");
    await supplier.errors(1);
    await supplier.write(page.getByLabel("SIRET, SIREN ou nom de l’entreprise"), "insertion propreté");
    await supplier.turn("Enter");
    await supplier.follow(button(page, new RegExp(`^Déclarer.*${COMPANY}`)));
    await supplier.follow(main(page).getByRole("link", { name: "Remplir étape par étape" }));
    await supplier.follow(main(page).getByRole("link", { name: /^(Commencer|Reprendre)/ }));
  });

  await test.step("company and contact: errors first, then the Enter key of the last field", async () => {
    await expect(title(page)).toHaveText("Votre entreprise et votre contact");
    await supplier.follow(goOn(page));
    await supplier.errors(2);
    const answers = [
      text("Prénom et nom de la personne à contacter", "Lucie Morel"),
      text("Fonction", "Directrice"),
      text("Adresse électronique professionnelle", SUPPLIER),
      text("Téléphone professionnel", "04 91 00 00 58"),
    ];
    await supplier.answer(answers, goOn(page));
    await supplier.turn("Enter");
  });

  await test.step("size", async () => {
    await expect(title(page)).toHaveText("Votre taille");
    const answers = [
      choice(/^Souhaitez-vous déclarer votre taille/, "Oui"),
      text(/^Date de clôture du dernier exercice clos/, `31/12/${YEAR - 1}`),
      text(/^Effectif, en unités de travail par an/, "42,5"),
      text(/^Chiffre d’affaires hors taxes/, "3 850 000"),
      text(/^Total du bilan/, "2 100 000,50"),
      choice(/^Appartenez-vous à un groupe/, "Non"),
    ];
    await supplier.answer(answers, goOn(page));
    await supplier.follow(goOn(page));
  });

  await test.step("solidarity", async () => {
    await expect(title(page)).toHaveText("Votre caractère solidaire");
    const answers = [
      choice(/^Relevez-vous de l’économie sociale et solidaire/, "Oui"),
      list("Statut ou agrément", "Entreprise d’insertion (EI)", EI),
      text(/^Référence de la pièce/, "EI013170013A0M1", EI),
      list(/^État de la convention/, "Valide", EI),
      text(/^Valable du/, `01/01/${YEAR}`, EI),
      text(/^(Valable jusqu’au|Fin de l’engagement)/, `31/12/${YEAR + 1}`, EI),
    ];
    await supplier.answer(answers, goOn(page));
    await supplier.follow(goOn(page));
  });

  await test.step("commitments, with a line added", async () => {
    await expect(title(page)).toHaveText("Vos engagements d’insertion");
    const first = [
      choice(/^Prenez-vous des engagements d’insertion/, "Oui"),
      choice("Modalité", "Embauche directe (CDI, CDD, apprentissage, professionnalisation)", FIRST),
      text(/^Référence du marché/, "2026-PROP-014", FIRST),
      choice("Unité", "Heures", FIRST),
      text(/^Nombre d’heures/, "1 820", FIRST),
      text(/^Nombre de personnes/, "2", FIRST),
      ...PERIOD(FIRST),
      ticks(/^Publics concernés/, ["Demandeurs d’emploi de longue durée", "Habitants d’un quartier prioritaire"], FIRST),
    ];
    await supplier.answer(first, goOn(page));
    await supplier.follow(button(page, "Ajouter un engagement"));
    await expect(main(page).getByRole("group", { name: SECOND, exact: true }), "the new line has the focus").toBeFocused();
    await supplier.answer([choice("Modalité", "Formation ou tutorat", SECOND)], goOn(page));
    await supplier.follow(goOn(page));
    // Without a script the page shows first what this way asks.
    if (!scripts) await supplier.follow(goOn(page));
    await supplier.errors(3);
    const second = [
      choice(/^La clause du marché prévoit-elle/, "Non", SECOND),
      text(/^Actions de formation ou de tutorat/, "Un tuteur pour deux apprentis", SECOND),
      ...PERIOD(SECOND),
      ticks(/^Publics concernés/, ["Jeunes de moins de 26 ans peu qualifiés"], SECOND),
    ];
    await supplier.answer(second, goOn(page));
    await supplier.follow(goOn(page));
  });

  await test.step("no other commitment", async () => {
    await expect(title(page)).toHaveText("Vos autres engagements");
    await supplier.follow(goOn(page));
  });

  await test.step("checks, signs and sends", () => sign(supplier, true));

  await test.step("the agent opens the file from the queue, judges each claim, asks for one correction", async () => {
    const { page: desk } = agent;
    await signIn(agent, portal, REVIEWER, false);
    await openReview(agent);
    await judge(agent, /^PME au sens européen/, "Accepter");
    const solidarity = claim(desk, /^Entreprise d’insertion/);
    await agent.choose(solidarity.getByRole("group", { name: "Verdict" }), "Demander une correction");
    await agent.follow(solidarity.getByRole("button", { name: /^Enregistrer le verdict/ }));
    await agent.errors(1);
    await agent.write(solidarity.getByLabel(/^Motif/), REASON);
    await agent.follow(solidarity.getByRole("button", { name: /^Enregistrer le verdict/ }));
    await judge(agent, /embauche directe/, "Accepter");
    await judge(agent, /formation ou tutorat/, "Accepter");
    await decide(agent, "Signer et demander les corrections");
  });

  await test.step("the supplier corrects from the link of the mail and sends again", async () => {
    await page.goto(linkIn(await portal.mailbox.next(SUPPLIER, /à corriger/), /\/solidarite/));
    await supplier.write(main(page).getByLabel(/^Référence de la pièce/), "EI013170014A0M2");
    await supplier.follow(goOn(page));
    if ((await title(page).textContent()) !== "Vérifier et attester") {
      await supplier.follow(page.getByRole("link", { name: "Vérifier et attester" }));
    }
    await sign(supplier, false);
  });

  await test.step("the agent accepts the correction and signs", async () => {
    await agent.follow(main(agent.page).getByRole("link", { name: "Toutes les déclarations" }), { back: true });
    await openReview(agent);
    await judge(agent, /^Entreprise d’insertion/, "Accepter");
    await decide(agent, "Signer la décision");
    await expect(main(agent.page)).toContainText("Validée");
  });

  expect([...supplier.unseen, ...agent.unseen], "a focus that nobody sees").toEqual([]);
});
