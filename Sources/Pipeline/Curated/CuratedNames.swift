import GatewayCore
package import SemanticCache

/// The answers that a file has named so far, by a hash of their ids: of a million, two have the same by an accident
/// once in ten million files.
package struct CuratedNames: Sendable {
    private var lines: [UInt64: Int] = [:]

    package init() {}

    /// Whether an answer was named.
    func contains(_ id: String) -> Bool { lines[FNV1a(id).value] != nil }

    /// The line itself, or what is wrong with it: its answer was named before.
    package mutating func checked(_ line: CuratedReader.Line) -> CuratedReader.Line {
        guard case .success(let answer) = line.content else { return line }
        let hash = FNV1a(answer.id).value
        if let first = lines[hash] {
            let mistake = CuratedMistake("the id '\(answer.id)' is already that of line \(first)")
            return CuratedReader.Line(number: line.number, content: .failure(mistake))
        }
        lines[hash] = line.number
        return line
    }
}
