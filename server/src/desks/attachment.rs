//! Whether the address of a person speaks for the company: a hint for the reviewer, never a proof by itself.

/// Providers where anybody may have an address.
const PUBLIC_DOMAINS: &[&str] = &[
    "9online",
    "alice",
    "aliceadsl",
    "aol",
    "bbox",
    "bluewin",
    "caramail",
    "cegetel",
    "club-internet",
    "duck",
    "fastmail",
    "free",
    "freesbee",
    "gmail",
    "gmx",
    "googlemail",
    "hotmail",
    "hushmail",
    "icloud",
    "ik",
    "inbox",
    "infonie",
    "laposte",
    "libertysurf",
    "live",
    "mac",
    "mail",
    "mailbox",
    "mailfence",
    "mailinator",
    "mailo",
    "me",
    "moncourrier",
    "msn",
    "netcourrier",
    "netc",
    "neuf",
    "noos",
    "nordnet",
    "numericable",
    "orange",
    "outlook",
    "pm",
    "posteo",
    "proton",
    "protonmail",
    "riseup",
    "rocketmail",
    "runbox",
    "sfr",
    "skynet",
    "startmail",
    "t-online",
    "tele2",
    "tiscali",
    "tuta",
    "tutamail",
    "tutanota",
    "voila",
    "wanadoo",
    "web",
    "worldonline",
    "yahoo",
    "yandex",
    "ymail",
    "yopmail",
    "zoho",
    "zohomail",
];

/// Labels under which anybody registers a name of their own: `asso.fr`, `co.uk`.
const SHARED_SUFFIXES: &[&str] = &[
    "ac", "asso", "co", "com", "edu", "gouv", "net", "nom", "org", "prd", "tm",
];

/// What a name says of the form of a company, not of the company.
const LEGAL_FORMS: &[&str] = &[
    "asso",
    "assoc",
    "association",
    "cie",
    "compagnie",
    "coop",
    "cooperative",
    "earl",
    "ei",
    "eirl",
    "entreprise",
    "ets",
    "etablissements",
    "eurl",
    "gaec",
    "geie",
    "gie",
    "groupe",
    "sa",
    "sarl",
    "sas",
    "sasu",
    "sca",
    "sci",
    "scic",
    "scm",
    "scop",
    "scp",
    "selarl",
    "selas",
    "snc",
    "societe",
    "ste",
];

const STOP_WORDS: &[&str] = &[
    "a", "and", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "of",
    "the", "un", "une",
];

/// Shorter names are borne by too many.
const SHORTEST: usize = 5;

/// The part after the `@`, in lower case.
pub(super) fn domain(email: &str) -> Option<String> {
    let (_, domain) = email.rsplit_once('@')?;
    Some(domain.to_lowercase())
}

/// The label that somebody registered: `exemple` of `mail.exemple.fr`, of `exemple.asso.fr` too.
fn registrable(domain: &str) -> Option<&str> {
    let labels: Vec<&str> = domain.rsplit('.').collect();
    match labels.as_slice() {
        [_, shared, label, ..] if SHARED_SUFFIXES.contains(shared) => Some(label),
        [_, label, ..] => Some(label),
        _ => None,
    }
}

fn is_public(label: &str) -> bool {
    PUBLIC_DOMAINS.contains(&label)
}

/// The address is of the company's own domain, judging by its whole name: `contact@ateliers-du-port.fr` for "LES ATELIERS DU
/// PORT". A part of the name is not enough: the town does not speak for its bakery.
pub(super) fn speaks_for(email: &str, company_name: &str) -> bool {
    let Some(domain) = domain(email) else {
        return false;
    };
    let Some(label) = registrable(&domain).filter(|label| !is_public(label)) else {
        return false;
    };
    let label = spellings(label);
    // The register adds the short name in brackets: each of the two is a name.
    company_name
        .split(['(', ')'])
        .flat_map(spellings)
        .any(|name| name.len() >= SHORTEST && label.contains(&name))
}

