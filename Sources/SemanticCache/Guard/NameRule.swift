/// Names, and words that no list has: two that differ in the same place mean different things.
enum NameRule {
    /// From this overlap of content words on, names that only one side has refuse though the texts differ in more.
    /// Rare words without a capital do so in one gap only: they are too often another word for the same.
    private static let vetoOverlap = 60

    static func compare(
        _ ours: [GuardWord], _ theirs: [GuardWord], frame: WordFrame, overlap: Int
    ) -> (veto: GuardReason?, cautions: GuardReasons) {
        let mine = strangers(of: ours, in: theirs)
        let yours = strangers(of: theirs, in: ours)
        if mine.isEmpty, yours.isEmpty { return (nil, []) }
        guard !mine.isEmpty, !yours.isEmpty else { return (nil, GuardReasons(.entity)) }
        let areNames = mine.contains { $0.part == .name } && yours.contains { $0.part == .name }
        if frame.isSlot || areNames && overlap >= vetoOverlap { return (.entity, []) }
        return (nil, GuardReasons(.entity))
    }

    /// The rare words for which the other side has none that is like them.
    private static func strangers(of words: [GuardWord], in others: [GuardWord]) -> [GuardWord] {
        words.filter { word in word.isStranger && !others.contains { word.isLike($0) } }
    }
}
