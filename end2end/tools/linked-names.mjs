// Reads the names in a linked WebAssembly module (before wasm-opt) and fails if a forbidden crate has a function in it.
import { readFileSync } from "node:fs";

// Each of these costs tens of kilobytes for something that the server does anyway.
const FORBIDDEN = ["regex_automata", "regex_syntax", "idna"];
// Must be found: otherwise the names were stripped and the check would pass on anything.
const WITNESS = "leptos";

const NAME_SECTION = "name";
const FUNCTION_NAMES = 1;

class Cursor {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  unsigned() {
    let result = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      result += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return result;
    }
  }
  text() {
    const length = this.unsigned();
    const text = this.bytes.toString("utf8", this.at, this.at + length);
    this.at += length;
    return text;
  }
}

/** Every function name of the module's name section. */
export function functionNames(bytes) {
  if (bytes.toString("latin1", 0, 4) !== "\0asm") throw new Error("not a WebAssembly module");
  const names = [];
  const cursor = new Cursor(bytes, 8);
  while (cursor.at < bytes.length) {
    const id = bytes[cursor.at++];
    const size = cursor.unsigned();
    const end = cursor.at + size;
    if (id === 0 && cursor.text() === NAME_SECTION) {
      while (cursor.at < end) {
        const kind = bytes[cursor.at++];
        const length = cursor.unsigned();
        const next = cursor.at + length;
        if (kind === FUNCTION_NAMES) {
          for (let left = cursor.unsigned(); left > 0; left--) {
            cursor.unsigned();
            names.push(cursor.text());
          }
        }
        cursor.at = next;
      }
    }
    cursor.at = end;
  }
  return names;
}

/** True when a mangled (legacy or v0) or plain name comes from the crate. */
function belongs(name, crate) {
  return new RegExp(`(^|[^a-z0-9_])(?:[A-Za-z]*[0-9]+)?${crate}($|[^a-z0-9_])|${crate.length}${crate}`).test(name);
}

const file = process.argv[2];
const names = functionNames(readFileSync(file));
if (!names.some((name) => belongs(name, WITNESS))) {
  console.error(`${file}: ${names.length} function names, none of ${WITNESS}: were the names stripped?`);
  process.exit(1);
}
const found = names.filter((name) => FORBIDDEN.some((crate) => belongs(name, crate)));
console.log(`${file}: ${names.length} functions, ${found.length} of ${FORBIDDEN.join(", ")}`);
if (found.length > 0) {
  for (const name of found.slice(0, 20)) console.error(`  ${name}`);
  process.exit(1);
}
