/// A counted request: says where its outcome is counted, and its number since the last reset, from 1.
struct MockTicket: Sendable, Equatable {
    let route: MockRoute
    let ordinal: Int
    /// Which reset the request came after: an outcome of an earlier epoch is not counted.
    let epoch: Int
}
