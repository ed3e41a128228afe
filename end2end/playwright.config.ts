// The browser tests: which projects run, on which engine, with or without JavaScript.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { defineConfig } from "@playwright/test";
import type { Options } from "./tests/support/test";

// Never a browser of Playwright's own: it cannot be fetched everywhere, and Debian keeps this one up to date.
function chromium(): string {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const places = (process.env["PATH"] ?? "").split(delimiter);
  const found = names.flatMap((name) => places.map((place) => join(place, name))).find((file) => existsSync(file));
  const browser = process.env["CHROMIUM"] ?? found;
  if (!browser) throw new Error("Chromium is missing: install the package chromium, or set CHROMIUM");
  return browser;
}

const root = process.getuid?.() === 0;

export default defineConfig<object, Options>({
  testDir: "tests",
  outputDir: "results/failures",
  forbidOnly: Boolean(process.env["CI"]),
  fullyParallel: true,
  workers: 2,
  // A machine that does something else meanwhile is slow, not wrong: patience costs nothing when all is well. A test that
  // passes at the second try is told as such at the end.
  retries: 1,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json", { outputFile: "results/report.json" }]],
  use: {
    actionTimeout: 30_000,
    locale: "fr-FR",
    timezoneId: "Europe/Paris",
    viewport: { width: 1280, height: 900 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: chromium(),
      // Chromium refuses its sandbox to root, which is what a container gives.
      args: root ? ["--no-sandbox"] : [],
    },
  },
  projects: [
    { name: "site", testMatch: /(site|headers|behaviour)\.spec\.ts/, use: { demonstration: true } },
    { name: "site without JavaScript", testMatch: /site\.spec\.ts/, use: { demonstration: true, scripts: false } },
    { name: "journey on SQLite", testMatch: /journey\.spec\.ts/, use: { engine: "sqlite", javaScriptEnabled: true } },
    {
      name: "journey on SQLite without JavaScript",
      testMatch: /journey\.spec\.ts/,
      use: { engine: "sqlite", javaScriptEnabled: false },
    },
    {
      name: "journey on PostgreSQL",
      testMatch: /journey\.spec\.ts/,
      use: { engine: "postgres", javaScriptEnabled: true },
    },
    {
      name: "journey on PostgreSQL without JavaScript",
      testMatch: /journey\.spec\.ts/,
      use: { engine: "postgres", javaScriptEnabled: false },
    },
    { name: "figures on SQLite", testMatch: /(figures|hours|lists)\.spec\.ts/, use: { engine: "sqlite", demonstration: true, javaScriptEnabled: true } },
    {
      name: "figures on PostgreSQL without JavaScript",
      testMatch: /(figures|hours|lists)\.spec\.ts/,
      use: { engine: "postgres", demonstration: true, javaScriptEnabled: false },
    },
    { name: "group", testMatch: /group\.spec\.ts/, use: { engine: "sqlite", javaScriptEnabled: true } },
    { name: "group without JavaScript", testMatch: /group\.spec\.ts/, use: { engine: "sqlite", javaScriptEnabled: false } },
    { name: "documents", testMatch: /documents\.spec\.ts/, use: { engine: "sqlite", javaScriptEnabled: true } },
    { name: "documents without JavaScript", testMatch: /documents\.spec\.ts/, use: { engine: "sqlite", javaScriptEnabled: false } },
    { name: "typing on SQLite", testMatch: /typing\.spec\.ts/, use: { engine: "sqlite" } },
    { name: "typing on PostgreSQL", testMatch: /typing\.spec\.ts/, use: { engine: "postgres" } },
    { name: "keyboard", testMatch: /keyboard\.spec\.ts/, use: { engine: "sqlite", javaScriptEnabled: true } },
    {
      name: "keyboard without JavaScript",
      testMatch: /keyboard\.spec\.ts/,
      use: { engine: "sqlite", javaScriptEnabled: false },
    },
    { name: "people", testMatch: /people\.spec\.ts/, use: { engine: "sqlite", javaScriptEnabled: true } },
    { name: "people without JavaScript", testMatch: /people\.spec\.ts/, use: { engine: "postgres", javaScriptEnabled: false } },
    { name: "kept", testMatch: /kept\.spec\.ts/, use: { engine: "sqlite" } },
    { name: "known", testMatch: /known\.spec\.ts/, use: { engine: "sqlite", javaScriptEnabled: true } },
    { name: "every claim", testMatch: /every-claim\.spec\.ts/, use: { engine: "sqlite", javaScriptEnabled: true } },
    { name: "every claim without JavaScript", testMatch: /every-claim\.spec\.ts/, use: { engine: "postgres", javaScriptEnabled: false } },
    { name: "renewal", testMatch: /renewal\.spec\.ts/, use: { engine: "sqlite", demonstration: true, javaScriptEnabled: true } },
    { name: "renewal without JavaScript", testMatch: /renewal\.spec\.ts/, use: { engine: "sqlite", demonstration: true, javaScriptEnabled: false } },
    { name: "known without JavaScript", testMatch: /known\.spec\.ts/, use: { engine: "sqlite", javaScriptEnabled: false } },
    { name: "names", testMatch: /names\.spec\.ts/, use: { engine: "sqlite", javaScriptEnabled: true } },
    { name: "links", testMatch: /links\.spec\.ts/, use: { engine: "sqlite", demonstration: true, javaScriptEnabled: true } },
    { name: "links without JavaScript", testMatch: /links\.spec\.ts/, use: { engine: "sqlite", demonstration: true, javaScriptEnabled: false } },
    // Pictures to look at, not a test of anything: only when asked for.
    ...(process.env["SCREENSHOTS"]
      ? [{ name: "screenshots", testMatch: /screenshots\.spec\.ts/, use: { demonstration: true } }]
      : []),
  ],
});
