//! The list of every setting: its key, its default, whether it is a secret, and what it means.

/// One line of the configuration.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Dotted key: `mail.host` is `[mail] host` in the file and `SPASER__MAIL__HOST` in the environment.
    pub key: &'static str,
    /// Value in force when nobody says otherwise; empty means "none", or derived as the help says.
    pub default: &'static str,
    /// A secret is masked when printed, and may be given as a file: `SPASER__MAIL__PASSWORD_FILE`.
    pub secret: bool,
    pub help: &'static str,
}

const fn plain(key: &'static str, default: &'static str, help: &'static str) -> Setting {
    Setting {
        key,
        default,
        secret: false,
        help,
    }
}

const fn secret(key: &'static str, help: &'static str) -> Setting {
    Setting {
        key,
        default: "",
        secret: true,
        help,
    }
}

/// Every setting, in the order in which `check-config` prints them. An empty `site.*` keeps the value of `app::site::Site`.
pub const SETTINGS: &[Setting] = &[
    plain(
        "server.bind",
        "127.0.0.1:3000",
        "adresse d’écoute, avec son port",
    ),
    plain(
        "server.origin",
        "",
        "adresse publique (https://…) ; par défaut, http:// suivi de l’adresse d’écoute",
    ),
    plain(
        "server.trusted_proxies",
        "",
        "adresses ou réseaux des mandataires dont X-Forwarded-For est cru, séparés par des virgules",
    ),
    plain(
        "server.site_root",
        "target/site",
        "dossier des fichiers du navigateur (styles, WebAssembly, images)",
    ),
    plain(
        "data.dir",
        "var",
        "dossier des données : bases SQLite, clé, courriels de démonstration",
    ),
    secret(
        "database.url",
        "base du portail : sqlite://… ou postgres://… ; par défaut, spaser.sqlite dans le dossier des données (DATABASE_URL est lue aussi)",
    ),
    secret(
        "buyer_database.url",
        "base de l’acheteur ; par défaut, acheteur.sqlite dans le dossier des données",
    ),
    plain(
        "mail.mode",
        "folder",
        "folder : un fichier .eml par courriel ; smtp : envoi réel",
    ),
    plain(
        "mail.folder",
        "",
        "dossier des courriels du mode folder ; par défaut, courriels dans le dossier des données",
    ),
    plain("mail.host", "", "serveur SMTP"),
    plain(
        "mail.port",
        "",
        "port SMTP ; par défaut 587 (required), 465 (tls) ou 25 (none)",
    ),
    plain(
        "mail.encryption",
        "required",
        "required : STARTTLS exigé ; tls : chiffré dès la connexion ; none : en clair, vers la machine elle-même seulement",
    ),
    plain("mail.user", "", "compte SMTP, s’il en faut un"),
    secret("mail.password", "mot de passe SMTP"),
    plain(
        "mail.ca_file",
        "",
        "certificat d’autorité (PEM) à croire en plus, pour un serveur SMTP interne",
    ),
    plain(
        "mail.from",
        "",
        "expéditeur des courriels ; par défaut, le nom du portail et site.email",
    ),
    plain(
        "mail.reply_to",
        "",
        "où vont les réponses, lues par une personne ; par défaut, site.service et site.email",
    ),
    plain(
        "registry.mode",
        "embedded",
        "embedded : fiches de démonstration ; api : API Recherche d’entreprises",
    ),
    plain(
        "registry.url",
        "https://recherche-entreprises.api.gouv.fr",
        "adresse de l’API du mode api",
    ),
    plain(
        "registry.timeout_seconds",
        "5",
        "attente maximale d’une réponse du registre",
    ),
    plain("site.name", "", "nom du portail"),
    plain("site.buyer_name", "", "nom officiel de l’acheteur"),
    plain(
        "site.buyer_short_name",
        "",
        "nom de l’acheteur dans une phrase, sans article",
    ),
    plain("site.buyer_siren", "", "SIREN de l’acheteur"),
    plain("site.service", "", "service qui répond aux fournisseurs"),
    plain("site.postal_address", "", "son adresse postale"),
    plain(
        "site.email",
        "",
        "son adresse électronique, affichée sur chaque page",
    ),
    plain("site.phone", "", "son téléphone"),
    plain("site.opening_hours_fr", "", "ses horaires, en français"),
    plain("site.opening_hours_en", "", "ses horaires, en anglais"),
    plain(
        "site.dpo_email",
        "",
        "adresse du délégué à la protection des données",
    ),
    plain(
        "site.publication_director",
        "",
        "directeur ou directrice de la publication",
    ),
    plain("site.host_name", "", "hébergeur"),
    plain("site.host_postal_address", "", "adresse de l’hébergeur"),
    plain("site.host_phone", "", "téléphone de l’hébergeur"),
    plain(
        "site.target_solidarity",
        "",
        "objectif : part des achats aux entreprises solidaires, en pour cent",
    ),
    plain(
        "site.target_social_clauses",
        "",
        "objectif : part des marchés notifiés avec clause sociale, en pour cent",
    ),
    plain(
        "site.target_environmental_clauses",
        "",
        "objectif : part des marchés notifiés avec clause environnementale, en pour cent",
    ),
    plain(
        "limits.body_bytes",
        "1048576",
        "taille maximale d’un envoi de formulaire, en octets",
    ),
    plain(
        "limits.upload_bytes",
        "5000000000",
        "taille maximale d’un fichier de marchés, en octets",
    ),
    plain(
        "limits.request_seconds",
        "30",
        "durée maximale d’une réponse",
    ),
    plain(
        "limits.shutdown_seconds",
        "10",
        "durée laissée aux requêtes en cours à l’arrêt",
    ),
    plain(
        "limits.links_per_address",
        "3",
        "liens de connexion par adresse électronique et par quart d’heure",
    ),
    plain(
        "limits.links_per_ip",
        "10",
        "liens de connexion par adresse réseau et par heure",
    ),
    plain(
        "limits.links_total",
        "600",
        "liens de connexion par heure, tous demandeurs réunis",
    ),
    plain(
        "limits.codes_per_ip",
        "30",
        "codes et liens présentés par adresse réseau et par heure",
    ),
    plain(
        "limits.actions_per_minute",
        "60",
        "envois de formulaires par session (ou adresse réseau) et par minute",
    ),
    plain(
        "limits.typing_per_minute",
        "300",
        "enregistrements pendant la saisie par session (ou adresse réseau) et par minute",
    ),
    plain(
        "limits.lookups_per_minute",
        "30",
        "recherches d’entreprise et vérifications d’attestation par session (ou adresse réseau) et par minute",
    ),
    plain(
        "documents.store",
        "",
        "où sont gardées les pièces : un dossier, ou s3://seau/préfixe ; par défaut, pieces dans le dossier des données",
    ),
    plain(
        "documents.s3_endpoint",
        "",
        "adresse du service compatible S3 (https://…) ; par défaut, celle de la région",
    ),
    plain("documents.s3_region", "us-east-1", "région du service S3"),
    plain(
        "documents.s3_key_id",
        "",
        "identifiant de la clé d’accès S3",
    ),
    secret("documents.s3_secret", "clé d’accès S3"),
    plain(
        "documents.max_megabytes",
        "10",
        "taille maximale d’une pièce, en mégaoctets",
    ),
    plain(
        "documents.max_per_claim",
        "5",
        "nombre maximal de pièces par réponse",
    ),
    plain(
        "documents.clamd",
        "",
        "antivirus clamd : hôte:port ou chemin de sa socket ; vide : les pièces sont marquées « non analysé »",
    ),
    plain(
        "lists.max_megabytes",
        "100",
        "taille maximale d’un fichier de liste (ESUS, ESS France…), en mégaoctets",
    ),
    plain(
        "lists.shrink_percent",
        "20",
        "perte de lignes, en pour cent, au-delà de laquelle une liste n’est mise en vigueur qu’après confirmation",
    ),
    plain(
        "sessions.supplier_idle_minutes",
        "240",
        "inactivité qui ferme la session d’un fournisseur",
    ),
    plain(
        "sessions.supplier_hours",
        "168",
        "durée maximale de la session d’un fournisseur",
    ),
    plain(
        "sessions.buyer_idle_minutes",
        "60",
        "inactivité qui ferme la session d’un agent",
    ),
    plain(
        "sessions.buyer_hours",
        "12",
        "durée maximale de la session d’un agent",
    ),
    plain(
        "health.outbox_seconds",
        "900",
        "âge du plus vieux message en attente au-delà duquel le portail le signale",
    ),
    plain(
        "health.feed_seconds",
        "3600",
        "âge du plus vieil envoi à la base de l’acheteur au-delà duquel le portail le signale",
    ),
    plain(
        "health.scans_seconds",
        "1800",
        "attente de la plus vieille pièce à analyser au-delà de laquelle le portail le signale",
    ),
    plain(
        "demo.enabled",
        "false",
        "true : page des courriels envoyés et comptes de démonstration",
    ),
    plain(
        "log.filter",
        "info",
        "niveau du journal (syntaxe de tracing : info, server=debug…)",
    ),
    plain("log.format", "json", "json ou text"),
    secret(
        "secrets.key",
        "clé du portail, 64 chiffres hexadécimaux ; par défaut, créée au premier démarrage dans le dossier des données",
    ),
];

/// The setting of this key.
pub fn find(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}
