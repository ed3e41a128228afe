// The security headers of every kind of answer, and the refusals: asked for directly, without a page.
import { request } from "node:http";
import { expect, test } from "./support/test";

const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
];

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A request as written, with headers that `fetch` would refuse to send. */
function ask(url: string, path: string, options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = "GET", headers = {}, body } = options;
    const outgoing = request(new URL(url).origin + path, { method, headers, agent: false }, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8");
      incoming.on("data", (part: string) => (text += part));
      incoming.on("end", () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers as Record<string, string>, body: text }),
      );
      incoming.on("error", reject);
    });
    // A server that refuses a large body answers and closes before all of it is sent: the answer is what counts.
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

test("[SITE-HEADERS] every kind of answer carries the security headers", async ({ portal }) => {
  const html = { accept: "text/html" };
  const home = await ask(portal.url, "/", { headers: html });
  const asset = /\/pkg\/[^"]+\.css/.exec(home.body)?.[0];
  expect(asset, "a style sheet with its hash").toMatch(/\/pkg\/spaser\.[\w-]{22}\.css/);
  const form = { "content-type": "application/x-www-form-urlencoded", origin: portal.url, "sec-fetch-site": "same-origin" };
  const answers: [string, number, Answer][] = [
    ["a page", 200, home],
    ["a page that does not exist", 404, await ask(portal.url, "/nulle-part", { headers: html })],
    ["a page behind sign-in", 303, await ask(portal.url, "/espace", { headers: html })],
    ["a method that does not exist", 405, await ask(portal.url, "/connexion", { method: "DELETE", headers: { ...html, ...form } })],
    ["a form from elsewhere", 403, await ask(portal.url, "/connexion", { method: "POST", headers: { ...html, "content-type": form["content-type"], origin: "https://example.org", "sec-fetch-site": "cross-site" }, body: "email=a" })],
    ["a form too large", 413, await ask(portal.url, "/connexion", { method: "POST", headers: { ...html, ...form, "content-length": String(10 * 1024 * 1024) }, body: "email=" })],
    ["a style sheet", 200, await ask(portal.url, asset ?? "/")],
    ["health", 200, await ask(portal.url, "/health/live")],
    ["readiness", 200, await ask(portal.url, "/health/ready")],
  ];
  for (const [what, status, { status: actual, headers }] of answers) {
    expect.soft(actual, `${what}: status`).toBe(status);
    const policy = (headers["content-security-policy"] ?? "").split(";").map((part) => part.trim());
    expect.soft(policy, `${what}: content policy`).toEqual(expect.arrayContaining(POLICY));
    expect.soft(policy.join(";"), `${what}: content policy`).not.toMatch(/unsafe-inline|'unsafe-eval'|\*/);
    expect.soft(headers["x-content-type-options"], what).toBe("nosniff");
    expect.soft(headers["referrer-policy"], what).toMatch(/^(same-origin|no-referrer)$/);
    expect.soft(headers["permissions-policy"], what).toContain("camera=()");
    expect.soft(headers["cross-origin-opener-policy"], what).toBe("same-origin");
    expect.soft(headers["cross-origin-resource-policy"], what).toBe("same-origin");
    expect.soft(headers["server"], what).toBeUndefined();
    expect.soft(headers["cache-control"], `${what}: caching`).toBeTruthy();
  }
});

test("[SITE-ASSETS] files with a hash are compressed and kept for ever", async ({ portal }) => {
  const { body } = await ask(portal.url, "/simulateur-pme", { headers: { accept: "text/html" } });
  const files = [...new Set(body.match(/\/pkg\/spaser\.[\w-]{22}\.(?:css|js|wasm)/g))];
  expect(files.map((file) => file.split(".").pop()).sort()).toEqual(["css", "js", "wasm"]);
  const types: Record<string, RegExp> = { css: /^text\/css/, js: /^(text|application)\/javascript/, wasm: /^application\/wasm/ };
  for (const file of files) {
    for (const [accept, encoding] of [["br, gzip", "br"], ["gzip", "gzip"], ["identity", undefined]] as const) {
      const answer = await ask(portal.url, file, { headers: { "accept-encoding": accept } });
      expect.soft(answer.status, file).toBe(200);
      expect.soft(answer.headers["content-encoding"], `${file} for ${accept}`).toBe(encoding);
      expect.soft(answer.headers["content-type"], file).toMatch(types[file.split(".").pop() ?? ""] ?? /never/);
      expect.soft(answer.headers["cache-control"], file).toBe("public, max-age=31536000, immutable");
      expect.soft(answer.headers["vary"] ?? "", file).toMatch(/accept-encoding/i);
    }
  }
});

test("[SITE-LANGUAGE] every refusal speaks the language of the visitor", async ({ portal }) => {
  for (const [language, words] of [["fr", "lang=\"fr\""], ["en", "lang=\"en\""]] as const) {
    const answer = await ask(portal.url, "/nulle-part", { headers: { accept: "text/html", "accept-language": language } });
    expect.soft(answer.status).toBe(404);
    expect.soft(answer.body).toContain(words);
  }
});

test("[SITE-REDIRECT] signing in leads only to pages of the portal", async ({ portal }) => {
  for (const next of ["https://example.org/", "//example.org", "/\\example.org", "/%5cexample.org", "javascript:alert(1)"]) {
    const { status, body } = await ask(portal.url, `/connexion?next=${encodeURIComponent(next)}`, { headers: { accept: "text/html" } });
    expect.soft(status, next).toBe(200);
    expect.soft(body, next).not.toMatch(/name="next" value="[^"]*example\.org/);
    expect.soft(body, next).not.toContain("javascript:alert");
  }
});
