// Walks a page with Tab, as someone without a mouse does, and compares with what can be reached in principle.
import type { Locator, Page } from "@playwright/test";

export interface Walk {
  /** Can take the focus, in the order of the document. */
  expected: string[];
  /** Took it, in the order of the walk. */
  reached: string[];
  /** Took it on the way back with Shift+Tab, in the order of the page again. */
  back: string[];
  /** Took it without showing it, or under something else. */
  unseen: string[];
}

/** Marks everything that Tab should stop at (one button of a radio group) and names it for the report. */
async function mark(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const groups = new Set<string>();
    const chosen = (radio: HTMLInputElement) => {
      const group = `${radio.form?.id ?? ""}/${radio.name}`;
      const siblings = [...document.querySelectorAll<HTMLInputElement>("input[type=radio]")].filter(
        (one) => one.name === radio.name && one.form === radio.form && !one.disabled,
      );
      const ticked = siblings.find((one) => one.checked);
      if (ticked) return ticked === radio;
      const first = !groups.has(group);
      groups.add(group);
      return first;
    };
    const selector = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
    const stops = [...document.querySelectorAll<HTMLElement>(selector)].filter((element) => {
      if (element.tabIndex < 0 || element.matches(":disabled")) return false;
      if (!element.checkVisibility({ visibilityProperty: true })) return false;
      return !(element instanceof HTMLInputElement && element.type === "radio") || chosen(element);
    });
    return stops.map((element, index) => {
      const name = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40);
      const label = `${index} ${element.tagName.toLowerCase()} ${element.id || element.getAttribute("name") || name}`;
      element.dataset["stop"] = label;
      return label;
    });
  });
}

interface Focus {
  label: string;
  seen: boolean;
  /** It is on one of the controls that {@link aim} was given. */
  aimed: boolean;
}

declare global {
  interface Window {
    aimedAt?: Element[];
  }
}

/** Remembers in the page what the focus is expected on: asked again at each press, a locator would cost too much. */
export async function aim(target: Locator): Promise<void> {
  await target.evaluateAll((all) => void (window.aimedAt = all));
}

/** Where the focus is, and whether one sees it: a ring of 2 px or more at 3:1 or more on its ground, not covered; nothing when it is on no control. */
export async function focused(page: Page): Promise<Focus | null> {
  for (let look = 0; ; look++) {
    const now = await glance(page);
    // What slides into view when focused may still be on its way.
    if (now === null || now.seen || look === 3) return now;
    await page.waitForTimeout(100);
  }
}

/** Nothing in it waits: a page without scripts never settles a promise. */
function glance(page: Page): Promise<Focus | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return null;
    const style = getComputedStyle(element);
    const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
    const light = (color: string) => {
      const [red = 0, green = 0, blue = 0] = channels(color).map((value) => (value / 255 <= 0.04045 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    let ground = element.parentElement;
    while (ground?.parentElement && (channels(getComputedStyle(ground).backgroundColor)[3] ?? 1) < 1) ground = ground.parentElement;
    const shades = [style.outlineColor, ground ? getComputedStyle(ground).backgroundColor : "rgb(255, 255, 255)"].map(light);
    const contrast = (Math.max(...shades) + 0.05) / (Math.min(...shades) + 0.05);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && contrast >= 3;
    const box = element.getBoundingClientRect();
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
    const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    const uncovered = top !== null && (element.contains(top) || top.contains(element) || top.closest("label") !== null);
    const words = (element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
    const label = `${element.tagName.toLowerCase()} ${element.id || words || element.getAttribute("name") || ""}`;
    const aimed = window.aimedAt?.includes(element) ?? false;
    return { label: element.dataset["stop"] ?? label, seen: ring && inside && uncovered, aimed };
  });
}

/** Presses Tab until the focus leaves the page, or has had every chance to; then goes back the same way. */
export async function walk(page: Page): Promise<Walk> {
  const expected = await mark(page);
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, 0);
  });
  const reached: string[] = [];
  const unseen: string[] = [];
  for (let press = 0; press < expected.length + 5; press++) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (now === null) break;
    if (now.label === reached[0] && reached.length > 1) break;
    reached.push(now.label);
    if (!now.seen) unseen.push(now.label);
  }
  // Outside of the page the browser has stops of its own: the way back starts at the last one of the page.
  const last = reached.at(-1);
  const back = last === undefined ? [] : [last];
  if (last !== undefined) await page.evaluate((label) => document.querySelector<HTMLElement>(`[data-stop="${CSS.escape(label)}"]`)?.focus(), last);
  while (back.length < reached.length) {
    await page.keyboard.press("Shift+Tab");
    const now = await glance(page);
    if (now === null) break;
    back.unshift(now.label);
  }
  return { expected, reached, back, unseen };
}
