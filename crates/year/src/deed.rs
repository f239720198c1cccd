//! Everything that people do in a year, each a command of the domain. A town carries each out by
//! this one list.

/// Calls a macro with all deeds: those that make something new, then those on what is there. Each
/// has a name, the id of its thing, and its command.
#[macro_export]
macro_rules! deeds {
    ($then:ident) => {
        $then! {
            starts {
                Raise($crate::domain::matters::MatterId, $crate::domain::matters::Raise);
                Join($crate::domain::matters::ReceiptId, $crate::domain::matters::Join);
                Send($crate::domain::dispatch::OrderId, $crate::domain::dispatch::Send);
                Ask($crate::domain::dispatch::OrderId, $crate::domain::dispatch::Ask);
                Report($crate::domain::dangers::DangerId, $crate::domain::dangers::Report);
                OpenTopic($crate::domain::topics::TopicId, $crate::domain::topics::OpenTopic);
                OpenGathering($crate::domain::gatherings::GatheringId, $crate::domain::gatherings::Open);
            }
            acts {
                Add($crate::domain::matters::ReceiptId, $crate::domain::matters::Add);
                Withdraw($crate::domain::matters::ReceiptId, $crate::domain::matters::Withdraw);
                Evaluate($crate::domain::matters::ReceiptId, $crate::domain::evaluation::Evaluate);
                CallBack($crate::domain::matters::ReceiptId, $crate::domain::evaluation::CallBack);
                Triage($crate::domain::matters::MatterId, $crate::domain::matters::Triage);
                Progress($crate::domain::matters::MatterId, $crate::domain::matters::Progress);
                HandOver($crate::domain::matters::MatterId, $crate::domain::matters::HandOver);
                Extend($crate::domain::matters::MatterId, $crate::domain::matters::Extend);
                Answer($crate::domain::matters::MatterId, $crate::domain::matters::Answer);
                Close($crate::domain::matters::MatterId, $crate::domain::matters::Close);
                MergeInto($crate::domain::matters::MatterId, $crate::domain::matters::MergeInto);
                Unmerge($crate::domain::matters::MatterId, $crate::domain::matters::Unmerge);
                UrgeMatter(
                    $crate::domain::matters::MatterId,
                    $crate::Urge<$crate::domain::matters::Matter>
                );
                Blow($crate::domain::dispatch::OrderId, $crate::domain::dispatch::Blow);
                Decline($crate::domain::dispatch::OrderId, $crate::domain::dispatch::Decline);
                ReportIn($crate::domain::dispatch::OrderId, $crate::domain::dispatch::ReportIn);
                Dispute($crate::domain::dispatch::OrderId, $crate::domain::dispatch::Dispute);
                Rule($crate::domain::dispatch::OrderId, $crate::domain::dispatch::Rule);
                FinishPart($crate::domain::dispatch::OrderId, $crate::domain::dispatch::FinishPart);
                RulePart($crate::domain::dispatch::OrderId, $crate::domain::dispatch::RulePart);
                FollowUp($crate::domain::dispatch::OrderId, $crate::domain::dispatch::FollowUp);
                WorkOn($crate::domain::dispatch::OrderId, $crate::domain::dispatch::Progress);
                Finish($crate::domain::dispatch::OrderId, $crate::domain::dispatch::Done);
                Accept($crate::domain::dispatch::OrderId, $crate::domain::dispatch::Accept);
                Return($crate::domain::dispatch::OrderId, $crate::domain::dispatch::Return);
                ExtendOrder($crate::domain::dispatch::OrderId, $crate::domain::dispatch::Extend);
                WithdrawOrder($crate::domain::dispatch::OrderId, $crate::domain::dispatch::Withdraw);
                UrgeOrder(
                    $crate::domain::dispatch::OrderId,
                    $crate::Urge<$crate::domain::dispatch::Order>
                );
                See($crate::domain::dangers::DangerId, $crate::domain::dangers::See);
                Protect($crate::domain::dangers::DangerId, $crate::domain::dangers::Protect);
                MakeSafe($crate::domain::dangers::DangerId, $crate::domain::dangers::MakeSafe);
                LookAgain($crate::domain::dangers::DangerId, $crate::domain::dangers::LookAgain);
                Fail($crate::domain::dangers::DangerId, $crate::domain::dangers::Fail);
                Doubt($crate::domain::dangers::DangerId, $crate::domain::dangers::Doubt);
                Uphold($crate::domain::dangers::DangerId, $crate::domain::dangers::Uphold);
                Clear($crate::domain::dangers::DangerId, $crate::domain::dangers::Clear);
                Lift($crate::domain::dangers::DangerId, $crate::domain::dangers::Lift);
                Gather($crate::domain::topics::TopicId, $crate::domain::topics::Gather);
                AnswerAll($crate::domain::topics::TopicId, $crate::domain::topics::AnswerAll);
                Drop($crate::domain::topics::TopicId, $crate::domain::topics::Drop);
                Record($crate::domain::gatherings::GatheringId, $crate::domain::gatherings::Record);
                CallOff($crate::domain::gatherings::GatheringId, $crate::domain::gatherings::CallOff);
            }
        }
    };
}

macro_rules! declare {
    (
        starts { $($start:ident($of:ty, $begins:ty);)+ }
        acts { $($act:ident($on:ty, $does:ty);)+ }
    ) => {
        /// Something that somebody does.
        #[allow(clippy::large_enum_variant, reason = "each is made and carried out at once")]
        #[derive(Clone, Debug)]
        pub enum Deed {
            $(
                #[doc = concat!("Makes something new: ", stringify!($start), ".")]
                $start($of, $begins),
            )+
            $(
                #[doc = concat!("Does something to what is there: ", stringify!($act), ".")]
                $act($on, $does),
            )+
        }

        impl Deed {
            /// All names.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($start),)+ $(stringify!($act),)+];

            /// What it is called.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self {
                    $(Deed::$start(..) => stringify!($start),)+
                    $(Deed::$act(..) => stringify!($act),)+
                }
            }
        }
    };
}

deeds!(declare);
