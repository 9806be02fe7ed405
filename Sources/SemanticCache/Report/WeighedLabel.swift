/// What was found out about one lookup, and how many lookups it speaks for.
struct WeighedLabel: Sendable, Equatable {
    let isRight: Bool
    let weight: Double

    /// Labels whose weights come to the number of the lookups they are about, in each part of these by itself.
    ///
    /// One part is what was served: it was drawn, and each label says how likely that was (Horvitz and Thompson 1952).
    /// How likely a label was of what was not served, or only would have been, nobody knows: it comes where the
    /// model's answer tells, which it does the less, the less alike the questions are. Those are parted by bins, so
    /// that many labels of the one say nothing of the other; a bin without a label is one with those below it, as what
    /// is less alike is no better.
    ///
    /// - Parameter bin: where a lookup stands among those that were not drawn, the most alike first.
    /// - Returns: nil where lookups are left that no label speaks for: nothing is known of them together.
    static func weighed(_ lookups: [RecordedLookup], bin: (RecordedLookup) -> Int) -> [WeighedLabel]? {
        var parts = [lookups.filter(\.isDrawn)]
        var part: [RecordedLookup] = []
        let bins = Dictionary(grouping: lookups.filter { !$0.isDrawn }, by: bin)
        for (_, lookups) in bins.sorted(by: { $0.key < $1.key }) {
            part += lookups
            if lookups.contains(where: { $0.label != nil }) {
                parts.append(part)
                part = []
            }
        }
        parts.append(part)
        var weighed: [WeighedLabel] = []
        for part in parts where !part.isEmpty {
            let labels = part.compactMap(\.label)
            if labels.isEmpty { return nil }
            let all = labels.reduce(0) { $0 + 1 / $1.share }
            weighed += labels.map { label in
                WeighedLabel(isRight: label.isRight, weight: Double(part.count) / all / label.share)
            }
        }
        return weighed
    }
}
