import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Pieces of Messages")
struct MessagesPiecesTests {
    @Test("A model's generation is read from any spelling of its name", arguments: [
        ("claude-3-haiku-20240307", true, true), ("claude-3-5-sonnet-latest", true, true),
        ("claude-sonnet-4-20250514", true, true), ("claude-opus-4-1-20250805", true, false),
        ("claude-sonnet-4-5@20250929", true, false), ("anthropic/claude-4.5-haiku", true, false),
        ("claude-opus-4-6", false, false), ("claude-opus-5", false, false), ("claude-new-latest", false, false),
        ("glm-4.6", true, true), ("anthropic.claude-v2:1", true, true), ("anthropic.claude-instant-v1", true, true),
        ("eu.anthropic.claude-sonnet-4-5-20250929-v1:0", true, false), ("anthropic.claude-new-v1:0", false, false),
        ("arn:aws:bedrock:eu-west-1:1:inference-profile/eu.anthropic.claude-opus-4-6-v1:0", false, false),
    ])
    func generations(model: String, thinksByBudget: Bool, takesBoth: Bool) {
        let generation = ClaudeGeneration(model: model)
        #expect(generation.thinksByBudget == thinksByBudget)
        #expect(generation.takesTemperatureWithTopP == takesBoth)
    }

    @Test("A generation later than a feature has it", arguments: [
        ("claude-opus-4-6", true, false), ("claude-opus-4-7", false, false), ("claude-opus-4-8", false, true),
        ("claude-sonnet-5", false, true),
    ])
    func features(model: String, takesBudget: Bool, takesLaterSystem: Bool) {
        let generation = ClaudeGeneration(model: model)
        #expect(generation.takesBudget == takesBudget && generation.takesSampling == takesBudget)
        #expect(generation.takesLaterSystem == takesLaterSystem)
    }

    @Test("Some models always think, and the latest of them choose their tools alone", arguments: [
        ("claude-opus-5", false, false), ("claude-opus-5-5", true, true), ("claude-opus-6", true, true),
        ("claude-sonnet-5-5", false, false), ("claude-fable-5", true, false), ("claude-fable-5-1", true, true),
        ("anthropic.claude-mythos-5-1-v1:0", true, true), ("claude-opus-4-1-20250805", false, false),
        ("claude-3-opus-20240229", false, false), ("claude-mock", false, false), ("glm-4.6", false, false),
    ])
    func alwaysThinking(model: String, alwaysThinks: Bool, refusesForcedTools: Bool) {
        let generation = ClaudeGeneration(model: model)
        #expect(generation.alwaysThinks == alwaysThinks)
        #expect(generation.refusesForcedTools == refusesForcedTools)
    }

    @Test("A schema keeps what is taken, and says in words what is not", arguments: [
        (#"{"type":"object","properties":{},"additionalProperties":false}"#, nil),
        (#"{"type":"string","format":"date"}"#, nil),
        (#"{"type":"array","minItems":1,"items":{"type":"string"}}"#, nil),
        (#"{"type":"object","additionalProperties":{"type":"string"}}"#,
            #"{"additionalProperties":false,"type":"object"}"#),
        (#"{"type":"array","minItems":2,"maxItems":3,"items":{"oneOf":[{"type":"string","minLength":1},"#
            + #"{"type":"null"}]}}"#,
            #"{"description":"{minItems: 2, maxItems: 3}","items":{"anyOf":[{"description":"{minLength: 1}","#
                + #""type":"string"},{"type":"null"}]},"type":"array"}"#),
        (#"{"type":"string","format":"regex","description":"A rule"}"#,
            #"{"description":"A rule\n\n{format: \"regex\"}","type":"string"}"#),
        (##"{"$ref":"#/$defs/a","$defs":{"a":{"type":["object","null"],"properties":{"pattern":{"type":"string"}}}}}"##,
            ##"{"$defs":{"a":{"additionalProperties":false,"properties":{"pattern":{"type":"string"}},"##
                + ##""type":["object","null"]}},"$ref":"#/$defs/a"}"##),
    ] as [(String, String?)])
    func schemas(schema: String, adapted: String?) throws {
        let text = try #require(JSONText(checking: schema))
        let result = MessagesSchema.adapted(text)
        #expect(try Canonical.text(result.bytes) == adapted ?? Canonical.text(schema))
        if adapted == nil { #expect(result == text) }
        #expect(MessagesSchema.adapted(result) == result)
    }

    @Test("An object in pieces is whole at its last brace, wherever it is cut")
    func depth() {
        let json = #"{"a\"}{":[{"b":"\\"},"]"]}"#
        for piece in [1, 2, 5, 100] {
            var depth = JSONDepth()
            var rest = Substring(json)
            while !rest.isEmpty {
                #expect(!depth.isComplete)
                depth.add(String(rest.prefix(piece)))
                rest = rest.dropFirst(piece)
            }
            #expect(depth.isComplete)
        }
    }

    @Test("Ids that differ stay different", arguments: 0..<3 as Range<UInt64>)
    func ids(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var spelled: [String: String] = [:]
        for _ in 0..<500 {
            let letters = ["a", ".", ":", "é", "/", "b"]
            let count = Int.random(in: 1...6, using: &generator)
            let id = (0..<count).map { _ in letters.randomElement(using: &generator) ?? "a" }.joined()
            let plain = MessagesBlock.id(id)
            #expect(plain.wholeMatch(of: /[a-zA-Z0-9_-]+/) != nil)
            #expect(spelled[plain] ?? id == id, "seed \(seed)")
            spelled[plain] = id
        }
    }
}
