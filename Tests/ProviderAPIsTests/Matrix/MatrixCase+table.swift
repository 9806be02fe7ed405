extension MatrixCase {
    static let table = openai + responses + anthropic + gemini + bedrock

    private static func body(_ fixture: StreamFixture) -> [UInt8] { Array(fixture.body.utf8) }
    private static func body(_ fixture: ResponsesStreamFixture) -> [UInt8] { Array(fixture.body.utf8) }
    private static func body(_ fixture: MessagesFixture) -> [UInt8] { Array(fixture.stream.utf8) }
    private static func body(_ fixture: GeminiFixture) -> [UInt8] { Array(fixture.body.utf8) }

    private static let openai = [
        MatrixCase(
            .openai, "plain", body(.plain as StreamFixture), text: "Grüß dich 😀\n", .stop,
            usage: .init(input: 9, output: 4, cached: 2)),
        MatrixCase(
            .openai, "parallel tools", body(.parallelTools as StreamFixture),
            calls: [#"time {"zone":"CET"}"#, #"weather {"city":"Ulm"}"#], .tools),
        MatrixCase(
            .openai, "thinking", body(.reasoning as StreamFixture), text: "42", thoughts: "Let me see.", .stop),
        MatrixCase(.openai, "refusal", body(.refusal as StreamFixture), refusal: "I cannot.", .stop),
    ]

    private static let responses = [
        MatrixCase(
            .responses, "plain", body(.plain as ResponsesStreamFixture), text: "Grüß Gott 👋", .stop,
            usage: .init(input: 37, output: 11, cached: 30)),
        MatrixCase(
            .responses, "parallel tools", body(.calls as ResponsesStreamFixture),
            calls: [#"time {"z":1}"#, "weather {}"], .tools, usage: .init(input: 37, output: 11, cached: 30)),
        MatrixCase(
            .responses, "thinking", body(.reasoning as ResponsesStreamFixture), text: "Hi", thoughts: "One\n\nTwo",
            .stop, usage: .init(input: 37, output: 11, cached: 30)),
        MatrixCase(
            .responses, "refusal", body(.refusal as ResponsesStreamFixture), refusal: "I can't.", .stop,
            usage: .init(input: 37, output: 11, cached: 30)),
    ]

    private static let anthropic = [
        MatrixCase(
            .anthropic, "plain", body(.plain as MessagesFixture), text: "Grüß dich 👋", .stop,
            usage: .init(input: 25, output: 15)),
        MatrixCase(
            .anthropic, "parallel tools", body(.tools as MessagesFixture), text: "I look.",
            calls: [#"clock {"zone":1}"#, #"weather {"city":"Paris"}"#], .tools, usage: .init(input: 25, output: 80)),
        MatrixCase(
            .anthropic, "thinking", body(.thinking as MessagesFixture), thoughts: "Let me see.",
            calls: [#"f {"a":[]}"#], .tools, usage: .init(input: 25, output: 60)),
        MatrixCase(
            .anthropic, "refusal", body(.refusal as MessagesFixture), refusal: "That is held back.", .filter,
            usage: .init(input: 25, output: 4)),
        MatrixCase(
            .anthropic, "length", body(.length as MessagesFixture), text: "So", .length,
            usage: .init(input: 25, output: 9)),
        MatrixCase(
            .anthropic, "cached usage", body(.cached as MessagesFixture), text: "ok", .stop,
            usage: .init(input: 4310, output: 8, cached: 4000)),
    ]

    private static let gemini = [
        MatrixCase(
            .gemini, "plain", body(.plain as GeminiFixture), text: "Grüße 👩‍👩‍👧, world", .stop,
            usage: .init(input: 9, output: 4)),
        MatrixCase(
            .gemini, "parallel tools", body(.parallelTools as GeminiFixture), text: "Looking.",
            calls: ["now {}", #"weather {"city":"Oslo"}"#, #"weather {"city":"Rome"}"#], .tools,
            usage: .init(input: 50, output: 20)),
        MatrixCase(
            .gemini, "thinking", body(.thinking as GeminiFixture), text: "42", thoughts: "Let me see.", .stop,
            usage: .init(input: 105, output: 33, cached: 64)),
        MatrixCase(.gemini, "length", body(.length as GeminiFixture), calls: ["f {}"], .length),
        MatrixCase(.gemini, "refusal", body(.safety as GeminiFixture), text: "Well", .filter),
        MatrixCase(
            .gemini, "blocked prompt", body(.blocked as GeminiFixture), refusal: "Not this.", .filter,
            usage: .init(input: 7, output: 0)),
    ]

    private static let bedrock = [
        MatrixCase(
            .bedrock, "plain", BedrockFixture.plain.body, text: "Grüße 👩‍👩‍👧", .stop,
            usage: .init(input: 9, output: 4)),
        MatrixCase(
            .bedrock, "parallel tools", BedrockFixture.parallelTools.body, text: "Looking.",
            calls: ["now {}", #"weather {"city":"Oslo"}"#, #"weather {"city":"Rome"}"#], .tools,
            usage: .init(input: 50, output: 20)),
        MatrixCase(
            .bedrock, "thinking, cached usage", BedrockFixture.thinking.body, text: "42", thoughts: "Let me see.",
            .stop, usage: .init(input: 1205, output: 30, cached: 1000)),
        MatrixCase(
            .bedrock, "length", BedrockFixture.length.body, text: "cited", .length, usage: .init(input: 1, output: 2)),
        MatrixCase(
            .bedrock, "refusal", BedrockFixture.refused.body, text: "Sorry.", .filter,
            usage: .init(input: 0, output: 0)),
    ]
}
