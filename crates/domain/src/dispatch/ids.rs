//! The identifiers of orders.

yishi_kernel::ids! {
    /// An order: work, a whistle or a letter (工单、哨、函).
    OrderId in "order",
}
