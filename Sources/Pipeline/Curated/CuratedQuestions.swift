import GatewayCore
import SemanticCache

/// The questions that a file has asked so far, by where their entries stand: two that fold alike are one.
struct CuratedQuestions: Sendable {
    private var lines: [EntryID: Int] = [:]

    /// Takes in the questions of an answer.
    /// - Throws: when a line before has one of them; then none is taken in.
    mutating func take(_ plan: CuratedPlan, line: Int) throws(CuratedMistake) {
        for request in plan.requests {
            guard let entry = request.place?.entry, let first = lines[entry] else { continue }
            throw CuratedMistake(
                "“\(request.question ?? "")” on line \(line) is already a question of line \(first)")
        }
        for entry in plan.entries { lines[entry] = line }
    }
}
