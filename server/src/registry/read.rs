//! Reads the response schema of the API Recherche d'entreprises: every field may be missing, unknown ones are ignored.

use chrono::{DateTime, NaiveDate, Utc};
use domain::claims::Kind;
use domain::identifiers::{LegalCategory, Siren, Siret};
use domain::registry::{RegistryFacts, Source};
use serde_json::Value;

use super::{Entry, Establishment};

/// What stands for a value that its person does not want shown.
const MASK: &str = "[NON-DIFFUSIBLE]";
const LONGEST: usize = 300;

/// An answer that has the shape of the schema.
#[derive(Debug)]
pub(super) struct Answer(Value);

impl Answer {
    /// `None` when the text is not such an answer: a page of an intermediary, half an answer, another service.
    pub(super) fn read(body: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(body).ok()?;
        value.get("results")?.is_array().then_some(Self(value))
    }

    pub(super) fn results(&self) -> &[Value] {
        self.0
            .get("results")
            .and_then(Value::as_array)
            .map_or(&[], Vec::as_slice)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.results().is_empty()
    }

    pub(super) fn total(&self) -> u64 {
        let shown = u64::try_from(self.results().len()).unwrap_or(u64::MAX);
        self.0
            .get("total_results")
            .and_then(Value::as_u64)
            .unwrap_or(shown)
            .max(shown)
    }

    /// The results that can be read as companies.
    pub(super) fn entries(&self, source: Source, fetched_at: DateTime<Utc>) -> Vec<Entry> {
        self.results()
            .iter()
            .filter_map(|result| entry(result, None, source, fetched_at))
            .collect()
    }

    /// The result for a number; a result for another number is not an answer.
    pub(super) fn company(
        &self,
        siren: &Siren,
        siret: Option<&Siret>,
        source: Source,
        fetched_at: DateTime<Utc>,
    ) -> Option<Entry> {
        self.results()
            .iter()
            .filter_map(|result| entry(result, siret, source, fetched_at))
            .find(|entry| &entry.facts.siren == siren)
    }
}

/// The sentence of an error answer, such as `{"erreur": "Numéro Siren invalide."}`.
pub(super) fn is_error_answer(body: &str) -> bool {
    serde_json::from_str::<Value>(body).is_ok_and(|value| value.get("erreur").is_some())
}

fn entry(
    result: &Value,
    asked: Option<&Siret>,
    source: Source,
    fetched_at: DateTime<Utc>,
) -> Option<Entry> {
    let siren = Siren::parse(result.get("siren")?.as_str()?).ok()?;
    let mut fields = Fields::of(result);
    let name = fields
        .text("nom_complet")
        .or_else(|| fields.text("nom_raison_sociale"))
        .or_else(|| fields.text("sigle"));
    let mut office = Fields::of(result.get("siege").unwrap_or(&Value::Null));
    let complements = Fields::of(result.get("complements").unwrap_or(&Value::Null));
    let siret = office.siret().filter(|siret| siret.belongs_to(&siren));
    let address = office.text("adresse");
    let postal_code = office.text("code_postal");
    let commune = office.text("commune");
    let masked = fields.masked
        || office.masked
        || fields
            .word("statut_diffusion")
            .is_some_and(|status| status != "O");
    let facts = RegistryFacts {
        name,
        siret,
        address,
        postal_code,
        commune,
        legal_category: fields
            .word("nature_juridique")
            .and_then(|code| LegalCategory::parse(&code).ok()),
        naf: fields.word("activite_principale"),
        staff_band: fields
            .word("tranche_effectif_salarie")
            .filter(|band| band != "NN"),
        staff_band_year: fields.year("annee_tranche_effectif_salarie"),
        category: fields.word("categorie_entreprise"),
        category_year: fields.year("annee_categorie_entreprise"),
        active: fields.word("etat_administratif").as_deref() != Some("C"),
        created_on: fields.date("date_creation"),
        ess: complements.truth("est_ess"),
        siae: complements.truth("est_siae"),
        siae_kinds: siae_kinds(complements.object.get("type_siae")),
        partly_masked: masked,
        vat: fields.words("tva"),
        siren,
        source,
        fetched_at,
    };
    Some(Entry {
        closed_on: fields.date("date_fermeture"),
        establishment: asked.and_then(|siret| establishment(result, siret)),
        facts,
    })
}

