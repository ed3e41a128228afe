//! Doors of the people of companies: inviting, changing roles, leaving, asking to join, answering.

use domain::identifiers::Siren;
use domain::lifecycle::MemberRole;
use domain::people::PeopleProblem;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use uuid::Uuid;

use super::opening::{digits, opening_path};
use super::people_desk;
use super::typed::lines;
use crate::desk::{InvitationAnswer, JoinAsked, Opening, PeopleAct};
use crate::error::AppError;
use crate::reply::use_reply;
use crate::routes::path;
use crate::views::Typed;

/// The names of the forms whose words are kept when they cannot be carried out.
pub const INVITE: &str = "invite";
pub const JOIN: &str = "join";
pub const CODE: &str = "code";
pub const MANDATE: &str = "mandate";
/// What a ticked box sends.
pub const YES: &str = "yes";

/// The people of a company.
pub fn people_path(siren: &Siren) -> String {
    format!("{}/{siren}", path::PEOPLE)
}

/// Where it is asked to join a company.
pub fn joining_path(siren: &Siren) -> String {
    format!("{}/{siren}", path::JOINING)
}

pub fn invitation_path(id: Uuid) -> String {
    format!("{}/{id}", path::INVITATIONS)
}

fn company(siren: &str) -> Result<Siren, AppError> {
    Siren::parse(siren).map_err(|_| AppError::NotFound)
}

fn typed<const N: usize>(problems: &[PeopleProblem], fields: [(&str, &str); N]) -> Typed {
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code()).collect();
    Typed {
        problem: codes.join(" "),
        fields: fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
    }
}

/// Keeps the words of a form that could not be carried out: where they are shown again, with what was wrong.
async fn again(form: &str, kept: Typed, page: &str) -> Result<String, AppError> {
    let copy = people_desk()?.keep_form(form, kept).await?;
    Ok(format!("{page}?saisie={copy}#errors"))
}

/// An act without words to keep: done, or why not.
async fn act(siren: &str, act: PeopleAct, done: &str) -> Result<(), AppError> {
    let (desk, siren) = (people_desk()?, company(siren)?);
    let page = people_path(&siren);
    let next = match desk.change_people(&siren, act).await? {
        None => format!("{page}?fait={done}"),
        Some(problem) => format!("{page}?refus={}#errors", problem.code()),
    };
    use_reply().redirect(next);
    Ok(())
}

/// Invites somebody to a company.
#[server(prefix = "/fn", endpoint = "invite-person", input = PostUrl)]
pub async fn invite_person(
    #[server(default)] siren: String,
    #[server(default)] email: String,
    #[server(default)] role: String,
    #[server(default)] organisation: String,
    #[server(default)] message: String,
) -> Result<(), AppError> {
    let (desk, siren) = (people_desk()?, company(&siren)?);
    let message = lines(&message);
    let invite = PeopleAct::Invite {
        email: email.clone(),
        role: MemberRole::from_code(&role),
        organisation: organisation.clone(),
        message: message.clone(),
    };
    let page = people_path(&siren);
    let next = match desk.change_people(&siren, invite).await? {
        None => format!("{page}?fait=invitation"),
        Some(problem) => {
            let fields = [
                ("email", email.as_str()),
                ("role", &role),
                ("organisation", &organisation),
                ("message", &message),
            ];
            again(INVITE, typed(&[problem], fields), &page).await?
        }
    };
    use_reply().redirect(next);
    Ok(())
}

/// Sends the mail of an invitation again.
#[server(prefix = "/fn", endpoint = "invite-again", input = PostUrl)]
pub async fn invite_again(
    #[server(default)] siren: String,
    invitation: Uuid,
) -> Result<(), AppError> {
    act(&siren, PeopleAct::InviteAgain { invitation }, "relance").await
}

#[server(prefix = "/fn", endpoint = "revoke-invitation", input = PostUrl)]
pub async fn revoke_invitation(
    #[server(default)] siren: String,
    invitation: Uuid,
) -> Result<(), AppError> {
    act(&siren, PeopleAct::Revoke { invitation }, "annulation").await
}

#[server(prefix = "/fn", endpoint = "change-role", input = PostUrl)]
pub async fn change_role(
    #[server(default)] siren: String,
    account: Uuid,
    #[server(default)] role: String,
) -> Result<(), AppError> {
    let role = MemberRole::from_code(&role);
    act(&siren, PeopleAct::ChangeRole { account, role }, "role").await
}

#[server(prefix = "/fn", endpoint = "remove-person", input = PostUrl)]
pub async fn remove_person(
    #[server(default)] siren: String,
    account: Uuid,
) -> Result<(), AppError> {
    act(&siren, PeopleAct::Remove { account }, "retrait").await
}

/// Goes away from a company: nothing of it is shown any more.
#[server(prefix = "/fn", endpoint = "leave-company", input = PostUrl)]
pub async fn leave_company(#[server(default)] siren: String) -> Result<(), AppError> {
    let siren = company(&siren)?;
    let left = people_desk()?
        .change_people(&siren, PeopleAct::Leave)
        .await?;
    use_reply().redirect(match left {
        None => format!("{}?fait=depart", path::SUPPLIER),
        Some(problem) => format!("{}?refus={}#errors", people_path(&siren), problem.code()),
    });
    Ok(())
}

