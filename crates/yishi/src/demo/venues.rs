//! Where people of the invented community can go: an activity room, a canteen for the old, and a
//! reading room that is closed for a while. Told before the stories, by a keeper of its own.

use super::ago;
use super::story::{Stage, form};
use crate::Stop;
use yishi_domain::places::PlaceKind;
use yishi_domain::venues::{
    Access, Capacity, Close, Closure, Details, Guests, Hours, Need, OpenVenue, Per, Price, Span, TimeOfDay,
    Toilet, VenueId, Weekday,
};
use yishi_kernel::phone::OfficePhone;
use yishi_kernel::{PlaceId, Role};

/// A venue of which only these things differ.
struct Kept {
    word: &'static str,
    name: &'static str,
    needs: &'static [Need],
    hours: (&'static str, &'static str),
    price: Price,
    toilet: Toilet,
}

const KEPT: [Kept; 3] = [
    Kept {
        word: "room",
        name: "杏林社区活动室",
        needs: &[Need::PingPong, Need::Chess, Need::Meet],
        hours: ("09:00", "18:00"),
        price: Price::Free,
        toilet: Toilet::Ordinary,
    },
    Kept {
        word: "meals",
        name: "杏林老饭桌",
        needs: &[Need::Meal, Need::Rest],
        hours: ("11:30", "13:00"),
        price: Price::Costs { fen: 800, per: Per::Meal },
        toilet: Toilet::Accessible,
    },
    Kept {
        word: "books",
        name: "杏林书屋",
        needs: &[Need::Read, Need::Children],
        hours: ("09:00", "17:00"),
        price: Price::Free,
        toilet: Toilet::None,
    },
];

fn details(kept: &Kept) -> Result<Details, Stop> {
    let wrong = |_| Stop::Usage("a venue of the demonstration has wrong hours".to_owned());
    let time = |text: &str| text.parse::<TimeOfDay>().map_err(wrong);
    let days = Weekday::ALL.iter().copied().collect();
    let span = Span { days, from: time(kept.hours.0)?, to: time(kept.hours.1)? };
    Ok(Details {
        name: kept.name.into(),
        way: Some("社区服务站院内".into()),
        needs: kept.needs.iter().copied().collect(),
        hours: Hours::of(vec![span]).map_err(|error| Stop::Usage(error.to_string()))?,
        price: kept.price,
        phone: "8123 4567".parse::<OfficePhone>().ok(),
        access: Access::Ramp,
        toilet: kept.toilet,
        guests: Guests::Everyone,
        capacity: Capacity::of(40),
    })
}

/// Opens them, and closes the last for repairs.
pub(super) async fn tell(stage: &mut Stage<'_>, community: PlaceId) -> Result<(), Stop> {
    let what = "场地管理员 venue keeper of 杏林社区";
    let keeper = stage.person("venues", "白若兰", Role::VenueKeeper, community, None, what).await?;
    let site = stage.open(community, PlaceKind::Facility, "杏林社区服务站").await?;
    let office = stage.office;
    for kept in &KEPT {
        let id = VenueId(form(&format!("demo/venue/{}/{}", kept.word, office.now().0)).id("venue"));
        office.start(&keeper, community, id, OpenVenue { place: site, details: details(kept)? }).await?;
        if kept.word == "books" {
            let until = ago(office.now(), -60, 0).end_of_day_after(0);
            let close = Close {
                reason: "换地板，书可以到社区服务台借。".to_owned(),
                closure: Closure::Until(until),
            };
            office.act(&keeper, community, id, close).await?;
        }
    }
    Ok(())
}
