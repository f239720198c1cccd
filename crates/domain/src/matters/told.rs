//! Being told 告知: whoever holds a receipt says whether and how they are told when it goes on, by
//! short message or mail, and takes that back as easily. Nobody is told who did not ask for it. How
//! a message leaves is not known here.

use super::carrier::Carrier;
use super::events::ReceiptEvent;
use super::receipt::Receipt;
use super::refusals::Refusal as Why;
use super::rights::BE_TOLD;
use serde::Deserialize;
use std::cmp::Ordering;
use yishi_kernel::mail::MailAddress;
use yishi_kernel::phone::Mobile;
use yishi_kernel::{Command, Context, Decided, Moment, Refusal, Resource, Right, Sealed, Section};

yishi_kernel::words! {
    /// How the holder of a receipt is told (告知方式).
    Telling as "telling" {
        /// By short message (短信).
        Text = "text",
        /// By electronic mail (电子邮件).
        Mail = "mail",
        /// Not (不用告知).
        Nothing = "nothing",
    }

    /// How often somebody is told (告知频次).
    Often as "often" {
        /// When it goes on (有进展就告诉).
        AtOnce = "at_once",
        /// Once a day, of all their receipts together (每天一次).
        Daily = "daily",
    }

    /// The language in which somebody is told (告知语言), by its tag.
    Tongue as "tongue" {
        /// Simplified Chinese (简体中文).
        Chinese = "zh-Hans",
        /// English (英文).
        English = "en",
    }
}

/// How the holder of a receipt is told (告知意愿).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// How.
    pub way: Telling,
    /// In which language.
    pub tongue: Tongue,
    /// How often.
    pub often: Often,
}

/// When people are told (告知规则): a section of the rule pack.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TellingRules {
    /// The hours in which nobody is told anything: phones lie beside the bed (不打扰时段).
    pub quiet: Quiet,
    /// When those are told who wish it once a day (每天一次).
    pub digest: Digest,
}

/// From one hour to another (时段); none where they are the same.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Quiet {
    /// From this hour on.
    pub from: Hour,
    /// Until this one, on the next day where it is the lower.
    pub until: Hour,
    /// Legal article or local rule.
    pub source: String,
}

/// An hour of each day (钟点).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Digest {
    /// Which.
    pub hour: Hour,
    /// Legal article or local rule.
    pub source: String,
}

/// A full hour of the clock, 0 to 23 (整点).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "i8")]
pub struct Hour(i8);

impl Hour {
    /// Its number.
    #[must_use]
    pub fn number(self) -> i8 {
        self.0
    }
}

impl TryFrom<i8> for Hour {
    type Error = &'static str;

    fn try_from(hour: i8) -> Result<Self, Self::Error> {
        if (0..24).contains(&hour) { Ok(Self(hour)) } else { Err("an hour is 0 to 23") }
    }
}

impl Section for TellingRules {
    const NAME: &'static str = "telling";
    const SHIPPED: &'static str = include_str!("telling.toml");
}

impl TellingRules {
    /// The first moment, from this one on, at which somebody may be told something.
    #[must_use]
    pub fn awake(&self, now: Moment) -> Moment {
        let (hour, from, until) = (now.civil().hour(), self.quiet.from.0, self.quiet.until.0);
        let days = match from.cmp(&until) {
            Ordering::Equal => return now,
            Ordering::Less if (from..until).contains(&hour) => 0,
            Ordering::Greater if hour >= from => 1,
            Ordering::Greater if hour < until => 0,
            Ordering::Less | Ordering::Greater => return now,
        };
        at_hour(now, days, self.quiet.until).map_or(now, |wakes| wakes.max(now))
    }

    /// The first moment, from this one on, at which those are told who wish it once a day.
    #[must_use]
    pub fn gathered(&self, now: Moment) -> Moment {
        let next = (0..2).filter_map(|days| at_hour(now, days, self.digest.hour)).find(|at| *at >= now);
        self.awake(next.unwrap_or(now))
    }
}

/// An hour of the day so many days later.
fn at_hour(now: Moment, days: i64, hour: Hour) -> Option<Moment> {
    let day = now.date().checked_add(jiff::Span::new().days(days)).ok()?;
    Moment::at(day.at(hour.0, 0, 0, 0))
}

/// Says how one is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeTold {
    /// How.
    pub way: Telling,
    /// At which number or address; nothing where one is not told.
    pub to: String,
    /// In which language.
    pub tongue: Tongue,
    /// How often.
    pub often: Often,
}

impl BeTold {
    /// The number or address as it is kept.
    ///
    /// # Errors
    /// When it is none.
    pub fn reached(&self) -> Result<Option<String>, Why> {
        match self.way {
            Telling::Text => match self.to.parse::<Mobile>() {
                Ok(mobile) => Ok(Some(mobile.as_str().to_owned())),
                Err(_) => Err(Why::NoMobile),
            },
            Telling::Mail => match self.to.parse::<MailAddress>() {
                Ok(address) => Ok(Some(address.as_str().to_owned())),
                Err(_) => Err(Why::NoMail),
            },
            Telling::Nothing => Ok(None),
        }
    }
}

impl Command for BeTold {
    type On = Receipt;
    type Facts = Carrier;

