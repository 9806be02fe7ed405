import SemanticCache

/// Replays all streams under the error budget and under plain cosine cuts, and lays the figures side by side.
struct Evaluation {
    private static let budgets = [0.01, 0.02]
    private static let frontierBudgets = [0.0025, 0.005, 0.01, 0.02, 0.05]
    private static let cuts = stride(from: 0.70, through: 0.99, by: 0.01).map { $0 }

    let data: EvaluationSets
    private let calibrations: [String: MatchCalibration]

    init(_ data: EvaluationSets) {
        self.data = data
        let samples = data.streams.filter { CalibrationTraining.shippedFrom.contains($0.name) }
            .map { ($0.name, CalibrationTraining.sample($0, isGuarded: true)) }
        var calibrations: [String: MatchCalibration] = [:]
        for (name, _) in samples {
            calibrations[name] = CalibrationTraining.fit(samples.filter { $0.0 != name }.map(\.1))
        }
        self.calibrations = calibrations
        learned = CalibrationTraining.fit(samples.map(\.1))
    }

    /// Fitted on all the streams that the shipped one was learned on, for comparison with it.
    let learned: MatchCalibration?

    /// The shipped one, unless it was learned on this stream: then one that was not.
    func calibration(for stream: EvaluationStream) -> MatchCalibration { calibrations[stream.name] ?? .miniLM }

    private func replay(
        _ stream: EvaluationStream, budget: Double, order: [Int]? = nil, seed: UInt64 = 1,
        evidence: NamespaceEvidence = NamespaceEvidence()
    ) -> (figures: StreamFigures, rule: BudgetRule) {
        var rule = BudgetRule(calibration: calibration(for: stream), budget: budget, seed: seed, evidence: evidence)
        var replay = StreamReplay(stream, isGuarded: true)
        let figures = replay.run(&rule, order: order ?? Array(stream.requests.indices))
        return (figures, rule)
    }

    private func replay(_ stream: EvaluationStream, cut: Double) -> StreamFigures {
        var rule = CosineRule(cut: cut)
        var replay = StreamReplay(stream, isGuarded: false)
        return replay.run(&rule, order: stream.requests.indices)
    }

    /// From a cold start: hits and wrong hits under each budget, beside the best cut that an oracle could choose.
    func operatingPoints() -> TextTable {
        var table = TextTable(
            ["set"] + Self.budgets.flatMap { budget in
                let name = Percent.text(budget)
                return ["hits at \(name)", "wrong", "estimate (95 %)", "explored", "best cut's hits", "cut"]
            })
        var sums = Array(repeating: (ours: 0.0, best: 0.0), count: Self.budgets.count)
        for stream in data.streams {
            let swept = Self.cuts.map { ($0, replay(stream, cut: $0)) }
            var row = [stream.name]
            for (place, budget) in Self.budgets.enumerated() {
                let (figures, rule) = replay(stream, budget: budget)
                let best = swept.filter { $0.1.wrongShare <= budget }.max { $0.1.hitShare < $1.1.hitShare }
                sums[place].ours += figures.hitShare
                sums[place].best += best?.1.hitShare ?? 0
                row += [
                    Percent.text(figures.hitShare), Percent.text(figures.wrongShare), Self.text(rule.estimate),
                    Percent.text(Double(rule.explorations) / Double(max(figures.requests, 1))),
                    Percent.text(best?.1.hitShare ?? 0), best.map { Figure.text($0.0) } ?? "–",
                ]
            }
            table.add(row)
        }
        let count = Double(data.streams.count)
        table.add(["mean"] + sums.flatMap { sum in
            [Percent.text(sum.ours / count), "", "", "", Percent.text(sum.best / count), ""]
        })
        return table
    }

    private static func text(_ estimate: LiveEstimate) -> String {
        guard let share = estimate.wrongShare else { return "–" }
        return "\(Percent.text(share.estimate)) (\(Percent.text(share.low))–\(Percent.text(share.high)))"
    }

    /// Hits and wrong hits of every budget and of every second cut.
    func frontier() -> TextTable {
        var table = TextTable(["set"] + data.streams.map(\.name))
        for budget in Self.frontierBudgets {
            let row = data.streams.map { Self.pair(replay($0, budget: budget).figures) }
            table.add(["budget \(Percent.text(budget))"] + row)
        }
        for cut in stride(from: 0.72, through: 0.98, by: 0.02) {
            table.add(["cut \(Figure.text(cut))"] + data.streams.map { Self.pair(replay($0, cut: cut)) })
        }
        return table
    }

    private static func pair(_ figures: StreamFigures) -> String {
        "\(Percent.text(figures.hitShare)) / \(Percent.text(figures.wrongShare))"
    }

    /// Hits of the first hundreds of requests, beside the last third's, and beside those of an empty cache whose curve
    /// was learned before: what only the learning of the curve costs.
    func coldStart() -> TextTable {
        var table = TextTable([
            "set, at 1 %", "1–100", "101–200", "201–400", "401–800", "last third", "curve known: 1–100", "101–200",
            "half stored before: 1–100", "curve known, too",
        ])
        for stream in data.streams {
            let first = replay(stream, budget: 0.01)
            let hits = first.figures.hitsByHundred
            let known = replay(stream, budget: 0.01, evidence: first.rule.decider.evidence).figures.hitsByHundred
            let third = hits.count / 3
            func mean(_ range: Range<Int>) -> String {
                let part = hits[range.clamped(to: hits.indices)]
                return Percent.text(Double(part.reduce(0, +)) / Double(max(part.count, 1)) / 100)
            }
            table.add([
                stream.name, mean(0..<1), mean(1..<2), mean(2..<4), mean(4..<8),
                mean(max(hits.count - 1 - third, 0)..<max(hits.count - 1, 0)),
                known.first.map { "\($0) %" } ?? "–", known.dropFirst().first.map { "\($0) %" } ?? "–",
                "\(firstHundred(stream, evidence: NamespaceEvidence())) %",
                "\(firstHundred(stream, evidence: first.rule.decider.evidence)) %",
            ])
        }
        return table
    }

