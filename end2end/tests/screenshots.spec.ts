// Pictures of the pages, to be looked at: wide, narrow, dark, on paper, with the keyboard's focus, without scripts.
import { join } from "node:path";
import { visitors } from "./support/people";
import { crawl, shape } from "./support/crawl";
import { RESULTS } from "./support/portal";
import { withoutScripts } from "./support/scripts";
import { signIn } from "./support/sign-in";
import { test } from "./support/test";

for (const { name, email, starts } of visitors) {
  test(`pictures of what ${name} sees`, async ({ page, context, portal }) => {
    test.setTimeout(900_000);
    if (email) await signIn(page, portal, email);
    const taken = new Set<string>();
    const silent = await context.newPage();
    await withoutScripts(silent);
    await crawl(page, starts, async (path) => {
      const title = shape(path).replace(/…/g, "id").replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "") || "accueil";
      if (taken.has(title)) return;
      taken.add(title);
      const file = (variant: string) => join(RESULTS, "screenshots", name, `${title}.${variant}.png`);
      const shoot = (variant: string) => page.screenshot({ path: file(variant), fullPage: true });
      await shoot("1280");
      await page.emulateMedia({ colorScheme: "dark" });
      await shoot("dark");
      await page.emulateMedia({ colorScheme: null, media: "print" });
      await page.setViewportSize({ width: 720, height: 1000 });
      await shoot("print");
      await page.emulateMedia({ media: null });
      await page.setViewportSize({ width: 390, height: 844 });
      await shoot("390");
      await page.setViewportSize({ width: 1280, height: 900 });
      for (let press = 0; press < 6; press++) await page.keyboard.press("Tab");
      await page.screenshot({ path: file("focus") });
      await silent.goto(path);
      await silent.screenshot({ path: file("without-scripts"), fullPage: true });
    });
  });
}
