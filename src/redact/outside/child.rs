//! A recogniser that is a command: one JSON object a line to its standard input, one answer a line
//! from its standard output, in the format of `holdall detect`. Several may run at once.
//!
//! Lines are written while answers are read, so that neither side waits for the other. What the
//! command writes to its standard error is counted and thrown away: it may be personal.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::json;

use super::Failure;
use super::answer::{Said, checked};
use crate::redact::detect::Candidate;

/// The longest answer to one text, in bytes.
const LONGEST: u64 = 16 << 20;
/// What a command sees of the environment: enough to start, and no addresses of sources.
const ENVIRONMENT: [&str; 8] =
    ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "SystemRoot", "USERPROFILE"];

/// An answer to one text.
#[derive(Deserialize)]
struct Answer {
    id: usize,
    spans: Vec<Said>,
}

/// Asks about every text; returns the finds of each, in their order.
pub(super) fn ask(
    command: &[String],
    timeout: u64,
    workers: usize,
    texts: &[String],
) -> Result<Vec<Vec<Candidate>>, Failure> {
    let workers = workers.clamp(1, texts.len().max(1));
    let shares: Vec<Vec<(usize, &String)>> = (0..workers)
        .map(|worker| texts.iter().enumerate().skip(worker).step_by(workers).collect())
        .collect();
    let answers: Vec<Result<Vec<_>, Failure>> = thread::scope(|scope| {
        let running: Vec<_> = shares
            .iter()
            .filter(|share| !share.is_empty())
            .map(|share| scope.spawn(move || run(command, timeout, share)))
            .collect();
        let joined = running.into_iter().map(thread::ScopedJoinHandle::join);
        joined.map(|end| end.unwrap_or(Err(Failure::Stopped(0)))).collect()
    });
    let mut all = vec![Vec::new(); texts.len()];
    for (id, found) in answers.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten() {
        if let Some(place) = all.get_mut(id) {
            *place = found;
        }
    }
    Ok(all)
}

/// Runs one process with its share of the texts.
fn run(
    command: &[String],
    timeout: u64,
    share: &[(usize, &String)],
) -> Result<Vec<(usize, Vec<Candidate>)>, Failure> {
    let mut process = Process::start(command)?;
    let writer = process.write(share);
    let answers = process.read();
    let mut found = Vec::with_capacity(share.len());
    for (id, text) in share {
        let line = match answers.recv_timeout(Duration::from_secs(timeout)) {
            Ok(line) => line,
            Err(RecvTimeoutError::Timeout) => return Err(Failure::Slow(timeout)),
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Failure::Stopped(process.stop()));
            }
        };
        let answer: Answer = serde_json::from_slice(&line)
            .map_err(|_| Failure::Answer("not an object with `id` and `spans`"))?;
        if answer.id != *id {
            return Err(Failure::Answer("out of order: `id` is not the one asked for"));
        }
        found.push((*id, checked(text, &answer.spans)?));
    }
    match answers.recv_timeout(Duration::from_secs(timeout)) {
        Ok(_) => return Err(Failure::Answer("more answers than questions")),
        Err(RecvTimeoutError::Timeout) => return Err(Failure::Slow(timeout)),
        Err(RecvTimeoutError::Disconnected) => {}
    }
    drop(writer);
    process.finish(timeout)?;
    Ok(found)
}

/// A running command, stopped when dropped.
struct Process {
    child: Child,
    errors: Option<JoinHandle<usize>>,
}

impl Process {
    fn start(command: &[String]) -> Result<Self, Failure> {
        let (program, arguments) =
            command.split_first().ok_or(Failure::Start(std::io::ErrorKind::NotFound))?;
        let kept = ENVIRONMENT.iter().filter_map(|name| Some((*name, std::env::var_os(name)?)));
        let mut child = Command::new(program)
            .args(arguments)
            .env_clear()
            .envs(kept)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| Failure::Start(error.kind()))?;
        let errors = child.stderr.take().map(|mut errors| {
            thread::spawn(move || {
                let mut buffer = [0; 4096];
                let mut count = 0;
                while let Ok(read @ 1..) = errors.read(&mut buffer) {
                    count += read;
                }
                count
            })
        });
        Ok(Self { child, errors })
    }

    /// Writes the questions from a thread of its own, then closes the pipe.
    fn write(&mut self, share: &[(usize, &String)]) -> Option<JoinHandle<()>> {
        let lines: Vec<String> = share
            .iter()
            .map(|(id, text)| format!("{}\n", json!({ "id": id, "text": text })))
            .collect();
        let to: ChildStdin = self.child.stdin.take()?;
        Some(thread::spawn(move || {
            let mut to = std::io::BufWriter::new(to);
            // A command that stops reading is noticed by what it does not answer.
            let _ = lines.iter().try_for_each(|line| to.write_all(line.as_bytes()));
            let _ = to.flush();
        }))
    }

    /// Reads answers in a thread of its own; the channel closes when the output does.
    fn read(&mut self) -> Receiver<Vec<u8>> {
        let (send, answers) = mpsc::sync_channel(16);
        if let Some(output) = self.child.stdout.take() {
            thread::spawn(move || {
                let mut output = BufReader::new(output);
                loop {
                    let mut line = Vec::new();
                    match (&mut output).take(LONGEST).read_until(b'\n', &mut line) {
                        Ok(1..) if send.send(line).is_ok() => {}
                        _ => return,
                    }
                }
            });
        }
        answers
    }

    /// Waits for a good end.
    fn finish(&mut self, timeout: u64) -> Result<(), Failure> {
        let until = Instant::now() + Duration::from_secs(timeout);
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) if status.success() => return Ok(()),
                Ok(Some(_)) | Err(_) => return Err(Failure::Ended(self.stop())),
                Ok(None) if Instant::now() > until => return Err(Failure::Slow(timeout)),
                Ok(None) => thread::sleep(Duration::from_millis(5)),
            }
        }
    }

    /// Stops the command; returns how many bytes of errors it wrote.
    fn stop(&mut self) -> usize {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.errors.take().and_then(|errors| errors.join().ok()).unwrap_or(0)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
