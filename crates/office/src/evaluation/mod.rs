//! What people say to an answer, by their link or when they are called back: recorded on the
//! receipts that matters keep, so there are no tables of its own.
