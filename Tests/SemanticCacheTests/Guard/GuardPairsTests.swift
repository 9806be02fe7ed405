import Testing

@testable import SemanticCache

/// The guard on pairs in its four languages, from shops, banks, travel, medicine, code and trivia.
@Suite("The structural guard on written pairs")
struct GuardPairsTests {
    private static let differing = [
        EnglishPairs.differing, GermanPairs.differing, FrenchPairs.differing, SpanishPairs.differing,
    ].flatMap(lines)
    private static let alike = [EnglishPairs.alike, GermanPairs.alike, FrenchPairs.alike, SpanishPairs.alike]
        .flatMap(lines)

    private static func lines(_ table: String) -> [String] { table.split(separator: "\n").map(String.init) }

    private func verdicts(_ line: String) throws -> [GuardVerdict] {
        let parts = line.split(separator: " | ").map(String.init)
        try #require(parts.count == 2, "\(line)")
        return [StructuralGuardTests.verdict(parts[0], parts[1]), StructuralGuardTests.verdict(parts[1], parts[0])]
    }

    @Test("Questions with other answers are refused, whichever was stored", arguments: differing)
    func refuses(line: String) throws {
        for verdict in try verdicts(line) { #expect(verdict.isVeto) }
    }

    @Test("Questions with the same answer are not refused, whichever was stored", arguments: alike)
    func passes(line: String) throws {
        for verdict in try verdicts(line) { #expect(!verdict.isVeto) }
    }

    @Test("There are pairs enough to say so")
    func plenty() {
        #expect(Self.differing.count + Self.alike.count >= 300)
    }
}
