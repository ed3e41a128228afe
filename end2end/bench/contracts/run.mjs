// `make bench`, second part: contracts in numbers. Imports, re-imports, figures and exports on both engines, each as a ratio to
// what the engine does by itself with the same rows in the same run. Fails below the floors. SPASER_BENCH_CONTRACTS changes the
// size.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { residentKib } from "../measure.mjs";
import { ROOT } from "../portal.mjs";
import { startPostgres } from "../postgres.mjs";
import { generate } from "./generate.mjs";

const exec = promisify(execFile);
const PROGRAM = process.env.SPASER_BENCH_PROGRAM ?? join(ROOT, "target/production/spaser");
const CONTRACTS = Number(process.env.SPASER_BENCH_CONTRACTS ?? 1_000_000);
const SUPPLIERS = 50_000;
const YEAR = "2024";
const MEMORY_GROWTH_KIB = 64 * 1024;
/** Everything that an import writes. */
const TABLES = ["contract_records", "contracts", "contract_holders", "contract_flags", "contract_modifications", "subcontracts", "import_repeats"];
/** What a year's figures are, asked bare: the cheapest query that reads every contract and every holder of the year. */
const BARE = `SELECT COUNT(*), SUM(c.initial_amount / 1000000), SUM(c.environmental_clause), SUM(c.social_clause) FROM contracts c
  JOIN contract_holders h ON h.buyer_siret = c.buyer_siret AND h.contract_id = c.contract_id AND h.mode = 'initial'
  LEFT JOIN taken_over_qualifications q ON q.siren = h.siren AND q.valid_from <= h.notified_on AND (q.valid_to IS NULL OR q.valid_to >= h.notified_on)
  WHERE c.notified_on BETWEEN '${YEAR}-01-01' AND '${YEAR}-12-31'`;
/** The contracts of a year with their holders and findings, asked bare; `join` puts texts together in the words of the engine. */
const listed = (join) => `SELECT c.buyer_siret, c.contract_id, c.object, c.notified_on, c.initial_amount / 1000000.0,
  (SELECT ${join}(COALESCE(s.name, h.party), ', ') FROM contract_holders h LEFT JOIN suppliers s ON s.siren = h.siren
    WHERE h.buyer_siret = c.buyer_siret AND h.contract_id = c.contract_id AND h.mode = 'initial'),
  (SELECT ${join}(h.party, ', ') FROM contract_holders h
    WHERE h.buyer_siret = c.buyer_siret AND h.contract_id = c.contract_id AND h.mode = 'initial'), c.initial_holders,
  (SELECT COUNT(DISTINCT h.party) FROM contract_holders h JOIN taken_over_qualifications q ON q.siren = h.siren
      AND q.valid_from <= h.notified_on AND (q.valid_to IS NULL OR q.valid_to >= h.notified_on)
    WHERE h.buyer_siret = c.buyer_siret AND h.contract_id = c.contract_id AND h.mode = 'initial'),
  (SELECT ${join}(f.flag, ', ') FROM contract_flags f WHERE f.buyer_siret = c.buyer_siret AND f.contract_id = c.contract_id)
  FROM contracts c WHERE c.notified_on BETWEEN '${YEAR}-01-01' AND '${YEAR}-12-31'
  ORDER BY c.notified_on, c.buyer_siret, c.contract_id`.replace(/\s+/g, " ");

