//! Publishing is all or nothing, whatever happens meanwhile: the program is killed, the disk is full, someone else is at
//! work or has been.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::door::{Files, Run, Workspace, files, katalog_with};

const BUILD: [&str; 3] = ["build", "--format", "html,markdown"];

/// A row of numbers that looks like none, and is the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

fn start(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_katalog"));
    command.args(arguments).current_dir(folder).env("PATH", "").stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the program starts")
}

/// What lies beside the content, but for what a test put there.
fn beside(workspace: &Workspace) -> Vec<String> {
    let names = fs::read_dir(workspace.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

/// The small catalogue with one of two names.
fn named(workspace: Workspace, which: usize) -> Workspace {
    let [old, new] = if which == 0 { ["Orbitdriften", "Orbit-drift"] } else { ["Orbit-drift", "Orbitdriften"] };
    workspace.replacing("content/produkter/orbit-drift.yaml", old, new)
}

/// Builds are killed at instants all over their time, half of them while they publish; what is there then is one of two
/// complete outputs, and every other build is let through and clears up.
fn kill_builds(times: usize) {
    let mut workspace = Workspace::of("liten");
    let whole = |workspace: &Workspace| {
        assert_eq!(workspace.run(&BUILD).code, 0);
        workspace.output()
    };
    let first = whole(&workspace);
    workspace = named(workspace, 1);
    let started = Instant::now();
    let second = whole(&workspace);
    let longest = started.elapsed();
    assert_ne!(first, second);
    let outputs = [first, second];
    let mut chance = Chance(times as u64);
    let mut killed = 0;
    for number in 0..times {
        workspace = named(workspace, number % 2);
        let mut child = start(workspace.path(), &BUILD);
        let new = workspace.path().join(".output.ny");
        if number % 4 < 2 {
            while !new.exists() && child.try_wait().unwrap().is_none() {
                std::hint::spin_loop();
            }
            std::thread::sleep(Duration::from_micros(chance.below(30_000)));
        } else {
            std::thread::sleep(longest.mul_f64(chance.below(1000) as f64 / 1000.0));
        }
        let _ = child.kill();
        killed += usize::from(child.wait().unwrap().code().is_none());
        let output = workspace.output();
        assert!(outputs.contains(&output), "killed the {number}th time: {:?}", output.keys());
        if number % 2 == 1 {
            assert_eq!(whole(&workspace), outputs[1]);
            assert_eq!(beside(&workspace), ["content", "output", "templates"]);
        }
    }
    assert!(killed > times / 2, "{killed} of {times} were killed before they were done");
}

#[test]
fn a_build_that_is_killed_leaves_the_old_output_or_the_new() {
    kill_builds(20);
}

#[test]
#[ignore = "takes minutes: cargo test --test suite -- --ignored"]
fn builds_that_are_killed_300_times_leave_the_old_output_or_the_new() {
    kill_builds(300);
}

fn kill_freezes(times: usize) {
    let workspace = Workspace::of("liten");
    let kept = workspace.path().join("content/utgavor");
    let started = Instant::now();
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let longest = started.elapsed();
    let whole = files(&kept);
    assert_eq!(whole.len(), 1);
    let mut chance = Chance(times as u64);
    for _ in 0..times {
        fs::remove_dir_all(&kept).unwrap();
        let mut child = start(workspace.path(), &["freeze"]);
        std::thread::sleep(longest.mul_f64(chance.below(1200) as f64 / 1000.0));
        let _ = child.kill();
        child.wait().unwrap();
        let seen = files(&kept).into_iter().filter(|(name, _)| !name.starts_with('.')).collect::<Files>();
        assert!(seen.is_empty() || seen == whole, "{:?}", seen.keys());
        let code = workspace.run(&["freeze"]).code;
        assert_eq!(code, if seen.is_empty() { 0 } else { 2 });
        if seen.is_empty() {
            // But for an empty file, which may be that of a run that has just begun.
            let left = files(&kept).into_iter().filter(|(name, held)| !(name.starts_with('.') && held.is_empty()));
            assert_eq!(left.collect::<Files>(), whole, "what was left is cleared up");
        }
    }
}

#[test]
fn a_freeze_that_is_killed_leaves_no_half_an_edition() {
    kill_freezes(10);
}

#[test]
#[ignore = "takes a minute: cargo test --test suite -- --ignored"]
fn freezes_that_are_killed_300_times_leave_no_half_an_edition() {
    kill_freezes(300);
}

/// The edition is whole when only its folder cannot be forced to the disk, as some network disks cannot: where there is
/// someone who lets that fail.
#[cfg(target_os = "linux")]
#[test]
fn a_freeze_whose_folder_cannot_be_forced_to_the_disk_says_what_it_has_done() {
    let is_there =
        in_shell(Path::new("/"), "/usr/bin/strace -qq -o /dev/null -e inject=fsync:error=EIO true").code == 0;
    if !is_there {
        eprintln!("nothing can be made to fail here");
        return;
    }
    let said = "filen är hel, men kanske inte säkert sparad än: content/utgavor går inte att skriva till disken: ";
    for (error, code) in [("EINVAL", 0), ("EOPNOTSUPP", 0), ("EIO", 2)] {
        let workspace = Workspace::of("liten");
        let inject = format!("trace=fsync -e inject=fsync:error={error}:when=2");
        let run = in_shell(workspace.path(), &format!("/usr/bin/strace -f -qq -o /dev/null -e {inject} \"$1\" freeze"));
        assert!(run.code == code && run.stderr.contains("är fryst i content/utgavor/"), "{error}: {run:?}");
        assert_eq!(run.stderr.contains(said), code == 2, "{error}: {run:?}");
        assert_eq!(files(&workspace.path().join("content/utgavor")).len(), 1);
    }
}

#[test]
fn only_what_a_killed_freeze_has_left_is_cleared_up() {
    let workspace = Workspace::of("liten");
    let kept = workspace.path().join("content/utgavor");
    fs::create_dir_all(&kept).unwrap();
    let write = |name: &str, text: &str| {
        fs::write(kept.join(name), text).unwrap();
        fs::File::options().append(true).open(kept.join(name)).unwrap()
    };
    write(".katalog-halv.ny", "# En fryst");
    write(".katalog-egen.ny", "mina anteckningar");
    let long_ago = std::time::SystemTime::now() - Duration::from_secs(120);
    write(".katalog-tom.ny", "").set_modified(long_ago).unwrap();
    write(".katalog-nyss.ny", "");
    let at_work = ["# En", ""].map(|text| {
        let file = write(&format!(".katalog-annan{}.ny", text.len()), text);
        file.set_modified(long_ago).unwrap();
        file.try_lock().unwrap();
        file
    });
    let run = workspace.run(&["freeze"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let left: Vec<String> = files(&kept).into_keys().filter(|name| name.starts_with('.')).collect();
    assert_eq!(left, [".katalog-annan0.ny", ".katalog-annan4.ny", ".katalog-egen.ny", ".katalog-nyss.ny"]);
    drop(at_work);
}

#[test]
fn who_else_is_at_work_is_waited_for_by_hand() {
    let workspace = Workspace::of("liten");
    let lock = fs::File::create(workspace.path().join(".output.lås")).unwrap();
    lock.try_lock().unwrap();
    let said = "en annan körning av katalog skriver redan till output; vänta tills den är klar\n";
    let run = workspace.run(&BUILD);
    assert_eq!((run.code, run.stderr), (2, format!("katalog build kunde inte köras: {said}")));
    assert!(!workspace.path().join("output").exists());
    drop(lock);
    assert_eq!(workspace.run(&BUILD).code, 0);
    assert_eq!(beside(&workspace), ["content", "output", "templates"]);
}

/// Two at a time, again and again: one is done, the other too or told to wait, and nothing is left.
#[cfg(unix)]
#[test]
fn builders_at_the_same_time_do_each_other_no_harm() {
    let workspace = Workspace::of("liten");
    assert_eq!(workspace.run(&BUILD).code, 0);
    let whole = workspace.output();
    for _ in 0..3 {
        let both = [(); 2].map(|()| start(workspace.path(), &BUILD));
        let codes = both.map(|mut child| child.wait().unwrap().code());
        assert!(codes.contains(&Some(0)) && codes.iter().all(|code| matches!(code, Some(0 | 2))), "{codes:?}");
        assert_eq!(workspace.output(), whole);
        assert_eq!(beside(&workspace), ["content", "output", "templates"]);
    }
}

#[test]
fn what_was_changed_by_hand_is_kept_and_told() {
    let workspace = named(Workspace::of("liten"), 1);
    assert_eq!(workspace.run(&BUILD).code, 0);
    let path = workspace.path().join("output/markdown/prislista-2027.md");
    fs::write(&path, "rättat för hand").unwrap();
    let run = workspace.run(&BUILD);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let told = "varning: output/markdown/prislista-2027.md var ändrad sedan katalog skrev den; \
                den ändrade filen finns kvar som output/markdown/prislista-2027.andrad.md\n";
    assert!(run.stderr.contains(told), "{}", run.stderr);
    assert_eq!(fs::read_to_string(path.with_extension("andrad.md")).unwrap(), "rättat för hand");
    assert!(fs::read_to_string(path).unwrap().contains("Prislista"));
    // The same for what the CMDB imports.
    assert_eq!(workspace.run(&["export", "cmdb"]).code, 0);
    fs::write(workspace.path().join("cmdb/csv/relations.csv"), "egen").unwrap();
    let run = workspace.run(&["export", "cmdb"]);
    assert!(run.stderr.contains("cmdb/csv/relations.andrad.csv"), "{}", run.stderr);
}

/// As a build leaves it that is killed between its two renames, where folders cannot change places in one step.
#[test]
fn an_output_that_had_stepped_aside_is_back_also_when_the_content_has_an_error() {
    let workspace = Workspace::of("liten");
    assert_eq!(workspace.run(&BUILD).code, 0);
    let before = workspace.output();
    fs::rename(workspace.path().join("output"), workspace.path().join(".output.gammal")).unwrap();
    let workspace = workspace.with("content/produkter/orbit-drift.yaml", "trasig: [");
    let run = workspace.run(&BUILD);
    assert!(run.code == 1 && run.stderr.contains("output är som den var"), "{run:?}");
    assert!(workspace.output() == before, "{:?}", workspace.output().keys());
    assert_eq!(beside(&workspace), ["content", "output", "templates"]);
}

#[test]
fn what_cannot_be_output_is_refused() {
    let workspace = Workspace::of("liten").with("fil", "viktigt");
    let home = workspace.path().join("hem");
    fs::create_dir_all(home.join("tom")).unwrap();
    let before = files(workspace.path());
    let own = [("HOME", home.to_str().unwrap())];
    for (output, said) in [
        ("/", "omfattar"),
        (".", "omfattar"),
        ("..", "omfattar"),
        ("content/../content", "omfattar"),
        ("CONTENT", "omfattar"),
        ("Templates/ut", "ligger i"),
        ("hem", "hemmapp"),
        ("hem/tom/..", "hemmapp"),
        ("fil", "inte har skrivit"),
        ("fil/ut", "går inte att skriva"),
    ] {
        let run = katalog_with(workspace.path(), &["build", "--format", "json", "--output", output], &own);
        assert!(run.code == 2 && run.stderr.contains(said), "{output}: {}", run.stderr);
        assert_eq!(files(workspace.path()), before, "{output}");
    }
}

/// Else each build would be set in the look of the one before, with other bytes each time.
#[test]
fn a_file_that_is_read_from_does_not_lie_in_the_output() {
    let workspace = Workspace::of("liten").with("karta.yaml", "");
    let build = ["build", "--format", "word", "--paginate=estimate", "--reference"];
    assert_eq!(workspace.run(&build[..4]).code, 0);
    let word = workspace.path().join("output/word");
    let written = fs::read_dir(&word).unwrap().find_map(|entry| entry.ok()?.file_name().into_string().ok());
    let written = format!("output/word/{}", written.unwrap());
    fs::copy(workspace.path().join(&written), workspace.path().join("mall.docx")).unwrap();
    let mut ways = vec![written.clone(), format!("content/../{written}")];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&written, workspace.path().join("lank.docx")).unwrap();
        ways.push("lank.docx".to_string());
    }
    let before = workspace.output();
    for way in &ways {
        let run = workspace.run(&[&build[..], &[way]].concat());
        let told = format!("till output, där {way} ligger, som läses; kopiera filen till en mapp utanför");
        assert!(run.code == 2 && run.stderr.contains(&told), "{way}: {}", run.stderr);
        assert_eq!(workspace.output(), before, "{way}");
    }
    assert_eq!(workspace.run(&[&build[..], &["mall.docx"]].concat()).code, 0);

    let map = workspace.run(&["export", "cmdb", "--print-mapping"]).stdout;
    let workspace = workspace.with("karta.yaml", &map);
    let export = ["export", "cmdb", "--mapping"];
    assert_eq!(workspace.run(&[&export[..], &["karta.yaml"]].concat()).code, 0);
    let workspace = workspace.with("cmdb/karta.yaml", map);
    let run = workspace.run(&[&export[..], &["cmdb/karta.yaml"]].concat());
    assert!(run.code == 2 && run.stderr.contains("till cmdb, där cmdb/karta.yaml ligger, som läses"), "{}", run.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_in_a_folder_that_is_gone_is_named() {
    let workspace = Workspace::of("liten");
    let script = "katalog=$1 content=$PWD/content; mkdir borta && cd borta && rmdir ../borta; PATH=
        \"$katalog\" build --format json --content \"$content\" --output ut";
    let run = in_shell(workspace.path(), script);
    let said = "utdata kan inte skrivas till ut, som är angiven från en mapp som inte finns längre";
    assert!(run.code == 2 && run.stderr.contains(said), "{run:?}");
}

/// A shell that runs the program within bounds; none where there is no such shell.
#[cfg(target_os = "linux")]
fn in_shell(folder: &Path, script: &str) -> Run {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", script, "sh", env!("CARGO_BIN_EXE_katalog")]).current_dir(folder);
    let output = shell.output().expect("a shell");
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().expect("not killed"), stderr: text(output.stderr), stdout: text(output.stdout) }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_written_whole_leaves_the_old_output() {
    let workspace = Workspace::of("liten");
    assert_eq!(workspace.run(&BUILD).code, 0);
    let before = workspace.output();
    let workspace = named(workspace, 1);
    // In blocks of 512 bytes: from the first file of all to the largest.
    for most in [0, 1, 8, 40] {
        let build = format!("ulimit -f {most}; PATH=; \"$1\" {}", BUILD.join(" "));
        let run = in_shell(workspace.path(), &build);
        assert!(run.code == 2 && run.stderr.contains(" går inte att skriva: filen är större än"), "{most}: {run:?}");
        assert!(run.stderr.contains("kunde inte köras: output/"), "the file is named: {}", run.stderr);
        assert_eq!(workspace.output(), before);
        assert_eq!(beside(&workspace), ["content", "output", "templates"]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn every_command_that_writes_names_a_file_that_cannot_be_written_whole() {
    let workspace = Workspace::of("liten");
    let said =
        [("freeze", "freeze kunde inte skriva content/utgavor/"), ("export cmdb", "export kunde inte köras: cmdb/")];
    for (command, said) in said {
        let run = in_shell(workspace.path(), &format!("ulimit -f 0; PATH=; \"$1\" {command}"));
        assert!(run.code == 2 && run.stderr.contains(said), "{command}: {run:?}");
        assert!(run.stderr.contains("filen är större än vad som tillåts"), "{command}: {run:?}");
    }
}

/// What a user may have so many of at a time that hardly anything can be done; users of their own, whom nobody else is.
#[cfg(target_os = "linux")]
#[test]
fn with_few_threads_the_work_is_done_and_with_none_the_run_ends_with_2() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let workspace = Workspace::of("liten");
    fs::set_permissions(workspace.path(), fs::Permissions::from_mode(0o777)).unwrap();
    // Where the program was compiled, another user may not come in.
    fs::copy(env!("CARGO_BIN_EXE_katalog"), workspace.path().join("katalog")).unwrap();
    let run = |processes: u32, user: u32, arguments: &[&str]| {
        let mut command = Command::new("/usr/bin/prlimit");
        command.args([&format!("--nproc={processes}:{processes}"), "./katalog"]);
        command.args(arguments).current_dir(workspace.path()).env("PATH", "").uid(user).gid(user).output().ok()
    };
    let user = 100_000 + std::process::id();
    // One beside the first, a few, and none; a preview has some that it cannot be without.
    let serve = &["serve", "--port", "0"][..];
    let cases = [(2, &BUILD[..], 0), (4, &BUILD, 0), (1, &BUILD, 2), (1, serve, 2), (2, serve, 2), (3, serve, 2)];
    for (number, (processes, arguments, code)) in (1..).zip(cases) {
        let Some(output) = run(processes, user + number, arguments) else {
            eprintln!("the program cannot be run by another user here");
            return;
        };
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{processes}: {stderr}");
        assert!(code == 0 || stderr.contains("systemet låter inte programmet starta någon tråd till"), "{stderr}");
        let _ = fs::remove_dir_all(workspace.path().join("output"));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_the_system_cannot_read_is_no_mistake_in_the_content() {
    let workspace = Workspace::of("liten");
    for (command, most) in [("build", 4), ("check", 4), ("check", 6), ("check", 8), ("freeze", 4)] {
        let run = in_shell(workspace.path(), &format!("ulimit -n {most}; PATH=; \"$1\" {command}"));
        let said = "kunde inte köras: content går inte att läsa: för många filer är öppna på en gång; höj gränsen";
        assert!(run.code == 0 || run.code == 2 && run.stderr.contains(said), "{command} {most}: {run:?}");
        assert!(run.code == 2 || most > 4, "{command} {most}: {run:?}");
    }
}

/// A disk of its own, where the machine lets a user mount one.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_output() {
    let workspace = Workspace::of("liten");
    fs::create_dir(workspace.path().join("disk")).unwrap();
    let probe = "unshare -rm mount -t tmpfs -o size=1m none disk";
    if in_shell(workspace.path(), probe).code != 0 {
        eprintln!("no disk can be mounted here");
        return;
    }
    let sums = "(cd disk/output && find . -type f | sort | xargs cat | cksum)";
    let build = |format: &str| format!("\"$1\" build --paginate=estimate --output disk/output --format {format}");
    for size in [700, 800, 900] {
        let script = format!(
            "exec unshare -rm /bin/sh -c 'mount -t tmpfs -o size={size}k none disk || exit 9; {} || exit 8; {sums}; {}; \
             code=$?; {sums}; ls -A disk; exit $code' sh \"$1\"",
            build("html"),
            build("html,word,excel,json,markdown"),
        );
        let run = in_shell(workspace.path(), &script);
        let said: Vec<&str> = run.stdout.lines().collect();
        assert!(run.code == 2 && run.stderr.contains("går inte att skriva: disken är full"), "{size}: {run:?}");
        assert!(said[0] == said[1] && said[2..] == ["output"], "{size}: {run:?}");
    }
}

/// Folders of someone's and of the same disk, where the machine lets a user mount one.
#[cfg(target_os = "linux")]
#[test]
fn what_is_mounted_in_the_output_is_not_touched() {
    let workspace = Workspace::of("liten").with("delat/brev.txt", "viktigt").with("delat/under/brev.txt", "med");
    assert_eq!(workspace.run(&BUILD).code, 0);
    let workspace = named(workspace, 1);
    for (place, what) in [("output/arkiv", "folder"), ("output/html/mina filer", "folder"), ("output/brev.txt", "file")]
    {
        let made = workspace.path().join(place);
        let source = if what == "folder" { "delat" } else { "delat/brev.txt" };
        if what == "folder" {
            fs::create_dir(&made).unwrap()
        } else {
            fs::write(&made, "").unwrap()
        }
        let before = files(workspace.path());
        let script = format!(
            "exec unshare -rm /bin/sh -c 'mount --bind {source} \"{place}\" || exit 9; PATH= \"$1\" {}' sh \"$1\"",
            BUILD.join(" "),
        );
        let run = in_shell(workspace.path(), &script);
        if run.code == 1 || run.code == 9 {
            eprintln!("nothing can be mounted here");
            return;
        }
        let said = format!("katalog build kunde inte köras: {place} är en monteringspunkt");
        assert!(run.code == 2 && run.stderr.contains(&said), "{place}: {run:?}");
        assert_eq!(files(workspace.path()), before, "{place}");
        // Where the system's list of what is mounted cannot be read.
        let script = script.replace("PATH= ", "mount -t tmpfs none /proc || exit 9; PATH= ");
        let run = in_shell(workspace.path(), &script);
        assert!(run.code == 9 || run.code == 2 && run.stderr.contains(&said), "{place}: {run:?}");
        assert_eq!(files(workspace.path()), before, "{place}");
        if what == "folder" {
            fs::remove_dir(&made).unwrap()
        } else {
            fs::remove_file(&made).unwrap()
        }
        assert_eq!(beside(&workspace), ["content", "delat", "output", "templates"]);
    }
}

/// A file that even its owner may not remove could take the new output's place, and never be removed from what is left of
/// the old one: where the machine lets a user fix one.
#[cfg(target_os = "linux")]
#[test]
fn what_is_fixed_in_the_output_leaves_the_old_one() {
    let workspace = Workspace::of("liten");
    assert_eq!(workspace.run(&BUILD).code, 0);
    let workspace = named(workspace, 1).with("output/brev.txt", "viktigt").with("output/mina/brev.txt", "med");
    let before = workspace.output();
    for (fixed, how) in [("output/brev.txt", "i"), ("output/html/index.html", "a"), ("output/mina", "a")] {
        let script = format!(
            "chattr +{how} {fixed} || exit 9; PATH= \"$1\" {}; code=$?; chattr -{how} {fixed}; exit $code",
            BUILD.join(" "),
        );
        let run = in_shell(workspace.path(), &script);
        if run.code == 9 || run.code == 127 {
            eprintln!("nothing can be fixed here");
            return;
        }
        let said = format!("katalog build kunde inte köras: {fixed} går inte att skriva: behörighet saknas");
        assert!(run.code == 2 && run.stderr.contains(&said), "{fixed}: {run:?}");
        assert_eq!(workspace.output(), before, "{fixed}");
        assert_eq!(beside(&workspace), ["content", "output", "templates"], "{fixed}");
    }
    assert_eq!(workspace.run(&BUILD).code, 0);
    // What a build has left beside the output is named where it is.
    let workspace = workspace.without("output/brev.txt").without("output/mina/brev.txt");
    fs::rename(workspace.path().join("output"), workspace.path().join(".output.ny")).unwrap();
    let script = format!(
        "chattr +i .output.ny/html/index.html || exit 9; PATH= \"$1\" {}; code=$?; chattr -i .output.ny/html/index.html; \
         exit $code",
        BUILD.join(" "),
    );
    let run = in_shell(workspace.path(), &script);
    let said = "/.output.ny/html/index.html går inte att skriva: behörighet saknas";
    assert!(run.code == 2 && run.stderr.contains(said), "{run:?}");
}

/// Another user than the one who owns the folders, where the tests are run by one to whom all is allowed.
#[cfg(target_os = "linux")]
#[test]
fn without_permission_the_old_output_stands() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let workspace = Workspace::of("liten");
    assert_eq!(workspace.run(&BUILD).code, 0);
    let before = workspace.output();
    let workspace = named(workspace, 1);
    let allow = |path: &str, mode| {
        fs::set_permissions(workspace.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    let root = rustix::process::geteuid().is_root();
    let run = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_katalog"));
        command.args(BUILD).current_dir(workspace.path()).env("PATH", "");
        if root {
            command.uid(65534).gid(65534);
        }
        command.output().ok()
    };
    let mut cases = vec![
        (".", 0o555, " går inte att skriva i: behörighet saknas; där görs det nya i ordning"),
        ("output", 0o555, "output går inte att skriva: behörighet saknas"),
        ("output/html", 0o555, "output/html går inte att skriva: behörighet saknas"),
    ];
    if root {
        cases.push((
            "output/html/resurser",
            0o1777,
            "output/html/resurser/ikon.svg går inte att skriva: behörighet saknas",
        ));
    }
    for (closed, mode, said) in cases {
        for path in [".", "output", "output/html"] {
            allow(path, 0o777);
        }
        for folder in folders(&workspace.path().join("output")) {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).unwrap();
        }
        allow(closed, mode);
        let Some(output) = run() else {
            eprintln!("the program cannot be run by another user here");
            return;
        };
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && stderr.contains(said), "{closed}: {stderr}");
        allow(closed, 0o777);
        assert_eq!(workspace.output(), before, "{closed}");
        assert_eq!(beside(&workspace), ["content", "output", "templates"]);
    }
}

/// As root's build leaves it that is broken off in someone's folder.
#[cfg(target_os = "linux")]
#[test]
fn a_lock_that_another_user_has_left_holds_nobody_back() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let workspace = Workspace::of("liten").with(".output.lås", "");
    fs::set_permissions(workspace.path(), fs::Permissions::from_mode(0o777)).unwrap();
    let path = workspace.path().join(".output.lås");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    let run = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_katalog"));
        command.args(BUILD).current_dir(workspace.path()).env("PATH", "");
        if rustix::process::geteuid().is_root() {
            command.uid(65534).gid(65534);
        }
        command.output().ok()
    };
    let lock = fs::File::open(&path).unwrap();
    lock.try_lock().unwrap();
    let Some(output) = run() else {
        eprintln!("the program cannot be run by another user here");
        return;
    };
    let stderr = String::from_utf8(output.stderr).unwrap();
    let said = "en annan körning av katalog skriver redan till output";
    assert!(output.status.code() == Some(2) && stderr.contains(said), "{stderr}");
    drop(lock);
    let output = run().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(beside(&workspace), ["content", "output", "templates"]);
}

#[cfg(target_os = "linux")]
fn folders(root: &Path) -> Vec<PathBuf> {
    let below = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    below.flat_map(|folder| folders(&folder).into_iter().chain([folder.clone()]).collect::<Vec<_>>()).collect()
}
