//! Being told 告知: whoever holds a receipt says whether and how they are told when it goes on, by
//! short message or mail, and takes that back as easily. Nobody is told who did not ask for it. How
//! a message leaves is not known here.

use super::carrier::Carrier;
use super::events::ReceiptEvent;
use super::receipt::Receipt;
use super::refusals::Refusal as Why;
use super::rights::BE_TOLD;
use yishi_kernel::mail::MailAddress;
use yishi_kernel::phone::Mobile;
use yishi_kernel::{Command, Context, Decided, Moment, Refusal, Resource, Right, Sealed};

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

    /// The language in which somebody is told (告知语言), by its tag.
    Tongue as "tongue" {
        /// Simplified Chinese (简体中文).
        Chinese = "zh-Hans",
        /// English (英文).
        English = "en",
    }
}

/// The hours in which nobody is told anything, 21:00 to 8:00: phones lie beside the bed (本地规则).
const QUIET: (i8, i8) = (21, 8);

/// The first moment, from this one on, at which somebody may be told something (不打扰时段).
#[must_use]
pub fn awake(now: Moment) -> Moment {
    let (from, until) = QUIET;
    let hour = now.civil().hour();
    let days = match hour {
        hour if hour >= from => 1,
        hour if hour < until => 0,
        _ => return now,
    };
    let day = now.date().checked_add(jiff::Span::new().days(days));
    let wakes = day.ok().and_then(|day| Moment::at(day.at(until, 0, 0, 0)));
    wakes.map_or(now, |wakes| wakes.max(now))
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
        Ok(Decided::one(ReceiptEvent::ToldBy { way: self.way, tongue, to }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::matters::laws::world::{Move, World, actors};
    use yishi_kernel::{Actor, Claim, Denied};

    fn told(way: Telling, to: &str) -> BeTold {
        BeTold { way, to: to.to_owned(), tongue: Tongue::Chinese }
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
        assert_eq!(last.kind, "receipt.told_by.1");
        assert_eq!(last.private["to"], "\"13800001111\"");
        assert_eq!(world.receipts()[0].1.told, Some((Telling::Text, Tongue::Chinese)));
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
        let at = |text: &str| Moment::at(text.parse().unwrap()).unwrap();
        for (now, told) in [
            ("2026-12-31T20:59:59", "2026-12-31T20:59:59"),
            ("2026-12-31T21:00:00", "2027-01-01T08:00:00"),
            ("2026-12-31T23:59:59", "2027-01-01T08:00:00"),
            ("2027-01-01T00:00:00", "2027-01-01T08:00:00"),
            ("2027-01-01T07:59:59", "2027-01-01T08:00:00"),
            ("2027-01-01T08:00:00", "2027-01-01T08:00:00"),
        ] {
            assert_eq!(awake(at(now)), at(told), "{now}");
        }
        // Beyond the calendar it is day.
        assert_eq!(awake(Moment(i64::MAX)), Moment(i64::MAX));
    }
}
