/// The models of the configuration, as each dialect lists them.
struct MockModelList: Sendable {
    static let contextTokens = 200_000
    static let outputTokens = 64_000

    let models: [String]
    /// Seconds since 1970.
    let created: Int

    /// All of them on one page.
    func all(in dialect: MockDialect) -> MockJSON {
        let list = MockJSON.array(models.map { object($0, in: dialect) })
        return switch dialect {
        case .openAI, .bedrock: ["object": "list", "data": list]
        case .anthropic:
            [
                "data": list, "has_more": false, "first_id": models.first.map { .string($0) } ?? .null,
                "last_id": models.last.map { .string($0) } ?? .null,
            ]
        case .gemini: ["models": list]
        }
    }

    /// One of them; nil if the configuration does not name it.
    func model(_ name: String, in dialect: MockDialect) -> MockJSON? {
        models.contains(name) ? object(name, in: dialect) : nil
    }

    private func object(_ name: String, in dialect: MockDialect) -> MockJSON {
        switch dialect {
        case .openAI, .bedrock:
            ["id": .string(name), "object": "model", "created": .number(created), "owned_by": "mock"]
        case .anthropic:
            [
                "type": "model", "id": .string(name), "display_name": .string(name), "lifecycle": "active",
                "created_at": .string(MockDate(seconds: created).internet),
                "max_input_tokens": .number(Self.contextTokens), "max_tokens": .number(Self.outputTokens),
            ]
        case .gemini:
            [
                "name": "models/\(name)", "version": "001", "displayName": .string(name),
                "inputTokenLimit": .number(Self.contextTokens), "outputTokenLimit": .number(Self.outputTokens),
                "supportedGenerationMethods": [
                    "generateContent", "countTokens", "embedContent", "batchEmbedContents",
                ],
            ]
        }
    }
}
