//! Pages about dangers, emergencies, orders, whistles and letters, what was agreed at their scenes, how
//! both sides of a whistle rate each other, and what a street adopted for joint working. Each feature is a module; what it shows of its things
//! on pages of others is its `face`.

pub mod ballots;
pub mod dangers;
pub mod dispatch;
pub mod emergency;
pub mod joint;
pub mod ratings;
pub mod scenes;
