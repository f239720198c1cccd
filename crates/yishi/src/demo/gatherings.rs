//! What was said on benches: a yard where a worker sat with neighbours, the steward's own bench with
//! the same hole in the road, one of hers that still waits for its record, and one to come.

use super::hall::Hall;
use super::story::{form, summarise};
use crate::Stop;
use yishi_domain::gatherings::{Form, GatheringId, Line, Mostly, Open, Record, Said};
use yishi_domain::matters::{MatterId, Outcome, Triage};
use yishi_kernel::{Actor, Holder, Moment, PlaceId, Role};
use yishi_office::places::reads::{LedgerRow, ledger};

/// How many matters came of it.
pub(super) const MATTERS: usize = 3;

/// A line before it is one.
enum Heard {
    Matter(&'static str),
    Known(MatterId),
    Thanks(&'static str),
    Private,
}

/// A gathering, as far as they differ.
struct Sat<'a> {
    word: &'static str,
    host: &'a Actor,
    place: PlaceId,
    form: Form,
    spot: &'static str,
    starts: Moment,
    people: u64,
    mostly: Mostly,
}

/// Tells the stories; answers which gathering is to be shown.
pub(super) async fn tell(hall: Hall<'_>, yard: PlaceId, stairwell: PlaceId) -> Result<GatheringId, Stop> {
    let cast = hall.cast;
    let own = ledger(&hall.office.db, hall.ledger()).await?;
    let own = own.ok_or_else(|| Stop::Usage("the community keeps no ledger".to_owned()))?;

    hall.until(4, 19, 40).await;
    let sat = Sat {
        word: "yard",
        host: &cast.worker,
        place: yard,
        form: Form::Yard,
        spot: "凉亭旁",
        starts: hall.day(4, 18, 30),
        people: 18,
        mostly: Mostly::Mixed,
    };
    let heard = [
        Heard::Matter("东门里面的路坑坑洼洼，推婴儿车过不去。"),
        Heard::Matter("小广场的长椅断了两根木条。"),
        Heard::Thanks("谢谢物业把三号楼前的雪当天就扫了。"),
        Heard::Private,
    ];
    let shown = enter(&hall, &own, &sat, &heard).await?;
    let [road, bench] = [0, 1].map(|row| matter(&hall, "yard", row));

    hall.until(3, 9, 30).await;
    for (matter, summary) in [(road, "东门内道路破损"), (bench, "小广场长椅损坏")] {
        sort(&hall, matter, summary).await?;
    }

    hall.until(2, 19, 50).await;
    let sat = Sat {
        word: "bench",
        host: &cast.steward,
        place: stairwell,
        form: Form::Bench,
        spot: "楼门口",
        starts: hall.day(2, 19, 0),
        people: 7,
        mostly: Mostly::Old,
    };
    let heard = [
        Heard::Known(road),
        Heard::Matter("楼门口的台阶没有扶手，老人下不来。"),
        Heard::Private,
        Heard::Private,
    ];
    enter(&hall, &own, &sat, &heard).await?;
    hall.until(1, 9, 30).await;
    sort(&hall, matter(&hall, "bench", 1), "楼门口台阶需要扶手").await?;

    // One that is over and waits for its record, and one that is to come.
    hall.until(1, 10, 20).await;
    let waits = Sat { word: "waits", starts: hall.day(1, 16, 30), people: 6, ..sat };
    enter(&hall, &own, &waits, &[]).await?;
    let coming = Sat {
        word: "coming",
        host: &cast.worker,
        place: hall.ledger(),
        form: Form::Hall,
        spot: "社区服务站二楼",
        starts: hall.day(-3, 9, 30),
        people: 25,
        mostly: Mostly::Parents,
    };
    enter(&hall, &own, &coming, &[]).await?;
    Ok(shown)
}

/// The matter that a line of a gathering became.
fn matter(hall: &Hall<'_>, word: &str, row: usize) -> MatterId {
    MatterId(form(&format!("demo/{}/{word}", hall.name)).id(&format!("matter/{row}")))
}

async fn enter(
    hall: &Hall<'_>,
    own: &LedgerRow,
    sat: &Sat<'_>,
    heard: &[Heard],
) -> Result<GatheringId, Stop> {
    let key = form(&format!("demo/{}/{}", hall.name, sat.word));
    let consent = || "本人在会上当面说的".to_owned();
    let mut lines = Vec::with_capacity(heard.len());
    for (row, heard) in heard.iter().enumerate() {
        let what = match heard {
            Heard::Matter(text) => {
                hall.office.line_raised(own, &key, row, ((*text).to_owned(), consent()))?
            }
            Heard::Known(matter) => hall.office.line_known(own, &key, row, (*matter, consent()))?,
            Heard::Thanks(text) => Said::Thanks { text: (*text).to_owned() },
            Heard::Private => Said::Private,
        };
        lines.push(Line { row, what });
    }
    let (people, mostly) = (sat.people, Some(sat.mostly));
    let record = (!lines.is_empty()).then_some(Record { people, mostly, lines });
    let open = Open {
        form: sat.form,
        place: sat.place,
        spot: sat.spot.to_owned(),
        starts: sat.starts,
        people: Some(people),
        mostly,
        record,
    };
    let id = GatheringId(key.id("gathering"));
    hall.office.start(sat.host, hall.ledger(), id, open).await?;
    Ok(id)
}

async fn sort(hall: &Hall<'_>, matter: MatterId, summary: &str) -> Result<(), Stop> {
    let (office, cast, ledger) = (hall.office, hall.cast, hall.ledger());
    let triage = Triage {
        outcome: Outcome::Public,
        category: "02".to_owned(),
        holder: Holder::Person(Role::CommunityWorker, ledger),
        person: cast.worker.account,
        reason: String::new(),
    };
    office.act(&cast.worker, ledger, matter, triage).await?;
    Ok(office.act(&cast.worker, ledger, matter, summarise(summary)).await?)
}
