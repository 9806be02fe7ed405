import GatewayCore
import Testing

@Suite("Traits of strange bodies")
struct TraitsRobustnessTests {
    /// A linear congruential generator, so that a seed that was printed can be tried again.
    private struct Source {
        var state: UInt64

        mutating func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
    }

    private let names = [
        "type", "text", "image_url", "url", "detail", "source", "data", "function", "name", "arguments", "json_schema",
        "id", "media_type",
    ]
    private let literals = [
        "null", "true", "false", "0", "-1", "1e99", "1.5", "99999999999999999999", #""""#, #""data:image/png;base64,""#,
        #""data:image/jpeg;base64,\/9j\/4AAQ""#, #""\ud83d\ude00 \u0000 \n```""#, #""image_url""#, #""text""#,
        #""Summarize {x} = y; 今日は\u00e9""#,
    ]

    private func value(_ source: inout Source, depth: Int) -> String {
        switch depth > 3 ? 0 : source.next(4) {
        case 2: "[" + (0..<source.next(4)).map { _ in value(&source, depth: depth + 1) }.joined(separator: ",") + "]"
        case 3: object(&source, names, depth: depth)
        default: literals[source.next(literals.count)]
        }
    }

    private func object(_ source: inout Source, _ names: [String], depth: Int) -> String {
        let members = (0..<source.next(5)).map { _ in
            #""\#(names[source.next(names.count)])":\#(value(&source, depth: depth + 1))"#
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    private func content(_ source: inout Source) -> String {
        if source.next(2) == 0 { return #""plain text""# }
        let parts = (0..<source.next(4)).map { _ in
            let kind = ["text", "image_url", "image", "file", "input_audio", "other"][source.next(6)]
            return #"{"type":"\#(kind)",\#(object(&source, names, depth: 0).dropFirst())"#
        }
        return "[" + parts.map { $0.hasSuffix(",}") ? String($0.dropLast(2)) + "}" : $0 }.joined(separator: ",") + "]"
    }

    @Test("No value in any field of any kind traps, and what is counted stays within the body")
    func strange() throws {
        let seed = UInt64.random(in: 0...(.max))
        var source = Source(state: seed)
        let fields = [
            "tools", "functions", "tool_choice", "response_format", "max_tokens", "max_completion_tokens", "n",
            "metadata", "reasoning", "reasoning_effort", "thinking", "modalities", "parallel_tool_calls",
        ]
        var read = 0
        for _ in 0..<3000 {
            let messages = (0..<1 + source.next(5)).map { _ in
                let role = ["system", "user", "assistant", "tool"][source.next(4)]
                let calls = source.next(3) == 0 ? #","tool_calls":\#(value(&source, depth: 0))"# : ""
                return #"{"role":"\#(role)","content":\#(content(&source))\#(calls)}"#
            }
            let more = Set((0..<source.next(4)).map { _ in fields[source.next(fields.count)] }).map {
                #","\#($0)":\#(value(&source, depth: 0))"#
            }
            let body = #"{"model":"m","messages":[\#(messages.joined(separator: ","))]\#(more.joined())}"#
            guard let traits = try? Traits.of(body) else { continue }
            read += 1
            #expect(traits.text.total.total <= body.utf8.count, "seed \(seed)")
            #expect(traits.toolBytes <= body.utf8.count, "seed \(seed)")
            #expect(traits.prompt.count <= RequestTraits.promptLimit + 64, "seed \(seed)")
            #expect(traits.messageCount == messages.count, "seed \(seed)")
        }
        #expect(read > 2000, "seed \(seed)")
    }
}
