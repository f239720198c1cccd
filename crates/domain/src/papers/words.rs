//! The kinds of papers that are numbered, each by itself and each year from 1.

yishi_kernel::words! {
    /// What is numbered (编号类别).
    PaperKind as "paper-kind" {
        /// A topic (议题).
        Topic = "topic",
        /// A meeting (会议).
        Meeting = "meeting",
        /// The notice that invites to it (会议通知).
        Notice = "notice",
        /// Its minutes, once the result is published (会议纪要).
        Minutes = "minutes",
        /// What was published of it (公示).
        Publication = "publication",
        /// What was agreed for the time to come (商定标准).
        Standard = "standard",
        /// An order for work (派单).
        Work = "work",
        /// A whistle, once the street has blown it (吹哨单).
        Whistle = "whistle",
        /// A letter (工作联系函).
        Letter = "letter",
        /// The record of a gathering (谈话记录).
        Gathering = "gathering",
        /// The sheet of a clearing run, once it is signed (清账单).
        Clearing = "clearing",
        /// The record of a meeting at the scene of a whistle (现场会商记录).
        Scene = "scene",
    }
}
