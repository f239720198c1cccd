//! The small words of venues. No rules here.

yishi_kernel::words! {
    /// Where a venue stands (场地状态).
    VenueStage as "venue-stage" {
        /// Kept open at its hours (开放).
        Open = "open",
        /// Closed for a while (暂停开放).
        Paused = "paused",
        /// Closed for good (停止使用).
        Closed = "closed",
    }

    /// What people can do in a venue: they look for it by that (用途).
    Need as "need" {
        /// Eat a meal (吃饭).
        Meal = "meal",
        /// Be looked after by day (日间照料).
        Care = "care",
        /// Take a bath, wash clothes (洗澡洗衣).
        Wash = "wash",
        /// Sit down for a while (歇脚).
        Rest = "rest",
        /// Read (看书看报).
        Read = "read",
        /// Take a class (上课学习).
        Class = "class",
        /// Play chess or cards (下棋打牌).
        Chess = "chess",
        /// Play table tennis (打乒乓球).
        PingPong = "ping_pong",
        /// Exercise (健身).
        Exercise = "exercise",
        /// Rehearse songs and dances (排练).
        Rehearse = "rehearse",
        /// Meet and deliberate (开会议事).
        Meet = "meet",
        /// Children play and do homework (孩子玩耍、写作业).
        Children = "children",
    }

    /// How one gets in (进门条件).
    Access as "venue-access" {
        /// Level from the street (平地进门).
        Level = "level",
        /// By a ramp (有坡道).
        Ramp = "ramp",
        /// By a lift (有电梯).
        Lift = "lift",
        /// By steps alone (只有台阶).
        Steps = "steps",
    }

    /// What toilet there is (厕所).
    Toilet as "venue-toilet" {
        /// None (没有).
        None = "none",
        /// An ordinary one (有).
        Ordinary = "ordinary",
        /// One that a wheelchair gets into (无障碍厕所).
        Accessible = "accessible",
    }

    /// For what a price is (计价单位).
    Per as "venue-per" {
        /// For coming once (每次).
        Visit = "visit",
        /// For a meal (每餐).
        Meal = "meal",
        /// For an hour (每小时).
        Hour = "hour",
        /// For a day (每天).
        Day = "day",
        /// For a month (每月).
        Month = "month",
    }

    /// Who may come (开放对象).
    Welcome as "venue-welcome" {
        /// Whoever comes by (所有人).
        Everyone = "everyone",
        /// Residents of the place (本地居民).
        Residents = "residents",
        /// Members of something (指定成员).
        Members = "members",
    }

    /// A day of the week (星期).
    Weekday as "weekday" {
        /// 星期一
        Monday = "monday",
        /// 星期二
        Tuesday = "tuesday",
        /// 星期三
        Wednesday = "wednesday",
        /// 星期四
        Thursday = "thursday",
        /// 星期五
        Friday = "friday",
        /// 星期六
        Saturday = "saturday",
        /// 星期日
        Sunday = "sunday",
    }
}
