import GatewayCore
import Testing

/// One request as clients of every dialect spell it, and what a provider must get for it.
struct RequestFixture: CustomTestStringConvertible, Sendable {
    let wire: Wire
    let name: String

    static let all = Wire.allCases.flatMap { wire in
        FixtureFile.names(in: "\(wire)/requests").map { RequestFixture(wire: wire, name: $0) }
    }

    var testDescription: String { "\(wire) \(name)" }

    /// The sections `chat`, `responses` and `messages`; a dialect that cannot say it has none.
    var asked: FixtureFile { get throws { try FixtureFile("requests/\(name)") } }

    /// The section `body`, or `body` with the name of a dialect for what its clients' requests become; `path` and
    /// `dropped`, where they are of interest. `refused` has the field for which the request is not sent, `model` the
    /// model where it is not the one of most fixtures.
    var file: FixtureFile { get throws { try FixtureFile("\(wire)/requests/\(name)") } }

    var target: Target {
        get throws {
            var target = wire.target
            if let model = try file["model"] { target.model = model }
            return target
        }
    }
}
