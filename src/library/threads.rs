//! Work on a library far larger than most people's, on several threads: its results come in the order of one.

use std::panic;
use std::thread;

/// So many files are no work.
const FEW: usize = 64;

/// What `work` makes of each item, in their order.
pub(super) fn each<'a, T: Sync, R: Send>(
    items: &'a [T],
    work: impl Fn(&'a T) -> R + Sync,
) -> Vec<R> {
    each_of(items, &work)
}

fn each_of<'a, T: Sync, R: Send>(items: &'a [T], work: &(impl Fn(&'a T) -> R + Sync)) -> Vec<R> {
    if items.len() <= FEW {
        return items.iter().map(work).collect();
    }
    let (one, other) = items.split_at(items.len() / 2);
    let (mut done, others) = both(|| each_of(one, work), || each_of(other, work));
    done.extend(others);
    done
}

/// The results of both, the second on a thread of its own where the system has one to give.
pub(super) fn both<A, B: Send>(one: impl FnOnce() -> A, other: impl Fn() -> B + Sync) -> (A, B) {
    thread::scope(
        |scope| match thread::Builder::new().spawn_scoped(scope, &other) {
            Ok(thread) => {
                let one = one();
                let other = thread.join();
                (
                    one,
                    other.unwrap_or_else(|panic| panic::resume_unwind(panic)),
                )
            }
            Err(_) => (one(), other()),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for count in [0, 1, FEW, FEW + 1, 10 * FEW] {
            let items: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = (0..count).map(|item| item * 2).collect();
            assert_eq!(each(&items, |item| item * 2), doubled, "{count}");
        }
    }
}
