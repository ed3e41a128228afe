// Who looks at the site in the sweeps, with the demonstration data, and what they must come across.

export interface Visitor {
  name: string;
  /** The account of the demonstration; none for an anonymous visitor. */
  email?: string;
  starts: string[];
  /** Pages that the crawl must have met. */
  pages: RegExp[];
}

const PUBLIC = ["/", "/simulateur-pme", "/connexion", "/aide", "/donnees-personnelles", "/mentions-legales", "/cookies", "/accessibilite", "/plan-du-site"];

const exactly = (path: string) => new RegExp(`^${path}(\\?|$)`);

export const visitors: Visitor[] = [
  { name: "anonymous", starts: ["/"], pages: PUBLIC.map(exactly) },
];
