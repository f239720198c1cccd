//! The Merkle tree of RFC 6962 over a ledger's entries: roots, proofs of inclusion and of
//! consistency, and a frontier that grows by one leaf at a time without the others.

use crate::digest::Digest;

/// The hash of a leaf: `SHA-256(0x00 ‖ entry digest)`.
#[must_use]
pub fn leaf_hash(entry: &Digest) -> Digest {
    Digest::of(&[&[0], &entry.0])
}

/// The hash of an inner node: `SHA-256(0x01 ‖ left ‖ right)`.
fn node_hash(left: &Digest, right: &Digest) -> Digest {
    Digest::of(&[&[1], &left.0, &right.0])
}

/// The root of no leaves: `SHA-256("")`.
fn empty_root() -> Digest {
    Digest::of(&[])
}

/// The right edge of a tree: the roots of its full subtrees, the largest first. Enough to
/// add leaves and to know the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    roots: Vec<Digest>,
}

impl Frontier {
    /// An empty tree.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf by its hash.
    pub fn push(&mut self, leaf: Digest) {
        let mut hash = leaf;
        // As many subtrees merge as the size has trailing ones.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.roots.pop() {
                hash = node_hash(&left, &hash);
            }
        }
        self.roots.push(hash);
        self.size += 1;
    }

    /// The root.
    #[must_use]
    pub fn root(&self) -> Digest {
        let mut roots = self.roots.iter().rev();
        match roots.next() {
            None => empty_root(),
            Some(last) => roots.fold(*last, |right, left| node_hash(left, &right)),
        }
    }

    /// Size (8 bytes, big-endian) and subtree roots.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        bytes.extend(self.roots.iter().flat_map(|root| root.0));
        bytes
    }

    /// Reads what [`Frontier::to_bytes`] wrote.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (size, roots) = bytes.split_first_chunk::<8>()?;
        let size = u64::from_be_bytes(*size);
        let chunks = roots.chunks_exact(32);
        if !chunks.remainder().is_empty() || chunks.len() != size.count_ones() as usize {
            return None;
        }
        let roots = chunks.filter_map(|chunk| chunk.try_into().ok().map(Digest)).collect();
        Some(Self { size, roots })
    }
}

/// The root over leaf hashes.
#[must_use]
pub fn root_of(leaves: &[Digest]) -> Digest {
    let mut frontier = Frontier::new();
    for leaf in leaves {
        frontier.push(*leaf);
    }
    frontier.root()
}

/// The largest power of two below `n`, for `n` above 1.
fn split(n: usize) -> usize {
    1 << (usize::BITS - 1 - (n - 1).leading_zeros())
}

/// The audit path of a leaf (RFC 6962, 2.1.1), or nothing when there is no such leaf.
#[must_use]
pub fn inclusion_proof(leaves: &[Digest], index: usize) -> Option<Vec<Digest>> {
    if index >= leaves.len() {
        return None;
    }
    let mut proof = Vec::new();
    let (mut leaves, mut index) = (leaves, index);
    while leaves.len() > 1 {
        let (left, right) = leaves.split_at(split(leaves.len()));
        if index < left.len() {
            proof.push(root_of(right));
            leaves = left;
        } else {
            proof.push(root_of(left));
            index -= left.len();
            leaves = right;
        }
    }
    proof.reverse();
    Some(proof)
}

