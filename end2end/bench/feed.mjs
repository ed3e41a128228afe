// `make bench`, third part: the companies of the portal brought to a PostgreSQL buyer database, as a ratio to pgbench with the
// same upserts in the same transactions. Fails below the floor. SPASER_BENCH_COMPANIES changes the size.
import { execFile } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { siret } from "./contracts/generate.mjs";
import { ROOT } from "./portal.mjs";
import { startPostgres } from "./postgres.mjs";

const exec = promisify(execFile);
const PROGRAM = process.env.SPASER_BENCH_PROGRAM ?? join(ROOT, "target/production/spaser");
const COMPANIES = Number(process.env.SPASER_BENCH_COMPANIES ?? 20_000);
const FLOOR = 0.5;
/** The company of the demonstration that the others are copies of: three validated claims, one of them a commitment. */
const MODEL = "910000025";
const OFFICE = "91000002500015";
/** What the feed writes of it. */
const TABLES = ["suppliers", "qualifications", "commitments"];

const folder = mkdtempSync(join(tmpdir(), "spaser-bench-feed-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const seconds = async (work) => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};

/** Copies of the model in the portal's file, under SIREN of their own. */
async function fill(file) {
  const sirens = Array.from({ length: COMPANIES }, (_, n) => `('${siret(n).slice(0, 9)}', '${siret(n)}')`).join(",");
  const script = join(folder, "fill.sql");
  // The head office first: its number begins with that of the company.
  const renamed = (column) => `replace(replace(m.${column}, '${OFFICE}', s.siret), '${MODEL}', s.siren)`;
  writeFileSync(
    script,
    `BEGIN; CREATE TEMP TABLE sirens (siren TEXT, siret TEXT); INSERT INTO sirens VALUES ${sirens};
     INSERT INTO companies SELECT s.siren, m.name, m.search_name, ${renamed("registry")}, m.registry_at, m.created_at, m.last_revision
       FROM companies m, sirens s WHERE m.siren = '${MODEL}';
     INSERT INTO qualifications SELECT randomblob(16), s.siren, m.declaration_id, m.revision, ${renamed("claim_key")}, m.kind,
       ${renamed("claim")}, m.hash, m.valid_from, m.valid_to, m.accepted_by, m.accepted_at
       FROM qualifications m, sirens s WHERE m.siren = '${MODEL}';
     COMMIT;`,
  );
  await exec("bash", ["-c", `sqlite3 -bail '${file}' < '${script}'`]);
}

/** What is written of one company, with the values of the model, as a script of pgbench. */
async function script({ psql }) {
  const ask = async (query) => (await psql("buyer", "-At", "-c", query)).stdout.trim().split("\n").filter((line) => line !== "");
  const siren = "lpad(CAST(:n AS TEXT), 9, '0')";
  const lines = ["\\set n :n + 1", "BEGIN;"];
  for (const table of TABLES) {
    const columns = await ask(`SELECT column_name FROM information_schema.columns WHERE table_name = '${table}' AND table_schema = 'public' ORDER BY ordinal_position`);
    const keys = await ask(
      `SELECT a.attname FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
       WHERE c.conname = '${table}_pkey' ORDER BY array_position(c.conkey, a.attnum)`,
    );
    const values = columns.map((column) => `quote_nullable(${column}::text)`).join(", ");
    const rows = await ask(`SELECT concat_ws(', ', ${values}) FROM ${table} WHERE siren = '${MODEL}'`);
    const set = columns.filter((column) => !keys.includes(column)).map((column) => `${column} = excluded.${column}`);
    for (const row of rows) {
      // pgbench would take a colon before a letter for a variable of its own.
      const plain = row.replace(/:(?=[A-Za-z_])/g, "' || chr(58) || '");
      const own = plain.replaceAll(`'${MODEL}'`, siren).replace(new RegExp(`'([^']*)${MODEL}([^']*)'`, "g"), `concat('$1', ${siren}, '$2')`);
      lines.push(
        `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${own}) ON CONFLICT (${keys.join(", ")}) DO UPDATE SET ${set.join(", ")} WHERE excluded.revision > ${table}.revision;`,
      );
    }
  }
  lines.push("INSERT INTO last_change (id, mark) VALUES (1, CAST(:n AS TEXT)) ON CONFLICT (id) DO UPDATE SET mark = excluded.mark;", "COMMIT;");
  const file = join(folder, "feed.sql");
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

const server = await startPostgres();
try {
  const env = { PATH: process.env.PATH, HOME: folder, SPASER__DATA__DIR: folder, SPASER__DEMO__ENABLED: "true", SPASER__BUYER_DATABASE__URL: server.url("buyer") };
  const portal = async (...args) => (await exec(PROGRAM, args, { cwd: folder, env })).stdout;
  await portal("demo", "seed");
  await portal("feed", "replay");
  await server.twin("bare");
  const file = await script(server);
  await fill(join(folder, "spaser.sqlite"));
  let replayed;
  const ours = await seconds(async () => (replayed = JSON.parse(await portal("feed", "replay"))));
  const theirs = await seconds(() => server.tool("pgbench", "-n", "-c", "1", "-t", String(COMPANIES), "-M", "prepared", "-D", "n=0", "-f", file, "bare"));
  const count = async (database) => Number((await server.psql(database, "-At", "-c", `SELECT ${TABLES.map((table) => `(SELECT COUNT(*) FROM ${table})`).join(" + ")}`)).stdout);
  const [written, expected] = [replayed.rows, await count("bare")];
  const verified = JSON.parse(await portal("feed", "verify"));
  const ratio = theirs / ours;
  console.log(`feed: ${replayed.companies} companies, ${written} rows in ${ours.toFixed(1)} s; pgbench ${expected} rows in ${theirs.toFixed(1)} s`);
  console.log(`feed, of pgbench with the same upserts`.padEnd(59), ratio.toFixed(3).padStart(8), `≥ ${FLOOR}`.padStart(8), ratio < FLOOR ? "  BELOW" : "");
  const history = join(ROOT, "target/bench");
  mkdirSync(history, { recursive: true });
  appendFileSync(join(history, "history.jsonl"), `${JSON.stringify({ at: new Date().toISOString(), feed: { companies: COMPANIES, ratio } })}\n`);
  if (written !== expected) throw new Error(`${written} rows fed, ${expected} by pgbench`);
  if (ratio < FLOOR) throw new Error(`below the bar: feed ${ratio.toFixed(3)}, ${FLOOR} wanted`);
  console.log(`both sides equal: ${JSON.stringify(verified)}`);
} finally {
  await server.stop();
}
