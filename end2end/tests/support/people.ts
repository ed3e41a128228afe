// Who looks at the site in the sweeps, with the demonstration data, and what they must come across.

export interface Visitor {
  name: string;
  /** The account of the demonstration; none for an anonymous visitor. */
  email?: string;
  starts: string[];
  /** Pages that the crawl must have met. */
  pages: RegExp[];
  /** Pages that another visitor sees alike, and whose sweep is theirs. */
  alike?: RegExp;
}

const PUBLIC = ["/", "/simulateur-pme", "/connexion", "/aide", "/aide/liens", "/donnees-personnelles", "/mentions-legales", "/cookies", "/accessibilite", "/plan-du-site", "/verifier"];

const exactly = (path: string) => new RegExp(`^${path}(\\?|$)`);

export const visitors: Visitor[] = [
  { name: "anonymous", starts: ["/", "/declarer?siret=91000005800016&statut=ei&inconnu=1", "/declarer?statut=ei"], pages: [...PUBLIC, "/declarer"].map(exactly) },
  { name: "English", starts: ["/?lang=en"], pages: PUBLIC.map(exactly) },
  {
    name: "supplier",
    email: "fournisseur@demo.example",
    starts: ["/espace", "/espace/recherche?q=demo", "/espace/recherche?q=123", "/declarer?siret=91000005800016&statut=ei&effectif=12,5&inconnu=1"],
    pages: [
      exactly("/espace"),
      exactly("/espace/mandat"),
      exactly("/declarer"),
      /^\/espace\/personnes\/[0-9]{9}$/,
      /^\/declarations\/[0-9a-f-]{36}$/,
      /\/espace\/recherche\?q=/,
    ],
  },
  {
    // Her company has a validated commitment, whose hours she states.
    name: "committed",
    email: "scop@demo.example",
    starts: ["/espace"],
    pages: [exactly("/espace"), /^\/qualifications\/[0-9a-f-]{36}$/, /^\/declarations\/[0-9a-f-]{36}\/renouveler$/, /^\/declarations\/[0-9a-f-]{36}\/courriels$/],
  },
  {
    name: "agent",
    email: "agent@demo.example",
    starts: ["/instruction"],
    pages: [
      exactly("/instruction"),
      /^\/instruction\/[0-9a-f-]{36}$/,
      /^\/instruction\/[0-9a-f-]{36}\/courriels$/,
      exactly("/instruction/qualifications"),
      exactly("/instruction/engagements"),
      exactly("/instruction/rattachements"),
      exactly("/instruction/brouillons"),
      exactly("/instruction/indicateurs"),
      exactly("/instruction/indicateurs/marches"),
      exactly("/instruction/indicateurs/leviers"),
      exactly("/instruction/indicateurs/annees-arretees"),
      exactly("/instruction/indicateurs/annees-arretees/ecarts"),
      exactly("/instruction/indicateurs/paiements"),
      exactly("/instruction/indicateurs/paiements/fournisseur"),
      exactly("/instruction/indicateurs/heures"),
      exactly("/instruction/indicateurs/sous-traitance"),
      exactly("/instruction/indicateurs/concessions"),
      exactly("/instruction/imports"),
      /^\/instruction\/indicateurs\/marches\/[0-9]{14}\/./,
    ],
  },
  {
    name: "administrator",
    email: "admin@demo.example",
    starts: ["/administration/envois"],
    pages: [
      exactly("/administration/envois"),
      exactly("/administration/catalogue"),
      /^\/administration\/catalogue\/engagements\/./,
      exactly("/administration/listes"),
      exactly("/administration/listes/esus"),
      /^\/administration\/listes\/[a-z-]+\/[0-9]+$/,
      exactly("/instruction"),
    ],
    // An administrator is an agent too.
    alike: /^\/(instruction\/|qualifications\/)/,
  },
];
