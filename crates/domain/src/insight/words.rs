//! The words of figures: what is counted, why something is left out, by what figures are parted.

use crate::exclusion::ExclusionClass;

yishi_kernel::words! {
    /// What is counted of matters (指标). Each has its formula in [`super::Fact::said`]: the number of
    /// those it is said of, over those of which it can be said at all.
    Figure as "figure" {
        /// Raised, and not merged or taken back (反映).
        Raised = "raised",
        /// Sorted for the first time before that was due (按时分流): of those sorted, or late.
        Sorted = "sorted",
        /// Answered for the first time before that was due (按时答复): of those answered, or late.
        Answered = "answered",
        /// Solved, said all who evaluated the standing answer (解决): of those evaluated.
        Solved = "solved",
        /// Content or mostly content, said all who evaluated it and could say (满意): of those evaluated.
        Satisfied = "satisfied",
        /// Taken up again after an answer, since it was not solved (不满意再办): of those answered.
        Reopened = "reopened",
        /// Not answered yet, or taken up again (在办).
        Open = "open",
        /// Said to somebody or at a meeting, without a phone (没用手机): of those that were not imported.
        Spoken = "spoken",
    }

    /// Why a matter is left out of a figure (不计入).
    Apart as "apart" {
        /// Another one carries it, and is counted.
        Merged = "merged",
        /// Whoever raised it took it back.
        Withdrawn = "withdrawn",
        /// There is still time.
        NotDue = "not_due",
        /// It was sorted along with another one that it was merged with.
        Along = "along",
        /// It has no answer yet.
        NotAnswered = "not_answered",
        /// Nobody has evaluated the answer.
        NotEvaluated = "not_evaluated",
        /// It came from a file, and how it was raised is not known.
        Imported = "imported",
    }

    /// Why somebody's word is in no rate, or not in this one (不计入的回执). What the street has left out
    /// of the rates (剔除) is a reason for each class.
    Left as "left" {
        /// They took it back.
        Withdrawn = "withdrawn",
        /// There is no answer yet.
        NotAnswered = "not_answered",
        /// They came when the answer stood, and are not asked about it.
        CameLater = "came_later",
        /// The draw did not fall on them, and they said nothing by themselves.
        NotDrawn = "not_drawn",
        /// They have not said anything yet.
        Waiting = "waiting",
        /// They would rather say nothing.
        Declined = "declined",
        /// They were not reached, as often as the rules say.
        Unreached = "unreached",
        /// They said something, and nobody asked them this.
        NotAsked = "not_asked",
        /// They could not say.
        CannotSay = "cannot_say",
        /// They said it by themselves, and were not called.
        ByLink = "by_link",
        /// Left out: it was an emergency (剔除：转紧急).
        Emergency = "excluded_emergency",
        /// Left out: another way of the law decides it (剔除：法定渠道).
        LegalChannel = "excluded_legal_channel",
        /// Left out: dealt with before, and nothing is new (剔除：已办且无新情况).
        NothingNew = "excluded_nothing_new",
        /// Left out: beyond the duties here (剔除：超出职责).
        BeyondDuties = "excluded_beyond_duties",
        /// Left out: against the law or public order (剔除：违法或违背公序良俗).
        Unlawful = "excluded_unlawful",
    }

    /// By what figures are parted (分组).
    By as "by" {
        /// The month in which it was raised (按月).
        Month = "month",
        /// The building or place that the public may know (按楼栋).
        Building = "building",
        /// What it is about (按类别).
        Category = "category",
        /// The body that holds it (按承办单位).
        Body = "body",
        /// The kind of body that holds it (按单位类型).
        Kind = "kind",
        /// The tier that holds it (按层级).
        Tier = "tier",
        /// The community in which it was raised (按社区).
        Community = "community",
    }

    /// Who holds a matter, from the door up (承办层级).
    Tier as "tier" {
        /// Stewards and building heads (楼栋).
        Stairs = "stairs",
        /// The grid (网格).
        Grid = "grid",
        /// The community or village itself (社区).
        Community = "community",
        /// The street or town (街道).
        Street = "street",
        /// A department, a company or another body (单位).
        Body = "body",
    }

    /// Which days are counted (时段).
    Span as "span" {
        /// This month so far (本月).
        Month = "month",
        /// The month before (上月).
        LastMonth = "last_month",
        /// This quarter so far (本季度).
        Quarter = "quarter",
        /// The quarter before (上季度).
        LastQuarter = "last_quarter",
        /// This year so far (本年).
        Year = "year",
        /// From a day to a day (自定).
        Days = "days",
    }
}

impl From<ExclusionClass> for Left {
    fn from(class: ExclusionClass) -> Self {
        match class {
            ExclusionClass::Emergency => Left::Emergency,
            ExclusionClass::LegalChannel => Left::LegalChannel,
            ExclusionClass::NothingNew => Left::NothingNew,
            ExclusionClass::BeyondDuties => Left::BeyondDuties,
            ExclusionClass::Unlawful => Left::Unlawful,
        }
    }
}

/// What a figure says of one matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// It is said of it.
    Yes,
    /// It is not, and could be.
    No,
    /// It cannot be said of it.
    Apart(Apart),
}