    /// Hits of the hundred requests behind the first half of a stream, which was imported before.
    private func firstHundred(_ stream: EvaluationStream, evidence: NamespaceEvidence) -> Int {
        let half = stream.requests.count / 2
        var rule = BudgetRule(calibration: calibration(for: stream), budget: 0.01, seed: 1, evidence: evidence)
        var replay = StreamReplay(stream, isGuarded: true)
        replay.fill(0..<half)
        return replay.run(&rule, order: half..<min(half + 100, stream.requests.count)).hits
    }

    /// Over shuffled streams: how often each budget held, and the mean hits.
    func shuffled(_ count: Int) -> TextTable {
        let budgets = [0.005, 0.01, 0.02, 0.05]
        var table = TextTable(
            ["set, \(count) shuffles"] + budgets.flatMap { ["hits at \(Percent.text($0))", "wrong", "held"] }
                + ["estimate's interval held"])
        for stream in data.streams {
            var row = [stream.name]
            var covered = 0
            for budget in budgets {
                var (hits, wrong, held) = (0.0, 0.0, 0)
                for seed in 0..<UInt64(count) {
                    var random = BenchRandom(seed: seed)
                    let order = stream.requests.indices.shuffled(using: &random)
                    let (figures, rule) = replay(stream, budget: budget, order: order, seed: seed)
                    hits += figures.hitShare
                    wrong += figures.wrongShare
                    if figures.wrongShare <= budget { held += 1 }
                    if let share = rule.estimate.wrongShare, figures.wrongShare >= share.low,
                        figures.wrongShare <= share.high
                    {
                        covered += 1
                    }
                }
                let runs = Double(max(count, 1))
                row += [Percent.text(hits / runs), Percent.text(wrong / runs), Percent.text(Double(held) / runs)]
            }
            table.add(row + [Percent.text(Double(covered) / Double(max(count * budgets.count, 1)))])
        }
        return table
    }

    /// Pairs: what a cut of 0.90 accepts, what the guard lets pass of that, and what budgets accept when only this one
    /// question is stored in a namespace that was warmed by a stream (the mean over the streams).
    func pairs() -> TextTable {
        let warmed = data.streams.map { replay($0, budget: 0.01).rule.decider }
        var table = TextTable(["pairs", "same", "number", "cut 0.90", "0.90 and guard", "guard passes", "1 %", "2 %"])
        for set in data.pairs {
            let kinds = Dictionary(grouping: set.pairs) { "\($0.kind)\u{0}\($0.isSame)" }
            for (_, pairs) in kinds.sorted(by: { $0.key < $1.key }) {
                guard let first = pairs.first else { continue }
                func share(_ isAccepted: (EvaluationPairs.Pair) -> Bool) -> String {
                    Percent.text(Double(pairs.count(where: isAccepted)) / Double(pairs.count))
                }
                func accepted(_ budget: Double) -> String {
                    let shares = warmed.map { decider in
                        Double(pairs.count { Self.accepts($0, decider, budget) }) / Double(pairs.count)
                    }
                    return Percent.text(shares.reduce(0, +) / Double(max(shares.count, 1)))
                }
                table.add([
                    "\(set.name) \(first.kind)", first.isSame ? "yes" : "no", "\(pairs.count)",
                    share { $0.similarity >= 0.9 }, share { $0.similarity >= 0.9 && !$0.verdict.isVeto },
                    share { !$0.verdict.isVeto }, accepted(0.01), accepted(0.02),
                ])
            }
        }
        return table
    }

    private static func accepts(_ pair: EvaluationPairs.Pair, _ decider: HitDecider, _ budget: Double) -> Bool {
        var decider = decider
        let candidate = MatchCandidate(similarity: pair.similarity, group: .max - 1, verdict: pair.verdict)
        if case .serve = decider.decide(CollectionOfOne(candidate), budget: budget, draw: 1).action { return true }
        return false
    }

    /// Requests from the moment on which every second answer is another one, until a drift was seen.
    func drift() -> TextTable {
        var table = TextTable(["answers change after half", "seen after requests", "false alarms before"])
        for stream in data.streams {
            let half = stream.requests.count / 2
            let changed = stream.withAnswersChanged(from: half)
            var rule = BudgetRule(calibration: calibration(for: stream), budget: 0.02, seed: 1)
            var replay = StreamReplay(changed, isGuarded: true)
            var (alarms, seen): (Int, Int?) = (0, nil)
            for place in changed.requests.indices {
                _ = replay.run(&rule, order: CollectionOfOne(place))
                guard rule.isDrifting else { continue }
                rule.settle()
                if place < half { alarms += 1 } else { seen = seen ?? place - half }
            }
            table.add([stream.name, seen.map(String.init) ?? "not", "\(alarms)"])
        }
        return table
    }
}
