//! An id from a form is no right: each field of a form that takes one, with an id of another
//! community, one that nothing has, and one of a thing that has ended. All of it is refused at its
//! field, and nothing is recorded.

use super::browser::{Answer, Browser};
use super::dispatch::in_hand;
use super::meetings::{call, done, hidden, scene};
use axum::http::StatusCode;
use uuid::Uuid;
use yishi_domain::people::{GrantRole, OrganisationKind};
use yishi_domain::places::PlaceKind;
use yishi_kernel::{AccountId, Actor, OrganisationId, PlaceId, Role};
use yishi_office::Office;
use yishi_office::emergency::reads::basis;
use yishi_office::matters::reads::matter;
use yishi_office::places::NewLedger;
use yishi_testkit::emergency::confirmed;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{Neighbourhood, neighbourhood, stores};

const FORM: &str = "0190a1b2c3d43456789abcdefghjkmnpqrstuv";

/// What another community has.
struct Elsewhere {
    body: OrganisationId,
    place: PlaceId,
    person: AccountId,
    matter: String,
}

async fn elsewhere(office: &Office, here: &Neighbourhood) -> Elsewhere {
    let keeper = &here.administrator;
    let new = NewLedger { slug: "liuxi".to_owned(), host: "yishi.local".to_owned() };
    let community = PlaceKind::Community;
    let community = office.open_place(keeper, here.street, community, "柳溪社区", Some(new)).await.unwrap();
    let compound = office.open_place(keeper, community, PlaceKind::Compound, "柳溪苑", None).await.unwrap();
    let place = office.open_place(keeper, compound, PlaceKind::Building, "1号楼", None).await.unwrap();
    let kind = OrganisationKind::PropertyCompany;
    let body = office.open_organisation(keeper, community, kind, "柳溪物业").await.unwrap();
    let person = office.open_account(keeper, community, "某人", None).await.unwrap();
    let role = Role::CommunityWorker;
    let grant = GrantRole { role, place: community, organisation: None, from: office.now(), until: None };
    office.grant(keeper, person, grant).await.unwrap();
    let raised = office.raise(&Actor::visitor(), raising("liuxi", place, "井盖松了")).await.unwrap();
    Elsewhere { body, place, person, matter: raised.matter.to_string() }
}

async fn entries(office: &Office) -> i64 {
    office.db.row("select count(*) from event", &[]).await.unwrap().unwrap().int(0).unwrap()
}

/// A form and one of its fields.
struct Field<'a> {
    who: &'a Browser,
    path: String,
    parts: bool,
    rest: Vec<(&'static str, String)>,
    field: &'static str,
    ids: Vec<String>,
    own: String,
}

impl Field<'_> {
    async fn sent(&self, id: &str) -> Answer {
        let rest = self.rest.iter().map(|(name, value)| (*name, value.as_str()));
        let fields: Vec<(&str, &str)> = rest.chain([(self.field, id)]).collect();
        match self.parts {
            true => self.who.post_parts(&self.path, &fields).await,
            false => self.who.post(&self.path, &fields).await,
        }
    }
}