    fn right(&self) -> &'static Right {
        &BE_TOLD
    }

    fn resource(&self, _: &Receipt, carrier: &Carrier, ctx: &Context) -> Resource {
        carrier.resource(ctx.actor)
    }

    fn decide(self, receipt: &Receipt, _: &Carrier, _: &Context) -> Result<Decided<Receipt>, Refusal> {
        // Whoever took it back is told nothing more, and may still say so.
        if self.way != Telling::Nothing {
            receipt.stands()?;
        }
        let to: Option<Sealed<_, _>> = self.reached()?.map(Sealed::Kept);
        let tongue = to.as_ref().map(|_| Sealed::Kept(self.tongue));
        Ok(Decided::one(ReceiptEvent::ToldBy { way: self.way, often: self.often, tongue, to }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::matters::laws::world::{Move, World, actors};
    use yishi_kernel::{Actor, Claim, Denied};

    fn told(way: Telling, to: &str) -> BeTold {
        BeTold { way, to: to.to_owned(), tongue: Tongue::Chinese, often: Often::Daily }
    }

    #[test]
    fn whoever_holds_the_receipt_says_how_they_are_told_and_takes_it_back() {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        let holder = Actor::visitor().showing(Claim::Receipt);
        assert_eq!(world.receipts()[0].1.told, None, "nobody is told who did not ask for it");
        let by_text = told(Telling::Text, "138 0000 1111");
        assert_eq!(world.on_receipt(&actors()[1], 0, by_text.clone()).unwrap_err(), Denied::NoReceipt);
        world.on_receipt(&holder, 0, by_text).unwrap();
        let (_, last) = world.book.records.last().unwrap();
        assert_eq!(last.kind, "receipt.told_by.2");
        assert_eq!(last.private["to"], "\"13800001111\"");
        assert_eq!(
            world.receipts()[0].1.told,
            Some(Wish { way: Telling::Text, tongue: Tongue::Chinese, often: Often::Daily })
        );
        world.on_receipt(&holder, 0, told(Telling::Nothing, "")).unwrap();
        assert_eq!(world.receipts()[0].1.told, None);
    }

    #[test]
    fn a_message_needs_somewhere_to_go() {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        let holder = Actor::visitor().showing(Claim::Receipt);
        for (way, to, why) in [
            (Telling::Text, "8123 4567", Why::NoMobile),
            (Telling::Text, "", Why::NoMobile),
            (Telling::Mail, "13800001111", Why::NoMail),
            (Telling::Mail, "lin@example.cn\r\nBcc: all@example.cn", Why::NoMail),
        ] {
            assert_eq!(world.on_receipt(&holder, 0, told(way, to)).unwrap_err(), why, "{to}");
        }
        // Whoever took it back is told nothing more.
        world.step(0, Move::Withdraw { receipt: 0 }).unwrap();
        let again = world.on_receipt(&holder, 0, told(Telling::Mail, "lin@example.cn"));
        assert_eq!(again.unwrap_err(), Why::TakenBack);
        world.on_receipt(&holder, 0, told(Telling::Nothing, "")).unwrap();
    }

    #[test]
    fn nobody_is_woken() {
        for (now, told) in [
            ("2026-12-31T20:59:59", "2026-12-31T20:59:59"),
            ("2026-12-31T21:00:00", "2027-01-01T08:00:00"),
            ("2026-12-31T23:59:59", "2027-01-01T08:00:00"),
            ("2027-01-01T00:00:00", "2027-01-01T08:00:00"),
            ("2027-01-01T07:59:59", "2027-01-01T08:00:00"),
            ("2027-01-01T08:00:00", "2027-01-01T08:00:00"),
        ] {
            assert_eq!(shipped().awake(at(now)), at(told), "{now}");
        }
        // Beyond the calendar it is day.
        assert_eq!(shipped().awake(Moment(i64::MAX)), Moment(i64::MAX));
        // A place may have other hours, within one day, or none.
        let noon = rules(12, 14, 13);
        assert_eq!(noon.awake(at("2026-12-31T13:10:00")), at("2026-12-31T14:00:00"));
        assert_eq!(noon.awake(at("2026-12-31T23:10:00")), at("2026-12-31T23:10:00"));
        assert_eq!(rules(0, 0, 3).awake(at("2026-12-31T00:10:00")), at("2026-12-31T00:10:00"));
        assert!(toml::from_str::<TellingRules>(&TellingRules::SHIPPED.replace("21", "24")).is_err());
    }

    #[test]
    fn once_a_day_is_at_its_hour_and_in_no_quiet_one() {
        for (now, told) in [
            ("2026-12-31T09:00:00", "2026-12-31T18:00:00"),
            ("2026-12-31T18:00:00", "2026-12-31T18:00:00"),
            ("2026-12-31T18:00:01", "2027-01-01T18:00:00"),
        ] {
            assert_eq!(shipped().gathered(at(now)), at(told), "{now}");
        }
        assert_eq!(rules(21, 8, 6).gathered(at("2026-12-31T05:00:00")), at("2026-12-31T08:00:00"));
        assert_eq!(rules(21, 8, 6).gathered(at("2026-12-31T09:00:00")), at("2027-01-01T08:00:00"));
    }

    fn at(text: &str) -> Moment {
        Moment::at(text.parse().unwrap()).unwrap()
    }

    fn shipped() -> TellingRules {
        toml::from_str(TellingRules::SHIPPED).unwrap()
    }

    fn rules(from: i8, until: i8, hour: i8) -> TellingRules {
        let source = String::new;
        TellingRules {
            quiet: Quiet { from: Hour(from), until: Hour(until), source: source() },
            digest: Digest { hour: Hour(hour), source: source() },
        }
    }
}
