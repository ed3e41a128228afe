// A PostgreSQL server of the tests' own: made in a temporary folder, on a random port, thrown away at the end.
import { chown, mkdtemp, rm } from "node:fs/promises";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { tmpdir } from "node:os";
import pg from "pg";
import { eventually, freePort, run, start, stop } from "./processes";

const USER = "spaser";

export interface Cluster {
  /** Creates an empty database and returns its address. */
  create(name: string): Promise<string>;
  stop(): Promise<void>;
}

function binaries(): string {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [...versions.map((version) => join(debian, version, "bin")), ...(process.env["PATH"] ?? "").split(delimiter)];
  const found = places.find((place) => existsSync(join(place, "initdb")) && existsSync(join(place, "postgres")));
  if (!found) throw new Error("PostgreSQL is missing: install the package postgresql");
  return found;
}

/** PostgreSQL refuses to run as root: then it runs as the user of its package, or as nobody. */
async function unprivileged(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = [await run("id", ["-u", name]), await run("id", ["-g", name])];
    if (uid.status === 0 && gid.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error("no unprivileged user to run PostgreSQL as");
}

export async function startCluster(): Promise<Cluster> {
  const bin = binaries();
  const who = await unprivileged();
  const folder = await mkdtemp(join(tmpdir(), "spaser-postgres-"));
  if (who) await chown(folder, who.uid, who.gid);
  const data = join(folder, "data");
  const options = { cwd: folder, ...who };
  const init = await run(
    join(bin, "initdb"),
    ["-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
    options,
  );
  if (init.status !== 0) throw new Error(`initdb failed:\n${init.stderr}`);
  const port = await freePort();
  const settings = ["listen_addresses=127.0.0.1", `unix_socket_directories=${folder}`, "fsync=off", "max_connections=60"];
  const server = start(
    join(bin, "postgres"),
    ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
    { ...options, stdio: "ignore" },
  );
  const address = (name: string) => `postgres://${USER}@127.0.0.1:${port}/${name}`;
  const administration = async (statement: string) => {
    const client = new pg.Client({ connectionString: address("postgres") });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await eventually("PostgreSQL to accept connections", () =>
    administration("select 1").then(
      () => true,
      () => undefined,
    ),
  );
  return {
    async create(name) {
      await administration(`create database "${name}"`);
      return address(name);
    },
    async stop() {
      // SIGINT: the fast shutdown of PostgreSQL, which does not wait for clients.
      await stop(server, "SIGINT");
      await rm(folder, { recursive: true, force: true });
    },
  };
}
