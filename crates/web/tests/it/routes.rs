use super::browser::{Answer, Browser};
use axum::http::StatusCode;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use yishi_domain::places::PlaceKind;
use yishi_domain::{Actor, Role};
use yishi_store::Office;
use yishi_store::office::NewLedger;
use yishi_store::reads::matters::matter;
use yishi_store::reads::people::actor;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};
use yishi_web::routes::{Audience, ROUTES};

/// Whether a role at the own place gets through to a route.
fn expected(audience: Audience, role: Role) -> bool {
    use Role::{
        Administrator, BuildingHead, CommunitySecretary, CommunityWorker, GridSecretary, Steward,
        StreetOfficer, Visitor,
    };
    let steering = matches!(role, GridSecretary | CommunityWorker | CommunitySecretary | StreetOfficer);
    let neighbours = matches!(role, Steward | BuildingHead);
    match audience {
        Audience::Public | Audience::Receipt => true,
        Audience::SignedIn => role != Visitor,
        // The matter is at the community's desk: organisations and neighbours hold nothing of it.
        Audience::Desk | Audience::Neighbours => steering || neighbours,
        Audience::Holders | Audience::Steering => steering,
        Audience::OwnStairwells => (steering && role != StreetOfficer) || neighbours,
        Audience::Administrators => role == Administrator,
        Audience::Erasers => matches!(role, CommunitySecretary | StreetOfficer),
        // The company was invited.
        Audience::Attending => steering || role.of_organisation(),
        Audience::Street => role == StreetOfficer,
    }
}

/// Whether a role at another place gets through: only where no place is asked for.
fn expected_elsewhere(audience: Audience, path: &str, role: Role) -> bool {
    match audience {
        Audience::Public | Audience::Receipt => true,
        Audience::SignedIn => role != Role::Visitor,
        Audience::OwnStairwells => expected(audience, role),
        // Somebody sent by the company is, wherever the role was granted.
        Audience::Attending => role.of_organisation(),
        Audience::Administrators => path == "/admin" && role == Role::Administrator,
        _ => false,
    }
}

/// Turned away: to sign in, or told that this may not be.
fn turned_away(answer: &Answer) -> bool {
    answer.status == StatusCode::FORBIDDEN
        || (answer.status == StatusCode::SEE_OTHER && answer.location.starts_with("/signin?"))
}

/// Somebody in each role, here and in another community.
async fn cast(office: &Office, here: &Neighbourhood) -> BTreeMap<Role, [Option<Actor>; 2]> {
    let admin = &here.administrator;
    let new = NewLedger { slug: "liuxi".to_owned(), host: "yishi.local".to_owned() };
    let street =
        office.open_place(admin, here.street, PlaceKind::Community, "柳溪社区", Some(new)).await.unwrap();
    let open = async |parent, kind, name| office.open_place(admin, parent, kind, name, None).await.unwrap();
    let compound = open(street, PlaceKind::Compound, "柳溪家园").await;
    let building = open(compound, PlaceKind::Building, "1号楼").await;
    let stairwell = open(building, PlaceKind::Stairwell, "1单元").await;
    let home = open(stairwell, PlaceKind::Household, "101").await;
    // Another street, whose officer has no business here.
    let other = NewLedger { slug: "beihe".to_owned(), host: "yishi.local".to_owned() };
    let far = office.found(PlaceKind::Street, "北河街道", other).await.unwrap();
    let far_admin = office.found_administrator(far, "另一管理员").await.unwrap();
    let far_admin = actor(&office.db, far_admin).await.unwrap().unwrap();

    let mut cast = BTreeMap::new();
    for role in Role::ALL {
        let [own, others] = match role {
            Role::Visitor => {
                cast.insert(role, [None, None]);
                continue;
            }
            Role::Administrator => {
                cast.insert(role, [Some(admin.clone()), Some(far_admin.clone())]);
                continue;
            }
            Role::Resident => [here.households[5], home],
            Role::Steward => [here.stairwells[1], stairwell],
            Role::BuildingHead => [here.building, building],
            Role::GridSecretary => [here.compound, compound],
            Role::CommunityWorker
            | Role::CommunitySecretary
            | Role::DepartmentOfficer
            | Role::PropertyStaff => [here.community, street],
            Role::StreetOfficer => [here.street, far],
        };
        let mut pair = [None, None];
        for (n, at) in [own, others].into_iter().enumerate() {
            let keeper = if at == far { &far_admin } else { admin };
            let id = office.open_account(keeper, at, "某人", None).await.unwrap();
            let organisation = role.of_organisation().then_some(here.property);
            let now = office.now();
            office.grant(keeper, id, role, at, organisation, now, None).await.unwrap();
            pair[n] = Some(actor(&office.db, id).await.unwrap().unwrap());
        }
        cast.insert(role, pair);
    }
    cast
}

