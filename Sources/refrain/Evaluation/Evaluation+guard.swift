import SemanticCache
import VectorMath

extension Evaluation {
    /// A cut that most good hits reach, and many bad ones.
    private static let guardCut: Float = 0.8

    /// What each of the guard's reasons costs and saves: of questions whose nearest stored one has at least this
    /// cosine, how many were refused for it that would have been right, and wrong; then the same of cautions.
    func guardCosts() -> TextTable {
        let counts = data.streams.map(Self.count)
        var table = TextTable(["at cosine 0.80: right / wrong"] + data.streams.map(\.name))
        table.add(["nearest stored"] + counts.map { "\($0.all.right) / \($0.all.wrong)" })
        for reason in GuardReason.allCases {
            table.add(["veto \(reason.rawValue)"] + counts.map { Self.text($0.vetoes[reason]) })
        }
        for reason in GuardReason.allCases {
            table.add(["caution \(reason.rawValue)"] + counts.map { Self.text($0.cautions[reason]) })
        }
        return table
    }

    private struct Outcomes {
        var right = 0
        var wrong = 0

        mutating func add(_ isRight: Bool) {
            if isRight { right += 1 } else { wrong += 1 }
        }
    }

    private struct Counts {
        var all = Outcomes()
        var vetoes: [GuardReason: Outcomes] = [:]
        var cautions: [GuardReason: Outcomes] = [:]
    }

    private static func text(_ outcomes: Outcomes?) -> String {
        outcomes.map { "\($0.right) / \($0.wrong)" } ?? "–"
    }

    private static func count(_ stream: EvaluationStream) -> Counts {
        var counts = Counts()
        var answers: [Int: Int?] = [:]
        for request in stream.requests where answers[request.text] == nil {
            defer { answers[request.text] = .some(request.answer) }
            var best = (text: -1, likeness: guardCut)
            stream.similarities.withRow(request.text) { row in
                for text in answers.keys where row[text] > best.likeness { best = (text, row[text]) }
            }
            guard best.text >= 0, let answer = answers[best.text], answer != nil || request.answer != nil else {
                continue
            }
            let isRight = answer == request.answer
            counts.all.add(isRight)
            switch StructuralGuard.verdict(
                question: stream.features[request.text], candidate: stream.features[best.text])
            {
            case .pass: break
            case .veto(let reason): counts.vetoes[reason, default: Outcomes()].add(isRight)
            case .caution(let reasons):
                for reason in reasons.reasons { counts.cautions[reason, default: Outcomes()].add(isRight) }
            }
        }
        return counts
    }
}
