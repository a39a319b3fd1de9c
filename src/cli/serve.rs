//! `katalog serve`

mod http;
mod pages;
mod told;
mod watch;

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use clap::Args;
use katalog::Failure;
use katalog::preview::{Preview, Sources, State};
use tokio::sync::watch::{Receiver, channel};

use super::{COULD_NOT_RUN, say, say_lines, templates_folder};

/// Visa katalogen i webbläsaren medan den skrivs.
#[derive(Args)]
#[command(help_template = super::HELP, override_usage = "katalog serve [VAL]", next_help_heading = "Val")]
pub struct Arguments {
    /// Mappen med innehållet [content].
    #[arg(long, value_name = "MAPP", default_value = "content", hide_default_value = true)]
    content: PathBuf,
    /// Mappen med mallar [templates]; de inbyggda används för det som inte finns där.
    #[arg(long, value_name = "MAPP")]
    templates: Option<PathBuf>,
    /// Wordmall (.docx eller .dotx) som Word-filerna får sitt utseende av; går före wordmall i katalog.yaml.
    #[arg(long, value_name = "FIL")]
    reference: Option<PathBuf>,
    /// Porten att visa katalogen på [8017, eller nästa som är ledig]; 0 tar en ledig.
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
}

/// Shows the catalogue until the program is ended; the contract's exit code where it cannot.
pub fn run(arguments: &Arguments) -> u8 {
    match serve(arguments) {
        Ok(never) => match never {},
        Err(failure) => {
            say(&format!("katalog serve kunde inte köras: {failure}"));
            COULD_NOT_RUN
        }
    }
}

fn serve(arguments: &Arguments) -> Result<Infallible, String> {
    let door = http::Door::open(arguments.port)?;
    let sources = Sources {
        content: arguments.content.clone(),
        templates: templates_folder(arguments.templates.as_deref())?,
        reference: arguments.reference.clone(),
    };
    let (states, newest) = channel(Arc::new(State::default()));
    let why = |failure: Failure| failure.to_string();
    let teller = teller(newest.clone()).map_err(why)?;
    let preview = Preview::open(sources.clone(), move |state| {
        states.send_replace(Arc::new(state.clone()));
        // Who has not told of the one before tells of this one instead.
        let _ = teller.try_send(());
    });
    let preview = Arc::new(preview.map_err(why)?);
    watch::start(&sources, Arc::clone(&preview)).map_err(why)?;
    say(&format!("Förhandsvisning: {} (avsluta med Ctrl+C)", door.address()));
    door.serve(preview, newest)
}

/// Tells of the newest state whenever it is told that there is one, on a thread of its own: who reads the terminal, as
/// another program may, keeps no page waiting.
fn teller(states: Receiver<Arc<State>>) -> Result<SyncSender<()>, Failure> {
    let (teller, told) = sync_channel(1);
    let work = move || {
        let mut before = Arc::new(State::default());
        while told.recv().is_ok() {
            let state = Arc::clone(&states.borrow());
            tell(&before, &state);
            before = state;
        }
    };
    thread::Builder::new().spawn(work).map_err(|_| Failure::Threads)?;
    Ok(teller)
}

/// Tells in the terminal what a state has that the one before it had not.
fn tell(before: &State, state: &State) {
    let errors = told::errors(state);
    if errors != told::errors(before) {
        errors.iter().for_each(|error| say_lines(&error.to_string()));
    }
    let line = told::line(state);
    if state.version != before.version || line != told::line(before) {
        say(&line);
    }
}
