// Wakes up the islands of the page: loads the module once, then hands each <leptos-island> to the function of its name.
// Same work as Leptos's own inline script, as a file, so that no page needs an inline script.
const loader = document.getElementById("islands");

async function wake() {
  const module = await import(loader.dataset.module);
  await module.default({ module_or_path: loader.dataset.wasm });
  module.hydrate();
  for (const island of document.querySelectorAll("leptos-island")) {
    const start = module[island.dataset.component];
    if (start) {
      await start(island);
    } else {
      console.error(`unknown island: ${island.dataset.component}`);
    }
  }
  document.documentElement.dataset.islands = "awake";
}

if (loader && document.querySelector("leptos-island")) {
  wake();
}
