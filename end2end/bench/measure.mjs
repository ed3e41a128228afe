// Measuring: processor time and memory of a process, and rounds of wrk against it.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { promisify } from "node:util";

const TICKS_PER_SECOND = 100; // USER_HZ, fixed by Linux for what /proc shows
const exec = promisify(execFile);

/** Seconds of processor that a process used so far, in user and system mode, all its threads together. */
export function cpuSeconds(pid) {
  // The name of the program may hold spaces: count the fields after its closing parenthesis.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Kibibytes of memory that a process holds. */
export function residentKib(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);
}

/** One run of wrk; fails if any answer is not a success. */
export async function load(url, { seconds = 4, connections = 32, headers = [] } = {}) {
  const args = ["-t1", `-c${connections}`, `-d${seconds}s`, "--latency", ...headers.flatMap((header) => ["-H", header]), url];
  const { stdout } = await exec("wrk", args);
  const number = (pattern) => Number(pattern.exec(stdout)?.[1] ?? 0);
  if (number(/Non-2xx or 3xx responses: (\d+)/) > 0 || /Socket errors/.test(stdout)) {
    throw new Error(`${url}: ${stdout}`);
  }
  return { requests: number(/(\d+) requests in/), p99: /99%\s+(\S+)/.exec(stdout)?.[1] ?? "" };
}

/** Requests per second of processor of the process that answers. */
export async function requestsPerCpuSecond(pid, url, options) {
  const before = cpuSeconds(pid);
  const { requests, p99 } = await load(url, options);
  return { rate: requests / (cpuSeconds(pid) - before), p99 };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));

/** Starts a program that answers at `url`; resolves when it does, with the milliseconds it took. */
export async function serve(program, args, { url, env, cwd, log = "ignore" }) {
  const started = performance.now();
  const child = spawn(program, args, { env, cwd, stdio: ["ignore", log, log] });
  running.add(child);
  child.on("exit", () => running.delete(child));
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) break;
    if (child.exitCode !== null) throw new Error(`${program} ${args.join(" ")} stopped with ${child.exitCode}`);
    if (performance.now() - started > 30_000) throw new Error(`${url} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return { child, milliseconds: performance.now() - started };
}

export async function stop(child) {
  if (child.exitCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
