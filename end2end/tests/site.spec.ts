// Every page that each kind of visitor can reach: valid, accessible, titled, narrow enough, quiet, usable by keyboard.
import { axe, overflow } from "./support/accessibility";
import { crawl } from "./support/crawl";
import { invalid } from "./support/html";
import { walk } from "./support/keyboard";
import { visitors } from "./support/people";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

for (const { name, email, starts, pages, alike } of visitors) {
  test(`[SITE-${name}] every page that ${name} can reach`, async ({ page, portal, scripts }) => {
    // Agents have the most pages, and a machine may do something else meanwhile.
    test.setTimeout(1_200_000);
    if (email) await signIn(page, portal, email);
    const titles = new Map<string, string>();
    const visited = await crawl(page, starts, async (path) => {
      await test.step(path, async () => {
        const answer = await page.request.get(path);
        expect.soft(answer.status(), `${path}: status`).toBe(200);
        expect.soft(await invalid(await answer.text()), `${path}: HTML`).toEqual([]);

        const title = await page.title();
        const language = (await page.locator("html").getAttribute("lang")) ?? "";
        const where = new URL(page.url()).pathname;
        const other = titles.get(`${language} ${title}`) ?? where;
        expect.soft(where, `${path}: title “${title}” of its own`).toBe(other);
        titles.set(`${language} ${title}`, where);
        expect.soft(title.length, `${path}: a title`).toBeGreaterThan(5);
        await expect.soft(page.getByRole("heading", { level: 1 }), `${path}: one h1`).toHaveCount(1);
        await expect.soft(page.locator("[style]:not(leptos-island *)"), `${path}: inline style`).toHaveCount(0);

        expect.soft(await axe(page), `${path}: axe`).toEqual([]);
        expect.soft(await overflow(page, 320), `${path}: wider than 320 px`).toBeLessThanOrEqual(0);
        // A page that gives the focus to a summary or a confirmation starts the walk there: elsewhere it starts at the top.
        if (scripts && (await page.locator("[autofocus]").count()) === 0) {
          const { expected, reached, back, unseen } = await walk(page);
          expect.soft(reached, `${path}: Tab goes everywhere, once, in order`).toEqual(expected);
          expect.soft(back, `${path}: Shift+Tab goes back the same way`).toEqual(reached);
          expect.soft(unseen, `${path}: focus that nobody sees`).toEqual([]);
        }
      });
    }, alike);
    console.log(`${name}: ${visited.length} pages\n  ${visited.join("\n  ")}`);
    // Guards against a crawl that found nothing and therefore nothing wrong.
    for (const expected of pages) expect(visited.some((path) => expected.test(path)), `${expected} was visited`).toBe(true);
  });
}
