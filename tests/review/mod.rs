//! The review page: its rules over HTTP, and a whole case in a real browser.

mod browser;
mod driver;
mod estate;
mod guard;
mod http;
mod interrupted;
mod markup;
mod overrides;
mod seal;
mod tabs;
mod whole;
