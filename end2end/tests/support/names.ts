// What is read aloud: the names and descriptions that the browser itself computes, and the order of what a page is made of.
import type { CDPSession, Page } from "@playwright/test";

interface Value {
  value?: unknown;
}

interface AxNode {
  nodeId: string;
  ignored: boolean;
  role?: Value;
  name?: Value;
  description?: Value;
  parentId?: string;
  backendDOMNodeId?: number;
}

/** One control as it is read, and what it does. */
interface Control {
  role: string;
  name: string;
  description: string;
  /** The groups in which it is, outermost first: they are read before it. */
  within: string[];
  /** Two controls of one name that do the same are no trouble. */
  does: string;
  /** The texts that stand with it as hint, doubt or error. */
  beside: string[];
}

const ASKED = ["textbox", "searchbox", "combobox", "checkbox", "radio", "spinbutton", "listbox", "Date"];
const PRESSED = ["button", "link", "DisclosureTriangle", "menuitem", "tab", "switch"];
const GROUPS = ["group", "radiogroup", "region", "form", "navigation"];

const text = (value?: Value) => String(value?.value ?? "").replace(/\s+/g, " ").trim();

/** What an element does, and the texts beside it, seen from the document. */
async function known(session: CDPSession, backendNodeId: number): Promise<{ does: string; beside: string[] }> {
  const { object } = await session.send("DOM.resolveNode", { backendNodeId });
  const { result } = await session.send("Runtime.callFunctionOn", {
    objectId: object.objectId!,
    returnByValue: true,
    functionDeclaration: `function () {
      const own = (name) => this.getAttribute(name) ?? "";
      const form = this.form ? this.form.action + " " + (this.form.elements.namedItem("id")?.value ?? "") : "";
      const does = this instanceof HTMLAnchorElement
        ? this.href
        : [form, own("name"), own("value"), own("formaction")].join(" ");
      const field = this.closest(".field, fieldset");
      const of = (one) => (one.closest(".field, fieldset") === field) && one.checkVisibility();
      const single = this.matches("input:not([type=radio], [type=checkbox]), select, textarea");
      const beside = field && single ? [...field.querySelectorAll(".hint, .error, .doubt")].filter(of).map((one) => one.textContent) : [];
      return { does, beside };
    }`,
  });
  return result.value as { does: string; beside: string[] };
}

/** Every control of the page that is read, with what it does. */
async function controls(page: Page): Promise<Control[]> {
  const session = await page.context().newCDPSession(page);
  await session.send("DOM.enable");
  const { nodes } = (await session.send("Accessibility.getFullAXTree")) as { nodes: AxNode[] };
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const within = (node: AxNode): string[] => {
    const parent = node.parentId === undefined ? undefined : byId.get(node.parentId);
    if (!parent) return [];
    const named = GROUPS.includes(text(parent.role)) && text(parent.name) !== "";
    return named ? [...within(parent), text(parent.name)] : within(parent);
  };
  const found: Control[] = [];
  for (const node of nodes) {
    const role = text(node.role);
    if (node.ignored || node.backendDOMNodeId === undefined || ![...ASKED, ...PRESSED].includes(role)) continue;
    const seen = await known(session, node.backendDOMNodeId);
    found.push({ role, name: text(node.name), description: text(node.description), within: within(node), ...seen });
  }
  await session.detach();
  return found;
}

/** What would not make sense read aloud: controls without a name, two of one name, hints and errors that are not told. */
export async function unspoken(page: Page): Promise<string[]> {
  const found = await controls(page);
  const problems = found.filter(({ name }) => name === "").map(({ role, within, does }) => `${role} without a name in ${within.join(" > ")}: ${does}`);
  const told = new Map<string, Control>();
  for (const control of found) {
    const pressed = PRESSED.includes(control.role);
    // A field is read after the groups in which it is; a button must make sense in a list of buttons.
    const key = [control.role, control.name, ...(pressed ? [control.description] : control.within)].join(" | ");
    const same = told.get(key);
    told.set(key, control);
    if (same && (!pressed || same.does !== control.does)) problems.push(`two of one name: ${key} (${same.does}; ${control.does})`);
  }
  const letters = (words: string) => words.replace(/\s+/g, "");
  for (const { role, name, description, beside } of found) {
    for (const words of beside) {
      if (!letters(description).includes(letters(words))) problems.push(`${role} « ${name} » is not described by « ${words.trim()} » but by « ${description} »`);
    }
  }
  return problems;
}

/** What is out of order in what a page is made of: its landmarks, its headings, its title. */
export async function disorder(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const seen = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const one = (selector: string) => {
      const count = [...document.querySelectorAll(selector)].filter(seen).length;
      if (count !== 1) problems.push(`${count} × ${selector}`);
    };
    ["body > header", "main", "body > footer", "h1"].forEach(one);
    const navigations = [...document.querySelectorAll("nav")].filter(seen);
    const named = navigations.map((nav) => nav.getAttribute("aria-label") ?? document.getElementById(nav.getAttribute("aria-labelledby") ?? "")?.textContent ?? "");
    if (navigations.length > 1 && (named.includes("") || new Set(named).size < named.length)) problems.push(`navigations: ${named.join(", ")}`);
    let level = 0;
    for (const heading of [...document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)")].filter(seen)) {
      const next = Number(heading.tagName.slice(1));
      if (next > level + 1) problems.push(`h${next} after h${level}: ${heading.textContent}`);
      level = next;
    }
    const flat = (words: string) => words.replace(/\s+/g, " ").trim();
    const [h1, title] = [flat(document.querySelector("h1")?.textContent ?? ""), flat(document.title)];
    const rest = title.replace(/^(Erreur|Error)\s?:\s/, "").slice(h1.length);
    // It may say more, such as which step of how many.
    if (!title.replace(/^(Erreur|Error)\s?:\s/, "").startsWith(h1) || !/^( –|, )/.test(rest)) problems.push(`the title « ${title} » is not that of « ${h1} »`);
    return problems;
  });
}
