// The pages that `make bench` measures, who asks for them, and the least they must reach, as a ratio to the bare handler.

const ANONYMOUS = 0.15;
const SIGNED_IN_LIST = 0.03;

const anonymous = [
  ["home", "/"],
  ["SME simulator", "/simulateur-pme"],
  ["sign-in", "/connexion"],
  ["help", "/aide"],
  ["privacy", "/donnees-personnelles"],
  ["legal notice", "/mentions-legales"],
  ["cookies", "/cookies"],
  ["accessibility", "/accessibilite"],
  ["site map", "/plan-du-site"],
];

/** A list that shows all that fits on its page, or the measure would flatter us. */
function rows(wanted) {
  return (html) => {
    const found = html.match(/<tr\b/g)?.length ?? 0;
    if (found <= wanted) throw new Error(`${found} rows of a table, more than ${wanted} wanted (with the header)`);
  };
}

/** All of them; those behind sign-in belong to the accounts of the demonstration. */
export const pages = [
  ...anonymous.map(([name, path]) => ({ name, path, floor: ANONYMOUS })),
  { name: "supplier: workspace", path: "/espace", email: "fournisseur@demo.example" },
  { name: "agent: queue of 25 rows", path: "/instruction?statut=toutes", email: "agent@demo.example", floor: SIGNED_IN_LIST, check: rows(25) },
];
