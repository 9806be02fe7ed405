import SemanticCache

/// Learns a calibration from labelled streams, as the shipped one was learned.
enum CalibrationTraining {
    /// The streams that the shipped calibration was learned on. They are judged by one learned on the others.
    static let shippedFrom = ["banking77", "clinc150", "nlupp"]
    private static let cut = 0.8
    private static let exploration = 0.3

    struct Sample {
        var rows: [[Double]] = []
        var labels: [Bool] = []
    }

    /// What a stream replayed under a plain cut tells: the misses, and three of ten hits.
    static func sample(_ stream: EvaluationStream, isGuarded: Bool) -> Sample {
        var rule = SamplingRule(cut: cut, exploration: exploration)
        var replay = StreamReplay(stream, isGuarded: isGuarded)
        _ = replay.run(&rule, order: stream.requests.indices)
        return rule.sample
    }

    /// Each stream counts the same. Fitted four times: after the first, rows count by the chance of being right, so
    /// that those near to being served decide.
    static func fit(_ samples: [Sample]) -> MatchCalibration? {
        let rows = samples.flatMap(\.rows)
        let labels = samples.flatMap(\.labels)
        let base = samples.flatMap { sample in
            sample.rows.map { _ in 1000 / Double(sample.rows.count) }
        }
        var weights = base
        var calibration: MatchCalibration?
        for _ in 0..<4 {
            let fitted = RidgeLogistic.fit(rows: rows, labels: labels, weights: weights, ridge: 0.1)
            calibration = MatchCalibration(weights: fitted)
            weights = zip(rows, base).map { row, base in
                base * RidgeLogistic.chance(row, fitted)
            }
        }
        return calibration
    }

    /// Serves by a cut but for some, and writes down what the model's answers tell.
    private struct SamplingRule: ReplayRule {
        let cut: Double
        let exploration: Double
        var sample = Sample()
        private var random = BenchRandom(seed: 1)
        private var last: MatchFeatures?

        init(cut: Double, exploration: Double) {
            self.cut = cut
            self.exploration = exploration
        }

        mutating func place(_ candidates: [MatchCandidate]) -> Int? {
            last = MatchFeatures(candidates)
            guard let last, candidates[last.candidate].similarity >= cut,
                Double.random(in: 0..<1, using: &random) >= exploration
            else { return nil }
            return last.candidate
        }

        mutating func learn(isRight: (Int) -> Bool) {
            guard let last else { return }
            sample.rows.append(MatchCalibration.row(last))
            sample.labels.append(isRight(last.candidate))
        }

        func countExactHit() {}
    }
}
