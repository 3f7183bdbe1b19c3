//! Fixed randomness: the same install, reminder and day always draw the same numbers.

use super::Seed;

/// The SplitMix64 generator of Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014).
///
/// Small, seeded with any number, and the same on every machine and version; not for secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    /// A generator fixed by `seed`; every seed is good.
    #[must_use]
    pub fn new(seed: u64) -> SplitMix64 {
        SplitMix64 { state: seed }
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number in `0..n`, all equally likely; 0 where `n` is 0.
    ///
    /// Lemire, "Fast random integer generation in an interval" (2019): multiply, and draw again in the biased strip.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "takes the two halves of a product"
    )]
    pub fn below(&mut self, n: u64) -> u64 {
        let biased = n.wrapping_neg().checked_rem(n).unwrap_or(0);
        loop {
            let product = u128::from(self.next_u64()) * u128::from(n);
            let (high, low) = ((product >> 64) as u64, product as u64);
            if low >= biased {
                return high;
            }
        }
    }

    /// A number in `[0, 1)`, of 53 random bits.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit an f64 exactly")]
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// The 64-bit FNV-1a hash (Fowler, Noll, Vo; RFC 9923) of the parts, each preceded by its length as eight little-endian bytes.
///
/// Fixed for ever: random times and shuffles after a restart rest on it.
#[must_use]
pub fn stable_hash(parts: &[&[u8]]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut take = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    for part in parts {
        take(&(part.len() as u64).to_le_bytes());
        take(part);
    }
    hash
}

impl Seed<'_> {
    /// A generator fixed by salt, name and `key`, such as a local date or an occurrence's local time.
    #[must_use]
    pub fn draw(&self, key: &str) -> SplitMix64 {
        let salt = self.salt.to_le_bytes();
        SplitMix64::new(stable_hash(&[&salt, self.name.as_bytes(), key.as_bytes()]))
    }
}

/// `count` offsets in seconds within a window of `length` seconds, in order, each at least `apart` after the one before:
/// uniform over all such placements. Where they do not fit, `apart` shrinks until they do.
///
/// Draw `count` uniforms on the slack `length - (count - 1) * apart`, sort, and add `i * apart`.
pub(super) fn spread(draw: &mut SplitMix64, count: u32, length: u64, apart: u64) -> Vec<u64> {
    let gaps = u64::from(count.saturating_sub(1));
    let apart = length.checked_div(gaps).map_or(0, |most| apart.min(most));
    let slack = length - gaps * apart;
    let mut offsets: Vec<u64> = (0..count).map(|_| draw.below(slack)).collect();
    offsets.sort_unstable();
    for (offset, gaps_before) in offsets.iter_mut().zip(0..) {
        *offset += gaps_before * apart;
    }
    offsets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_mix_gives_the_published_sequence() {
        // The reference C program's first outputs for seed 1234567, as listed on rosettacode.org, "Pseudo-random numbers/Splitmix64".
        let mut draw = SplitMix64::new(1_234_567);
        let first: Vec<u64> = (0..5).map(|_| draw.next_u64()).collect();
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821,
            ]
        );
    }

    #[test]
    fn fnv_gives_the_published_values() {
        // No parts leave the offset basis; one empty part is eight zero bytes, each of which only multiplies.
        assert_eq!(stable_hash(&[]), 0xcbf2_9ce4_8422_2325);
        let prime = 0x0000_0100_0000_01b3_u64;
        let eight_zeros = (0..8).fold(0xcbf2_9ce4_8422_2325_u64, |hash, _| {
            hash.wrapping_mul(prime)
        });
        assert_eq!(stable_hash(&[b""]), eight_zeros);
        assert_ne!(stable_hash(&[b"ab", b"c"]), stable_hash(&[b"a", b"bc"]));
    }

    #[test]
    fn below_is_even_over_its_range() {
        let mut draw = SplitMix64::new(7);
        let mut seen = [0_u32; 6];
        for _ in 0..60_000 {
            seen[usize::try_from(draw.below(6)).unwrap()] += 1;
        }
        // Five standard deviations of a binomial (60 000, 1/6) are 456.
        assert!(seen.iter().all(|n| n.abs_diff(10_000) < 456), "{seen:?}");
        assert_eq!(draw.below(0), 0);
        assert_eq!(draw.below(1), 0);
    }

    #[test]
    fn unit_is_in_its_range() {
        let mut draw = SplitMix64::new(3);
        let sum: f64 = (0..10_000)
            .map(|_| draw.unit())
            .inspect(|u| assert!((0.0..1.0).contains(u)))
            .sum();
        // The mean's standard deviation is 1/sqrt(12 * 10 000) = 0.0029.
        assert!((sum / 10_000.0 - 0.5).abs() < 0.015);
    }

    #[test]
    fn a_window_too_short_shrinks_the_gap() {
        let offsets = spread(&mut SplitMix64::new(1), 3, 100, 60);
        assert_eq!(offsets, [0, 50, 100]);
        assert_eq!(spread(&mut SplitMix64::new(1), 3, 0, 60), [0, 0, 0]);
    }
}
