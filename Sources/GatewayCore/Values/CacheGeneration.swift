/// A point in the order of a tenant's purges: microseconds since 1970 by the store's clock, larger with each purge.
///
/// An answer carries the generation that was current before it was asked for. A purge that is later than it and names
/// the answer makes an end of it, wherever it is held.
package struct CacheGeneration: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let value: Int64

    package init(_ value: Int64) { self.value = value }

    package static func < (left: CacheGeneration, right: CacheGeneration) -> Bool { left.value < right.value }

    package var description: String { String(value) }
}
