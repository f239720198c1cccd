use super::browser::{Answer, Browser};
use super::meetings::hidden;
use axum::http::StatusCode;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use yishi_domain::dispatch::{OrderId, OrderKind, Send};
use yishi_domain::features::RIGHTS;
use yishi_domain::matters::{Outcome, Triage};
use yishi_domain::meetings::{Call, MeetingId};
use yishi_domain::people::{GrantRole, OrganisationKind, bound_to};
use yishi_domain::places::PlaceKind;
use yishi_domain::promises::{Make, PromiseId};
use yishi_domain::topics::{OpenTopic, TopicId};
use yishi_kernel::access::{By, Concerned, RoleSet, uncovered};
use yishi_kernel::{Actor, Holder, PhotoDigest, Right, Role};
use yishi_office::Office;
use yishi_office::dispatch::reads::order;
use yishi_office::matters::reads::matter;
use yishi_office::meetings::reads::meeting;
use yishi_office::people::reads::actor;
use yishi_office::places::NewLedger;
use yishi_office::promises::reads::promise;
use yishi_office::rulebook::reads::confirmation;
use yishi_office::topics::reads::topic;
use yishi_pages::FEATURES;
use yishi_testkit::meetings::{confirming, open_meeting, owners, recommended, result_id, stairwell_called};
use yishi_testkit::neighbourhood::{form, raising};
use yishi_testkit::{Neighbourhood, neighbourhood, stores};
use yishi_web::routes::{Needs, Route, Takes, all};

/// Where somebody of the cast holds a role.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Own,
    Another,
}

/// Pages that lead to what is one's own: no place is asked for.
const OWN: [&str; 8] = [
    "/admin",
    "/admin/desks",
    "/admin/records",
    "/admin/messages",
    "/admin/messages/again",
    "/admin/messages/test",
    "/accounts",
    "/stairwells",
];

/// Whether somebody in a role gets through to a route: by what it needs, and by the roles that
/// a right has at all.
fn expected(route: &Route, role: Role, at: At) -> bool {
    let right = match route.needs {
        Needs::Nothing | Needs::Link => return true,
        Needs::SignIn => return role != Role::Visitor,
        // Nobody of the cast is a program.
        Needs::Token => return false,
        Needs::Right(right) => right,
    };
    let among = |sets: &[RoleSet]| sets.iter().any(|set| set.has(role));
    // Nobody of the cast holds anything, which is told before the stage.
    if right.clauses.iter().any(|clause| matches!(clause.by, By::Holding(sets) if among(sets))) {
        return false;
    }
    right.clauses.iter().any(|clause| match clause.by {
        By::Anyone | By::Receipt | By::Seat => true,
        By::Anywhere(sets) => among(sets),
        By::Holding(_) => false,
        // The company was invited to the meeting, told of the danger, and called to nothing else.
        By::Roles(sets) if role.of_organisation() => {
            among(sets)
                && at == At::Own
                && ["/g/{number}", "/d/{number}"].iter().any(|one| route.path.contains(one))
        }
        // A street has no stairwells of its own.
        By::Roles(_) if route.path == "/stairwells" && role == Role::StreetOfficer => false,
        By::Roles(sets) => among(sets) && (at == At::Own || OWN.contains(&route.path)),
    })
}

/// What a route needs, as the list of routes names it: a right with the file of its grid.
fn needed(needs: Needs) -> String {
    match needs {
        Needs::Nothing => "public".to_owned(),
        Needs::Link => "link".to_owned(),
        Needs::SignIn => "signed_in".to_owned(),
        Needs::Token => "token".to_owned(),
        Needs::Right(right) => {
            let grid = RIGHTS.iter().find(|(_, lists)| lists.iter().any(|list| list.contains(&right)));
            format!("{}/{}", grid.map_or("?", |(name, _)| name), right.word)
        }
    }
}

/// Turned away: to sign in, or told that this may not be.
fn turned_away(answer: &Answer) -> bool {
    matches!(answer.status, StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED)
        || (answer.status == StatusCode::SEE_OTHER && answer.location.starts_with("/signin?"))
}

