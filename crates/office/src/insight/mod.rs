//! Figures: the facts of matters that they count, page by page. What they are is the domain's, what
//! they look like the pages' business.

pub mod reads;