/// A manager answers somebody who asks to join; without a role it is no.
#[server(prefix = "/fn", endpoint = "answer-request", input = PostUrl)]
pub async fn answer_request(
    #[server(default)] siren: String,
    request: Uuid,
    #[server(default)] role: String,
    #[server(default)] answer: String,
) -> Result<(), AppError> {
    if answer != YES {
        return act(
            &siren,
            PeopleAct::Decide {
                request,
                role: None,
            },
            "refus",
        )
        .await;
    }
    let Some(role) = MemberRole::from_code(&role) else {
        let page = people_path(&company(&siren)?);
        use_reply().redirect(format!(
            "{page}?refus={}#errors",
            PeopleProblem::Role.code()
        ));
        return Ok(());
    };
    let role = Some(role);
    act(&siren, PeopleAct::Decide { request, role }, "accueil").await
}

#[server(prefix = "/fn", endpoint = "open-domain", input = PostUrl)]
pub async fn open_domain(
    #[server(default)] siren: String,
    #[server(default)] role: String,
) -> Result<(), AppError> {
    let role = MemberRole::from_code(&role);
    act(&siren, PeopleAct::OpenDomain { role }, "domaine").await
}

#[server(prefix = "/fn", endpoint = "close-domain", input = PostUrl)]
pub async fn close_domain(
    #[server(default)] siren: String,
    #[server(default)] domain: String,
) -> Result<(), AppError> {
    act(&siren, PeopleAct::CloseDomain { domain }, "domaine-ferme").await
}

/// Asks to join a company that somebody else follows.
#[server(prefix = "/fn", endpoint = "ask-to-join", input = PostUrl)]
pub async fn ask_to_join(
    #[server(default)] siren: String,
    #[server(default)] role: String,
    #[server(default)] organisation: String,
    #[server(default)] message: String,
) -> Result<(), AppError> {
    let (desk, siren) = (people_desk()?, company(&siren)?);
    let message = lines(&message);
    let asked = JoinAsked {
        role: MemberRole::from_code(&role),
        third_party: role == MANDATE,
        organisation: organisation.clone(),
        message: message.clone(),
    };
    let page = joining_path(&siren);
    let next = match desk.ask_to_join(&siren, asked).await? {
        None | Some(PeopleProblem::AlreadyHere) => page,
        Some(problem) => {
            let fields = [
                ("role", role.as_str()),
                ("organisation", &organisation),
                ("message", &message),
            ];
            again(JOIN, typed(&[problem], fields), &page).await?
        }
    };
    use_reply().redirect(next);
    Ok(())
}

/// Does not wait for the managers any more.
#[server(prefix = "/fn", endpoint = "ask-the-buyer", input = PostUrl)]
pub async fn ask_the_buyer(#[server(default)] siren: String) -> Result<(), AppError> {
    let (desk, siren) = (people_desk()?, company(&siren)?);
    desk.ask_the_buyer(&siren).await?;
    use_reply().redirect(format!("{}?fait=acheteur", joining_path(&siren)));
    Ok(())
}

/// Types the code of a letter.
#[server(prefix = "/fn", endpoint = "type-letter-code", input = PostUrl)]
pub async fn type_letter_code(
    #[server(default)] siren: String,
    #[server(default)] code: String,
) -> Result<(), AppError> {
    let (desk, siren) = (people_desk()?, company(&siren)?);
    let next = match desk.type_letter_code(&siren, &code).await? {
        None => format!("{}?fait=rattachement", path::SUPPLIER),
        Some(problem) => {
            let copy = desk
                .keep_form(CODE, typed(&[problem], [("code", &code)]))
                .await?;
            format!("{}?code={copy}#errors", joining_path(&siren))
        }
    };
    use_reply().redirect(next);
    Ok(())
}

/// Answers an invitation.
#[server(prefix = "/fn", endpoint = "answer-invitation", input = PostUrl)]
pub async fn answer_invitation(
    id: Uuid,
    #[server(default)] answer: String,
) -> Result<(), AppError> {
    let next = match people_desk()?.answer_invitation(id, answer == YES).await? {
        InvitationAnswer::Joined(_) => format!("{}?fait=rattachement", path::SUPPLIER),
        InvitationAnswer::Declined => format!("{}?fait=invitation-refusee", path::SUPPLIER),
        InvitationAnswer::Held(siren) => joining_path(&siren),
        InvitationAnswer::Over => invitation_path(id),
    };
    use_reply().redirect(next);
    Ok(())
}

/// A third party opens a company for which it prepares.
#[server(prefix = "/fn", endpoint = "prepare-for", input = PostUrl)]
pub async fn prepare_for(
    #[server(default)] number: String,
    #[server(default)] organisation: String,
) -> Result<(), AppError> {
    let desk = people_desk()?;
    let read = digits(&number);
    let opened = desk.prepare_for(&read, &organisation).await?;
    let problems = match opened {
        Ok(Opening::Invalid(_)) => vec![PeopleProblem::Number],
        Err(problems) => problems,
        Ok(Opening::HeldByAnother(siren)) => {
            // Nothing is asked twice: the name of the organisation comes along.
            let kept = typed(&[], [("role", MANDATE), ("organisation", &organisation)]);
            let copy = desk.keep_form(JOIN, kept).await?;
            use_reply().redirect(format!("{}?saisie={copy}", joining_path(&siren)));
            return Ok(());
        }
        Ok(opening) => {
            use_reply().redirect(opening_path(&read, &opening));
            return Ok(());
        }
    };
    let fields = [
        ("number", number.as_str()),
        ("organisation", organisation.as_str()),
    ];
    use_reply().redirect(again(MANDATE, typed(&problems, fields), path::MANDATE).await?);
    Ok(())
}
