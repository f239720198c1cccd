//! Granting a role at a place.

use super::people::scopes;
use super::people::{KeptPeople, Staffing};
use crate::admin::people::employers;
use maud::{Markup, html};
use yishi_domain::people::{self, KEEP};
use yishi_domain::places::PlaceKind;
use yishi_kernel::{AccountId, Right, Role};
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};
use yishi_web::ui;

/// Granting a role at a place.
#[derive(Debug)]
pub struct GrantRole;

impl Act for GrantRole {
    type On = KeptPeople;
    type Command = Granting;
    const WORD: &'static str = "grant";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &KEEP;

    async fn form(sheet: &Staffing, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let whom: Vec<(String, String)> =
            sheet.row.accounts.iter().map(|row| (row.id.to_string(), row.name.clone())).collect();
        let roles: Vec<(String, String)> = Role::ALL
            .iter()
            .filter(|role| !matches!(role, Role::Visitor | Role::System))
            .map(|role| (role.word().to_owned(), ui::role(*role, t)))
            .collect();
        let inner = html! {
            (f.select("account", &whom).label("people-whom"))
            (f.select("role", &roles))
            (f.select("at", &scopes(&sheet.cx, &sheet.row.place, &f.value("at", "")).await?))
            (f.select("organisation", &employers(sheet)).label("people-for"))
            (f.submit("people-grant", ""))
        };
        Ok(f.card(&t.say("people-grant"), &inner))
    }

    async fn read(sheet: &Staffing, mut r: Reader<'_>) -> Result<Granting, Slip> {
        let (account, at) = (r.id("account", "form-choose"), r.id("at", "form-choose"));
        let role = r.word("role", Role::parse, "form-choose");
        // The list shows the stairwells of a building once that is chosen.
        if let (Some(Role::Steward), Some(at)) = (role, at)
            && sheet.cx.place(at).await.is_ok_and(|place| place.kind == PlaceKind::Building)
        {
            r.wrong("at", "people-which-stairwell");
        }
        let organisation = r.id_or_none("organisation").filter(|_| role.is_some_and(Role::of_organisation));
        let (from, until) = (sheet.cx.now, None);
        r.done(|| {
            let grant = people::GrantRole { role: role?, place: at?, organisation, from, until };
            Some(Granting { account: account?, grant })
        })
    }

    async fn carry_out(sheet: &Staffing, granting: Granting) -> Result<Next, Error> {
        let Granting { account, grant } = granting;
        sheet.cx.office().grant(&sheet.staff.actor, account, grant).await?;
        Ok(Next::Back)
    }
}

/// A role to be granted to somebody.
#[derive(Debug)]
pub struct Granting {
    account: AccountId,
    grant: people::GrantRole,
}