/// A key that stands on a page where its text should.
fn says_a_key(page: &str) -> Option<&str> {
    let texts = page.split('>').skip(1).filter_map(|part| part.split('<').next());
    let key = |text: &&str| {
        let text = text.trim();
        text.contains('-') && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    };
    texts.into_iter().find(key)
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

    // The largest place that a role can be bound to, here and in another community.
    let places = [
        (PlaceKind::Street, [here.street, far]),
        (PlaceKind::Community, [here.community, street]),
        (PlaceKind::Compound, [here.compound, compound]),
        (PlaceKind::Building, [here.building, building]),
        (PlaceKind::Stairwell, [here.stairwells[1], stairwell]),
        (PlaceKind::Household, [here.households[5], home]),
    ];
    let mut cast = BTreeMap::new();
    for role in Role::ALL {
        let [own, others] = match role {
            // The program itself sends no requests.
            Role::System => continue,
            Role::Visitor => {
                cast.insert(*role, [None, None]);
                continue;
            }
            Role::Administrator => {
                cast.insert(*role, [Some(admin.clone()), Some(far_admin.clone())]);
                continue;
            }
            // A body acts for people where the community keeps it.
            role if role.of_organisation() => [here.community, street],
            role => places.into_iter().find(|(kind, _)| bound_to(*role, *kind)).unwrap().1,
        };
        let mut pair = [None, None];
        for (n, at) in [own, others].into_iter().enumerate() {
            let keeper = if at == far { &far_admin } else { admin };
            let id = office.open_account(keeper, at, &format!("某人{role:?}{n}"), None).await.unwrap();
            let organisation = match role.of_organisation() {
                true if at == own => Some(here.property),
                true => {
                    let kind = OrganisationKind::PropertyCompany;
                    Some(office.open_organisation(keeper, at, kind, "外面的物业").await.unwrap())
                }
                false => None,
            };
            let grant = GrantRole { role: *role, place: at, organisation, from: office.now(), until: None };
            office.grant(keeper, id, grant).await.unwrap();
            pair[n] = Some(actor(&office.db, id).await.unwrap().unwrap());
        }
        cast.insert(*role, pair);
    }
    cast
}

/// The numbers of a topic that waits and of a meeting to which the company is invited.
async fn called(office: &Office, here: &Neighbourhood) -> [i64; 2] {
    let (worker, ledger) = (&here.worker, here.community);
    let mut topics = Vec::new();
    for word in ["waits", "scheduled"] {
        let raised = office.raise(&Actor::visitor(), raising(word, here.building, "路灯坏了")).await.unwrap();
        let open = OpenTopic {
            title: "路灯".to_owned(),
            question: String::new(),
            category: "02".to_owned(),
            matters: vec![raised.matter],
        };
        let id = TopicId(form(word).id("topic"));
        office.start(worker, ledger, id, open).await.unwrap();
        topics.push(id);
    }
    let call = Call {
        forum: "community".to_owned(),
        scheme: None,
        title: "路灯议事会".to_owned(),
        venue: "社区议事厅".to_owned(),
        starts: office.now().end_of_day_after(9),
        hurry: None,
        topics: vec![topics[1]],
        entitled: None,
        invited: vec![here.property, here.committee],
        chair: here.colleague.account.unwrap(),
        recorder: here.worker.account.unwrap(),
        door: form("meeting").secret("door"),
    };
    let id = MeetingId(form("meeting").id("meeting"));
    office.start(worker, ledger, id, call).await.unwrap();
    let topic = topic(&office.db, ledger, topics[0]).await.unwrap().unwrap().number;
    [topic, meeting(&office.db, ledger, id).await.unwrap().unwrap().number]
}

/// The number of a promise made at a meeting by a body that none of the cast belongs to.
async fn promised(office: &Office, here: &Neighbourhood) -> i64 {
    let said = office.raise(&Actor::visitor(), raising("promise", here.building, "门灯坏了")).await.unwrap();
    let (_, meeting) = open_meeting(office, here, "promise", &[said.matter]).await;
    let due = office.now().end_of_day_after(9);
    let make = Make { meeting, body: here.market, what: "周五前修好门灯".to_owned(), due };
    let id = PromiseId(form("promise").id("promise"));
    office.start(&here.worker, here.community, id, make).await.unwrap();
    promise(&office.db, here.community, id).await.unwrap().unwrap().number
}

/// Sorts a matter and gives it to somebody.
fn sorted(holder: Holder) -> Triage {
    let (category, reason) = ("02".to_owned(), String::new());
    Triage { outcome: Outcome::Public, category, holder, person: None, reason }
}