/// A name in one word, without the legal form: with its small words, and without them.
fn spellings(name: &str) -> [String; 2] {
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .map(letters)
        .filter(|word| !word.is_empty() && !LEGAL_FORMS.contains(&word.as_str()))
        .collect();
    let telling = |word: &&String| !STOP_WORDS.contains(&word.as_str());
    let short = words.iter().filter(telling).map(String::as_str).collect();
    [words.concat(), short]
}

/// Two addresses share a domain that is not a public provider's.
pub(super) fn same_domain(one: &str, other: &str) -> bool {
    let (Some(one), Some(other)) = (domain(one), domain(other)) else {
        return false;
    };
    one == other && registrable(&one).is_some_and(|label| !is_public(label))
}

/// The domain of an address that belongs to somebody: the company's own, not a provider's.
pub(super) fn own_domain(email: &str) -> Option<String> {
    let domain = domain(email)?;
    let own = registrable(&domain).is_some_and(|label| !is_public(label));
    own.then_some(domain)
}

/// Letters and digits only, without accents, in lower case.
fn letters(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'à' | 'â' | 'ä' | 'á' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' | 'í' => 'i',
            'ô' | 'ö' | 'ó' => 'o',
            'ù' | 'û' | 'ü' | 'ú' => 'u',
            'ç' => 'c',
            other => other,
        })
        .filter(char::is_ascii_alphanumeric)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_speaks_for_the_company_that_its_domain_names() {
        for (email, name, expected) in [
            ("contact@ateliers-du-port.fr", "LES ATELIERS DU PORT", true),
            ("contact@ateliersduport.fr", "ATELIERS DU PORT", true),
            ("a@lesateliersduport.fr", "SARL LES ATELIERS DU PORT", true),
            ("a@ateliersport.com", "LES ATELIERS DU PORT (ADP)", true),
            ("a@énergie-sud.fr", "ENERGIE SUD", true),
            ("a@boulangerie-durand-sarl.fr", "Boulangerie Durand", true),
            ("a@leclair.fr", "SA L’ÉCLAIR", true),
            ("a@mail.energie-sud.fr", "ENERGIE SUD SAS", true),
            ("a@energie-sud.asso.fr", "ASSOCIATION ENERGIE SUD", true),
            (
                "a@calanques.fr",
                "INSERTION ET TERRITOIRE (CALANQUES)",
                true,
            ),
            // A town, a trade or a part of the name is not the company.
            ("x@marseille.fr", "BOULANGERIE DE MARSEILLE", false),
            ("x@marseille.fr", "MARSEILLE BOIS", false),
            ("x@boulangerie.fr", "BOULANGERIE DE MARSEILLE", false),
            ("x@insertion.fr", "DÉMO INSERTION PROPRETÉ", false),
            ("x@port-autonome.fr", "PORT", false),
            ("x@asso.fr", "ASSOCIATION", false),
            ("x@association.fr", "ASSOCIATION", false),
            ("contact@gmail.com", "GMAIL CONSEIL", false),
            ("contact@gmail.com", "GMAIL", false),
            ("contact@pro.orange.fr", "ORANGE", false),
            ("contact@abc.fr", "ABC", false),
            ("contact@autre-chose.fr", "LES ATELIERS DU PORT", false),
            ("contact@energie-sud.example.fr", "ENERGIE SUD", false),
            ("sans arobase", "SANS AROBASE", false),
            ("x@localhost", "LOCALHOST", false),
        ] {
            assert_eq!(speaks_for(email, name), expected, "{email} for {name}");
        }
    }

    #[test]
    fn a_public_provider_is_nobody_s_domain() {
        for (one, other, expected) in [
            ("a@exemple.fr", "b@EXEMPLE.fr", true),
            ("a@mail.exemple.fr", "b@mail.exemple.fr", true),
            ("a@pro.exemple.asso.fr", "b@pro.exemple.asso.fr", true),
            ("a@orange.fr", "b@orange.fr", false),
            ("a@pro.orange.fr", "b@pro.orange.fr", false),
            ("a@yahoo.co.uk", "b@yahoo.co.uk", false),
            ("a@exemple.fr", "a@exemple.com", false),
            ("a@localhost", "b@localhost", false),
        ] {
            assert_eq!(same_domain(one, other), expected, "{one} and {other}");
        }
    }
}
