// Seeded data for the measures of the buyer database: contracts as published (DECP 2.0.3) and statuses validated elsewhere.
// The same seed writes the same files. `node generate.mjs FOLDER [contracts] [suppliers] [seed]`
import { createWriteStream, mkdirSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const BUYER = "200054807";
const FIRST_YEAR = 2017;
const YEARS = 9;
const KINDS = ["ESUS", "EI", "ETTI", "ESAT", "EA", "ESS_STATUS"];
const THEMES = ["Entretien d’espaces verts", "Nettoyage de locaux", "Travaux de voirie", "Fourniture de repas", "Collecte de textiles"];

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** What makes the digits valid: the check digit of Luhn behind them. */
function checked(digits) {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const doubled = Number(digits[digits.length - 1 - at]) * (at % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits + ((10 - (sum % 10)) % 10);
}

/** The head office of supplier number `n`. */
export function siret(n) {
  return checked(checked(String(40_000_000 + n)) + "0001");
}

const establishments = Array.from({ length: 20 }, (_, n) => checked(BUYER + String(n + 1).padStart(4, "0")));

const date = (next, year) => `${year}-${String(1 + Math.floor(next() * 12)).padStart(2, "0")}-${String(1 + Math.floor(next() * 28)).padStart(2, "0")}`;

function contract(next, n, suppliers) {
  const year = FIRST_YEAR + Math.floor(next() * YEARS);
  const notified = date(next, year);
  const holders = next() < 0.85 ? 1 : 2 + Math.floor(next() * 3);
  const kind = next();
  const one = {
    id: `${year}-${n}`,
    acheteur: { id: establishments[n % establishments.length] },
    nature: "Marché",
    objet: `${THEMES[n % THEMES.length]}, lot ${n}`,
    codeCPV: String(10_000_000 + Math.floor(next() * 89) * 1_000_000),
    techniques: { technique: [kind < 0.1 ? "Accord-cadre" : "Sans objet"] },
    modalitesExecution: { modaliteExecution: [kind < 0.1 ? "Bons de commande" : "Sans objet"] },
    marcheInnovant: next() < 0.02,
    ccag: "Fournitures courantes et services",
    offresRecues: 1 + Math.floor(next() * 8),
    attributionAvance: false,
    typeGroupementOperateurs: holders > 1 ? "Conjoint" : "Pas de groupement",
    sousTraitanceDeclaree: false,
    procedure: "Procédure adaptée",
    lieuExecution: { code: `13${String(1 + (n % 119)).padStart(3, "0")}`, typeCode: "Code commune" },
    dureeMois: 1 + Math.floor(next() * 48),
    dateNotification: notified,
    datePublicationDonnees: date(next, year),
    montant: Math.round(Math.exp(10.6 + next() * 4) * 100) / 100,
    typesPrix: { typePrix: ["Définitif ferme"] },
    formePrix: "Forfaitaire",
    titulaires: Array.from({ length: holders }, () => ({ titulaire: { typeIdentifiant: "SIRET", id: siret(Math.floor(next() * suppliers)) } })),
    considerationsSociales: { considerationSociale: [next() < 0.3 ? "Clause sociale" : "Pas de considération sociale"] },
    considerationsEnvironnementales: { considerationEnvironnementale: [next() < 0.8 ? "Clause environnementale" : "Pas de considération environnementale"] },
  };
  if (next() < 0.1) {
    const modified = date(next, year + 1);
    one.modifications = [{ modification: { id: 1, dateNotificationModification: modified, datePublicationDonneesModification: modified, montant: Math.round(one.montant * 110) / 100 } }];
  }
  return one;
}

/** Writes `contracts.json` and `statuses.csv` in a folder. */
export async function generate(folder, { contracts = 1_000_000, suppliers = 50_000, seed = 1 } = {}) {
  mkdirSync(folder, { recursive: true });
  const next = random(seed);
  const json = createWriteStream(join(folder, "contracts.json"));
  json.write('{"marches":{"marche":[\n');
  for (let n = 0; n < contracts; n += 1000) {
    const some = Array.from({ length: Math.min(1000, contracts - n) }, (_, at) => JSON.stringify(contract(next, n + at, suppliers)));
    if (!json.write((n > 0 ? ",\n" : "") + some.join(",\n"))) await once(json, "drain");
  }
  json.end("\n]}}\n");
  const csv = createWriteStream(join(folder, "statuses.csv"));
  csv.write("siren,siret,kind,valid_from,valid_to,status\n");
  for (let n = 0; n < suppliers; n++) {
    const siren = siret(n).slice(0, 9);
    if (next() < 0.6) csv.write(`${siren},,SME,2017-01-01,,validated\n`);
    if (next() < 0.08) csv.write(`${siren},,${KINDS[n % KINDS.length]},${date(next, 2017)},${date(next, 2025)},validated\n`);
  }
  csv.end();
  await Promise.all([json, csv].map((stream) => once(stream, "finish")));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [folder, contracts, suppliers, seed] = process.argv.slice(2);
  await generate(folder, { contracts: Number(contracts || 1_000_000), suppliers: Number(suppliers || 50_000), seed: Number(seed || 1) });
}
