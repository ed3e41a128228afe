//! A small file of each published list, imported as the command does. The companies are those of the demonstration register.

use anyhow::{Context, bail};
use chrono::{Datelike, Days, NaiveDate};
use domain::lists::ListKind;

use crate::lists::{self, By, Put};
use crate::state::AppState;

/// An approval that ends earlier than its company declares, one that has ended, and one of a company that declares nothing.
fn esus(year: i32) -> String {
    format!(
        "Raison sociale;SIREN;N° d’agrément;Date d’agrément;Date de fin;Département\n\
         DÉMO RECYCLERIE SOLIDAIRE;910 000 090;{a}-13-042;01/02/{a};31/01/{b};13\n\
         SCOP DÉMO BOIS ET CHARPENTE;910000025;{c}-13-007;15/03/{c};14/03/{a};13\n\
         ASSOCIATION DÉMO L’ÉLAN SOLIDAIRE;910000074;{a}-13-051;01/06/{a};31/05/{d};13\n",
        a = year - 1,
        b = year + 1,
        c = year - 6,
        d = year + 4,
    )
}

/// Commercial companies of the social economy are missing, as in the real one.
const ESS_FRANCE: &str = "SIREN;Nom ou raison sociale;Famille;Département\n\
    910000017;ASSOCIATION DÉMO LES JARDINS DU LARGUE;Association;04\n\
    910000025;SCOP DÉMO BOIS ET CHARPENTE;Coopérative;13\n\
    910000066;ASSOCIATION DÉMO CHANTIERS DES CALANQUES;Association;13\n\
    910000074;ASSOCIATION DÉMO L’ÉLAN SOLIDAIRE;Association;13\n";

const INCLUSION: &str = "siret,kind,name,department\n\
    91000001700012,ACI,Les Jardins du Largue,04\n\
    91000005800016,EI,Démo Insertion Propreté,13\n\
    91000006600019,ACI,Chantiers des Calanques,13\n\
    91000006600019,EI,Chantiers des Calanques,13\n\
    91000007400013,ESAT,ESAT L’Élan,13\n\
    91000008200016,EA,Démo Adaptée Services,13\n\
    91000013200019,ETTI,Démo Intérim d’insertion,13\n";

fn egapro(year: i32) -> String {
    format!(
        "Année;SIREN;Raison Sociale;Note Index\n\
         {};910000058;DÉMO INSERTION PROPRETÉ;91\n\
         {};910000041;GROUPE DÉMO TRAVAUX PUBLICS;84\n",
        year - 1,
        year - 1,
    )
}

pub(super) async fn seed(state: &AppState) -> anyhow::Result<()> {
    let today = state.clock.today();
    let year = today.year();
    for (list, content, age) in [
        (ListKind::Esus, esus(year), 20),
        (ListKind::EssFrance, ESS_FRANCE.to_owned(), 500),
        (ListKind::Inclusion, INCLUSION.to_owned(), 6),
        (ListKind::Egapro, egapro(year), 60),
    ] {
        import(state, list, &content, today - Days::new(age))
            .await
            .with_context(|| list.code())?;
    }
    Ok(())
}

async fn import(
    state: &AppState,
    list: ListKind,
    content: &str,
    published_on: NaiveDate,
) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("demonstration.csv");
    std::fs::write(&path, content)?;
    let opened = lists::open(&path, list)?;
    let name = format!("{}-demonstration.csv", list.slug());
    let offered = lists::offer(state, list, opened, &name, Some(published_on), By::Command).await?;
    lists::read(state, offered.id, &path, None).await?;
    match lists::put_in_force(state, offered.id, false, By::Command).await? {
        Put::Done => Ok(()),
        other => bail!("{other:?}"),
    }
}
