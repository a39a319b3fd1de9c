//! What the system says of a file, a folder or a port, in Swedish.

use std::fmt;
use std::io::{self, ErrorKind};

/// Why something could not be read, written or opened. What is not one of the usual causes is in the system's own words.
pub struct Cause<'e>(pub &'e io::Error);

impl fmt::Display for Cause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = match self.0.kind() {
            _ if has_too_many_open(self.0) => "för många filer är öppna på en gång; höj gränsen (ulimit -n)",
            ErrorKind::NotFound => "den finns inte",
            ErrorKind::PermissionDenied => "behörighet saknas",
            ErrorKind::IsADirectory => "det är en mapp",
            ErrorKind::NotADirectory => "en del av sökvägen är ingen mapp",
            // What the system says itself with this word is another thing.
            ErrorKind::InvalidInput if self.0.raw_os_error().is_none() => "det är ingen fil",
            ErrorKind::AlreadyExists => "namnet är redan taget",
            ErrorKind::DirectoryNotEmpty => "mappen är inte tom",
            ErrorKind::InvalidFilename => "disken tillåter inte namnet",
            ErrorKind::StorageFull => "disken är full",
            ErrorKind::QuotaExceeded => "utrymmet som du har fått är slut",
            ErrorKind::FileTooLarge => "filen är större än vad som tillåts",
            ErrorKind::ReadOnlyFilesystem => "disken är skrivskyddad",
            ErrorKind::CrossesDevices => "den ligger på en annan disk eller i en containeravbild, och kan inte flyttas",
            ErrorKind::ResourceBusy if self.0.raw_os_error().is_none() => {
                "någon skrev i den medan den lästes; försök igen"
            }
            ErrorKind::ResourceBusy => "filen eller mappen används",
            ErrorKind::StaleNetworkFileHandle | ErrorKind::NotConnected => "nätverksdisken har tappat förbindelsen",
            ErrorKind::TimedOut => "disken svarar inte",
            ErrorKind::OutOfMemory => "minnet räcker inte",
            ErrorKind::AddrInUse => "den är upptagen",
            ErrorKind::AddrNotAvailable => "adressen finns inte på den här datorn",
            _ => match by_number(self.0) {
                Some(told) => told,
                None => return write!(f, "systemet svarar ”{}”", self.0),
            },
        };
        f.write_str(told)
    }
}

/// Whether it is the system that fails, whatever file is read: it has no more room for open files or memory, or the disk
/// cannot be read.
#[cfg(unix)]
pub fn is_systems(error: &io::Error) -> bool {
    has_too_many_open(error) || matches!(error.raw_os_error(), Some(IO | NO_MEMORY))
}

#[cfg(not(unix))]
pub fn is_systems(error: &io::Error) -> bool {
    error.kind() == ErrorKind::OutOfMemory
}

/// EIO, ENOMEM, ENFILE and EMFILE, as every Unix numbers them.
#[cfg(unix)]
const IO: i32 = 5;
#[cfg(unix)]
const NO_MEMORY: i32 = 12;
const TOO_MANY_OPEN: [i32; 2] = [23, 24];

fn has_too_many_open(error: &io::Error) -> bool {
    cfg!(unix) && error.raw_os_error().is_some_and(|code| TOO_MANY_OPEN.contains(&code))
}

/// What the system says by a number that has no word of its own.
#[cfg(target_os = "linux")]
fn by_number(error: &io::Error) -> Option<&'static str> {
    use rustix::io::Errno;
    match Errno::from_io_error(error)? {
        Errno::LOOP => Some("länken leder i en ring"),
        Errno::NXIO => Some("det är ingen fil"),
        Errno::IO => Some("disken svarar med ett fel; se efter om den är hel"),
        Errno::NOLCK => Some("disken kan inte låsa filer"),
        _ => None,
    }
}

#[cfg(not(target_os = "linux"))]
fn by_number(_: &io::Error) -> Option<&'static str> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_own_words_are_told_as_that() {
        let told = |error: io::Error| Cause(&error).to_string();
        assert_eq!(told(ErrorKind::PermissionDenied.into()), "behörighet saknas");
        assert!(told(ErrorKind::CrossesDevices.into()).contains("containeravbild"));
        #[cfg(unix)]
        assert!(told(io::Error::from_raw_os_error(24)).starts_with("för många filer är öppna"));
        #[cfg(target_os = "linux")]
        for (number, words) in
            [(5, "disken svarar med ett fel"), (37, "låsa"), (107, "förbindelsen"), (116, "förbindelsen")]
        {
            assert!(told(io::Error::from_raw_os_error(number)).contains(words), "{number}");
        }
        assert_eq!(told(io::Error::other("out of tape")), "systemet svarar ”out of tape”");
    }
}
