// Reads the buyer database by SQL, as an analyst would, on either engine.
import Database from "libsql";
import pg from "pg";

export type Row = Record<string, string | number | null>;

/** Runs one query. Dates and numbers come back as text or numbers, the same on both engines. */
export async function query(url: string, sql: string): Promise<Row[]> {
  if (url.startsWith("sqlite:")) {
    const file = url.replace(/^sqlite:(\/\/)?/, "").replace(/\?.*$/, "");
    const database = new Database(file, { readonly: true });
    try {
      return (database.prepare(sql).all() as Row[]).map((row) => ({ ...row }));
    } finally {
      database.close();
    }
  }
  // Dates stay as PostgreSQL writes them; large numbers become numbers.
  const types = {
    // Numbers as numbers (int8 20, int4 23, numeric 1700), everything else as text: a SIREN is a text.
    getTypeParser: (oid: number) => (text: string) => ([20, 23, 1700].includes(oid) ? Number(text) : text),
  };
  const client = new pg.Client({ connectionString: url, types });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}
