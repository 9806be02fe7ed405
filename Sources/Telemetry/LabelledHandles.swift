import NIOConcurrencyHelpers

/// Metric handles whose label values are only known at run time, made once and found again by key.
///
/// At most `limit` are kept; a key beyond is made anew each time, which the registry answers with its overflow series.
final class LabelledHandles<Key: Hashable & Sendable, Handle: Sendable>: Sendable {
    private let handles = NIOLockedValueBox<[Key: Handle]>([:])
    private let limit: Int
    private let make: @Sendable (Key) -> Handle

    init(limit: Int = 1_000, make: @escaping @Sendable (Key) -> Handle) {
        self.limit = limit
        self.make = make
    }

    /// The handle for `key`. Two that ask first at once may both make one; the registry gives both the same series.
    subscript(key: Key) -> Handle {
        if let known = handles.withLockedValue({ $0[key] }) { return known }
        let fresh = make(key)
        handles.withLockedValue { if $0.count < limit { $0[key] = fresh } }
        return fresh
    }
}
