/// The content words of a text: the smallest hashes of their stems, sorted.
///
/// Up to `capacity` words the overlap is exact; beyond, it is the bottom-k estimate (Broder 1997).
struct ContentSketch: Sendable, Equatable {
    static let capacity = 48
    private(set) var stems: [UInt32] = []

    init(_ words: [GuardWord]) {
        self.init(words.compactMap { $0.isContent ? $0.stem : nil })
    }

    init(_ stems: [UInt32]) {
        var sorted = stems.map { $0 & GuardWord.stemBits }
        sorted.sort()
        for stem in sorted where stem != self.stems.last {
            guard self.stems.count < Self.capacity else { break }
            self.stems.append(stem)
        }
    }

    func contains(_ stem: UInt32) -> Bool { stems.contains(stem & GuardWord.stemBits) }

    /// Shared words in per cent of all words of both; 100 for two texts without any.
    func overlapPercent(_ other: ContentSketch) -> Int {
        var shared = 0
        var union = 0
        var left = 0
        var right = 0
        while (left < stems.count || right < other.stems.count) && union < Self.capacity {
            let mine = left < stems.count ? stems[left] : .max
            let theirs = right < other.stems.count ? other.stems[right] : .max
            if mine == theirs { shared += 1 }
            if mine <= theirs { left += 1 }
            if theirs <= mine { right += 1 }
            union += 1
        }
        return union == 0 ? 100 : shared * 100 / union
    }
}
