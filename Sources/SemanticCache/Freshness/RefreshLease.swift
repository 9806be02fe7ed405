/// The right of one replica to make an answer anew. A later one has a larger number and ends it.
package struct RefreshLease: Sendable, Equatable {
    package let number: Int64

    package init(number: Int64) { self.number = number }
}
