// Called by cargo-leptos as `wasm-opt FLAGS FILE -o FILE`: empties the functions that islands never call, then runs
// binaryen's wasm-opt with the same arguments, which drops them and everything that only they needed.
//
// Leptos compiles `hydrate_async` for every type-erased view. Only lazy hydration calls it; `hydrate_islands` does not.
// It is reached through tables of functions, so that no optimiser can see that it is dead: a sixth of the module.
// Were it called all the same, it would trap: the browser tests wake up every island of the optimised module.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import binaryen from "binaryen";

const NEVER_CALLED = /(^|[^a-z_])hydrate_async([^a-z_]|$)/;

function emptyUnused(bytes) {
  const module = binaryen.readBinary(bytes);
  let emptied = 0;
  for (let index = 0; index < module.getNumFunctions(); index++) {
    const reference = module.getFunctionByIndex(index);
    const { name, module: importedFrom } = binaryen.getFunctionInfo(reference);
    if (importedFrom === "" && NEVER_CALLED.test(name)) {
      binaryen.Function.setBody(reference, module.unreachable());
      emptied++;
    }
  }
  const result = module.emitBinary();
  module.dispose();
  return { result, emptied };
}

const args = process.argv.slice(2);
const input = args.find((arg, index) => arg.endsWith(".wasm") && args[index - 1] !== "-o");
if (input) {
  const { result, emptied } = emptyUnused(new Uint8Array(readFileSync(input)));
  console.log(`shrink: ${emptied} functions that islands never call`);
  writeFileSync(input, result);
}
const wasmOpt = join(dirname(createRequire(import.meta.url).resolve("binaryen/package.json")), "bin/wasm-opt");
process.exitCode = spawnSync(process.execPath, [wasmOpt, ...args], { stdio: "inherit" }).status ?? 1;
