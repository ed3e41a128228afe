// More decided declarations than one page shows: copies of one of the demonstration, under other identifiers.
import { randomBytes, randomUUID } from "node:crypto";
import { createRequire } from "node:module";

const Database = createRequire(import.meta.url)("libsql");

/** Adds `count` copies of a decided declaration, with its claims, to the portal's SQLite file. */
export function fill(file, count) {
  const database = new Database(file);
  const columns = (table) => database.prepare(`select name from pragma_table_info('${table}')`).all().map((column) => column.name);
  const model = database.prepare("select id, reference from declarations where status in ('validated', 'partly_validated') limit 1").get();
  if (!model) throw new Error("the demonstration holds no decided declaration");
  const identifier = () => (typeof model.id === "string" ? randomUUID() : randomBytes(16));
  const copy = (table, replaced, where) => {
    const names = columns(table);
    const values = names.map((name) => (name in replaced ? "?" : `"${name}"`));
    const bound = names.filter((name) => name in replaced).map((name) => replaced[name]);
    database.prepare(`insert into ${table} (${names.map((name) => `"${name}"`).join(", ")}) select ${values.join(", ")} from ${table} where ${where} = ?`).run(...bound, model.id);
  };
  for (let number = 0; number < count; number++) {
    const id = identifier();
    copy("declarations", { id, reference: `SPA-0000-${String(number).padStart(4, "0")}-COPY` }, "id");
    copy("claims", { declaration_id: id }, "declaration_id");
  }
  database.close();
}