const failures = [];
const results = { at: new Date().toISOString(), processor: cpus()[0].model, contracts: CONTRACTS, engines: {} };
const folder = mkdtempSync(join(tmpdir(), "spaser-bench-contracts-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const seconds = async (work) => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};

/** Runs a command of the portal; its answer, and the most memory that it held. */
async function portal(env, ...args) {
  const child = spawn(PROGRAM, args, { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
  let [answer, most] = ["", 0];
  child.stdout.on("data", (text) => (answer += text));
  const watch = setInterval(() => {
    try {
      most = Math.max(most, residentKib(child.pid));
    } catch {
      // It ended between two looks.
    }
  }, 50);
  const [code] = await once(child, "exit");
  clearInterval(watch);
  if (code !== 0) throw new Error(`spaser ${args.join(" ")}: ${code}`);
  return { answer, most };
}

function judge(engine, what, ratio, floor) {
  const below = ratio < floor;
  console.log(`${engine.padEnd(12)} ${what.padEnd(46)} ${ratio.toFixed(3).padStart(8)} ${`≥ ${floor}`.padStart(8)}${below ? "  BELOW" : ""}`);
  results.engines[engine] = { ...results.engines[engine], [what]: ratio };
  if (below) failures.push(`${engine}, ${what}: ${ratio.toFixed(3)}, ${floor} wanted`);
}

/** One engine: `engine.url` for the portal, `dump`, `load` and `ask` as the engine does them by itself. */
async function measure(engine, floor) {
  const env = { PATH: process.env.PATH, HOME: folder, SPASER__DATA__DIR: join(folder, engine.name), SPASER__BUYER_DATABASE__URL: engine.url };
  mkdirSync(env.SPASER__DATA__DIR, { recursive: true });
  await portal(env, "migrate");
  await portal(env, "qualifications", "import", join(folder, "statuses.csv"));
  // Elsewhere: a first import finds an empty base.
  const aside = { ...env, SPASER__DATA__DIR: join(folder, `${engine.name}-aside`), SPASER__BUYER_DATABASE__URL: engine.aside };
  mkdirSync(aside.SPASER__DATA__DIR, { recursive: true });
  await portal(aside, "migrate");
  const { most: small } = await portal(aside, "contracts", "import", join(folder, "one.json"));
  let most = 0;
  const first = await seconds(async () => ({ most } = await portal(env, "contracts", "import", join(folder, "contracts.json"))));
  // What the first import wrote: the second one notes besides that it gave the same again.
  await engine.dump(TABLES);
  const second = await seconds(() => portal(env, "contracts", "import", join(folder, "contracts.json")));
  const own = await seconds(() => engine.load(TABLES));
  console.log(`${engine.name}: import ${first.toFixed(1)} s, again ${second.toFixed(1)} s, ${engine.loader} ${own.toFixed(1)} s, memory ${Math.round(most / 1024)} MiB`);
  judge(engine.name, `import, of ${engine.loader}`, own / first, floor);
  judge(engine.name, "the same file again, times faster", first / second, 1 / 0.8);
  judge(engine.name, "room left in 64 MiB of growth", 1 - (most - small) / MEMORY_GROWTH_KIB, 0);
  // Each the best of three, in turn: a machine that does something else meanwhile slows either down.
  let [figures, bare] = [Infinity, Infinity];
  for (let turn = 0; turn < 3; turn++) {
    figures = Math.min(figures, await seconds(() => portal(env, "indicators", "--year", YEAR)));
    bare = Math.min(bare, await seconds(() => engine.ask(BARE)));
  }
  console.log(`${engine.name}: figures of a year ${figures.toFixed(2)} s, bare aggregate ${bare.toFixed(2)} s`);
  judge(engine.name, "figures of a year, cold, of the bare aggregate", bare / figures, 0.5);
  const [ours, theirs] = [join(folder, `${engine.name}-ours.csv`), join(folder, `${engine.name}-theirs.csv`)];
  const exported = (...args) => portal(env, "contracts", "export", "--year", YEAR, ...args);
  const csv = await seconds(async () => ({ most } = await exported("--out", ours)));
  const xlsx = await seconds(() => exported("--format", "xlsx", "--out", join(folder, `${engine.name}.xlsx`)));
  const bareList = await seconds(() => engine.list(theirs));
  const [rows, expected] = [ours, theirs].map((file) => readFileSync(file, "utf8").trimEnd().split("\n").length);
  if (rows - 1 !== expected) failures.push(`${engine.name}: ${rows - 1} rows exported, ${expected} in the database`);
  console.log(`${engine.name}: export of ${expected} rows ${csv.toFixed(2)} s as CSV, ${xlsx.toFixed(2)} s as XLSX, ${engine.lister} ${bareList.toFixed(2)} s, memory ${Math.round(most / 1024)} MiB`);
  judge(engine.name, `export, of ${engine.lister}`, bareList / csv, 0.3);
}

function sqlite() {
  const file = join(folder, "buyer.sqlite");
  const copy = join(folder, "copy.sqlite");
  const shell = async (database, script) => {
    const path = join(folder, "script.sql");
    writeFileSync(path, script);
    await exec("bash", ["-c", `sqlite3 -bail '${database}' < '${path}'`], { maxBuffer: 1 << 26 });
  };
  return {
    name: "sqlite",
    loader: "sqlite3 .import",
    url: `sqlite:${file}`,
    aside: `sqlite:${join(folder, "aside.sqlite")}`,
    dump: async (tables) => {
      await shell(file, tables.map((table) => `.mode csv\n.output ${folder}/${table}.csv\nSELECT * FROM ${table};\n`).join(""));
      const { stdout } = await exec("sqlite3", [file, "SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL AND type IN ('table', 'index') AND name NOT LIKE 'sqlite_%'"]);
      await shell(copy, `PRAGMA journal_mode = WAL;\n${stdout}`);
    },
    load: (tables) => shell(copy, `.mode csv\n${tables.map((table) => `.import ${folder}/${table}.csv ${table}\n`).join("")}`),
    ask: (query) => exec("sqlite3", [file, query]),
    lister: "sqlite3 -csv",
    list: (to) => shell(file, `.mode csv\n.output ${to}\n${listed("group_concat")};\n`),
    stop: async () => undefined,
  };
}

async function postgres() {
  const { url, psql, twin, stop } = await startPostgres();
  await psql("postgres", "-c", "CREATE DATABASE aside");
  const each = (tables, act) => tables.flatMap((table) => ["-c", `\\copy ${table} ${act} '${folder}/${table}.csv' csv`]);
  return {
    name: "postgresql",
    loader: "COPY",
    url: url("buyer"),
    aside: url("aside"),
    dump: async (tables) => {
      await psql("buyer", ...each(tables, "to"));
      await twin("copy");
    },
    load: (tables) => psql("copy", ...each(tables, "from")),
    ask: (query) => psql("buyer", "-c", query),
    lister: "COPY to CSV",
    list: (to) => psql("buyer", "-c", `\\copy (${listed("string_agg")}) to '${to}' csv`),
    stop,
  };
}

console.log(`${CONTRACTS} contracts, ${SUPPLIERS} suppliers`);
await generate(join(folder, "one"), { contracts: 1000, suppliers: SUPPLIERS, seed: 2 });
writeFileSync(join(folder, "one.json"), readFileSync(join(folder, "one", "contracts.json")));
await generate(folder, { contracts: CONTRACTS, suppliers: SUPPLIERS, seed: 1 });
for (const [engine, floor] of [[sqlite(), 0.5], [await postgres(), 0.3]]) {
  try {
    await measure(engine, floor);
  } finally {
    await engine.stop();
  }
}
const history = join(ROOT, "target/bench");
mkdirSync(history, { recursive: true });
appendFileSync(join(history, "history.jsonl"), `${JSON.stringify(results)}\n`);
if (failures.length > 0) {
  console.error(failures.map((failure) => `below the bar: ${failure}`).join("\n"));
  process.exitCode = 1;
}
