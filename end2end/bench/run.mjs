// `make bench`: each page in requests per second of server processor, as a ratio to a bare axum handler that returns the
// same bytes; then the time from start to ready, and the memory over 100,000 requests. Fails below the floors.
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { freePort, load, median, requestsPerCpuSecond, residentKib, serve, stop } from "./measure.mjs";
import { pages } from "./pages.mjs";
import { ROOT, prepare, signIn } from "./portal.mjs";

const ROUNDS = 3;
const MEMORY_REQUESTS = 100_000;
const READY_MS = 1_000;
const MEMORY_GROWTH_KIB = 8 * 1024;

const portal = await prepare();
const failures = [];
const results = { at: new Date().toISOString(), processor: cpus()[0].model, pages: [] };

// From start to ready, on data that exist.
const starts = [];
for (let round = 0; round < 5; round++) {
  const { child, milliseconds } = await portal.start();
  starts.push(milliseconds);
  await portal.stop(child);
}
results.ready_ms = Math.round(median(starts));
console.log(`start to ready: ${results.ready_ms} ms (median of ${starts.length}, at most ${READY_MS})`);
if (results.ready_ms > READY_MS) failures.push(`ready after ${results.ready_ms} ms`);

const { child: server } = await portal.start();
const cookies = new Map();
console.log(`\n${"page".padEnd(44)} ${"bytes".padStart(7)} ${"req/CPU-s".padStart(10)} ${"bare".padStart(8)} ${"ratio".padStart(6)} ${"floor".padStart(6)} ${"p99".padStart(9)}`);
for (const page of pages) {
  if (page.email && !cookies.has(page.email)) cookies.set(page.email, await signIn(portal, page.email));
  const headers = page.email ? [`Cookie: ${cookies.get(page.email)}`] : [];
  const url = portal.url + page.path;
  const answer = await fetch(url, { headers: page.email ? { cookie: cookies.get(page.email) } : {}, redirect: "manual" });
  if (answer.status !== 200) throw new Error(`${page.path}: ${answer.status}`);
  const html = await answer.text();
  page.check?.(html);
  const file = join(portal.folder, "page.html");
  writeFileSync(file, html);
  const address = `127.0.0.1:${await freePort()}`;
  const { child: bare } = await serve(join(ROOT, "target/production/bare"), [address, file], { url: `http://${address}/` });
  await load(url, { seconds: 1, headers });
  const [ours, theirs, slowest] = [[], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    theirs.push((await requestsPerCpuSecond(bare.pid, `http://${address}/`, {})).rate);
    const { rate, p99 } = await requestsPerCpuSecond(server.pid, url, { headers });
    ours.push(rate);
    slowest.push(p99);
  }
  await stop(bare);
  const [rate, bareRate] = [Math.round(median(ours)), Math.round(median(theirs))];
  const ratio = rate / bareRate;
  results.pages.push({ page: page.name, path: page.path, bytes: Buffer.byteLength(html), rate, bare: bareRate, ratio, floor: page.floor });
  console.log(`${page.name.padEnd(44)} ${String(Buffer.byteLength(html)).padStart(7)} ${String(rate).padStart(10)} ${String(bareRate).padStart(8)} ${ratio.toFixed(3).padStart(6)} ${String(page.floor ?? "").padStart(6)} ${slowest[0].padStart(9)}`);
  if (page.floor && ratio < page.floor) failures.push(`${page.name}: ${ratio.toFixed(3)} of bare, ${page.floor} wanted`);
}

// Memory: warm first, then a hundred thousand requests over all the pages, measured four times on the way.
const batch = async (requests) => {
  for (let done = 0; done < requests; ) {
    for (const page of pages) {
      const headers = page.email ? [`Cookie: ${cookies.get(page.email)}`] : [];
      done += (await load(portal.url + page.path, { seconds: 1, headers })).requests;
    }
  }
};
await batch(1);
const memory = [residentKib(server.pid)];
for (let quarter = 0; quarter < 4; quarter++) {
  await batch(MEMORY_REQUESTS / 4);
  memory.push(residentKib(server.pid));
}
results.memory_kib = memory;
console.log(`\nmemory over ${MEMORY_REQUESTS} requests or more: ${memory.map((kib) => `${(kib / 1024).toFixed(1)} MiB`).join(", ")}`);
const growth = memory.at(-1) - memory[1];
if (growth > MEMORY_GROWTH_KIB) failures.push(`memory grew by ${growth} KiB`);
await portal.stop(server);

const folder = join(ROOT, "target/bench");
mkdirSync(folder, { recursive: true });
appendFileSync(join(folder, "history.jsonl"), `${JSON.stringify(results)}\n`);
console.log(`\nadded to target/bench/history.jsonl`);
if (failures.length > 0) {
  console.error(failures.map((failure) => `below the bar: ${failure}`).join("\n"));
  process.exitCode = 1;
}