fn fields(all: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    all.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_field_takes_the_id_of_what_is_not_of_here() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let there = elsewhere(office, &here).await;
        let closed =
            office.open_place(&here.administrator, here.compound, PlaceKind::Building, "9号楼", None).await;
        let closed = closed.unwrap();
        office.close_place(&here.administrator, closed).await.unwrap();
        let nothing = Uuid::from_u128(4).to_string();
        let odd = "no-id".to_owned();
        let visitor = Browser::new(office);
        let worker = visitor.signed_in(office, &here.worker).await;
        let keeper = visitor.signed_in(office, &here.administrator).await;
        let secretary = visitor.signed_in(office, &here.secretary).await;
        let raised = office.raise(&Actor::visitor(), raising("new", here.building, "灯坏了")).await.unwrap();
        let raw = matter(&office.db, here.community, raised.matter).await.unwrap().unwrap().number;
        let (_, sorted) = in_hand(office, &here, "sorted").await;

        let bodies = vec![there.body.to_string(), nothing.clone(), odd.clone()];
        let person = |id: &str| format!("person/community_worker/{}/{id}", here.community);
        let holders = vec![
            format!("organisation/{}", there.body),
            format!("organisation/{nothing}"),
            person(&there.person.to_string()),
            person(&nothing),
        ];
        let (lamps, property) = (here.lamps.to_string(), here.property.to_string());
        let of_property = format!("organisation/{property}");
        let order = |kind: &'static str| {
            fields(&[
                ("form", FORM),
                ("kind", kind),
                ("item", "repair"),
                ("task", "修路灯"),
                ("acceptance", "全亮"),
                ("limit", "ordinary"),
            ])
        };
        let whistle = |with: &[(&'static str, &str)]| {
            let mut all = order("whistle");
            all.extend(fields(&[("reason", "电缆不归社区"), ("whistle", "hard")]));
            all.extend(fields(with));
            all
        };
        let danger = super::dangers::reported(office, &here, "danger").await.1;
        let mut freed = Vec::new();
        for word in ["work", "whistle"] {
            let id = confirmed(office, &here, word).await;
            freed.push(basis(&office.db, here.community, id).await.unwrap().unwrap().number);
        }
        let today = office.now().end_of_day_after(0).deadline_date().to_string();
        let whistled = |with: &[(&'static str, &str)]| {
            fields(&[&[("whistle-reason", "够不着"), ("whistle-finish", today.as_str())], with].concat())
        };
        let at = format!("/w/xinglin/{sorted}");
        let people = format!("/admin/places/{}/people", here.community);
        let worker_id = here.worker.account.unwrap().to_string();
        let opened = worker.get("/w/xinglin/topics/new").await.body;
        let all = [
            Field {
                who: &visitor,
                path: format!("/at/{}/raise", here.building),
                parts: true,
                rest: fields(&[("form", FORM), ("text", "服务不好")]),
                field: "about",
                ids: bodies.clone(),
                own: property.clone(),
            },
            Field {
                who: &worker,
                path: format!("/w/xinglin/{raw}/triage"),
                parts: false,
                rest: fields(&[("triage-outcome", "public"), ("triage-category", "02")]),
                field: "triage-holder",
                ids: holders.clone(),
                own: of_property.clone(),
            },
            Field {
                who: &worker,
                path: format!("{at}/order"),
                parts: false,
                rest: order("work"),
                field: "holder",
                ids: holders.clone(),
                own: of_property.clone(),
            },
            Field {
                who: &worker,
                path: format!("{at}/order"),
                parts: false,
                rest: [order("letter"), fields(&[("form", "0190a1b2c3d44456789abcdefghjkmnpqrstuv")])]
                    .concat(),
                field: "holder",
                ids: holders.clone(),
                own: of_property.clone(),
            },
            Field {
                who: &worker,
                path: format!("{at}/order"),
                parts: false,
                rest: whistle(&[]),
                field: "lead",
                ids: bodies.clone(),
                own: lamps.clone(),
            },
            Field {
                who: &worker,
                path: format!("{at}/order"),
                parts: false,
                rest: whistle(&[("lead", &lamps)]),
                field: "departments",
                ids: bodies.clone(),
                own: here.squad.to_string(),
            },
            Field {
                who: &worker,
                path: format!("/w/xinglin/d/{danger}/call"),
                parts: false,
                rest: Vec::new(),
                field: "call-organisation",
                ids: bodies.clone(),
                own: lamps.clone(),
            },
            Field {
                who: &worker,
                path: format!("/w/xinglin/e/{}/send", freed[0]),
                parts: false,
                rest: fields(&[("send-finish", &today)]),
                field: "send-holder",
                ids: holders.clone(),
                own: of_property.clone(),
            },
            Field {
                who: &worker,
                path: format!("/w/xinglin/e/{}/whistle", freed[1]),
                parts: false,
                rest: whistled(&[]),
                field: "whistle-lead",
                ids: bodies.clone(),
                own: String::new(),
            },
            Field {
                who: &worker,
                path: format!("/w/xinglin/e/{}/whistle", freed[1]),
                parts: false,
                rest: whistled(&[("whistle-lead", &lamps)]),
                field: "whistle-departments",
                ids: bodies.clone(),
                own: here.squad.to_string(),
            },
            Field {
                who: &worker,
                path: format!("{at}/hand-over"),
                parts: false,
                rest: fields(&[("hand-over-reason", "他更熟")]),
                field: "hand-over-holder",
                ids: holders.clone(),
                own: of_property.clone(),
            },
            Field {
                who: &worker,
                path: "/w/xinglin/topics/new".to_owned(),
                parts: false,
                rest: fields(&[("form", hidden(&opened, "form")), ("title", "路灯"), ("category", "02")]),
                field: "matter",
                ids: vec![there.matter.clone(), nothing.clone(), odd.clone()],
                own: raised.matter.to_string(),
            },
            Field {
                who: &keeper,
                path: format!("{people}/open"),
                parts: false,
                rest: fields(&[("name", "新来的")]),
                field: "employer",
                ids: bodies.clone(),
                own: property.clone(),
            },
            Field {
                who: &keeper,
                path: format!("{people}/grant"),
                parts: false,
                rest: fields(&[
                    ("account", &worker_id),
                    ("role", "property_staff"),
                    ("at", &here.community.to_string()),
                ]),
                field: "organisation",
                ids: bodies.clone(),
                own: property.clone(),
            },
            Field {
                who: &keeper,
                path: format!("{people}/grant"),
                parts: false,
                rest: fields(&[
                    ("role", "property_staff"),
                    ("at", &here.community.to_string()),
                    ("organisation", &property),
                ]),
                field: "account",
                ids: vec![there.person.to_string(), nothing.clone(), odd.clone()],
                own: here.colleague.account.unwrap().to_string(),
            },
            Field {
                who: &secretary,
                path: "/w/xinglin/venues/new".to_owned(),
                parts: false,
                rest: fields(&[
                    ("form", FORM),
                    ("name", "活动室"),
                    ("needs", "meet"),
                    ("days-0", "monday"),
                    ("from-0", "09:00"),
                    ("to-0", "12:00"),
                    ("price", "2.5"),
                    ("per", "hour"),
                    ("access", "ramp"),
                    ("toilet", "none"),
                    ("welcome", "everyone"),
                ]),
                field: "place",
                ids: vec![there.place.to_string(), nothing.clone(), odd.clone(), closed.to_string()],
                own: here.compound.to_string(),
            },
            Field {
                who: &keeper,
                path: format!("/admin/places/{}/grid", here.grid),
                parts: false,
                rest: Vec::new(),
                field: "building",
                ids: vec![there.place.to_string(), nothing.clone(), odd, closed.to_string()],
                own: here.building.to_string(),
            },
        ];
        let mut open = Vec::new();
        for one in &all {
            for id in &one.ids {
                let before = entries(office).await;
                let answer = one.sent(id).await;
                let at_field = answer.body.contains(&format!("id=\"{}-error\"", one.field));
                let told = match answer.status {
                    // What is closed is told as such, whatever names it.
                    StatusCode::UNPROCESSABLE_ENTITY => at_field || answer.body.contains("这里已经停用"),
                    // A person or place that nobody knows, or of which one may not know.
                    status => [StatusCode::NOT_FOUND, StatusCode::FORBIDDEN].contains(&status),
                };
                if !told || entries(office).await != before {
                    open.push(format!("{} {} {id}: {}", one.path, one.field, answer.status));
                }
            }
            // Nothing else was wrong with it.
            if one.own.is_empty() {
                continue;
            }
            let own = one.sent(&one.own).await;
            if own.status != StatusCode::SEE_OTHER && own.status != StatusCode::OK {
                open.push(format!("{} {}: its own is refused too, {}", one.path, one.field, own.status));
            }
        }
        assert!(open.is_empty(), "{open:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_invites_nobody_from_elsewhere() {
    for store in stores().await {
        let office = &store.office;
        let here = neighbourhood(office).await;
        let there = elsewhere(office, &here).await;
        let scene = scene(office, &here).await;
        let topic = call(office, &here, &scene).await;
        let page = format!("/w/xinglin/g/{}", topic.number);
        done(&scene.worker.post(&format!("{page}/cancel"), &[("cancel-reason", "改期")]).await);
        let topics =
            yishi_office::topics::reads::topics(&office.db, here.community, None).await.unwrap().rows;
        let own = topics[0].id.to_string();
        let form =
            scene.worker.get(&format!("/w/xinglin/meetings/new?topic={}", topics[0].number)).await.body;
        let day = office.now().plus_seconds(6 * 86_400).date().to_string();
        let nothing = Uuid::from_u128(4).to_string();
        let [chair, recorder] = [&here.colleague, &here.worker].map(|one| one.account.unwrap().to_string());
        let [property, committee] = [here.property, here.committee].map(|body| body.to_string());
        let foreign = [there.body.to_string(), there.person.to_string(), there.matter.clone()];
        for (field, ids) in [
            ("organisation", [&foreign[0], &nothing]),
            ("chair", [&foreign[1], &nothing]),
            ("recorder", [&foreign[1], &nothing]),
            ("topic", [&foreign[2], &nothing]),
        ] {
            for id in ids {
                let mut all = vec![
                    ("form", hidden(&form, "form")),
                    ("forum", "community"),
                    ("scheme", "six"),
                    ("title", "路灯议事会"),
                    ("venue", "社区议事厅"),
                    ("date", day.as_str()),
                    ("time", "14:30"),
                    ("organisation", property.as_str()),
                    ("organisation", committee.as_str()),
                    ("topic", own.as_str()),
                ];
                all.extend(
                    [("chair", chair.as_str()), ("recorder", recorder.as_str())]
                        .iter()
                        .filter(|(name, _)| *name != field),
                );
                all.push((field, id.as_str()));
                let before = entries(office).await;
                let answer = scene.worker.post("/w/xinglin/meetings/new", &all).await;
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {id}");
                assert!(answer.body.contains(&format!("id=\"{field}-error\"")), "{field} {id}");
                assert_eq!(entries(office).await, before);
            }
        }
    }
}
