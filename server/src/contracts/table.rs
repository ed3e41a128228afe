//! The consolidated national file and that of the ministry: one line for each contract, holder and state.
//!
//! Each line becomes an element in the field names of the official format; the lines of one contract meet again when the
//! contract is chosen. Identifiers are read as texts: a number would lose its leading zeros.

use std::io::Read;

use serde_json::{Map, Value, json};

use super::element::{Broken, Element};

/// Columns that become a field of the same name.
const PLAIN: [&str; 12] = [
    "id",
    "nature",
    "objet",
    "codeCPV",
    "procedure",
    "dureeMois",
    "dateNotification",
    "datePublicationDonnees",
    "montant",
    "marcheInnovant",
    "idAccordCadre",
    "techniques",
];
const CONSIDERATIONS: [&str; 2] = ["considerationsSociales", "considerationsEnvironnementales"];

/// Elements of a table, in the order of its lines.
pub(super) struct TableElements<R> {
    records: csv::StringRecordsIntoIter<R>,
    columns: Vec<String>,
}

impl<R: Read> TableElements<R> {
    /// Reads the header; `delimiter` is what separates its columns.
    pub(super) fn new(read: R, delimiter: u8) -> Result<Self, Broken> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(read);
        let header = reader.headers().map_err(broken)?.clone();
        let columns: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
        let has = |name: &str| columns.iter().any(|column| column == name);
        if !has("id") || !(has("acheteur_id") || has("acheteur.id") || has("idAcheteur")) {
            return Err(Broken::NotContracts("no columns id and acheteur_id"));
        }
        Ok(Self {
            records: reader.into_records(),
            columns,
        })
    }

    fn element(&self, line: &csv::StringRecord) -> Value {
        let cell = |name: &str| {
            let at = self.columns.iter().position(|column| column == name)?;
            line.get(at).map(str::trim).filter(|text| !text.is_empty())
        };
        let mut fields = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                fields.insert(name.to_owned(), value);
            }
        };
        for name in PLAIN.into_iter().chain(CONSIDERATIONS) {
            put(name, cell(name).map(Value::from));
        }
        let buyer = ["acheteur_id", "acheteur.id", "idAcheteur"]
            .into_iter()
            .find_map(cell);
        put("acheteur", buyer.map(|id| json!({ "id": id })));
        let place = ["lieuExecution_code", "lieuExecution.code"]
            .into_iter()
            .find_map(cell);
        let kind = ["lieuExecution_typeCode", "lieuExecution.typeCode"]
            .into_iter()
            .find_map(cell);
        put(
            "lieuExecution",
            place.map(|code| json!({ "code": code, "typeCode": kind })),
        );
        put("titulaires", Some(holders(cell)));
        put(
            "modification_id",
            Some(cell("modification_id").map_or("0", whole).into()),
        );
        Value::Object(fields)
    }
}

/// `1.0` is how a table of numbers with gaps writes 1.
fn whole(text: &str) -> &str {
    text.strip_suffix(".0").unwrap_or(text)
}

/// One holder a line, or up to three in numbered columns.
fn holders<'l>(cell: impl Fn(&str) -> Option<&'l str>) -> Value {
    let suffixes = ["", "_1", "_2", "_3"];
    let holders = suffixes.into_iter().filter_map(|suffix| {
        let id = cell(&format!("titulaire_id{suffix}"))?;
        let id_type = cell(&format!("titulaire_typeIdentifiant{suffix}"));
        Some(json!({ "titulaire": { "id": id, "typeIdentifiant": id_type } }))
    });
    holders.collect()
}

fn broken(error: csv::Error) -> Broken {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Broken::Read(error),
        _ => Broken::NotContracts("it is no table"),
    }
}

impl<R: Read> Iterator for TableElements<R> {
    type Item = Result<Element, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.records.next()?;
        Some(match line {
            Ok(line) => Ok(Element::Contract(self.element(&line))),
            Err(error) => match error.kind() {
                csv::ErrorKind::Utf8 { .. } => Ok(Element::Unreadable {
                    reason: "not_utf8",
                    text: error.to_string(),
                }),
                _ => Err(broken(error)),
            },
        })
    }
}