/// The numbers of a topic that waits and of a meeting to which the company is invited.
async fn called(office: &Office, here: &Neighbourhood) -> [i64; 2] {
    use yishi_store::office::{Calling, TopicOpening};
    use yishi_store::reads::meetings::{meeting, topic};
    use yishi_testkit::neighbourhood::form;
    let mut topics = Vec::new();
    for word in ["waits", "scheduled"] {
        let raised = office.raise(&Actor::visitor(), raising(word, here.building, "路灯坏了")).await.unwrap();
        let opening = TopicOpening {
            form: form(word),
            title: "路灯".to_owned(),
            question: String::new(),
            category: "02".to_owned(),
            matters: vec![raised.matter],
        };
        topics.push(office.open_topic(&here.worker, here.community, opening).await.unwrap());
    }
    let calling = Calling {
        form: form("meeting"),
        forum: "community".to_owned(),
        scheme: None,
        title: "路灯议事会".to_owned(),
        venue: "社区议事厅".to_owned(),
        starts: office.now().end_of_day_after(9),
        hurry: String::new(),
        topics: vec![topics[1]],
        entitled: None,
        invited: vec![here.property, here.committee],
        chair: here.colleague.account.unwrap(),
        recorder: here.worker.account.unwrap(),
    };
    let id = office.call_meeting(&here.worker, here.community, calling).await.unwrap();
    let topic = topic(&office.db, here.community, topics[0]).await.unwrap().unwrap().number;
    [topic, meeting(&office.db, here.community, id).await.unwrap().unwrap().number]
}

