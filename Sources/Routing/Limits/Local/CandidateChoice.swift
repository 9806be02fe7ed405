/// The order in which candidates win. Pure.
///
/// Inside a tier those used up to the soft ratio come before those beyond it, so that load moves before a limit is
/// reached; a later tier is looked at only when the ones before have no room at all.
struct CandidateChoice {
    private let tiers: [Int]
    private let mode: PickRequest.Mode
    private let slack: Double
    private let draws: (Double, Double)

    init(_ request: PickRequest) {
        tiers = request.candidates.map(\.tier)
        mode = request.mode
        slack = request.slack
        draws = request.draws
    }

    /// - Parameter headroom: of a candidate; nil when it has no room. Asked in order, and not of those that can no
    ///   longer win.
    func choose(_ count: Int, headroom: (Int) -> Double?) -> Int? {
        var index = 0
        while index < count {
            let tier = tiers[index]
            var fitting: [(index: Int, room: Double)] = []
            while index < count, tiers[index] == tier {
                if let room = headroom(index) {
                    if mode == .firstFit, room >= slack { return index }
                    fitting.append((index, room))
                }
                index += 1
            }
            if let winner = winner(fitting) { return winner }
        }
        return nil
    }

    private func winner(_ fitting: [(index: Int, room: Double)]) -> Int? {
        guard let first = fitting.first else { return nil }
        switch mode {
        case .firstFit: return first.index
        case .mostHeadroom: return Self.roomier(fitting)
        case .twoChoices:
            let soft = fitting.filter { $0.room >= slack }
            let drawn = soft.isEmpty ? fitting : soft
            guard drawn.count > 1 else { return drawn.first?.index }
            let one = min(Int(draws.0 * Double(drawn.count)), drawn.count - 1)
            var other = min(Int(draws.1 * Double(drawn.count - 1)), drawn.count - 2)
            if other >= one { other += 1 }
            return Self.roomier([drawn[one], drawn[other]])
        }
    }

    /// The first of those with most room.
    private static func roomier(_ fitting: [(index: Int, room: Double)]) -> Int? {
        var best: (index: Int, room: Double)?
        for candidate in fitting where candidate.room > best?.room ?? -1 { best = candidate }
        return best?.index
    }
}

extension PickRequest {
    /// The headroom from which on a candidate is under the soft ratio.
    package var slack: Double { 1 - min(max(softRatio, 0), 1) }

    /// Two numbers from 0 to less than 1.
    package var draws: (Double, Double) {
        let scale = 4_294_967_296.0
        return (Double(seed >> 32) / scale, Double(seed & 0xFFFF_FFFF) / scale)
    }
}
