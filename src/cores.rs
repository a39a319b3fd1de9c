//! Work that is shared out among the cores.

use rayon::prelude::*;

/// What comes of each of `0..count`, in that order, where one may be as much work as thousands of others: those that
/// `may_be_large` are begun first. Begun last, one core would do it while the others have nothing left to do.
pub fn large_first<T: Send>(
    count: usize,
    may_be_large: impl Fn(usize) -> bool,
    work: impl Fn(usize) -> T + Sync,
) -> Vec<T> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|place| !may_be_large(*place));
    let mut done: Vec<(usize, T)> = order.into_par_iter().with_max_len(1).map(|place| (place, work(place))).collect();
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, done)| done).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn what_may_be_large_is_begun_first_and_all_comes_back_in_order() {
        let begun = Mutex::new(Vec::new());
        let work = |place: usize| {
            begun.lock().unwrap().push(place);
            place * 10
        };
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let done = alone.install(|| large_first(5, |place| place == 3 || place == 4, work));
        assert_eq!(done, [0, 10, 20, 30, 40]);
        assert_eq!(begun.into_inner().unwrap(), [3, 4, 0, 1, 2]);
        assert_eq!(large_first(0, |_| true, |place| place), [0; 0]);
    }
}
