//! Property tests of the laws, over random command sequences.
