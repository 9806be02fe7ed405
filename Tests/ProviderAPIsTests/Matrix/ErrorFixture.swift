import Foundation
import GatewayCore
import Testing

/// What a provider says when it refuses, and what clients must be told.
///
/// The name of a section is the status and a few words. Lines with `>` are headers of the answer, those with `<` what
/// clients see: `< chat 429 requests rate_limit_exceeded`, and `< retry 7` for the seconds until they may come again.
/// All else is the body.
struct ErrorFixture: CustomTestStringConvertible, Sendable {
    let wire: Wire
    let name: String
    let status: Int
    let headers: [(name: String, value: String)]
    let body: String
    let expected: [String: [String]]

    static let all = Wire.allCases.flatMap { wire in
        (try? FixtureFile("\(wire)/errors"))?.sections.map { ErrorFixture(wire, $0.name, $0.text) } ?? []
    }

    private init(_ wire: Wire, _ name: String, _ text: String) {
        self.wire = wire
        self.name = name
        status = name.split(separator: " ").first.flatMap { Int($0) } ?? 0
        let lines = text.split(separator: "\n").map(String.init)
        headers = lines.filter { $0.hasPrefix("> ") }.map { line in
            let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1)
            return (String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces))
        }
        body = lines.filter { !$0.hasPrefix("> ") && !$0.hasPrefix("< ") }.joined(separator: "\n")
        var expected: [String: [String]] = [:]
        for line in lines where line.hasPrefix("< ") {
            let words = line.dropFirst(2).split(separator: " ").map(String.init)
            expected[words[0]] = Array(words.dropFirst())
        }
        self.expected = expected
    }

    var testDescription: String { "\(wire) \(name)" }
}
