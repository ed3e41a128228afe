//! Whether the address of a person speaks for the company: a hint for the reviewer, never a proof by itself.

/// Providers where anybody may have an address.
const PUBLIC_DOMAINS: &[&str] = &[
    "aol",
    "bbox",
    "bluewin",
    "free",
    "gmail",
    "gmx",
    "hotmail",
    "icloud",
    "laposte",
    "live",
    "mail",
    "me",
    "msn",
    "neuf",
    "numericable",
    "orange",
    "outlook",
    "proton",
    "protonmail",
    "sfr",
    "tutanota",
    "wanadoo",
    "yahoo",
    "ymail",
];

/// The part after the `@`, in lower case.
pub(super) fn domain(email: &str) -> Option<String> {
    let (_, domain) = email.rsplit_once('@')?;
    Some(domain.to_lowercase())
}

/// The address is of the company's own domain, judging by its name: `contact@ateliers-du-port.fr` for "LES ATELIERS DU PORT".
pub(super) fn speaks_for(email: &str, company_name: &str) -> bool {
    let Some(domain) = domain(email) else {
        return false;
    };
    let labels: Vec<&str> = domain.split('.').collect();
    let Some(label) = labels
        .len()
        .checked_sub(2)
        .and_then(|index| labels.get(index))
    else {
        return false;
    };
    if PUBLIC_DOMAINS.contains(label) {
        return false;
    }
    let label = letters(label);
    label.len() >= 5 && letters(company_name).contains(&label)
}

/// Two addresses share a domain that is not a public provider's.
pub(super) fn same_domain(one: &str, other: &str) -> bool {
    let (Some(one), Some(other)) = (domain(one), domain(other)) else {
        return false;
    };
    let provider = one.split('.').next().unwrap_or_default();
    one == other && !PUBLIC_DOMAINS.contains(&provider)
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
        assert!(speaks_for(
            "contact@ateliers-du-port.fr",
            "LES ATELIERS DU PORT"
        ));
        assert!(speaks_for("a@énergie-sud.fr", "ENERGIE SUD"));
        assert!(!speaks_for("contact@gmail.com", "GMAIL CONSEIL"));
        assert!(!speaks_for("contact@abc.fr", "ABC"), "too short to tell");
        assert!(!speaks_for(
            "contact@autre-chose.fr",
            "LES ATELIERS DU PORT"
        ));
        assert!(!speaks_for("sans arobase", "SANS AROBASE"));
    }

    #[test]
    fn a_public_provider_is_nobody_s_domain() {
        assert!(same_domain("a@exemple.fr", "b@EXEMPLE.fr"));
        assert!(!same_domain("a@orange.fr", "b@orange.fr"));
        assert!(!same_domain("a@exemple.fr", "a@exemple.com"));
    }
}
