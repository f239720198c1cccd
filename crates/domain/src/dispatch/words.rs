//! The small words of dispatch: kinds, stages, steps. No rules here.

yishi_kernel::words! {
    /// What an order is (单的种类).
    OrderKind as "order-kind" {
        /// Work for an organisation here or for the community's own people (工单).
        Work = "work",
        /// A whistle of the street that calls departments (哨).
        Whistle = "whistle",
        /// A letter to a body nobody here can summon (函).
        Letter = "letter",
    }

    /// Why the street whistles (吹哨类型).
    WhistleKind as "whistle" {
        /// A hard problem that the street cannot solve alone (疑难).
        Hard = "hard",
        /// Joint enforcement where the street has no power (联合执法).
        Enforcement = "enforcement",
        /// An emergency (应急处置).
        Emergency = "emergency",
    }

    /// A way that is left where the street does not whistle (其他办法).
    OtherWay as "other-way" {
        /// A letter to the desk whose it is (去函).
        Letter = "letter",
        /// The community's own people, or a body here (自行办理).
        Own = "own",
        /// Neighbours deliberate on it (提交议事).
        Deliberate = "deliberate",
        /// Mediation, a court or another way by law (法定途径).
        Law = "law",
    }

    /// Where an order stands (单的状态).
    OrderStage as "order-stage" {
        /// Asked of the street, not yet whistled (待吹哨).
        Asked = "asked",
        /// Sent; the lead has not reported in (待报到).
        Sent = "sent",
        /// The lead has reported in and is at work (办理中).
        InWork = "in_work",
        /// "Not ours", for the street to decide (退单待裁定).
        Disputed = "disputed",
        /// Reported done, to be accepted (待验收).
        Done = "done",
        /// Suspended by an upheld objection (暂停).
        Suspended = "suspended",
        /// Accepted (已验收).
        Accepted = "accepted",
        /// The street did not whistle; the reason stands (未吹哨).
        Declined = "declined",
        /// Withdrawn with a reason (已撤回).
        Withdrawn = "withdrawn",
    }

    /// How soon an order is to be done, by what it is about (时限类别).
    LimitClass as "limit-class" {
        /// Sudden, or life and property are in danger (突发、危及人身财产).
        Sudden = "sudden",
        /// Water, power, gas or heat (水电气热).
        Utilities = "utilities",
        /// What is ordinary (一般).
        Ordinary = "ordinary",
        /// What is complex (复杂).
        Complex = "complex",
    }

    /// What comes next for an order (下一步).
    OrderStep as "order-step" {
        /// The street whistles or declines.
        Blow = "blow",
        /// A body reports in.
        ReportIn = "report_in",
        /// The lead finishes, or the desk follows a letter up.
        Finish = "finish",
        /// A body that comes beside the lead finishes its part.
        FinishPart = "finish_part",
        /// The street rules whose it is.
        Rule = "rule",
        /// The street rules whose the part of one body is.
        RulePart = "rule_part",
        /// The desk accepts the work.
        Accept = "accept",
        /// The desk resumes or withdraws what was suspended.
        Settle = "settle",
    }
}
