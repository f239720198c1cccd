//! What names a venue.

yishi_kernel::ids! {
    /// A venue (场地).
    VenueId in "venue",
}