/// The number of an order to a body that none of the cast belongs to.
async fn ordered(office: &Office, here: &Neighbourhood) -> i64 {
    let raised = office.raise(&Actor::visitor(), raising("order", here.building, "路灯坏了")).await.unwrap();
    let holder = Holder::Person(Role::CommunityWorker, here.community);
    let triage = Triage { person: here.worker.account, ..sorted(holder) };
    office.act(&here.worker, raised.ledger, raised.matter, triage).await.unwrap();
    let send = Send {
        item: "repair".to_owned(),
        kind: OrderKind::Work,
        matter: raised.matter,
        task: "换路灯".to_owned(),
        acceptance: "全亮".to_owned(),
        holder: Holder::Organisation(here.lamps),
        person: None,
        finish_by: office.now().end_of_day_after(9),
    };
    let id = OrderId(form("order").id("order"));
    office.start(&here.worker, raised.ledger, id, send).await.unwrap();
    order(&office.db, raised.ledger, id).await.unwrap().unwrap().number
}

/// The number of a result of owners that waits for a second person.
async fn result(office: &Office, here: &Neighbourhood) -> i64 {
    let shed = office.raise(&Actor::visitor(), raising("shed", here.building, "没有车棚")).await.unwrap();
    let (_, meeting) = recommended(office, here, "车棚", &[shed.matter]).await;
    let paper = PhotoDigest(office.db.put_blob(vec![9; 11]).await.unwrap());
    let said = owners(office, meeting, paper);
    office.start(&here.worker, here.community, result_id("walk"), said).await.unwrap();
    let row = yishi_office::ballots::reads::result(&office.db, here.community, result_id("walk")).await;
    row.unwrap().unwrap().number
}

/// The rights that routes need.
fn needed_rights() -> Vec<&'static Right> {
    let right = |route: &Route| match route.needs {
        Needs::Right(right) => Some(right),
        Needs::Nothing | Needs::Link | Needs::SignIn | Needs::Token => None,
    };
    all(FEATURES).filter_map(right).collect()
}

