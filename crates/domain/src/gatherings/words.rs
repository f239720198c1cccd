//! The small words of gatherings: forms, who came, stages, what lines become. No rules here.

yishi_kernel::words! {
    /// In which form people sit together (形式).
    Form as "gathering-form" {
        /// On benches, wherever they stand (板凳会).
        Bench = "bench",
        /// In a yard (小院谈话会).
        Yard = "yard",
        /// In the hall that is kept for it (议事厅).
        Hall = "hall",
    }

    /// Who came for the most part (来的人以谁为主).
    Mostly as "gathering-mostly" {
        /// Old people (老人为主).
        Old = "old",
        /// Parents with children (带孩子的家长为主).
        Parents = "parents",
        /// People who go to work (上班的人为主).
        Working = "working",
        /// Merchants (商户为主).
        Merchants = "merchants",
        /// People of all kinds (各样的人都有).
        Mixed = "mixed",
    }

    /// Where a gathering stands (谈话会环节).
    GatheringStage as "gathering-stage" {
        /// Entered, its record not yet (待记录).
        Open = "open",
        /// Recorded (已记录).
        Recorded = "recorded",
        /// Not held (不开了).
        CalledOff = "called_off",
    }

    /// What comes next of a gathering.
    GatheringStep as "gathering-step" {
        /// Write its record.
        Record = "record",
    }

    /// What a line becomes (一行记成什么).
    LineKind as "gathering-line" {
        /// A matter with a receipt (事项).
        Matter = "matter",
        /// Thanks, for everyone to read (感谢).
        Thanks = "thanks",
        /// What is a matter already (已有事项).
        Known = "known",
        /// Private talk: counted and not kept (私事，不记).
        Private = "private",
    }
}
