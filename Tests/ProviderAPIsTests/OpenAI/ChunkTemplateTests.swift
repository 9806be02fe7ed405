import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Chunks recognised by their shape")
struct ChunkTemplateTests {
    /// Everything a decoder says of some events, as text.
    private static func transcript(
        _ events: [String], keepsUsage: Bool, limit: Int = 8 << 20, usesTemplate: Bool
    ) -> [String] {
        var decoder = OpenAIStreamDecoder(keepsUsage: keepsUsage, limit: limit, usesTemplate: usesTemplate)
        var lines: [String] = []
        for event in events {
            do throws(ProviderFailure) {
                switch try decoder.consume(ServerSentEvent(data: ByteBuffer(string: event))) {
                case .lifecycle(let frame): lines.append("lifecycle \(String(buffer: frame))")
                case .content(let frame): lines.append("content \(String(buffer: frame))")
                case .usage(let frame): lines.append("usage \(String(buffer: frame))")
                case .done(let answer): lines.append("done \(answer.map { String(buffer: $0.json) } ?? "nil")")
                case .ignored: lines.append("ignored")
                }
            } catch {
                lines.append("failed \(error.kind)")
                break
            }
        }
        lines.append("\(decoder.isTooLargeToKeep) \(String(describing: decoder.usage))")
        return lines
    }

    private static let texts = [
        "", "a", " word", "é", "日本", #"\n"#, #"\""#, #"\\"#, #"\u00e9"#, "{\\\"a\\\":1}",
        "\"", "\\", "\u{1}", #"\x"#,
    ]

    private static func chunk(using generator: inout SeededGenerator) -> String {
        func pick(_ values: [String]) -> String { values.randomElement(using: &generator) ?? "" }
        let text = pick(texts)
        let delta = pick([
            #""content":"\#(text)""#, #""content":"\#(text)""#, #""content":"\#(text)""#,
            #""role":"assistant","content":"\#(text)""#, #""content":"\#(text)","refusal":null"#,
            #""content":null"#, #""reasoning_content":"\#(text)""#, #""content":"a","content":"\#(text)""#,
            #""tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":"\#(text)"}}]"#,
        ])
        let tail = pick(["", "", #","logprobs":null"#, #","logprobs":{"content":[{"token":"a"}]}"#, #","vendor":1"#])
        let reason = pick(["null", "null", "null", "null", #""stop""#, #""""#])
        let index = pick(["0", "0", "0", "1"])
        let more = pick([
            "", "", #","usage":null"#, #","obfuscation":"\#(pick(["a", "bcd", ""]))""#,
            #","usage":null,"obfuscation":"x""#, #","model":"n""#,
            #","usage":{"prompt_tokens":1,"completion_tokens":2}"#,
        ])
        let head = pick([#""id":"1","model":"m","#, #""id":"1","model":"m","#, #""usage":null,"id":"1","#, "\n"])
        let choice = #"{"index":\#(index),"delta":{\#(delta)}\#(tail),"finish_reason":\#(reason)}"#
        return #"{\#(head)"choices":[\#(choice)]\#(more)}"#
    }

    @Test("Whatever chunks come, they are read as without the shape", arguments: 0..<8 as Range<UInt64>)
    func sameAsReading(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let kinds = (0..<4).map { _ in Self.chunk(using: &generator) }
            // Few kinds of chunk, so that many look like the one before them.
            var events = (0..<24).map { _ in kinds.randomElement(using: &generator) ?? "" }
            events = events.map { Bool.random(using: &generator) ? $0 : $0.replacing("word", with: "other") }
            events.append("[DONE]")
            let keepsUsage = Bool.random(using: &generator)
            let limit = Bool.random(using: &generator) ? 8 << 20 : 300
            let fast = Self.transcript(events, keepsUsage: keepsUsage, limit: limit, usesTemplate: true)
            let slow = Self.transcript(events, keepsUsage: keepsUsage, limit: limit, usesTemplate: false)
            #expect(fast == slow, "seed \(seed): \(events)")
        }
    }

    private static func template(of chunk: String) throws -> ChunkTemplate? {
        let root = try JSONDocument(chunk).root
        let read = try StreamChunk(root)
        return ChunkTemplate(root, read, cut: read.usageRanges)
    }

    private static let plain =
        #"{"id":"1","choices":[{"index":2,"delta":{"content":"a"},"finish_reason":null}],"usage":null,"#
        + #""obfuscation":"xy"}"#

    @Test("A chunk with another text and padding is recognised, and reaches the client without what it did not ask for")
    func recognised() throws {
        let template = try #require(try Self.template(of: Self.plain))
        #expect(template.choice == 2)
        let next = Self.plain.replacing(#""a""#, with: #""b\n\"é""#).replacing("xy", with: "")
        let match = try #require(template.match(ByteBuffer(string: next)))
        #expect(String(buffer: match.text) == #"b\n\"é"#)
        #expect(String(buffer: match.frame) == "data: \(next.replacing(#","usage":null"#, with: ""))\n\n")
    }

    @Test("What differs in anything else is not", arguments: [
        (#""id":"1""#, #""id":"2""#), (#""index":2"#, #""index":3"#), ("null}]", #""stop"}]"#), (#""a""#, #""\u0061""#),
        (#""a""#, #""a"#), (#""a""#, "\"\u{1}\""), (#"xy"}"#, #"xy"} "#), (#"xy"}"#, #"xy""#), (#""a""#, #""\x""#),
    ])
    func refused(text: String, other: String) throws {
        let template = try #require(try Self.template(of: Self.plain))
        let next = Self.plain.replacing(text, with: other)
        #expect(next != Self.plain)
        #expect(template.match(ByteBuffer(string: next)) == nil)
    }

    @Test("Bytes that are no UTF-8 are left to the reader")
    func invalidText() throws {
        let template = try #require(try Self.template(of: Self.plain))
        for bytes in [[0xFF], [0xC3], [0xED, 0xA0, 0x80]] as [[UInt8]] {
            let parts = Self.plain.split(separator: #""a""#)
            var next = ByteBuffer(string: parts[0] + "\"")
            next.writeBytes(bytes)
            next.writeString("\"" + parts[1])
            #expect(template.match(next) == nil)
        }
    }
}
