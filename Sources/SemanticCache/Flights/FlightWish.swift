/// What a request takes of another's call.
package struct FlightWish: Sendable {
    /// Whether it wants the answer in parts, as they come.
    package let readsPieces: Bool
    /// The least cosine of its question to another one whose answer it takes; nil when it takes none but its own.
    package let floor: Float?
    /// When it waits no longer; nil for never.
    package let deadline: ContinuousClock.Instant?
    /// Equal for requests that say the same to the provider also in what is no part of the key.
    package let incidentals: Int
    /// How many calls have failed over it.
    package var failures: Int

    package init(
        readsPieces: Bool, floor: Float? = nil, deadline: ContinuousClock.Instant? = nil, incidentals: Int = 0,
        failures: Int = 0
    ) {
        self.readsPieces = readsPieces
        self.floor = floor
        self.deadline = deadline
        self.incidentals = incidentals
        self.failures = failures
    }

    /// Whether it takes the answer to a question that is so similar; nil for its own question.
    func takes(_ similarity: Float?) -> Bool {
        guard let similarity else { return true }
        return floor.map { similarity >= $0 } ?? false
    }

    /// Whether it reads the parts of a leader's answer as they come. Those break off when the leader's time is over:
    /// who has more must not have begun to send them.
    func reads(from leader: FlightWish) -> Bool {
        guard readsPieces, let end = leader.deadline else { return readsPieces }
        return deadline.map { $0 <= end } ?? false
    }
}