fn establishment(result: &Value, asked: &Siret) -> Option<Establishment> {
    let found = result
        .get("matching_etablissements")?
        .as_array()?
        .iter()
        .find(|one| one.get("siret").and_then(Value::as_str) == Some(asked.as_str()))?;
    let mut fields = Fields::of(found);
    let head = result.get("siege").and_then(|office| office.get("siret"));
    Some(Establishment {
        siret: asked.clone(),
        address: fields.text("adresse"),
        postal_code: fields.text("code_postal"),
        commune: fields.text("commune"),
        active: fields.word("etat_administratif").as_deref() != Some("F"),
        head_office: fields
            .truth("est_siege")
            .unwrap_or_else(|| head.and_then(Value::as_str) == Some(asked.as_str())),
    })
}

/// The kinds named by `type_siae`: a text that looks like a Python list, `"['ACI', 'EI']"`, or a real list.
fn siae_kinds(value: Option<&Value>) -> Vec<Kind> {
    let text = match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => items
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(","),
        _ => return Vec::new(),
    };
    let mut kinds = Vec::new();
    for word in text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_') {
        let known = word.to_ascii_uppercase().parse::<Kind>().ok();
        if let Some(kind) = known.filter(|kind| is_inclusion(*kind) && !kinds.contains(kind)) {
            kinds.push(kind);
        }
    }
    kinds
}

const fn is_inclusion(kind: Kind) -> bool {
    kind.is_siae()
        || matches!(
            kind,
            Kind::Ea | Kind::Eatt | Kind::Esat | Kind::Geiq | Kind::Sep
        )
}

/// One line without control characters or double spaces.
pub(super) fn tidy(text: &str) -> String {
    text.split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The fields of one object; a field of an unexpected type is a missing field.
struct Fields<'a> {
    object: &'a Value,
    /// A masked value was met.
    masked: bool,
}

impl<'a> Fields<'a> {
    fn of(object: &'a Value) -> Self {
        Self {
            object,
            masked: false,
        }
    }

    /// A text for people, without what is masked.
    fn text(&mut self, name: &str) -> Option<String> {
        let text = self.object.get(name)?.as_str()?;
        self.masked |= text.contains(MASK);
        let shown: String = tidy(&text.replace(MASK, " "))
            .chars()
            .take(LONGEST)
            .collect();
        Some(shown).filter(|shown| !shown.is_empty())
    }

    /// A code: short, and never a mask.
    fn word(&self, name: &str) -> Option<String> {
        word(self.object.get(name)?)
    }

    fn words(&self, name: &str) -> Vec<String> {
        let list = self.object.get(name).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(word).collect()
    }

    fn truth(&self, name: &str) -> Option<bool> {
        self.object.get(name)?.as_bool()
    }

    /// Years come as text or as numbers.
    fn year(&self, name: &str) -> Option<i32> {
        let value = self.object.get(name)?;
        match value.as_i64() {
            Some(year) => i32::try_from(year).ok(),
            None => value.as_str()?.trim().parse().ok(),
        }
    }

    /// A day, possibly followed by a time.
    fn date(&self, name: &str) -> Option<NaiveDate> {
        self.object.get(name)?.as_str()?.get(..10)?.parse().ok()
    }

    fn siret(&self) -> Option<Siret> {
        Siret::parse(&self.word("siret")?).ok()
    }
}

fn word(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    (!text.is_empty() && text.len() <= 40 && text != MASK).then(|| text.to_owned())
}