/// The number of an order to a body that none of the cast belongs to.
async fn ordered(office: &Office, here: &Neighbourhood) -> i64 {
    use yishi_domain::dispatch::OrderKind;
    use yishi_domain::matters::{Command, Holder, Outcome};
    let raised = office.raise(&Actor::visitor(), raising("order", here.building, "路灯坏了")).await.unwrap();
    let command = Command::Triage {
        outcome: Outcome::Public,
        category: "02".to_owned(),
        holder: Holder::Person(Role::CommunityWorker, here.community),
        person: here.worker.account,
        reason: String::new(),
    };
    office.work(&here.worker, raised.ledger, raised.matter, command).await.unwrap();
    let sending = yishi_store::office::Sending {
        form: yishi_testkit::neighbourhood::form("order"),
        kind: OrderKind::Work,
        matter: raised.matter,
        task: "换路灯".to_owned(),
        acceptance: "全亮".to_owned(),
        holder: Holder::Organisation(here.committee),
        person: None,
        finish_by: office.now().end_of_day_after(9),
    };
    let id = office.send_order(&here.worker, raised.ledger, sending).await.unwrap();
    yishi_store::reads::dispatch::order(&office.db, raised.ledger, id).await.unwrap().unwrap().number
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_lets_through_whom_it_should_and_nobody_else() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let cast = cast(office, &here).await;
        let raised =
            office.raise(&Actor::visitor(), raising("walk", here.stairwells[1], "楼道灯坏了")).await.unwrap();
        let number = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap().number;
        let word = office.issue_poster(&here.administrator, here.stairwells[1]).await.unwrap();
        let ordered = ordered(office, &here).await;
        let [topic, meeting] = called(office, &here).await;
        let browser = Browser::new(office);
        let mut table = String::from(
            "# Every route and which role gets through to it: at the own place / at another place.\n\
             # Made by walking them all; what the matter's stage or holder adds is in permissions.txt.\n\n",
        );
        for route in ROUTES {
            let path = route
                .path
                .replace("/o/{number}", &format!("/o/{ordered}"))
                .replace("/t/{number}", &format!("/t/{topic}"))
                .replace("/g/{number}", &format!("/g/{meeting}"))
                .replace("{door}", "nothing")
                .replace("{slug}", "xinglin")
                .replace("{receipt}", &raised.receipt.to_string())
                .replace("{number}", &number.to_string())
                .replace("{secret}", &raised.secret)
                .replace("{word}", &word)
                .replace("{place}", &here.stairwells[1].to_string())
                .replace("{poster}", &uuid::Uuid::nil().to_string())
                .replace("{digest}", &"0".repeat(64))
                .replace("{name}", "none.css");
            let mut row = String::new();
            for (role, people) in &cast {
                for (n, person) in people.iter().enumerate() {
                    let visitor = browser.clone();
                    let browser = match person {
                        Some(actor) => browser.signed_in(office, actor).await,
                        None => visitor,
                    };
                    let answer = match route.method {
                        "get" => browser.get(&path).await,
                        _ if route.path != "/w/{slug}/t/{number}/answer"
                            && matches!(
                                route.path.rsplit('/').next(),
                                Some("raise" | "answer" | "progress" | "done" | "post")
                            ) =>
                        {
                            browser.post_parts(&path, &[("form", &"2".repeat(26))]).await
                        }
                        _ => browser.post(&path, &[]).await,
                    };
                    let through = !turned_away(&answer);
                    let wanted = match n {
                        0 => expected(route.audience, *role),
                        _ => expected_elsewhere(route.audience, route.path, *role),
                    };
                    assert_eq!(
                        through,
                        wanted,
                        "{} {} as {} ({}): {} {}",
                        route.method,
                        route.path,
                        role.word(),
                        ["own place", "another place"][n],
                        answer.status,
                        answer.location
                    );
                    assert!(!answer.status.is_server_error(), "{} {}", route.path, answer.body);
                    if n == 0 {
                        let _ = write!(row, " {}", if through { role.word() } else { "-" });
                    }
                }
            }
            let _ = writeln!(table, "{:<5}{:<48}{row}", route.method, route.path);
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/routes.txt");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&path, &table).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == table, "docs/routes.txt differs; run with UPDATE_GOLDEN=1 and review");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_reaches_a_matter_once_it_holds_it() {
    use yishi_domain::matters::{Command, Holder, Outcome};
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let raised = office.raise(&Actor::visitor(), raising("held", here.building, "灯坏了")).await.unwrap();
        let number = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap().number;
        let browser = Browser::new(office).signed_in(office, &here.keeper).await;
        let page = format!("/w/xinglin/{number}");
        assert_eq!(browser.get(&page).await.status, StatusCode::FORBIDDEN);
        let command = Command::Triage {
            outcome: Outcome::Public,
            category: "02".to_owned(),
            holder: Holder::Organisation(here.property),
            person: None,
            reason: String::new(),
        };
        office.work(&here.worker, raised.ledger, raised.matter, command).await.unwrap();
        assert_eq!(browser.get(&page).await.status, StatusCode::OK);
        let desk = browser.get("/desk").await;
        assert!(desk.body.contains(&page), "the desk lists it");
        let answered = browser.post_parts(&format!("{page}/answer"), &[("answer", "已修好")]).await;
        assert_eq!((answered.status, answered.location), (StatusCode::SEE_OTHER, page));
    }
}
