import GatewayCore
import Testing

@testable import RequestAnalysis

@Suite("What is no part of the key")
struct IncidentalsTests {
    private let analysis = Analysis()

    @Test("Requests of one place in the cache may differ in it", arguments: CacheKeys.ignoredMembers.sorted())
    func members(name: String) throws {
        // Which calls are one is told by a name for models that is no part of the request.
        if name == "model" { return }
        let values = switch name {
        case "stream": ["true", "false"]
        case "stream_options": [#"{"include_usage":true}"#, #"{"include_usage":false}"#]
        default: [#""a""#, #""b""#]
        }
        let first = try analysis(Analysis.body(more: #","\#(name)":\#(values[0])"#))
        let second = try analysis(Analysis.body(more: #","\#(name)":\#(values[1])"#))
        let without = try analysis(Analysis.body())
        #expect(first.place == second.place && first.place == without.place)
        #expect(first.request.incidentals != second.request.incidentals)
        #expect(first.request.incidentals != without.request.incidentals)
    }

    @Test("It is the same whatever the order and the spelling")
    func spelling() throws {
        let first = try analysis(Analysis.body(more: #","user":"a","metadata":{"b":1,"c":2}"#)).request
        let second = try analysis(Analysis.body("another", more: #", "metadata":{"c":2,"b":1.0},"user":"a""#)).request
        #expect(first.incidentals == second.incidentals)
    }
}
