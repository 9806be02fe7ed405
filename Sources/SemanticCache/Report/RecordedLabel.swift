package import GatewayCore

/// What was found out about one lookup: whether its candidate's answer is right for the question.
package struct RecordedLabel: Sendable, Equatable {
    package let isRight: Bool
    /// By what it is known, as a word.
    package let basis: String
    /// How likely it was that this lookup be looked into; above 0.
    package let share: Double
    /// What finding out has cost, in billionths of a dollar.
    package let cost: Int
    /// Of wrong ones: the question asked and the one that is stored.
    package let texts: (asked: String, stored: String)?

    package init(
        isRight: Bool, basis: String, share: Double = 1, cost: Int = 0,
        texts: (asked: String, stored: String)? = nil
    ) {
        self.isRight = isRight
        self.basis = basis
        self.share = share.isFinite ? min(max(share, 1e-6), 1) : 1
        self.cost = max(cost, 0)
        self.texts = texts
    }

    package static func == (left: RecordedLabel, right: RecordedLabel) -> Bool {
        left.isRight == right.isRight && left.basis == right.basis && left.share == right.share
            && left.cost == right.cost && left.texts?.asked == right.texts?.asked
            && left.texts?.stored == right.texts?.stored
    }

    /// Reads a line of the record; nil for a line of another kind, or one that is damaged.
    package init?(_ line: JSONElement) {
        guard let isRight = line["right"]?.bool else { return nil }
        var texts: (asked: String, stored: String)?
        if let asked = line["asked"]?.string, let stored = line["stored"]?.string { texts = (asked, stored) }
        self.init(
            isRight: isRight, basis: line["basis"]?.string ?? "", share: line["share"]?.double ?? 1,
            cost: line["cost"]?.integer ?? 0, texts: texts)
    }
}
