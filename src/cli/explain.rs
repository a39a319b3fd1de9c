//! `katalog explain`

use clap::Args;
use katalog::explain;

use super::{COULD_NOT_RUN, DONE, out, say};

/// Förklara en regel: vad den kräver, varför, och hur man rättar det som bryter mot den.
#[derive(Args)]
#[command(help_template = super::HELP, override_usage = "katalog explain [REGEL …] [VAL]", next_help_heading = "Val")]
pub struct Arguments {
    /// Regelns kod eller namn, till exempel K105; utan regel visas en rad för var och en.
    #[arg(value_name = "REGEL", help_heading = "Argument")]
    rules: Vec<String>,
    /// Skriv ut alla regler, som kapitlet i handboken.
    #[arg(long, conflicts_with = "rules")]
    all: bool,
}

/// Prints what is asked for; the contract's exit code.
pub fn run(arguments: &Arguments) -> u8 {
    if arguments.all {
        return out(&explain::chapter());
    }
    if arguments.rules.is_empty() {
        return out(&explain::list());
    }
    let mut code = DONE;
    for (at, name) in arguments.rules.iter().enumerate() {
        match explain::find(name) {
            Ok(entry) => {
                let between = if at == 0 { "" } else { "\n" };
                match out(&format!("{between}{}", explain::rule(&entry))) {
                    DONE => {}
                    failed => return failed,
                }
            }
            Err(near) => {
                say(&format!("katalog explain: det finns ingen regel som heter ”{name}”"));
                say(&match near {
                    Some(near) => format!("  menade du {near}?"),
                    None => "  katalog explain utan argument visar alla regler".to_string(),
                });
                code = COULD_NOT_RUN;
            }
        }
    }
    code
}
