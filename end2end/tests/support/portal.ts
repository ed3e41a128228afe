// The real program, as built for release, on a folder, a port, databases and a mail server of its own.
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Row, query } from "./buyer";
import { type Mailbox, startMailbox } from "./mailbox";
import { type Cluster, startCluster } from "./postgres";
import { type Outcome, eventually, freePort, run, start, stop } from "./processes";

export type Engine = "sqlite" | "postgres";

const ROOT = resolve(import.meta.dirname, "../../..");
export const RESULTS = join(ROOT, "end2end/results");
// The release build, unless one says otherwise while working on something else.
const PROGRAM = process.env["SPASER_PROGRAM"] ?? join(ROOT, "target/release/spaser");
const SITE = process.env["SPASER_SITE"] ?? join(ROOT, "target/site");

export interface Portal {
  url: string;
  engine: Engine;
  mailbox: Mailbox;
  /** Runs another command of the program on the same configuration. */
  cli(...args: string[]): Promise<Outcome>;
  /** Runs it and fails unless it succeeds. */
  done(...args: string[]): Promise<string>;
  /** Reads the buyer database. */
  buyer(sql: string): Promise<Row[]>;
  /** What the program wrote to its journal. */
  journal(): string;
  stop(): Promise<void>;
}

export interface Choices {
  engine: Engine;
  name: string;
  /** Fill the databases with the demonstration data first. */
  demonstration?: boolean;
  settings?: Record<string, string>;
}

export async function startPortal({ engine, name, demonstration = false, settings = {} }: Choices): Promise<Portal> {
  if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is not built: run make test, or .ci/build.sh server`);
  const folder = await mkdtemp(join(tmpdir(), "spaser-portal-"));
  const mailbox = await startMailbox();
  await writeFile(join(folder, "authority.pem"), mailbox.authority);
  const cluster: Cluster | undefined = engine === "postgres" ? await startCluster() : undefined;
  const database = cluster ? await cluster.create("portal") : `sqlite://${folder}/portal.sqlite?mode=rwc`;
  const buyerDatabase = cluster ? await cluster.create("buyer") : `sqlite://${folder}/buyer.sqlite?mode=rwc`;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;

  const env = {
    PATH: process.env["PATH"],
    HOME: folder,
    SPASER_TEST_RUN: process.env["SPASER_TEST_RUN"],
    SPASER__SERVER__BIND: `127.0.0.1:${port}`,
    SPASER__SERVER__SITE_ROOT: SITE,
    SPASER__DATA__DIR: folder,
    SPASER__DATABASE__URL: database,
    SPASER__BUYER_DATABASE__URL: buyerDatabase,
    SPASER__MAIL__MODE: "smtp",
    SPASER__MAIL__HOST: mailbox.host,
    SPASER__MAIL__PORT: String(mailbox.port),
    SPASER__MAIL__ENCRYPTION: "required",
    SPASER__MAIL__USER: mailbox.user,
    SPASER__MAIL__PASSWORD: mailbox.password,
    SPASER__MAIL__CA_FILE: join(folder, "authority.pem"),
    SPASER__DEMO__ENABLED: String(demonstration),
    SPASER__LOG__FORMAT: "text",
    // Everything comes from one address here; the limits have tests of their own, in Rust.
    SPASER__LIMITS__LINKS_PER_ADDRESS: "1000",
    SPASER__LIMITS__LINKS_PER_IP: "1000",
    SPASER__LIMITS__LINKS_TOTAL: "10000",
    SPASER__LIMITS__CODES_PER_IP: "1000",
    SPASER__LIMITS__ACTIONS_PER_MINUTE: "10000",
    SPASER__LIMITS__TYPING_PER_MINUTE: "10000",
    SPASER__LIMITS__LOOKUPS_PER_MINUTE: "10000",
    ...settings,
  };
  const cli = (...args: string[]) => run(PROGRAM, args, { cwd: folder, env });
  const done = async (...args: string[]) => {
    const outcome = await cli(...args);
    if (outcome.status !== 0) throw new Error(`spaser ${args.join(" ")}: ${outcome.status}\n${outcome.stdout}${outcome.stderr}`);
    return outcome.stdout;
  };
  if (demonstration) await done("demo", "seed");

  const log = join(RESULTS, "logs", `${name}.log`);
  await mkdir(join(RESULTS, "logs"), { recursive: true });
  const output = openSync(log, "w");
  const server = start(PROGRAM, ["serve"], { cwd: folder, env, stdio: ["ignore", output, output] });
  closeSync(output);
  const journal = () => readFileSync(log, "utf8");
  await eventually(
    "the portal to be ready",
    async () => {
      if (server.exitCode !== null) throw new Error(`spaser serve stopped with ${server.exitCode}:\n${journal()}`);
      const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
      return answer?.ok ? true : undefined;
    },
  );

  return {
    url,
    engine,
    mailbox,
    cli,
    done,
    journal,
    buyer: (sql) => query(buyerDatabase, sql),
    async stop() {
      const status = await stop(server);
      await mailbox.save(join(RESULTS, "logs", `${name}.mails.json`));
      await mailbox.stop();
      await cluster?.stop();
      await rm(folder, { recursive: true, force: true });
      if (status !== 0) throw new Error(`spaser serve ended with ${status} instead of stopping cleanly; see ${log}`);
    },
  };
}
