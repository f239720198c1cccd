//! The three rates 三率 of a place: for those who steer it with the list behind each number, as page,
//! print and file; for everyone as numbers. By what formula they become one number stands below
//! them, line by line. How each is counted is the domain's; nobody is ranked.

pub mod counted;
pub mod file;
pub mod formula;
pub mod list;
pub mod public;
pub mod show;
