// Is the HTML that the server sends valid? Asked to html-validate, on the bytes, before any script touches them.
import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  elements: [
    "html5",
    {
      // What Leptos puts around the parts that WebAssembly wakes up.
      "leptos-island": { flow: true, phrasing: true, permittedContent: ["@flow"] },
      "leptos-children": { flow: true, phrasing: true, permittedContent: ["@flow"] },
    },
  ],
  rules: {
    // The layout of the bytes is nobody's business.
    "no-trailing-whitespace": "off",
    "attr-quotes": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "void-style": "off",
    "doctype-style": "off",
    // Written so on purpose, and right: non-breaking spaces of French typography, long names of public bodies.
    "no-raw-characters": "off",
    "long-title": "off",
    "tel-non-breaking": "off",
    // Boxes of one group share their name: each that is ticked sends its value.
    "form-dup-name": ["error", { shared: ["radio", "button", "reset", "submit", "checkbox"] }],
    // What the content policy forbids must not be written.
    "no-inline-style": "error",
    "require-sri": "off",
  },
});

/** What is wrong, one line each. */
export async function invalid(html: string): Promise<string[]> {
  // Leptos marks the places of its views with `<!>`, which browsers read as an empty comment and the validator cannot read.
  const report = await validator.validateString(html.replaceAll("<!>", "<!---->"));
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, column, selector }) => `${ruleId} at ${line}:${column} ${selector ?? ""}: ${message}`),
  );
}
