/// What is told of a load that takes its time: a line a second.
struct LoadProgress {
    private static let interval: Duration = .seconds(1)

    private var seen = 0
    private var told: ContinuousClock.Instant

    init(start: ContinuousClock.Instant) { told = start }

    /// Counts a piece.
    /// - Returns: the line that is due now; nil for none.
    mutating func advance(by piece: FeedPiece, at now: ContinuousClock.Instant) -> String? {
        seen += piece.seen
        guard told.duration(to: now) >= Self.interval else { return nil }
        told = now
        let done = Self.grouped(seen)
        // The store may have grown since it was counted.
        guard let total = piece.total, total >= seen else { return "mirror: \(done) entries" }
        return "mirror: \(done) of about \(Self.grouped(total)) entries"
    }

    /// Digits in groups of three.
    private static func grouped(_ number: Int) -> String {
        let digits = String(number)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }
}
