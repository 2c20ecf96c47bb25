//! What goes wrong: spoilt sources, mistaken maps, wrong command lines, full disks. Each ends with
//! its own exit code and says where and what next; none leaves half a bundle or says a value.

mod command_line;
#[cfg(unix)]
mod disk;
mod map;
mod source;
