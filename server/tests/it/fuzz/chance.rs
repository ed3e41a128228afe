//! Chance that can be played again: the same seed gives the same choices. And the odd texts and names that forms are given.

/// What an answer must never hold unescaped: it would open an element, or add an attribute, of this name.
pub(super) const MARK: &str = "\"'><zq7 zq7=1>";

/// The generator `SplitMix64`: a few lines, the same everywhere and for ever.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.number() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    pub(super) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(super) fn pick<'a, T>(&mut self, among: &'a [T]) -> &'a T {
        &among[self.below(among.len())]
    }

    pub(super) fn bytes(&mut self, most: usize) -> Vec<u8> {
        let count = self.below(most);
        (0..count)
            .map(|_| u8::try_from(self.number() & 0xff).unwrap())
            .collect()
    }

    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }

    /// A value that no form of ours asks for; `ids` are of objects that really exist.
    pub(super) fn odd(&mut self, ids: &[String]) -> Vec<u8> {
        match self.below(12) {
            0 => MARK.into(),
            1 => format!("{MARK}{}", self.pick(TEXTS)).into(),
            2 => self.pick(BYTES).to_vec(),
            3 => "é".repeat(self.below(4_000)).into(),
            4 => "9".repeat(self.below(400)).into(),
            5 if self.one_in(4) => "x".repeat(200_000).into(),
            5 | 6 => self.pick(NUMBERS).as_bytes().to_vec(),
            7 => self.pick(DATES).as_bytes().to_vec(),
            8 if !ids.is_empty() => self.pick(ids).clone().into(),
            9 => self.bytes(40),
            10 => {
                let noise = self.bytes(60);
                String::from_utf8_lossy(&noise).into_owned().into()
            }
            _ => self.pick(TEXTS).as_bytes().to_vec(),
        }
    }

    /// A name of a field, bent: an index out of order or huge, deeper, not closed.
    pub(super) fn bend(&mut self, name: &str) -> Vec<u8> {
        let index = self.pick(INDEXES);
        let bent = match (name.split_once('['), self.below(8)) {
            (Some((before, _)), 0) => format!("{before}[{index}]"),
            (Some((before, after)), 1) => format!("{before}{after}"),
            (Some((before, after)), 2) => format!("{before}[{index}][{after}"),
            (Some(_), 3) => name.replace(']', ""),
            (_, 4) => format!("{name}{}", "[a]".repeat(1 + self.below(300))),
            (_, 5) => format!("{name}[{index}]"),
            (_, 6) => format!("{name}\u{0}{MARK}"),
            _ => match name.find(|c: char| c.is_ascii_digit()) {
                Some(at) => {
                    let rest = name[at..].trim_start_matches(|c: char| c.is_ascii_digit());
                    format!("{}{index}{rest}", &name[..at])
                }
                None => format!("{name}[{index}][{index}]"),
            },
        };
        bent.into()
    }
}

const INDEXES: &[&str] = &[
    "4294967296",
    "18446744073709551616",
    "-1",
    "",
    "x",
    "00",
    "7",
    "199",
    "200",
    "9999",
    "1e3",
    "٣",
];

const NUMBERS: &[&str] = &[
    "-1",
    "-0",
    "0",
    "1e400",
    "NaN",
    "inf",
    "-inf",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "9999999999999999999",
    "18446744073709551615",
    "170141183460469231731687303715884105728",
    "0.0000000000000000000000000001",
    "79228162514264337593543950335",
    "1,5,5",
    "1.234.567,89",
    "1 000\u{202f}000\u{a0}000",
    "١٢٣٤",
    "１２３",
    "½",
    "+5",
    "0x10",
    "100,01",
    "101",
    "1e5",
];

const DATES: &[&str] = &[
    "0000-00-00",
    "00/00/0000",
    "9999-12-31",
    "31/12/9999",
    "31/12/+262143",
    "262144-01-01",
    "-262144-01-01",
    "29/02/2025",
    "2025-02-29",
    "29/02/2024",
    "2100-02-29",
    "32/13/2026",
    "2026-04-31T25:61:61Z",
    "9999",
    "-1",
    "2026-T9",
    "2026-T0",
];

const TEXTS: &[&str] = &[
    "",
    " ",
    "\u{a0}",
    "\r\n\r\n",
    "\u{202e}gnirts",
    "\u{200f}\u{200b}\u{feff}",
    "e\u{301}\u{301}\u{301}\u{301}",
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
    "\u{fffd}\u{ffff}\u{10ffff}",
    "yes",
    "no",
    "on",
    "true",
    "null",
    "undefined",
    "continue",
    "add",
    "remove-4294967296",
    "remove-0",
    "child-0",
    "prune-0",
    "attach-99",
    "detach-0-",
    "restore-0-",
    "</script><script>zq7()</script>",
    "</textarea><zq7>",
    "<!--",
    "]]>",
    "{{7*7}}",
    "${jndi:x}",
    "%s%n%x",
    "' OR 1=1 --",
    "%00",
    "%",
    "../../etc/passwd",
    "//evil.example/",
    "\\\\evil.example",
    "javascript:zq7()",
    "/\u{2028}",
    "=1+1",
    "a,b;c\td",
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "01890000-0000-7000-8000-00000000000",
    "{01890000-0000-7000-8000-000000000000}",
    "200054807",
    "91000005800016",
    "a@b",
    "a@é.example",
    "a\u{0}b@example.org",
];

const BYTES: &[&[u8]] = &[
    b"\0",
    b"a\0b",
    b"\xff\xfe",
    b"\xc3",
    b"\xc0\xaf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xe9t\xe9",
    b"\xef\xbb\xbfx",
    b"\x1b[31m",
    b"\x7f\x80",
];
