//! Five shapes that decoders have fallen over.

/// Bytes of a shape, about so many.
type Shape = fn(usize) -> Vec<u8>;

/// All of them.
pub(crate) const SHAPES: [(&str, Shape); 5] = [
    ("nothing but zeros", |size| vec![0; size]),
    ("arrays in arrays", |size| vec![0x81; size]),
    ("arrays without an end", |size| vec![0x9f; size]),
    ("an unknown key with maps in maps", |size| [[0xa1, 0x18, 99].as_slice(), &[0xa1, 0].repeat(size / 2)].concat()),
    ("a count without members", |size| {
        let heads = [[0x9b].as_slice(), &u64::MAX.to_be_bytes(), &[0x5b], &(1_u64 << 40).to_be_bytes()].concat();
        heads.repeat(size / heads.len() + 1)
    }),
];

/// A message whose array of this key has as many members as fit. Other keys are absent.
pub(crate) fn many_in_the_array_of(key: u8, member: &[u8], size: usize) -> Vec<u8> {
    let count = u32::try_from(size / member.len()).unwrap();
    [[0xa1, key, 0x9a].as_slice(), &count.to_be_bytes(), &member.repeat(count as usize)].concat()
}
