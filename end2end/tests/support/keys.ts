// A person without a mouse: goes from control to control with Tab, sees where they are, types. The page is only read.
import { type Locator, type Page, expect } from "@playwright/test";
import { type Answer, control, place } from "./answers";
import { aim, focused } from "./keyboard";

/** More presses than any page has stops. */
const PATIENCE = 150;
const OUTSIDE = "outside of the page";

export class Keys {
  /** Where the focus was and nobody could see it. */
  readonly unseen: string[] = [];

  constructor(
    readonly page: Page,
    private readonly scripts: boolean,
  ) {}

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** Whether one of these has the focus. */
  async on(target: Locator): Promise<boolean> {
    return target.evaluateAll((all) => all.some((one) => one === document.activeElement));
  }

  /** Looks where the focus is, and notes it when it cannot be seen. */
  async look() {
    const here = await focused(this.page);
    if (here && !here.seen) this.unseen.push(`${new URL(this.page.url()).pathname}: ${here.label}`);
    return here;
  }

  /** Presses Tab, or Shift+Tab to go back, until one of `target` has the focus. */
  async to(target: Locator, { back = false } = {}): Promise<void> {
    const stops: string[] = [];
    await expect(target.first()).toBeVisible();
    await aim(target);
    let here = await this.look();
    while (!here?.aimed) {
      const outside = stops.filter((stop) => stop === OUTSIDE).length;
      if (outside > 1 || stops.length >= PATIENCE) throw new Error(`Tab never reaches ${target} on ${this.page.url()}:\n${stops.join("\n")}`);
      await this.press(back ? "Shift+Tab" : "Tab");
      here = await this.look();
      stops.push(here?.label ?? OUTSIDE);
    }
  }

  /** Writes in a field, in place of what it held. */
  async write(field: Locator, value: string): Promise<void> {
    await this.to(field);
    await this.press("ControlOrMeta+A");
    await this.page.keyboard.type(value);
    await expect(field).toHaveValue(value);
  }

  /** Chooses a radio button: Tab enters the group once, the arrows go round it and tick, Tab leaves it. */
  async choose(group: Locator, label: string): Promise<void> {
    const radios = group.getByRole("radio");
    const wanted = group.getByRole("radio", { name: label, exact: true });
    await expect(wanted).toHaveCount(1);
    await this.to(radios);
    for (let turn = await radios.count(); turn > 0 && !(await this.on(wanted)); turn--) {
      await this.press("ArrowDown");
      expect(await this.on(group.getByRole("radio", { checked: true })), "an arrow moves and ticks").toBe(true);
    }
    // The first one of a group is reached before it is ticked.
    if (!(await wanted.isChecked())) await this.press("Space");
    await expect(wanted).toBeChecked();
    await expect(wanted).toBeFocused();
    await this.look();
    await this.press("Tab");
    expect(await this.on(radios), "the group is one stop for Tab").toBe(false);
    await this.look();
  }

  /** Chooses in a drop-down list, with the arrows. */
  async pick(list: Locator, option: string): Promise<void> {
    await this.to(list);
    const chosen = list.locator("option:checked");
    for (let turn = await list.locator("option").count(); turn > 0 && (await chosen.textContent()) !== option; turn--) {
      await this.press("ArrowDown");
    }
    await expect(chosen).toHaveText(option);
  }

  async tick(box: Locator): Promise<void> {
    await this.to(box);
    await this.press("Space");
    await expect(box).toBeChecked();
  }

  /** Goes to a link or a button, uses it, and waits for the page that comes. */
  async follow(target: Locator, options: { back?: boolean; key?: "Enter" | "Space" } = {}): Promise<void> {
    await this.to(target, options);
    await this.turn(options.key ?? "Enter");
  }

  /** Presses a key that leads to another page, and waits until that page is there and awake. */
  async turn(key: "Enter" | "Space"): Promise<void> {
    const loaded = this.page.waitForEvent("load");
    await this.press(key);
    await loaded;
    if (this.scripts && (await this.page.locator("leptos-island").count()) > 0) {
      await expect(this.page.locator("html")).toHaveAttribute("data-islands", "awake");
    }
  }

  async give(answer: Answer): Promise<void> {
    const at = control(this.page, answer);
    if (answer.kind === "text") return this.write(at, answer.value);
    if (answer.kind === "list") return this.pick(at, answer.value);
    const group = place(this.page, answer.line).getByRole("group", { name: answer.question });
    if (answer.kind === "choice") return this.choose(group, answer.value);
    for (const value of answer.values) await this.tick(group.getByLabel(value));
  }

  /**
   * Gives the answers, in the order of the page. With scripts each question is there when its turn comes; without, those
   * that are not are asked once the others are saved with `save`.
   */
  async answer(answers: Answer[], save: Locator): Promise<void> {
    let left = answers;
    while (left.length > 0) {
      const later: Answer[] = [];
      for (const answer of left) {
        if (this.scripts || (await control(this.page, answer).isVisible())) await this.give(answer);
        else later.push(answer);
      }
      expect(later.length, `questions that never appear: ${JSON.stringify(later)}`).toBeLessThan(left.length);
      left = later;
      if (left.length > 0) await this.follow(save);
    }
  }

  /** The page shows errors: the summary has the focus, the title says so, and each of its links leads to what must be corrected. */
  async errors(least: number): Promise<void> {
    const summary = this.page.getByRole("region", { name: /^Erreur/ });
    await expect(summary, "the summary has the focus").toBeFocused();
    await this.look();
    await expect(this.page).toHaveTitle(/^Erreur/);
    const links = summary.getByRole("link");
    const count = await links.count();
    expect(count, "errors told").toBeGreaterThanOrEqual(least);
    for (let rank = 0; rank < count; rank++) {
      const link = links.nth(rank);
      await this.to(link, { back: rank > 0 });
      const [id, words] = [(await link.getAttribute("href"))?.slice(1), await link.innerText()];
      await this.press("Enter");
      const place = this.page.locator(`[id="${id}"]`);
      await expect(place, `“${words}” leads to its place`).toBeFocused();
      await this.look();
      if (!(await place.evaluate((one) => one.matches("input, select, textarea")))) continue;
      const described = await place.evaluate((one) =>
        [one, one.closest("fieldset[aria-describedby]")]
          .flatMap((node) => (node?.getAttribute("aria-describedby") ?? "").split(" "))
          .map((name) => document.getElementById(name))
          .filter((node) => node?.classList.contains("error"))
          .map((node) => (node?.textContent ?? "").replace(/^\s*Erreur\s*:\s*/, "").trim()),
      );
      expect(described.some((error) => error && words.includes(error)), `“${words}” is said at the field: ${described}`).toBe(true);
    }
  }
}
