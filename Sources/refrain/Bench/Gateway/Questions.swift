import Synchronization

/// Questions that no cache has seen, in the three kinds the legs need.
enum Questions {
    private static let verbs = ["cancel", "change", "return", "track", "renew", "pause", "upgrade", "share", "export", "pay for"]
    private static let things = [
        "the order", "my subscription", "the invoice", "a gift card", "my account", "the delivery", "a voucher",
        "the warranty", "my payment card", "the reservation",
    ]
    private static let circumstances = [
        "after the trial has ended", "from another country", "without a receipt", "on my phone", "for a whole team",
        "before the weekend", "with an old password", "when the parcel is late", "in the mobile app", "by bank transfer",
    ]

    /// 1,000 questions of a help desk, 11 tokens on average.
    static let base: [String] = verbs.flatMap { verb in
        things.flatMap { thing in circumstances.map { "How do I \(verb) \(thing) \($0)?" } }
    }

    private static let openings = [
        "", "Hi, ", "Hello, ", "Hey, ", "Please: ", "Good morning, ", "Good evening, ", "Dear team, ", "Hi there, ",
        "Hello there, ", "Excuse me, ", "Hi all, ", "Sorry, ", "Hello team, ", "Hey there, ", "Dear support, ",
    ]
    private static let endings = ["", " Thanks", " Thanks!", " Thank you", " Thank you!", " Please", " Cheers", " Thx", " Thanks a lot"]

    /// The `number`-th rewording of a base question: the same question with other words around it, and never the same
    /// text twice below 140,000.
    static func rewording(_ number: Int) -> String {
        let question = base[number % base.count]
        // The first of all, nothing before and nothing behind, would be the base question itself.
        let manner = number / base.count % (openings.count * endings.count - 1) + 1
        return openings[manner % openings.count] + question + endings[manner / openings.count]
    }

    private static let words = [
        "river", "engine", "copper", "violin", "harbour", "winter", "pepper", "glacier", "saddle", "lantern", "museum",
        "orbit", "candle", "forest", "hammer", "island", "jungle", "kettle", "ladder", "marble", "needle", "oyster",
        "pencil", "quarry", "rocket", "sparrow", "temple", "umbrella", "valley", "walnut", "yellow", "zebra", "anchor",
        "basket", "cactus", "desert", "eagle", "falcon", "garlic", "helmet", "insect", "jacket", "knight", "lemon",
        "magnet", "nickel", "onion", "parrot", "rabbit", "silver", "tunnel", "velvet", "wagon", "bridge", "castle",
        "dragon", "fossil", "gravel", "honey", "ivory", "jasmine", "maple", "otter", "piano",
    ]

    /// A question about eight words that were drawn for `number`: alike no other, 11 tokens on average.
    static func unrelated(_ number: Int) -> String {
        // SplitMix64 (Steele, Lea and Flood 2014): six bits a word.
        var bits = UInt64(truncatingIfNeeded: number) &+ 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        bits ^= bits >> 31
        return (0..<8).map { words[Int((bits >> UInt64($0 * 6)) & 63)] }.joined(separator: " ") + "?"
    }
}

/// Counts on through all windows of a leg, so that no question comes twice.
final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    func next() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }
}
