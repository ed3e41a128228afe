// Computes a frozen year again from its two published files: `node recompute.mjs INDICATEURS.json MARCHES.csv`. Exit 1 if a figure differs.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
const [json, file] = process.argv.slice(2).map((path) => readFileSync(path));
const published = JSON.parse(json);
const [names, ...rows] = file.toString().trimEnd().split("\n").map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((cell) => cell[1]?.replaceAll('""', '"') ?? cell[2]));
const lines = rows.map((cells) => Object.fromEntries(cells.map((cell, at) => [names[at], cell])));
// Exact fractions of whole numbers: [part, of].
const plus = ([a, b], [c, d]) => [a * d + c * b, b * d];
const times = ([a, b], [c, d]) => [a * c, b * d];
const fraction = (text) => text.split("/").map(BigInt).concat(1n).slice(0, 2);
const euros = (text) => [BigInt(text.split(".")[0] + (text.split(".")[1] ?? "").padEnd(6, "0")), 1_000_000n];
const reduce = ([a, b]) => { let [x, y] = [a < 0n ? -a : a, b]; while (y) [x, y] = [y, x % y]; return x ? [a / x, b / x] : [0n, 1n]; };
const sum = (list) => list.reduce((total, one) => reduce(plus(total, one)), [0n, 1n]);
const rounded = ([a, b]) => Number((a * 200n + b) / (b * 2n)) / 100; // half up, two decimals
const byKey = new Map();
for (const line of lines) byKey.set(line.buyer_siret + "/" + line.contract_id, [...(byKey.get(line.buyer_siret + "/" + line.contract_id) ?? []), line]);
const contracts = [...byKey.values()];
const counted = contracts.filter(([line]) => line.in_amounts === "1");
const amount = (some) => sum(some.map(([line]) => euros(line.amount)));
const number = (some) => [BigInt(some.length), 1n];
const having = (flag) => (some) => some.filter(([line]) => line[flag] === "1");
const parts = (flag) => counted.flat().filter((line) => line[flag] === "1").map((line) => times(euros(line.amount), fraction(line.share)));
const holders = (some) => [BigInt(new Set(some.map((line) => line.holder)).size), 1n];
const [all, total, named] = [number(contracts), amount(counted), lines.filter((line) => line.holder)];
const figures = { I3: [sum(parts("solidarity")), total], I4v: [sum(parts("sme")), total], I7: [holders(named.filter((line) => line.declared === "1")), holders(named)] };
figures.I3low = [amount(counted.filter((of) => of.every((line) => line.solidarity === "1"))), total];
figures.I3high = [amount(counted.filter((of) => of.some((line) => line.solidarity === "1"))), total];
figures.I4 = [sum(lines.filter((line) => line.sme === "1").map((line) => fraction(line.share))), all];
for (const [id, flag] of Object.entries({ I1: "environmental_clause", I1w: "environmental_any", I2: "social_clause", I2w: "social_any", I5: "reserved", I6: "innovative" })) figures[id] = [number(having(flag)(contracts)), all];
for (const [id, flag] of Object.entries({ I1v: "environmental_clause", I2v: "social_clause" })) figures[id] = [amount(having(flag)(counted)), total];
const wrong = createHash("sha256").update(file).digest("hex") === published.sha256 ? [] : ["the file of contracts is not the one that was frozen"];
for (const [id, [part, of]] of Object.entries(figures)) {
  const found = { numerator: rounded(part), denominator: rounded(of), value: of[0] ? rounded([part[0] * of[1] * 100n, part[1] * of[0]]) : null };
  const { numerator, denominator, value } = published.figures.indicators[id];
  console.log(`${id.padEnd(7)} ${value}`);
  if (JSON.stringify(found) !== JSON.stringify({ numerator, denominator, value })) wrong.push(`${id}: ${JSON.stringify(found)} computed, ${JSON.stringify({ numerator, denominator, value })} published`);
}
console.error(wrong.join("\n"));
process.exitCode = wrong.length > 0 ? 1 : 0;
