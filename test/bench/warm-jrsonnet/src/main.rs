//! Evaluates a program with jrsonnet again and again in one process, as repeat.ts does with the engines that run in Node:
//! `warm-jrsonnet TIMES [-J FOLDER]… (FILE | -e PROGRAM)`. With the variable REPORT it writes the medians of the later half to
//! that file; the value of the last evaluation goes to standard output.

use std::{env, error::Error, fs, path::PathBuf, time::Instant};

use jrsonnet_evaluator::{FileImportResolver, State, manifest::JsonFormat, trace::PathResolver};
use jrsonnet_stdlib::ContextInitializer;

fn main() {
    // As the published program does: nested programs need more stack than a main thread has.
    let work = std::thread::Builder::new().stack_size(256 << 20).spawn(|| {
        run().unwrap_or_else(|error| {
            eprintln!("{error}");
            std::process::exit(1);
        });
    });
    work.expect("a thread").join().expect("an end");
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let times: usize = args.next().ok_or("how many times?")?.parse()?;
    let mut folders = Vec::new();
    let mut program = args.next().ok_or("which program?")?;
    while program == "-J" {
        folders.push(PathBuf::from(args.next().ok_or("which folder?")?));
        program = args.next().ok_or("which program?")?;
    }
    folders.reverse();
    let code = if program == "-e" { args.next() } else { None };

    let mut value = String::new();
    let mut samples = Vec::new();
    for _ in 0..times {
        // A state keeps the values of what it imports, so that each evaluation has one of its own, and parses again.
        let (before, start) = (cpu_seconds(), Instant::now());
        let mut builder = State::builder();
        builder
            .import_resolver(FileImportResolver::new(folders.clone()))
            .context_initializer(ContextInitializer::new(PathResolver::new_cwd_fallback()));
        let state = builder.build();
        let _entered = state.enter();
        let result = match &code {
            Some(code) => state.evaluate_snippet("<cmdline>", code.as_str()),
            None => state.import(program.as_str()),
        };
        value = result
            .and_then(|value| value.manifest(JsonFormat::cli(3)))
            .map_err(|error| error.to_string())?;
        samples.push((cpu_seconds() - before, start.elapsed().as_secs_f64()));
    }
    if let Ok(report) = env::var("REPORT") {
        let later = &samples[times / 2..];
        let cpu = median(later.iter().map(|sample| sample.0).collect());
        let wall = median(later.iter().map(|sample| sample.1).collect());
        fs::write(report, format!("{{\"cpu\":{cpu},\"wall\":{wall}}}"))?;
    }
    println!("{value}");
    Ok(())
}

fn cpu_seconds() -> f64 {
    // SAFETY: the call fills in the structure that it is given.
    let usage = unsafe {
        let mut usage = std::mem::zeroed::<libc::rusage>();
        libc::getrusage(libc::RUSAGE_SELF, &mut usage);
        usage
    };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        values[middle]
    } else {
        (values[middle - 1] + values[middle]) / 2.0
    }
}
