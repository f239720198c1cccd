//! The meeting of a stairwell's households (楼门议事会): called from the phone, held at the door,
//! one household one voice, and over with a few lines. It is a meeting like any other where it is
//! called, waits and is looked up; agenda, register, motions and the notice period are not here.

mod call;
mod call_off;
mod come;
mod send_up;
mod settle;
mod state;

pub use call::{CallStairwell, Stairwell};
pub use call_off::CallOff;
pub use come::{Come, Doors};
pub use send_up::{Lift, SendUp};
pub use settle::Settle;
pub use state::{Came, Ended, Stairs};

#[cfg(test)]
mod laws;
