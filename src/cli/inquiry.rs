//! Reading the map, the profile and the request, from files or from arguments.

use jiff::Zoned;

use super::args::{Export, RightArg};
use super::error::{CommandError, Exit};
use super::talk;
use crate::controller::{self, Profile};
use crate::find;
use crate::map::{self, Map};
use crate::request::{self, IdentityCheck, Request, Right};

/// The reference of a request that was given none.
const UNNAMED: &str = "request";

/// Reads a map with its profile, checked against each other.
pub(super) fn map_and_profile(path: &std::path::Path) -> Result<(Map, Profile), CommandError> {
    let map = map::load(path).map_err(|e| wrong(&e))?;
    let profile = controller::load(&map.profile).map_err(|e| wrong(&e))?;
    map.check_activities(&profile).map_err(|e| wrong(&e))?;
    Ok((map, profile))
}

/// Reads a request from a file.
pub(super) fn request_file(path: &std::path::Path, map: &Map) -> Result<Request, CommandError> {
    let request = request::load(path).map_err(|e| wrong(&e))?;
    checked(request, map)
}

fn checked(request: Request, map: &Map) -> Result<Request, CommandError> {
    request.check_kinds(map).map_err(|e| wrong(&e))?;
    if request.subject.0.values().flatten().all(|value| find::says_nothing(value)) {
        return Err(CommandError::usage("the request gives nothing that could identify a person")
            .hint("give at least one identifier that is more than a placeholder"));
    }
    Ok(request)
}

/// Reads the request that the arguments name or give.
pub(super) fn request(args: &Export, map: &Map) -> Result<Request, CommandError> {
    let mut request = match &args.request {
        Some(path) => request::load(path).map_err(|e| wrong(&e))?,
        None => from_arguments(args)?,
    };
    if let Some(by) = &args.verified_by {
        request.identity = Some(IdentityCheck {
            verified: true,
            on: args.verified_on,
            by: Some(by.clone()),
            how: args.verified_how.clone(),
        });
    }
    checked(request, map)
}

fn from_arguments(args: &Export) -> Result<Request, CommandError> {
    let pairs = args.subject.iter().map(|text| pair(text)).collect::<Result<Vec<_>, _>>()?;
    let reference = args.reference.as_deref().unwrap_or(UNNAMED);
    let received = args.received.unwrap_or_else(|| Zoned::now().date());
    let mut request = Request::from_subject(pairs, reference, received).map_err(|e| wrong(&e))?;
    request.right = match args.right {
        RightArg::Access => Right::Access,
        RightArg::Portability => Right::Portability,
    };
    Ok(request)
}

fn pair(text: &str) -> Result<(String, String), CommandError> {
    match text.split_once('=') {
        Some((kind, value)) if !kind.trim().is_empty() => {
            Ok((kind.trim().to_owned(), value.to_owned()))
        }
        _ => Err(CommandError::usage("--subject takes KIND=VALUE")
            .hint("for example `--subject email=ada@example.org`")),
    }
}

/// Turns a rendered diagnosis into the command's error, in colour where people see colour.
pub(super) fn wrong(error: &impl talk::Rendered) -> CommandError {
    CommandError { exit: Exit::Usage, message: talk::render(error), hints: Vec::new() }
}
