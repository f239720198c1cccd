//! The pages of a stairwell's meeting (楼门议事会), made for a phone: calling it, ticking who came,
//! a few lines and hands, and what everyone reads of it. What it is beside other meetings stands
//! with those.

pub mod beside;
pub mod call;
pub mod call_off;
pub mod come;
pub mod door;
pub mod notice;
pub mod settle;
pub mod told;
pub mod up;
