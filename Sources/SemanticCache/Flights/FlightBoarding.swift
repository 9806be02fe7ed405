package import GatewayCore

/// A place in the table of calls under way.
package struct FlightNumber: Sendable, Hashable, Comparable {
    let value: Int

    package static func < (left: FlightNumber, right: FlightNumber) -> Bool { left.value < right.value }
}

/// A follower's place.
package struct SeatNumber: Sendable, Hashable, Comparable {
    let value: Int

    package static func < (left: SeatNumber, right: SeatNumber) -> Bool { left.value < right.value }
}

/// How a request comes to its answer.
enum FlightBoarding: Sendable {
    /// By its own call, which others may follow. What else is under way in its partition is to be looked through.
    case leads(FlightNumber, rivals: [FlightRival])
    /// By the call of another.
    case follows(SeatNumber)
    /// The answer was stored a moment ago; that to a question which is so similar, unless there is no similarity.
    case stored(EntryID, similarity: Float?)
    /// By its own call, as too many others are under way or wait.
    case alone
}

/// A question under way, or answered a moment ago, that may mean the same.
package struct FlightRival: Sendable {
    /// Nil when it was answered already.
    let number: FlightNumber?
    package let entry: EntryID
    package let course: FlightCourse
    /// Whether its answer is in the store.
    package var isStored: Bool { number == nil }
}
