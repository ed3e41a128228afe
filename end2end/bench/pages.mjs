// The pages that `make bench` measures, who asks for them, and the least they must reach, as a ratio to the bare handler.

const ANONYMOUS = 0.15;

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

/** All of them; those behind sign-in need the accounts of the demonstration. */
export async function pages() {
  return anonymous.map(([name, path]) => ({ name, path, floor: ANONYMOUS }));
}
