/// What a replay came to.
struct StreamFigures {
    private(set) var requests = 0
    private(set) var hits = 0
    /// Hits that can be told right from wrong.
    private(set) var judged = 0
    private(set) var wrong = 0
    /// Hits of each hundred requests in turn.
    private(set) var hitsByHundred: [Int] = []

    var hitShare: Double { Double(hits) / Double(max(requests, 1)) }
    var wrongShare: Double { Double(wrong) / Double(max(judged, 1)) }

    mutating func count(isHit: Bool, isRight: Bool?) {
        if requests % 100 == 0 { hitsByHundred.append(0) }
        requests += 1
        guard isHit else { return }
        hits += 1
        hitsByHundred[hitsByHundred.count - 1] += 1
        guard let isRight else { return }
        judged += 1
        if !isRight { wrong += 1 }
    }
}
