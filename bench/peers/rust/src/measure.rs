//! CPU time of this process, and the one form that figures take.

/// Nanoseconds; a busy machine disturbs them less than the clock.
pub fn cpu_now() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 * 1e9 + time.tv_nsec as f64
}

pub fn tell(peer: &str, variant: &str, case: &str, mut times: Vec<f64>, further: serde_json::Value) {
    times.sort_by(f64::total_cmp);
    let mut line = serde_json::json!({"peer": peer, "variant": variant, "case": case, "ns": times[times.len() / 2],
        "min": times[0], "max": times[times.len() - 1], "repeats": times.len()});
    for (name, given) in further.as_object().unwrap() {
        line[name] = given.clone();
    }
    println!("{line}");
}

/// Times of one call of `work`, from repeats of about `milliseconds`.
pub fn sample(repeats: usize, milliseconds: f64, mut work: impl FnMut()) -> Vec<f64> {
    let target = milliseconds * 1e6;
    let mut count = 1usize;
    loop {
        let begin = cpu_now();
        (0..count).for_each(|_| work());
        let spent = cpu_now() - begin + 1.0;
        if spent >= target / 2.0 {
            count = ((count as f64 * target / spent) as usize).max(1);
            break;
        }
        count *= 4;
    }
    (0..repeats)
        .map(|_| {
            let begin = cpu_now();
            (0..count).for_each(|_| work());
            (cpu_now() - begin) / count as f64
        })
        .collect()
}

/// Times of `repeats` calls, each on its own.
pub fn each(repeats: usize, mut work: impl FnMut()) -> Vec<f64> {
    (0..repeats)
        .map(|_| {
            let begin = cpu_now();
            work();
            cpu_now() - begin
        })
        .collect()
}