/// Whether the path leads from the leaf to the root (RFC 9162, 2.1.3.2).
#[must_use]
pub fn verify_inclusion(leaf: &Digest, index: u64, size: u64, proof: &[Digest], root: &Digest) -> bool {
    if index >= size {
        return false;
    }
    let (mut node, mut last, mut hash) = (index, size - 1, *leaf);
    for step in proof {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(step, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, step);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// The proof that the first `old` leaves are still the first (RFC 6962, 2.1.2), or nothing
/// when there are not that many, or none.
#[must_use]
pub fn consistency_proof(leaves: &[Digest], old: usize) -> Option<Vec<Digest>> {
    if old == 0 || old > leaves.len() {
        return None;
    }
    let mut proof = Vec::new();
    let (mut leaves, mut old, mut whole) = (leaves, old, true);
    while old < leaves.len() {
        let (left, right) = leaves.split_at(split(leaves.len()));
        if old <= left.len() {
            proof.push(root_of(right));
            leaves = left;
        } else {
            proof.push(root_of(left));
            old -= left.len();
            leaves = right;
            whole = false;
        }
    }
    if !whole {
        proof.push(root_of(leaves));
    }
    proof.reverse();
    Some(proof)
}

/// Whether the proof leads from the old root to the new one (RFC 9162, 2.1.4.2).
#[must_use]
pub fn verify_consistency(
    old: u64,
    old_root: &Digest,
    new: u64,
    new_root: &Digest,
    proof: &[Digest],
) -> bool {
    if old == new {
        return proof.is_empty() && old_root == new_root;
    }
    if old == 0 || old > new {
        return false;
    }
    let mut steps = proof.iter();
    let first = if old.is_power_of_two() { Some(old_root) } else { steps.next() };
    let Some(first) = first else { return false };
    let (mut node, mut last) = (old - 1, new - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let (mut of_old, mut of_new) = (*first, *first);
    for step in steps {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            of_old = node_hash(step, &of_old);
            of_new = node_hash(step, &of_new);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            of_new = node_hash(&of_new, step);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && of_old == *old_root && of_new == *new_root
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use ct_merkle::mem_backed_tree::MemoryBackedTree;
    use proptest::prelude::*;
    use sha2::Sha256;

    /// The same tree by an independent implementation.
    fn oracle(size: usize) -> (Vec<Digest>, MemoryBackedTree<Sha256, Vec<u8>>) {
        let mut tree = MemoryBackedTree::new();
        let mut leaves = Vec::new();
        for n in 0..size {
            let entry = Digest::of(&[&n.to_be_bytes()]);
            leaves.push(leaf_hash(&entry));
            tree.push(entry.0.to_vec());
        }
        (leaves, tree)
    }

    #[test]
    fn the_empty_root_is_the_published_one() {
        assert_eq!(
            root_of(&[]).to_string(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    /// The leaves and roots published with the reference implementation of RFC 6962.
    #[test]
    fn the_published_leaves_have_the_published_roots() {
        let leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
            .map(|hex| {
                let bytes =
                    (0..hex.len()).step_by(2).map(|n| u8::from_str_radix(&hex[n..n + 2], 16).unwrap());
                Digest::of(&[&[0], &bytes.collect::<Vec<u8>>()])
            })
            .into_iter()
            .chain([Digest::of(&[&[0], &(0x60..=0x6f).collect::<Vec<u8>>()])])
            .collect::<Vec<_>>();
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        for (n, root) in roots.iter().enumerate() {
            assert_eq!(root_of(&leaves[..=n]).to_string(), *root, "{} leaves", n + 1);
        }
    }

    #[test]
    fn a_torn_frontier_does_not_read() {
        let (leaves, _) = oracle(5);
        let mut frontier = Frontier::new();
        leaves.iter().for_each(|leaf| frontier.push(*leaf));
        let bytes = frontier.to_bytes();
        assert_eq!(Frontier::from_bytes(&bytes[..bytes.len() - 1]), None);
        assert_eq!(Frontier::from_bytes(&bytes[..bytes.len() - 32]), None);
        assert_eq!(Frontier::from_bytes(&[&bytes[..], &[0; 32]].concat()), None);
        assert_eq!(Frontier::from_bytes(&bytes[..7]), None);
    }

    #[test]
    fn roots_agree_with_another_implementation() {
        for size in 1..70 {
            let (leaves, tree) = oracle(size);
            assert_eq!(root_of(&leaves).0.as_slice(), tree.root().as_bytes().as_slice(), "{size}");
        }
    }

    proptest! {
        #[test]
        fn proofs_agree_with_another_implementation(size in 1_usize..200, a in any::<prop::sample::Index>()) {
            let (leaves, tree) = oracle(size);
            let root = root_of(&leaves);
            let index = a.index(size);
            let proof = inclusion_proof(&leaves, index).unwrap();
            let bytes: Vec<u8> = proof.iter().flat_map(|step| step.0).collect();
            let theirs = tree.prove_inclusion(index);
            prop_assert_eq!(theirs.as_bytes(), bytes.as_slice());
            prop_assert!(verify_inclusion(&leaves[index], index as u64, size as u64, &proof, &root));
            let old = index + 1;
            let proof = consistency_proof(&leaves, old).unwrap();
            prop_assert!(verify_consistency(old as u64, &root_of(&leaves[..old]), size as u64, &root, &proof));
            if old < size {
                let theirs = tree.prove_consistency(size - old);
                let bytes: Vec<u8> = proof.iter().flat_map(|step| step.0).collect();
                prop_assert_eq!(theirs.as_bytes(), bytes.as_slice());
            }
        }

        #[test]
        fn a_wrong_leaf_root_or_step_fails(size in 2_usize..100, a in any::<prop::sample::Index>(), bit in 0_usize..256) {
            let (leaves, _) = oracle(size);
            let root = root_of(&leaves);
            let index = a.index(size);
            let flip = |digest: &Digest| { let mut d = *digest; d.0[bit / 8] ^= 1 << (bit % 8); d };
            let proof = inclusion_proof(&leaves, index).unwrap();
            prop_assert!(!verify_inclusion(&flip(&leaves[index]), index as u64, size as u64, &proof, &root));
            prop_assert!(!verify_inclusion(&leaves[index], index as u64, size as u64, &proof, &flip(&root)));
            prop_assert!(!verify_inclusion(&leaves[index], index as u64, size as u64, &proof[1..], &root));
            let mut wrong = proof.clone();
            wrong[0] = flip(&wrong[0]);
            prop_assert!(!verify_inclusion(&leaves[index], index as u64, size as u64, &wrong, &root));
            let old = index.max(1);
            if old < size {
                let proof = consistency_proof(&leaves, old).unwrap();
                let old_root = root_of(&leaves[..old]);
                prop_assert!(!verify_consistency(old as u64, &flip(&old_root), size as u64, &root, &proof));
                prop_assert!(!verify_consistency(old as u64, &old_root, size as u64, &flip(&root), &proof));
            }
        }

        #[test]
        fn a_frontier_is_stored_and_goes_on(size in 0_usize..200, more in 0_usize..20) {
            let (leaves, _) = oracle(size + more);
            let mut frontier = Frontier::new();
            leaves[..size].iter().for_each(|leaf| frontier.push(*leaf));
            let mut again = Frontier::from_bytes(&frontier.to_bytes()).unwrap();
            prop_assert_eq!(&again, &frontier);
            leaves[size..].iter().for_each(|leaf| again.push(*leaf));
            prop_assert_eq!(again.root(), root_of(&leaves));
            prop_assert_eq!(again.size(), (size + more) as u64);
        }
    }
}
