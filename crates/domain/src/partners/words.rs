//! The small words of partners. No rules here.

yishi_kernel::words! {
    /// What a partner's program may do (接口权限).
    PartnerMay as "partner-may" {
        /// Read (只读).
        Read = "read",
        /// Read and raise matters (可读、可提交).
        Raise = "raise",
    }
}
