// `make bench`, fourth part: a save while somebody types, in a portal of 50,000 drafts, as a ratio to a bare upsert of the same
// answers on the same engine, each in a transaction of its own. Fails above the bars. SPASER_BENCH_DRAFTS changes the size.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { appendFileSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { siret } from "./contracts/generate.mjs";
import { freePort, median, serve, stop } from "./measure.mjs";
import { ROOT, signIn } from "./portal.mjs";
import { startPostgres } from "./postgres.mjs";

const exec = promisify(execFile);
const Database = createRequire(import.meta.url)("libsql");
const PROGRAM = process.env.SPASER_BENCH_PROGRAM ?? join(ROOT, "target/production/spaser");
const SITE = process.env.SPASER_BENCH_SITE ?? join(ROOT, "target/site");
const DRAFTS = Number(process.env.SPASER_BENCH_DRAFTS ?? 50_000);
const ROUNDS = 3;
const SAVES = 200;
const MOST_MS = 20;
const MOST_RATIO = 5;
/** The company of the demonstration that has a draft, and who fills it in. */
const [COMPANY, EMAIL] = ["910000132", "interim@demo.example"];

const folder = mkdtempSync(join(tmpdir(), "spaser-bench-typing-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** As many drafts as wanted, copies of the one that is open, each of a company of its own. */
function copies(sql) {
  const sirens = Array.from({ length: DRAFTS }, (_, n) => `('${siret(n + 1).slice(0, 9)}')`);
  const script = join(folder, `fill-${sql.name}.sql`);
  const columns = "status, version, form_version, answers, step_versions, opened_at, opened_by, updated_at, updated_by";
  writeFileSync(
    script,
    `BEGIN; CREATE TEMP TABLE sirens (siren TEXT); INSERT INTO sirens VALUES ${sirens.join(",")};
     INSERT INTO companies (siren, name, search_name, registry, registry_at, created_at, last_revision)
       SELECT s.siren, m.name, m.search_name, m.registry, m.registry_at, m.created_at, 0
       FROM companies m, (SELECT DISTINCT siren FROM sirens) s WHERE m.siren = '${COMPANY}' AND s.siren <> '${COMPANY}' ${sql.upsert};
     INSERT INTO declarations (id, siren, reference, ${columns}) SELECT ${sql.uuid}, s.siren, 'BENCH-' || s.siren, ${columns}
       FROM declarations m, companies s WHERE m.siren = '${COMPANY}' AND m.status = 'draft' AND s.siren NOT IN (SELECT siren FROM declarations);
     COMMIT;`,
  );
  return script;
}

/** A yardstick on SQLite: a file with the same settings as the portal's. */
function sqliteYardstick(answers) {
  const database = new Database(join(folder, "bare.sqlite"));
  for (const pragma of ["journal_mode = WAL", "synchronous = FULL"]) database.pragma(pragma);
  database.exec("CREATE TABLE bare (id BLOB PRIMARY KEY, answers TEXT NOT NULL) STRICT, WITHOUT ROWID");
  const statement = database.prepare("INSERT INTO bare VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET answers = excluded.answers");
  const ids = Array.from({ length: DRAFTS }, () => randomBytes(16));
  database.exec("BEGIN");
  for (const id of ids) statement.run(id, answers(0));
  database.exec("COMMIT");
  return { upsert: async (n) => statement.run(ids[n % ids.length], answers(n)), close: async () => database.close() };
}

/** A yardstick on PostgreSQL: another database of the same server. */
async function postgresYardstick(server, answers) {
  await server.psql("postgres", "-c", "CREATE DATABASE bare");
  const client = new pg.Client({ connectionString: server.url("bare") });
  await client.connect();
  await client.query("CREATE TABLE bare (id UUID PRIMARY KEY, answers TEXT NOT NULL)");
  await client.query("INSERT INTO bare SELECT gen_random_uuid(), $1 FROM generate_series(1, $2::int)", [answers(0), DRAFTS]);
  const { rows } = await client.query("SELECT id FROM bare LIMIT 1000");
  const text = "INSERT INTO bare VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET answers = excluded.answers";
  return { upsert: (n) => client.query({ name: "upsert", text, values: [rows[n % rows.length].id, answers(n)] }), close: () => client.end() };
}

async function timed(times, act) {
  const milliseconds = [];
  for (let n = 0; n < times; n++) {
    const start = performance.now();
    await act(n);
    milliseconds.push(performance.now() - start);
  }
  return milliseconds;
}

async function measure(engine, url, fill, bare) {
  const data = mkdtempSync(join(folder, `${engine}-`));
  const port = await freePort();
  const portal = { url: `http://127.0.0.1:${port}`, folder: data };
  const env = {
    PATH: process.env.PATH,
    HOME: data,
    SPASER__SERVER__BIND: `127.0.0.1:${port}`,
    SPASER__SERVER__SITE_ROOT: SITE,
    SPASER__DATA__DIR: data,
    SPASER__DEMO__ENABLED: "true",
    SPASER__LIMITS__TYPING_PER_MINUTE: "1000000",
    ...(url && { SPASER__DATABASE__URL: url }),
  };
  await exec(PROGRAM, ["demo", "seed"], { cwd: data, env });
  const { child } = await serve(PROGRAM, ["serve"], { url: `${portal.url}/health/ready`, env, cwd: data, log: openSync(join(data, "journal"), "a") });
  try {
    const cookie = await signIn(portal, EMAIL);
    const post = (path, fields, accept) =>
      fetch(portal.url + path, {
        method: "POST",
        redirect: "manual",
        headers: { cookie, accept, origin: portal.url, "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(fields),
      });
    const opened = await post("/fn/open-company", { number: COMPANY }, "text/html");
    const id = /\/declarations\/([0-9a-f-]{36})/.exec(opened.headers.get("location") ?? "")?.[1];
    if (!id) throw new Error(`no declaration: ${opened.status} ${opened.headers.get("location")}`);
    const { count, answers } = await fill(data);
    if (count < DRAFTS) throw new Error(`${count} drafts instead of ${DRAFTS}`);
    // Never twice the same: an engine may leave alone a row that does not change.
    let written = 0;
    const yardstick = await bare(() => answers.replace("Camille Martin", `Personne ${++written}`));
    const page = await (await fetch(`${portal.url}/declarations/${id}/entreprise`, { headers: { cookie } })).text();
    const drawn = (name) => new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(page)?.[0].match(/ value="([^"]*)"/)?.[1] ?? "";
    let [turn, version, before] = [0, drawn("version"), drawn("answers\\[contact_name\\]")];
    const save = async () => {
      const name = `Personne ${++turn}`;
      const fields = {
        page: "banc", turn: String(turn), version,
        changed: "answers[contact_name]", "before[contact_name]": before, "answers[contact_name]": name,
      };
      const answer = await post(`/declarations/${id}/entreprise/saisie`, fields, "application/x-www-form-urlencoded");
      const told = new URLSearchParams(await answer.text());
      if (answer.status !== 200 || told.has("copy") || !told.has("version")) throw new Error(`save: ${answer.status} ${told}`);
      [before, version] = [name, told.get("version")];
    };
    await timed(SAVES / 4, save);
    await timed(SAVES / 4, yardstick.upsert);
    const [ours, theirs] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      theirs.push(...(await timed(SAVES, yardstick.upsert)));
      ours.push(...(await timed(SAVES, save)));
    }
    await yardstick.close();
    return { engine, drafts: count, ms: median(ours), bare_ms: median(theirs), ratio: median(ours) / median(theirs) };
  } finally {
    await stop(child);
  }
}

const COUNTED = "SELECT COUNT(*), MAX(answers) FILTER (WHERE siren = '" + COMPANY + "') FROM declarations WHERE status = 'draft'";
const results = [];
const fillSqlite = async (data) => {
  const script = copies({ name: "sqlite", uuid: "randomblob(16)", upsert: "ON CONFLICT DO NOTHING" });
  await exec("bash", ["-c", `sqlite3 -bail '${join(data, "spaser.sqlite")}' < '${script}'`]);
  const [[count, answers]] = new Database(join(data, "spaser.sqlite"), { readonly: true }).prepare(COUNTED).raw().all();
  return { count, answers };
};
results.push(await measure("sqlite", undefined, fillSqlite, sqliteYardstick));
const server = await startPostgres();
try {
  await server.psql("postgres", "-c", "CREATE DATABASE portal");
  const fillPostgres = async () => {
    await server.psql("portal", "-f", copies({ name: "postgres", uuid: "gen_random_uuid()", upsert: "ON CONFLICT DO NOTHING" }));
    await server.psql("portal", "-c", "VACUUM ANALYZE");
    const { stdout } = await server.psql("portal", "-At", "-F", "\t", "-c", COUNTED.replace("answers)", "answers::text)"));
    const [count, answers] = stdout.trim().split("\t");
    return { count: Number(count), answers };
  };
  results.push(await measure("postgres", server.url("portal"), fillPostgres, (answers) => postgresYardstick(server, answers)));
} finally {
  await server.stop();
}

const failures = [];
for (const { engine, drafts, ms, bare_ms, ratio } of results) {
  const wrong = ms > MOST_MS || ratio > MOST_RATIO;
  console.log(`save while typing, ${drafts} drafts, ${engine}: median ${ms.toFixed(2)} ms (≤ ${MOST_MS}), bare upsert ${bare_ms.toFixed(2)} ms, ratio ${ratio.toFixed(2)} (≤ ${MOST_RATIO})${wrong ? "  ABOVE" : ""}`);
  if (wrong) failures.push(engine);
}
const history = join(ROOT, "target/bench");
mkdirSync(history, { recursive: true });
appendFileSync(join(history, "history.jsonl"), `${JSON.stringify({ at: new Date().toISOString(), typing: results })}\n`);
if (failures.length > 0) {
  console.error(`above the bar: ${failures.join(", ")}`);
  process.exitCode = 1;
}
