/// Names one exchange for as long as its client lives; never used twice.
struct TransferID: Hashable, Sendable {
    let number: UInt64
}
