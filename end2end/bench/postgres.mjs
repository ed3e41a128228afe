// A PostgreSQL server of its own for a measure, in a folder that goes with it.
import { execFile, spawn } from "node:child_process";
import { chownSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort, stop } from "./measure.mjs";

const exec = promisify(execFile);

/** Starts it with an empty database `buyer`; `psql` asks a database, `tool` runs a program of the server against one. */
export async function startPostgres() {
  const bin = readdirSync("/usr/lib/postgresql").sort((a, b) => Number(b) - Number(a)).map((version) => `/usr/lib/postgresql/${version}/bin`)[0];
  const home = mkdtempSync(join(tmpdir(), "spaser-bench-postgres-"));
  const root = process.getuid() === 0;
  const number = async (flag) => Number((await exec("id", [flag, "postgres"])).stdout);
  const who = root ? { uid: await number("-u"), gid: await number("-g") } : {};
  if (root) chownSync(home, who.uid, who.gid);
  await exec(join(bin, "initdb"), ["-D", join(home, "data"), "-U", "spaser", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"], { cwd: home, ...who });
  const port = String(await freePort());
  const settings = ["listen_addresses=127.0.0.1", `unix_socket_directories=${home}`, "max_wal_size=4GB", "shared_buffers=512MB"];
  const server = spawn(join(bin, "postgres"), ["-D", join(home, "data"), "-p", port, ...settings.flatMap((one) => ["-c", one])], { cwd: home, ...who, stdio: "ignore" });
  const tool = (name, ...args) => exec(join(bin, name), ["-h", "127.0.0.1", "-p", port, "-U", "spaser", ...args], { maxBuffer: 1 << 26 });
  const psql = (database, ...args) => tool("psql", "-d", database, "-v", "ON_ERROR_STOP=1", "-q", ...args);
  for (let wait = 0; ; wait++) {
    try {
      await psql("postgres", "-c", "CREATE DATABASE buyer");
      break;
    } catch (error) {
      if (wait === 50) throw error;
      await new Promise((again) => setTimeout(again, 200));
    }
  }
  return {
    url: (database) => `postgres://spaser@127.0.0.1:${port}/${database}`,
    psql,
    tool,
    /** Another database with the schema of `buyer` and none of its rows. */
    twin: async (database) => {
      await psql("postgres", "-c", `CREATE DATABASE ${database}`);
      const { stdout } = await tool("pg_dump", "-s", "buyer");
      const schema = join(home, "schema.sql");
      writeFileSync(schema, stdout);
      await psql(database, "-f", schema);
    },
    stop: async () => {
      await stop(server, "SIGINT");
      rmSync(home, { recursive: true, force: true });
    },
  };
}
