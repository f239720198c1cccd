//! Examples of meetings at the exact borders of notice, quorum, votes and publication.