#[test]
fn the_right_of_every_route_stands_in_a_grid() {
    static ODD: Right =
        Right { word: "odd", family: "", clauses: &[], concerned: Concerned::KeepAway, except: &[] };
    let listed: Vec<&[&Right]> = RIGHTS.iter().flat_map(|(_, lists)| lists.iter().copied()).collect();
    let used = needed_rights();
    assert!(used.len() > 50, "{}", used.len());
    assert_eq!(uncovered(&used, &listed), [""; 0]);
    assert_eq!(uncovered(&[&ODD], &listed), ["odd"]);
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
        let promise = promised(office, &here).await;
        let stairs = stairwell_called(office, &here, "walk", None).await;
        let stairs = yishi_office::meetings::reads::meeting(&office.db, here.community, stairs).await;
        let stairs = stairs.unwrap().unwrap().number;
        let danger = super::dangers::reported(office, &here, "danger").await.1;
        let venue = super::venues::kept(office, &here, "walk").await;
        let result = result(office, &here).await;
        let gathering = super::gatherings::at_the_door(office, &here, "walk").await;
        let basis = super::emergency::entered(office, &here, "walk").await.1;
        let council = super::councils::founded(office, &here, &["王芳"]).await;
        let (id, confirm) = confirming("walk", "residents", office.now());
        office.start(&here.officer, here.street, id, confirm).await.unwrap();
        let confirmed = confirmation(&office.db, here.street, id).await.unwrap().unwrap().number;
        let changed = super::rules::changed(office, &here).await;
        let [cleared, item] = super::clearing::begun(office, &here, "walk").await;
        let scene = super::scenes::written(office, &here, "walk").await.1;
        let joint = super::joint::adopted(office, &here, "walk").await;
        let [_, assessed] = super::ratings::accepted(office, &here, "walk-rated").await.1;
        let excluded = super::exclusion::asked(office, &here, "walk").await.1;
        // One thing of each kind that has a page, by the part of the path that names it.
        let things = [
            ("/o/{number}", ordered),
            ("/d/{number}", danger),
            ("/t/{number}", topic),
            ("/g/{number}", meeting),
            ("/s/{number}", stairs),
            ("/p/{number}", promise),
            ("/v/{number}", venue),
            ("/b/{number}", result),
            ("/e/{number}", basis),
            ("/c/{number}", council),
            ("/h/{number}", gathering),
            ("/forums/{number}", confirmed),
            ("/changes/{number}", changed),
            ("/k/{number}", cleared),
            ("/ki/{number}", item),
            ("/x/{number}", scene),
            ("/a/{number}", assessed),
            ("/j/{number}", joint),
            ("/n/{number}", excluded),
        ];
        let browser = Browser::new(office);
        let mut table = String::from(
            "# Every route, what it needs, and which roles get through to it at their own place. Made by\n\
             # walking them all. A right is named with the file of its grid in rights/, where it stands what\n\
             # the thing's stage, and holding it, add.\n\n",
        );
        let (mut wrong, mut sent_to) = (Vec::new(), BTreeSet::new());
        for route in all(FEATURES) {
            let named = things.iter().fold(route.path.to_owned(), |path, (part, number)| {
                path.replace(part, &part.replace("{number}", &number.to_string()))
            });
            let path = named
                .replace("{door}", "nothing")
                .replace("{slug}", "xinglin")
                .replace("{receipt}", &raised.receipt.to_string())
                .replace("{number}", &number.to_string())
                .replace("{secret}", &raised.secret)
                .replace("{word}", &word)
                .replace("{place}", &here.stairwells[1].to_string())
                .replace("{poster}", &uuid::Uuid::nil().to_string())
                .replace("{digest}", &"0".repeat(64))
                .replace("{paper}", "notice")
                .replace("{of}", "matters-public")
                .replace("{roster}", "people")
                .replace("{name}", "none.css");
            let mut row = String::new();
            for (role, people) in &cast {
                for (n, person) in people.iter().enumerate() {
                    let visitor = browser.clone();
                    let browser = match person {
                        Some(actor) => browser.signed_in(office, actor).await,
                        None => visitor,
                    };
                    let answer = match route.takes {
                        Takes::Nothing => browser.get(&path).await,
                        Takes::Form | Takes::Json => browser.post(&path, &[]).await,
                        Takes::Parts => browser.post_parts(&path, &[("form", &"2".repeat(38))]).await,
                    };
                    let through = !turned_away(&answer);
                    let at = [At::Own, At::Another][n];
                    if through != expected(route, *role, at) {
                        let (method, role) = (route.method(), role.word());
                        let place = ["own place", "another place"][n];
                        wrong.push(format!("{method} {path} as {role} ({place}): {}", answer.status));
                    }
                    assert!(!answer.status.is_server_error(), "{} {}", route.path, answer.body);
                    for (action, form) in super::once::forms(&answer.body) {
                        // Whoever is not in yet records nothing by what they send.
                        let unmarked = ["/signin", "/invite/"].iter().any(|way| action.starts_with(way));
                        assert!(
                            unmarked || hidden(form, "once").len() == 38,
                            "{}: the form that goes to {action} has no word of its own",
                            route.path
                        );
                        sent_to.insert(action.to_owned());
                    }
                    let key = says_a_key(&answer.body);
                    assert!(key.is_none(), "{} has no text for {key:?}", route.path);
                    if at == At::Own {
                        let _ = write!(row, " {}", if through { role.word() } else { "-" });
                    }
                }
            }
            let needs = needed(route.needs);
            let _ = writeln!(table, "{:<5}{:<46}{needs:<28}{row}", route.method(), route.path);
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(sent_to.len() > 40, "{}: {sent_to:?}", sent_to.len());
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
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let raised = office.raise(&Actor::visitor(), raising("held", here.building, "灯坏了")).await.unwrap();
        let number = matter(&office.db, raised.ledger, raised.matter).await.unwrap().unwrap().number;
        let browser = Browser::new(office).signed_in(office, &here.keeper).await;
        let page = format!("/w/xinglin/{number}");
        assert_eq!(browser.get(&page).await.status, StatusCode::FORBIDDEN);
        let triage = sorted(Holder::Organisation(here.property));
        office.act(&here.worker, raised.ledger, raised.matter, triage).await.unwrap();
        assert_eq!(browser.get(&page).await.status, StatusCode::OK);
        let desk = browser.get("/desk").await;
        assert!(desk.body.contains(&page), "the desk lists it");
        let answered = browser.post_parts(&format!("{page}/answer"), &[("answer-text", "已修好")]).await;
        // Its part is over: what residents wrote is closed to it, and the desk says so.
        let over = (StatusCode::SEE_OTHER, "/desk?passed".to_owned());
        assert_eq!((answered.status, answered.location), over);
        assert_eq!(browser.get(&page).await.status, StatusCode::CONFLICT);
    }
}
