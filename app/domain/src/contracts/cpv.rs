//! The 45 divisions of the common procurement vocabulary (Regulation (EC) 213/2008), by the first two digits of a code.

use crate::text::{Text, text};

pub const CPV_DIVISIONS: [(&str, Text); 45] = [
    (
        "03",
        text(
            "Produits agricoles, de l’élevage, de la pêche, de la sylviculture et produits connexes",
            "Agricultural, farming, fishing, forestry and related products",
        ),
    ),
    (
        "09",
        text(
            "Produits pétroliers, combustibles, électricité et autres sources d’énergie",
            "Petroleum products, fuel, electricity and other sources of energy",
        ),
    ),
    (
        "14",
        text(
            "Produits d’exploitation des mines, métaux de base et produits connexes",
            "Mining, basic metals and related products",
        ),
    ),
    (
        "15",
        text(
            "Produits alimentaires, boissons, tabac et produits connexes",
            "Food, beverages, tobacco and related products",
        ),
    ),
    ("16", text("Machines agricoles", "Agricultural machinery")),
    (
        "18",
        text(
            "Vêtements, articles chaussants, bagages et accessoires",
            "Clothing, footwear, luggage articles and accessories",
        ),
    ),
    (
        "19",
        text(
            "Produits en cuir et textiles, matériaux en plastique et en caoutchouc",
            "Leather and textile fabrics, plastic and rubber materials",
        ),
    ),
    (
        "22",
        text(
            "Imprimés et produits connexes",
            "Printed matter and related products",
        ),
    ),
    ("24", text("Produits chimiques", "Chemical products")),
    (
        "30",
        text(
            "Machines, matériel et fourniture informatique et de bureau, excepté les meubles et logiciels",
            "Office and computing machinery, equipment and supplies except furniture and software packages",
        ),
    ),
    (
        "31",
        text(
            "Machines, appareils, équipements et consommables électriques\u{202F}; éclairage",
            "Electrical machinery, apparatus, equipment and consumables; lighting",
        ),
    ),
    (
        "32",
        text(
            "Équipements de radio, de télévision, de communication, de télécommunication et équipements connexes",
            "Radio, television, communication, telecommunication and related equipment",
        ),
    ),
    (
        "33",
        text(
            "Matériels médicaux, pharmaceutiques et produits de soins personnels",
            "Medical equipments, pharmaceuticals and personal care products",
        ),
    ),
    (
        "34",
        text(
            "Équipement de transport et produits auxiliaires pour le transport",
            "Transport equipment and auxiliary products to transportation",
        ),
    ),
    (
        "35",
        text(
            "Équipement de sécurité, de lutte contre l’incendie, de police et de défense",
            "Security, fire-fighting, police and defence equipment",
        ),
    ),
    (
        "37",
        text(
            "Instruments de musique, articles de sport, jeux, jouets, articles pour artisanat, articles pour travaux artistiques et accessoires",
            "Musical instruments, sport goods, games, toys, handicraft, art materials and accessories",
        ),
    ),
    (
        "38",
        text(
            "Équipements de laboratoire, d’optique et de précision (excepté les lunettes)",
            "Laboratory, optical and precision equipments (excl. glasses)",
        ),
    ),
    (
        "39",
        text(
            "Meubles (y compris les meubles de bureau), aménagements, appareils électroménagers (à l’exclusion de l’éclairage) et produits de nettoyage",
            "Furniture (incl. office furniture), furnishings, domestic appliances (excl. lighting) and cleaning products",
        ),
    ),
    (
        "41",
        text("Eau captée et épurée", "Collected and purified water"),
    ),
    ("42", text("Machines industrielles", "Industrial machinery")),
    (
        "43",
        text(
            "Équipement minier, équipement pour l’exploitation de carrières et matériel de construction",
            "Machinery for mining, quarrying, construction equipment",
        ),
    ),
    (
        "44",
        text(
            "Structures et matériaux de construction\u{202F}; produits auxiliaires pour la construction (excepté les appareils électriques)",
            "Construction structures and materials; auxiliary products to construction (except electric apparatus)",
        ),
    ),
    ("45", text("Travaux de construction", "Construction work")),
    (
        "48",
        text(
            "Logiciels et systèmes d’information",
            "Software package and information systems",
        ),
    ),
    (
        "50",
        text(
            "Services de réparation et d’entretien",
            "Repair and maintenance services",
        ),
    ),
    (
        "51",
        text(
            "Services d’installation (à l’exception des logiciels)",
            "Installation services (except software)",
        ),
    ),
    (
        "55",
        text(
            "Services d’hôtellerie, de restauration et de commerce au détail",
            "Hotel, restaurant and retail trade services",
        ),
    ),
    (
        "60",
        text(
            "Services de transport (à l’exclusion du transport des déchets)",
            "Transport services (excl. waste transport)",
        ),
    ),
    (
        "63",
        text(
            "Services d’appui et services auxiliaires dans le domaine des transports\u{202F}; services des agences de voyages",
            "Supporting and auxiliary transport services; travel agencies services",
        ),
    ),
    (
        "64",
        text(
            "Services des postes et télécommunications",
            "Postal and telecommunications services",
        ),
    ),
    ("65", text("Services publics", "Public utilities")),
    (
        "66",
        text(
            "Services financiers et d’assurance",
            "Financial and insurance services",
        ),
    ),
    ("70", text("Services immobiliers", "Real estate services")),
    (
        "71",
        text(
            "Services d’architecture, services de construction, services d’ingénierie et services d’inspection",
            "Architectural, construction, engineering and inspection services",
        ),
    ),
    (
        "72",
        text(
            "Services de technologies de l’information, conseil, développement de logiciels, internet et appui",
            "IT services: consulting, software development, Internet and support",
        ),
    ),
    (
        "73",
        text(
            "Services de recherche et développement et services de conseil connexes",
            "Research and development services and related consultancy services",
        ),
    ),
    (
        "75",
        text(
            "Services de l’administration publique, de la défense et de la sécurité sociale",
            "Administration, defence and social security services",
        ),
    ),
    (
        "76",
        text(
            "Services relatifs à l’industrie du gaz et du pétrole",
            "Services related to the oil and gas industry",
        ),
    ),
    (
        "77",
        text(
            "Services agricoles, sylvicoles, horticoles, d’aquaculture et d’apiculture",
            "Agricultural, forestry, horticultural, aquacultural and apicultural services",
        ),
    ),
    (
        "79",
        text(
            "Services aux entreprises\u{A0}: droit, marketing, conseil, recrutement, impression et sécurité",
            "Business services: law, marketing, consulting, recruitment, printing and security",
        ),
    ),
    (
        "80",
        text(
            "Services d’enseignement et de formation",
            "Education and training services",
        ),
    ),
    (
        "85",
        text(
            "Services de santé et services sociaux",
            "Health and social work services",
        ),
    ),
    (
        "90",
        text(
            "Services d’évacuation des eaux usées et d’élimination des déchets, services d’hygiénisation et services relatifs à l’environnement",
            "Sewage, refuse, cleaning and environmental services",
        ),
    ),
    (
        "92",
        text(
            "Services récréatifs, culturels et sportifs",
            "Recreational, cultural and sporting services",
        ),
    ),
    (
        "98",
        text(
            "Autres services communautaires, sociaux et personnels",
            "Other community, social and personal services",
        ),
    ),
];
