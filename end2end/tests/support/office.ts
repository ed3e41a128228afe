// What LibreOffice reads in a file: its cells, the way it has them for a colleague who opens it.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import { run } from "./processes";

/** CSV in UTF-8, texts quoted, numbers as shown. */
const SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1036,true,true";
/** A French CSV: semicolons, decimal commas. */
const FRENCH = "CSV:59,34,76,1,,1036,false,true";

/** The rows of the first sheet. */
export async function shownByOffice(file: string): Promise<string[][]> {
  const folder = await mkdtemp(join(tmpdir(), "spaser-office-"));
  try {
    const filter = extname(file) === ".csv" ? [`--infilter=${FRENCH}`] : [];
    const args = [`-env:UserInstallation=file://${folder}/profile`, "--headless", "--norestore", ...filter, "--convert-to", SHOWN, "--outdir", folder, file];
    const done = await run("soffice", args, {});
    const text = await readFile(join(folder, `${basename(file, extname(file))}.csv`), "utf8").catch(() => {
      throw new Error(`soffice: ${done.status}\n${done.stdout}${done.stderr}`);
    });
    return text.trim().split("\n").map(cells);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The cells of a line: texts are quoted, numbers are not. */
function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map((cell) => (cell[1] ?? cell[2] ?? "").replaceAll('""', '"'));
}

/** A number that LibreOffice shows, with the marks of its own language. */
export function shownNumber(text: string): number {
  const bare = text.replace(/[^0-9.,-]/g, "");
  return Number(bare.includes(".") ? bare.replaceAll(",", "") : bare.replace(",", "."));
}
