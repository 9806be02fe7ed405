/// Which floor of the score labels prove to keep a budget, independently of any model.
///
/// Fixed-sequence testing (Angelopoulos et al., Learn then Test, 2021): floors from strict to loose, each tested with
/// Clopper and Pearson's upper limit; the first failure ends it, so no correction for many tests is needed. 299 labels
/// without a mistake prove 1 % at 95 %. Pure.
package enum FloorCertification {
    /// The loosest floor proven.
    /// - Parameters:
    ///   - wrong: per bin from strict to loose, labels that were wrong, drawn evenly from what would be served.
    ///   - labels: per bin, all of them.
    /// - Returns: how many bins may be served; 0 when not even the first is proven.
    package static func provenBins(wrong: [Int], labels: [Int], budget: Double, confidence: Double = 0.95) -> Int {
        var (proven, wrongSum, labelSum) = (0, 0, 0)
        for (place, (wrong, labels)) in zip(wrong, labels).enumerated() {
            wrongSum += wrong
            labelSum += labels
            // A bin without labels proves nothing more, and fails nothing either.
            guard labels > 0 else { continue }
            // Too few labels to pass even without a mistake are no test: the floors so far are tested together.
            guard isProven(wrong: 0, of: labelSum, budget: budget, confidence: confidence) else { continue }
            guard isProven(wrong: wrongSum, of: labelSum, budget: budget, confidence: confidence) else { break }
            proven = place + 1
        }
        return proven
    }

    /// Whether the upper limit keeps the budget: a microsecond, where the limit itself takes fifty.
    private static func isProven(wrong: Int, of labels: Int, budget: Double, confidence: Double) -> Bool {
        wrong < labels
            && Distributions.betaCumulative(budget, Double(wrong + 1), Double(labels - wrong)) >= confidence
    }

    /// Clopper and Pearson's one-sided upper limit of a share; 1 without labels.
    package static func upperLimit(wrong: Int, of labels: Int, confidence: Double) -> Double {
        guard wrong >= 0, wrong < labels else { return 1 }
        return Distributions.betaQuantile(confidence, Double(wrong + 1), Double(labels - wrong))
    }

    /// Clopper and Pearson's one-sided lower limit of a share.
    package static func lowerLimit(wrong: Int, of labels: Int, confidence: Double) -> Double {
        guard wrong > 0, wrong <= labels else { return 0 }
        return Distributions.betaQuantile(1 - confidence, Double(wrong), Double(labels - wrong + 1))
    }
}
