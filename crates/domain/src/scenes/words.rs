//! The small words of scenes: stages, steps, how a body signed. No rules here.

yishi_kernel::words! {
    /// Where the record of a scene stands (会商记录环节).
    SceneStage as "scene-stage" {
        /// Some of those who came have not signed (待签字).
        Signing = "signing",
        /// Each has signed or said why not; what they agreed is to be done (按分工办理).
        Agreed = "agreed",
        /// All of it is done, or the order is at its end (已办完).
        Closed = "closed",
    }

    /// What comes next of the record of a scene.
    SceneStep as "scene-step" {
        /// Sign it, or say why not.
        Sign = "sign",
        /// See that all sign.
        Collect = "collect",
        /// Do what was agreed.
        Act = "act",
    }

    /// How a body signed (签字方式).
    SignedHow as "scene-signed" {
        /// By an account of its own (本单位账号签字).
        Account = "account",
        /// On paper, as whoever keeps the record says (纸上签字，由记录方登记).
        Paper = "paper",
    }
}
