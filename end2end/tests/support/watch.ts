// What a page must never do, watched during every test: errors in the console, blocked content, other hosts, 5xx.
import type { BrowserContext, Page } from "@playwright/test";

export class Watch {
  private readonly found: string[] = [];
  private readonly expected: RegExp[] = [];

  constructor(private readonly origin: string) {}

  /** Watches every page of a browser context. */
  follow(context: BrowserContext): void {
    context.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") {
        this.note(`console ${message.type()} at ${message.location().url}: ${message.text()}`);
      }
    });
    context.on("weberror", (error) => this.note(`uncaught: ${error.error().message}`));
    context.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(`${this.origin}/`) && !url.startsWith("data:")) this.note(`another host: ${url}`);
    });
    context.on("response", (response) => {
      if (response.status() >= 500) this.note(`${response.status()} ${response.url()}`);
    });
  }

  /** Lets one kind of noise through: a test that asks for a missing page sees Chromium complain of the 404. */
  expect(noise: RegExp): void {
    this.expected.push(noise);
  }

  /** What nobody expected. */
  problems(): string[] {
    return this.found.filter((line) => !this.expected.some((noise) => noise.test(line)));
  }

  private note(line: string): void {
    this.found.push(line);
  }
}

/** Fails loudly when WebAssembly did not start: an island without its events looks alive and is not. */
export async function islandsAwake(page: Page): Promise<void> {
  const present = await page.locator("leptos-island").count();
  if (present > 0) await page.waitForFunction(() => performance.getEntriesByType("resource").some((e) => e.name.endsWith(".wasm")));
}
