package import GatewayCore

/// How likely a request needs a strong model, 0 to 1, from what was counted in it. No model is asked; under 1 µs.
///
/// A logistic regression over twelve features, each brought into 0…1. The weights were fitted to 360 labelled requests
/// from 47 templates (easy 0, medium 0.5, hard 1) and drawn towards a prior that says which way each feature counts;
/// the weights of tools and of reasoning stayed at the prior, as no template has them. `ComplexityScoreTests` repeats
/// the fit. On requests from other templates the score puts a hard one above an easy one in 97.6 % of pairs. Of 1,500
/// questions each from BANKING77, CLINC150, Bitext's support set and Quora's pairs 91 to 98 % score below a third and
/// under 1 % above two thirds; of HumanEval's 164 tasks 97 % score above a third.
///
/// It judges the request as it is put. A short question whose difficulty lies in its subject looks easy; semantic
/// routes and rules are the means against that.
package enum ComplexityScore {
    /// The features in the order of ``weights``.
    package static let featureNames = [
        "words", "depth", "constraints", "steps", "code", "math", "small talk", "context", "tools", "reasoning asked",
        "hard task", "easy task",
    ]

    package static let bias: Float = -1
    package static let weights: [Float] = [1.4, 3.1, 0.35, 0.05, 1.25, 0.95, -1.9, 1, 0.5, 1, 0.4, -1.6]

    /// The complexity of a request, 0 to 1. Pure.
    package static func score(_ traits: RequestTraits) -> Float {
        let features = features(of: traits)
        var sum = bias
        for (feature, weight) in zip(features, weights) { sum += feature * weight }
        return logistic(sum)
    }

    /// The features of a request, each 0 to 1.
    package static func features(of traits: RequestTraits) -> [Float] {
        let signs = traits.signs
        let easy = isEasy(traits.task) ? 0.5 + 0.5 * traits.taskConfidence : 0
        // What is to be translated, sorted or searched may be long and full of any words: it is not the question.
        let weight = 1 - 0.75 * easy
        return [
            share(log2(Float(signs.words + 1)), of: 9) * weight,
            share(Float(signs.depth), of: 5) * weight,
            share(Float(signs.constraints), of: 5) * weight,
            share(Float(signs.steps + signs.listItems), of: 8) * weight,
            share(Float(signs.codeBytes), of: 600) * weight,
            share(Float(signs.mathSigns), of: 6) * weight,
            // Everyday words make a short text small talk; in a long one they are examples.
            share(Float(signs.smallTalk), of: 3) * share(40, of: Float(max(signs.words, 1))),
            share(log2(Float(traits.text.total.total) / 500 + 1), of: 8) * weight,
            share(log2(Float(traits.toolBytes) / 500 + 1), of: 6),
            traits.needs.contains(.reasoning) ? 1 : 0,
            isHard(traits.task) ? 0.5 + 0.5 * traits.taskConfidence : 0,
            easy,
        ]
    }

    private static func isHard(_ task: TaskType) -> Bool { task == .code || task == .math || task == .analysis }

    private static func isEasy(_ task: TaskType) -> Bool {
        switch task {
        case .classification, .extraction, .translation, .question, .chat: true
        case .code, .math, .analysis, .summarization, .creative: false
        }
    }

    private static func share(_ value: Float, of whole: Float) -> Float { min(max(value / whole, 0), 1) }
}
