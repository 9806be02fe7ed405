import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

/// What a provider answers, whole and streamed, and what clients must make of both: written by hand.
struct AnswerFixture: CustomTestStringConvertible, Sendable {
    let wire: Wire
    let name: String

    static let all = Wire.allCases.flatMap { wire in
        FixtureFile.names(in: "\(wire)/answers").map { AnswerFixture(wire: wire, name: $0) }
    }

    var testDescription: String { "\(wire) \(name)" }

    /// The sections `whole`, `stream` and `client`, of which the first two may be left out, and `client` with the name
    /// of a dialect for what its clients see otherwise.
    var file: FixtureFile { get throws { try FixtureFile("\(wire)/answers/\(name)") } }

    /// What clients of one dialect see.
    func expected(by api: ClientAPI) throws -> ClientView {
        let file = try file
        if let own = file["client \(api.rawValue)"] { return try ClientView(expected: own) }
        var view = try ClientView(expected: try #require(file["client"]))
        if api == .messages, !view.refusal.isEmpty {
            // No part for a refusal's words there: they are text, and the reason to stop says what they are.
            (view.text, view.refusal, view.ending) = (view.text + view.refusal, "", .filter)
        }
        return view
    }

    func frames() throws -> [[UInt8]]? { try file["stream"].map(wire.frames) }

    static let identity = AnswerIdentity(id: "abc", model: "asked", created: 17)
}
