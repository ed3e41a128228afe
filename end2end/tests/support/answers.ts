// Filling in a step of the form as people do, by the words they read, with or without the scripts that unfold questions.
import { type Locator, type Page, expect } from "@playwright/test";

export type Answer =
  | { kind: "text"; label: string | RegExp; value: string; line?: string }
  | { kind: "list"; label: string | RegExp; value: string; line?: string }
  | { kind: "choice"; question: string | RegExp; value: string; line?: string }
  | { kind: "ticks"; question: string | RegExp; values: string[]; line?: string };

export const text = (label: string | RegExp, value: string, line?: string): Answer => ({ kind: "text", label, value, line });
export const list = (label: string | RegExp, value: string, line?: string): Answer => ({ kind: "list", label, value, line });
export const choice = (question: string | RegExp, value: string, line?: string): Answer => ({ kind: "choice", question, value, line });
export const ticks = (question: string | RegExp, values: string[], line?: string): Answer => ({ kind: "ticks", question, values, line });

/** Where the answer goes: the whole page, or one line such as “Engagement 2”. */
export function place(page: Page, line: string | undefined): Locator {
  const main = page.getByRole("main");
  return line ? main.getByRole("group", { name: line, exact: true }) : main;
}

/** What receives the answer; of several boxes or buttons, the one of the first value. */
export function control(page: Page, answer: Answer): Locator {
  const where = place(page, answer.line);
  if (answer.kind === "text" || answer.kind === "list") return where.getByLabel(answer.label).and(page.locator("input, textarea, select")).first();
  const first = answer.kind === "choice" ? answer.value : (answer.values[0] ?? "");
  return where.getByRole("group", { name: answer.question }).getByLabel(first, { exact: answer.kind === "choice" });
}

async function give(page: Page, answer: Answer): Promise<void> {
  const at = control(page, answer);
  if (answer.kind === "text") await at.fill(answer.value);
  else if (answer.kind === "list") await at.selectOption({ label: answer.value });
  else if (answer.kind === "choice") await at.check();
  else {
    const group = place(page, answer.line).getByRole("group", { name: answer.question });
    for (const value of answer.values) await group.getByLabel(value).check();
  }
}

/** Gives the answers that the page asks for now; with scripts, all of them. */
export async function answerSome(page: Page, answers: Answer[], scripts: boolean): Promise<void> {
  for (const answer of answers) {
    const at = control(page, answer);
    if (!scripts && (await at.count()) === 0) continue;
    if (!scripts && !(await at.isVisible())) continue;
    await give(page, answer);
  }
}

/**
 * Gives the answers of one step and goes on. Without scripts some questions appear only once others are saved: then what
 * could not be answered yet is answered on the page that comes back. With scripts everything is answered in one go.
 */
export async function answerStep(page: Page, title: string, answers: Answer[], scripts: boolean): Promise<void> {
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText(title);
  for (let round = 0; round < (scripts ? 1 : 4); round++) {
    await answerSome(page, answers, scripts);
    await page.getByRole("button", { name: /^Enregistrer et (continuer|revenir)/ }).and(page.locator(":not([aria-hidden])")).click();
    if ((await heading.textContent()) !== title) return;
  }
  await expect(heading, `the step “${title}” is complete`).not.toHaveText(title);
}
