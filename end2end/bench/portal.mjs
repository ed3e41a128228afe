// The portal under measurement: what one installs, on SQLite with the demonstration data, and sessions opened by mail.
import { execFile } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { simpleParser } from "mailparser";
import { fill } from "./fill.mjs";
import { freePort, serve, stop } from "./measure.mjs";

export const ROOT = resolve(import.meta.dirname, "../..");
const PROGRAM = join(ROOT, "target/production/spaser");
const exec = promisify(execFile);

/** Prepares the data once; `start` may then be called as often as wanted. */
export async function prepare() {
  const folder = mkdtempSync(join(tmpdir(), "spaser-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    SPASER__SERVER__BIND: `127.0.0.1:${port}`,
    SPASER__SERVER__SITE_ROOT: join(ROOT, "target/site"),
    SPASER__DATA__DIR: folder,
    SPASER__DEMO__ENABLED: "true",
    SPASER__LIMITS__LINKS_PER_ADDRESS: "1000",
    SPASER__LIMITS__LINKS_PER_IP: "1000",
    SPASER__LIMITS__CODES_PER_IP: "1000",
  };
  const command = async (...args) => (await exec(PROGRAM, args, { cwd: folder, env })).stdout;
  await command("demo", "seed");
  fill(join(folder, "spaser.sqlite"), 40);
  return {
    folder,
    url,
    command,
    start: () => serve(PROGRAM, ["serve"], { url: `${url}/health/ready`, env, cwd: folder, log: openSync(join(folder, "journal"), "a") }),
    stop,
  };
}

/** Opens a session with the code of the mail, and returns the cookies to send. */
export async function signIn({ url, folder }, email) {
  const jar = new Map();
  const post = async (path, fields) => {
    const answer = await fetch(url + path, {
      method: "POST",
      redirect: "manual",
      headers: {
        origin: url,
        "sec-fetch-site": "same-origin",
        "content-type": "application/x-www-form-urlencoded",
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
      },
      body: new URLSearchParams(fields),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      jar.set(name, value);
    }
    if (answer.status !== 303) throw new Error(`${path}: ${answer.status} instead of 303\n${await answer.text()}`);
  };
  await post("/connexion", { email });
  await post("/connexion/code", { code: await code(join(folder, "courriels"), email) });
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}

/** The eight digits of the latest mail to this address. */
async function code(mails, email) {
  const deadline = Date.now() + 10_000;
  for (;;) {
    let names = [];
    try {
      names = readdirSync(mails).filter((name) => name.endsWith(".eml")).sort().reverse();
    } catch {
      // The folder appears with the first mail.
    }
    for (const name of names) {
      const mail = await simpleParser(readFileSync(join(mails, name)));
      const digits = /(?<!\d)(\d{4})\s?(\d{4})(?!\d)/.exec(mail.text ?? "");
      if (mail.to?.value.some((to) => to.address === email) && digits) return digits[1] + digits[2];
    }
    if (Date.now() > deadline) throw new Error(`no sign-in mail to ${email} in ${mails}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
