//! Who may do what to double assessments. A rating is one side's about the other, about bodies and
//! the street's desk, never about a person; nobody rates whom they work for.

use super::words::AssessmentStage;

yishi_kernel::rights! {
    /// Rights over double assessments.
    RIGHTS over AssessmentStage as "assessment-stage":
    /// Open it after acceptance (开始互评).
    OPEN "open_assessment" { here by SYSTEM };
    /// Open its own page.
    READ "read_assessment" { in any by STEERS, PARTIES } also by the called;
    /// Rate a body that came (街道评单位).
    RATE_BODY "rate_body" { in [Open] by STREET };
    /// Rate the street that whistled (单位评街道).
    RATE_STREET "rate_street" { in [Open] by PARTIES } also by the called;
    /// End it when the time is over (到期结束).
    END "end_assessment" { in [Open] by SYSTEM };
    /// Correct a text that everyone reads, or take it back, once it is shown: neither side's to do
    /// (更正、撤回).
    CORRECT "correct_assessment" { in [Closed] by COMMUNITY };
}
